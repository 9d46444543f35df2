"use strict";
// What stays in the browser: small entries, of this page and of others.

// Small entries, each at a place of its own, so that several tabs never write over each other.
class Shelf {
  constructor() {
    this.name = "";
    this.about = {};
    this.safe = false;
    this.memory = new Map();
  }

  // Whose shelf it is: a file, or a locale of a project on this machine.
  open(name, { project, locale, shelf }) {
    this.name = name;
    this.about = { project, locale, identity: shelf };
    this.safe = true;
  }

  place(kind, id) { return ["desk", this.name, kind, id].join("|"); }

  put(kind, id, value) {
    const place = this.place(kind, id);
    const whole = { ...value, ...this.about };
    this.memory.set(place, whole);
    if (!this.name) return;
    try {
      localStorage.setItem(place, JSON.stringify(whole));
    } catch {
      if (this.safe) toast("This browser keeps nothing more: decide, or save your decisions, before you close the page.", { words: "Close", act: () => {}, stays: true });
      this.safe = false;
    }
  }

  drop(kind, id) {
    const place = this.place(kind, id);
    this.memory.delete(place);
    if (this.name) forget(place);
  }

  get(kind, id) {
    const place = this.place(kind, id);
    if (!this.safe) return this.memory.get(place);
    const text = kept(place);
    return text ? read(text) : undefined;
  }

  // All entries of a kind, with whose they are.
  entries(kind) { return everything().filter((one) => one.file === this.name && one.kind === kind); }

  // All entries of a kind, by their ids.
  all(kind) { return everything().filter((one) => one.file === this.name && one.kind === kind).map((one) => [one.id, one.value]); }

  // What was begun or decided in other files, of the same project, about the same language.
  elsewhere(...kinds) {
    const { project, locale, identity } = this.about;
    return everything().filter((one) => one.file !== this.name && kinds.includes(one.kind) && one.value.project === project && one.value.locale === locale && one.value.identity === identity);
  }
}

function read(text) {
  try { return JSON.parse(text) || undefined; } catch { return undefined; }
}

function forget(place) {
  try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
}

// Every entry of every shelf in this browser.
function everything() {
  let places = [];
  try { places = Object.keys(localStorage); } catch { /* a browser that keeps nothing */ }
  return places.filter((place) => place.startsWith("desk|")).map((place) => {
    const [, file, kind, id, owner = ""] = place.split("|");
    const raw = kept(place);
    return { place, file, kind, id, owner, raw, value: read(raw) };
  }).filter((one) => one.value !== undefined);
}
