"use strict";
// The page of a term on both sides, as its reader will see it.

class Pages {
  constructor(store, choose) {
    this.store = store;
    this.choose = choose;
    this.slug = null;
    this.open = true;
    this.sourceLanguage = {};
    for (const id of ["source-page", "target-page"]) {
      byId(id).addEventListener("click", (event) => {
        const unit = event.target.closest("[data-unit]");
        if (unit && !String(getSelection())) this.choose(unit.dataset.unit);
      });
    }
    byId("toggle-pages").addEventListener("click", () => this.toggle());
    byId("both-pages").addEventListener("change", (event) => {
      keep("desk-sides", event.target.checked ? "both" : "one");
      this.both(event.target.checked);
    });
    this.both((kept("desk-sides") || (innerWidth < 1280 ? "one" : "both")) === "both");
    if (kept("desk-page") === "hidden") this.toggle(false);
    // both sides tell the same, so they are read at the same place
    const sides = [byId("source-page"), byId("target-page")];
    sides.forEach((side, at) => side.addEventListener("scroll", () => this.follow(side, sides[1 - at])));
  }

  follow(side, other) {
    if (this.leading && this.leading !== side) return;
    this.leading = side;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.leading = null; }, 120);
    const share = side.scrollTop / Math.max(1, side.scrollHeight - side.clientHeight);
    other.scrollTop = share * (other.scrollHeight - other.clientHeight);
  }

  toggle(open = !this.open) {
    this.open = open;
    byId("sides").hidden = !open;
    byId("toggle-pages").textContent = open ? "Hide page" : "Show page";
    byId("toggle-pages").setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("without-pages", !open);
    keep("desk-page", open ? "" : "hidden");
    if (open && this.unit) this.show(this.unit, true);
  }

  // Both pages, where there is room for them and nobody said otherwise; else the translated one.
  both(wanted) {
    byId("both-pages").checked = wanted;
    document.body.classList.toggle("one-page", !wanted);
    if (this.unit) this.mark(this.unit.id);
  }

  async show(unit, anew = false) {
    this.unit = unit;
    byId("pages").hidden = !unit.slug;
    if (!unit.slug || !this.open) { this.slug = null; return; }
    if (anew || this.slug !== unit.slug) {
      const slug = unit.slug;
      let page;
      try {
        page = await this.store.page(slug);
      } catch {
        return;
      }
      if (this.unit.slug !== slug) return;
      this.slug = slug;
      byId("page-title").textContent = page.name;
      this.missing = new Set(page.open);
      this.side(byId("source-page"), page.source, false);
      this.side(byId("target-page"), page.target, true);
    }
    this.mark(this.unit.id);
  }

  side(node, side, translated) {
    const top = node.scrollTop;
    const fields = side.fields.map((field) => {
      const inside = nodesOf(field.nodes);
      const shape = field.kind === "name of the term" ? "name" : field.kind === "text" ? "lead" : "tag";
      return el("p", { class: `field-${shape}` }, shape === "tag" ? el("span", { class: "field-label", lang: "en", dir: "ltr" }, field.field) : null, el("span", { class: "unit", data: { unit: field.unit } }, inside));
    });
    replace(node, ...fields, ...nodesOf(side.body));
    if (translated) for (const one of node.querySelectorAll("[data-unit]")) {
      this.miss(one, this.missing.has(one.dataset.unit));
      const decided = this.store.offline && this.store.decisions.get(one.dataset.unit);
      if (decided) this.preview(one.dataset.unit, inlineNodes(decided.text), decided.text);
    }
    node.scrollTop = top;
  }

  mark(id) {
    this.leading = this;
    for (const node of [byId("source-page"), byId("target-page")]) {
      let first = null;
      for (const one of node.querySelectorAll("[data-unit]")) {
        const here = one.dataset.unit === id;
        one.classList.toggle("here", here);
        if (here && !first) first = one;
      }
      if (first) node.scrollTop += first.getBoundingClientRect().top - node.getBoundingClientRect().top - node.clientHeight / 3;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.leading = null; }, 120);
  }

  // What is typed shows on the page at once.
  preview(id, tree, text) {
    for (const one of byId("target-page").querySelectorAll("[data-unit]")) {
      if (one.dataset.unit !== id || !text) continue;
      replace(one, nodesOf(tree));
      this.miss(one, false);
    }
  }

  // What is not translated stands there in the source's language.
  miss(node, missing) {
    node.classList.toggle("missing", missing);
    const own = missing ? this.sourceLanguage : {};
    for (const name of ["lang", "dir"]) own[name] ? node.setAttribute(name, own[name]) : node.removeAttribute(name);
  }
}
