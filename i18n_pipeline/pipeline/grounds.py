"""What edits of a project's sources are judged by: their language, its words, names of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from i18n_pipeline.config import Changes
from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Entry, Glossary, merged, readings
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span, Token
from i18n_pipeline.pipeline.lexicon import english, rare_english
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.stages.edits import EditKind, Ground
from i18n_pipeline.stages.edits.kinds import PROTECTED
from i18n_pipeline.stages.term import Term

_WORD = expression(r"[a-z]{4,}")


def ground_of(project: Project, listed: Iterable[Entry] = (), keep: Iterable[str] = ()) -> Ground:
    """The ground for a project's sources; `listed` and `keep` are terminology beside its names.

    What costs time is read when an edit asks for it.
    """
    source = project.config.source
    known = (tuple(listed), tuple(keep))

    @lru_cache(maxsize=1)
    def glossary() -> Glossary:
        return merged(known[0], _names(project.names), known[1], source)

    @lru_cache(maxsize=1)
    def used() -> frozenset[str]:
        if project.rests:
            raise NeedsAll
        return rare_english().union(_words(project.terms))

    def names(text: str, tokens: Sequence[Token]) -> Sequence[Span]:
        return [(one.start, one.end) for one in glossary().found(text, tokens)]

    extensions = project.config.settings(source).markdown.extensions
    words = english if language(source) == "en" else frozenset
    return Ground(source, extensions, words, used, names)


def _names(names: Mapping[str, str]) -> Iterator[Entry]:
    for slug, name in names.items():
        for reading in readings(name) if name else ():
            yield Entry(reading, reading, slug=slug)


def _words(terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        for segment in term.file.segments:
            yield from _WORD.findall(segment.source.lower())


def kept_names(glossary: Glossary) -> frozenset[str]:
    """What a locale's terminology renders as it is: as written, or in small letters."""
    same = [one for one in glossary.entries if one.accepted and one.source == one.target]
    names = (one.source if one.exact else one.source.casefold() for one in same)
    return frozenset((*names, *glossary.keep))


def reviewed_anyway(changes: Changes) -> frozenset[EditKind]:
    """The kinds of harmless edits that a person looks at all the same, as configured."""
    asked = {
        EditKind.PUNCTUATION: changes.punctuation,
        EditKind.TYPO: changes.typo,
        **dict.fromkeys(PROTECTED, changes.placeholders),
    }
    return frozenset(kind for kind, said in asked.items() if said == "review")
