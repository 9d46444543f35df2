"""What a locale remembers beside its units: translation memories of the project, and an index.

Both are kept in `.i18n/memory/` in a form that is quickly read, by the hashes of what they were
made from. What is kept may be lost at any time, and is never told of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from i18n_pipeline.errors import BadFile, CannotWrite, Problem
from i18n_pipeline.formats.tmx import Pair, Read, read_tmx
from i18n_pipeline.model import Kind, digest
from i18n_pipeline.patterns import is_wild
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.stages.recall.entries import ANY, NEVER, Entry, sort_of
from i18n_pipeline.stages.recall.index import Index, postings_of
from i18n_pipeline.stages.recall.stored import from_bytes, to_bytes
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import PRIVATE, Workspace

_SCHEMA = "i18n-imports/1"
_FEW = 5_000
"""Wordings of which an index is made as quickly as it is read."""
_DRIFT = 0.1
"""Share of wordings come and gone from which on an index is made anew."""
_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


@dataclass(frozen=True)
class Imports:
    """The translation memories that the configuration names, as far as one locale can use them."""

    workspace: Workspace
    locale: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The files there are."""
        return tuple(self._found[0])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with them; they are read where that is not known from before."""
        known = not self.paths or self._kept is not None
        return (*self._found[1], *(() if known else self._parsed[1]))

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """What those hold that can be read."""
        kept = _unpacked(self._kept) if self._kept is not None else None
        return tuple(_all_entries(self.read)) if kept is None else kept

    @property
    def marks(self) -> Mapping[str, str]:
        """What tells what each file holds from what it held before, by its path."""
        basis = [_SCHEMA, self.workspace.config.source, self.locale]
        return {path: digest(json.dumps([*basis, mark])) for path, mark in self._found[0].items()}

    def of(self, path: str) -> Sequence[Entry]:
        """What one of them holds that can be read."""
        return tuple(entry for entry in self.entries if entry.where == path)

    @property
    def read(self) -> Mapping[str, Read]:
        """What each file holds that can be read, by its path."""
        return self._parsed[0]

    @cached_property
    def _found(self) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
        """The files with their hashes, and what is wrong with some."""
        globs = self.workspace.config.settings(self.locale).memory.tmx
        hashes: dict[str, str] = {}
        problems: list[Problem] = []
        try:
            paths = self.workspace.named(globs)
        except BadFile as failure:
            return {}, (failure.problem,)
        for path in paths:
            try:
                hashes |= self.workspace.hashes([path])
            except BadFile as failure:
                problems.append(failure.problem)
        missing = (glob for glob in globs if not is_wild(glob) and glob not in paths)
        return hashes, (*problems, *map(_missing, missing))

    @cached_property
    def _parsed(self) -> tuple[Mapping[str, Read], tuple[Problem, ...]]:
        """What was read, and what could not be; where all could, it is kept for later runs."""
        found: dict[str, Read] = {}
        problems: list[Problem] = []
        for path in self.paths:
            try:
                data = self.workspace.read(path)
                read = read_tmx(data, self.workspace.config.source, (self.locale,))
                found[path] = read[self.locale]
            except BadFile as failure:
                problems.append(failure.at(path))
        if found and not problems:
            self._keep(tuple(_all_entries(found)))
        return found, tuple(problems)

    @cached_property
    def _kept(self) -> bytes | None:
        """What is kept of exactly these files, not yet looked at; None where that is nothing."""
        return opened(self._basis, _private(self.workspace, self._path))

    def _keep(self, entries: Sequence[Entry]) -> None:
        body = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
        _keep_private(self.workspace, self._path, sealed(self._basis, body))

    @property
    def _basis(self) -> str:
        source = self.workspace.config.source
        return digest(json.dumps([_SCHEMA, source, self.locale, sorted(self._found[0].items())]))

    @property
    def _path(self) -> str:
        return f"{PRIVATE}/memory/{self.locale}.imports"


def kept_reviewed(workspace: Workspace, locale: str) -> Path | None:
    """Where it is kept what is reviewed in a locale; None where there is no place for it."""
    return workspace.place_for(f"{PRIVATE}/memory/{locale}.sqlite")


def forget_kept(workspace: Workspace, locale: str) -> None:
    """Let go of texts that are kept beside the files they come from, in a form quickly read."""
    from i18n_pipeline.memory.reviewed import forget  # it loads SQLite

    step = {f"{PRIVATE}/memory/{locale}.{kind}": None for kind in ("imports", "index")}
    with suppress(CannotWrite):
        workspace.save([step])
    if place := kept_reviewed(workspace, locale):
        forget(place)


def index_of(workspace: Workspace, locale: str, wordings: frozenset[str]) -> Index:
    """An index of wordings; that of an earlier run where nearly all of them are the same."""
    if len(wordings) < _FEW:
        return Index.of(wordings)
    path = f"{PRIVATE}/memory/{locale}.index"
    base = from_bytes(_private(workspace, path) or b"")
    index = Index.of(wordings, base) if base is not None else None
    if index is not None and index.drift <= _DRIFT * len(wordings):
        return index
    postings = postings_of(wordings)
    if (data := to_bytes(postings)) is not None:
        _keep_private(workspace, path, data)
    return Index(postings)


def _private(workspace: Workspace, path: str) -> bytes | None:
    """What is kept at a path; None where it cannot be read."""
    try:
        return workspace.read_optional(path)
    except BadFile:
        return None


def _keep_private(workspace: Workspace, path: str, data: bytes) -> None:
    """Keep something where there is a place for it; nothing fails for want of it."""
    if (workspace.root / PRIVATE).is_dir():
        try:
            workspace.save([{path: data}])
        except CannotWrite:
            return


def _missing(path: str) -> Problem:
    message = "`tmx` of [memory] names it, and it is not there"
    mend = "put it there, or take it out of the configuration"
    return Problem(path, 0, 0, "not-found", message, mend)


def _all_entries(found: Mapping[str, Read]) -> Iterator[Entry]:
    for path, read in found.items():
        yield from _entries(path, read)


def _entries(path: str, read: Read) -> Iterator[Entry]:
    for pair in read.pairs:
        sort = _sort(pair)
        if sort is not None:
            yield Entry(
                pair.source, pair.target, sort, path, own=False, exact=pair.exact,
                around=pair.place.around,
            )  # fmt: skip


def _sort(pair: Pair) -> str | None:
    """What a text may serve as; None for nothing."""
    kind = _KINDS.get(pair.place.kind)
    if kind is None:
        return ANY
    return None if kind in NEVER else sort_of(kind)


def _unpacked(data: bytes) -> tuple[Entry, ...] | None:
    """Entries as they were kept; None for what is none."""
    try:
        rows = json.loads(data)
        return tuple(Entry(*row) for row in rows) if isinstance(rows, list) else None
    except (ValueError, TypeError, RecursionError):
        return None
