"use strict";
// The desk: what keys and buttons do, and how the parts hear of each other.


class Desk {
  constructor(store) {
    this.store = store;
    this.queue = new Queue((id) => this.go(id));
    this.pages = new Pages(store, (id) => this.go(id));
    this.editor = new Editor(store, this.queue, this.pages);
    this.context = new Context(store, this.queue, this.editor);
    this.saver = new Saver(store, {
      saved: (decision, answer) => this.saved(decision, answer),
      refused: (decision, before, refusal) => this.refused(decision, before, refusal),
      undone: (id, unit) => this.undone(id, unit),
    });
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
    this.counted();
  }

  languages(start) {
    for (const [ids, lang, dir] of [
      [["source", "source-page"], start.source_locale, start.source_direction],
      [["target", "backdrop", "target-page"], start.locale, start.direction],
    ]) for (const id of ids) Object.assign(byId(id), { lang, dir });
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
    act("download", () => this.download());
    act("open-queue", () => this.drawer());
    act("back-cancel", () => this.closeBack());
    byId("back-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.decide("send back", byId("back-comment").value);
    });
    byId("name-form").addEventListener("submit", () => this.call(byId("name-input").value));
    byId("name-dialog").addEventListener("close", () => calm());
    addEventListener("beforeunload", (event) => { if (this.saver.open || (this.queue.drafts.size && !this.store.offline)) event.preventDefault(); });
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

  // ---- going from unit to unit

  async go(id) {
    if (!this.queue.units.has(id)) return;
    this.closeBack(false);
    this.queue.show(id);
    const asked = (this.asked = id);
    let detail;
    try {
      detail = await this.store.detail(id);
    } catch (refusal) {
      return toast(refusal.message);
    }
    if (this.asked !== asked) return;
    document.body.classList.remove("with-queue", "empty");
    byId("open-queue").setAttribute("aria-expanded", "false");
    this.queue.update(detail);
    this.editor.show(detail);
    this.context.show(detail);
    this.conflict();
    await this.pages.show(detail);
    if (this.editor.isChanged && this.editor.judged) this.pages.preview(id, this.editor.judged.nodes, this.editor.text);
    if (matchMedia("(max-width: 760px)").matches) scrollTo(0, 0);
    byId("editor").scrollTop = 0;
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
    if (!detail) return;
    const text = this.editor.text;
    if (verb === "approve" && !text.trim()) return this.complain("There is no text to approve yet.");
    if (verb === "save" && text === detail.target && detail.state !== "reviewed") {
      announce("Kept as it is.");
      return this.on(detail.id, { handled: true });
    }
    const before = { ...this.queue.units.get(detail.id) };
    const decision = { id: detail.id, verb, unit: detail.context, source: detail.source, shown: detail.version, text, comment, reviewer: this.reviewer };
    this.queue.drafts.delete(detail.id);
    this.queue.conflicts.delete(detail.id);
    const state = verb === "approve" ? "reviewed" : text ? "needs-review" : "untranslated";
    this.closeBack();
    this.saver.add(decision, before);
    this.on(detail.id, { target: text, state, sent_back: verb === "send back", handled: true, reviewer: verb === "approve" ? this.reviewer : "" }, { approve: "Approved.", save: "Kept for review.", "send back": "Sent back." }[verb]);
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
    this.counted();
  }

  row(unit, handled) {
    this.queue.update(unit);
    this.queue.units.get(unit.id).handled = handled;
    if (this.editor.detail && this.editor.detail.id === unit.id && !this.editor.isChanged) {
      Object.assign(this.editor.detail, unit);
      this.editor.state();
    }
    this.queue.progress();
    this.queue.draw();
  }

  refused(decision, before, refusal) {
    const id = decision.id;
    if (refusal.status === 409 && refusal.body.error === "changed") {
      const now = refusal.body.unit;
      if (!now) {
        this.left(id, decision.text);
        return this.queue.filter();
      }
      this.queue.update(now);
      this.queue.conflicts.set(id, decision);
      const words = "Somebody else changed a text that you decided about.";
      announce(words);
      toast(words, { words: "Look at it", act: () => this.go(id) });
      if (this.queue.current === id) this.go(id);
    } else {
      this.queue.update(before);
      this.queue.units.get(id).handled = false;
      if (decision.text !== before.target) this.queue.drafts.set(id, decision.text);
      this.complain(refusal.message);
      this.go(id);
    }
    this.queue.units.get(id).handled = false;
    this.queue.progress();
    this.queue.draw();
  }

  // A unit that is no more; what was written for it stays in sight until it is closed.
  left(id, text) {
    const unit = this.queue.units.get(id);
    this.queue.remove(id);
    if (unit && text) toast(`The source “${unit.source.slice(0, 60)}” is not there any more. Your text: ${text}`, { words: "Close", act: () => {}, stays: true });
  }

  // ---- two texts for one unit

  conflict() {
    const node = byId("conflict"), detail = this.editor.detail;
    const mine = this.queue.conflicts.get(detail.id);
    node.hidden = !mine;
    if (!mine) return;
    const text = (words, said) => el("div", {}, el("div", { class: "label" }, words), el("p", { lang: this.queue.locale, dir: "auto", class: "version" }, said || "—"));
    const pick = (words, act, kind = "") => el("button", { type: "button", class: kind, on: { click: act } }, words);
    const settle = (act) => () => { this.queue.conflicts.delete(detail.id); node.hidden = true; act(); calm(); };
    replace(node, el("p", {}, el("strong", {}, "This unit was changed while you were at it. "), "Nothing is overwritten: choose."),
      el("div", { class: "versions" }, text(`In the review file now (${STATE_WORDS[detail.state]})`, detail.target), text("Yours", mine.text)),
      el("div", { class: "actions" },
        pick("Keep theirs", settle(() => { this.queue.drafts.delete(detail.id); this.editor.show(detail); this.on(detail.id, { handled: true }, "Theirs stays."); })),
        pick("Approve mine", settle(() => { this.editor.target.value = mine.text; this.decide("approve"); }), "primary"),
        pick("Go on with mine", settle(() => { this.editor.put(mine.text); this.editor.target.focus(); }))));
    announce("This unit was changed while you were at it. Choose between the two texts.");
  }

  // ---- sending back, undoing

  askBack() {
    if (!this.editor.detail) return;
    byId("back-form").hidden = false;
    byId("back-comment").focus();
  }

  closeBack(focus = true) {
    if (byId("back-form").hidden) return;
    byId("back-form").hidden = true;
    byId("back-comment").value = "";
    if (focus) calm();
  }

  undone(id, unit) {
    if (unit) this.row(unit, false);
    this.queue.drafts.delete(id);
    announce("Undone.");
    this.counted();
    this.go(id);
  }

  // ---- the file without a server

  counted() {
    if (!this.store.offline) return;
    const count = this.store.decisions.size;
    byId("download").textContent = count ? `Save ${count === 1 ? "1 decision" : `${count} decisions`}` : "Save decisions";
    byId("download").disabled = !count;
  }

  download() {
    const address = URL.createObjectURL(new Blob([this.store.file()], { type: "application/json" }));
    const link = el("a", { href: address, download: `decisions-${this.queue.locale}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    toast(`Send the file decisions-${this.queue.locale}.json back to whoever sent you this page.`);
  }
}

const inside = byId("desk-data");
window.desk = new Desk(inside ? new FileStore(JSON.parse(inside.textContent)) : new ServerStore());
window.desk.begin();
