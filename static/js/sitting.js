// A test while it is sat. Every answer gets an id here, is kept on this device, and goes to the server
// one after the other until the server has said that it has this very answer. Turning to another
// question needs no network: all of them are on the page. Without this every question is a page of
// its own with a button that saves.
"use strict";

const words = document.getElementById("sitting").dataset;
const state = document.getElementById("save-state");
const warning = document.getElementById("warning");
const STORE = `cascade-sitting-${words.sitting}`;
const OLDEST = 30 * 24 * 3600 * 1000; // milliseconds after which answers never sent are forgotten
const LONGEST_WAIT = 20000; // milliseconds between two attempts to send
const TYPING = 1200; // milliseconds of silence after which typed text is saved

function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [0, 8, 12, 16, 20].map((from, i) => hex.slice(from, [8, 12, 16, 20, 32][i])).join("-");
}

// What is kept on this device: its name, how many answers it gave, and those not yet acknowledged.
let memory = null; // where the browser keeps nothing for us
function load() {
  try {
    memory = JSON.parse(localStorage.getItem(STORE)) || memory;
  } catch {
    // Storage is closed to us: what is in memory holds until the page goes.
  }
  memory = memory || { device: newId(), seq: 0, queue: [], again: [] };
  return memory;
}

function store(kept) {
  memory = kept;
  try {
    localStorage.setItem(STORE, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function forgetOld() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith("cascade-sitting-") || name === STORE) continue;
      const { queue } = JSON.parse(localStorage.getItem(name));
      const newest = Math.max(0, ...queue.map((entry) => Date.parse(entry.fields.captured)));
      if (Date.now() - newest > OLDEST) localStorage.removeItem(name);
    }
  } catch {
    // Nothing is kept, so nothing grows old.
  }
}

function icon(name) {
  return document.querySelector(`[data-icon="${name}"]`).content.cloneNode(true);
}

function show(place, kind, text) {
  if (!place) return;
  const line = document.createElement("span");
  // The question around it may be in English still.
  line.lang = document.documentElement.lang;
  line.dir = document.documentElement.dir;
  line.className = kind === "saved" ? "saved" : `saved ${kind}`;
  if (kind !== "sending") line.append(icon(kind));
  line.append(text);
  place.replaceChildren(line);
}

const question = (position) => document.getElementById(`q${position}`);
const statePlace = (position) => question(position) && question(position).querySelector("[data-state]");
const timeOf = (moment) =>
  new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function showQueue() {
  const { queue } = load();
  if (queue.length) show(state, "kept", say(words.keptShort, { n: queue.length }));
  const button = document.querySelector("#hand-in button");
  if (button) button.disabled = queue.length > 0;
}

// --- keeping and sending ---------------------------------------------------------------------------

function keep(position, body, isEmpty) {
  const kept = load();
  kept.seq += 1;
  const fields = { ...body, fact: [newId()], device: [kept.device], seq: [String(kept.seq)], captured: [new Date().toISOString()] };
  kept.queue = kept.queue.filter((entry) => entry.position !== position || entry.id === sendingId);
  kept.queue.push({ id: fields.fact[0], position, fields, isEmpty });
  store(kept);
  mark(position, !isEmpty);
  show(statePlace(position), "sending", words.sending);
  send();
}

let sendingId = null;
let wait = 1000;
let timer = null;

function drop(id) {
  const kept = load();
  kept.queue = kept.queue.filter((entry) => entry.id !== id);
  store(kept);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

async function send() {
  if (sendingId !== null) return;
  clearTimeout(timer);
  const entry = load().queue[0];
  if (!entry) return;
  sendingId = entry.id;
  let outcome = "later";
  try {
    outcome = await sendOne(entry);
  } catch {
    show(statePlace(entry.position), "kept", words.kept);
  }
  sendingId = null;
  showQueue();
  if (outcome === "done") {
    wait = 1000;
    send();
  } else if (outcome === "later") {
    later();
  }
}

async function sendOne(entry) {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(entry.fields)) for (const value of values) body.append(name, value);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), 15000);
  const address = location.pathname.replace(/[^/]+\/$/, `${entry.position}/`);
  let response;
  try {
    response = await fetch(address, {
      method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal, redirect: "manual",
    });
  } finally {
    clearTimeout(patience);
  }
  if (response.ok) return acknowledged(entry, await response.json());
  if (response.type === "opaqueredirect" || response.status === 403 || response.status === 404) return signedOut();
  if (response.status !== 400 && response.status !== 409) throw new Error("not now");
  return refused(entry, (await response.json()).error);
}

function acknowledged(entry, answer) {
  if (answer.id !== entry.id) throw new Error("another answer");
  drop(entry.id);
  warning.hidden = true;
  const newer = load().queue.some((other) => other.position === entry.position);
  const sentence = entry.isEmpty ? words.takenBack : words.answerSaved;
  if (!newer) show(statePlace(entry.position), "saved", say(sentence, { time: timeOf(answer.saved) }));
  show(state, "saved", say(words.saved, { time: timeOf(answer.saved) }));
  ends = performance.now() + answer.left * 1000;
  return "done";
}

function signedOut() {
  warning.textContent = words.signedOut;
  warning.hidden = false;
  return "stop";
}

function refused(entry, code) {
  const kept = load();
  if (code === "sequence") {
    // Another tab counted too: take a new name and give the answer once more under it.
    kept.device = newId();
    kept.seq = 1;
    entry = { ...entry, fields: { ...entry.fields, device: [kept.device], seq: ["1"] } };
    kept.queue = kept.queue.map((other) => (other.id === entry.id ? entry : other));
    store(kept);
    return "done";
  }
  drop(entry.id);
  if (code === "over") {
    store({ ...load(), queue: [] });
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
  form.querySelectorAll("[data-order]").forEach((order) => {
    const place = (row) => Number(row.querySelector("select").value);
    order.append(...[...order.children].sort((one, other) => place(one) - place(other)));
    number(order);
  });
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
      total: document.querySelectorAll(".map a").length,
    });
  }
}

function markAgain() {
  const { again } = load();
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
  again.firstElementChild.checked = load().again.includes(Number(form.closest(".question").dataset.position));
  form.dataset.last = JSON.stringify(read(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.closest(".question")) {
    event.preventDefault();
    saveIfChanged(form);
    document.getElementById("forward").click();
  } else if (form.id === "hand-in" && load().queue.length) {
    event.preventDefault();
    send();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest(".question form");
  if (!form) return;
  if ("again" in event.target.dataset) {
    const position = Number(form.closest(".question").dataset.position);
    const kept = load();
    kept.again = kept.again.filter((other) => other !== position);
    if (event.target.checked) kept.again.push(position);
    store(kept);
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
window.addEventListener("online", () => { wait = 1000; send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
window.addEventListener("pagehide", () => {
  document.querySelectorAll(".question form").forEach(saveIfChanged);
});

// --- time ------------------------------------------------------------------------------------------

const clock = document.getElementById("clock");
let ends = performance.now() + Number(words.left) * 1000;
let isOver = false;

async function timeUp() {
  isOver = true;
  document.querySelectorAll(".question form").forEach(saveIfChanged);
  clock.textContent = clock.dataset.up;
  // The server gives answers on their way half a minute; what is still here then is lost.
  const last = performance.now() + 20000;
  while (load().queue.length && performance.now() < last) await new Promise((done) => { setTimeout(done, 500); });
  const form = document.createElement("form");
  form.method = "post";
  form.action = words.handIn;
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
for (const entry of load().queue) {
  const section = question(entry.position);
  if (section) restore(section.querySelector("form"), entry.fields);
  mark(entry.position, !entry.isEmpty);
  show(statePlace(entry.position), "kept", words.kept);
}
document.querySelectorAll(".question form").forEach(settle);
forgetOld();
markAgain();
showQueue();
setInterval(tick, 1000);
tick();
send();
