"""The rejected texts of a locale: text ↔ `Rejections`; one line each, in lines that branches merge.

::

    i18n-rejected 1

    1f0c6b7a90d2e534 9a3e5d0b7c2f4811 DeepL fine-tuning/body 微調整は…

The hash of the source, the hash of the text that is not to come back, who drafted it, where that
was, and how it begins: the last three are for people. Sorted, no dates. It is a set: order and
repeated lines mean nothing, so git's `merge=union` always merges it rightly, and a file that git
left in conflict holds what both sides hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats import percent
from i18n_pipeline.values import dataclass

SCHEMA = 1
"""Version of this grammar. A file of a higher one is refused."""

_HEAD = expression(r"i18n-rejected (\d{1,9})")
_ROW = expression(r"([0-9a-f]{16}) ([0-9a-f]{16}) (\S+) (\S+)(?: (.*))?")
_MARKER = expression(r"(?:<{7,}|\|{7,}|={7,}|>{7,})(?: |$)")
_UNSAFE = expression(r"[%\s\x00-\x1f\x7f-\x9f]|^-$")
_BLANKS = expression(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NONE = "-"
_SHOWN = 60
_MEND = "restore it from version control, or delete the line: its text may then come back"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A text that is not to come back: hashes of source and target; by whom, where, which words.

    `by` is what the origin of a draft called its engine, `context` the unit it stood in.
    """

    source: str
    target: str
    by: str = ""
    context: str = ""
    words: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """What decides: the rest is for people."""
        return self.source, self.target


@dataclass(frozen=True)
class Rejections:
    """All that is rejected in a locale. `conflict` is the line where git left a conflict, or 0."""

    entries: tuple[Rejection, ...] = ()
    conflict: int = 0

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Rejection, ...]]:
        """The rejections by the hash of their source."""
        found: dict[str, tuple[Rejection, ...]] = {}
        for one in self.entries:
            found[one.source] = (*found.get(one.source, ()), one)
        return found

    def holds(self, source: str, target: str) -> bool:
        """Whether a text (both as hashes) is rejected."""
        return any(one.target == target for one in self.by_source.get(source, ()))

    def plus(self, more: Iterable[Rejection]) -> Rejections:
        """These and others, each pair once, sorted."""
        found = {one.pair: one for one in (*reversed(tuple(more)), *reversed(self.entries))}
        return Rejections(tuple(found[pair] for pair in sorted(found)))

    def minus(self, fewer: Iterable[Rejection]) -> Rejections:
        """These without others."""
        gone = {one.pair for one in fewer}
        return Rejections(tuple(one for one in self.entries if one.pair not in gone)).plus(())


def write_rejected(rejections: Rejections) -> bytes:
    """The rejections as text, sorted by their hashes."""
    rows = (_row(one) for one in rejections.plus(()).entries)
    return "\n".join([f"i18n-rejected {SCHEMA}", "", *rows, ""]).encode("utf-8")


def read_rejected(data: bytes) -> Rejections:
    """The rejections that a file holds, in any order; of a conflict, both sides.

    Raises BadFile with its line: not UTF-8, another schema, a line that is not in the grammar.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _bad("not-utf-8", "bytes that are not UTF-8", line) from None
    rows = [(line, row.rstrip("\r")) for line, row in enumerate(text.split("\n"), 1)]
    conflict = next((line for line, row in rows if _MARKER.match(row)), 0)
    told = [(line, row) for line, row in rows if row.strip() and not _MARKER.match(row)]
    _check_head(*(told[0] if told else (1, "")))
    return Rejections(Rejections(tuple(_entries(told))).plus(()).entries, conflict)


def excerpt(text: str) -> str:
    """How a text begins, in one line."""
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def _row(one: Rejection) -> str:
    by, context = (percent.encode(name, _UNSAFE) or _NONE for name in (one.by, one.context))
    return f"{one.source} {one.target} {by} {context} {excerpt(one.words)}".rstrip()


def _entries(rows: Iterable[tuple[int, str]]) -> Iterator[Rejection]:
    for line, row in rows:
        if _HEAD.fullmatch(row):
            continue  # both sides of a conflict may have begun the file
        found = _ROW.fullmatch(row)
        if found is None:
            raise _bad("rejected-bad-line", f"not a rejected text: {row[:80]}", line)
        source, target, by, context, words = found.groups()
        by, context = (_named(name) for name in (by, context))
        yield Rejection(source, target, by, context, words or "")


def _named(name: str) -> str:
    return "" if name == _NONE else percent.decode(name)


def _check_head(line: int, row: str) -> None:
    found = _HEAD.fullmatch(row)
    if found is None:
        raise _bad("rejected-no-version", "the first line is not that of rejected texts", line)
    if int(found[1]) > SCHEMA:
        message, mend = f"written by a newer i18n ({row})", "update i18n-pipeline"
        raise BadFile("rejected-newer", message, mend=mend, line=line, column=1)


def _bad(code: str, message: str, line: int) -> BadFile:
    return BadFile(code, message, mend=_MEND, line=line, column=1)
