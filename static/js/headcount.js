// Adds the numbers up while they are typed. Without this the sums are those of what was saved.
"use strict";

const table = document.querySelector("[data-headcount] table");

function number(cell) {
  const input = cell.querySelector("input");
  return input ? Number(input.value) || 0 : 0;
}

function add() {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1, -1).map(number));
  const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
  rows.forEach((numbers, index) => {
    table.tBodies[0].rows[index].querySelector("output").value = sum(numbers);
  });
  const totals = rows[0].map((_, column) => sum(rows.map((numbers) => numbers[column])));
  [...totals, sum(totals)].forEach((total, index) => {
    table.tFoot.querySelectorAll("output")[index].value = total;
  });
}

if (table && table.querySelector("input")) table.addEventListener("input", add);
