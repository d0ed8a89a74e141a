// Marking by keyboard: within an answer the digits choose a level, up and down go from criterion to
// criterion, Enter saves the mark and goes on. Each mark is kept on this device until the server has it
// (queue.js). Without this the answers are one form with a button that saves.
"use strict";

const marks = document.getElementById("marks");
const words = document.getElementById("words").dataset;
const state = document.getElementById("save-state");
const warning = document.getElementById("warning");
const groups = [...marks.querySelectorAll(".marking")];
const ZEROS = [0x30, 0x660, 0x6f0, 0xed0, 0x17e0]; // of the digits of our scripts

const groupOf = (answer) => marks.querySelector(`[data-answer="${answer}"]`);
const place = (group) => group.querySelector("[data-state]");
const criteriaOf = (group) => [...group.querySelectorAll(".choices")];
const chosenIn = (criterion) => criterion.querySelector("input:checked");

const outbox = new Outbox(`cascade-marks-${words.store}`, {
  fresh: () => ({}),
  pack: ([entry]) => ({ entries: [entry], address: location.href, fields: entry.fields }),
  accepted,
  refused,
  away: ([entry]) => show(stateOf(entry), "kept", words.kept),
  signedOut() {
    warning.textContent = words.signedOut;
    warning.hidden = false;
  },
  settled,
});

function stateOf(entry) {
  const group = groupOf(entry.answer);
  return group && place(group);
}

// --- saving one mark ---------------------------------------------------------------------------------

// A mark is final once it is saved: what is on its way cannot be changed any more.
function save(group) {
  const lacking = criteriaOf(group).find((criterion) => !chosenIn(criterion));
  if (lacking) {
    show(place(group), "failed", words.choose);
    enter(lacking);
    return false;
  }
  const fields = {};
  for (const [name, value] of new FormData(marks)) {
    if (name.slice(5).startsWith(group.dataset.answer)) fields[name] = [value];
  }
  const [id] = fields[`fact-${group.dataset.answer}`];
  outbox.add({ id, answer: group.dataset.answer, fields }, (older) => older.id === id);
  show(place(group), "sending", words.sending);
  group.disabled = true;
  outbox.send();
  return true;
}

function accepted([entry], answer) {
  if (answer.id !== entry.id) throw new Error("another mark");
  outbox.drop([entry.id]);
  warning.hidden = true;
  const told = say(words.saved, { time: timeOf(answer.saved) });
  show(state, "saved", told);
  show(stateOf(entry), "saved", told);
  finish(entry);
}

// A mark that came too late goes no further; one that is wrong can be given again.
function refused([entry], answer) {
  outbox.drop([entry.id]);
  const group = groupOf(entry.answer);
  if (!group) return;
  show(place(group), "failed", answer.error);
  if (answer.stands) finish(entry);
  else group.disabled = false;
}

function settled() {
  const { length } = outbox.waiting;
  if (length) show(state, "kept", say(words.keptShort, { n: length }));
}

function finish(entry) {
  const group = groupOf(entry.answer);
  if (group) group.dataset.done = "";
  const { length } = groups.filter((one) => "done" in one.dataset);
  document.querySelectorAll(".steps i").forEach((cell, n) => cell.classList.toggle("done", n < length));
  document.querySelector(".progress").lastChild.textContent = say(words.count, { done: length, total: groups.length });
  if (length === groups.length) {
    marks.querySelector("[data-plain]").hidden = true;
    marks.querySelector("[data-more]").hidden = false;
    marks.querySelector("[data-more] a").focus();
  }
}

// --- keys ---------------------------------------------------------------------------------------------

function enter(criterion) {
  (chosenIn(criterion) || criterion.querySelector("input")).focus();
}

function goOn(group) {
  const next = groups.slice(groups.indexOf(group) + 1).find((one) => !one.disabled) || groups.find((one) => !one.disabled);
  if (next) enter(criteriaOf(next)[0]);
}

function digitOf(key) {
  const code = key.length === 1 ? key.charCodeAt(0) : 0;
  const zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? -1 : code - zero;
}

// Only a radio button hears them: who writes a note, or is elsewhere on the page, writes as usual.
marks.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches(".choices input")) return;
  const criterion = event.target.closest(".choices");
  const group = event.target.closest(".marking");
  const level = criterion.querySelectorAll("input")[digitOf(event.key)];
  const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (level) {
    level.checked = true;
    level.focus();
  } else if (steps) {
    const open = groups.filter((one) => !one.disabled).flatMap(criteriaOf);
    const next = open[open.indexOf(criterion) + steps];
    if (next) enter(next);
  } else if (event.key === "Enter") {
    if (save(group)) goOn(group);
  } else {
    return;
  }
  event.preventDefault();
});

marks.addEventListener("click", (event) => {
  if (!event.target.closest("[data-save]")) return;
  const group = event.target.closest(".marking");
  if (save(group)) goOn(group);
});

marks.addEventListener("submit", (event) => {
  event.preventDefault();
  const begun = groups.filter((group) => !group.disabled && criteriaOf(group).some(chosenIn));
  if (begun.filter(save).length === 0 && !begun.length) show(state, "failed", words.nothing);
});

// What was given here and has not arrived stands in its answer again after a reload.
for (const entry of outbox.waiting) {
  const group = groupOf(entry.answer);
  if (!group) continue;
  for (const [name, [value]] of Object.entries(entry.fields)) {
    for (const field of group.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
  group.disabled = true;
  show(place(group), "kept", words.kept);
}

marks.classList.add("by-keys");
marks.querySelector("[data-plain] button").hidden = true; // each answer has one of its own
for (const hidden of document.querySelectorAll("[data-with-keys]")) hidden.hidden = false;
// A phone has no keys to explain.
document.querySelector(".keys-help").open = matchMedia("(min-width: 48em)").matches;
settled();
outbox.send();
