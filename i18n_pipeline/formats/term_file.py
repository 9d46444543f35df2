"""Term files: front matter and body read into segments, and written back by splicing."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from weakref import ref

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
from i18n_pipeline.values import dataclass, field, replace

_AT_ONCE = 2000
"""Files whose parts are held: some 11 KB for each of 2 KB."""
_PARTS = "_cut"
"""What a file's parts are called beside its fields."""
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

    `segments` are the front matter's in file order, then the body's; `fields` are the former with
    their places, `values` those of the front matter by key, `addresses` as in `Body`. The rest is
    worked out of the bytes, and let go once many other files were looked at: of all the terms of a
    project a run needs what they say, and of few how they say it.
    """

    slug: str
    locale: str
    data: bytes
    rules: Rules
    segments: tuple[Segment, ...]
    fields: tuple[FieldSlot, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    addresses: tuple[tuple[int, int], ...] = ()
    skipped: bool = False
    notices: tuple[str, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: not what can be worked out there."""
        return {name: value for name, value in vars(self).items() if name != _PARTS}

    @property
    def front(self) -> FrontMatter | None:
        """The front matter, None where the file has none."""
        return self._parts.front

    @property
    def body(self) -> Body:
        """Everything after the front matter."""
        return self._parts.body

    @property
    def _parts(self) -> _Parts:
        found = _looked_at.of(self)
        return found or _looked_at.take(self, self._with_own(_cut(self.data, self.rules)))

    def _with_own(self, parts: _Parts) -> _Parts:
        """The parts with the file's segments in them: the same ones, not only equal ones."""
        own = self.segments[len(self.fields) :]
        slots = [
            replace(slot, segment=one) for slot, one in zip(parts.body.slots, own, strict=True)
        ]
        return replace(parts, body=replace(parts.body, slots=tuple(slots)))

    @property
    def name(self) -> str:
        """The term's name, "" where the file has none."""
        return next((s.segment.source for s in self.fields if s.segment.kind is Kind.NAME), "")

    def render(self, changes: Sequence[Change], patches: Sequence[Patch]) -> bytes:
        """The file with changes to its front matter and patches to its body; nothing else.

        Raises BadFile where the front matter cannot say what it should.
        """
        if not changes and not patches:
            return self.data
        front = self.front.edit(changes).encode() if self.front else b""
        return self.around(front, self.body.render(patches))

    def around(self, front: bytes, body: bytes) -> bytes:
        """The file with other bytes between its fences and behind them."""
        parts = self._parts
        return parts.head + front + parts.tail + body

    @property
    def opening(self) -> bytes:
        """Everything up to and including the fence that begins the front matter."""
        return self._parts.head

    def line_of(self, segment: Segment) -> int:
        """The line at which a segment stands in the file; 0 where it is not known."""
        for slot in self.body.slots:
            if slot.segment == segment:
                before = len(self.data) - len(self.body.data) + slot.leaf.start
                return self.data.count(b"\n", 0, before) + 1
        paths = (slot.path for slot in self.fields if slot.segment == segment)
        path = next(paths, None)
        return self.front.place_of(path)[0] if path is not None and self.front else 0

    def list_items(self, key: str) -> tuple[str, ...]:
        """The scalars of a front-matter list (or a single scalar), blank ones left out."""
        value = self.values.get(key, "")
        return tuple(text for _, text in scalars(value) if text.strip())


def read_term(data: bytes, rules: Rules, slug: str, locale: str) -> TermFile:
    """Read a term file whose path says `slug` and `locale`. Raises BadFile with its place."""
    parts = _cut(data, rules)
    names = Names(rules.fields, parts.front)
    fields = field_slots(parts.front, names) if parts.front else ()
    in_front = (slot.segment for slot in fields)
    in_body = (slot.segment for slot in parts.body.slots)
    file = TermFile(
        slug=slug_of(names, slug),
        locale=locale_of(names, locale),
        data=data,
        rules=rules,
        segments=(*in_front, *in_body),
        fields=fields,
        values=parts.front.values if parts.front else {},
        addresses=parts.body.addresses,
        skipped=_skipped(names),
        notices=tuple(names.notices()),
    )
    _looked_at.take(file, parts)
    return file


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a file is made up of; `head` ends with the opening fence, `tail` is the closing one."""

    head: bytes
    front: FrontMatter | None
    tail: bytes
    body: Body


def _cut(data: bytes, rules: Rules) -> _Parts:
    _check_bytes(data)
    head, text, tail, body = _split(data)
    front = None if text is None else _read_front(head, text)
    _check_keys(front)
    line = data.count(b"\n", 0, len(data) - len(body)) + 1
    return _Parts(head, front, tail, read_body(body, rules.extensions, line))


class _LookedAt:
    """The parts of the files that were looked at last; threads may ask at once."""

    def __init__(self) -> None:
        self._files: deque[ref[TermFile]] = deque()

    def of(self, file: TermFile) -> _Parts | None:
        """The parts of a file, if they are here."""
        return vars(file).get(_PARTS)

    def take(self, file: TermFile, parts: _Parts) -> _Parts:
        """Keep the parts of a file with it, and let go those of the one that was first."""
        vars(file)[_PARTS] = parts
        self._files.append(ref(file))
        if len(self._files) > _AT_ONCE:
            first = self._files.popleft()()
            if first is not None:
                vars(first).pop(_PARTS, None)
        return parts


_looked_at = _LookedAt()


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
