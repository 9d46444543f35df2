"use strict";
// What happens elsewhere: other tabs, editors, runs; files that cannot be read; a desk that is closed.

const POLL = 4000;

class Noticing {
  constructor(desk) {
    this.desk = desk;
    this.revision = 0;
  }

  begin(start) {
    this.revision = start.revision;
    this.problems(start.problems);
    setInterval(() => this.poll(), POLL);
    if (this.desk.store.offline) this.desk.store.watch(() => this.poll());
  }

  async poll() {
    if (document.hidden || this.desk.saver.busy || this.polling) return;
    this.polling = true;
    const { sent } = this.desk.saver;
    try {
      const found = await this.desk.store.changes(this.revision);
      // what was asked before one's own decision arrived knows nothing of it
      if (!this.desk.saver.busy && this.desk.saver.sent === sent) this.changed(found);
      if (this.away) this.banner(""), (this.away = false);
    } catch (refusal) {
      if (refusal.status === 0) this.banner("The desk does not answer. Was it closed in the terminal?"), (this.away = true);
      else if (refusal.status === 403) this.banner("This page belongs to a desk that was closed. Open the address that the terminal shows.");
      else this.banner(refusal.message), (this.away = true);
    }
    this.polling = false;
  }

  changed(found) {
    this.revision = found.revision;
    this.problems(found.problems);
    const foreign = found.units.filter((unit) => {
      const known = this.desk.queue.units.get(unit.id);
      return !known || known.version !== unit.version || known.checks.join() !== unit.checks.join();
    });
    const { queue, vanishing } = this.desk;
    const gone = found.gone.filter((id) => queue.units.has(id));
    vanishing.remember(gone);
    for (const id of gone) vanishing.left(id);
    if (!foreign.length && !gone.length) return;
    this.desk.handing.counted();
    for (const unit of foreign) this.elsewhere(unit);
    if (found.order) this.desk.queue.arrange(found.order.filter((id) => this.desk.queue.units.has(id)), found.queue);
    this.desk.queue.options();
    this.desk.queue.filter();
    vanishing.settle();
    if (!this.desk.editor.detail) return queue.shown.length ? this.desk.going.begin() : undefined;
    if (!this.desk.editor.frozen && this.desk.pages.unit) this.desk.pages.show(this.desk.pages.unit, true);
  }

  elsewhere(unit) {
    const known = this.desk.queue.units.get(unit.id);
    this.desk.queue.update(unit);
    if (!known) this.desk.vanishing.arrived(unit.id);
    if (!known || known.version === unit.version) return;
    this.desk.saver.disown(unit.id);
    const draft = this.desk.drafts.get(unit.id);
    if (draft === unit.target) this.desk.drafts.forget(unit.id); // another tab decided what was begun in both
    else if (draft !== undefined) this.desk.queue.conflicts.set(unit.id, { text: draft });
    this.desk.choosing.calmed(unit.id, unit.version);
    if (this.desk.queue.current === unit.id) this.desk.go(unit.id);
  }

  problems(problems) {
    if (problems.length) this.banner(`${problems.length === 1 ? "One file" : `${problems.length} files`} of the project cannot be used: ${problems[0]}`);
    else if (!this.away) this.banner("");
  }

  banner(words) {
    byId("banner").textContent = words;
    byId("banner").hidden = !words;
  }
}
