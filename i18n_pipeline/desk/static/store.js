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
    this.shelf = new Shelf();
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

  async start() {
    const start = await this.ask("start");
    this.shelf.open(start.shelf, start);
    return start;
  }

  // What can be undone, also by a page that was loaded anew.
  steps(start) { return start.done.map(({ id, undo, version, ...decision }) => ({ id, undo, decision: { ...decision, id, version } })); }

  changes(since) { return this.ask(`changes?since=${since}`); }
  detail(id) { return this.ask(`unit/${id}`); }
  page(slug) { return this.ask(`page/${slug.split("/").map(encodeURIComponent).join("/")}`); }
  history(id) { return this.ask(`history/${id}`); }
  judge(id, text) { return this.ask("judge", { id, text }); }
  decide(decision) { return this.ask("decide", decision); }
  undo(id, number) { return this.ask("undo", { id, undo: number }); }
}

// What a decision makes of a unit, as far as the page can tell before it is told.
function afterwards({ verb, text, reviewer }) {
  const state = verb === "approve" ? "reviewed" : text ? "needs-review" : "untranslated";
  return { target: text, state, sent_back: verb === "send back", reviewer: verb === "approve" ? reviewer : "" };
}
