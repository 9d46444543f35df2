"use strict";
// Where the page's data comes from: the desk's server, or the file itself.

class Refusal extends Error {
  constructor(status, body) {
    super(body.message || "the desk did not answer");
    this.status = status;
    this.body = body;
  }
}

class ServerStore {
  constructor() {
    this.token = location.hash.slice(1) || sessionStorage.getItem("desk-token") || "";
    sessionStorage.setItem("desk-token", this.token);
    if (location.hash.slice(1) === this.token) history.replaceState(null, "", location.pathname);
    this.offline = false;
  }

  async ask(path, body = undefined) {
    const headers = { "X-Desk-Token": this.token };
    const options = { headers, cache: "no-store", credentials: "omit" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      Object.assign(options, { method: "POST", body: JSON.stringify(body) });
    }
    let response;
    try {
      response = await fetch(`/api/${path}`, options);
    } catch {
      throw new Refusal(0, { error: "away", message: "The desk does not answer. Was it closed?" });
    }
    const found = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refusal(response.status, found);
    return found;
  }

  start() { return this.ask("start"); }
  changes(since) { return this.ask(`changes?since=${since}`); }
  detail(id) { return this.ask(`unit/${id}`); }
  page(slug) { return this.ask(`page/${slug.split("/").map(encodeURIComponent).join("/")}`); }
  history(id) { return this.ask(`history/${id}`); }
  judge(id, text) { return this.ask("judge", { id, text }); }
  decide(decision) { return this.ask("decide", decision); }
  undo(id, number) { return this.ask("undo", { id, undo: number }); }
}

// Decisions stay in the browser until they are saved as a file; closing the tab loses none.
class FileStore {
  constructor(data) {
    this.data = data;
    this.offline = true;
    this.units = new Map(data.start.units.map((unit) => [unit.id, unit]));
    this.shown = new Map(data.start.units.map((unit) => [unit.id, { ...unit }]));
    this.place = `desk-${data.id}`;
    this.decisions = new Map(this.kept());
  }

  kept() {
    try {
      const rows = JSON.parse(localStorage.getItem(this.place) || "[]");
      return rows.filter(([id]) => this.units.has(id));
    } catch {
      return [];
    }
  }

  keep() {
    try {
      localStorage.setItem(this.place, JSON.stringify([...this.decisions]));
    } catch {
      toast("This browser keeps nothing for files: save your decisions before you close the page.");
    }
  }

  async start() {
    for (const [id, decision] of this.decisions) this.take(id, decision);
    return this.data.start;
  }
  async changes(since) { return { revision: since, units: [], gone: [], problems: [] }; }
  async detail(id) { return { ...this.data.details[id], ...this.units.get(id) }; }
  async page(slug) { return this.data.pages[slug] || Promise.reject(new Refusal(404, {})); }
  async history() { return { steps: [], receipt: "", notes: ["The history is known where the project is."] }; }
  async judge(id, text) {
    const detail = this.data.details[id];
    if (text === detail.judged.text) return detail.judged;
    return { text, issues: offlineIssues(detail, text), marks: [], nodes: inlineNodes(text) };
  }

  async decide(decision) {
    const id = decision.id;
    this.decisions.set(id, decision);
    this.keep();
    this.take(id, decision);
    return { unit: this.units.get(id), undo: id, revision: 0 };
  }

  async undo(id) {
    this.decisions.delete(id);
    this.keep();
    this.units.set(id, { ...this.shown.get(id) });
    return { unit: this.units.get(id), undo: null, revision: 0 };
  }

  take(id, decision) {
    const unit = this.units.get(id);
    const state = decision.verb === "approve" ? "reviewed" : decision.text ? "needs-review" : "untranslated";
    Object.assign(unit, { target: decision.text, state, sent_back: decision.verb === "send back", waits: false, handled: true, reviewer: decision.verb === "approve" ? decision.reviewer : "" });
  }

  file() {
    const rows = [...this.decisions].map(([id, one]) => {
      const { verb, unit, source, text, comment, reviewer } = one;
      return { verb, unit, source, shown: this.shown.get(id).version, text, comment, reviewer };
    });
    return JSON.stringify({ schema: "i18n-decisions/1", locale: this.data.start.locale, decisions: rows }, null, 1) + "\n";
  }
}
