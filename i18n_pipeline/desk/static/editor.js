"use strict";
// The unit being worked on: its source with what is to be known marked, its translation, its checks.

class Editor {
  constructor(store, queue, pages) {
    this.store = store;
    this.queue = queue;
    this.pages = pages;
    this.detail = null;
    this.judged = null;
    this.waiting = this.frozen = false;
    this.hear = () => {};
    this.target = byId("target");
    this.target.addEventListener("input", () => this.typed());
    this.target.addEventListener("scroll", () => { byId("backdrop").scrollTop = this.target.scrollTop; });
    this.judge = later((id, text) => this.askJudge(id, text), 250);
  }

  get text() { return this.target.value; }
  get isChanged() { return Boolean(this.detail) && this.text !== this.detail.target; }

  // While another unit is on its way: what is typed now would go into the one before.
  wait() {
    this.target.readOnly = this.waiting = true;
    this.target.setAttribute("aria-busy", "true");
  }

  // Its source is gone: what stands there can be read and copied, and nothing else goes in.
  freeze() {
    this.frozen = true;
    this.target.readOnly = byId("back-comment").readOnly = this.waiting = true;
  }

  ready() {
    this.target.readOnly = this.waiting = this.frozen;
    this.target.removeAttribute("aria-busy");
  }

  show(detail) {
    const text = this.queue.drafts.get(detail.id) ?? detail.target;
    this.frozen = byId("back-comment").readOnly = false;
    this.ready();
    this.detail = detail;
    this.judged = detail.judged.text === text ? detail.judged : null;
    byId("unit-title").textContent = this.queue.nameOf(detail.slug);
    byId("unit-place").textContent = [detail.cell ? `${detail.kind}: ${detail.cell}` : detail.kind, ...detail.headings].join(" › ");
    byId("unit-place").title = byId("unit-place").textContent;
    const link = byId("page-link");
    link.hidden = !/^https?:\/\//.test(detail.page);
    if (!link.hidden) link.href = detail.page;
    this.source(detail);
    if (this.target.value !== text) this.target.value = text;
    this.state();
    this.fit();
    if (!this.judged) this.askJudge(detail.id, text);
    this.draw();
  }

  // Beside each other the two are equally high by themselves; below each other there is as much room to write.
  fit() {
    const below = matchMedia("(max-width: 760px)").matches;
    this.target.style.minHeight = below ? `${byId("source").offsetHeight}px` : "";
  }

  source(detail) {
    const terms = detail.terms.map((term) => ({
      start: term.start, end: term.end, class: "term",
      tip: term.entries.map(termWords).concat(term.keep ? ["kept as it is"] : []).join("\n"),
    }));
    const kept = detail.survivors.map((one) => ({ start: one.start, end: one.end, class: "kept", tip: "" }));
    replace(byId("source"), withEdit(detail.source, detail.diff, [...terms, ...kept]));
    byId("source-edited").hidden = !detail.diff.length;
  }

  state() {
    const unit = this.queue.units.get(this.detail.id) || this.detail;
    const node = byId("unit-state");
    const words = unit.sent_back ? "sent back" : STATE_WORDS[unit.state];
    const who = unit.reviewer && unit.state === "reviewed" ? `${words} by ${unit.reviewer}` : words;
    node.textContent = this.queue.drafts.has(unit.id) ? `${who} · edited` : who;
    node.className = `state ${unit.sent_back ? "sent-back" : unit.state}`;
    byId("save-word").textContent = unit.state === "reviewed" && !this.isChanged ? "Take approval back" : "Keep for review";
  }

  typed() {
    if (!this.detail || this.waiting) return;
    const { id, target, version } = this.detail;
    const was = this.queue.drafts.has(id);
    if (this.text === target && !this.queue.conflicts.has(id)) this.queue.drafts.forget(id);
    else this.queue.drafts.set(id, this.text, this.queue.drafts.begun(id) ?? version);
    if (this.queue.drafts.has(id) !== was) this.state(), this.queue.draw();
    this.hear();
    this.judged = null;
    this.draw();
    this.judge(id, this.text);
  }

  async askJudge(id, text) {
    if (!this.queue.units.has(id)) return;
    let judged;
    try {
      judged = await this.store.judge(id, text);
    } catch {
      return;
    }
    if (!this.detail || this.detail.id !== id || this.text !== text) return;
    this.judged = judged;
    this.draw();
    this.pages.preview(id, judged.nodes, text);
  }

  draw() {
    const judged = this.judged;
    const ranges = !judged ? [] : [
      ...judged.marks.map((one) => ({ ...one, class: one.refused ? "refused" : "term" })),
      ...judged.issues.filter((one) => one.at).map((one) => ({ ...one.at, class: `issue ${one.severity}` })),
    ].map(({ start, end, class: name }) => ({ start, end, class: name }));
    // the zero-width space keeps a last empty line as high as the field shows it
    replace(byId("backdrop"), ...marked(this.text, ranges), "\u200b");
    if (!judged) return;
    const issues = judged.issues.map((issue) => el("li", { class: `issue-row ${issue.severity}` },
      el("span", { class: "issue-check" }, issue.check),
      el("span", {}, spoken(issue.message)),
      issue.edit ? el("button", { type: "button", class: "quiet small", on: { click: () => this.fix(issue) } }, "Fix", issue === this.fixable ? keys("F", "F") : null) : null));
    if (!this.text) issues.length = 0;
    if (!judged.issues.length && this.text) issues.push(el("li", { class: "issue-row fine" }, this.store.offline ? "What has to survive is there. All checks run when your decisions are applied." : "Checks find nothing."));
    replace(byId("issues"), ...issues);
  }

  get fixable() { return this.judged ? this.judged.issues.find((one) => one.edit) : undefined; }

  fix(issue = this.fixable) {
    if (!issue || !issue.edit) return announce("No check proposes a change here.");
    const { start, end, text } = issue.edit;
    this.put(this.text.slice(0, start) + text + this.text.slice(end));
    announce(`Fixed: ${issue.check}`);
  }

  // Typed by the browser, so that its own undo knows of it.
  put(text) {
    if (this.waiting) return;
    const focused = document.activeElement;
    this.target.focus();
    this.target.select();
    if (!document.execCommand("insertText", false, text) || this.text !== text) {
      this.target.value = text;
      this.typed();
    }
    if (focused && focused.isConnected && focused !== document.body && focused !== this.target) focused.focus();
    else if (focused !== this.target) calm();
  }
}

// The source as it is now with what is new in it marked, and what was there before struck through.
function withEdit(source, diff, ranges) {
  const nodes = [];
  let at = 0, from = 0;
  const take = (to, name) => {
    if (to === from) return;
    const inside = ranges.map((one) => ({ ...one, start: Math.max(one.start, from) - from, end: Math.min(one.end, to) - from })).filter((one) => one.start < one.end);
    const pieces = marked(source.slice(from, to), inside);
    nodes.push(...(name ? [el(name, {}, pieces)] : pieces));
    from = to;
  };
  for (const run of diff) {
    if (run[0] === "-") nodes.push(el("del", {}, run.slice(1)));
    else {
      at += run.length - 1;
      take(at, run[0] === "+" ? "ins" : "");
    }
  }
  take(source.length, "");
  return nodes;
}

function termWords(entry) {
  const verb = { deprecated: "not", admitted: "also" }[entry.status] || "→";
  return `${entry.source} ${verb} ${entry.target}${entry.note ? ` — ${entry.note}` : ""}`;
}

function spoken(message) {
  return message.split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));
}
