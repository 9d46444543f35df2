"use strict";
// The words of two texts: what they have in common after `=`, what went after `-`, what came after `+`.

const WORD = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\p{L}\p{M}\p{N}_]+|\s+|./gsu;
const MOST_CELLS = 4e6;

function wordDiff(old, now) {
  const one = old.match(WORD) || [], other = now.match(WORD) || [];
  let start = 0, end = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start++;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return joined([["=", one.slice(0, start).join("")], ...middle, ["=", one.slice(one.length - end).join("")]]);
}

// By the longest common subsequence; texts that are too long for that differ as a whole.
function between(one, other) {
  const whole = [["-", one.join("")], ["+", other.join("")]];
  if (!one.length || !other.length || one.length * other.length > MOST_CELLS) return whole;
  const width = other.length + 1;
  const longest = new Uint32Array((one.length + 1) * width);
  for (let at = one.length - 1; at >= 0; at--) {
    for (let to = other.length - 1; to >= 0; to--) {
      longest[at * width + to] = one[at] === other[to] ? longest[(at + 1) * width + to + 1] + 1 : Math.max(longest[(at + 1) * width + to], longest[at * width + to + 1]);
    }
  }
  const runs = [];
  let at = 0, to = 0;
  while (at < one.length || to < other.length) {
    if (at < one.length && to < other.length && one[at] === other[to]) runs.push(["=", one[at++]]), to++;
    else if (to === other.length || (at < one.length && longest[(at + 1) * width + to] >= longest[at * width + to + 1])) runs.push(["-", one[at++]]);
    else runs.push(["+", other[to++]]);
  }
  return runs;
}

// Neighbouring runs of one kind as one, what went before what came.
function joined(runs) {
  const found = [];
  let gone = "", come = "";
  const flush = () => {
    if (gone) found.push(`-${gone}`);
    if (come) found.push(`+${come}`);
    gone = come = "";
  };
  for (const [side, text] of runs) {
    if (!text) continue;
    if (side === "-") gone += text;
    else if (side === "+") come += text;
    else if (!text.trim() && gone && come) gone += text, come += text;
    else flush(), found.push(`=${text}`);
  }
  flush();
  return found;
}
