"""What an edited file says: each of its texts in the source's form, and whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.formats.front_matter import Path, Value
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.links import Addresses, with_destinations
from i18n_pipeline.markdown import inline_tokens
from i18n_pipeline.model import Kind, LockEntry, Segment, digest
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.stages.fields import field_name, found_at, text_of
from i18n_pipeline.stages.remembered import (
    Block,
    Whose,
    look_of,
    said_in,
    with_blocks,
)
from i18n_pipeline.stages.saying import said, short, slot_says
from i18n_pipeline.stages.taking.matching import Item, matched

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Base:
    """What we left in a file: its blocks, its fields by path, what of the source was left out.

    `texts` are those of its units by the short hash of their source, as far as they are known.
    `open` are fields that had no text there, by path with the short hash of their source.
    """

    blocks: tuple[Block, ...]
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    omitted: tuple[str, ...] = ()
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    open: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """An edited file: as it reads now, where it is, and how links and fields are understood."""

    file: TermFile
    path: str
    addresses: Addresses
    fields: Fields


@dataclass(frozen=True, slots=True)
class FileText:
    """A text of an edited file that translates a text of the source.

    `source` is the short hash of the text it translates, `nth` which of the `count` texts of that
    source in this file it is. `base` is the hash of what we left there, `changed` whether it says
    something else now. `text` is in the source's form, `segment` what it is in the file, `slot` its
    position in the body or -1.
    """

    source: str
    text: str
    segment: Segment
    line: int
    base: str = ""
    changed: bool = False
    slot: int = -1
    nth: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person made otherwise than the source is, at a line of the file (0: at none)."""

    line: int
    words: str


@dataclass(frozen=True)
class ReadBack:
    """What an edited file says, and what the lock is to remember of it.

    `certain` is false where too little of it was found again.
    """

    page: Page
    texts: tuple[FileText, ...] = ()
    blocks: tuple[Block, ...] = ()
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    omitted: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    certain: bool = True

    def entry(self, known: LockEntry, own: frozenset[int] = frozenset()) -> LockEntry:
        """The lock's entry for the file as it is now.

        `own` are slots whose texts nobody's source says: they become the file's own.
        """
        entry = replace(
            known, built=digest(self.page.file.data), pending="", texts="", fields=self.fields
        )
        return with_blocks(entry, tuple(_disowned(self.blocks, own)), self.omitted)


def read_back(page: Page, base: Base) -> ReadBack:
    """Tell which text of a file is which of those that we left there. Pure; raises BadFile."""
    reader = _Reader(page, base)
    reader.body()
    fields, texts = _fields(page, base)
    return ReadBack(
        page,
        (*texts, *_counted(reader.texts)),
        tuple(reader.blocks),
        fields,
        tuple(sorted({*base.omitted, *reader.omitted})),
        tuple(reader.remarks),
        reader.certain,
    )


def in_source_form(text: str, segment: Segment, page: Page) -> str:
    """A text with the addresses of terms as the source has them."""
    if not segment.markdown or not page.addresses.rewrite:
        return text
    tokens = inline_tokens(text, segment.definitions, page.file.body.extensions)
    return with_destinations(text, tokens, page.addresses.canonical)


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
        slot = 0
        for at, chunk in enumerate(self._chunks):
            was = self._base.blocks[pairs[at]] if at in pairs else None
            self._take(chunk, was, slot)
            slot += len(chunk.slots)
        self._gone({*range(len(old))} - {*pairs.values()})

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
        gone = [blocks[at] for at in sorted(left) if blocks[at].whose is not Whose.OWN]
        self.omitted += [block.key for block in gone]
        if gone:
            count = f"{len(gone)} blocks" if len(gone) > 1 else "a block"
            self.remarks.append(Remark(0, f"{count} of the source left out"))
        ours = [block for block in blocks if block.sources and block.whose is not Whose.OWN]
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


def _disowned(blocks: Sequence[Block], own: frozenset[int]) -> Iterator[Block]:
    at = 0
    for block in blocks:
        sources = tuple("" if n in own else one for n, one in enumerate(block.sources, at))
        at += len(sources)
        changed = sources != block.sources and block.whose is Whose.SOURCES
        whose = Whose.CHANGED if changed else block.whose
        yield replace(block, sources=sources, whose=whose)


def _fields(page: Page, base: Base) -> tuple[Mapping[str, tuple[str, str]], tuple[FileText, ...]]:
    """What the front matter says: hashes by path for the lock, and the texts."""
    values = page.file.values
    known = dict(base.fields)
    texts: list[FileText] = []
    asked = {word: (source, "") for word, source in base.open.items()}
    for word, (source, written) in (asked | dict(base.fields)).items():
        found = found_at(values, word)
        text = _field_text(page, found) if found and _is_as_long(values, found[0], base) else None
        if found is None or text is None:
            continue
        segment = _segment(page.fields, found[0], text)
        says = short(said(text, segment, page.file.body.extensions))
        known[word] = source, says
        line = page.file.front.place_of(found[0])[0] if page.file.front else 0
        one = FileText(source, in_source_form(text, segment, page), segment, line, written)
        texts.append(replace(one, changed=says != written))
    return known, tuple(texts)


def _field_text(page: Page, found: tuple[Path, Value]) -> str | None:
    """What a field says; None where it says nothing."""
    path, value = found
    text = text_of(value)
    null = text in _NULLS and page.file.front is not None and not page.file.front.is_text(path)
    return text if text and text.strip() and not null else None


def _is_as_long(values: Mapping[str, Value], path: Path, base: Base) -> bool:
    """Whether the lists on the way to a value are as long as they were: else it may be another."""
    for depth, step in enumerate(path):
        if not isinstance(step, int):
            continue
        before = ".".join(map(str, path[:depth])).casefold()
        known = {word.casefold() for word in base.fields if word.casefold().startswith(before)}
        found = found_at(values, before)
        length = len(found[1]) if found and isinstance(found[1], list) else 0
        indexes = {int(word.split(".")[depth]) for word in known if _digits(word, depth)}
        if max(indexes, default=-1) + 1 != length:
            return False
    return True


def _digits(word: str, depth: int) -> bool:
    steps = word.split(".")
    return len(steps) > depth and steps[depth].isdigit()


def _segment(fields: Fields, path: Path, text: str) -> Segment:
    """What a translated value is, told by the configuration."""
    name = field_name(path)
    field_ = fields.spelled(name)
    kinds = {
        Role.VOCABULARY: Kind.VOCABULARY,
        Role.LOCALIZE: Kind.LIST,
        Role.EXTRA: Kind.EXTRA,
    }
    kind = Kind.NAME if field_ == fields.name else kinds.get(fields.role(name), Kind.TEXT)
    return Segment(field_, kind, text, field_ in fields.markdown)
