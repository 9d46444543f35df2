"use strict";
// The keyboard: which key does what, in the text and outside of it.

const KEYS = [
  ["A, or Ctrl+Enter in the text", "approve, and on to the next"],
  ["S, or Ctrl+S in the text", "keep the text for review, and on"],
  ["B, or Ctrl+B in the text", "send back with a comment"],
  ["E or Enter", "edit the translation"],
  ["Escape", "leave the text; the keys work again"],
  ["J, K, or Alt+↓, Alt+↑ anywhere", "next, previous"],
  ["U, or Alt+U anywhere", "undo the last decision"],
  ["F, or Alt+F in the text", "mend what the first check objects to"],
  ["1 to 4, or Alt+1 to Alt+4 in the text", "take a memory match"],
  ["R, or Alt+R in the text", "put back the text as it was"],
  ["H", "all that became of the text"],
  ["P", "hide or show the page"],
  ["/", "search the queue"],
  ["?", "this help"],
];

const ALWAYS = new Set(["u", "/", "?"]);
// What a key that is held down does again and again.
const REPEATED = new Set(["j", "k", "ArrowDown", "ArrowUp"]);

const MAC = ALT_KEY !== "Alt+";
const ALT = { ArrowDown: "j", ArrowUp: "k", KeyU: "u", KeyF: "f", KeyR: "r", Digit1: "1", Digit2: "2", Digit3: "3", Digit4: "4" };
// Where arrows do what they do everywhere: what is read there is longer than its place.
const REGIONS = ".side, .source, .context, pre, .scrolled";
const SCROLLS = new Set(["ArrowDown", "ArrowUp"]);

// What works where no unit is on the desk is in ALWAYS.
class Keys {
  constructor(desk) {
    this.desk = desk;
    for (const one of document.querySelectorAll("kbd[data-alt]")) one.textContent = ALT_KEY + one.dataset.alt;
    document.addEventListener("keydown", (event) => this.key(event));
    byId("single-keys").checked = kept("desk-keys") !== "off";
    byId("single-keys").addEventListener("change", (event) => keep("desk-keys", event.target.checked ? "on" : "off"));
    replace(byId("help-body"), el("dl", { class: "keys" }, KEYS.map(([keys, words]) => el("div", {}, el("dt", {}, MAC ? keys.replaceAll("Alt+", "Ctrl+Option+") : keys), el("dd", {}, words)))));
  }

  key(event) {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    const inComment = event.target === byId("back-comment");
    if (event.key === "Escape") return this.escape();
    if (inComment && control && event.key === "Enter") {
      event.preventDefault();
      return byId("back-form").requestSubmit();
    }
    const field = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (field && field !== this.desk.editor.target && !inComment && control) return;
    const chord = this.chord(event, control);
    if (SCROLLS.has(event.key) && event.target instanceof Element && event.target.closest(REGIONS) && !chord) return;
    if (chord && !inComment) return this.do(event, chord);
    if (field || control || event.altKey || !byId("single-keys").checked) return;
    if (event.key === "Enter" && event.target.closest && event.target.closest("button, a")) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (name in this.actions) this.do(event, name);
  }

  // On a Mac, Option writes letters (ü, ƒ, ®): there it takes Control as well.
  chord(event, control) {
    if (event.altKey && !event.shiftKey && !event.getModifierState("AltGraph") && event.ctrlKey === MAC && !event.metaKey) return ALT[event.code];
    return control && !event.altKey ? { Enter: "a", s: "s", b: "b" }[event.key] : undefined;
  }

  get actions() {
    return {
      a: () => this.desk.deciding.decide("approve"), s: () => this.desk.deciding.decide("save"), b: () => this.desk.deciding.askBack(),
      e: () => this.desk.editor.target.focus(), Enter: () => this.desk.editor.target.focus(),
      j: () => this.desk.queue.step(1), k: () => this.desk.queue.step(-1), ArrowDown: () => this.desk.queue.step(1), ArrowUp: () => this.desk.queue.step(-1),
      u: () => this.desk.deciding.undo(), f: () => this.desk.editor.fix(), r: () => this.desk.editor.put(this.desk.editor.detail.target),
      h: () => this.desk.context.history(), p: () => this.desk.pages.toggle(), "/": () => byId("search").focus(), "?": () => this.desk.help(),
      1: () => this.desk.context.take(1), 2: () => this.desk.context.take(2), 3: () => this.desk.context.take(3), 4: () => this.desk.context.take(4),
    };
  }

  do(event, name) {
    event.preventDefault();
    if (event.repeat && !REPEATED.has(name)) return;
    if (this.desk.editor.detail || ALWAYS.has(name)) this.actions[name]();
  }

  escape() {
    if (!byId("back-form").hidden) return this.desk.deciding.closeBack();
    if (document.body.classList.contains("with-queue")) this.desk.going.drawer();
    calm();
  }
}
