"""How reviewed translations use the terms of their sources: what the audit and proposals go by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from i18n_pipeline.glossary.entry import Entry
from i18n_pipeline.glossary.rendering import Rendered
from i18n_pipeline.glossary.termbase import Glossary
from i18n_pipeline.markdown import Token
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class Text:
    """A reviewed unit as terms are looked for in it: `words` are what a reader of it sees."""

    unit: Unit
    tokens: Sequence[Token]
    words: str


@dataclass(frozen=True)
class Use:
    """A term in a source, and whether its translation uses a rendering that the glossary has."""

    entries: tuple[Entry, ...]
    unit: Unit
    used: bool

    @property
    def source(self) -> str:
        """The term as the glossary writes it."""
        return self.entries[0].source


def uses_of(glossary: Glossary, texts: Iterable[Text], locale: str) -> tuple[Use, ...]:
    """Each term of each text, once a text. What was learned from links does not count."""
    found: list[Use] = []
    for text in texts:
        rendered = Rendered(text.words, locale)
        places = glossary.found(text.unit.source, text.tokens)
        terms = {one.entries[0].source: one.entries for one in places if one.entries}
        for entries in terms.values():
            accepted = (entry for entry in entries if entry.accepted)
            used = any(rendered.uses(form) for entry in accepted for form in entry.spellings)
            found.append(Use(entries, text.unit, used))
    return tuple(found)
