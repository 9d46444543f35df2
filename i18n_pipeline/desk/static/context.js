"use strict";
// Beside the unit: why it is here, terminology, memory, other locales, what became of its text.

class Context {
  constructor(store, queue, editor) {
    Object.assign(this, { store, queue, editor, node: byId("context") });
  }

  section(title, ...inside) {
    return el("section", { class: "box" }, el("h2", {}, title), ...inside);
  }

  show(detail) {
    const boxes = [];
    if (detail.reasons.length) boxes.push(this.section("Why look here", el("ul", { class: "reasons" }, detail.reasons.map((words) => el("li", {}, words)))));
    if (detail.note) boxes.push(this.section("Note of the author", el("p", {}, detail.note)));
    if (detail.parked.length) boxes.push(this.parked(detail));
    if (detail.comments.length) boxes.push(this.section("Comments", ...detail.comments.map((line) => el("p", { class: "comment", dir: "auto" }, line.replace(/^i18n: /, "")))));
    if (detail.terms.length) boxes.push(this.terms(detail));
    if (detail.matches.length) boxes.push(this.matches(detail));
    if (detail.others.length) boxes.push(this.section("Approved in other languages", ...detail.others.map((one) => el("div", { class: "other" }, el("span", { class: "muted" }, one.name), el("p", { lang: one.locale, dir: "auto" }, one.text)))));
    if (detail.notes.length) boxes.push(this.section("Notes", ...detail.notes.map((line) => el("p", {}, line))));
    boxes.push(this.past(detail));
    replace(this.node, ...boxes);
    this.node.scrollTop = 0;
  }

  parked(detail) {
    const lang = this.queue.locale;
    return this.section("People disagree", ...detail.parked.map((one) => el("div", { class: "match" },
      el("span", { class: "muted" }, one.where), el("p", { lang, dir: "auto" }, one.text),
      el("button", { type: "button", class: "quiet small", on: { click: () => this.editor.put(one.text) } }, "Take this text"))));
  }

  terms(detail) {
    const seen = new Set(), rows = [];
    const used = this.editor.judged ? this.editor.judged.marks : [];
    for (const entry of detail.terms.flatMap((term) => term.entries)) {
      const key = `${entry.source}\n${entry.target}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const there = used.some((mark) => mark.source === entry.source && mark.target === entry.target);
      rows.push(el("div", { class: `entry ${entry.status}` },
        el("dt", { lang: this.queue.sourceLocale }, entry.source),
        el("dd", {}, el("span", { lang: this.queue.locale, dir: "auto" }, entry.target), el("span", { class: "muted" }, entry.status === "preferred" ? ` ${entry.authority}` : ` ${entry.status}`), there ? el("span", { class: "there", title: "in the translation" }, " ✓") : null, entry.note ? el("span", { class: "note" }, entry.note) : null)));
    }
    for (const term of detail.terms.filter((one) => one.keep)) {
      const name = detail.source.slice(term.start, term.end);
      if (!seen.has(name)) rows.push(el("div", { class: "entry" }, el("dt", {}, name), el("dd", {}, el("span", { class: "muted" }, "kept as it is"))));
      seen.add(name);
    }
    return this.section("Terms", el("dl", { class: "entries" }, rows));
  }

  matches(detail) {
    const lang = this.queue.locale;
    return this.section("Memory", ...detail.matches.map((one, at) => el("div", { class: "match" },
      el("div", { class: "match-head" }, el("span", { class: "percent" }, `${one.percent} %`), el("span", { class: "muted where" }, one.where), el("button", { type: "button", class: "quiet small", on: { click: () => this.editor.put(one.text) }, "aria-label": `Take match ${at + 1}` }, "Take ", keys(String(at + 1), String(at + 1)))),
      one.source === detail.source ? null : el("p", { class: "diff small", lang: this.queue.sourceLocale }, runsOf(wordDiff(one.source, detail.source))),
      el("p", { lang, dir: "auto" }, one.text))));
  }

  take(number) {
    const match = this.editor.detail.matches[number - 1];
    if (!match) return announce(`There is no match ${number}.`);
    this.editor.put(match.text);
    announce(`Match ${number} taken.`);
  }

  past(detail) {
    const list = el("ol", { class: "origins" }, detail.origins.map((words) => el("li", {}, words)));
    const more = el("button", { type: "button", class: "quiet small", id: "history", on: { click: () => this.history(detail, more) } }, "All that became of it ", keys("H"));
    return this.section("Where the text comes from", detail.origins.length ? list : el("p", { class: "muted" }, "There is no text yet."), this.store.offline ? null : more);
  }

  async history(detail = this.editor.detail, button = byId("history")) {
    if (!button) return;
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // a disabled button would let the focus go
    let found;
    try {
      found = await this.store.history(detail.id);
    } catch (refusal) {
      button.removeAttribute("aria-disabled");
      return toast(refusal.message);
    }
    const steps = found.steps.map((step) => el("li", {},
      el("span", { class: "muted" }, step.commit ? `${step.when} ${step.who}` : "not committed yet"), " ", step.words.join("; "),
      step.text ? el("p", { lang: this.queue.locale, dir: "auto" }, step.text) : null));
    const notes = [found.receipt, ...found.notes].filter(Boolean).map((words) => el("p", { class: "muted" }, words));
    const held = document.activeElement === button || document.activeElement === document.body;
    const list = el("ol", { class: "history", tabindex: "-1" }, steps);
    button.replaceWith(list, ...notes);
    if (held) (steps.length ? list : this.node).focus({ preventScroll: true });
    announce(`${found.steps.length} steps of history.`);
  }
}
