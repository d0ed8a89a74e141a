// A test while it is sat. Every answer gets an id here, is kept on this device, and goes to the server
// one after the other until the server has said that it has this very answer. Turning to another
// question needs no network: all of them are on the page. Without this every question is a page of
// its own with a button that saves.
"use strict";

const words = document.getElementById("sitting").dataset;
const state = document.getElementById("save-state");
const warning = document.getElementById("warning");
const TYPING = 1200; // milliseconds of silence after which typed text is saved

const question = (position) => document.getElementById(`q${position}`);
const statePlace = (position) => question(position) && question(position).querySelector("[data-state]");

function showQueue() {
  const { queue } = outbox.load();
  if (queue.length) show(state, "kept", say(words.keptShort, { n: queue.length }));
  const button = document.querySelector("#hand-in button");
  if (!button) return;
  // What this page says of the answers was written before the last of them arrived.
  if (!queue.length && button.disabled) location.reload();
  else button.disabled = queue.length > 0;
}

// --- keeping and sending ---------------------------------------------------------------------------

// Beside the queue this device keeps its name, how many answers it gave, and what to look at again.
const outbox = new Outbox(`cascade-sitting-${words.sitting}`, {
  fresh: () => ({ device: newId(), seq: 0, again: [] }),
  pack: ([entry]) => ({
    entries: [entry],
    address: location.pathname.replace(/[^/]+\/$/, `${entry.position}/`),
    fields: entry.fields,
  }),
  accepted: ([entry], answer) => acknowledged(entry, answer),
  refused: ([entry], answer) => refused(entry, answer.error),
  // Those behind it in the queue wait here, too.
  away: () => outbox.waiting.forEach((entry) => show(statePlace(entry.position), "kept", words.kept)),
  signedOut,
  settled: showQueue,
});

function keep(position, body, isEmpty) {
  outbox.change((kept) => { kept.seq += 1; });
  const { device, seq } = outbox.load();
  const id = newId();
  const fields = { ...body, fact: [id], device: [device], seq: [String(seq)], captured: [new Date().toISOString()] };
  outbox.add({ id, position, fields, isEmpty }, (older) => older.position === position);
  mark(position, !isEmpty);
  show(statePlace(position), "sending", words.sending);
  outbox.send();
}

function acknowledged(entry, answer) {
  if (answer.id !== entry.id) throw new Error("another answer");
  outbox.drop([entry.id]);
  warning.hidden = true;
  const newer = outbox.load().queue.some((other) => other.position === entry.position);
  const sentence = entry.isEmpty ? words.takenBack : words.answerSaved;
  if (!newer) show(statePlace(entry.position), "saved", say(sentence, { time: timeOf(answer.saved) }));
  show(state, "saved", say(words.saved, { time: timeOf(answer.saved) }));
  ends = endIn(answer.left);
}

function signedOut() {
  warning.textContent = words.signedOut;
  warning.hidden = false;
}

// Another tab counted too: take a new name and give the answer once more under it.
function renameDevice(entry) {
  const device = newId();
  const fields = { ...entry.fields, device: [device], seq: ["1"] };
  outbox.change((kept) => {
    kept.device = device;
    kept.seq = 1;
    kept.queue = kept.queue.map((other) => (other.id === entry.id ? { ...entry, fields } : other));
  });
}

function refused(entry, code) {
  if (code === "sequence") {
    renameDevice(entry);
    return "done";
  }
  outbox.drop([entry.id]);
  if (code === "over") {
    outbox.change((kept) => { kept.queue = []; });
    location.assign(location.pathname.replace(/[^/]+\/$/, ""));
    return "stop";
  }
  const sentence = words[`error${code.charAt(0).toUpperCase()}${code.slice(1)}`] || words.error;
  mark(entry.position, false);
  show(statePlace(entry.position), "failed", `${words.refused} ${sentence}`);
  return "done";
}

// --- answering -------------------------------------------------------------------------------------

function read(form) {
  const body = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken") (body[name] = body[name] || []).push(value);
  }
  return body;
}

function save(form) {
  const body = read(form);
  const isEmpty = !Object.values(body).flat().some((value) => value.trim());
  form.dataset.last = JSON.stringify(body);
  keep(Number(form.closest(".question").dataset.position), body, isEmpty);
}

// What was answered here and has not arrived stands in the form again after a reload.
function restore(form, fields) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    const values = fields[field.name] || [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] || "";
  }
  form.querySelectorAll("[data-counted]").forEach(countWords);
  form.querySelectorAll("[data-order]").forEach((order) => {
    const place = (row) => Number(row.querySelector("select").value);
    order.append(...[...order.children].sort((one, other) => place(one) - place(other)));
    number(order);
  });
  form.querySelectorAll("[data-picture]").forEach(showChosen);
}

function saveIfChanged(form) {
  clearTimeout(form.typing);
  if (form.dataset.last !== JSON.stringify(read(form))) save(form);
}

function mark(position, isAnswered) {
  const cell = document.querySelector(`[data-goto="${position}"]`);
  if (cell) {
    cell.classList.toggle("answered", isAnswered);
    cell.querySelector("[data-open]").hidden = isAnswered;
  }
  const undo = question(position) && question(position).querySelector("[data-undo]");
  if (undo) undo.hidden = !isAnswered;
  const count = document.getElementById("count");
  if (count) {
    count.textContent = say(count.dataset.words, {
      answered: document.querySelectorAll(".map .answered").length,
      total: document.querySelectorAll(".map a:not(.observed)").length,
    });
  }
}

function markAgain() {
  const { again } = outbox.load();
  for (const cell of document.querySelectorAll("[data-goto]")) {
    const isMarked = again.includes(Number(cell.dataset.goto));
    cell.classList.toggle("again", isMarked);
    cell.querySelector("[data-look]").hidden = !isMarked;
  }
  const legend = document.querySelector("[data-again-key]");
  if (legend) legend.hidden = again.length === 0;
}

// --- turning pages ---------------------------------------------------------------------------------

const turning = document.getElementById("turning");
const title = document.getElementById("title");
const total = document.querySelectorAll(".question").length;

function turnTo(position, isStep) {
  for (const section of document.querySelectorAll(".question")) {
    section.hidden = Number(section.dataset.position) !== position;
    section.querySelectorAll("form").forEach((form) => form.dataset.last && saveIfChanged(form));
  }
  const heading = say(title.dataset.words, { n: position, total });
  title.textContent = heading;
  document.title = document.title.replace(/^[^·]*/, `${heading} `);
  for (const cell of document.querySelectorAll("[data-goto]")) {
    if (Number(cell.dataset.goto) === position) cell.setAttribute("aria-current", "true");
    else cell.removeAttribute("aria-current");
  }
  const at = (n) => location.pathname.replace(/[^/]+\/$/, `${n}/`);
  const [back, forward] = [document.getElementById("back"), document.getElementById("forward")];
  back.hidden = position === 1;
  back.href = at(position - 1);
  forward.href = position < total ? at(position + 1) : turning.dataset.reviewUrl;
  forward.firstElementChild.textContent = position < total ? say(turning.dataset.next, { n: position + 1 }) : turning.dataset.review;
  if (isStep) history.pushState({}, "", at(position));
  pointLanguagesTo(position);
  window.scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

// The position that an address of this sitting names; null for all others, other languages too.
function positionIn(address) {
  const match = /^(.*\/tests\/[-0-9a-f]+\/)(\d+)\/$/.exec(new URL(address, location.href).pathname);
  return match && location.pathname.startsWith(match[1]) ? Number(match[2]) : null;
}

function pointLanguagesTo(position) {
  for (const link of document.querySelectorAll("header a[lang], footer a[lang]")) {
    link.href = link.href.replace(/\d+\/$/, `${position}/`);
  }
}

function settle(form) {
  form.querySelectorAll("[data-plain]").forEach((line) => { line.hidden = true; });
  form.querySelectorAll("[data-scripted]").forEach((line) => { line.hidden = false; });
  const again = form.querySelector(".look");
  again.hidden = false;
  again.firstElementChild.checked = outbox.load().again.includes(Number(form.closest(".question").dataset.position));
  form.dataset.last = JSON.stringify(read(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.closest(".question")) {
    event.preventDefault();
    saveIfChanged(form);
    document.getElementById("forward").click();
  } else if (form.id === "hand-in" && outbox.load().queue.length) {
    event.preventDefault();
    outbox.send();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest(".question form");
  if (!form) return;
  if ("again" in event.target.dataset) {
    const position = Number(form.closest(".question").dataset.position);
    outbox.change((kept) => {
      kept.again = kept.again.filter((other) => other !== position);
      if (event.target.checked) kept.again.push(position);
    });
    markAgain();
  } else {
    saveIfChanged(form);
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest(".question form");
  if (!form || !event.target.matches("textarea, input:not([type])")) return;
  clearTimeout(form.typing);
  form.typing = setTimeout(() => saveIfChanged(form), TYPING);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest(".question form");
  if (form && event.target.closest("[data-move]")) saveIfChanged(form);
  if (form && event.target.closest("[data-settle]")) save(form);
  if (form && event.target.closest("[data-undo]")) {
    form.querySelectorAll("input:checked:not([data-again])").forEach((input) => { input.checked = false; });
    form.querySelectorAll("[data-picture]").forEach(showChosen);
    saveIfChanged(form);
  }
  const link = event.target.closest("a[href]");
  if (!link || !title || !turning || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const position = positionIn(link.href);
  if (position === null || !question(position)) return;
  event.preventDefault();
  turnTo(position, true);
});

window.addEventListener("popstate", () => {
  const position = positionIn(location.href);
  if (position && question(position)) turnTo(position, false);
});
window.addEventListener("pagehide", () => {
  document.querySelectorAll(".question form").forEach(saveIfChanged);
});

// --- time ------------------------------------------------------------------------------------------

const clock = document.getElementById("clock");
let ends = endIn(words.left === "" ? null : Number(words.left));
let isOver = false;

// A test without a limit has neither clock nor end.
function endIn(seconds) {
  return seconds === null ? Infinity : performance.now() + seconds * 1000;
}

async function timeUp() {
  isOver = true;
  document.querySelectorAll(".question form").forEach(saveIfChanged);
  clock.textContent = clock.dataset.up;
  // The server gives answers on their way half a minute; what is still here then is lost.
  const last = performance.now() + 20000;
  while (outbox.load().queue.length && performance.now() < last) await new Promise((done) => { setTimeout(done, 500); });
  const form = document.createElement("form");
  form.method = "post";
  form.action = words.handIn;
  // Somebody may have given more time meanwhile: then the server leads back to the questions.
  const up = document.createElement("input");
  up.type = "hidden";
  up.name = "up";
  up.value = "1";
  form.append(up);
  form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
  document.body.append(form);
  form.submit();
}

function tick() {
  const left = Math.ceil((ends - performance.now()) / 1000);
  if (left <= 0 && !isOver) timeUp();
  if (isOver) return;
  const minutes = Math.ceil(left / 60);
  clock.textContent = left < 60 ? clock.dataset.soon : say(clock.dataset.minutes, { minutes });
  clock.parentElement.classList.toggle("soon", left < 300);
}

// The server wrote its own time of day; the person reads the clock of the device.
if (state.dataset.at) show(state, "saved", say(words.saved, { time: timeOf(state.dataset.at) }));
for (const entry of outbox.load().queue) {
  const section = question(entry.position);
  if (section) restore(section.querySelector("form"), entry.fields);
  mark(entry.position, !entry.isEmpty);
  show(statePlace(entry.position), "kept", words.kept);
}
document.querySelectorAll(".question form").forEach(settle);
markAgain();
showQueue();
outbox.send();
if (clock) {
  setInterval(tick, 1000);
  tick();
}
