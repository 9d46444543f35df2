"""Term files: front matter and body read into segments, and written back by splicing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.body import Body, Patch, read_body, refuse_control
from i18n_pipeline.formats.front_matter import Change, FrontMatter, Value, scalars
from i18n_pipeline.formats.front_toml import read_toml
from i18n_pipeline.formats.front_yaml import read_yaml
from i18n_pipeline.formats.markers import BY_HAND, unresolved
from i18n_pipeline.formats.places import place_in_bytes
from i18n_pipeline.formats.term_fields import FieldSlot, field_slots
from i18n_pipeline.formats.term_identity import locale_of, slug_of
from i18n_pipeline.formats.term_names import Names
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import MAX_TERM_BYTES, Kind, Segment
from i18n_pipeline.values import dataclass

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FENCE = expression(rb"(---|\+\+\+)[ \t]*\r?\n")
_CLOSING = {
    b"---": re.compile(rb"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    b"+++": re.compile(rb"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the configuration decides how a term file is read."""

    fields: Fields
    extensions: frozenset[str] = DEFAULT_EXTENSIONS


@dataclass(frozen=True)
class TermFile:
    """One term in one locale, as read.

    `head` is everything up to and including the opening fence, `tail` the closing fence.
    """

    slug: str
    locale: str
    head: bytes
    front: FrontMatter | None
    tail: bytes
    body: Body
    fields: tuple[FieldSlot, ...]
    skipped: bool = False
    notices: tuple[str, ...] = ()

    @property
    def data(self) -> bytes:
        """The file's bytes, put together again."""
        return self.render([], [])

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments: the front matter's in file order, then the body's."""
        front = tuple(slot.segment for slot in self.fields)
        return front + tuple(slot.segment for slot in self.body.slots)

    @property
    def name(self) -> str:
        """The term's name, "" where the file has none."""
        return next((s.segment.source for s in self.fields if s.segment.kind is Kind.NAME), "")

    @property
    def values(self) -> Mapping[str, Value]:
        """The front matter's values by key."""
        return self.front.values if self.front else {}

    def render(self, changes: Sequence[Change], patches: Sequence[Patch]) -> bytes:
        """The file with changes to its front matter and patches to its body; nothing else.

        Raises BadFile where the front matter cannot say what it should.
        """
        front = self.front.edit(changes).encode() if self.front else b""
        return self.head + front + self.tail + self.body.render(patches)

    def line_of(self, segment: Segment) -> int:
        """The line at which a segment stands in the file; 0 where it is not known."""
        for slot in self.body.slots:
            if slot.segment == segment:
                data = self.data
                before = len(data) - len(self.body.data) + slot.leaf.start
                return data.count(b"\n", 0, before) + 1
        paths = (slot.path for slot in self.fields if slot.segment == segment)
        path = next(paths, None)
        return self.front.place_of(path)[0] if path is not None and self.front else 0

    def list_items(self, key: str) -> tuple[str, ...]:
        """The scalars of a front-matter list (or a single scalar), blank ones left out."""
        value = self.values.get(key, "")
        return tuple(text for _, text in scalars(value) if text.strip())


def read_term(data: bytes, rules: Rules, slug: str, locale: str) -> TermFile:
    """Read a term file whose path says `slug` and `locale`. Raises BadFile with its place."""
    _check_bytes(data)
    head, text, tail, body = _split(data)
    front = None if text is None else _read_front(head, text)
    _check_keys(front)
    names = Names(rules.fields, front)
    before = len(data) - len(body)
    return TermFile(
        slug=slug_of(names, slug),
        locale=locale_of(names, locale),
        head=head,
        front=front,
        tail=tail,
        body=read_body(body, rules.extensions, data.count(b"\n", 0, before) + 1),
        fields=field_slots(front, names) if front else (),
        skipped=_skipped(names),
        notices=tuple(names.notices()),
    )


def _check_keys(front: FrontMatter | None) -> None:
    """Refuse keys that no configuration and no message could name."""
    if front is None:
        return
    for key in front.values:
        if not key.isprintable():
            line, column = front.place_of((key,))
            raise BadFile(
                "control-character",
                f"the key {key!a} holds a control character",
                mend="remove it",
                line=line,
                column=column,
            )


def _check_bytes(data: bytes) -> None:
    if not data.strip():
        raise BadFile(
            "empty-file",
            "the file is empty",
            mend="write the term or delete the file",
            line=1,
            column=1,
        )
    if len(data) > MAX_TERM_BYTES:
        raise BadFile("file-too-large", "the file is over 2 MiB", mend="split it", line=1, column=1)
    if data.startswith(_UTF16):
        raise BadFile("not-utf-8", "the file is UTF-16", mend="save it as UTF-8", line=1, column=1)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start) from None


def _not_utf8(data: bytes, at: int) -> BadFile:
    line, column = place_in_bytes(data, at)
    return BadFile(
        "not-utf-8",
        f"byte {at} (0x{data[at]:02x}) is not UTF-8",
        mend="save the file as UTF-8",
        line=line,
        column=column,
    )


def _split(data: bytes) -> tuple[bytes, str | None, bytes, bytes]:
    """Opening fence with BOM, front matter, closing fence, body."""
    bom = len(_BOM) if data.startswith(_BOM) else 0
    opening = _FENCE.match(data, bom)
    if not opening:
        return data[:bom], None, b"", data[bom:]
    fence = opening.group(1)
    closing = _CLOSING[fence].search(data, opening.end())
    if not closing:
        raise BadFile(
            "front-matter-not-closed",
            f"the front matter that begins with `{fence.decode()}` is not closed",
            mend=f"add a line `{fence.decode()}` after its last key",
            line=1,
            column=1,
        )
    front = data[opening.end() : closing.start()]
    refuse_control(front, line=2)
    if b"<<<<<<<" in front and (conflict := unresolved("\n" + front.decode(), mend=BY_HAND)):
        raise conflict
    return data[: opening.end()], front.decode(), closing.group(), data[closing.end() :]


def _read_front(head: bytes, text: str) -> FrontMatter:
    return read_toml(text) if b"+++" in head else read_yaml(text)


def _skipped(names: Names) -> bool:
    """Whether the front matter has one of the values that leave a source term alone."""
    return any(
        str(names.value(name)).casefold() == str(value).casefold()
        for name, value in names.fields.skip.items()
    )
