"use strict";
// Decisions on their way to the review file: one after the other, kept until they have arrived.

const LATER = { 423: "A run is at work", 0: "The desk does not answer" };

class Saver {
  constructor(store, hooks) {
    this.store = store;
    this.hooks = hooks;
    this.waiting = [];
    this.done = [];
    this.busy = false;
    this.said = "";
    this.sent = 0;
    this.undoing = 0;
    this.own = new Map();
  }

  get open() { return this.waiting.length; }

  // The last decision about a unit that is still under way.
  pending(id) { return this.waiting.findLast((one) => one.decision.id === id)?.decision; }

  // The last thing that was done with a unit, and can be undone.
  lastOf(id) { return [...this.done, ...this.waiting].findLast((one) => (one.id ?? one.decision.id) === id); }

  // The units that something was done with, the latest first, each once.
  get acted() { return [...new Set([...this.done, ...this.waiting].map((one) => one.id ?? one.decision.id).reverse())]; }

  // What one's own decisions made of a version of a unit; the version itself where nothing.
  latest(id, version) { return this.own.get(id)?.get(version) ?? version; }

  moved(id, from, to, target) {
    const own = this.own.get(id) || new Map();
    this.own.set(id, own);
    for (const [old, now] of own) if (now === from) own.set(old, to);
    own.set(from, to).delete(to);
    this.hooks.moved(id, from, to, target);
  }

  // Somebody else was there: what one saw before says nothing any more.
  disown(id) { this.own.delete(id); }

  add(decision, before) {
    this.hooks.cleared(decision.id);
    this.waiting.push({ decision, before });
    this.say("saving");
    this.run();
  }

  // What is saved is all that was decided; where something was refused, that is told instead.
  settled() {
    const count = this.hooks.refusals;
    if (count && !this.open) this.say("waiting", count === 1 ? "One decision was not saved" : `${count} decisions were not saved`);
    else this.say("saved");
  }

  say(state, words = "") {
    const told = { saving: "Saving…", saved: this.store.offline ? "Kept in this browser" : "Saved", waiting: words, "": "" }[state];
    byId("saving").textContent = this.open && state === "waiting" ? `${told} · ${this.open} to save` : told;
    byId("saving").className = `saving ${state}`;
    if (state === "waiting" && this.said !== words) announce(words);
    this.said = state === "waiting" ? words : "";
    byId("undo").disabled = !this.done.length && !this.open;
    if (byId("undo").disabled && document.activeElement === byId("undo")) calm();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.open) await this.send(this.waiting[0]);
    this.busy = false;
    this.settled();
    if (this.wanted !== undefined) {
      const id = this.wanted;
      this.wanted = undefined;
      await this.undo(id);
    }
  }

  async send({ decision: given, before }) {
    const decision = { ...given, shown: this.latest(given.id, given.shown) };
    try {
      this.arrived(decision, await this.store.decide(decision));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.status in LATER || refusal.status === 507) return this.rest(LATER[refusal.status] || refusal.message);
      this.waiting.shift();
      this.hooks.refused(decision, before, refusal);
    }
  }

  arrived(decision, answer) {
    this.waiting.shift();
    this.sent++;
    this.done.push({ id: decision.id, undo: answer.undo, decision: { ...decision, version: answer.unit?.version } });
    if (answer.unit) this.moved(decision.id, decision.shown, answer.unit.version, answer.unit.target);
    this.hooks.saved(decision, answer);
  }

  async rest(words) {
    this.say("waiting", words);
    this.resting = true;
    await new Promise((wake) => setTimeout(wake, 1500));
    this.resting = false;
  }

  // Undo the last decision, or the last about a unit.
  async undo(id = "") {
    const at = this.waiting.findLastIndex((one) => !id || one.decision.id === id);
    // what is under way arrives first, and is undone then
    if (at === 0 && this.busy && !this.resting) {
      this.wanted = id;
      return;
    }
    if (at >= 0) return this.takeBack(at);
    const done = this.done.findLastIndex((one) => !id || one.id === id);
    if (done < 0) return announce("There is nothing to undo.");
    await this.undoSaved(this.done.splice(done, 1)[0]);
  }

  takeBack(at) {
    const [{ decision, before }] = this.waiting.splice(at, 1);
    this.hooks.undone(decision, { ...before, version: this.latest(decision.id, before.version) });
    if (this.open) this.say("saving");
    else this.settled();
  }

  async undoSaved(last) {
    this.undoing++;
    try {
      const answer = await this.store.undo(last.id, last.undo);
      this.sent++;
      if (answer.unit && last.decision.version) this.moved(last.id, last.decision.version, answer.unit.version, answer.unit.target);
      this.hooks.undone({ ...last.decision, id: last.id }, answer.unit);
      this.settled();
    } catch (refusal) {
      if (refusal.status === 423 || refusal.status === 0) this.done.push(last);
      toast(refusal.status === 409 ? "That text was changed since, so it stays as it is." : refusal.message);
    }
    this.undoing--;
  }
}
