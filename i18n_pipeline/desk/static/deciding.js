"use strict";
// Deciding about a unit, and what comes of it: carried out, refused, undone.

const TOLD = { approve: "Approved.", save: "Kept for review.", "send back": "Sent back." };
const DID = { approve: "You approved this.", save: "You kept this for review.", "send back": "You sent this back." };

class Deciding {
  constructor(desk) {
    this.desk = desk;
  }

  decide(verb, comment = "") {
    const { editor, queue, choosing, drafts, saver, reviewer } = this.desk;
    const detail = editor.detail;
    if (this.isStuck()) return;
    // only what is seen is decided: neither a unit on its way nor one that changed since
    if (!detail || editor.waiting || detail.id !== queue.current) return;
    if (choosing.open) return this.complain("This unit was changed: look at it, and choose above.");
    const text = editor.text;
    if (verb === "approve" && !text.trim()) return this.complain("There is no text to approve yet.");
    if (verb === "save" && text === detail.target && detail.state !== "reviewed") return this.on(detail.id, { handled: true }, "Nothing was changed, so nothing is written; it waits on.");
    const before = { ...queue.units.get(detail.id) };
    const decision = { id: detail.id, verb, unit: detail.context, source: detail.source, shown: detail.version, text, comment, reviewer };
    drafts.hold(detail.id, decision);
    byId("back-comment").value = "";
    this.closeBack();
    saver.add(decision, before);
    if (drafts.remark(detail.id)) this.keptComment(detail.id);
    const isTakenBack = verb === "save" && before.state === "reviewed" && text === detail.target;
    this.on(detail.id, { ...afterwards(decision), handled: true }, isTakenBack ? "Its approval is taken back: it waits for review." : TOLD[verb]);
  }

  // A comment that was begun is not sent with another decision, nor is it dropped.
  keptComment(id) {
    const { drafts } = this.desk;
    const words = `Your comment was not sent, and is kept: ${drafts.remark(id)}`;
    announce(words);
    toast(words, { words: "Forget it", act: () => {
      drafts.say(id, "");
      if (this.desk.queue.current === id) byId("back-comment").value = "";
      this.desk.queue.draw();
    }, about: `comment ${id}` });
  }

  isStuck() {
    if (!this.desk.editor.frozen) return false;
    this.complain("The source of this text is not there any more: nothing can be decided about it.");
    return true;
  }

  get refusals() { return this.desk.queue.refused.size; }

  // Something else was decided about a unit; what was refused before says nothing any more.
  cleared(id) {
    const { queue, saver } = this.desk;
    if (queue.refused.delete(id) && !saver.open && !saver.busy) saver.settled();
  }

  complain(words) {
    toast(words);
    announce(words);
  }

  // The row as it will be, at once; the next unit that waits; and a word for who cannot see it.
  on(id, changed, words = "") {
    const { queue, editor } = this.desk;
    this.cleared(id);
    Object.assign(queue.units.get(id), changed);
    queue.hold(id);
    const next = queue.following();
    queue.progress();
    queue.draw();
    if (!next) {
      const told = queue.shown.every((one) => queue.isDone(one)) ? "All of this list is done." : "All of this list is decided; what is not done is marked.";
      announce(`${words} ${told}`);
      toast(told);
      editor.detail = { ...editor.detail, ...changed };
      this.tell();
      return editor.state();
    }
    const unit = queue.units.get(next);
    announce(`${words} Next: ${queue.nameOf(unit.slug)}, ${unit.kind}.`);
    this.desk.go(next);
  }

  saved(decision, answer) {
    const { saver, pages, editor, drafts, handing } = this.desk;
    const { unit } = answer, { id } = decision;
    if (!saver.pending(id)) {
      drafts.release(id);
      if (unit) this.row(unit, true);
    }
    const reason = unit?.unsafe || unit?.failing;
    if (decision.verb === "approve" && reason) this.warn(id, unit.unsafe ? `Approved, but it will not be published: ${reason}` : `Approved, but a check finds an error, so it will be looked at again: ${reason}`);
    if (pages.slug && unit && unit.slug === pages.slug && editor.detail && editor.detail.id !== id) pages.show(pages.unit, true);
    handing.counted();
    this.tell();
  }

  // What is approved, and will not be published, or not be left alone, all the same.
  warn(id, words) {
    announce(words);
    toast(spoken(words), { words: "Look at it", act: () => this.desk.go(id), about: "unsafe" });
  }

  row(unit, handled) {
    const { queue, editor } = this.desk;
    queue.update(unit);
    queue.units.get(unit.id).handled = handled;
    const { detail, isChanged, target } = editor;
    if (detail && detail.id === unit.id) {
      Object.assign(detail, unit);
      if (!isChanged && target.value !== unit.target) editor.show({ ...detail, judged: {} });
      editor.state();
    }
    queue.progress();
    queue.draw();
  }

  // Above the unit: what one did with it, to be undone from there; and why it stays unpublished.
  tell() {
    const { queue, editor, saver } = this.desk;
    const unit = editor.detail && queue.units.get(editor.detail.id);
    if (!unit) return;
    const last = saver.lastOf(unit.id);
    byId("did").hidden = !last;
    if (last) byId("did-words").textContent = DID[last.decision.verb];
    const reason = unit.unsafe || unit.failing;
    byId("held-back").hidden = !reason || editor.isChanged;
    replace(byId("held-back"), unit.unsafe ? "This text will not be published: " : "This text is approved, and a check finds an error in it: ", ...spoken(reason || ""));
  }

  refused(decision, before, refusal) {
    const { queue, saver, drafts } = this.desk, { id } = decision;
    if (saver.pending(id)) return; // what was decided after it is what counts
    drafts.release(id);
    if (refusal.status === 409 && refusal.body.error === "changed") {
      saver.disown(id);
      const now = refusal.body.unit;
      if (now && this.isThere(decision, now)) return this.row(now, true);
      if (!now) {
        this.keepMine(decision);
        this.desk.vanishing.left(id);
        this.desk.vanishing.show();
        this.point("The source of a text that you decided about is not there any more.", id);
        return queue.filter();
      }
      queue.update(now);
      this.keepMine(decision);
      queue.conflicts.set(id, { text: decision.text });
      queue.refused.set(id, "somebody else changed it");
      this.point("Somebody else changed a text that you decided about: it was not saved.", id);
    } else {
      queue.refused.set(id, refusal.message);
      queue.update(before);
      if (decision.text !== before.target || decision.comment) this.keepMine(decision);
      this.point(refusal.message, id);
    }
    if (queue.current === id) this.desk.go(id);
    queue.units.get(id).handled = false;
    queue.progress();
    queue.draw();
  }

  // Whether a unit says already what a decision would make of it.
  isThere(decision, unit) {
    const after = afterwards(decision);
    return unit.target === after.target && unit.state === after.state && unit.sent_back === after.sent_back;
  }

  point(words, id) {
    announce(words);
    toast(words, { words: "Look at it", act: () => this.desk.go(id) });
  }

  // What was decided is a draft again, unless something newer was begun.
  keepMine({ id, text, comment, shown }) {
    const { drafts, queue } = this.desk;
    if (drafts.get(id) === undefined && text !== queue.units.get(id)?.target) drafts.set(id, text, shown);
    if (comment && !drafts.remark(id)) drafts.say(id, comment, { version: shown, target: text });
  }

  // What an earlier page left: what had arrived after all is no draft, and what has no unit is shown.
  sift() {
    const { queue, drafts, vanishing } = this.desk;
    for (const id of drafts.ids) {
      const unit = queue.units.get(id);
      if (unit && drafts.get(id) === unit.target && !drafts.remark(id)) drafts.forget(id);
      if (!unit) vanishing.tell(id);
    }
  }

  askBack() {
    const { detail, waiting } = this.desk.editor;
    if (this.isStuck() || !detail || waiting) return;
    byId("back-form").hidden = false;
    byId("back-comment").focus();
  }

  remarked() {
    const { detail, waiting } = this.desk.editor;
    if (detail && !waiting) this.desk.drafts.say(detail.id, byId("back-comment").value, detail);
  }

  // What was typed of a comment stays: it is there again when the form is opened.
  closeBack(focus = true) {
    if (byId("back-form").hidden) return;
    byId("back-form").hidden = true;
    if (focus) calm();
  }

  // The last decision; where one looks at what one did, that about the unit at hand.
  undo() {
    const { queue, saver } = this.desk;
    const own = queue.isOwnWork && saver.lastOf(queue.current);
    return saver.undo(own ? queue.current : "");
  }

  undone(decision, unit) {
    const { drafts } = this.desk, { id, text, comment } = decision;
    drafts.release(id);
    if (unit) {
      this.row(unit, false);
      if (text !== unit.target && drafts.get(id) === undefined) drafts.set(id, text, unit.version);
      if (comment && !drafts.remark(id)) drafts.say(id, comment, unit);
    }
    announce("Undone.");
    this.desk.handing.counted();
    this.desk.queue.filter();
    this.desk.go(id);
  }

  moved(id, from, to, target) { this.desk.drafts.moved(id, from, to, target); }
}
