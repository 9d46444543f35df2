"""The translation memory that a project keeps at DeepL: what is in it, and how it is filled.

DeepL has no call that adds a segment: a memory is made from a TMX file as a whole. So what has
changed is imported as a new memory, and the one before is deleted once the new one is there.
Source: developers.deepl.com/docs/customize/managing-translation-memories.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    Unanswered,
)
from i18n_pipeline.formats.tmx import TmxUnit, Variant, write_tmx
from i18n_pipeline.providers.deepl.entries import family_of
from i18n_pipeline.providers.deepl.faults import NOT_FOUND
from i18n_pipeline.providers.deepl.languages import base, source_code
from i18n_pipeline.providers.deepl.memory import listed, newest
from i18n_pipeline.providers.retry import Fault, Limit, Patience, sent_once
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from deepl.api_data import (
        TranslationMemoryInfo,
        TranslationMemoryJobResult,
        TranslationMemorySegments,
    )

    from i18n_pipeline.providers.deepl.line import Line

Pairs = Mapping[tuple[str, str], str]
"""Targets by source text and language code of the target."""

_PAGE = 100
_FILE = "i18n-pipeline.tmx"
_BETWEEN_LOOKS = 5.0
_LONGEST_IMPORT = 900.0  # seconds; half a minute was seen for small files
_MOST_DELETED = 20
_NO_PATIENCE = Patience({fault: Limit(1, 0.0) for fault in Fault})


@dataclass(frozen=True, slots=True)
class Stored:
    """What DeepL holds of a project: the memory in force, its pairs, and older ones by its name."""

    id: str = ""
    pairs: Pairs = field(default_factory=dict)
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """The translation memory of one project at DeepL: `i18n-pipeline/<project>`."""

    line: Line
    project: str
    source: str

    @property
    def name(self) -> str:
        """What it is called at DeepL, and in `translation_memory` of `i18n.toml`."""
        return family_of(self.project)

    def look(self) -> Stored:
        """What is there. Raises NotAuthorised and ProviderUnavailable where there can be none."""
        try:
            ours = [one for one in listed(self.line) if self._is_ours(one)]
        except NotAuthorised as failure:
            hint = "it needs the scopes translation_memories:read and :write, and a plan with them"
            raise NotAuthorised(f"no translation memories: {failure.message}", hint) from None
        except ProviderUnavailable as failure:
            if self.line.heard().status != NOT_FOUND:
                raise
            message = f"this account has no translation memories: {failure.message}"
            raise ProviderUnavailable(message, "they come with some of DeepL's plans") from None
        if not ours:
            return Stored()
        current = newest(ours).translation_memory_id
        others = (one.translation_memory_id for one in ours)
        older = tuple(one for one in others if one != current)
        return Stored(current, self._pairs(current), older)

    def put(self, pairs: Pairs, stored: Stored) -> str:
        """Import pairs as a new memory, wait until it is there; its id. The old one stays."""
        data = as_tmx(pairs, source_code(self.source) or "")
        job, address = self._declare(len(data), stored)
        self._upload(address, data)
        result = self._await(job)
        if result.status != "completed" or not result.translation_memory_id:
            raise ProviderUnavailable(
                f"DeepL could not import the translation memory (status {result.status})",
                "push it again",
            )
        return result.translation_memory_id

    def delete(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Delete memories of ours, each tried once; those that are gone."""
        return tuple(one for one in list(identities)[:_MOST_DELETED] if self._delete(one))

    def _is_ours(self, memory: TranslationMemoryInfo) -> bool:
        same = base(memory.source_language.upper()) == source_code(self.source)
        return memory.name == self.name and same

    def _pairs(self, identity: str) -> dict[tuple[str, str], str]:
        pairs: dict[tuple[str, str], str] = {}
        cursor: str | None = None
        while True:
            page = self._segments(identity, cursor)
            for segment in page.segments:
                for one in segment.targets:
                    pairs[segment.source_text, one.target_language.upper()] = one.target_text
            cursor = page.next_page_cursor
            if not cursor:
                return pairs

    def _segments(self, identity: str, cursor: str | None) -> TranslationMemorySegments:
        page, _ = self.line.call(
            lambda client: client.list_translation_memory_segments(
                identity, page_size=_PAGE, page_cursor=cursor
            )
        )
        return page

    def _declare(self, size: int, stored: Stored) -> tuple[str, str]:
        """A job and where to put its file. Without that file it makes nothing: it may be repeated.

        Where the account may have no further memory, ours goes first: what was in it is in the
        project's own files.
        """
        try:
            return self._job(size)
        except QuotaExceeded:
            if not self.delete(filter(None, (*stored.older, stored.id))):
                raise ProviderUnavailable(
                    "the account holds as many translation memories as its plan allows",
                    "delete one at DeepL that nobody needs",
                ) from None
        return self._job(size)

    def _job(self, size: int) -> tuple[str, str]:
        made, _ = self.line.call(
            lambda client: client.create_translation_memory_import(
                _FILE, size, display_name=self.name
            )
        )
        return made.job_id, made.upload_url

    def _upload(self, address: str, data: bytes) -> None:
        try:
            self.line.call(
                lambda client: client.upload_translation_memory_file(address, data), sent_once()
            )
        except Unanswered:
            return  # whether it arrived is what the job says
        except NotAuthorised:
            message = "the place that DeepL named for the file does not take it"
            raise ProviderUnavailable(message, "push it again") from None

    def _await(self, job: str) -> TranslationMemoryJobResult:
        """The outcome of an import; it waits for its file for a while after it has it."""
        waiting = self.line.waiting
        end = waiting.clock() + _LONGEST_IMPORT
        while True:
            found, _ = self.line.call(lambda client: client.get_translation_memory_job(job))
            if found.result is not None and (found.done or waiting.clock() >= end):
                return found.result
            waiting.sleep(_BETWEEN_LOOKS)

    def _delete(self, identity: str) -> bool:
        try:
            self.line.call(lambda client: client.delete_translation_memory(identity), _NO_PATIENCE)
        except I18nError:
            return False
        return True


def as_tmx(pairs: Pairs, source: str) -> bytes:
    """The pairs as a TMX, the only form DeepL takes: a unit for each source text, in order."""
    groups = groupby(sorted(pairs.items()), key=lambda item: item[0][0])
    return write_tmx(
        (
            TmxUnit((Variant(source, text), *(Variant(code, said) for (_, code), said in group)))
            for text, group in groups
        ),
        source,
    )
