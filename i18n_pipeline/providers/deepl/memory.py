"""Translation memories of the account: the one to use for a request, found by name or id.

A memory gets a new id whenever its contents change, so a name finds the newest that has it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from i18n_pipeline.errors import (
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RequestRefused,
)
from i18n_pipeline.providers.deepl.faults import NOT_FOUND
from i18n_pipeline.providers.deepl.found import Found
from i18n_pipeline.providers.deepl.languages import base, source_code, target_code
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from deepl.api_data import TranslationMemoryInfo

    from i18n_pipeline.providers.deepl.line import Line

_PAGE = 25
_ID_LENGTH = 36


@dataclass(slots=True)
class Memories:
    """The account's translation memories, listed once. Safe to use from several threads."""

    line: Line
    _listed: list[TranslationMemoryInfo] | None = None
    _why: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, wanted: str, source: str, target: str) -> Found:
        """The memory of a name or id, if it serves these locales; else words on why not.

        Raises what a call to DeepL raises, but for an account that has none to show.
        """
        with self._lock:
            if self._listed is None:
                self._listed, self._why = self._list()
        if self._why and _is_id(wanted):
            return Found(wanted)  # a key that may translate, but not look
        if self._why:
            return Found("", f"DeepL shows no translation memories ({self._why}): left out")
        named = [one for one in self._listed if wanted in (one.name, one.translation_memory_id)]
        fit = [one for one in named if _serves(one, source, target)]
        if fit:
            return Found(newest(fit).translation_memory_id)
        lack = f"has nothing for {target}" if named else "is not there"
        return Found("", f"DeepL's translation memory {wanted!r} {lack}: left out")

    def forget(self) -> None:
        """List them anew: one that was found is not there any more."""
        with self._lock:
            self._listed = None

    def _list(self) -> tuple[list[TranslationMemoryInfo], str]:
        try:
            return list(listed(self.line)), ""
        except NotAuthorised:
            return [], "the key may not, or the plan has none"
        except (RequestRefused, QuotaExceeded):
            return [], "the account has none"
        except ProviderUnavailable:
            if self.line.heard().status != NOT_FOUND:
                raise
            return [], "the server knows none"


def listed(line: Line) -> Iterator[TranslationMemoryInfo]:
    """All translation memories of the account."""
    number, full = 0, True
    while full:
        page = _page(line, number)
        yield from page
        number, full = number + 1, len(page) == _PAGE


def _page(line: Line, number: int) -> list[TranslationMemoryInfo]:
    found, _ = line.call(lambda client: client.list_translation_memories(number, _PAGE))
    return found


def _serves(memory: TranslationMemoryInfo, source: str, target: str) -> bool:
    """Whether a memory holds a pair of locales; a language without variant serves all of it."""
    code = target_code(target) or ""
    held = {language.upper() for language in memory.target_languages}
    return base(memory.source_language.upper()) == source_code(source) and bool(
        held & {code, base(code)}
    )


def newest(memories: Iterable[TranslationMemoryInfo]) -> TranslationMemoryInfo:
    """The one made last."""
    return max(memories, key=lambda one: (str(one.creation_time or ""), one.translation_memory_id))


def _is_id(text: str) -> bool:
    return len(text) == _ID_LENGTH and text.count("-") == 4
