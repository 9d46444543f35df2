"use strict";
// The page without a server: its decisions as a small file, to be sent back by hand.

class HandingIn {
  constructor(desk) {
    this.desk = desk;
  }

  counted() {
    if (!this.desk.store.offline) return;
    const count = this.desk.store.decisions.size;
    byId("download").textContent = count ? `Save ${count === 1 ? "1 decision" : `${count} decisions`}` : "Save decisions";
    byId("download").disabled = !count;
    const earlier = this.desk.store.earlier.length;
    byId("earlier").hidden = !earlier;
    byId("earlier").textContent = `Save ${earlier === 1 ? "1 decision" : `${earlier} decisions`} of an earlier file`;
    const texts = new Set(this.desk.store.earlierTexts.map((one) => one.id)).size;
    byId("earlier-texts").hidden = !texts;
    byId("earlier-texts").textContent = `Take over ${texts === 1 ? "1 text" : `${texts} texts`} of an earlier file`;
  }

  // What was begun on texts that this file does not hold is shown, so that it can be copied.
  strangers() {
    if (!this.desk.store.offline) return;
    const found = this.desk.store.strangeTexts;
    if (!found.length) return;
    const said = found.map(({ kind, value }) => `${kind === "text" ? "Your text" : "Your comment"}: ${value.text}`).join("\n");
    toast(`In an earlier file you began texts that this one does not hold.\n${said}`, { words: "Forget them", stays: true, about: "strangers", act: () => { for (const one of found) forget(one.place); } });
  }

  async download() {
    await this.desk.noticing.poll();
    const name = `decisions-${this.desk.queue.locale}.json`;
    saveAs(name, this.desk.store.file());
    toast(`Send the file ${name} back to whoever sent you this page.`);
  }

  downloadEarlier() {
    const found = this.desk.store.earlier;
    saveAs(`decisions-${this.desk.queue.locale}-earlier.json`, this.desk.store.file(found.map((one) => one.value)));
    toast("They stay in this browser until you say otherwise.", { words: "Forget them", act: () => {
      for (const one of found) forget(one.place);
      this.counted();
    } });
  }

  // What was begun in an earlier file is begun in this one; what was begun here too stays here.
  takeTexts() {
    const { drafts, queue, store } = this.desk;
    for (const { id, kind, value, place } of store.earlierTexts) {
      if (kind === "text" && drafts.get(id) === undefined) drafts.set(id, value.text, value.version);
      if (kind === "remark" && !drafts.remark(id)) drafts.say(id, value.text, { version: value.version ?? "", target: value.seen ?? "" });
    }
    this.counted();
    queue.draw();
    calm();
    toast("They stand with their texts, and are marked as edited. The earlier file has them still.");
    if (queue.current) this.desk.go(queue.current);
  }
}

function saveAs(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
