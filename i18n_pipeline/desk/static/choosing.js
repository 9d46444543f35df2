"use strict";
// A unit that changed while somebody was at it: both texts in sight, and nothing decided unseen.

class Choosing {
  constructor(desk) {
    Object.assign(this, { desk, node: byId("conflict"), queue: desk.queue, editor: desk.editor });
    this.editor.hear = () => this.follow();
    this.queue.drafts.hear = (id) => { if (this.editor.detail?.id === id) this.offer(); };
  }

  // Whether the unit on the desk has to be looked at once more before it is decided.
  get open() { return Boolean(this.editor.detail) && this.queue.conflicts.has(this.editor.detail.id); }

  // What is to be chosen, if the unit is not what was seen of it when this was begun.
  notice(detail) {
    const { id } = detail, { drafts, conflicts } = this.queue, { saver } = this.desk;
    const text = drafts.get(id), begun = drafts.begun(id);
    const before = this.editor.detail && this.editor.detail.id === id ? this.editor.detail : null;
    if (begun !== undefined && saver.latest(id, begun) !== detail.version) {
      if (text !== detail.target) conflicts.set(id, { ...conflicts.get(id), text });
      else drafts.forget(id);
    }
    const remark = drafts.remarked(id);
    if (remark?.version !== undefined && !conflicts.has(id) && saver.latest(id, remark.version) !== detail.version) conflicts.set(id, text === undefined ? { seen: remark.seen, version: remark.version } : { text });
    const again = this.again?.id === id && this.again.version === detail.version;
    if (before && !again && text === undefined && saver.latest(id, before.version) !== detail.version && !conflicts.has(id)) conflicts.set(id, { seen: before.target, version: before.version });
    this.calmed(id, detail.version);
  }

  // What was changed, and is again as it was seen, needs no choice.
  calmed(id, version) {
    const { conflicts, drafts } = this.queue, { saver } = this.desk;
    const mine = conflicts.get(id);
    if (!mine) return;
    const seen = [mine.version, drafts.begun(id), drafts.remarked(id)?.version].filter((one) => one !== undefined);
    if (seen.length && seen.every((one) => saver.latest(id, one) === version)) {
      conflicts.delete(id);
      this.again = { id, version };
    }
  }

  // What other pages of this browser began on the same unit: offered, and left to them.
  offer() {
    const { editor, queue } = this, id = editor.detail?.id;
    if (!id || id !== queue.current) return;
    const found = queue.drafts.others(id).filter(({ value }) => value.text !== editor.text && value.text !== editor.detail.target);
    byId("begun").hidden = !found.length;
    replace(byId("begun"), ...found.flatMap((one) => [
      this.version("Begun in another tab", one.value.text),
      el("div", { class: "actions" },
        el("button", { type: "button", on: { click: () => { editor.put(one.value.text); this.offer(); } } }, "Take this text"),
        el("button", { type: "button", class: "quiet", on: { click: () => { forget(one.place); this.offer(); } } }, "Forget it"))]));
  }

  show() {
    const detail = this.editor.detail, mine = this.queue.conflicts.get(detail.id);
    this.node.hidden = !mine;
    if (!mine) return replace(this.node);
    const { queue } = this, own = mine.text !== undefined;
    const theirs = this.version(`${this.desk.store.offline ? "In another tab" : "In the review file now"} (${STATE_WORDS[detail.state]})`, detail.target);
    const other = own ? this.version("Yours", this.editor.text) : this.version("As you saw it", mine.seen);
    this.mine = own ? other.lastChild : null;
    const comment = this.queue.drafts.remark(detail.id);
    replace(this.node,
      el("p", {}, el("strong", {}, "This unit was changed while you were at it. "), own ? "Nothing is overwritten: choose." : "Look at it before you decide."),
      el("div", { class: "versions" }, theirs, other),
      comment ? el("p", {}, "Your comment is kept: ", el("q", { dir: "auto" }, comment)) : null,
      el("div", { class: "actions" }, ...(own ? this.choices(detail) : [this.pick("I have seen it", () => queue.drafts.rebase(detail.id, detail), "primary")])));
    announce(`This unit was changed while you were at it. ${own ? "Choose between the two texts." : "Look at it before you decide."}`);
  }

  choices(detail) {
    const { desk, editor, queue } = this;
    const rebase = () => {
      queue.drafts.set(detail.id, editor.text, detail.version);
      queue.drafts.rebase(detail.id, detail);
    };
    return [
      this.pick("Keep theirs", () => {
        queue.drafts.delete(detail.id);
        editor.show(detail);
        desk.deciding.on(detail.id, { handled: true }, "Theirs stays.");
      }),
      this.pick("Approve mine", () => { rebase(); desk.deciding.decide("approve"); }, "primary"),
      this.pick("Send mine back…", () => { rebase(); desk.deciding.askBack(); }),
      this.pick("Go on with mine", () => { rebase(); editor.typed(); editor.target.focus(); }),
    ];
  }

  version(words, said) {
    return el("div", {}, el("div", { class: "label" }, words), el("p", { lang: this.queue.locale, dir: "auto", class: "version" }, said || "—"));
  }

  pick(words, act, kind = "") {
    return el("button", { type: "button", class: kind, on: { click: () => {
      if (!this.editor.detail || this.editor.waiting || this.editor.detail.id !== this.queue.current) return;
      this.queue.conflicts.delete(this.editor.detail.id);
      this.node.hidden = true;
      act();
      if (document.activeElement === document.body || this.node.contains(document.activeElement)) calm();
      this.queue.draw();
    } } }, words);
  }

  // Yours is what stands in the field, also when it was written on meanwhile.
  follow() {
    if (this.open && this.mine) this.mine.textContent = this.editor.text || "—";
  }
}
