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
      for (const one of found) try { localStorage.removeItem(one.place); } catch { /* it is gone */ }
      this.counted();
    } });
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
