"use strict";
// The desk: what keys and buttons do, and how the parts hear of each other.


class Desk {
  constructor(store) {
    this.store = store;
    this.drafts = new Drafts(store.shelf);
    this.queue = new Queue((id) => this.go(id), this.drafts);
    this.pages = new Pages(store, (id) => this.go(id));
    this.editor = new Editor(store, this.queue, this.pages);
    this.context = new Context(store, this.queue, this.editor);
    this.saver = new Saver(store, {
      saved: (decision, answer) => this.saved(decision, answer),
      refused: (decision, before, refusal) => this.refused(decision, before, refusal),
      undone: (decision, unit) => this.undone(decision, unit),
      moved: (id, from, to) => this.drafts.moved(id, from, to),
    });
    this.choosing = new Choosing(this);
    this.handing = new HandingIn(this);
    this.noticing = new Noticing(this);
    this.reviewer = "";
  }

  async begin() {
    let start;
    try {
      start = await this.store.start();
    } catch (refusal) {
      return this.noticing.banner(refusal.status === 403 ? "This address has no key in it. Open the one that the terminal shows." : refusal.message);
    }
    Object.assign(this.queue, { locale: start.locale, sourceLocale: start.source_locale });
    this.languages(start);
    const name = `${start.project} · ${start.language}`;
    byId("title").textContent = name;
    document.title = `${name} – review`;
    this.queue.fill(start);
    this.wire();
    this.call(start.reviewer || this.keptName());
    if (!this.reviewer) byId("name-dialog").showModal();
    const first = this.queue.shown.find((id) => !this.queue.isDone(id)) || this.queue.shown[0];
    if (first) await this.go(first);
    else this.nothing();
    calm();
    this.noticing.begin(start);
    if (this.store.offline) this.saver.done.push(...this.store.steps);
    this.saver.say("");
    this.handing.counted();
  }

  languages(start) {
    for (const [ids, lang, dir] of [
      [["source", "source-page"], start.source_locale, start.source_direction],
      [["target", "backdrop", "target-page"], start.locale, start.direction],
    ]) for (const id of ids) Object.assign(byId(id), { lang, dir });
    this.pages.sourceLanguage = { lang: start.source_locale, dir: start.source_direction };
    byId("source-label").textContent = start.source_language;
    byId("target-label").textContent = start.language;
  }

  wire() {
    const act = (id, what) => byId(id).addEventListener("click", what);
    new Keys(this);
    act("approve", () => this.decide("approve"));
    act("save", () => this.decide("save"));
    act("send-back", () => this.askBack());
    act("next", () => this.queue.step(1));
    act("previous", () => this.queue.step(-1));
    act("undo", () => this.saver.undo());
    act("help-button", () => this.help());
    act("who", () => byId("name-dialog").showModal());
    act("download", () => this.handing.download());
    act("earlier", () => this.handing.downloadEarlier());
    byId("back-comment").addEventListener("input", () => this.remarked());
    act("open-queue", () => this.drawer());
    act("back-cancel", () => this.closeBack());
    byId("back-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.decide("send back", byId("back-comment").value);
    });
    byId("name-form").addEventListener("submit", () => this.call(byId("name-input").value));
    byId("name-dialog").addEventListener("close", () => calm());
    addEventListener("beforeunload", (event) => { if (this.saver.open || this.isLosing) event.preventDefault(); });
    byId("download").hidden = !this.store.offline;
    watchTips();
  }

  // ---- whose review it is

  keptName() { return this.store.offline ? kept("desk-name") : ""; }

  call(name) {
    this.reviewer = name.split(/\s+/).join(" ").trim();
    byId("name-input").value = this.reviewer;
    byId("who").textContent = this.reviewer || "Your name";
    byId("who").setAttribute("aria-label", this.reviewer ? `Reviewing as ${this.reviewer}` : "Say who is reviewing");
    if (this.store.offline) keep("desk-name", this.reviewer);
  }

  // Whether something that is only in this page would go with it.
  get isLosing() { return !this.store.shelf.safe && (this.drafts.size || (this.store.offline && this.store.decisions.size)); }

  // ---- going from unit to unit

  async go(id) {
    if (!this.queue.units.has(id)) return;
    const again = this.editor.detail && this.editor.detail.id === id;
    if (!again) this.leave();
    this.queue.show(id);
    const asked = (this.asked = {});
    let detail;
    try {
      detail = await this.fetched(id);
    } catch (refusal) {
      return this.asked === asked ? this.stay(refusal) : undefined;
    }
    if (this.asked !== asked) return;
    document.body.classList.remove("with-queue", "empty");
    byId("open-queue").setAttribute("aria-expanded", "false");
    this.queue.update(detail);
    this.choosing.notice(detail);
    this.editor.show(detail);
    this.context.show(detail);
    this.choosing.show();
    this.arrive(again);
    await this.pages.show(detail);
    if (this.editor.isChanged && this.editor.judged) this.pages.preview(id, this.editor.judged.nodes, this.editor.text);
  }

  // A unit as one left it, also where that has not arrived yet.
  async fetched(id) {
    let detail = await this.store.detail(id);
    if (this.saver.latest(id, detail.version) !== detail.version) detail = await this.store.detail(id);
    const pending = this.saver.pending(id);
    return pending ? { ...detail, ...afterwards(pending) } : detail;
  }

  leave() {
    this.editor.wait();
    if (byId("back-form").contains(document.activeElement)) calm();
    byId("back-form").hidden = true;
  }

  arrive(again) {
    const comment = byId("back-comment"), said = this.drafts.remark(this.editor.detail.id);
    if (comment.value !== said) comment.value = said;
    if (!again) {
      byId("back-form").hidden = !said;
      if (matchMedia("(max-width: 760px)").matches) scrollTo(0, 0);
      byId("editor").scrollTop = 0;
    }
    this.queue.draw();
  }

  stay(refusal) {
    toast(refusal.message);
    this.editor.ready();
    if (this.editor.detail) this.queue.show(this.editor.detail.id);
  }

  nothing() {
    document.body.classList.add("empty");
    byId("unit-title").textContent = "Nothing waits here";
  }

  drawer() {
    const open = document.body.classList.toggle("with-queue");
    byId("open-queue").setAttribute("aria-expanded", String(open));
    this.queue.draw();
    if (open) this.queue.show(this.queue.current), this.queue.list.focus();
  }

  help() { byId("help").showModal(); }

  // ---- deciding

  decide(verb, comment = "") {
    const detail = this.editor.detail;
    // only what is seen is decided: neither a unit on its way nor one that changed since
    if (!detail || this.editor.waiting || detail.id !== this.queue.current) return;
    if (this.choosing.open) return this.complain("This unit was changed: look at it, and choose above.");
    const text = this.editor.text;
    if (verb === "approve" && !text.trim()) return this.complain("There is no text to approve yet.");
    if (verb === "save" && text === detail.target && detail.state !== "reviewed") return this.on(detail.id, { handled: true }, "Nothing was changed, so nothing is written; it waits on.");
    const before = { ...this.queue.units.get(detail.id) };
    const decision = { id: detail.id, verb, unit: detail.context, source: detail.source, shown: detail.version, text, comment, reviewer: this.reviewer };
    this.drafts.delete(detail.id);
    byId("back-comment").value = "";
    this.closeBack();
    this.saver.add(decision, before);
    this.on(detail.id, { ...afterwards(decision), handled: true }, { approve: "Approved.", save: "Kept for review.", "send back": "Sent back." }[verb]);
  }

  complain(words) {
    toast(words);
    announce(words);
  }

  // The row as it will be, at once; the next unit that waits; and a word for who cannot see it.
  on(id, changed, words = "") {
    Object.assign(this.queue.units.get(id), changed);
    const next = this.queue.following();
    this.queue.progress();
    this.queue.draw();
    if (!next) {
      announce(`${words} All of this queue is done.`);
      toast("All of this queue is done.");
      this.editor.detail = { ...this.editor.detail, ...changed };
      return this.editor.state();
    }
    const unit = this.queue.units.get(next);
    announce(`${words} Next: ${this.queue.nameOf(unit.slug)}, ${unit.kind}.`);
    this.go(next);
  }

  saved(decision, answer) {
    if (answer.unit && !this.saver.waiting.some((one) => one.decision.id === decision.id)) this.row(answer.unit, true);
    if (this.pages.slug && answer.unit && answer.unit.slug === this.pages.slug && this.editor.detail && this.editor.detail.id !== decision.id) this.pages.show(this.pages.unit, true);
    this.handing.counted();
  }

  row(unit, handled) {
    this.queue.update(unit);
    this.queue.units.get(unit.id).handled = handled;
    const { detail, isChanged, target } = this.editor;
    if (detail && detail.id === unit.id) {
      Object.assign(detail, unit);
      if (!isChanged && target.value !== unit.target) this.editor.show({ ...detail, judged: {} });
      this.editor.state();
    }
    this.queue.progress();
    this.queue.draw();
  }

  refused(decision, before, refusal) {
    const id = decision.id;
    if (this.saver.pending(id)) return; // what was decided after it is what counts
    if (refusal.status === 409 && refusal.body.error === "changed") {
      this.saver.disown(id);
      const now = refusal.body.unit;
      if (!now) {
        this.left(id, decision.text);
        return this.queue.filter();
      }
      this.queue.update(now);
      this.keepMine(decision);
      this.queue.conflicts.set(id, { text: decision.text });
      const words = "Somebody else changed a text that you decided about.";
      announce(words);
      toast(words, { words: "Look at it", act: () => this.go(id) });
    } else {
      this.queue.update(before);
      if (decision.text !== before.target || decision.comment) this.keepMine(decision);
      announce(refusal.message);
      toast(refusal.message, { words: "Look at it", act: () => this.go(id) });
    }
    if (this.queue.current === id) this.go(id);
    this.queue.units.get(id).handled = false;
    this.queue.progress();
    this.queue.draw();
  }

  // What was decided is a draft again, unless something newer was begun.
  keepMine({ id, text, comment, shown }) {
    if (this.drafts.get(id) === undefined) this.drafts.set(id, text, shown);
    if (comment && !this.drafts.remark(id)) this.drafts.say(id, comment);
  }

  // A unit that is no more; what was written for it stays in sight until it is closed.
  left(id, text) {
    const unit = this.queue.units.get(id);
    const mine = [text && `Your text: ${text}`, this.drafts.remark(id) && `Your comment: ${this.drafts.remark(id)}`].filter(Boolean);
    this.queue.remove(id);
    if (unit && mine.length) toast(`The source “${unit.source.slice(0, 60)}” is not there any more. ${mine.join(" ")}`, { words: "Close", act: () => {}, stays: true });
  }

  // ---- sending back, undoing

  askBack() {
    if (!this.editor.detail || this.editor.waiting) return;
    byId("back-form").hidden = false;
    byId("back-comment").focus();
  }

  remarked() {
    const { detail, waiting } = this.editor;
    if (detail && !waiting) this.drafts.say(detail.id, byId("back-comment").value);
  }

  // What was typed of a comment stays: it is there again when the form is opened.
  closeBack(focus = true) {
    if (byId("back-form").hidden) return;
    byId("back-form").hidden = true;
    if (focus) calm();
  }

  undone(decision, unit) {
    const { id, text, comment } = decision;
    if (unit) {
      this.row(unit, false);
      if (text !== unit.target && this.drafts.get(id) === undefined) this.drafts.set(id, text, unit.version);
      if (comment && !this.drafts.remark(id)) this.drafts.say(id, comment);
    }
    announce("Undone.");
    this.handing.counted();
    this.go(id);
  }
}

const inside = byId("desk-data");
window.desk = new Desk(inside ? new FileStore(JSON.parse(inside.textContent)) : new ServerStore());
window.desk.begin();
