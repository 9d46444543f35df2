"use strict";
// What was decided in an earlier page and had not arrived when that was closed.

class Resuming {
  constructor(desk) {
    this.desk = desk;
  }

  // It is begun again, and can be sent.
  begin() {
    const { queue, drafts, deciding } = this.desk;
    const left = drafts.unsent.filter(({ id, value, place }) => {
      const unit = queue.units.get(id), there = unit && deciding.isThere(value, unit);
      if (there) forget(place);
      else deciding.keepMine(value);
      return !there;
    });
    const ready = left.filter((one) => queue.units.has(one.id));
    if (!ready.length) return;
    const words = ready.length === 1 ? "A decision had not arrived when this page was closed." : `${ready.length} decisions had not arrived when this page was closed.`;
    announce(words);
    toast(words, { words: ready.length === 1 ? "Send it" : "Send them", stays: true, about: "unsent", act: () => this.resend(ready) });
  }

  resend(found) {
    const { queue, drafts, saver, editor } = this.desk;
    for (const { id, place, value } of found) {
      const unit = queue.units.get(id);
      // what was written on since is decided by whoever wrote it
      if (!unit || !kept(place) || (drafts.get(id) ?? value.text) !== value.text) continue;
      const { at, project, locale, identity, ...decision } = value, before = { ...unit };
      drafts.hold(id, decision);
      saver.add(decision, before);
      Object.assign(unit, afterwards(value), { handled: true });
      queue.hold(id);
    }
    queue.filter();
    if (editor.detail) this.desk.go(editor.detail.id);
  }
}
