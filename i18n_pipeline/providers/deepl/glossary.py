"""The glossaries a project keeps at DeepL: one for all its locales, named by what it holds.

A name carries the hash of the content, so whoever finds it can use it as it is, from any machine.
Made once: a creation without an answer is looked for, never sent again. Where the account allows
no further glossary (API Free: one), ours is rewritten in place and renamed last, so that an
interrupted rewriting is done again. Source of the limits:
developers.deepl.com/api-reference/multilingual-glossaries.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from i18n_pipeline.errors import I18nError, ProviderUnavailable, QuotaExceeded, RequestRefused
from i18n_pipeline.model import digest
from i18n_pipeline.providers.base import Request, Settings, Terms
from i18n_pipeline.providers.deepl.languages import base, source_code, takes_glossary, target_code
from i18n_pipeline.providers.retry import Fault, Limit, Patience

if TYPE_CHECKING:
    from deepl.api_data import MultilingualGlossaryDictionaryEntries, MultilingualGlossaryInfo

    from i18n_pipeline.providers.deepl.line import Line

LONGEST_TERM = 1024
"""UTF-8 bytes of a source or target term."""

KEPT = timedelta(days=7)
"""How long a glossary of ours that another has replaced may still serve a run elsewhere."""

_APPLICATION = "i18n-pipeline"
_NOT_IN_TERMS = ("Cc", "Cs", "Zl", "Zp")
_MOST_DELETED = 20
_LOOKS = 3  # for a glossary whose creation got no answer
_BETWEEN_LOOKS = 5.0  # seconds

_MADE_ONCE = Patience(
    {Fault.BUSY: Limit(8, 60.0), Fault.BROKEN: Limit(1, 0.0), Fault.LOST: Limit(1, 0.0)}
)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The terms of one pair of languages, as DeepL takes them."""

    source: str
    target: str
    entries: Terms


@dataclass(frozen=True, slots=True)
class Wanted:
    """A glossary as it should be: `family` is what all versions of it are called."""

    family: str
    dictionaries: tuple[Dictionary, ...]

    @property
    def name(self) -> str:
        """The family and the hash of the content."""
        return f"{self.family}/{digest(repr(self.dictionaries), 6)}"


@dataclass(frozen=True, slots=True)
class Found:
    """The glossary for a request: its id, "" for none; `notice` says why there is none."""

    id: str = ""
    notice: str = ""


def clean(entries: Terms) -> Terms:
    """Entries as DeepL accepts them: composed, stripped, sorted, each source once.

    Left out: empty ones, too long ones, ones with control characters or line ends.
    """
    composed = ((_composed(source), _composed(target)) for source, target in entries)
    kept = {source: target for source, target in composed if _fits(source) and _fits(target)}
    return tuple(sorted(kept.items()))


def wanted(project: str, source: str, glossaries: Mapping[str, Terms], target: str) -> Wanted:
    """The glossary that serves `target`: with every locale's entries, but one per language.

    DeepL has one dictionary for all variants of a language, so a second variant (`pt-PT` beside
    `pt-BR`) lives in a second glossary, with the other languages' second variants.
    """
    usable = {locale: clean(entries) for locale, entries in glossaries.items()}
    pairs = {locale: _pair(source, locale) for locale in usable if usable[locale]}
    locales = sorted(locale for locale, pair in pairs.items() if pair)
    variant = _variant(target, locales)
    dictionaries = (
        Dictionary(*pair, usable[locale])
        for locale, pair in pairs.items()
        if pair and _variant(locale, locales) == variant
    )
    family = f"{_APPLICATION}/{project[:60] or 'project'}" + (f"+{variant}" if variant else "")
    return Wanted(family, tuple(sorted(dictionaries, key=lambda one: one.target)))


@dataclass(slots=True)
class Glossaries:
    """A project's glossaries at DeepL, made when first needed. Safe to use from several threads."""

    line: Line
    settings: Settings
    _known: dict[str, Terms] = field(default_factory=dict)
    _asked: dict[tuple[str, str, Terms], Found] = field(default_factory=dict)
    _named: dict[str, Found] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._known.update(self.settings.glossaries)

    def find(self, request: Request) -> Found:
        """The glossary for a request, made if need be.

        Raises what a call to DeepL raises, ProviderUnavailable also where a glossary is refused
        or where it stays unknown whether it was made.
        """
        asked = (request.source, request.target, request.glossary)
        with self._lock:
            if asked not in self._asked:
                self._asked[asked] = self._find(request)
            return self._asked[asked]

    def _find(self, request: Request) -> Found:
        if not clean(request.glossary):
            return Found()
        if not _pair(request.source, request.target):
            return Found("", f"DeepL has no glossaries for {request.target}")
        self._known[request.target] = request.glossary
        needed = wanted(self.settings.project, request.source, self._known, request.target)
        if needed.name not in self._named:
            self._named[needed.name] = self._obtain(needed)
        return self._named[needed.name]

    def _obtain(self, needed: Wanted) -> Found:
        try:
            return Found(Shelf(self.line, needed).obtain(self.settings.waiting.sleep))
        except QuotaExceeded:
            # On glossaries this is their limit, or too many calls: characters may well be left.
            return Found("", "DeepL allows no further glossary: terms are only checked")
        except RequestRefused as refusal:
            message = f"DeepL does not take the glossary: {refusal.message}"
            raise ProviderUnavailable(message, "look at its entries") from None
        except I18nError as error:
            error.unanswered = 0  # nothing about a glossary is billed
            raise


@dataclass(frozen=True, slots=True)
class Shelf:
    """The versions of one glossary on DeepL's side."""

    line: Line
    needed: Wanted

    def obtain(self, sleep: Callable[[float], None]) -> str:
        """The id of the glossary: found, made, or rewritten. Raises QuotaExceeded if it cannot."""
        listed = self._list()
        same = self._finished(listed)
        if same:
            return same.glossary_id
        ours = [one for one in listed if one.name.rpartition("/")[0] == self.needed.family]
        try:
            made = self._make(sleep)
        except QuotaExceeded:
            if not ours:
                raise
            return self._rewrite(ours[-1].glossary_id)
        self._tidy(made, ours)
        return made.glossary_id

    def _list(self) -> list[MultilingualGlossaryInfo]:
        """Glossaries of the account, oldest first."""
        listed, _ = self.line.call(lambda client: client.list_multilingual_glossaries())
        return sorted(listed, key=lambda one: (one.creation_time, one.glossary_id))

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

    def _make(self, sleep: Callable[[float], None]) -> MultilingualGlossaryInfo:
        dictionaries = [_for_client(one) for one in self.needed.dictionaries]
        try:
            made, _ = self.line.call(
                lambda client: client.create_multilingual_glossary(self.needed.name, dictionaries),
                _MADE_ONCE,
            )
        except RequestRefused:
            raise
        except ProviderUnavailable as unclear:
            return self._look_for(sleep, unclear)
        return made

    def _look_for(
        self, sleep: Callable[[float], None], unclear: ProviderUnavailable
    ) -> MultilingualGlossaryInfo:
        """What a creation without an answer has made. Raises `unclear` where it made nothing."""
        for look in range(_LOOKS):
            made = self._finished(self._list())
            if made:
                return made
            if look + 1 < _LOOKS:
                sleep(_BETWEEN_LOOKS)
        raise unclear

    def _rewrite(self, identity: str) -> str:
        for dictionary in self.needed.dictionaries:
            self._replace(identity, _for_client(dictionary))
        self.line.call(
            lambda client: client.update_multilingual_glossary_name(identity, self.needed.name)
        )
        return identity

    def _replace(self, identity: str, entries: MultilingualGlossaryDictionaryEntries) -> None:
        self.line.call(
            lambda client: client.replace_multilingual_glossary_dictionary(identity, entries)
        )

    def _tidy(
        self, made: MultilingualGlossaryInfo, ours: Iterable[MultilingualGlossaryInfo]
    ) -> None:
        old = [one for one in ours if made.creation_time - one.creation_time > KEPT]
        for one in old[:_MOST_DELETED]:
            self._delete(one.glossary_id)

    def _delete(self, identity: str) -> None:
        self.line.call(lambda client: client.delete_multilingual_glossary(identity))


def _pair(source: str, target: str) -> tuple[str, str] | None:
    """The two languages of a dictionary; None where DeepL has no glossaries for them."""
    codes = source_code(source), target_code(target)
    if codes[0] is None or codes[1] is None or not takes_glossary(codes[0], codes[1]):
        return None
    return base(codes[0]), base(codes[1])


def _variant(target: str, locales: Sequence[str]) -> int:
    """Which variant of its language a locale is, counted from 0 in the order of tags."""
    language = base(target_code(target) or "")
    return [one for one in locales if base(target_code(one) or "") == language].index(target)


def _composed(term: str) -> str:
    return normalize("NFC", term).strip()


def _fits(term: str) -> bool:
    short = 0 < len(term.encode("utf-8", "surrogatepass")) <= LONGEST_TERM
    return short and not any(category(character) in _NOT_IN_TERMS for character in term)


def _for_client(dictionary: Dictionary) -> MultilingualGlossaryDictionaryEntries:
    from deepl.api_data import MultilingualGlossaryDictionaryEntries as Entries

    return Entries(dictionary.source, dictionary.target, dict(dictionary.entries))
