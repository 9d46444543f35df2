"use strict";
// A file without a server shows what is typed by itself: bold, emphasis, code and links, as nodes.

const INLINE = /(`+)(.+?)\1|(\*\*|__)(?=\S)(.+?\S?)\3|(\*|_)(?=\S)(.+?\S?)\5|!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)/s;

function inlineNodes(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const found = INLINE.exec(rest);
    if (!found) break;
    if (found.index) nodes.push(rest.slice(0, found.index));
    if (found[1]) nodes.push(["code", {}, [found[2]]]);
    else if (found[3]) nodes.push(["strong", {}, inlineNodes(found[4])]);
    else if (found[5]) nodes.push(["em", {}, inlineNodes(found[6])]);
    else nodes.push([found[0][0] === "!" ? "image" : "link", { title: found[8] }, inlineNodes(found[7])]);
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) nodes.push(rest);
  return nodes;
}

// What a text must carry over is looked at here; every other check runs when decisions are applied.
function offlineIssues(detail, text) {
  if (!text) return [];
  const count = (where, what) => where.split(what).length - 1;
  const wanted = new Map();
  for (const one of detail.survivors) wanted.set(one.text, (wanted.get(one.text) || 0) + 1);
  const issues = [];
  for (const [what, times] of wanted) {
    if (what && count(text, what) < times) issues.push({ check: "placeholders", severity: "error", safety: true, message: `“${what}” of the source is missing`, at: null, edit: null });
  }
  if (!text.trim()) issues.push({ check: "empty", severity: "error", safety: false, message: "holds nothing but blanks", at: null, edit: null });
  return issues;
}
