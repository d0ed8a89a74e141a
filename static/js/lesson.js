// Explains a glossary term in place, where its link alone would leave the lesson, and prints the
// lesson or one card of it. Without this the links lead to the glossary, and browsers print anyway.
"use strict";

// A page without a lesson has nothing to explain, but may have something to print.
const lesson = document.querySelector(".lesson") || document.createElement("div");
let explained = null;

function closeTerm() {
  if (!explained) return;
  explained.setAttribute("aria-expanded", "false");
  explained.nextElementSibling.remove();
  explained = null;
}

function explainTerm(term) {
  const note = document.createElement("span");
  note.className = "meaning";
  note.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = term.href;
  link.textContent = lesson.dataset.glossary;
  term.after(note);
  note.append(`${term.dataset.meaning} `, link);
  term.setAttribute("aria-expanded", "true");
  explained = term;
}

lesson.addEventListener("click", (event) => {
  const term = event.target.closest("a.term");
  if (!term || !term.dataset.meaning || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const again = term === explained;
  closeTerm();
  if (!again) explainTerm(term);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !explained) return;
  explained.focus();
  closeTerm();
});
for (const term of lesson.querySelectorAll("a.term[title]")) {
  // A tooltip besides would say it twice, and a touch never shows one.
  term.dataset.meaning = term.title;
  term.removeAttribute("title");
  term.setAttribute("aria-expanded", "false");
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const alone = document.getElementById(button.dataset.print);
    if (alone) alone.classList.add("alone");
    document.body.classList.toggle("print-alone", Boolean(alone));
    window.print();
  });
}
addEventListener("afterprint", () => {
  document.body.classList.remove("print-alone");
  document.querySelector(".alone")?.classList.remove("alone");
});
