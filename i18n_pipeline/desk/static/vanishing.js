"use strict";
// A unit whose source is gone: nothing moves under the hands of who is at it, and what was begun stays.

class Vanishing {
  constructor(desk) {
    Object.assign(this, { desk, node: byId("gone"), gone: new Map(), came: new Set() });
  }

  // Where units stood among those of their field, before the first of them goes.
  remember(ids) {
    const { queue } = this.desk;
    for (const id of ids) {
      const unit = queue.units.get(id);
      if (unit) this.gone.set(id, { ...unit, at: this.peers(unit).indexOf(id) });
    }
  }

  peers({ context }) {
    const { queue } = this.desk;
    return queue.order.filter((id) => queue.units.get(id)?.context === context);
  }

  left(id) {
    const { queue, editor } = this.desk;
    if (!this.gone.has(id)) this.remember([id]);
    queue.remove(id);
    if (editor.detail?.id === id && queue.current === id) editor.freeze();
    else this.tell(id);
  }

  arrived(id) { this.came.add(id); }

  // Which units are there again; and for the one at hand, what there is to go on with.
  settle() {
    const { queue, editor } = this.desk;
    for (const id of [...this.gone.keys()]) {
      if (!queue.units.has(id)) continue;
      this.gone.delete(id);
      untoast(`gone ${id}`);
      if (editor.frozen && editor.detail.id === id) this.desk.go(id);
    }
    for (const id of this.gone.keys()) if (this.heir(id) && !(editor.frozen && editor.detail.id === id)) this.tell(id);
    if (!this.gone.size) this.came.clear();
    this.show();
  }

  show() {
    const { editor } = this.desk;
    this.node.hidden = !editor.frozen;
    if (!editor.frozen) return replace(this.node);
    byId("conflict").hidden = true;
    const id = editor.detail.id, old = this.gone.get(id) || editor.detail, heir = this.heir(id);
    const told = this.words(old, heir);
    replace(this.node,
      el("p", {}, el("strong", {}, told), " Your text stays here, and nothing is decided about it."),
      heir && heir.source !== old.source ? el("p", { class: "version diff", lang: this.desk.queue.sourceLocale, dir: "auto" }, runsOf(wordDiff(old.source, heir.source))) : null,
      heir ? el("div", { class: "actions" }, el("button", { type: "button", class: "primary", id: "go-on", on: { click: () => this.goOn(id) } }, "Go on with the new source")) : null);
    if (this.told !== told) announce(told);
    this.told = told;
  }

  words(old, heir) {
    if (!heir) return "The source of this text is not there any more.";
    return heir.source === old.source ? `This text belongs to ${this.desk.queue.nameOf(heir.slug)} now.` : "The source of this text was changed.";
  }

  // The unit that came instead of one: made of it, moved, or new in its place.
  heir(id) {
    const { queue } = this.desk, old = this.gone.get(id);
    if (!old) return undefined;
    const came = [...this.came].map((one) => queue.units.get(one)).filter(Boolean);
    const here = came.filter((unit) => unit.context === old.context);
    return here.find((unit) => unit.previous === old.source)
      || came.find((unit) => unit.source === old.source)
      || here.find((unit) => this.peers(unit).indexOf(unit.id) === old.at);
  }

  // What was begun on a unit goes on with the one that came instead; what was begun there stays.
  goOn(id) {
    const { drafts } = this.desk, old = this.gone.get(id), heir = this.heir(id);
    if (!heir) return;
    const text = drafts.get(id), comment = drafts.remark(id);
    const seen = !heir.target || heir.target === old.target;
    if (drafts.get(heir.id) === undefined) {
      if (text !== undefined && text !== heir.target) drafts.set(heir.id, text, seen ? heir.version : "");
      drafts.forget(id);
    }
    if (comment && !drafts.remark(heir.id)) {
      drafts.say(heir.id, comment, seen ? heir : { version: "", target: old.target });
      drafts.say(id, "");
    }
    untoast(`gone ${id}`);
    this.desk.go(heir.id);
  }

  // What was begun on a unit that is not at hand is told, and kept until somebody says otherwise.
  tell(id) {
    const { drafts } = this.desk, unit = this.gone.get(id);
    const text = drafts.get(id), comment = drafts.remark(id);
    if (!drafts.has(id)) return;
    const what = unit ? `The source “${unit.source.slice(0, 60)}”` : "The source of what you began";
    const mine = [text && `Your text: ${text}`, comment && `Your comment: ${comment}`].filter(Boolean).join(" ");
    const first = this.heir(id) && { words: "Go on with the new source", act: () => this.goOn(id) };
    toast(`${what} is not there any more. ${mine}`, { first, words: "Forget it", act: () => drafts.delete(id), stays: true, about: `gone ${id}` });
  }
}
