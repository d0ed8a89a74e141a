// Names that are known already, offered below the field while one types: a combobox after the ARIA
// practices. Without it the list says afterwards that somebody of this name is known.
"use strict";

const FEWEST_LETTERS = 3;
const SILENCE = 250; // milliseconds without a key before names are asked for

class Lookup {
  // `found(n)` is told how many names are offered, `choose(person)` which one was taken.
  constructor(input, list, address, { found, choose }) {
    Object.assign(this, { input, list, address, found, choose, people: [], at: -1, timer: null, asked: null });
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...list.children].indexOf(option));
    });
  }

  wait() {
    clearTimeout(this.timer);
    if (this.asked) this.asked.abort();
    if (this.input.value.trim().length < FEWEST_LETTERS) this.close();
    else this.timer = setTimeout(() => this.ask(), SILENCE);
  }

  async ask() {
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value });
    try {
      const response = await fetch(`${this.address}?${query}`, { signal: this.asked.signal, redirect: "manual" });
      if (response.ok && document.activeElement === this.input) this.offer((await response.json()).people);
    } catch {
      this.close(); // without a network nobody is offered
    }
  }

  offer(people) {
    this.close();
    if (!people.length) return;
    this.people = people;
    this.list.replaceChildren(...people.map((person, n) => this.option(person, n)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.found(people.length);
  }

  option(person, n) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${n}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("bdi");
    name.textContent = person.name;
    const about = document.createElement("span");
    about.textContent = person.about;
    option.append(name, " ", about);
    return option;
  }

  close() {
    clearTimeout(this.timer);
    this.people = [];
    this.at = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  point(at) {
    const options = [...this.list.children];
    this.at = (at + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
    options[this.at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.people.length) return;
    if (event.key === "ArrowDown") this.point(this.at + 1);
    else if (event.key === "ArrowUp") this.point(this.at < 0 ? this.people.length - 1 : this.at - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.take(this.at);
    else return;
    event.preventDefault();
  }

  take(n) {
    const person = this.people[n];
    this.close();
    this.choose(person);
  }
}
