// The lists in the top bar open without this. Here they close again: on Escape, on a click
// elsewhere, and when the focus moves on, so that they never lie over what the reader is at.
"use strict";

const drops = document.querySelectorAll("details.drop");

function closeAllBut(target) {
  for (const drop of drops) {
    if (drop.open && !(target instanceof Node && drop.contains(target))) drop.open = false;
  }
}

document.addEventListener("click", (event) => closeAllBut(event.target));
document.addEventListener("focusin", (event) => closeAllBut(event.target));
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.drop[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
