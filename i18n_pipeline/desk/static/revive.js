"use strict";
// The data of a file: what stands in several places of it is there once (desk/sharing.py).

function revive({ shared, root }) {
  const known = [];
  const full = (value) => {
    if (Array.isArray(value)) return value.map(full);
    if (value === null || typeof value !== "object") return value;
    const names = Object.keys(value);
    if (names.length === 1 && Number.isInteger(value.$)) return known[value.$];
    return Object.fromEntries(names.map((name) => [name, full(value[name])]));
  };
  for (const value of shared) known.push(full(value));
  return full(root);
}

// Objects of which only the values are there, in the order of the names.
function rowsOf({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
}
