"""The lock: text ↔ `Lock`; what was built from what, in lines that branches can merge.

::

    i18n-lock 1 segmenter 1

    fine-tuning
     source=9f86d081884c7d65 built=- copied.tags=2c26b46b links.related=lora segments=5e0d,81c2

    transformer
     source=…

    i18n-lock end

After the schema and the segmenter version, terms in the order of their slugs: the slug, and below
it the hashes, in one line; `held` says that a person took the page back. `-` is an empty value. No
dates. The blank lines and the last one let git merge a changed term with a new one beside it: with
no line between the two it reports a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TypeVar

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats import percent
from i18n_pipeline.formats.markers import unresolved
from i18n_pipeline.formats.rows import Ordered, Rows
from i18n_pipeline.model import Lock, LockEntry

SCHEMA = 1
"""Version of this grammar. A lock of a higher one is refused."""

SEGMENTER_VERSION = 1
"""Version of how term files are cut into segments: another one cuts other units."""

_HEAD = expression(r"i18n-lock (\d{1,9}) segmenter (\d{1,9})")
_END = "i18n-lock end"
_FIRST_LINE = expression(rb"\n\n([^\n]*)")
_HASH = expression(r"[0-9a-f]{8,128}")
_SHORT_HASH = expression(r"[0-9a-f]{4,16}")
_BLOCK = expression(r"\??[~-]?[0-9a-f]{4,16}\.\d{1,9}")
_BAD_PERCENT = expression("%(?![0-9A-F]{2})")
_UNSAFE = expression(r"[%\s=,<>|\x00-\x1f\x7f-\x9f]|^-$")
_NONE = "-"
_MEND = "restore it from version control"

Row = tuple[int, str]
Place = tuple[int, int]
Value = TypeVar("Value")


def write_lock(lock: Lock) -> bytes:
    """The lock as text, terms sorted by slug, fields by name."""
    terms = (_written(lock.entries[slug]) for slug in sorted(lock.entries))
    head = f"i18n-lock {SCHEMA} segmenter {SEGMENTER_VERSION}\n"
    return "\n".join([head, *terms, f"{_END}\n"]).encode("utf-8")


def read_lock(data: bytes) -> Lock:
    """The lock that a file holds, its terms in any order.

    Raises BadFile with line and column: not UTF-8, a merge conflict, another schema or segmenter
    than ours, a term twice, a line that is not in the grammar, a file that was cut off.
    """
    entries: dict[str, LockEntry] = {}
    for line, entry in _entries(data):
        if entry.slug in entries:
            raise _bad("lock-duplicate-slug", f"{entry.slug} is here a second time", line)
        entries[entry.slug] = entry
    return Lock(MappingProxyType(entries))


def cut_lock(data: bytes) -> Rows | None:
    """A lock's terms by slug, unread; None where it is not laid out as we write it."""
    head, *parts = data.removesuffix(b"\n").split(b"\n\n")
    if b"\r" in data or not data.endswith(b"\n") or not parts or parts[-1] != _END.encode():
        return None
    names = (part.partition(b"\n")[0] for part in parts[:-1])
    named = tuple(zip(map(_slug, names), parts[:-1], strict=True))
    rows = Rows(head, named, (parts[-1],))
    return rows if rows.is_ordered else None


def slugs_in(data: bytes) -> tuple[str, ...] | None:
    """The slugs of a lock's terms, no entry read; None where it is not laid out as we write it."""
    *names, end = _FIRST_LINE.findall(data) or [b""]
    if b"\r" in data or end != _END.encode() or not data.endswith(b"\n\n%b\n" % end):
        return None
    slugs = tuple(map(_slug, names))
    return slugs if slugs == tuple(sorted(slugs)) else None


def ordered_lock(data: bytes) -> Ordered:
    """A lock of which `slugs_in` knows the slugs, uncut."""
    return Ordered(data, _slug_at)


def _slug_at(data: bytes, start: int, end: int) -> str | None:
    name = data[start : data.find(b"\n", start, end)]
    return None if name == _END.encode() else _slug(name)


def _slug(name: bytes) -> str:
    return percent.decode(name.decode("utf-8", "replace"))


def read_entries(data: bytes) -> tuple[LockEntry, ...]:
    """All entries of a lock in which terms may stand more than once. Raises as `read_lock` does."""
    return tuple(entry for _, entry in _entries(data))


def entries_of(slugs: Collection[str], locks: Iterable[bytes]) -> Mapping[str, list[LockEntry]]:
    """What many versions of a lock know of a few terms, each state once; what is broken is not.

    A version differs from the next in a few terms, so that most of what is read was seen before.
    """
    wanted = {f"{_encoded(slug)}\n".encode(): slug for slug in slugs}
    parts = {
        (name, part.strip(b"\n"))
        for data in locks
        for part in data.split(b"\n\n")
        if (name := part.lstrip(b"\n").partition(b"\n")[0] + b"\n") in wanted
    }
    found: dict[str, list[LockEntry]] = {slug: [] for slug in slugs}
    for name, part in sorted(parts):
        values = part.decode("utf-8", "replace").partition("\n")[2]
        with suppress(BadFile):
            found[wanted[name]].append(_entry(wanted[name], 0, values))
    return found


def _entries(data: bytes) -> Iterator[tuple[int, LockEntry]]:
    rows = _rows(data)
    _check_head(*(rows[0] if rows else (1, "")))
    if rows[-1][1] != _END:
        raise _bad("lock-cut-off", "the last line is missing", rows[-1][0])
    for line, slug, values in _terms(rows[1:-1]):
        yield line, _entry(slug, line + 1, values)


def _written(entry: LockEntry) -> str:
    values = [f"source={entry.source or _NONE}", f"built={entry.built or _NONE}"]
    if entry.pending:
        values.append(f"pending={entry.pending}")
    if entry.texts:
        values.append(f"texts={entry.texts}")
    copied, links = sorted(entry.copied.items()), sorted(entry.links.items())
    fields = sorted(entry.fields.items())
    values += [f"copied.{_encoded(name)}={value or _NONE}" for name, value in copied]
    values += [f"links.{_encoded(name)}={_joined(slugs)}" for name, slugs in links]
    values += [f"fields.{_encoded(name)}={one},{two}" for name, (one, two) in fields]
    if entry.held is not None:
        values.append(f"held={','.join(entry.held) or _NONE}")
    values += [f"{name}={','.join(v or _NONE for v in all_)}" for name, all_ in _lists(entry)]
    return f"{_encoded(entry.slug)}\n {' '.join(values)}\n"


def _lists(entry: LockEntry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of hashes that are not empty, by name."""
    lists = {"segments": entry.segments, "written": entry.written, "blocks": entry.blocks}
    lists["omitted"] = entry.omitted
    yield from ((name, values) for name, values in lists.items() if values)


def _joined(slugs: tuple[str, ...]) -> str:
    return ",".join(map(_encoded, slugs)) or _NONE


def _encoded(name: str) -> str:
    return percent.encode(name, _UNSAFE)


def _rows(data: bytes) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _bad("not-utf-8", "bytes that are not UTF-8", line) from None
    rows = [(line, row.rstrip("\r")) for line, row in enumerate(text.split("\n"), 1)]
    if failure := unresolved(text, _last_slug):
        raise failure
    return [(line, row) for line, row in rows if row]


def _last_slug(part: str) -> str:
    """The term whose lines a part ends in; heads and ends are none."""
    rows = (row for row in reversed(part.split("\n")) if row.strip() and row[0] != " ")
    return next((percent.decode(row) for row in rows if not row.startswith("i18n-lock ")), "")


def _check_head(line: int, row: str) -> None:
    found = _HEAD.fullmatch(row)
    if not found or line > 1:
        raise _bad("lock-no-version", "the first line is not that of a lock", 1)
    if int(found[1]) > SCHEMA or int(found[2]) > SEGMENTER_VERSION:
        raise BadFile(
            "lock-newer",
            f"written by a newer i18n ({row})",
            mend="update i18n-pipeline",
            line=1,
            column=1,
        )
    if int(found[1]) < SCHEMA or int(found[2]) < SEGMENTER_VERSION:
        raise _bad("lock-no-version", f"there has never been such a lock ({row})", 1)


def _terms(rows: list[Row]) -> Iterator[tuple[int, str, str]]:
    """Line, slug and values of each term."""
    expected = iter(rows)
    for line, slug in expected:
        if slug.startswith(" "):
            raise _bad("lock-no-slug", "hashes without a slug above them", line)
        if " " in slug or _BAD_PERCENT.search(slug):
            raise _bad("lock-bad-slug", f"not a slug as locks write it: {slug}", line)
        after, values = next(expected, (0, ""))
        if after != line + 1 or not values.startswith(" "):
            raise _bad("lock-no-hashes", f"no hashes below {slug}", line)
        yield line, percent.decode(slug), values


def _entry(slug: str, line: int, values: str) -> LockEntry:
    hashes: dict[str, str] = {}
    copied: dict[str, str] = {}
    links: dict[str, tuple[str, ...]] = {}
    fields: dict[str, tuple[str, str]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for found in re.finditer("[^ ]+", values):
        place = line, found.start() + 1
        name, _, value = found[0].partition("=")
        kind, dot, field = name.partition(".")
        if kind == "links" and dot:
            _put(links, field, _slugs(value, place), place)
        elif kind == "copied" and dot:
            _put(copied, field, _hash(value, place), place)
        elif kind == "fields" and dot:
            _put(fields, field, _pair(value, place), place)
        elif name in ("segments", "written", "blocks", "omitted"):
            shape = _BLOCK if name == "blocks" else _SHORT_HASH
            _put(lists, name, tuple(_hashes(value, place, shape)), place)
        elif name == "held":
            _put(lists, name, () if value == _NONE else tuple(_hashes(value, place)), place)
        elif name in ("source", "built", "pending", "texts"):
            _put(hashes, name, _hash(value, place), place)
        else:
            raise _bad("lock-bad-value", f"unknown value {found[0]}", *place)
    if "source" not in hashes or "built" not in hashes:
        raise _bad("lock-no-hashes", f"{slug} lacks the hash of its source or built file", line)
    return LockEntry(
        slug=slug,
        **hashes,
        copied=MappingProxyType(copied),
        links=MappingProxyType(links),
        segments=lists.get("segments", ()),
        written=lists.get("written", ()),
        blocks=lists.get("blocks", ()),
        omitted=lists.get("omitted", ()),
        fields=MappingProxyType(fields),
        held=lists.get("held"),
    )


def _put(values: dict[str, Value], name: str, value: Value, place: Place) -> None:
    field = percent.decode(name)
    if field in values:
        raise _bad("lock-bad-value", f"{field} is here twice", *place)
    values[field] = value


def _hash(value: str, place: Place) -> str:
    if value == _NONE:
        return ""
    if not _HASH.fullmatch(value):
        raise _bad("lock-bad-hash", f"not a hash: {value or 'nothing'}", *place)
    return value


def _hashes(value: str, place: Place, shape: re.Pattern[str] = _SHORT_HASH) -> Iterator[str]:
    for one in value.split(","):
        if one != _NONE and not shape.fullmatch(one):
            raise _bad("lock-bad-hash", f"not a hash: {one or 'nothing'}", *place)
        yield "" if one == _NONE else one


def _pair(value: str, place: Place) -> tuple[str, str]:
    found = tuple(_hashes(value, place))
    if len(found) != 2 or not all(found):
        raise _bad("lock-bad-hash", f"not two hashes: {value or 'nothing'}", *place)
    return found[0], found[1]


def _slugs(value: str, place: Place) -> tuple[str, ...]:
    if value == _NONE:
        return ()
    slugs = value.split(",")
    if not all(slugs):
        raise _bad("lock-bad-value", "a list of links with an empty slug", *place)
    return tuple(map(percent.decode, slugs))


def _bad(code: str, message: str, line: int, column: int = 1) -> BadFile:
    return BadFile(code, message, mend=_MEND, line=line, column=column)
