"""Receipts that machines share: a project's folder, kept level with a PostgreSQL.

The folder is what a run reads, and where an answer is durable first; the database is where folders
meet, and where runs see what others ask for. Without it nothing is asked, and nothing is lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from i18n_pipeline.errors import I18nError, QuotaExceeded
from i18n_pipeline.expressions import expression
from i18n_pipeline.memory.batches import Intent, Receipt, read_batch
from i18n_pipeline.memory.postgres import Claim, Database, Month, Stored
from i18n_pipeline.memory.receipts import Receipts, tag_of
from i18n_pipeline.model import digest

_LOOK_AGAIN = 0.2
"""Seconds after which a text that another run asks for is looked for again."""

_MONTH = expression(r"[0-9]{4}-[0-9]{2}")
_MOST = 10**12
"""Characters beyond which a file's bill is a forgery."""


class Shared(Receipts):
    """The receipts of a project and of all who share the database."""

    def __init__(
        self, folder: Path, database: Database, month: Month, sleep: Callable[[float], None]
    ) -> None:
        """`folder` is the project's `.i18n/`, `month` what may be sent in it by all together."""
        super().__init__(folder)
        self._database, self._month, self._sleep = database, month, sleep
        self._seen: dict[str, int] = {}
        self._came: dict[str, set[str]] = {}
        self._open: set[Intent] = set()
        self._taking = threading.Lock()

    def close(self) -> None:
        """End the session with the database."""
        self._database.close()

    def bring_level(self, locales: Sequence[str]) -> None:
        """What is there and not here comes down, what is here and not there goes up.

        So do requests that runs left without an answer when they ended. Raises I18nError.
        """
        tags = [tag_of(one) for one in locales]
        there = self._database.names(tags)
        for tag in tags:
            here = {path.stem: path for path in self._files(tag)}
            for name, data in self._database.files(tag, there[tag].keys() - here.keys()):
                self._save(tag, name, data)
            ours = (here[name] for name in sorted(here.keys() - there[tag].keys()))
            self._database.add(filter(None, (self._stored(tag, path) for path in ours)))
            self._seen[tag] = max(there[tag].values(), default=0)
        self._take_over(tags)

    def billed_in(self, month: str) -> int:
        """Characters billed in a month, for whatever machine and locale, and what is under way."""
        return self._database.billed(month)

    def intend(self, locale: str, characters: Mapping[str, int]) -> Intent:
        """Say what is about to be asked, once no other run asks for any of it.

        Raises QuotaExceeded where the month's budget does not hold it.
        """
        tag, left = tag_of(locale), characters
        while left := self._unanswered_elsewhere(tag, left):
            intent = self._wish(tag, left)
            match self._database.claim(intent, self._seen.get(tag, 0), self._month):
                case Claim.GRANTED:
                    self._expect(intent)
                    self._open.add(intent)
                    return intent
                case Claim.SPENT:
                    raise QuotaExceeded(
                        f"the budget of {self._month.characters} characters for "
                        f"{self._month.name} is used up",
                        "go on next month, or raise month_chars in [budget]",
                    )
                case Claim.LEFT:
                    self._take_over([tag])
                case Claim.BUSY:
                    self._sleep(_LOOK_AGAIN)
                case Claim.STALE:
                    self._take_in(tag)
        return Intent(tag, ())

    def note(self, locale: str, characters: Mapping[str, int]) -> Intent:
        """Write down, for all to see if this run does not come to tell it, what may be billed."""
        intent = self._next(tag_of(locale), characters)
        self._database.note(intent)
        return intent

    def keep(self, intent: Intent, receipts: Sequence[Receipt]) -> None:
        """Keep answers here, and then for all; what could not go up goes with the next run."""
        data = self._keep(intent, receipts)
        if not data:
            return
        answered = self._is_answered(intent)
        self._database.keep(_as_stored(intent.locale, data), intent if answered else None)
        if answered:
            self._open.discard(intent)

    def settle(self, intent: Intent) -> None:
        """Forget an intent of which nothing was billed."""
        if intent in self._open:
            self._database.release(intent)
            self._open.discard(intent)

    def possibly_billed(self, locale: str) -> int:
        """Characters asked for and not answered, by runs that are over."""
        with suppress(I18nError):  # a report is due; what could not be asked is told by the next
            self._take_over([tag_of(locale)])
        return super().possibly_billed(locale)

    def forget_intents(self, locale: str) -> None:
        """Take away what unanswered requests left, once it has been reported."""
        super().forget_intents(locale)
        with suppress(I18nError):
            self._database.forget(tag_of(locale))

    def _take_in(self, tag: str) -> None:
        """Take in what other runs have stored meanwhile."""
        with self._taking:
            for number, name, data in self._database.news(tag, self._seen.get(tag, 0)):
                if self._save(tag, name, data):
                    receipts = read_batch(data).receipts
                    self._hold(tag, receipts)
                    self._came.setdefault(tag, set()).update(one.key for one in receipts)
                self._seen[tag] = number

    def _unanswered_elsewhere(self, tag: str, characters: Mapping[str, int]) -> Mapping[str, int]:
        """What is still to be asked. An answer of others is held against a wish once."""
        with self._lock:
            came = self._came.setdefault(tag, set())
            answered = came & characters.keys()
            came -= answered
        return {key: size for key, size in characters.items() if key not in answered}

    def _save(self, tag: str, name: str, data: bytes) -> bool:
        """Write a file that came down; False for one we have, or that is not what its name says."""
        new = digest(data) == name and not self._path(tag, name).exists()
        if new:
            self._write_file(tag, data)
        return new

    def _bytes(self, path: Path) -> bytes:
        """The bytes of a file; what was damaged here comes down once more, where it is whole."""
        data, tag, name = super()._bytes(path), path.parent.name, path.stem
        if digest(data) == name:
            return data
        with suppress(I18nError):  # it is told as damaged then
            for _, whole in self._database.files(tag, [name]):
                if digest(whole) == name:
                    self._write_file(tag, whole)
                    return whole
        return data

    def _stored(self, tag: str, path: Path) -> Stored | None:
        """A file as it goes up; None where it is damaged, or of a later version."""
        data = self._bytes(path)
        sound = digest(data) == path.stem and not read_batch(data).newer
        return _as_stored(tag, data) if sound else None

    def _take_over(self, tags: Sequence[str]) -> None:
        self._database.take_over(tags, self._month, self._bring_home)

    def _bring_home(self, intent: Intent) -> None:
        self._write_intent(intent)
        self._expect(intent)


def _as_stored(tag: str, data: bytes) -> Stored:
    receipts = read_batch(data).receipts
    month = max((one.when[:7] for one in receipts), default="")
    billed = sum(one.billed for one in receipts)
    known = bool(_MONTH.fullmatch(month))
    return Stored(tag, digest(data), data, month if known else "", max(0, min(billed, _MOST)))
