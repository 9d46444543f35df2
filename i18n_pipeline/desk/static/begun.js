"use strict";
// What somebody began and has not decided yet, by unit: their text, and what they will say of it.

// Every open page keeps its own entries. It takes over what an earlier page left, and drops only
// what is as it took it over; a page that is open after all puts its own entry back.
class Drafts {
  constructor(shelf) {
    this.shelf = shelf;
    this.texts = new Map();
    this.remarks = new Map();
    this.held = new Map();
    this.taken = new Map();
    this.hear = () => {};
  }

  load() {
    this.owner = Math.random().toString(36).slice(2, 12);
    const before = ownerBefore(this.owner);
    const rank = (one) => [Number(one.owner === before), one.value.at || 0];
    for (const [kind, map] of [["text", this.texts], ["remark", this.remarks]]) {
      const found = this.shelf.entries(kind).sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
      for (const one of found) map.set(one.id, one.value), this.taken.set(`${kind}|${one.id}`, one);
    }
    addEventListener("storage", (event) => this.elsewhere(event));
    addEventListener("pageshow", (event) => { if (event.persisted) this.restore(); });
  }

  // A page that one comes back to heard nothing while it was away.
  restore() {
    for (const [kind, map] of [["text", this.texts], ["remark", this.remarks], ["underway", this.held]]) {
      for (const [id, value] of map) if (!this.taken.has(`${kind}|${id}`)) this.shelf.put(kind, `${id}|${this.owner}`, value);
    }
  }

  // Decisions of earlier pages that had not arrived when these were closed.
  get unsent() { return this.shelf.entries("underway").filter((one) => one.owner !== this.owner); }

  // Another page dropped what is ours, or began something.
  elsewhere({ key, newValue }) {
    const [, file, kind, id, owner = ""] = (key || "").split("|");
    if (file !== this.shelf.name) return;
    const own = { text: this.texts, remark: this.remarks, underway: this.held }[kind];
    if (own && owner === this.owner && newValue === null && own.has(id)) this.shelf.put(kind, `${id}|${owner}`, own.get(id));
    if (own && owner !== this.owner) this.hear(id);
  }

  // Texts that other pages of this browser began on a unit.
  others(id) {
    const mine = this.taken.get(`text|${id}`);
    const found = this.shelf.entries("text").filter((one) => one.id === id && one.owner !== this.owner && !(mine && one.place === mine.place && one.raw === mine.raw));
    return [...new Map(found.map((one) => [one.value.text, one])).values()];
  }

  get ids() { return [...new Set([...this.texts.keys(), ...this.remarks.keys()])]; }
  get size() { return this.ids.length; }
  has(id) { return this.texts.has(id) || this.remarks.has(id); }
  get(id) { return this.texts.get(id)?.text; }

  // The version of the unit that was there when its text was begun.
  begun(id) { return this.texts.get(id)?.version; }

  set(id, text, version) { this.write(this.texts, "text", id, { text, version }); }
  remark(id) { return this.remarks.get(id)?.text || ""; }

  // What a comment was begun on: the version of the unit, and the text that it is about.
  remarked(id) { return this.remarks.get(id); }

  say(id, words, unit) {
    if (!words.trim()) return this.drop(this.remarks, "remark", id);
    const { version, seen } = this.remarks.get(id) || { version: unit?.version, seen: unit?.target };
    this.write(this.remarks, "remark", id, { text: words, version, seen });
  }

  // Somebody has looked at a unit as it is now, and goes on with their comment.
  rebase(id, unit) {
    const remark = this.remarks.get(id);
    if (remark) this.write(this.remarks, "remark", id, { ...remark, version: unit.version, seen: unit.target });
  }

  write(map, kind, id, value) {
    const whole = { ...value, at: Date.now() };
    map.set(id, whole);
    this.shelf.put(kind, `${id}|${this.owner}`, whole);
    this.settle(kind, id);
  }

  drop(map, kind, id) {
    map.delete(id);
    this.shelf.drop(kind, `${id}|${this.owner}`);
    this.settle(kind, id);
  }

  // What was taken over is ours by now, or done with; unless its page is open and goes on with it.
  settle(kind, id) {
    const one = this.taken.get(`${kind}|${id}`);
    this.taken.delete(`${kind}|${id}`);
    if (one && kept(one.place) === one.raw) forget(one.place);
  }

  // Decided, but not arrived yet: the page is done with it, the browser keeps it until then.
  hold(id, decision) {
    this.write(this.held, "underway", id, decision);
    this.forget(id);
    if (decision.verb === "send back") this.say(id, "");
    for (const one of this.unsent.filter((other) => other.id === id)) forget(one.place);
  }

  // It has arrived; what was begun since stays.
  release(id) { this.drop(this.held, "underway", id); }

  forget(id) { this.drop(this.texts, "text", id); }

  delete(id) {
    this.forget(id);
    this.say(id, "");
    for (const one of this.unsent.filter((other) => other.id === id)) forget(one.place);
  }

  // One's own decision made another version of the unit: what was begun meanwhile goes by that one.
  moved(id, from, to, target) {
    const draft = this.texts.get(id), remark = this.remarks.get(id), held = this.held.get(id);
    if (draft && draft.version === from) this.set(id, draft.text, to);
    if (remark && remark.version === from) this.rebase(id, { version: to, target: target ?? remark.seen });
    if (held && held.shown === from) this.write(this.held, "underway", id, { ...held, shown: to });
  }
}

// Who this tab was before it was loaded anew.
function ownerBefore(owner) {
  try {
    const before = sessionStorage.getItem("desk-owner") || "";
    sessionStorage.setItem("desk-owner", owner);
    return before;
  } catch { return ""; }
}
