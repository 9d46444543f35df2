"""The glossaries a project keeps at DeepL: one for all its locales, named by what it holds.

Made once: a creation without an answer is looked for, never sent again. Where the account allows
no further glossary (API Free: one), ours is rewritten in place, under a name that nobody looks for
until it is done. Versions nobody needs any more are deleted, never a stranger's.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from i18n_pipeline.errors import I18nError, ProviderUnavailable, QuotaExceeded, RequestRefused
from i18n_pipeline.providers.base import Request, Settings, Terms
from i18n_pipeline.providers.deepl.entries import Dictionary, Wanted, clean, pair_of, wanted
from i18n_pipeline.providers.deepl.found import Found
from i18n_pipeline.providers.retry import Fault, Limit, Patience
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from deepl import DeepLClient
    from deepl.api_data import MultilingualGlossaryDictionaryEntries, MultilingualGlossaryInfo

    from i18n_pipeline.providers.deepl.line import Line

KEPT = timedelta(days=7)
"""How long a glossary of ours that another has replaced may still serve a run elsewhere."""

_MOST_DELETED = 20
_LOOKS = 3  # for a glossary whose creation got no answer
_BETWEEN_LOOKS = 5.0  # seconds

_ONCE = Patience(
    {Fault.BUSY: Limit(8, 60.0), Fault.BROKEN: Limit(1, 0.0), Fault.LOST: Limit(1, 0.0)}
)
_NO_PATIENCE = Patience({fault: Limit(1, 0.0) for fault in Fault})


class Did(StrEnum):
    """What becomes of a glossary that is wanted."""

    FOUND = "found"
    CREATED = "created"
    REWRITTEN = "rewritten"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one glossary stands at DeepL.

    `current` holds what is wanted, `ours` are the other versions of it, oldest first; `others`
    counts what else the account has.
    """

    current: MultilingualGlossaryInfo | None
    ours: tuple[MultilingualGlossaryInfo, ...]
    others: int

    def old(self, now: datetime) -> tuple[MultilingualGlossaryInfo, ...]:
        """Versions that no run can be using any more."""
        return tuple(one for one in self.ours if now - one.creation_time > KEPT)[:_MOST_DELETED]

    def next_step(self, *, free: bool) -> Did:
        """What obtaining it would do."""
        if self.current:
            return Did.FOUND
        if free and self.ours:
            return Did.REWRITTEN
        return Did.REFUSED if free and self.others else Did.CREATED


@dataclass(frozen=True, slots=True)
class Obtained:
    """A glossary that can be used, and what had to be done for it."""

    id: str
    did: Did
    created: datetime


@dataclass(slots=True)
class Glossaries:
    """A project's glossaries at DeepL, made when first needed. Safe to use from several threads."""

    line: Line
    settings: Settings
    _told: dict[str, Terms] = field(default_factory=dict)
    _asked: dict[tuple[str, str, Terms], Wanted] = field(default_factory=dict)
    _named: dict[str, Found] = field(default_factory=dict)
    _old: dict[str, Shelf] = field(default_factory=dict)
    _worked: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, request: Request) -> Found:
        """The glossary for a request, made if need be.

        Raises what a call to DeepL raises, ProviderUnavailable also where a glossary is refused
        or where it stays unknown whether it was made.
        """
        if not clean(request.glossary):
            return Found()
        if not pair_of(request.source, request.target):
            return Found("", f"DeepL has no glossaries for {request.target}")
        with self._lock:
            if self._worked:
                self._tidy()
            needed = self._needed(request)
            if needed.name not in self._named:
                self._named[needed.name] = self._obtain(needed)
            return self._named[needed.name]

    def forget(self, identity: str) -> bool:
        """Look for a glossary anew that is not there any more. False where none was known."""
        with self._lock:
            names = [name for name, found in self._named.items() if found.id == identity != ""]
            for name in names:
                del self._named[name]
            return bool(names)

    def worked(self) -> None:
        """A request was answered: what was replaced may go, before the next one is sent."""
        self._worked = True

    def shelves(self, source: str, targets: Iterable[str]) -> tuple[Shelf, ...]:
        """The glossaries that serve these locales, each once."""
        targets = [t for t in targets if pair_of(source, t) and clean(self._known.get(t, ()))]
        needed = (wanted(self.settings.project, source, self._known, t) for t in targets)
        return tuple(Shelf(self.line, one) for one in dict.fromkeys(needed))

    @property
    def _known(self) -> Mapping[str, Terms]:
        """The terminology of each target: what a request told last, else what the run began with.

        The latter is looked at when it is needed: to know it takes reading all locales.
        """
        return {**self.settings.glossaries, **self._told}

    def _needed(self, request: Request) -> Wanted:
        asked = (request.source, request.target, request.glossary)
        if asked not in self._asked:
            self._told[request.target] = request.glossary
            project = self.settings.project
            self._asked[asked] = wanted(project, request.source, self._known, request.target)
        return self._asked[asked]

    def _obtain(self, needed: Wanted) -> Found:
        shelf = Shelf(self.line, needed)
        try:
            standing = shelf.look()
            obtained = shelf.obtain(standing)
        except QuotaExceeded:
            # On glossaries this is their limit, or too many calls: characters may well be left.
            return Found("", "DeepL allows no further glossary: terms are only checked")
        except RequestRefused as refusal:
            message = f"DeepL does not take the glossary: {refusal.message}"
            raise ProviderUnavailable(message, "look at its entries") from None
        # Its own age stands in for the time of day: whatever is older by so much is old.
        self._old |= {one.glossary_id: shelf for one in standing.old(obtained.created)}
        return Found(obtained.id)

    def _tidy(self) -> None:
        """Delete what was replaced long ago. What cannot be deleted now is found by a later run."""
        self._worked, old, self._old = False, self._old, {}
        for identity, shelf in old.items():
            if not shelf.delete(identity):
                return


@dataclass(frozen=True, slots=True)
class Shelf:
    """The versions of one glossary on DeepL's side."""

    line: Line
    needed: Wanted

    def look(self) -> Standing:
        """How it stands. Raises what a call to DeepL raises."""
        listed = self._list()
        current = self._finished(listed)
        family = [one for one in listed if one.name.rpartition("/")[0] == self.needed.family]
        ours = tuple(one for one in family if one is not current)
        return Standing(current, ours, len(listed) - len(family))

    def obtain(self, standing: Standing) -> Obtained:
        """Find, make or rewrite it. Raises QuotaExceeded where that is not possible."""
        if standing.current:
            return _as(Did.FOUND, standing.current)
        try:
            return _as(Did.CREATED, self._make())
        except QuotaExceeded:
            if not standing.ours:
                raise
            last = standing.ours[-1]
            self._rewrite(last.glossary_id)
            return _as(Did.REWRITTEN, last)

    def delete(self, identity: str) -> bool:
        """Delete one version, tried once. False where that failed."""
        try:
            self.line.call(
                lambda client: client.delete_multilingual_glossary(identity), _NO_PATIENCE
            )
        except I18nError:
            return False
        return True

    def _list(self) -> list[MultilingualGlossaryInfo]:
        """Glossaries of the account, oldest first."""
        listed, _ = self.line.call(_oldest_first)
        return listed

    def _finished(
        self, listed: Sequence[MultilingualGlossaryInfo]
    ) -> MultilingualGlossaryInfo | None:
        """The newest that has the name and all it stands for."""
        parts = {(one.source, one.target, len(one.entries)) for one in self.needed.dictionaries}
        return next(
            (
                one
                for one in reversed(listed)
                if one.name == self.needed.name
                and parts
                <= {(d.source_lang, d.target_lang, d.entry_count) for d in one.dictionaries}
            ),
            None,
        )

    def _make(self) -> MultilingualGlossaryInfo:
        dictionaries = [_for_client(one) for one in self.needed.dictionaries]
        try:
            made, _ = self.line.call(
                lambda client: client.create_multilingual_glossary(self.needed.name, dictionaries),
                _ONCE,
            )
        except RequestRefused:
            raise
        except ProviderUnavailable as unclear:
            return self._look_for(unclear)
        return made

    def _look_for(self, unclear: ProviderUnavailable) -> MultilingualGlossaryInfo:
        """What a creation without an answer has made, and once. Raises `unclear` where nothing."""
        for look in range(_LOOKS):
            listed = self._list()
            made = self._finished(listed)
            if made:
                copies = (one for one in listed if one.name == made.name and one is not made)
                for copy in copies:
                    self.delete(copy.glossary_id)
                return made
            if look + 1 < _LOOKS:
                self.line.waiting.sleep(_BETWEEN_LOOKS)
        raise unclear

    def _rewrite(self, identity: str) -> None:
        """Put in what is wanted. While it is half done, its name promises nothing."""
        self._rename(identity, f"{self.needed.family}/unfinished")
        for dictionary in self.needed.dictionaries:
            self._replace(identity, _for_client(dictionary))
        self._rename(identity, self.needed.name)

    def _rename(self, identity: str, name: str) -> None:
        self.line.call(lambda client: client.update_multilingual_glossary_name(identity, name))

    def _replace(self, identity: str, entries: MultilingualGlossaryDictionaryEntries) -> None:
        self.line.call(
            lambda client: client.replace_multilingual_glossary_dictionary(identity, entries)
        )


def _oldest_first(client: DeepLClient) -> list[MultilingualGlossaryInfo]:
    """Sorted within the call, which knows what to make of a list without sense."""
    listed = client.list_multilingual_glossaries()
    if not all(isinstance(one.name, str) for one in listed):
        raise TypeError("a name that is no text")
    return sorted(listed, key=lambda one: (one.creation_time, one.glossary_id))


def _as(did: Did, glossary: MultilingualGlossaryInfo) -> Obtained:
    return Obtained(glossary.glossary_id, did, glossary.creation_time)


def _for_client(dictionary: Dictionary) -> MultilingualGlossaryDictionaryEntries:
    from deepl.api_data import MultilingualGlossaryDictionaryEntries as Entries

    return Entries(dictionary.source, dictionary.target, dict(dictionary.entries))
