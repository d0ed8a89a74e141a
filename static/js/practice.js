// Checks a practice question in its place: the form comes back answered, and the focus moves to what
// is said. Without this the form leads to a page of its own. Steps are moved by buttons, a place in a
// picture is chosen by a tap on it.
"use strict";

function number(order) {
  const rows = [...order.children];
  rows.forEach((row, index) => {
    row.querySelector("select").value = index + 1;
    row.querySelector('[data-move="-1"]').hidden = index === 0;
    row.querySelector('[data-move="1"]').hidden = index === rows.length - 1;
  });
  return rows;
}

function prepare(order) {
  for (const row of order.children) {
    row.querySelector("label").hidden = true;
    row.querySelector(".movers").hidden = false;
  }
  number(order);
}

function move(button) {
  const row = button.closest("li");
  const order = row.parentElement;
  const form = order.closest("form");
  const isUp = button.dataset.move === "-1";
  if (isUp) row.previousElementSibling.before(row);
  else row.nextElementSibling.after(row);
  const rows = number(order);
  (button.hidden ? row.querySelector("[data-move]:not([hidden])") : button).focus();
  const words = { step: row.querySelector("[data-step]").textContent, place: rows.indexOf(row) + 1, total: rows.length };
  form.querySelector("[data-moved]").textContent = form.dataset.place.replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

// --- places in a picture

const TOUCH = 22; // pixels: a thumb need not be more exact than this

const choicesOf = (picture) => [...picture.closest("fieldset").querySelectorAll("input[type=radio]")];

function showChosen(picture) {
  const choices = choicesOf(picture);
  picture.querySelectorAll(".place").forEach((place, index) => {
    place.classList.toggle("chosen", choices[index].checked);
  });
}

function openPicture(picture) {
  picture.classList.add("live");
  const hint = picture.parentElement.querySelector("[data-tap]");
  if (hint) hint.hidden = false;
  showChosen(picture);
}

// The place whose middle is nearest to the tap, if the tap is on it.
function placeAt(picture, x, y) {
  const found = [...picture.querySelectorAll(".place")].map((place, index) => {
    const box = place.querySelector(".halo").getBoundingClientRect();
    const distance = Math.hypot(x - box.left - box.width / 2, y - box.top - box.height / 2);
    return { index, distance, reach: Math.max(box.width / 2, TOUCH) };
  });
  const near = found.filter(({ distance, reach }) => distance <= reach);
  return near.sort((one, other) => one.distance - other.distance)[0];
}

function tap(picture, event) {
  const place = placeAt(picture, event.clientX, event.clientY);
  const choice = place && choicesOf(picture)[place.index];
  if (!choice || choice.matches(":disabled")) return;
  choice.checked = true;
  choice.focus({ preventScroll: true });
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

// Where no spaces part words, the browser knows where they are, or nothing is said.
function countWords(area) {
  const { lang } = area.closest("[lang]");
  const parts = window.Intl && Intl.Segmenter
    ? [...new Intl.Segmenter(lang, { granularity: "word" }).segment(area.value)].filter((part) => part.isWordLike)
    : area.value.split(/\s+/).filter(Boolean);
  const place = document.getElementById(area.dataset.counted);
  place.textContent = place.dataset.words.replace("{n}", parts.length);
}

function complain(form) {
  const note = form.querySelector("[data-complaint]") || document.createElement("p");
  note.dataset.complaint = "";
  note.className = "message error";
  note.setAttribute("role", "alert");
  note.textContent = form.dataset.offline;
  form.append(note);
}

async function exchange(form, fields, isPost) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  fields.set("fragment", "1");
  const address = form.action.split("#")[0];
  try {
    const response = await (isPost
      ? fetch(address, { method: "POST", body: fields })
      : fetch(`${address}?${fields}`));
    if (!response.ok || response.redirected) {
      form.submit();
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    const fresh = holder.content.querySelector("form");
    form.replaceWith(fresh);
    fresh.querySelectorAll("[data-order]").forEach(prepare);
    fresh.querySelectorAll("[data-picture]").forEach(openPicture);
    fresh.querySelectorAll("[data-counted]").forEach(countWords);
    const first = fresh.querySelector("input:not([type=hidden]), textarea, button:not([hidden]), select");
    (fresh.querySelector("[data-focus]") || first).focus();
  } catch {
    form.removeAttribute("aria-busy");
    complain(form);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("practice" in form.dataset)) return;
  event.preventDefault();
  exchange(form, new URLSearchParams(new FormData(form)), form.method === "post");
});
document.addEventListener("click", (event) => {
  const mover = event.target.closest("[data-move]");
  const clear = event.target.closest("[data-clear]");
  const picture = event.target.closest("[data-picture]");
  if (mover) move(mover);
  if (picture) tap(picture, event);
  if (!clear || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  exchange(clear.closest("form"), new URL(clear.href).searchParams, false);
});
document.addEventListener("change", (event) => {
  const fieldset = event.target.closest("fieldset");
  if (fieldset) fieldset.querySelectorAll("[data-picture]").forEach(showChosen);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-counted]")) countWords(event.target);
});
document.querySelectorAll("[data-order]").forEach(prepare);
document.querySelectorAll("[data-picture]").forEach(openPicture);
document.querySelectorAll("[data-counted]").forEach(countWords);
