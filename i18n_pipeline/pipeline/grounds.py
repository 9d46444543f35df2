"""What edits of a project's sources are judged by: their language, its words, names of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

from i18n_pipeline.config import Changes
from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.glossary import Entry, Glossary, merged, readings
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span, Token
from i18n_pipeline.pipeline.lexicon import english, rare_english
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.rest import NeedsAll, Share
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.edits import EditKind, Ground
from i18n_pipeline.stages.edits.kinds import PROTECTED
from i18n_pipeline.stages.term import Term

_WORD = expression(r"[a-z]{4,}")
_NAME_WORD = expression(r"\w+")
_HEAD, _BENT = 3, 2
_ESCAPES = ("\\", "&")
_FEW = 8
"""For so many texts, two for an edit, the names are gone through; for more, all are indexed."""


def ground_of(project: Project, listed: Iterable[Entry] = (), keep: Iterable[str] = ()) -> Ground:
    """The ground for a project's sources; `listed` and `keep` are terminology beside its names.

    What costs time is read when an edit asks for it.
    """
    source = project.config.source
    known = (tuple(listed), tuple(keep))
    asked = count()

    def of(names: Iterable[Entry]) -> Glossary:
        return merged(known[0], names, known[1], source)

    @lru_cache(maxsize=1)
    def of_all() -> Glossary:
        return of(Entry(name, name, slug=slug) for slug, name in _names(project.names))

    @lru_cache(maxsize=1)
    def begun() -> Sequence[tuple[str, str, str]]:
        return [(_head(one), slug, name) for slug, name, one in _spelled(project.names)]

    @lru_cache(maxsize=1)
    def of_near(text: str) -> Glossary:
        folded = text.casefold()
        near = dict.fromkeys((slug, name) for head, slug, name in begun() if head in folded)
        return of(Entry(name, name, slug=slug) for slug, name in near)

    @lru_cache(maxsize=1)
    def used() -> frozenset[str]:
        if project.rests:
            raise NeedsAll
        return rare_english().union(_words(project.terms))

    def names(text: str, tokens: Sequence[Token]) -> Sequence[Span]:
        glossary = of_near(text) if next(asked) < _FEW else of_all()
        return [(one.start, one.end) for one in glossary.found(text, tokens)]

    extensions = project.config.settings(source).markdown.extensions
    words = english if language(source) == "en" else frozenset
    return Ground(source, extensions, words, used, names)


def _names(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The slugs of terms, each with what texts call it."""
    return ((slug, one) for slug, name in names.items() for one in (readings(name) if name else ()))


def _spelled(names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The same with what `merged` makes of that, one of which stands where the name does."""
    return ((slug, name, one) for slug, name in _names(names) for one in readings(name))


def _may_be_said(name: str, folded: str) -> bool:
    """Whether a name may be said in a file in small letters; escapes may spell it otherwise."""
    if any(mark in folded for mark in _ESCAPES):
        return True
    *words, last = _NAME_WORD.findall(name.casefold()) or [""]
    return last[:-_BENT] in folded and all(word in folded for word in words)


def _head(name: str) -> str:
    """Letters that stand in every text in which a name stands, also in the plural.

    Forms of a name differ from it in the last two letters and behind them (inflecting.py).
    """
    first = _NAME_WORD.search(name.casefold())
    if first is None:
        return ""
    return first.group()[: min(_HEAD, max(0, len(first.group()) - _BENT))]


def saying(project: Project, names: Iterable[str], shares: Iterable[Share]) -> Iterator[str]:
    """The slugs of terms that were not read and whose sources say one of some names.

    Raises NeedsAll where such a source cannot be read.
    """
    source, workspace = project.config.source, project.workspace
    settings = project.config.settings(source)
    rules = Rules(settings.fields, settings.markdown.extensions)
    entries = [Entry(one, one) for name in names for one in readings(name)]
    glossary = merged((), entries, (), source)
    for share in shares:
        try:
            data = workspace.read(share.path)
            folded = data.decode("utf-8", "replace").casefold()
            if not any(_may_be_said(entry.source, folded) for entry in entries):
                continue
            segments = read_term(data, rules, share.called, source).segments
        except BadFile as failure:
            raise NeedsAll from failure
        texts = ((one.source, tokens_of(one, one.source, rules.extensions)) for one in segments)
        if any(glossary.found(text, tokens) for text, tokens in texts):
            yield share.slug


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
