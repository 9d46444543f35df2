"""What an edited file says: each of its texts in the source's form, and whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.stages.remembered import Block, Whose, look_of, said_in
from i18n_pipeline.stages.saying import short, slot_says
from i18n_pipeline.stages.taking.front import read_fields
from i18n_pipeline.stages.taking.matching import Item, matched, moved
from i18n_pipeline.stages.taking.page import Base, FileText, Page, ReadBack, Remark, in_source_form
from i18n_pipeline.values import replace


def read_back(page: Page, base: Base) -> ReadBack:
    """Tell which text of a file is which of those that we left there. Pure; raises BadFile."""
    reader = _Reader(page, base)
    reader.body()
    front = read_fields(page, base)
    gone = [Remark(0, f"`{name}` is not as it was, and not taken in") for name in front.gone]
    gone += [Remark(0, f"`{name}` is the page's own list from now on") for name in front.own]
    return ReadBack(
        page,
        (*front.texts, *_counted(reader.texts)),
        tuple(reader.blocks),
        front.known,
        tuple(sorted({*base.omitted, *reader.omitted})),
        (*gone, *reader.remarks),
        reader.certain,
    )


class _Reader:
    """Reads a body block by block."""

    def __init__(self, page: Page, base: Base) -> None:
        self._page, self._base = page, base
        self._body = page.file.body
        self._chunks = tuple(chunks_of(self._body))
        self.texts: list[FileText] = []
        self.blocks: list[Block] = []
        self.omitted: list[str] = []
        self.remarks: list[Remark] = []
        self.certain = True

    def body(self) -> None:
        """All blocks, and what is not there any more."""
        old = [self._was(block) for block in self._base.blocks]
        new = [_is(self._body, chunk) for chunk in self._chunks]
        pairs = matched(old, new)
        elsewhere = moved(old, new, pairs)
        slot = 0
        for at, chunk in enumerate(self._chunks):
            there = pairs.get(at, elsewhere.get(at))
            self._take(chunk, None if there is None else self._base.blocks[there], slot)
            if at in elsewhere:
                self._moved(chunk)
            slot += len(chunk.slots)
        self._gone({*range(len(old))} - {*pairs.values(), *elsewhere.values()})

    def _was(self, block: Block) -> Item:
        texts = [
            self._known(source, text)
            for source, text in zip(block.sources, block.written, strict=True)
        ]
        known = None if None in texts else "\n".join(text or "" for text in texts)
        return Item((block.look, block.written), block.name, known)

    def _known(self, source: str, written: str) -> str | None:
        """What a text said: its unit's target, the one that still says so if there are several."""
        texts = self._base.texts.get(source, ())
        same = (text for text in texts if short(text) == written)
        return next(same, next(iter(texts), None))

    def _take(self, chunk: Chunk, was: Block | None, first: int) -> None:
        block = Block(look_of(chunk), Whose.OWN, ("",) * len(chunk.slots))
        block = replace(block, written=said_in(self._body, chunk))
        if was is None or was.whose is Whose.OWN:
            if was is None:
                self._remark(chunk, "a block that the source does not have")
            self.blocks.append(block)
            return
        pairs = self._slots(chunk, was)
        sources = tuple(
            was.sources[pairs[at]] if at in pairs else "" for at in range(len(chunk.slots))
        )
        whole = sources == was.sources and block.look == was.look
        whose = was.whose if whole else Whose.CHANGED
        if not whole:
            self._remark(chunk, "a block made otherwise than the source's")
        self.blocks.append(replace(block, whose=whose, sources=sources))
        left = {*range(len(was.sources))} - {*pairs.values()}
        self.omitted += [was.sources[at] for at in left if was.sources[at]]
        for at, there in pairs.items():
            if was.sources[there]:
                text = self._text(chunk.slots[at], first + at)
                base, changed = was.written[there], block.written[at] != was.written[there]
                text = replace(text, source=was.sources[there], base=base, changed=changed)
                self.texts.append(text)

    def _moved(self, chunk: Chunk) -> None:
        """The last block taken stands elsewhere than in the source, whose place stays empty."""
        block = self.blocks[-1]
        if block.whose is Whose.SOURCES:
            self.blocks[-1] = replace(block, whose=Whose.CHANGED)
            self.omitted.append(block.key)
            self._remark(chunk, "a block in another place than the source's")

    def _slots(self, chunk: Chunk, was: Block) -> Mapping[int, int]:
        """Which text of a block is which of those it had."""
        old = [
            Item(written, "", self._known(source, written))
            for source, written in zip(was.sources, was.written, strict=True)
        ]
        new = [
            Item(short(slot_says(self._body, slot)), "", slot.segment.source)
            for slot in chunk.slots
        ]
        return matched(old, new)

    def _text(self, slot: Slot, at: int) -> FileText:
        text = in_source_form(slot.segment.source, slot.segment, self._page)
        return FileText("", text, slot.segment, self._line(slot.leaf.start), slot=at)

    def _gone(self, left: set[int]) -> None:
        blocks = self._base.blocks
        lost_ones = (blocks[at] for at in sorted(left))
        gone = [one for one in lost_ones if one.whose is not Whose.OWN and not one.perhaps]
        self.omitted += [block.key for block in gone]
        if gone:
            count = f"{len(gone)} blocks" if len(gone) > 1 else "a block"
            self.remarks.append(Remark(0, f"{count} of the source left out"))
        ours = [one for one in blocks if one.sources and one.whose is not Whose.OWN]
        lost = sum(bool(block.sources) for block in gone)
        self.certain = 2 * lost <= len(ours)

    def _remark(self, chunk: Chunk, words: str) -> None:
        self.remarks.append(Remark(self._line(chunk.start), words))

    def _line(self, at: int) -> int:
        data = self._page.file.data
        return data.count(b"\n", 0, len(data) - len(self._body.data) + at) + 1


def _is(body: Body, chunk: Chunk) -> Item:
    text = "\n".join(slot.segment.source for slot in chunk.slots)
    look = look_of(chunk)
    return Item((look, said_in(body, chunk)), look[:2], text)


def _counted(texts: Sequence[FileText]) -> Iterator[FileText]:
    """The texts of a body in its order, each with which of its source's it is."""
    counts = Counter(text.source for text in texts)
    nth: Counter[str] = Counter()
    for text in sorted(texts, key=lambda one: one.slot):
        yield replace(text, nth=nth[text.source], count=counts[text.source])
        nth[text.source] += 1
