"""An edited file as values: what we left in it, where it is, and what it says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.links import Addresses, with_destinations
from i18n_pipeline.markdown import inline_tokens
from i18n_pipeline.model import LockEntry, Segment, digest
from i18n_pipeline.stages.remembered import Block, Whose, with_blocks
from i18n_pipeline.values import dataclass, field, replace


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
    something else now, `doubt` why that may be nobody's word. `text` is in the source's form,
    `segment` what it is in the file, `slot` its position in the body or -1.
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
    doubt: str = ""


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


def in_source_form(text: str, segment: Segment, page: Page) -> str:
    """A text with the addresses of terms as the source has them."""
    if not segment.markdown or not page.addresses.rewrite:
        return text
    tokens = inline_tokens(text, segment.definitions, page.file.body.extensions)
    return with_destinations(text, tokens, page.addresses.canonical)


def _disowned(blocks: Sequence[Block], own: frozenset[int]) -> Iterator[Block]:
    at = 0
    for block in blocks:
        sources = tuple("" if n in own else one for n, one in enumerate(block.sources, at))
        at += len(sources)
        changed = sources != block.sources and block.whose is Whose.SOURCES
        whose = Whose.CHANGED if changed else block.whose
        yield replace(block, sources=sources, whose=whose)
