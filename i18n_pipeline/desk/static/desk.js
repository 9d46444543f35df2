"use strict";
// The desk: its parts, how it begins, and whose review it is.

class Desk {
  constructor(store) {
    this.store = store;
    this.drafts = new Drafts(store.shelf);
    this.queue = new Queue((id) => this.go(id), this.drafts);
    this.pages = new Pages(store, (id) => this.go(id));
    this.editor = new Editor(store, this.queue, this.pages);
    this.context = new Context(store, this.queue, this.editor);
    this.deciding = new Deciding(this);
    this.saver = new Saver(store, this.deciding);
    this.choosing = new Choosing(this);
    this.resuming = new Resuming(this);
    this.vanishing = new Vanishing(this);
    this.going = new Going(this);
    this.handing = new HandingIn(this);
    this.noticing = new Noticing(this);
    this.reviewer = "";
  }

  go(id) { return this.going.go(id); }
  help() { byId("help").showModal(); }

  async begin() {
    let start;
    try {
      start = await this.store.start();
    } catch (refusal) {
      return this.noticing.banner(refusal.status === 403 ? "This address has no key in it. Open the one that the terminal shows." : refusal.message);
    }
    this.languages(start);
    const name = `${start.project} · ${start.language}`;
    byId("title").textContent = name;
    document.title = `${name} – review`;
    this.drafts.load();
    this.steps = this.store.steps(start);
    this.reviewer = cleaned(start.reviewer && !this.keptName() ? start.reviewer : this.keptName());
    this.saver.done.push(...this.own(this.reviewer));
    this.queue.fill(start, this.saver);
    this.resuming.begin();
    this.deciding.sift();
    this.wire();
    this.call(this.reviewer);
    if (!this.reviewer) byId("name-dialog").showModal();
    await this.going.begin();
    this.noticing.begin(start);
    this.saver.say("");
    this.handing.counted();
    this.handing.strangers();
  }

  languages(start) {
    Object.assign(this.queue, { locale: start.locale, sourceLocale: start.source_locale });
    for (const [ids, lang, dir] of [
      [["source", "source-page"], start.source_locale, start.source_direction],
      [["target", "backdrop", "target-page"], start.locale, start.direction],
    ]) for (const id of ids) Object.assign(byId(id), { lang, dir });
    this.pages.sourceLanguage = { lang: start.source_locale, dir: start.source_direction };
    byId("source-label").textContent = start.source_language;
    byId("target-label").textContent = start.language;
  }

  wire() {
    const { deciding, handing } = this;
    const act = (id, what) => byId(id).addEventListener("click", what);
    new Keys(this);
    act("approve", () => deciding.decide("approve"));
    act("save", () => deciding.decide("save"));
    act("send-back", () => deciding.askBack());
    act("back-cancel", () => deciding.closeBack());
    act("undo", () => this.saver.undo());
    act("undo-this", () => this.saver.undo(this.queue.current));
    act("next", () => this.queue.step(1));
    act("previous", () => this.queue.step(-1));
    act("open-queue", () => this.going.drawer());
    act("help-button", () => this.help());
    act("who", () => byId("name-dialog").showModal());
    act("download", () => handing.download());
    act("earlier", () => handing.downloadEarlier());
    act("earlier-texts", () => handing.takeTexts());
    byId("back-comment").addEventListener("input", () => deciding.remarked());
    byId("back-form").addEventListener("submit", (event) => {
      event.preventDefault();
      deciding.decide("send back", byId("back-comment").value);
    });
    byId("name-form").addEventListener("submit", () => this.call(byId("name-input").value));
    byId("name-dialog").addEventListener("close", () => calm());
    byId("download").hidden = !this.store.offline;
    addEventListener("beforeunload", (event) => { if (this.saver.open || this.isLosing) event.preventDefault(); });
    watchTips();
  }

  // Offline the browser knows who is at it; at a desk only this tab does.
  keptName() {
    if (this.store.offline) return kept("desk-name");
    try { return sessionStorage.getItem("desk-name") || ""; } catch { return ""; }
  }

  // What somebody did before the page was loaded: nobody undoes what others decided.
  own(name) { return this.steps.filter((one) => this.store.offline || cleaned(one.decision.reviewer || "") === name); }

  call(name) {
    const before = this.reviewer;
    this.reviewer = cleaned(name);
    if (this.reviewer !== before) {
      const earlier = new Set(this.steps);
      this.saver.done = [...this.own(this.reviewer), ...this.saver.done.filter((one) => !earlier.has(one) && cleaned(one.decision.reviewer || "") === this.reviewer)];
      this.saver.say(this.saver.open ? "saving" : "");
    }
    byId("name-input").value = this.reviewer;
    byId("who").textContent = this.reviewer || "Your name";
    byId("who").setAttribute("aria-label", this.reviewer ? `Reviewing as ${this.reviewer}` : "Say who is reviewing");
    if (this.store.offline) keep("desk-name", this.reviewer);
    else try { sessionStorage.setItem("desk-name", this.reviewer); } catch { /* nothing is kept */ }
  }

  // Whether something that is only in this page would go with it.
  get isLosing() { return !this.store.shelf.safe && (this.drafts.size || (this.store.offline && this.store.decisions.size)); }
}

const cleaned = (name) => name.split(/\s+/).join(" ").trim();

const inside = byId("desk-data");
window.desk = new Desk(inside ? FileStore.from(JSON.parse(inside.textContent)) : new ServerStore());
window.desk.begin();
