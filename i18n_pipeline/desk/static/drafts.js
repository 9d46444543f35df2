"use strict";
// What somebody began and has not decided yet, by unit: their text, and what they will say of it.

// Small entries, each at a place of its own, so that several tabs never write over each other.
class Shelf {
  constructor() {
    this.name = "";
    this.about = {};
    this.safe = false;
    this.memory = new Map();
  }

  // Whose shelf it is: a file, or a locale of a project on this machine.
  open(name, { project, locale }) {
    this.name = name;
    this.about = { project, locale };
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

  // All entries of a kind, by their ids.
  all(kind) { return everything().filter((one) => one.file === this.name && one.kind === kind).map((one) => [one.id, one.value]); }

  // What was begun or decided in other files, of the same project, about the same language.
  elsewhere(...kinds) {
    const { project, locale } = this.about;
    return everything().filter((one) => one.file !== this.name && kinds.includes(one.kind) && one.value.project === project && one.value.locale === locale);
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
    const [, file, kind, id] = place.split("|");
    return { place, file, kind, id, value: read(kept(place)) };
  }).filter((one) => one.value !== undefined);
}

class Drafts {
  constructor(shelf) {
    this.shelf = shelf;
    this.texts = new Map();
    this.remarks = new Map();
  }

  load() {
    this.texts = new Map(this.shelf.all("text"));
    this.remarks = new Map(this.shelf.all("remark"));
  }

  get ids() { return [...new Set([...this.texts.keys(), ...this.remarks.keys()])]; }
  get size() { return this.ids.length; }
  has(id) { return this.texts.has(id) || this.remarks.has(id); }
  get(id) { return this.texts.get(id)?.text; }

  // The version of the unit that was there when its text was begun.
  begun(id) { return this.texts.get(id)?.version; }

  set(id, text, version) { this.write(this.texts, "text", id, { text, version }); }
  remark(id) { return this.remarks.get(id)?.text || ""; }

  say(id, words) {
    if (words.trim()) return this.write(this.remarks, "remark", id, { text: words });
    this.remarks.delete(id);
    this.shelf.drop("remark", id);
  }

  write(map, kind, id, value) {
    map.set(id, value);
    this.shelf.put(kind, id, value);
  }

  // Decided, but not arrived yet: the page is done with it, the browser keeps it until then.
  hold(id, text, version) {
    this.texts.delete(id);
    this.remarks.delete(id);
    this.shelf.put("text", id, { text, version });
  }

  // It has arrived; what was begun since stays.
  release(id) {
    if (!this.texts.has(id)) this.shelf.drop("text", id);
    if (!this.remarks.has(id)) this.shelf.drop("remark", id);
  }

  forget(id) {
    this.texts.delete(id);
    this.shelf.drop("text", id);
  }

  delete(id) {
    this.forget(id);
    this.say(id, "");
  }

  // One's own decision made another version of the unit: what was begun meanwhile goes by that one.
  moved(id, from, to) {
    const draft = this.texts.get(id);
    if (draft && draft.version === from) this.set(id, draft.text, to);
  }
}
