"""What people reviewed in one locale, in a database: a run on a few terms asks it for texts.

It holds what files say, by the parts of them that a mark tells from what they were before. Parts
that changed are read again, so what it says is what the files say. It may be lost at any time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from i18n_pipeline.durable import discard
from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.memory import Unusable
from i18n_pipeline.model import Key, Kind, Segment, Unit, digest
from i18n_pipeline.stages.recall.entries import Entry, Fields, entries_of, fields_of, surroundings
from i18n_pipeline.stages.recall.index import Index, Postings, postings_of
from i18n_pipeline.stages.recall.stored import SCHEMA as POSTINGS
from i18n_pipeline.stages.recall.stored import from_bytes, to_bytes
from i18n_pipeline.stages.recall.wording import wording_of

SCHEMA = "i18n-reviewed/1"
"""Also of what entries and wordings are: where these change it is another one."""

_DRIFT = 10
"""From one in so many on that changed, parts or wordings, what is kept is made anew."""
_WAIT = 5.0
"""Seconds to wait for another run that has the database to itself."""
_NOWHERE = ":memory:"
_BUSY = (5, 6)
"""SQLITE_BUSY and SQLITE_LOCKED: another run has it (https://sqlite.org/rescode.html)."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE part (id INTEGER PRIMARY KEY, path TEXT, name TEXT, mark TEXT, fields TEXT);
CREATE INDEX part_by_name ON part (path, name);
CREATE TABLE entry (
    part INTEGER, wording INTEGER, source TEXT, target TEXT, sort TEXT, place TEXT,
    own INTEGER, exact INTEGER, around TEXT, sure INTEGER
);
CREATE INDEX entry_by_wording ON entry (wording);
CREATE INDEX entry_by_part ON entry (part);
CREATE TABLE postings (data BLOB);
CREATE TABLE drift (wording TEXT PRIMARY KEY, is_new INTEGER);
"""
_NAMES = ("about", "part", "entry", "postings", "drift")
_VIEWS = """
CREATE TEMP TABLE away (part INTEGER PRIMARY KEY);
CREATE TEMP VIEW followed AS SELECT * FROM entry WHERE part NOT IN (SELECT part FROM away);
CREATE TEMP VIEW left_out AS SELECT * FROM entry WHERE part IN (SELECT part FROM away);
"""

_PART_OF = """
SELECT DISTINCT path, name FROM part JOIN followed ON part.id = followed.part
WHERE followed.wording = ? AND followed.place = ? AND followed.target = ?
"""
_DAMAGE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError)
"""What comes of a database that is damaged: in its cells may be anything."""


class Part(NamedTuple):
    """A part of a file: what stands in it under a name, "" for all of it."""

    path: str
    name: str = ""


class Content(NamedTuple):
    """What a part of a file holds: units with their segments, or entries of an import."""

    part: Part
    units: Sequence[Unit] = ()
    segments: Mapping[Key, Segment] = {}
    entries: Sequence[Entry] = ()


Reading = Callable[[Collection[Part]], Iterator[Content]]


def reviewed_in(
    place: Path | None, parts: Mapping[Part, str], fields: Fields, read: Reading
) -> Reviewed:
    """What is reviewed in some parts of files, by the mark of each, as kept at a place.

    Parts that are not known by their mark are read. Where nothing can be kept (`place` is None, the
    file is damaged, cannot be written, or another run has it), all of them are. `fields` are known
    besides those of the parts. Raises what reading does.
    """
    for _ in range(0 if place is None else 2):
        try:
            return _following(str(place), parts, fields, read)
        except _DAMAGE as failure:
            if place is None or getattr(failure, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                break
            forget(place)
    return _following(_NOWHERE, parts, fields, read)


def forget(place: Path) -> None:
    """Remove what is kept at a place, if that is possible."""
    for path in (place, place.with_name(f"{place.name}-journal")):
        discard(path)


def _following(place: str, parts: Mapping[Part, str], fields: Fields, read: Reading) -> Reviewed:
    database = sqlite3.connect(place, timeout=_WAIT, isolation_level=None)
    try:
        found = Reviewed(database)
        found.follow(parts, fields, read)
    except BaseException:
        database.close()
        raise
    return found


class Reviewed:
    """What is reviewed in the parts of files that it follows. To be closed.

    Until then no other run has the database, and what is changed there is kept in the end. `fields`
    are those of all these parts. What asks it raises Unusable where the database fails.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._run = database.execute
        self._known: dict[str, Sequence[Entry]] = {}
        self._base: Postings | None = None
        self._read: Reading = lambda _parts: iter(())
        self.fields: Fields = {}
        self._run("BEGIN IMMEDIATE")
        if not self._run("SELECT 1 FROM sqlite_master").fetchone():
            self._make_tables()
        self._check()
        for one in _statements(_VIEWS):
            self._run(one)

    def close(self) -> None:
        """Keep what was changed, if that is possible, and let go of the database."""
        with suppress(sqlite3.Error):
            self._database.commit()
        self._database.close()

    def follow(self, parts: Mapping[Part, str], fields: Fields, read: Reading) -> None:
        """Know what these parts hold now, and leave out all others. Raises what reading does."""
        self._read = read
        known = self._parts()
        changed = [part for part, mark in parts.items() if known.get(part, ("",))[0] != mark]
        much = len(changed) + len(known.keys() - parts.keys())
        if much * _DRIFT > len(parts) or not self._take(changed, parts, fields, read):
            self._make_tables()
            self._take(parts, parts, fields, read)
        away = [(at,) for part, (_, at, _) in self._parts().items() if part not in parts]
        self._database.executemany("INSERT INTO temp.away VALUES (?)", away)

    def __bool__(self) -> bool:
        with _sound():
            return self._run("SELECT 1 FROM followed LIMIT 1").fetchone() is not None

    def of(self, wording: str) -> Sequence[Entry]:
        """What is reviewed of texts of a wording."""
        if wording not in self._known:
            with _sound():
                self._known[wording] = tuple(self._entries(wording))
        return self._known[wording]

    def index(self, wordings: frozenset[str]) -> Index:
        """An index of all that is followed, and of some wordings besides."""
        with _sound():
            base = self._postings()
            new, gone = self._drift()
            less = frozenset(self._only_away()) - wordings
            more = frozenset(one for one in wordings if not _has(self._database, one))
        return Index(
            base,
            postings_of((new - less) | (more - gone)),
            postings_of((gone - more) | (less - new)),
        )

    def confirm(self, entries: Iterable[Entry]) -> None:
        """Make sure that some entries are what files say, as many as it takes to go by them.

        Raises Unusable where one is not, and what reading does.
        """
        places: set[str] = set()
        for entry in sorted(entries, key=lambda one: (not one.sure, one.where)):
            if entry not in self._told_again(entry):
                raise Unusable
            places.add(entry.where)
            if entry.sure or len(places) > 1:
                return
        if not places:
            raise Unusable

    def _told_again(self, entry: Entry) -> Iterator[Entry]:
        """What the parts say now in which an entry is."""
        with _sound():
            found_by = _number_of(wording_of(entry.source)), entry.where, entry.target
            parts = [Part(*row) for row in self._run(_PART_OF, found_by)]
        for content in self._read(parts) if parts else ():
            around = surroundings(content.units)
            for one in entries_of(content.units, content.segments, self.fields):
                yield one._replace(around=around.get((one.where, one.source), ""))
            yield from content.entries

    def _take(
        self, wanted: Collection[Part], parts: Mapping[Part, str], fields: Fields, read: Reading
    ) -> bool:
        """Take in what some parts hold now.

        False where the fields of all are others than before: those say what obsolete texts mean,
        and that of parts which did not change is another now.
        """
        changes = _Changes(self._database, is_told=self._has_postings())
        for content in read(wanted) if wanted else ():
            changes.take(content, parts[content.part])
        known = self._parts()
        self.fields = dict(fields)
        for said in sorted({known[part][2] for part in parts}):
            self.fields |= _fields_in(said)
        changes.end(self.fields)
        said, before = json.dumps(self.fields, sort_keys=True), self._said("fields")
        if said != before:
            self._run("REPLACE INTO about VALUES ('fields', ?)", (said,))
        return before in ("", said)

    def _parts(self) -> Mapping[Part, tuple[str, int, str]]:
        """The parts that are known: the mark of each, its number, and its fields."""
        rows = self._run("SELECT path, name, mark, id, fields FROM part")
        return {Part(path, name): (mark, at, fields) for path, name, mark, at, fields in rows}

    def _entries(self, wording: str) -> Iterator[Entry]:
        asked = (
            "SELECT source, target, sort, place, own, exact, around, sure"
            " FROM followed WHERE wording = ?"
        )
        for row in self._run(asked, (_number_of(wording),)):
            source, target, sort, where, own, exact, around, sure = row
            if wording_of(source) == wording:
                sign = bool(own), bool(exact), around, bool(sure)
                yield Entry(source, target, sort, where, *sign)

    def _only_away(self) -> Iterator[str]:
        """The wordings that are in no part but some that are left out."""
        asked = (
            "SELECT DISTINCT source FROM left_out AS one"
            " WHERE NOT EXISTS (SELECT 1 FROM followed WHERE wording = one.wording)"
        )
        return _wordings(self._run(asked))

    def _has_postings(self) -> bool:
        return self._run("SELECT 1 FROM postings WHERE data IS NOT NULL").fetchone() is not None

    def _postings(self) -> Postings:
        """The postings of all wordings, but for what has drifted since."""
        if self._base is None:
            row = self._run("SELECT data FROM postings").fetchone()
            self._base = from_bytes(row[0] or b"") if row else None
        new, gone = self._drift()
        if self._base is None or (len(new) + len(gone)) * _DRIFT > len(self._base.wordings):
            self._base = postings_of(_wordings(self._run("SELECT DISTINCT source FROM entry")))
            self._run("DELETE FROM postings")
            self._run("DELETE FROM drift")
            self._run("INSERT INTO postings VALUES (?)", (to_bytes(self._base),))
        return self._base

    def _drift(self) -> tuple[frozenset[str], frozenset[str]]:
        """The wordings that came, and those that went, since the postings were made."""
        rows = self._run("SELECT wording, is_new FROM drift").fetchall()
        came = frozenset(wording for wording, is_new in rows if is_new)
        return came, frozenset(wording for wording, _ in rows) - came

    def _check(self) -> None:
        """Raises ValueError where it is not laid out as this version does, or has more in it."""
        made = self._run("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        laid_out = {sql for (sql,) in made} == {*_statements(_TABLES)}
        if not laid_out or self._said("schema") != _schema():
            raise ValueError(SCHEMA)

    def _make_tables(self) -> None:
        for name in _NAMES:
            self._run(f"DROP TABLE IF EXISTS {name}")
        for one in _statements(_TABLES):
            self._run(one)
        self._run("INSERT INTO about VALUES ('schema', ?)", (_schema(),))

    def _said(self, name: str) -> str:
        row = self._run("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""


class _Changes:
    """Parts of files that are read anew.

    Where postings are to be told what came and went, it is found out which wordings that are.
    """

    def __init__(self, database: sqlite3.Connection, *, is_told: bool) -> None:
        self._database, self._is_told = database, is_told
        self._was: dict[str, bool] = {}
        self._late: list[tuple[int, Unit]] = []

    def take(self, content: Content, mark: str) -> None:
        """Put what a part holds in the place of what it held before.

        What obsolete texts of fields mean is known in the `end`.
        """
        known, around = self._of(content.part), surroundings(content.units)
        late = [one for one in content.units if one.obsolete and one.field != FIELD]
        units = [one for one in content.units if one not in late] if late else content.units
        entries = (*entries_of(units, content.segments, {}), *content.entries)
        self._tell(known, (*entries, *late))
        number = self._anew(known, content, mark)
        self._add(
            (number, one._replace(around=one.around or around.get((one.where, one.source), "")))
            for one in entries
        )
        self._late += ((number, one) for one in late)

    def end(self, fields: Fields) -> None:
        """Add what waited for the fields of all, and say which wordings came and went."""
        self._add((at, entry) for at, one in self._late for entry in entries_of([one], {}, fields))
        for wording, was in self._was.items():
            if _has(self._database, wording) == was:
                continue
            known = self._database.execute("DELETE FROM drift WHERE wording = ?", (wording,))
            if not known.rowcount:
                self._database.execute("INSERT INTO drift VALUES (?, ?)", (wording, not was))

    def _anew(self, known: Iterable[int], content: Content, mark: str) -> int:
        """The number of a part of which nothing is known yet."""
        for number in known:
            self._database.execute("DELETE FROM entry WHERE part = ?", (number,))
            self._database.execute("DELETE FROM part WHERE id = ?", (number,))
        fields = json.dumps(fields_of(content.segments.values()), sort_keys=True)
        made = self._database.execute(
            "INSERT INTO part (path, name, mark, fields) VALUES (?, ?, ?, ?)",
            (*content.part, mark, fields),
        )
        return made.lastrowid or 0

    def _add(self, entries: Iterable[tuple[int, Entry]]) -> None:
        rows = ((at, _number_of(wording_of(one.source)), *one) for at, one in entries)
        self._database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _of(self, part: Part) -> list[int]:
        rows = self._database.execute("SELECT id FROM part WHERE path = ? AND name = ?", part)
        return [number for (number,) in rows]

    def _tell(self, known: Sequence[int], said: Sequence[Entry | Unit]) -> None:
        """Note which wordings are there before a part changes."""
        if not self._is_told:
            return
        wordings = set(_wordings((one.source,) for one in said))
        for number in known:
            wordings.update(_wordings(self._database.execute(
                "SELECT DISTINCT source FROM entry WHERE part = ?", (number,)
            )))  # fmt: skip
        for wording in wordings - self._was.keys():
            self._was[wording] = _has(self._database, wording)


def _has(database: sqlite3.Connection, wording: str) -> bool:
    """Whether a part of any file has a wording, also one that is left out."""
    asked = "SELECT 1 FROM entry WHERE wording = ? LIMIT 1"
    return database.execute(asked, (_number_of(wording),)).fetchone() is not None


def _number_of(wording: str) -> int:
    """What a wording is found by: a hash of 63 bits."""
    return int(digest(wording, 8), 16) >> 1


def _statements(said: str) -> list[str]:
    return [one.strip() for one in said.split(";") if one.strip()]


def _wordings(rows: Iterable[tuple[str]]) -> Iterator[str]:
    """The wordings of some sources, but for those that say nothing."""
    return filter(None, (wording_of(source) for (source,) in rows))


def _fields_in(said: str) -> dict[str, Kind]:
    return {name: Kind(kind) for name, kind in json.loads(said or "{}").items()}


def _schema() -> str:
    return f"{SCHEMA} {POSTINGS}"


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as failure:
        raise Unusable from failure
