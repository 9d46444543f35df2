"""The nouns of the pipeline, as frozen values; nothing here reads, writes or decides.

A term file is cut into `Segment`s (formats/). A segment with its translation in one locale is a
`Unit`; the units of one PO file are a `Catalog`. What was built from what is a `Lock`. What a
check found is a `QualityIssue`. Locales are the tags as the project spells them (`pt-BR`,
`zh-cn`); locales.py understands them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from sys import intern
from types import MappingProxyType

from i18n_pipeline.values import dataclass, field

Key = tuple[str, str]
"""A unit's identity: its context (`fine-tuning/body`) and its source text."""

MAX_TERM_BYTES = 2 * 1024 * 1024
"""A larger term file is refused."""


def digest(data: bytes | str, size: int = 16) -> str:
    """Content hash: hex of BLAKE2b with `size` bytes. A `str` is hashed as UTF-8."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return blake2b(raw, digest_size=size).hexdigest()


def digest_of(parts: Iterable[bytes | bytearray | memoryview]) -> str:
    """`digest` of what parts are together, one after the other."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


class Kind(StrEnum):
    """What a segment is, in the words a translator reads."""

    NAME = "name of the term"
    TEXT = "text"
    VOCABULARY = "vocabulary"
    LIST = "list, one item a line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    CELL = "table cell"
    QUOTE = "quote"
    DEFINITION_TITLE = "defined word"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    LINK_TITLE = "link title"
    EXTRA = "of this locale alone"


class State(StrEnum):
    """Where a unit stands. Only REVIEWED counts as done."""

    UNTRANSLATED = "untranslated"
    NEEDS_REVIEW = "needs review"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A translatable span of a term file, as translators see it.

    `source` is raw Markdown inline text with soft line breaks folded, or plain text where
    `markdown` is false. `definitions` are the link and footnote definitions that its references
    need to be understood when it stands alone.
    """

    field: str
    kind: Kind
    source: str
    markdown: bool = False
    headings: tuple[str, ...] = ()
    note: str = ""
    definitions: str = ""

    @property
    def required(self) -> bool:
        """Whether a term waits for it: localized lists and a locale's own fields block no build."""
        return self.kind not in (Kind.LIST, Kind.EXTRA)

    @property
    def is_translation(self) -> bool:
        """Whether its text says what the source says; a locale's own field says something else."""
        return self.kind is not Kind.EXTRA


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a target came from: words for people, and the hash of the draft as it was written.

    `draft` is "" where the text was never a machine's draft (an exact match, say).
    """

    words: str
    draft: str = ""


def draft_hash(target: str) -> str:
    """Hash that tells a draft still as the machine wrote it from one a person touched."""
    return digest(target, 6)


@dataclass(frozen=True, slots=True)
class Review:
    """Who approved a text by name, and the `approved_hash` of what that was."""

    by: str
    approved: str


def approved_hash(source: str, target: str) -> str:
    """Hash of what somebody approves: this text for this source."""
    return digest("\0".join((source, target)), 6)


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment with its translation in one locale.

    `key` is its identity in its catalog: its context and its source. `reviewed` is what the review
    file says; ask `state`, which knows that an empty target is
    untranslated whatever it says. `notes` are words for the translator, written anew each run;
    `comments` are the translators' own and never touched.
    """

    context: str
    source: str
    target: str = ""
    reviewed: bool = False
    origin: Origin | None = None
    previous: str | None = None
    previous_context: str | None = None
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    path: str = ""
    flags: tuple[str, ...] = ()
    obsolete: bool = False
    review: Review | None = None
    key: Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.context, self.source))

    @property
    def state(self) -> State:
        """Untranslated, needs review or reviewed."""
        if not self.target:
            return State.UNTRANSLATED
        return State.REVIEWED if self.reviewed else State.NEEDS_REVIEW

    @property
    def is_draft(self) -> bool:
        """A machine's text that nobody has touched: the only text a run may replace."""
        return (
            self.state is State.NEEDS_REVIEW
            and self.origin is not None
            and self.origin.draft == draft_hash(self.target)
        )

    @property
    def by_person(self) -> bool:
        """A person wrote or reviewed the target: it is never changed and never lost."""
        return bool(self.target) and not self.is_draft

    @property
    def reviewer(self) -> str:
        """Who approved the text as it stands, by name; "" where that is not written down."""
        if self.review is None or self.state is not State.REVIEWED or self.obsolete:
            return ""
        fits = self.review.approved == approved_hash(self.source, self.target)
        return self.review.by if fits else ""

    @property
    def slug(self) -> str:
        """The term it belongs to; "" for vocabulary."""
        return self.context.rpartition("/")[0]

    @property
    def field(self) -> str:
        """The field it belongs to, without the place suffix: `body`, `category`."""
        return self.context.rpartition("/")[2].partition("#")[0]


def context_of(slug: str, segment: Segment) -> str:
    """The context (msgctxt) of a segment's unit: `<slug>/<field>`, or the field of vocabulary."""
    shared = segment.kind is Kind.VOCABULARY
    return segment.field if shared else intern(f"{slug}/{segment.field}")


def place_of(segment: Segment) -> str:
    """Suffix that tells apart places of one text that people translated differently."""
    return "#" + digest("\n".join(segment.headings), 4)


@dataclass(frozen=True)
class Catalog:
    """The units of one PO file, active ones in file order, then obsolete ones.

    `header` holds the header fields in file order, `header_comments` the comment lines above it.
    """

    units: tuple[Unit, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    header_comments: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[Key, Unit]:
        """Active units by identity."""
        return {unit.key: unit for unit in self.units if not unit.obsolete}

    @cached_property
    def obsolete_by_key(self) -> Mapping[Key, Unit]:
        """Obsolete units by identity."""
        return {unit.key: unit for unit in self.units if unit.obsolete}

    def unit_for(self, slug: str, segment: Segment) -> Unit | None:
        """The active unit of a segment: its place's own if there is one, else the shared one."""
        context = context_of(slug, segment)
        own = self.by_key.get((context + place_of(segment), segment.source))
        return own or self.by_key.get((context, segment.source))


@dataclass(frozen=True, slots=True)
class LockEntry:
    """What one built term file was made from. Hashes are `digest()` of the files' bytes.

    `pending` is the hash of the file about to be written, while a group is being written.
    `copied` are the source's values at the last build by field: the base against which a
    person's change in the built file is told from a change of the source. `segments` are short
    hashes of the body's source texts in order, one for each text of the file: they say which text
    is whose ("" where a person wrote something of the file's own). `written` are short hashes of
    what these texts said when we last read or wrote the file, `blocks` say how it is made up, and
    `omitted` what of the source a person left out (stages/remembered.py). `fields` are the hashes
    of source and text of each translated value of the front matter, by its path. All of this may
    be missing: earlier versions did not write it. `texts` is the hash of all texts and settings
    that the file was made from: while it, the source and the file stay the same, nothing has to be
    read to know that the file is up to date. `held`, if not None, says that a
    person took the page back: it is not built before all its units are reviewed; it holds the
    `unit_hash` of those that were sent back to review for that.
    """

    slug: str
    source: str
    built: str
    pending: str = ""
    copied: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    segments: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    texts: str = ""
    held: tuple[str, ...] | None = None

    def wrote(self, file_hash: str) -> bool:
        """Whether a file with this hash is ours as we wrote it (or were about to)."""
        return bool(file_hash) and file_hash in (self.built, self.pending)


def unit_hash(unit: Unit) -> str:
    """A short hash of a unit as it stands: its place, its source and its target."""
    return digest("\0".join((unit.context, unit.source, unit.target)), 4)


@dataclass(frozen=True)
class Lock:
    """The lock of one locale. A term it does not know has a person's file, or none."""

    entries: Mapping[str, LockEntry] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, slug: str) -> LockEntry | None:
        """The entry of a term, or None."""
        return self.entries.get(slug)

    def replace(self, changed: Iterable[LockEntry], removed: Iterable[str] = ()) -> Lock:
        """A lock with entries put in by slug, and others taken out."""
        entries = {**self.entries, **{entry.slug: entry for entry in changed}}
        for slug in removed:
            entries.pop(slug, None)
        return Lock(MappingProxyType(entries))


class Severity(StrEnum):
    """How bad a quality issue is: an error keeps a draft out of built files.

    A warning is told by every run, a note by `check` alone: it may well be meant.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a text: the characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class QualityIssue:
    """What a check found in one unit.

    `safety` issues keep any text out of built files, a person's too; the others only drafts.
    `at` is the range of the `target` that shows it, `edit` a change of the target that mends it.
    `line` is that of `path` where it is about a page and no unit, else 0.
    """

    check: str
    severity: Severity
    safety: bool
    message: str
    context: str = ""
    source: str = ""
    path: str = ""
    target: str = ""
    at: tuple[int, int] | None = None
    edit: Edit | None = None
    line: int = 0
