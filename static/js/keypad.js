// Results of tests on paper, one row per person. Enter saves the row and goes to the next person; the
// marks come back from the server, which alone knows the key. A row that could not be sent is kept on
// this device (queue.js). Without this the rows are one form with a button that saves.
"use strict";

const keypad = document.getElementById("keypad");
const words = document.getElementById("words").dataset;
const state = document.getElementById("save-state");
const warning = document.getElementById("warning");
const room = document.getElementById("room"); // what all results come to, where the page says so
const lengths = Object.fromEntries((words.questions || "").split(" ").filter(Boolean).map((one) => one.split(":")));

const rowOf = (person) => keypad.querySelector(`[data-person="${person}"]`);
const place = (row) => row.querySelector("[data-state]");
const field = (row, name) => keypad.elements[`${row.dataset.person}-${name}`];
const lines = [...keypad.querySelectorAll(".line .keys")];

const outbox = new Outbox(`cascade-results-${words.store}`, {
  fresh: () => ({}),
  pack: ([entry]) => ({ entries: [entry], address: location.pathname, fields: entry.fields }),
  accepted,
  refused,
  away: ([entry]) => show(place(rowOf(entry.person)), "kept", words.kept),
  signedOut,
  settled,
});

function content(row) {
  return JSON.stringify([field(row, "line").value, field(row, "form").value]);
}

function save(row) {
  const id = newId();
  const { person } = row.dataset;
  field(row, "id").value = id;
  row.dataset.last = content(row);
  const fields = {};
  for (const name of ["line", "form", "id"]) fields[`${person}-${name}`] = [field(row, name).value];
  for (const name of ["grain", "form", "full", "day"]) {
    if (keypad.elements[name]) fields[name] = [keypad.elements[name].value];
  }
  outbox.add({ id, person, fields }, (older) => older.person === person);
  judge(row, true);
  tell(row);
  show(place(row), "sending", words.sending);
  outbox.send();
}

function saveIfChanged(row) {
  if (row.dataset.last !== content(row)) save(row);
}

function judge(row, isGood) {
  row.classList.toggle("wrong", !isGood);
  if (isGood) field(row, "line").removeAttribute("aria-invalid");
  else field(row, "line").setAttribute("aria-invalid", "true");
}

function accepted([entry], answer) {
  if (answer.id !== entry.id) throw new Error("another line");
  outbox.drop([entry.id]);
  warning.hidden = true;
  show(state, "saved", say(words.saved, { time: timeOf(answer.saved) }));
  const row = rowOf(entry.person);
  if (!row || outbox.load().queue.some((other) => other.person === entry.person)) return;
  show(place(row), "saved", answer.words);
  row.querySelector("[data-grain]").textContent = answer.grain;
  row.querySelector("[data-other]").hidden = true;
  row.querySelector("[data-back]").hidden = false;
  if (room && answer.room) room.textContent = answer.room;
  tell(row);
  count(row);
}

// What was refused stays in its field, also after a reload, and goes again when it is changed.
function refused([entry], answer) {
  outbox.refuse(entry.id, answer.error);
  const row = rowOf(entry.person);
  if (row) complain(row, answer.error);
}

function complain(row, error) {
  judge(row, false);
  show(place(row), "failed", error);
  row.dataset.last = "";
}

function signedOut() {
  warning.textContent = words.signedOut;
  warning.hidden = false;
}

function settled() {
  const { length } = outbox.waiting;
  if (length) show(state, "kept", say(words.keptShort, { n: length }));
}

// How many answers a line has, as the server counts them: letters in brackets are one.
function answersIn(line) {
  return [...line.replace(/[\s\p{Cf}]/gu, "").replace(/[(（][^)）]*[)）]?/gu, "x")].length;
}

// Says so while a line is typed, until it is complete and its marks stand beside it.
function tell(row, isTyping) {
  const total = Number(lengths[field(row, "form").value]);
  const line = field(row, "line");
  const n = answersIn(line.value);
  const isTold = isTyping && total && n && !("total" in line.dataset);
  row.querySelector("[data-typed]").textContent = isTold ? `${say(words.typed, { n, total })} · ` : "";
}

// One person more has a result.
function count(row) {
  if ("known" in row.dataset) return;
  row.dataset.known = "";
  const cells = [...document.querySelectorAll(".steps i")];
  const next = cells.find((cell) => !cell.classList.contains("done"));
  if (next) next.classList.add("done");
  const done = cells.filter((cell) => cell.classList.contains("done")).length;
  document.querySelector(".progress").lastChild.textContent = say(words.count, { done, total: cells.length });
}

keypad.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".line .keys")) return;
  event.preventDefault();
  saveIfChanged(event.target.closest(".line"));
  const next = lines[lines.indexOf(event.target) + 1] || keypad.querySelector("button");
  next.focus();
});

keypad.addEventListener("input", (event) => {
  const row = event.target.closest(".line");
  if (row) tell(row, true);
});

keypad.addEventListener("change", (event) => {
  const row = event.target.closest(".line");
  if (!row) return;
  const isEmpty = !field(row, "line").value.trim();
  if (event.target.matches("select") && isEmpty) row.dataset.last = content(row);
  else saveIfChanged(row);
});

keypad.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const line of lines) saveIfChanged(line.closest(".line"));
  outbox.send();
});

for (const line of lines) {
  const row = line.closest(".line");
  row.dataset.last = row.classList.contains("wrong") ? "" : content(row);
}
for (const entry of outbox.load().queue) {
  const row = rowOf(entry.person);
  if (!row || !field(row, "line")) continue;
  for (const name of ["line", "form", "id"]) [field(row, name).value] = entry.fields[`${entry.person}-${name}`];
  row.dataset.last = content(row);
  if (entry.error) complain(row, entry.error);
  else show(place(row), "kept", words.kept);
}
settled();
outbox.send();
