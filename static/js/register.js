// Registers people one after the other without loading the page: Enter anywhere in the row registers,
// what people of one group share stays, and the next name can be typed at once. Every row gets an id
// here and is kept on this device until the server has it. Without this the row is a form that posts.
"use strict";

const row = document.getElementById("register");
const words = row.dataset;
const people = document.getElementById("people");
const state = document.getElementById("save-state");
const warning = document.getElementById("warning");
const said = document.getElementById("said");
// What belongs to one person alone, and is empty again for the next.
const OWN = ["name", "other_name", "sex", "age_band"];
// What the server writes anew each time.
const OURS = ["csrfmiddlewaretoken", "row", "known", "suggested", "ago", "nameless"];

const field = (name) => row.elements[name];
// Isolated, so that a sentence in Urdu does not turn the code round.
const inWords = (code) => `\u2066${code}\u2069`;
const numberIn = (code) => parseInt(code, 10);
// Null when another tab of this page made the entry.
const rowOf = (entry) => document.getElementById(`w-${entry.id}`);
const stateOf = (entry) => rowOf(entry) && rowOf(entry).querySelector("[data-state]");

function codeOf(number) {
  const letter = words.letters[(number + Number(words.shift)) % words.letters.length];
  return `${String(number).padStart(2, "0")}-${letter}`;
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

// --- the list --------------------------------------------------------------------------------------

function place(item) {
  const later = [...people.children].find((other) => numberIn(other.dataset.code) > numberIn(item.dataset.code));
  people.insertBefore(item, later || null);
  people.hidden = false;
  const nobody = document.getElementById("nobody");
  if (nobody) nobody.remove();
}

function count() {
  const line = document.getElementById("count");
  const n = people.querySelectorAll(":scope > [id^='p-']").length;
  line.textContent = n === 1 ? line.dataset.one : say(line.dataset.many, { n });
}

function placeWaiting(entry) {
  const item = document.getElementById("waiting").content.firstElementChild.cloneNode(true);
  item.id = `w-${entry.id}`;
  item.dataset.code = entry.code;
  item.querySelector(".code bdi").textContent = entry.code;
  item.querySelector(".name bdi").textContent = entry.name;
  place(item);
  if (entry.error) showRefused(entry, entry.error);
  else show(stateOf(entry), "sending", words.sending);
}

function showRefused(entry, reason) {
  const item = rowOf(entry);
  if (!item) return;
  show(stateOf(entry), "failed", words.not);
  const why = item.querySelector("[data-why]");
  why.textContent = reason;
  why.hidden = false;
  item.querySelector("[data-refused]").hidden = false;
  said.textContent = `${inWords(entry.code)} ${entry.name}: ${words.not} ${reason}`;
}

// --- sending ---------------------------------------------------------------------------------------

const outbox = new Outbox(`cascade-register-${words.user}-${words.event}`, {
  fresh: () => ({ last: 0 }),
  pack: ([entry]) => ({
    entries: [entry],
    address: location.pathname,
    fields: { ...entry.fields, row: [entry.id], ago: [String(Math.max(0, Date.now() - entry.at))] },
  }),
  accepted: ([entry], answer) => accepted(entry, answer),
  refused([entry], answer) {
    outbox.refuse(entry.id, answer.message);
    showRefused(entry, answer.message);
  },
  away([entry]) {
    show(stateOf(entry), "kept", words.kept);
    warning.textContent = say(words.away, { n: outbox.waiting.length });
    warning.hidden = false;
  },
  signedOut() {
    warning.textContent = words.signedOut;
    warning.hidden = false;
  },
  settled: showQueue,
});

function showQueue() {
  const n = outbox.waiting.length;
  if (n) show(state, "kept", say(words.keptShort, { n }));
}

function accepted(entry, answer) {
  if (answer.id !== entry.id) throw new Error("another row");
  outbox.drop([entry.id]);
  warning.hidden = true;
  if (rowOf(entry)) rowOf(entry).remove();
  const item = parsed(answer.html);
  const shown = document.getElementById(item.id);
  if (shown) shown.remove();
  place(item);
  count();
  const values = { code: inWords(entry.code), name: entry.name, other: inWords(answer.code) };
  said.textContent = say(answer.code === entry.code ? words.registered : words.other, values);
  const alike = item.querySelector(".attention p");
  if (alike) said.textContent += ` ${alike.textContent}`;
  if (answer.code !== entry.code) tell(item, said.textContent);
  show(state, "saved", say(words.saved, { time: timeOf(answer.saved) }));
}

// A sentence below a row that stays until the page is loaded again.
function tell(item, sentence) {
  const line = document.createElement("p");
  line.className = "kept";
  line.textContent = sentence;
  item.querySelector("div").append(line);
}

// --- the row ---------------------------------------------------------------------------------------

function read() {
  const fields = {};
  for (const [name, value] of new FormData(row)) if (!OURS.includes(name)) fields[name] = [value];
  return fields;
}

function fill(fields) {
  for (const input of row.elements) {
    if (!input.name || OURS.includes(input.name)) continue;
    const [value] = fields[input.name] || [""];
    if (input.type === "checkbox") input.checked = input.name in fields;
    else input.value = value;
  }
}

// The lowest number after the last one given here that nobody on this page has.
function nextNumber() {
  const taken = new Set([...document.querySelectorAll("[data-code]")].map((item) => numberIn(item.dataset.code)));
  const { last } = outbox.load();
  let next = last ? last + 1 : Number(field("suggested").value);
  while (taken.has(next)) next += 1;
  return next;
}

function offerNumber() {
  field("number").value = nextNumber();
  field("suggested").value = field("number").value;
}

// What stands in the row outlives a reload and no more: a half-typed name is nobody's record.
function keepDraft() {
  const typed = read();
  if (field("number").value === field("suggested").value) delete typed.number;
  try {
    sessionStorage.setItem(outbox.name, JSON.stringify(typed));
  } catch {
    // Nothing is kept between two loads, as without this.
  }
}

function draft() {
  try {
    return JSON.parse(sessionStorage.getItem(outbox.name));
  } catch {
    return null;
  }
}

let interrupted = null; // what was being typed when an older row was taken up again

function nextRow() {
  for (const name of OWN) field(name).value = "";
  if (interrupted) fill(interrupted);
  interrupted = null;
  offerNumber();
  keepDraft();
  field("name").focus();
}

function register(more, name) {
  const number = Number(field("number").value) || nextNumber();
  const fields = { ...read(), number: [String(number)], suggested: [field("suggested").value], ...more };
  const entry = { id: newId(), at: Date.now(), fields, code: codeOf(number), name };
  outbox.add(entry);
  outbox.change((kept) => { kept.last = number; });
  placeWaiting(entry);
  nextRow();
  outbox.send();
}

function takeUp(entry) {
  if (field("name").value) interrupted = read();
  outbox.drop([entry.id]);
  rowOf(entry).remove();
  fill(entry.fields);
  if (entry.fields.known) field("name").value = "";
  field("name").focus();
}

async function recognise(form, known) {
  const item = form.closest("li");
  const reply = await deliver(form.action, { known: [known] }).catch(() => null);
  if (reply && reply.ok) {
    const fresh = parsed(reply.body.html);
    item.replaceWith(fresh);
    said.textContent = fresh.querySelector(".name").textContent;
    field("name").focus();
  } else {
    tell(item, reply && reply.body ? reply.body.message : say(words.away, { n: outbox.waiting.length }));
  }
}

document.addEventListener("submit", (event) => {
  if (event.target === row) {
    event.preventDefault();
    const isNameless = event.submitter && event.submitter.name === "nameless";
    const name = field("name").value.trim();
    register(isNameless ? { nameless: ["1"] } : {}, name || words.nameless);
  } else if ("recognise" in event.target.dataset) {
    event.preventDefault();
    recognise(event.target, event.submitter.value);
  }
});

row.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "SELECT") return;
  event.preventDefault();
  row.requestSubmit(row.querySelector(".button"));
});

row.addEventListener("input", keepDraft);
row.addEventListener("change", keepDraft);

people.addEventListener("click", (event) => {
  const item = event.target.closest("[id^='w-']");
  if (!item) return;
  const entry = outbox.load().queue.find((other) => other.id === item.id.slice(2));
  if (event.target.closest("[data-correct]")) takeUp(entry);
  if (event.target.closest("[data-forget]")) {
    outbox.drop([entry.id]);
    item.remove();
    field("name").focus();
  }
});

new Lookup(field("name"), document.getElementById("offers"), words.lookup, {
  found(n) { said.textContent = say(words.offered, { n }); },
  choose(person) { register({ known: [person.id] }, person.name); },
});

const typed = draft();
if (typed && !("sentBack" in words)) fill({ number: [field("number").value], ...typed });
outbox.load().queue.forEach(placeWaiting);
if (field("number").value === field("suggested").value) offerNumber();
showQueue();
outbox.send();
