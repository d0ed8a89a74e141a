// The form of a training session: fills in the usual hours, and adds rows. Without this there are
// rows enough for two days, and a few more after every saving.
"use strict";

const HALF_DAYS = [["09:00", "12:30"], ["13:30", "17:00"]];

function add(kind) {
  const count = document.querySelector(`[name="${kind}-TOTAL_FORMS"]`);
  const most = document.querySelector(`[name="${kind}-MAX_NUM_FORMS"]`).value;
  if (Number(count.value) >= Number(most)) return null;
  const html = document.querySelector(`template[data-row="${kind}"]`).innerHTML;
  const holder = document.createElement("template");
  holder.innerHTML = html
    .replace(/__prefix__/g, count.value)
    .replace(/__number__/g, Number(count.value) + 1);
  const row = holder.content.firstElementChild;
  document.querySelector(`[data-rows="${kind}"]`).append(row);
  count.value = Number(count.value) + 1;
  return row;
}

function dayAfter(first, days) {
  const day = new Date(`${first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function fill(first, many) {
  const rows = document.querySelectorAll('[data-rows="unit"] fieldset');
  rows.forEach((row, index) => {
    const [starts, ends] = HALF_DAYS[index % 2];
    const values = index < many ? [dayAfter(first, Math.floor(index / 2)), starts, ends] : ["", "", ""];
    row.querySelectorAll("input").forEach((input, place) => { input.value = values[place]; });
  });
  rows[0].querySelector("input").focus();
}

document.querySelectorAll("[data-fill], [data-add]").forEach((control) => { control.hidden = false; });
document.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-add]");
  const row = adder && add(adder.dataset.add);
  if (row) row.querySelector("input, select").focus();
});
document.getElementById("fill").addEventListener("submit", (event) => {
  event.preventDefault();
  fill(document.getElementById("first-day").value, Number(event.submitter.value));
});
