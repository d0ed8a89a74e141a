// What a page sends waits here until the server has said that it has it: ids made on this device and
// kept through every retry, a queue that outlives a reload and the death of the phone, and the words
// for saved, kept and failed. Used by a test while it is sat, by the row that registers, and by the roll.
"use strict";

const OLDEST = 30 * 24 * 3600 * 1000; // milliseconds after which what was never sent is forgotten
const LONGEST_WAIT = 20000; // milliseconds between two attempts to send
const PATIENCE = 15000; // milliseconds that one attempt may take

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

function timeOf(moment) {
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function icon(name) {
  return document.querySelector(`[data-icon="${name}"]`).content.cloneNode(true);
}

// `kind` is saved, kept, failed or sending.
function show(place, kind, text) {
  if (!place) return;
  const line = document.createElement("span");
  // What is around it may be in another language.
  line.lang = document.documentElement.lang;
  line.dir = document.documentElement.dir;
  line.className = kind === "saved" ? "saved" : `saved ${kind}`;
  if (kind !== "sending") line.append(icon(kind));
  line.append(text);
  place.replaceChildren(line);
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// Sends a form's fields and returns the answer; its `body` is what came as JSON.
async function deliver(address, fields) {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value);
  body.set("csrfmiddlewaretoken", token());
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal, redirect: "manual",
    });
    const isSignedOut = response.type === "opaqueredirect" || response.status === 403 || response.status === 404;
    const isAnswer = response.ok || response.status === 400 || response.status === 409;
    if (!isSignedOut && !isAnswer) throw new Error("not now");
    return { ok: response.ok, isSignedOut, body: isSignedOut ? null : await response.json() };
  } finally {
    clearTimeout(patience);
  }
}

// localStorage reaches the disk seconds after it was written: a phone that dies before that loses it.
// What a transaction of IndexedDB has stored outlives the browser, so all queues lie there as well.
let opened = null;

function openVault() {
  opened = opened || new Promise((done, failed) => {
    const asked = indexedDB.open("cascade-outboxes", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outboxes");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

// Returns, when it is on the disk, what `step` asked for.
async function inVault(mode, step) {
  const vault = await openVault();
  return new Promise((done, failed) => {
    const transaction = vault.transaction("outboxes", mode, { durability: "strict" });
    const asked = step(transaction.objectStore("outboxes"));
    transaction.oncomplete = () => done(asked && asked.result);
    transaction.onabort = () => failed(transaction.error);
  });
}

function isPast(kept) {
  return !kept.queue.some((entry) => !(Date.now() - entry.at > OLDEST));
}

// Entries of the form {id, fields, at} in the order in which they were made. What is kept beside them
// is the page's own. An entry with an `error` was refused; it is not sent again by itself.
//
// page.fresh()              what is kept at first, beside the queue
// page.pack(waiting)        the entries to send together, as {entries, address, fields}
// page.accepted(entries, body), page.refused(entries, body)    what the server said; may return "stop"
// page.away(entries)        there was no answer
// page.signedOut()          there was one, from the sign-in page
// page.settled()            after every attempt
class Outbox {
  constructor(name, page) {
    this.name = name;
    this.page = page;
    this.memory = null; // where the browser keeps nothing for us
    this.sending = [];
    this.wait = 1000;
    this.timer = null;
    this.safe = Promise.resolve(); // what was stored last is on the disk, or cannot get there
    this.forgetOld();
    this.recover(this.load().turn || 0);
    window.addEventListener("online", () => { this.wait = 1000; this.send(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.send(); });
  }

  load() {
    try {
      this.memory = JSON.parse(localStorage.getItem(this.name)) || this.memory;
    } catch {
      // Storage is closed to us: what is in memory holds until the page goes.
    }
    this.memory = this.memory || { queue: [], ...this.page.fresh() };
    return this.memory;
  }

  store(kept) {
    kept.turn = (kept.turn || 0) + 1;
    this.memory = kept;
    this.safe = this.secure(kept.turn, JSON.stringify(kept));
    try {
      localStorage.setItem(this.name, JSON.stringify(kept));
    } catch {
      // The same: it holds until the page goes.
    }
  }

  // Of what two pages write the newest stays.
  secure(turn, text) {
    return inVault("readwrite", (vault) => {
      const known = vault.get(this.name);
      known.onsuccess = () => {
        if (!known.result || known.result.turn < turn) vault.put({ turn, text }, this.name);
      };
    }).catch(() => {}); // it is closed to us, or full: localStorage has to do
  }

  // What was added while the older was being written is to be on the disk as well.
  async secured() {
    let safe;
    do {
      safe = this.safe;
      await safe;
    } while (safe !== this.safe);
  }

  // After the browser has died: what localStorage, still at this `turn`, had not got is put back, and
  // the page begins again with it. What was given or sent since then has its turns after the vault's.
  async recover(turn) {
    try {
      const known = await inVault("readonly", (vault) => vault.get(this.name));
      if (!known || known.turn <= turn) return;
      const here = this.load();
      const kept = JSON.parse(known.text);
      const ids = kept.queue.map((entry) => entry.id);
      kept.queue.push(...here.queue.filter((entry) => !ids.includes(entry.id)));
      kept.turn = Math.max(known.turn, here.turn || 0);
      this.store(kept);
      await this.safe;
      if (JSON.parse(localStorage.getItem(this.name)).turn === kept.turn) location.reload();
      else this.send();
    } catch {
      // One of the two is closed to us: there is nothing to put back, or nowhere.
    }
  }

  change(how) {
    const kept = this.load();
    how(kept);
    this.store(kept);
  }

  get waiting() {
    return this.load().queue.filter((entry) => !entry.error);
  }

  // `replaces` tells which older entries the new one makes needless.
  add(entry, replaces = () => false) {
    this.change((kept) => {
      kept.queue = kept.queue.filter((other) => this.sending.includes(other.id) || !replaces(other));
      kept.queue.push({ at: Date.now(), ...entry });
    });
  }

  drop(ids) {
    this.change((kept) => { kept.queue = kept.queue.filter((entry) => !ids.includes(entry.id)); });
  }

  refuse(id, error) {
    this.change((kept) => {
      kept.queue = kept.queue.map((entry) => (entry.id === id ? { ...entry, error } : entry));
    });
  }

  // Of this room's entries, on this device, those that nobody will send any more.
  forgetOld() {
    const room = this.name.split("-").slice(0, 2).join("-");
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith(`${room}-`)) continue;
        const kept = JSON.parse(localStorage.getItem(name));
        kept.queue = kept.queue.filter((entry) => !(Date.now() - entry.at > OLDEST));
        if (kept.queue.length) localStorage.setItem(name, JSON.stringify(kept));
        else if (name !== this.name) localStorage.removeItem(name);
      }
    } catch {
      // Nothing is kept, so nothing grows old.
    }
    inVault("readwrite", (vault) => {
      vault.openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) return;
        const isOld = at.key.startsWith(`${room}-`) && at.key !== this.name && isPast(JSON.parse(at.value.text));
        if (isOld) at.delete();
        at.continue();
      };
    }).catch(() => {});
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  async send() {
    if (this.sending.length) return;
    clearTimeout(this.timer);
    const { waiting } = this;
    if (!waiting.length) return;
    const { entries, address, fields } = this.page.pack(waiting);
    this.sending = entries.map((entry) => entry.id);
    let outcome = "later";
    try {
      outcome = this.hear(entries, await deliver(address, fields));
    } catch {
      await this.secured(); // before anybody is told that it is kept here
      this.page.away(entries);
    } finally {
      this.sending = [];
    }
    this.page.settled();
    if (outcome === "done") {
      this.wait = 1000;
      this.send();
    } else if (outcome === "later") {
      this.later();
    }
  }

  hear(entries, answer) {
    if (answer.isSignedOut) {
      this.page.signedOut();
      return "stop";
    }
    return (answer.ok ? this.page.accepted(entries, answer.body) : this.page.refused(entries, answer.body)) || "done";
  }
}
