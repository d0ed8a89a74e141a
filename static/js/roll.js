// The roll: every mark is kept on this phone and sent as it is given, together with others that wait.
// Only what the server has acknowledged counts as saved. Without this the roll is one form with a
// button that saves.
"use strict";

const words = document.getElementById("outbox").dataset;
const roll = document.getElementById("roll");
const state = document.getElementById("save-state");
const away = document.getElementById("away");
const refusedBox = document.getElementById("refused");
const MOST_AT_ONCE = 100;

const personOf = (entry) => document.querySelector(`[data-person="${entry.person}"]`);
const isHere = (entry) => entry.unit === Number(words.unit);
const stateOf = (entry) => isHere(entry) && personOf(entry) && personOf(entry).querySelector("[data-state]");
const checkedIn = (call) => call.querySelector("input[type=radio]:checked");
const choiceIn = (call, value) => call.querySelector(`input[type=radio][value="${value}"]`);

// --- sending ---------------------------------------------------------------------------------------

const outbox = new Outbox(`cascade-roll-${words.user}-${words.event}`, {
  fresh: () => ({}),
  pack,
  accepted,
  refused(entries, answer) {
    for (const entry of entries) refuse(entry, answer.message);
  },
  away(entries) {
    for (const entry of entries) show(stateOf(entry), "kept", words.kept);
    tellAway(words.away, words.byThemselves);
  },
  signedOut() { tellAway(words.signedOut, words.signIn); },
  settled: showQueue,
});

// The marks of one half-day, at most one of each person: a second one follows with the next.
function pack(waiting) {
  const { unit } = waiting[0];
  const entries = [];
  for (const entry of waiting) {
    const isFirst = entry.unit === unit && !entries.some((other) => other.person === entry.person);
    if (isFirst && entries.length < MOST_AT_ONCE) entries.push(entry);
  }
  const fields = {};
  for (const entry of entries) {
    fields[`${entry.person}-mark`] = [entry.value];
    fields[`${entry.person}-minutes`] = [entry.minutes];
    fields[`${entry.person}-fact`] = [entry.id];
    fields[`${entry.person}-ago`] = [String(Math.max(0, Date.now() - entry.at))];
    if (entry.after) fields[`${entry.person}-after`] = [entry.after];
    if (entry.rest) fields[`${entry.person}-rest`] = ["1"];
  }
  return { entries, address: location.pathname.replace(/[^/]+\/$/, `${unit}/`), fields };
}

function accepted(entries, answer) {
  for (const entry of entries) {
    const told = answer.marks[entry.person];
    if (!told) throw new Error("another answer");
    if (told.error) refuse(entry, told.error);
    else settle(entry, told);
  }
  if (away) away.hidden = true;
}

function settle(entry, told) {
  outbox.drop([entry.id]);
  show(state, "saved", say(words.saved, { time: timeOf(told.saved) }));
  const isNewest = !outbox.waiting.some((other) => other.person === entry.person && other.unit === entry.unit);
  if (!isNewest || !isHere(entry) || !personOf(entry)) return;
  const isOurs = told.value === entry.value && (told.minutes === null ? "" : String(told.minutes)) === entry.minutes;
  // What is ours stands there already; to set it again would wipe the minutes being typed meanwhile.
  if (isOurs) {
    stateOf(entry).replaceChildren();
    return;
  }
  show(stateOf(entry), "kept", say(words.other, { value: words[told.value] }));
  set(personOf(entry), told.value, told.minutes);
}

function refuse(entry, reason) {
  outbox.refuse(entry.id, reason);
  show(stateOf(entry), "failed", `${words.not} ${reason}`);
  showRefused();
}

// Marks that the server would not take, whatever half-day they belong to.
function showRefused() {
  const lost = outbox.load().queue.filter((entry) => entry.error);
  refusedBox.hidden = lost.length === 0;
  refusedBox.querySelector("ul").replaceChildren(...lost.map((entry) => {
    const line = document.createElement("li");
    line.textContent = `${entry.who}, ${words[entry.value]}: ${entry.error}`;
    return line;
  }));
}

function tellAway(what, next) {
  if (!away) return;
  away.querySelector("b").textContent = say(what, { n: outbox.waiting.length });
  away.querySelector("span").textContent = next;
  away.hidden = false;
}

function showQueue() {
  const n = outbox.waiting.length;
  if (n) show(state, "kept", say(words.keptShort, { n }));
}

// --- marks -----------------------------------------------------------------------------------------

function set(call, value, minutes) {
  const choice = choiceIn(call, value);
  if (choice) choice.checked = true;
  if (choice && choice.closest("details")) choice.closest("details").open = true;
  const field = call.querySelector("input[type=number]");
  if (field) field.value = minutes === null ? "" : minutes;
  if (roll) count();
}

function give(call, value, isRest = false) {
  const field = call.querySelector("input[type=number]");
  if (value !== "late" && value !== "left") field.value = "";
  const before = call.dataset.given || "";
  const entry = {
    id: newId(), after: before, unit: Number(words.unit), person: call.dataset.person, who: call.dataset.who, value, minutes: field.value, rest: isRest,
  };
  // The newest twenty: times that travelled apart must not make an older mark the later one.
  call.dataset.given = [...before.split(" "), entry.id].slice(-20).join(" ").trim();
  outbox.add(entry, (older) => older.person === entry.person && older.unit === entry.unit);
  show(stateOf(entry), "sending", words.sending);
}

function count() {
  const calls = [...roll.querySelectorAll(".call")];
  const given = calls.map(checkedIn).filter(Boolean).map((choice) => choice.value);
  const line = document.getElementById("counts");
  const parts = ["present", "late", "left", "absent", "excused"]
    .map((value) => [value, given.filter((other) => other === value).length])
    .filter(([, n]) => n)
    .map(([value, n]) => say(line.dataset[value], { n }));
  const marked = say(line.dataset.marked, { n: given.length, total: calls.length });
  line.textContent = parts.length ? `${marked} · ${parts.join(line.dataset.comma)}` : marked;
  document.querySelectorAll("#progress i").forEach((cell, n) => { cell.className = n < given.length ? "done" : ""; });
  const rest = document.getElementById("rest");
  rest.hidden = given.length === calls.length;
  rest.textContent = say(rest.dataset.words, { n: calls.length - given.length });
}

function begin() {
  roll.querySelector("[data-plain]").hidden = true;
  roll.addEventListener("change", (event) => {
    const call = event.target.closest(".call");
    const choice = checkedIn(call);
    const isMinutes = event.target.type === "number";
    if (isMinutes && (!event.target.checkValidity() || !choice || !["late", "left"].includes(choice.value))) {
      event.target.reportValidity();
      return;
    }
    give(call, choice.value);
    count();
    outbox.send();
  });
  roll.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.submitter || event.submitter.name !== "rest") return;
    for (const call of roll.querySelectorAll(".call")) {
      if (checkedIn(call)) continue;
      choiceIn(call, "present").checked = true;
      give(call, "present", true);
    }
    count();
    outbox.send();
  });
  // What was marked here and has not arrived stands in the roll again after a reload.
  for (const entry of outbox.waiting.filter((one) => isHere(one) && personOf(one))) {
    set(personOf(entry), entry.value, entry.minutes === "" ? null : entry.minutes);
    show(stateOf(entry), "kept", words.kept);
  }
  count();
}

refusedBox.addEventListener("click", (event) => {
  if (!event.target.closest("button")) return;
  const lost = outbox.load().queue.filter((entry) => entry.error);
  if (event.target.closest("[data-forget]")) outbox.drop(lost.map((entry) => entry.id));
  else for (const entry of lost) outbox.refuse(entry.id, "");
  showRefused();
  outbox.send();
});

if (roll) begin();
showQueue();
showRefused();
outbox.send();
