"""Receipts: a provider's answers as they came, kept so that nothing is paid for twice.

One file a batch under `.i18n/receipts/<locale>/`, named by its content and never changed: the
folders of two machines are merged by copying them together. Before a request goes out its intent
is written beside them, and taken away when its answers are kept; an intent that is still there
got no answer, and what it asked for may have been billed. It stays until a report has told that.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from i18n_pipeline.durable import make_private, remove_durably, write_durably
from i18n_pipeline.errors import BadFile, CannotWrite, Problem
from i18n_pipeline.memory.batches import (
    Intent,
    Line,
    Receipt,
    lines_of,
    read_batch,
    read_intent,
    write_batch,
    write_intent,
)
from i18n_pipeline.memory.held import Held
from i18n_pipeline.memory.whereabouts import Growing, Whereabouts, listable, read_whereabouts
from i18n_pipeline.model import digest
from i18n_pipeline.values import replace

__all__ = ["Intent", "Receipt", "Receipts", "about", "receipt_key", "tag_of"]

_FEW = 1000
"""So many receipts of files that are not indexed are read: that takes some ten milliseconds."""

_GROWS = 20
"""An index is written anew once there are more than one in so many that it does not know."""

_OPEN = 32
"""Files of which lines are held that were not asked for: what is asked together lies together."""

_UPDATE = "update i18n-pipeline, or move the file away and pay again"


@lru_cache(maxsize=8192)  # a text is looked up several times while it climbs
def receipt_key(source: str, target: str, text: str, entries: tuple[tuple[str, str], ...]) -> str:
    """What a receipt is found by: locales, protected text, and the terms that occur in it.

    Nothing else: an edited definition, another model or a new name elsewhere asks for nothing.
    """
    terms = sorted(set(entries))
    return digest(json.dumps([tag_of(source), tag_of(target), text, terms], ensure_ascii=False))


def about(text: str) -> str:
    """What all receipts of one protected text share, whatever terms were in force."""
    return digest(text, 8)


class Receipts:
    """The receipts of a project, read when first asked for. Safe to use from several threads.

    Reading raises BadFile, its path set, where files are there and the system does not give them.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is the project's `.i18n/`; it is made when something is written."""
        self._home = folder
        self._index: dict[str, Held] = {}
        self._problems: list[Problem] = []
        self._newer: dict[str, BadFile] = {}
        self._lock = threading.RLock()
        self._lines = lru_cache(maxsize=_OPEN)(self._lines_by_key)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found damaged so far, one for a file; its good lines count all the same."""
        return tuple(self._problems)

    def find(self, locale: str, key: str) -> Receipt | None:
        """The receipt in force for a key, or None."""
        history = self.history(locale, key)
        return history[0] if history else None

    def history(self, locale: str, key: str) -> tuple[Receipt, ...]:
        """All receipts of a key, the one in force first."""
        held = self._held(locale, (key,))
        with self._lock:
            return tuple(reversed(held.of(key)))

    def all(self, locale: str) -> tuple[Receipt, ...]:
        """All receipts of a locale, those of one key from the oldest to the one in force."""
        held = self._of(locale)
        with self._lock:
            return tuple(one for kept in held.all() for one in kept)

    def answers(self, locale: str, text: str) -> tuple[Receipt, ...]:
        """All receipts of a protected text, under whatever terms, the newest first."""
        held = self._of(locale)
        with self._lock:
            return held.by_text.get(about(text), ())

    def knows(self, locale: str, text: str) -> bool:
        """Whether a protected text was ever answered, under whatever terms."""
        held, wanted = self._held(locale), about(text)
        if held.away:
            return wanted in self._of(locale).texts
        return wanted in held.texts or held.kept.knows(wanted)

    def fingerprint(self, locale: str) -> str:
        """Hash of which receipts and intents there are; a file never changes under its name."""
        tag = tag_of(locale)
        names = sorted(path.name for path in (*self._files(tag), *self._intent_files(tag)))
        return digest("\n".join(names))

    def intend(self, locale: str, characters: Mapping[str, int]) -> Intent:
        """Write down, durably, what is about to be asked: characters by key. Raises CannotWrite.

        Raises BadFile where a newer version of ours kept receipts: they may hold the answers. What
        the intent does not ask for was answered elsewhere meanwhile, and is there now.
        """
        return self.note(locale, characters)

    def note(self, locale: str, characters: Mapping[str, int]) -> Intent:
        """Write down, durably, what may be billed: characters by key. Raises as `intend`.

        Each asks for rounds of its own, so that no answer to a later one settles it.
        """
        intent = self._next(tag_of(locale), characters)
        self._write_intent(intent)
        return intent

    def _next(self, tag: str, characters: Mapping[str, int]) -> Intent:
        """The intent to ask for some keys, which nobody else in this run has."""
        with self._lock:
            intent = self._wish(tag, characters)
            self._held(tag).expect(intent)
        return intent

    def _wish(self, tag: str, characters: Mapping[str, int]) -> Intent:
        held = self._held(tag, characters)
        if newer := self._newer.get(tag):
            raise newer
        asked = sorted((key, size, held.next_round(key)) for key, size in characters.items())
        return Intent(tag, tuple(asked))

    def keep(self, intent: Intent, receipts: Sequence[Receipt]) -> None:
        """Keep answers durably; the intent goes when all it asked for is there.

        May be called for parts of a request, as they come. Raises CannotWrite.
        """
        self._keep(intent, receipts)
        if self._is_answered(intent):
            self.settle(intent)

    def _keep(self, intent: Intent, receipts: Sequence[Receipt]) -> bytes:
        """Keep answers in a file, and give back what is in it; nothing where there are none."""
        rounds = {key: wanted for key, _, wanted in intent.asked}
        kept = [replace(one, round=rounds[one.key]) for one in receipts]
        data = self._write(intent.locale, kept) if kept else b""
        self._hold(intent.locale, kept, digest(data))
        return data

    def _expect(self, intent: Intent) -> None:
        with self._lock:
            self._held(intent.locale).expect(intent)

    def _hold(self, tag: str, receipts: Iterable[Receipt], file: str = "") -> None:
        with self._lock:
            held = self._held(tag)
            for one in receipts:
                held.add(one)
            if file:
                held.recent.append((file, tuple(one.key for one in receipts)))

    def _is_answered(self, intent: Intent) -> bool:
        with self._lock:
            return not _unanswered(intent, self._held(intent.locale, intent.keys))

    def settle(self, intent: Intent) -> None:
        """Forget an intent of which nothing was billed: it was refused, or never left."""
        self._remove_intent(intent)

    def _remove_intent(self, intent: Intent) -> None:
        path = self._intent_path(intent)
        if path.exists():
            remove_durably(path)

    def possibly_billed(self, locale: str) -> int:
        """Characters asked for and not answered, of which it is unknown what they cost."""
        asked = tuple(self._intents(locale))
        keys = [key for intent in asked for key in intent.keys]
        held = self._held(locale, keys) if asked else Held()
        with self._lock:
            return sum(sum(_unanswered(intent, held)) for intent in asked)

    def forget_intents(self, locale: str) -> None:
        """Take away what unanswered requests left, once it has been reported."""
        for intent in tuple(self._intents(locale)):
            self._remove_intent(intent)

    def billed_in(self, month: str) -> int:
        """Characters billed in a month ("2026-11"), for whatever locale."""
        folder = self._home / "receipts"
        tags = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        receipts = (one for tag in tags for one in self.all(tag))
        return sum(one.billed for one in receipts if one.when.startswith(month))

    def let_go(self) -> None:
        """Hold nothing any more of what is on disk anyway; who asks has it read again."""
        with self._lock:
            self._index.clear()
            self._lines.cache_clear()

    def put_away(self, locale: str, but: Collection[str] = ()) -> None:
        """Hold no more of what this run was answered than where it lies, `but` for some keys.

        Who asks for another one has it read again.
        """
        with self._lock:
            held = self._index.get(tag_of(locale))
            if held is not None:
                held.put_away(but)

    def were_put_away(self, locale: str, keys: Iterable[str]) -> bool:
        """Whether one of some keys was put away: then this run was answered for it."""
        held = self._index.get(tag_of(locale))
        return held is not None and any(key in held.back or key in held.away for key in keys)

    def _of(self, locale: str) -> Held:
        """All that there is for a locale."""
        tag = tag_of(locale)
        found = self._index.get(tag)
        # What is read while others write holds whole receipts all the same.
        if found is not None and found.is_whole:
            return found
        with self._lock:
            found = self._index.get(tag)
            if found is None or not found.is_whole:
                found = self._index[tag] = self._load(tag)
            return found

    def _held(self, locale: str, keys: Iterable[str] = ()) -> Held:
        """What is held for a locale, and of some keys all that there is."""
        tag = tag_of(locale)
        found = self._index.get(tag)
        if found is None:
            with self._lock:
                found = self._index.get(tag) or self._load(tag, self._whereabouts(tag))
                self._index[tag] = found
        if not found.is_whole:
            with self._lock:
                for key in keys:
                    self._bring(found, tag, key)
        return found

    def _bring(self, held: Held, tag: str, key: str) -> None:
        """Hold all receipts of a key, wherever they lie. Raises BadFile, and then none is lost."""
        if file := held.away.pop(key):
            try:
                self._fetch(held, key, self._path(tag, file))
            except BadFile:
                held.away.put(key, file)
                raise
            held.back.add(key)
        if held.kept and key not in held.fetched:
            for name in held.kept.files_of(key):
                self._fetch(held, key, self._path(tag, name))
            held.fetched.add(key)

    def _fetch(self, held: Held, key: str, path: Path) -> None:
        """Hold the receipts of a key that a file has."""
        lines = self._lines(path)
        if lines is not None:
            held.put_by(lines.get(key, ()))
            return
        for receipt in self._read(path, self._bytes(path)):
            if receipt.key == key:
                held.add(receipt)

    def _lines_by_key(self, path: Path) -> Mapping[str, Sequence[Line]] | None:
        lines = _intact(path, self._bytes(path))
        if lines is None:
            return None
        found: dict[str, list[Line]] = {}
        for line in lines:
            found.setdefault(line.key, []).append(line)
        return found

    def _load(self, tag: str, kept: Whereabouts | None = None) -> Held:
        """The receipts of all files; with an index, of those that are too few to be put there."""
        held, known = Held(), kept or Whereabouts()
        growing, indexed = Growing(known, max(_FEW, len(known) // _GROWS)), frozenset(known.files)
        for path in (one for one in self._files(tag) if one.stem not in indexed):
            data = self._bytes(path)
            lines = _intact(path, data)
            if lines is None:
                for receipt in self._read(path, data):
                    held.add(receipt)
            elif kept is None or not listable(lines):
                held.put_by(lines)
            else:
                growing.add(path.stem, lines)
        held.kept = growing.grown()
        held.put_by(growing.late)
        if growing.has_grown:
            with suppress(CannotWrite):
                write_durably(self._index_path(tag), held.kept.to_bytes())
        for intent in self._intents(tag):
            held.expect(intent)
        return held

    def _whereabouts(self, tag: str) -> Whereabouts:
        """The index of a locale's receipts as it was kept; nothing where a file has gone since."""
        try:
            found = read_whereabouts(self._index_path(tag).read_bytes())
        except OSError:
            return Whereabouts()
        there = {path.stem: path for path in self._files(tag)}
        if not there.keys() >= {*found.files}:
            return Whereabouts()
        for name in found.files:  # now, before anything is paid for, and not when one is asked for
            if not os.access(there[name], os.R_OK):
                self._bytes(there[name])
        return found

    def _index_path(self, tag: str) -> Path:
        return self._home / "memory" / f"{tag}.receipts"

    def _files(self, tag: str, folder: str = "", ending: str = ".jsonl") -> list[Path]:
        """The files of a locale; `glob` would take a folder that may not be read for empty."""
        place = self._folder(tag) / folder
        try:
            found = sorted(place.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._unreadable(place, error) from error
        return [path for path in found if path.suffix == ending]

    def _intent_files(self, tag: str) -> list[Path]:
        return self._files(tag, "intents", ".json")

    def _read(self, path: Path, data: bytes) -> Iterator[Receipt]:
        batch = read_batch(data)
        if batch.newer:
            self._complain_of_newer(path)
        if batch.damage:
            self._complain(path, batch.damage)
        yield from batch.receipts

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise self._unreadable(path, error) from error

    def _unreadable(self, path: Path, error: OSError) -> BadFile:
        """What ends a run: what was answered is kept there, and would be paid for again."""
        failure = BadFile(
            "receipts-unreadable",
            f"cannot be read: {error.strerror or error}",
            mend="make it readable: what it holds would be paid for again",
        )
        failure.problem = failure.at(self._shown(path))
        return failure

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._home.parent).as_posix()

    def _complain(self, path: Path, what: str) -> None:
        problem = Problem(
            self._shown(path),
            0,
            0,
            "receipt-damaged",
            f"the file {what}",
            "what it held will be asked again; remove it, or put back a copy",
        )
        self._tell(problem)

    def _complain_of_newer(self, path: Path) -> None:
        where = path.relative_to(self._home.parent).as_posix()
        message, mend = "written by a newer i18n: nothing is asked, it may be paid for", _UPDATE
        self._newer[path.parent.name] = BadFile("receipt-newer", message, mend=mend)
        self._tell(Problem(where, 1, 1, "receipt-newer", message, mend))

    def _tell(self, problem: Problem) -> None:
        """Once, however often the file is read."""
        if problem not in self._problems:
            self._problems.append(problem)

    def _write(self, tag: str, receipts: Sequence[Receipt]) -> bytes:
        data = write_batch(receipts)
        self._write_file(tag, data)
        return data

    def _write_file(self, tag: str, data: bytes) -> None:
        make_private(self._home)
        write_durably(self._path(tag, digest(data)), data)

    def _path(self, tag: str, name: str) -> Path:
        return self._folder(tag) / f"{name}.jsonl"

    def _write_intent(self, intent: Intent) -> None:
        make_private(self._home)
        write_durably(self._intent_path(intent), write_intent(intent))

    def _intents(self, locale: str) -> Iterator[Intent]:
        tag = tag_of(locale)
        for path in self._intent_files(tag):
            intent = _read_intent(tag, path)
            if intent is None:
                self._complain(path, "is not an intent")
            else:
                yield intent

    def _intent_path(self, intent: Intent) -> Path:
        return self._folder(intent.locale) / "intents" / f"{intent.name}.json"

    def _folder(self, tag: str) -> Path:
        return self._home / "receipts" / tag


@lru_cache(maxsize=256)
def tag_of(locale: str) -> str:
    """A locale as it is spelled here: one spelling, and nothing a path could trip over."""
    return re.sub(r"[^a-z0-9-]", "-", locale.replace("_", "-").casefold())


def _intact(path: Path, data: bytes) -> tuple[Line, ...] | None:
    """The lines of a file that is named by its content, and so as we wrote it; None for another."""
    return lines_of(data) if digest(data) == path.stem else None


def _unanswered(intent: Intent, held: Held) -> list[int]:
    """Characters of each text an intent asked for and nothing was kept for."""
    return [size for key, size, wanted in intent.asked if not held.has(key, wanted)]


def _read_intent(tag: str, path: Path) -> Intent | None:
    try:
        return read_intent(tag, path.read_bytes())
    except OSError:
        return None
