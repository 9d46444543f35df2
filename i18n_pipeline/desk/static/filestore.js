"use strict";
// The desk without a server: decisions stay in the browser until they are saved as a file.

class FileStore {
  static from(written) {
    const data = revive(written);
    data.id = written.id;
    data.start.units = rowsOf(data.start.units);
    data.details = Object.fromEntries(rowsOf(data.details).map((detail) => [detail.id, detail]));
    return new FileStore(data);
  }

  constructor(data) {
    this.data = data;
    this.offline = true;
    this.shelf = new Shelf();
    this.shelf.open(data.id, data.start);
    this.shown = new Map(data.start.units.map((unit) => [unit.id, { ...unit }]));
    this.units = new Map(data.start.units.map((unit) => [unit.id, { ...unit }]));
    this.decisions = new Map();
    const found = this.shelf.all("decision").filter(([id]) => this.units.has(id));
    for (const [id, decision] of found.sort((a, b) => a[1].at - b[1].at)) this.settle(id, decision);
  }

  // What stands in the browser by now is what the unit says; another tab may have been there.
  settle(id, decision) {
    const unit = { ...this.shown.get(id) };
    if (decision) this.decisions.set(id, decision);
    else this.decisions.delete(id);
    if (decision) Object.assign(unit, afterwards(decision), { waits: false, handled: true, unsafe: this.unsafe(id, decision), failing: this.failing(id, decision), version: `${unit.version} ${JSON.stringify([decision.verb, decision.text, decision.comment, decision.reviewer])}` });
    this.units.set(id, unit);
    return unit;
  }

  // Why a text would not be published, as far as a file without a server can tell.
  unsafe(id, { verb, text }) {
    const found = verb === "approve" ? this.judged(id, text).issues.find((one) => one.safety && one.severity === "error") : null;
    return found ? `${found.check}: ${found.message}` : "";
  }

  failing(id, { verb, text }) {
    const found = verb === "approve" ? this.judged(id, text).issues.find((one) => one.severity === "error") : null;
    return found ? `${found.check}: ${found.message}` : "";
  }

  put(id, decision) {
    if (decision) this.shelf.put("decision", id, decision);
    else this.shelf.drop("decision", id);
    return this.settle(id, decision);
  }

  // Tell when another tab may have decided something.
  watch(tell) {
    addEventListener("storage", (event) => { if ((event.key || "").startsWith(this.shelf.place("decision", ""))) tell(); });
  }

  // What can be undone: all that was decided in this file, the last one last.
  steps() {
    return [...this.decisions].map(([id, decision]) => ({ id, undo: { before: null, after: this.units.get(id).version }, decision }));
  }

  // Decisions about these texts that were taken in a file as it was made before.
  get earlier() { return this.shelf.elsewhere("decision"); }

  // Texts and comments that were begun there, and are decided nowhere.
  get earlierTexts() {
    const here = new Set([...this.shelf.entries("text"), ...this.shelf.entries("remark")].map((one) => `${one.kind}|${one.id}`));
    return this.earlierBegun.filter(({ id, kind, value }) => this.units.has(id) && !here.has(`${kind}|${id}`) && !this.decisions.has(id) && (kind === "remark" || value.text !== this.units.get(id).target));
  }

  // What was begun there about texts that this file does not hold.
  get strangeTexts() { return this.earlierBegun.filter(({ id }) => !this.units.has(id)); }

  // The last of each.
  get earlierBegun() {
    const found = this.shelf.elsewhere("text", "remark").sort((a, b) => (a.value.at || 0) - (b.value.at || 0));
    return [...new Map(found.map((one) => [`${one.kind}|${one.id}`, one])).values()];
  }

  async start() { return { ...this.data.start, units: [...this.units.values()].map((unit) => ({ ...unit })) }; }

  // What other tabs decided. Where the browser keeps nothing, there is nothing to hear of.
  async changes(since) {
    const there = new Map(this.shelf.safe ? this.shelf.all("decision") : this.decisions);
    const moved = [...this.units.keys()].filter((id) => there.get(id)?.at !== this.decisions.get(id)?.at);
    return { revision: since, units: moved.map((id) => ({ ...this.settle(id, there.get(id)) })), gone: [], problems: [] };
  }

  async detail(id) { return { ...this.data.details[id], ...this.units.get(id) }; }
  async page(slug) { return this.data.pages[slug] || Promise.reject(new Refusal(404, {})); }
  async history() { return { steps: [], receipt: "", notes: ["The history is known where the project is."] }; }
  async judge(id, text) { return this.judged(id, text); }

  judged(id, text) {
    const detail = this.data.details[id];
    if (text === detail.judged.text) return detail.judged;
    return { text, issues: offlineIssues(detail, text), marks: [], nodes: inlineNodes(text) };
  }

  async decide(decision) {
    const { id, verb, unit, source, text, comment, reviewer } = decision;
    const before = this.shelf.get("decision", id) || null;
    const now = this.settle(id, before);
    if (decision.shown !== now.version) throw new Refusal(409, { error: "changed", unit: { ...now } });
    const after = this.put(id, { verb, unit, source, text, comment, reviewer, shown: this.shown.get(id).version, at: Date.now() });
    return { unit: { ...after }, undo: { before, after: after.version }, revision: 0 };
  }

  async undo(id, { before, after }) {
    const now = this.settle(id, this.shelf.get("decision", id));
    if (now.version !== after) throw new Refusal(409, { error: "changed", unit: { ...now } });
    return { unit: { ...this.put(id, before) }, undo: null, revision: 0 };
  }

  file(decisions = this.decisions.values()) {
    const rows = [...decisions].map(({ verb, unit, source, shown, text, comment, reviewer }) => ({ verb, unit, source, shown, text, comment, reviewer }));
    return JSON.stringify({ schema: "i18n-decisions/1", locale: this.data.start.locale, decisions: rows }, null, 1) + "\n";
  }
}
