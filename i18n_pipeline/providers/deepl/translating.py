"""One request and what it takes: the account's assets found, wishes said, the texts sent once.

Two things are mended on the way, both before anything is billed: an asset that somebody deleted
meanwhile is found anew, and wishes that DeepL refuses (our table of languages may be out of date,
or the plan too small) are left out. Otherwise every text would be refused for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from i18n_pipeline.errors import I18nError, ProviderUnavailable, RequestRefused, Unanswered
from i18n_pipeline.providers.base import Request, Settings
from i18n_pipeline.providers.deepl.faults import BAD_REQUEST, NOT_FOUND
from i18n_pipeline.providers.deepl.found import Found
from i18n_pipeline.providers.deepl.glossary import Glossaries
from i18n_pipeline.providers.deepl.languages import source_code, target_code
from i18n_pipeline.providers.deepl.line import Line
from i18n_pipeline.providers.deepl.manner import Manner, manner_of
from i18n_pipeline.providers.deepl.memory import Memories
from i18n_pipeline.providers.deepl.rules import StyleRules
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from deepl import TextResult


@contextmanager
def unbilled() -> Iterator[None]:
    """What fails here was not about texts: nothing is billed, and no text is at fault."""
    try:
        yield
    except (RequestRefused, Unanswered) as error:
        raise ProviderUnavailable(error.message, error.hint) from None
    except I18nError as error:
        error.unanswered = 0
        raise


@dataclass(frozen=True, slots=True)
class Translated:
    """What came back, how many tries before it got no answer, and what was left out."""

    results: Sequence[TextResult]
    unanswered: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Assets:
    """What the account holds for a request."""

    glossary: Found
    memory: Found

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.glossary.notice, self.memory.notice)))


@dataclass(slots=True)
class Translating:
    """Requests of one run. Safe to use from several threads."""

    line: Line
    settings: Settings
    glossaries: Glossaries = field(init=False)
    _rules: StyleRules = field(init=False)
    _memories: Memories = field(init=False)
    _refused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.glossaries = Glossaries(self.line, self.settings)
        self._rules = StyleRules(self.line)
        self._memories = Memories(self.line)

    def translate(self, request: Request) -> Translated:
        """The texts of a request within the limits. Raises what `Provider.translate` does."""
        source, target = source_code(request.source), target_code(request.target)
        if source is None or target is None:
            unknown = request.target if source else request.source
            raise ProviderUnavailable(f"DeepL does not know the language {unknown}")
        manner = manner_of(request, self.settings.options.deepl)
        if request.target in self._refused:
            manner = manner.plain(self._refused[request.target])
        try:
            return self._translate(request, (source, target), manner)
        except RequestRefused:
            if not manner.wishes or self.line.heard().status != BAD_REQUEST:
                raise
        notice = f"DeepL refuses {' and '.join(manner.wishes)} for {request.target}: left out"
        # Raises where the texts are at fault after all.
        done = self._translate(request, (source, target), manner.plain(notice))
        self._refused[request.target] = notice
        return done

    def _translate(self, request: Request, codes: tuple[str, str], manner: Manner) -> Translated:
        assets = self._assets(request, manner)
        try:
            return self._send(request, codes, manner, assets)
        except ProviderUnavailable:
            if self.line.heard().status != NOT_FOUND or not self._forget(assets):
                raise
        return self._send(request, codes, manner, self._assets(request, manner))

    def _send(
        self, request: Request, codes: tuple[str, str], manner: Manner, assets: _Assets
    ) -> Translated:
        source, target = codes
        said = manner.say(assets.glossary.id, assets.memory.id)
        results, unanswered = self.line.translate(
            lambda client: client.translate_text(
                list(request.texts), source_lang=source, target_lang=target, **said
            )
        )
        self.glossaries.worked()
        found = results if isinstance(results, list) else [results]
        return Translated(found, unanswered, manner.notices + assets.notices)

    def _assets(self, request: Request, manner: Manner) -> _Assets:
        """The glossary and the translation memory for a request; its style rules are looked at."""
        memory = Found()
        with unbilled():
            if manner.style_rule:
                self._rules.check(manner.style_rule, request.target)
            if manner.memory:
                memory = self._memories.find(manner.memory, request.source, request.target)
            return _Assets(self.glossaries.find(request), memory)

    def _forget(self, assets: _Assets) -> bool:
        """Have assets looked for anew that are not there any more. False where none was used."""
        if assets.memory.id:
            self._memories.forget()
        return self.glossaries.forget(assets.glossary.id) or bool(assets.memory.id)
