"use strict";
// Going from unit to unit: the one that is asked for comes on the desk, as one left it.

class Going {
  constructor(desk) {
    this.desk = desk;
    this.leaving = false;
  }

  async begin() {
    const { queue } = this.desk;
    const first = queue.shown.find((id) => !queue.isDone(id)) || queue.shown[0];
    if (first) await this.go(first);
    else this.nothing();
    calm();
  }

  async go(id) {
    const { queue, editor, pages } = this.desk;
    if (!queue.units.has(id)) return;
    // who comes back before another unit has come on the desk has left it all the same
    const again = editor.detail && editor.detail.id === id && !this.leaving;
    if (!again) this.leave();
    queue.show(id);
    const asked = (this.asked = {});
    let detail;
    try {
      detail = await this.fetched(id);
    } catch (refusal) {
      return this.asked === asked ? this.stay(refusal) : undefined;
    }
    if (this.asked !== asked) return;
    this.show(detail, again);
    await pages.show(detail);
    if (editor.isChanged && editor.judged) pages.preview(id, editor.judged.nodes, editor.text);
  }

  show(detail, again) {
    const { queue, editor, context, choosing } = this.desk;
    document.body.classList.remove("with-queue", "empty");
    byId("open-queue").setAttribute("aria-expanded", "false");
    queue.update(detail);
    choosing.notice(detail);
    editor.show(detail);
    context.show(detail);
    choosing.show();
    this.desk.vanishing.show();
    this.arrive(again);
  }

  // A unit as one left it, also where that has not arrived yet.
  async fetched(id) {
    const { store, saver } = this.desk;
    let detail = await store.detail(id);
    if (saver.latest(id, detail.version) !== detail.version) detail = await store.detail(id);
    const pending = saver.pending(id);
    return pending ? { ...detail, ...afterwards(pending) } : detail;
  }

  leave() {
    const { editor, vanishing } = this.desk;
    this.leaving = true;
    if (editor.frozen) vanishing.tell(editor.detail.id);
    editor.wait();
    if (byId("back-form").contains(document.activeElement)) calm();
    byId("back-form").hidden = true;
  }

  arrive(again) {
    const { drafts, editor, queue, deciding } = this.desk;
    const comment = byId("back-comment"), said = drafts.remark(editor.detail.id);
    this.leaving = false;
    if (comment.value !== said) comment.value = said;
    if (!again) {
      byId("back-form").hidden = !said;
      if (matchMedia("(max-width: 760px)").matches) scrollTo(0, 0);
      byId("editor").scrollTop = 0;
    }
    deciding.tell();
    this.desk.choosing.offer();
    queue.draw();
  }

  stay(refusal) {
    const { editor, queue, drafts } = this.desk;
    toast(refusal.message);
    editor.ready();
    this.leaving = false;
    if (!editor.detail) return;
    if (drafts.remark(editor.detail.id)) byId("back-form").hidden = false;
    queue.show(editor.detail.id);
    if (!queue.units.has(editor.detail.id)) editor.freeze();
    this.desk.vanishing.show();
  }

  nothing() {
    document.body.classList.add("empty");
    byId("unit-title").textContent = "Nothing waits here";
  }

  drawer() {
    const { queue } = this.desk;
    const open = document.body.classList.toggle("with-queue");
    byId("open-queue").setAttribute("aria-expanded", String(open));
    queue.draw();
    if (open) queue.show(queue.current), queue.list.focus();
  }
}
