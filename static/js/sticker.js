// Leads from a sticker, typed or scanned, to the place of its participant on this page, also without a
// network. Without this the server leads there.
"use strict";

const finder = document.getElementById("find");

function bare(typed) {
  return typed.trim().toUpperCase().replace(finder.dataset.mark, "");
}

// The code of an answer slip: for which test and form it is, and its sticker.
function slipOf(typed) {
  const [, test, form, code] = bare(typed).match(/^S:([A-Z]+):([A-Z0-9]+):([^:]+):[0-9A-Z]{2}$/) || [];
  return test ? { test, form, code } : null;
}

function placeOf(code) {
  const [, number, letter] = code.match(/^0*(\d{1,3})\W*([A-Z])$/) || [];
  return number ? document.getElementById(`p-${number.padStart(2, "0")}-${letter}`) : null;
}

// The form that was handed out, for a participant of whom nothing is typed yet.
function choose(forms, form) {
  if (!forms || ![...forms.options].some((option) => option.value === form)) return;
  forms.value = form;
  forms.dispatchEvent(new Event("change", { bubbles: true }));
}

finder.addEventListener("submit", (event) => {
  const { sticker } = finder.elements;
  const slip = slipOf(sticker.value);
  // The server knows the page of the other test, and what to say of a spare slip.
  if (slip && ((finder.dataset.test && slip.test !== finder.dataset.test) || slip.code === "-")) return;
  event.preventDefault();
  const place = placeOf(slip ? slip.code : bare(sticker.value));
  const notFound = document.getElementById("not-found");
  notFound.textContent = place || !sticker.value ? "" : notFound.dataset.words.replace("{code}", `\u2066${sticker.value}\u2069`);
  if (!place) {
    sticker.select();
    return;
  }
  sticker.value = "";
  place.dataset.found = "";
  place.scrollIntoView({ block: "center" });
  if (slip && finder.dataset.test && !("known" in place.dataset)) choose(place.querySelector("select"), slip.form);
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
