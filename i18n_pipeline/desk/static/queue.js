"use strict";
// The queue: which units are shown in which order, as a list of which only the visible part exists.

const ROW = 74;
const SPARE = 6;
const GLYPHS = { untranslated: "○", "needs-review": "◐", reviewed: "●" };
const STATE_WORDS = { untranslated: "untranslated", "needs-review": "to review", reviewed: "approved" };
const STATES = [["queue", "This queue"], ["done", "What I just did"], ["all", "All units"], ["untranslated", "Untranslated"], ["needs-review", "To review"], ["reviewed", "Approved"], ["unsafe", "Will not be published"], ["sent_back", "Sent back"], ["conflict", "In conflict"], ["edited", "Begun, not decided"]];
const FLAGS = new Set(["unsafe", "sent_back", "conflict"]);

class Queue {
  constructor(choose, drafts) {
    this.choose = choose;
    this.units = new Map();
    this.order = [];
    this.queue = new Set();
    this.shown = [];
    this.held = new Set();
    this.current = "";
    this.left = 0;
    this.drafts = drafts;
    this.conflicts = new Map();
    this.refused = new Map();
    this.terms = {};
    this.list = byId("list");
    this.list.addEventListener("scroll", () => this.draw());
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    for (const id of ["filter-state", "filter-check", "filter-origin", "filter-term"]) byId(id).addEventListener("change", () => this.filterAnew(true));
    byId("sort").addEventListener("change", () => this.filterAnew());
    byId("search").addEventListener("change", () => this.filterAnew(true));
    byId("search").addEventListener("keydown", (event) => this.searched(event));
    byId("search").addEventListener("input", later(() => this.filterAnew(), 120));
    addEventListener("resize", () => this.draw());
  }

  fill(start, saver) {
    this.saver = saver;
    this.terms = start.terms;
    for (const unit of start.units) this.units.set(unit.id, unit);
    this.arrange(start.units.map((unit) => unit.id), start.queue);
    for (const id of saver.acted) if (this.units.has(id)) this.units.get(id).handled = true;
    replace(byId("filter-state"), ...STATES.map(([value, words]) => el("option", { value }, words)));
    if (!start.queue.length) byId("filter-state").value = "all";
    this.options();
    this.filter();
  }

  // Where every unit stands: on the pages, and in the queue, of which none is dropped meanwhile.
  arrange(order, queue) {
    this.order = order;
    this.place = new Map(order.map((id, at) => [id, at]));
    this.rank = new Map(queue.map((id, at) => [id, at]));
    this.queue = new Set([...queue, ...[...this.queue].filter((id) => this.place.has(id))]);
  }

  options() {
    const checks = new Map(), terms = new Map();
    for (const unit of this.units.values()) {
      for (const check of unit.checks) checks.set(check, (checks.get(check) || 0) + 1);
      terms.set(unit.slug, (terms.get(unit.slug) || 0) + 1);
    }
    const fill = (id, first, pairs) => {
      const chosen = byId(id).value;
      replace(byId(id), el("option", { value: "" }, first), ...pairs.map(([value, words]) => el("option", { value: value || "-" }, words)));
      byId(id).value = [...byId(id).options].some((one) => one.value === chosen) ? chosen : "";
    };
    fill("filter-check", "Any check", [...checks].sort().map(([name, count]) => [name, `${name} (${count})`]));
    fill("filter-origin", "Any origin", [["machine", "Machine"], ["memory", "Memory"], ["human", "Person"]]);
    fill("filter-term", "Any term", [...terms].map(([slug]) => [slug, this.nameOf(slug)]).sort((a, b) => a[1].localeCompare(b[1])));
  }

  nameOf(slug) { return slug ? this.terms[slug] || slug : "Vocabulary"; }

  // What was dealt with stays in the list in which that was done, until another list is asked for.
  hold(id) { this.held.add(id); }

  filterAnew(goes = false) {
    this.held.clear();
    this.filter();
    // what is not in the list is not what a key should decide
    if (goes && this.shown.length && !this.shown.includes(this.current)) this.choose(this.shown.find((id) => !this.isDone(id)) || this.shown[0]);
  }

  // From the search on to what it found.
  searched(event) {
    const goes = event.key === "Enter" || event.key === "ArrowDown";
    if (event.isComposing || event.altKey || !(goes || event.key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (goes) this.filterAnew();
    this.list.focus();
    if (goes && this.shown.length) this.choose(this.shown[0]);
  }

  // Whether what is listed is what one did.
  get isOwnWork() { return byId("filter-state").value === "done"; }

  isIn(state, unit) {
    if (state === "all" || (this.held.has(unit.id) && state !== "done")) return true;
    if (state === "queue") return this.queue.has(unit.id);
    if (state === "edited") return this.drafts.has(unit.id);
    return FLAGS.has(state) ? Boolean(unit[state]) : unit.state === state;
  }

  filter() {
    const [state, check, origin, term] = ["state", "check", "origin", "term"].map((name) => byId(`filter-${name}`).value);
    const words = byId("search").value.trim().toLocaleLowerCase();
    const fits = (unit) =>
      (state === "done" || this.isIn(state, unit)) &&
      (!check || unit.checks.includes(check) || this.held.has(unit.id)) &&
      (!origin || unit.origin === origin || this.held.has(unit.id)) &&
      (!term || (unit.slug || "-") === term) &&
      (!words || this.held.has(unit.id) || `${this.nameOf(unit.slug)}\n${unit.source}\n${unit.target}`.toLocaleLowerCase().includes(words));
    const among = state === "done" ? this.saver.acted.filter((id) => this.units.has(id)) : this.order;
    const found = among.filter((id) => fits(this.units.get(id)));
    if (state !== "done" && byId("sort").value === "risk") {
      const rank = (id) => this.rank.get(id) ?? 1e9 - this.units.get(id).points;
      found.sort((a, b) => rank(a) - rank(b) || this.place.get(a) - this.place.get(b));
    }
    this.shown = found;
    byId("spacer").style.height = `${found.length * ROW}px`;
    const all = state === "queue" ? "in this queue" : `of ${this.units.size.toLocaleString("en")}`;
    byId("list-count").textContent = `${found.length.toLocaleString("en")} ${found.length === 1 ? "unit" : "units"} ${all}`;
    this.draw();
    this.progress();
  }

  isDone(id) {
    const unit = this.units.get(id);
    if (this.refused.has(id)) return false;
    if ((unit.unsafe || unit.failing) && unit.state === "reviewed") return false; // approved, and looked at again
    // what may stay empty waits for nobody; who asks for what is empty has all of it before them
    if (unit.state === "untranslated" && !unit.handled && byId("filter-state").value === "untranslated") return false;
    return unit.handled || !(unit.waits || this.queue.has(id));
  }

  // Of what is listed; what one did is looked at, and has no end to come to.
  progress() {
    const all = this.isOwnWork ? [...this.queue].filter((id) => this.units.has(id)) : this.shown;
    const left = all.filter((id) => !this.isDone(id));
    const seconds = left.reduce((sum, id) => sum + this.units.get(id).seconds, 0);
    const bar = byId("progress");
    bar.max = Math.max(1, all.length);
    bar.value = all.length - left.length;
    byId("progress-words").textContent = !all.length || (!left.length && !this.queue.size) ? "Nothing waits" : left.length ? `${all.length - left.length} of ${all.length} · about ${timeWords(seconds)} left` : `All ${all.length} done`;
    byId("progress").title = "Of the list as it is filtered";
  }

  // Only the rows that can be seen are there, and some around them.
  draw() {
    const top = this.list.scrollTop, height = this.list.clientHeight || 600;
    const first = Math.max(0, Math.floor(top / ROW) - SPARE);
    const last = Math.min(this.shown.length, Math.ceil((top + height) / ROW) + SPARE);
    const rows = [];
    for (let at = first; at < last; at++) rows.push(this.row(this.shown[at], at));
    replace(byId("spacer"), ...rows);
    const active = this.shown.indexOf(this.current);
    if (active >= first && active < last) this.list.setAttribute("aria-activedescendant", `row-${this.current}`);
    else this.list.removeAttribute("aria-activedescendant");
  }

  row(id, at) {
    const unit = this.units.get(id);
    const chosen = id === this.current;
    const state = this.conflicts.has(id) || unit.conflict ? "conflict" : unit.sent_back ? "sent-back" : unit.state;
    const badges = [];
    if (this.refused.has(id)) badges.push(el("span", { class: "badge bad", title: this.refused.get(id) }, "not saved"));
    if (unit.unsafe) badges.push(el("span", { class: "badge bad", title: unit.unsafe }, "not published"));
    else if (unit.checks.length) badges.push(el("span", { class: "badge warn", title: unit.checks.join(", ") }, unit.checks.length === 1 ? unit.checks[0] : `${unit.checks.length} checks`));
    if (this.drafts.has(id)) badges.push(el("span", { class: "badge" }, "edited"));
    const node = el("div", { class: `row is-${state}${chosen ? " chosen" : ""}${this.isDone(id) ? " done" : ""}`, id: `row-${id}`, role: "option", "aria-selected": String(chosen), "aria-setsize": this.shown.length, "aria-posinset": at + 1 },
      el("span", { class: "glyph", "aria-hidden": "true" }, state === "conflict" ? "⚡" : state === "sent-back" ? "↩" : GLYPHS[unit.state]),
      el("span", { class: "row-head" }, el("span", { class: "row-term" }, this.nameOf(unit.slug)), el("span", { class: "row-kind" }, unit.kind.split(",")[0]), badges),
      el("span", { class: "row-source", lang: this.sourceLocale, dir: "auto" }, unit.source),
      el("span", { class: "row-target", lang: this.locale, dir: "auto" }, unit.target || "—"),
      el("span", { class: "hidden" }, STATE_WORDS[unit.state]));
    node.style.top = `${at * ROW}px`;
    return node;
  }

  // By its place: a row may be drawn anew while the button is down, and then no row is clicked.
  clicked(event) {
    const id = this.shown[Math.floor((event.clientY - this.list.getBoundingClientRect().top + this.list.scrollTop) / ROW)];
    if (id) this.choose(id);
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e9, End: 1e9 };
    if (event.key in moves && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      this.step(moves[event.key]);
    }
  }

  step(by) {
    if (!this.shown.length) return;
    let at = this.shown.indexOf(this.current);
    // from a unit that is gone, or not listed, to where it would stand
    if (at < 0) at = Math.max(this.left, 0) - (by > 0 ? 1 : 0);
    const next = Math.min(Math.max(at + by, 0), this.shown.length - 1);
    this.choose(this.shown[next]);
  }

  // The next unit that waits, from the current one on and round.
  following() {
    const from = this.shown.indexOf(this.current);
    const ahead = [...this.shown.slice(from + 1), ...this.shown.slice(0, Math.max(from, 0))];
    return ahead.find((id) => !this.isDone(id)) || "";
  }

  show(id) {
    if (id !== this.current) this.left = 0;
    this.current = id;
    const at = this.shown.indexOf(id);
    if (at >= 0) {
      const top = at * ROW, list = this.list;
      if (top < list.scrollTop + ROW) list.scrollTop = Math.max(0, top - ROW);
      else if (top + 2 * ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + 2 * ROW - list.clientHeight;
    }
    this.draw();
  }

  // A row as it is now; a unit that is new stands behind the others until these are arranged anew.
  update(unit) {
    const before = this.units.get(unit.id);
    this.units.set(unit.id, { ...unit, handled: Boolean(before && (before.handled || (before.waits && !unit.waits))) });
    if (!before) {
      this.place.set(unit.id, this.order.length);
      this.order.push(unit.id);
    }
  }

  remove(id) {
    if (id === this.current) this.left = this.shown.indexOf(id);
    this.units.delete(id);
    this.queue.delete(id);
    this.held.delete(id);
    this.refused.delete(id);
    this.order = this.order.filter((one) => one !== id);
  }
}
