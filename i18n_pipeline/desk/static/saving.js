"use strict";
// Decisions on their way to the review file: one after the other, kept until they have arrived.

class Saver {
  constructor(store, hooks) {
    this.store = store;
    this.hooks = hooks;
    this.waiting = [];
    this.done = [];
    this.busy = false;
    this.said = "";
  }

  get open() { return this.waiting.length; }

  add(decision, before) {
    this.waiting.push({ decision, before });
    this.say("saving");
    this.run();
  }

  say(state, words = "") {
    const told = { saving: "Saving…", saved: this.store.offline ? "Kept in this browser" : "Saved", waiting: words, "": "" }[state];
    byId("saving").textContent = this.open && state === "waiting" ? `${told} · ${this.open} to save` : told;
    byId("saving").className = `saving ${state}`;
    if (state === "waiting" && this.said !== words) announce(words);
    this.said = state === "waiting" ? words : "";
    byId("undo").disabled = !this.done.length && !this.open;
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.open) {
      const { decision, before } = this.waiting[0];
      try {
        const answer = await this.store.decide(decision);
        this.waiting.shift();
        this.done.push({ id: decision.id, undo: answer.undo });
        this.hooks.saved(decision, answer);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        if (refusal.status === 423 || refusal.status === 0 || refusal.status === 507) {
          this.say("waiting", { 423: "A run is at work", 0: "The desk does not answer", 507: refusal.message }[refusal.status]);
          this.resting = true;
          await new Promise((wake) => setTimeout(wake, 1500));
          this.resting = false;
          continue;
        }
        this.waiting.shift();
        this.hooks.refused(decision, before, refusal);
      }
    }
    this.busy = false;
    this.say("saved");
    if (this.wanted) {
      this.wanted = false;
      await this.undo();
    }
  }

  async undo() {
    // what is under way arrives first, and is undone then
    if (this.open === 1 && this.busy && !this.resting) {
      this.wanted = true;
      return;
    }
    if (this.open) {
      const { decision, before } = this.waiting.pop();
      this.hooks.undone(decision.id, before);
      return this.say(this.open ? "saving" : "saved");
    }
    const last = this.done.pop();
    if (!last) return announce("There is nothing to undo.");
    try {
      const answer = await this.store.undo(last.id, last.undo);
      this.hooks.undone(last.id, answer.unit);
      this.say("saved");
    } catch (refusal) {
      if (refusal.status === 423 || refusal.status === 0) this.done.push(last);
      toast(refusal.status === 409 ? "That text was changed since, so it stays as it is." : refusal.message);
    }
  }
}
