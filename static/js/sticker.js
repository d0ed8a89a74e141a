// Leads from a sticker, typed or scanned, to the place of its participant on this page, also without a
// network. Without this the server leads there.
"use strict";

const finder = document.getElementById("find");

function placeOf(typed) {
  const bare = typed.trim().toUpperCase().replace(finder.dataset.mark, "");
  const [, number, letter] = bare.match(/^0*(\d{1,3})\W*([A-Z])$/) || [];
  return number ? document.getElementById(`p-${number.padStart(2, "0")}-${letter}`) : null;
}

finder.addEventListener("submit", (event) => {
  event.preventDefault();
  const { sticker } = finder.elements;
  const place = placeOf(sticker.value);
  const notFound = document.getElementById("not-found");
  notFound.textContent = place || !sticker.value ? "" : notFound.dataset.words.replace("{code}", `\u2066${sticker.value}\u2069`);
  if (!place) {
    sticker.select();
    return;
  }
  sticker.value = "";
  place.dataset.found = "";
  place.scrollIntoView({ block: "center" });
  const field = place.querySelector("input:checked") || place.querySelector("input:not([type=hidden]), a");
  if (field) field.focus();
});

// After the paper of this participant comes another paper, not the next name of the list.
document.addEventListener("keydown", (event) => {
  const place = event.key === "Enter" && event.target.closest("[data-found]");
  if (!place) return;
  event.preventDefault();
  delete place.dataset.found;
  finder.elements.sticker.focus();
});
