"use strict";
// Elements are made one by one, and texts are only ever texts: nothing here reads HTML.

const byId = (id) => document.getElementById(id);

function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (key === "data") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// Which key does it: a letter outside of the text, a chord in it.
const ALT_KEY = /Mac|iP(hone|ad)/.test(navigator.platform) ? "Ctrl+Option+" : "Alt+";
const keys = (letter, chord = "") => [el("kbd", { class: "key" }, letter), chord ? el("kbd", { class: "chord" }, ALT_KEY + chord) : null];

const PLAIN = new Set(["p", "ul", "ol", "li", "blockquote", "tr", "td", "th", "dl", "dt", "dd", "pre", "em", "strong", "s", "code", "sup", "br", "hr"]);

// The tree that the desk makes of Markdown (desk/rendering.py). What is not known is shown as text.
function nodesOf(tree) {
  return tree.map((node) => {
    if (typeof node === "string") return document.createTextNode(node);
    const [name, attributes, children] = node;
    const inside = nodesOf(children);
    if (name === "span") return el("span", { class: "unit", data: { unit: attributes.unit } }, inside);
    if (name === "h") return el("p", { class: `h h${Number(attributes.level) || 2}` }, inside);
    if (name === "link") return el("span", { class: "link", title: attributes.title }, inside);
    if (name === "image") return el("span", { class: "image", title: attributes.title }, "▧ ", inside);
    if (name === "html") return el("code", { class: "html" }, inside);
    if (name === "pre" && attributes.class === "html" && !inside.length) return document.createTextNode("");
    if (name === "pre") return el("pre", { dir: "ltr", tabindex: "0", "aria-label": "Code", role: "group" }, inside);
    if (name === "table") return el("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": "Table" }, el("table", {}, el("tbody", {}, inside)));
    if (name === "div") return el("div", { class: "footnote" }, el("sup", {}, attributes.label), inside);
    if (name === "ol") return el("ol", { start: Number(attributes.start) || 0 }, inside);
    return PLAIN.has(name) ? el(name, {}, inside) : el("span", {}, inside);
  });
}

// A text with ranges marked; ranges may overlap, and a piece has the classes of all over it.
function marked(text, ranges) {
  const cuts = new Set([0, text.length]);
  for (const range of ranges) cuts.add(range.start).add(range.end);
  const places = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((start, at) => {
    const end = places[at + 1];
    const over = ranges.filter((range) => range.start <= start && end <= range.end && range.start < range.end);
    const piece = text.slice(start, end);
    if (!over.length) return document.createTextNode(piece);
    const tip = over.map((range) => range.tip).filter(Boolean).join("\n");
    const first = over.find((range) => range.tip && range.start === start);
    return el("mark", { class: over.map((range) => range.class).join(" "), "data-tip": tip || null, tabindex: first ? "0" : null }, piece);
  });
}

function runsOf(runs) {
  return runs.map((run) => el({ "-": "del", "+": "ins" }[run[0]] || "span", {}, run.slice(1)));
}

// Whoever was at something in here is not left at nothing.
function replace(node, ...children) {
  const held = node !== document.activeElement && node.contains(document.activeElement);
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  if (held) refocus(node);
}

function refocus(node) {
  if (document.activeElement && document.activeElement !== document.body) return;
  if (node && node.isConnected && !node.hidden && node.tabIndex >= 0) node.focus({ preventScroll: true });
  else calm();
}

let announced = 0;
function announce(text) {
  // the same words twice are told twice
  byId("announcer").textContent = text + (announced++ % 2 ? "\u00a0" : "");
}

const MOST_TOASTS = 3;

// A word that is not true any more, by what it was about.
function untoast(about) {
  for (const one of [...byId("toasts").children]) if (one.dataset.about === about) one.remove();
  refocus(null);
}

// A word in passing, a text or nodes; of several about one subject only the last is of use.
function toast(text, action = null) {
  const node = el("div", { class: "toast", role: "status", data: { about: action?.about || text } }, el("span", {}, text));
  for (const one of [...byId("toasts").children]) if (one.dataset.about === node.dataset.about && (action?.about || !one.dataset.stays)) one.remove();
  const passing = [...byId("toasts").children].filter((one) => !one.dataset.stays);
  if (passing.length >= MOST_TOASTS) passing[0].remove();
  if (action?.stays) node.dataset.stays = "yes";
  for (const one of action ? [action.first, action].filter(Boolean) : []) node.append(el("button", { type: "button", class: "quiet", on: { click: () => { node.remove(); one.act(); refocus(null); } } }, one.words));
  byId("toasts").append(node);
  if (!action || !action.stays) setTimeout(() => { node.remove(); refocus(null); }, action ? 15000 : 6000);
}

function watchTips() {
  const tip = byId("tip");
  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const mark = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    if (!mark) return hide();
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    const box = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left), innerWidth - tip.offsetWidth - 8);
    const below = box.bottom + 6 + tip.offsetHeight < innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${below ? box.bottom + 6 : box.top - tip.offsetHeight - 6}px`;
  };
  for (const event of ["mouseover", "focusin"]) document.addEventListener(event, show);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

function timeWords(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const later = (act, wait) => {
  let timer = 0;
  return (...values) => { clearTimeout(timer); timer = setTimeout(() => act(...values), wait); };
};

// Away from every field, where single keys work; what is seen stays where it is.
function calm() {
  byId("main").focus({ preventScroll: true });
}

function kept(name) {
  try { return localStorage.getItem(name) || ""; } catch { return ""; }
}

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
}
