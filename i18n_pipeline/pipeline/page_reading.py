"""What the pages of a locale are read with: names, lengths, which words go with which, what stays.

All of it is learned from the pages themselves and from what was reviewed before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.formats.term_file import Rules, TermFile
from i18n_pipeline.glossary import Entry
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.model import State, Unit
from i18n_pipeline.pipeline.beginning import addresses_of
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.stages.adopting import (
    Copies,
    Lexis,
    Likeness,
    Match,
    Names,
    Page,
    Reading,
    letters_for_one,
    lexicon_of,
    lexis_of,
    match,
    translated_in,
    words_in,
    words_of,
)
from i18n_pipeline.stages.rejecting import assumed
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace


def reading_of(
    project: Project, files: LocaleFiles, pages: Sequence[tuple[Term, TermFile]]
) -> Reading:
    """What the pages of a locale, each with its term, are read with."""
    return _Pages(project, files, pages).reading()


@dataclass(frozen=True)
class _Pages:
    """The pages of a locale, with what is known of it."""

    _project: Project
    _files: LocaleFiles
    _pages: Sequence[tuple[Term, TermFile]]

    @property
    def _rules(self) -> Rules:
        settings = self._files.settings
        return Rules(settings.fields, settings.markdown.extensions)

    def reading(self) -> Reading:
        """What all files of the locale are read with."""
        files, project = self._files, self._project
        site = Site(
            locale=files.locale,
            rules=self._rules,
            addresses=addresses_of(project, files),
            available=files.there,
            draft_mark=files.settings.build.draft_mark,
        )
        pairs = [(term.file, target) for term, target in self._pages]
        plain = Reading(site, self._names(), Likeness(letters_for_one(pairs)))
        found = [match(term, target, plain) for term, target in self._pages]
        pages = {**self._reviewed(), **{one.term.slug: words_of(one) for one in found}}
        return replace(plain, lexicon=lexicon_of(pages), copies=self._copies(found))

    def _copies(self, found: Iterable[Match]) -> Copies:
        """What may say the same as its source: by the terminology, and by what people wrote."""
        extensions, files = self._rules.extensions, self._files
        listed = {entry.source for entry in files.glossary if entry.target == entry.source}
        read = (text for one in found for text in translated_in(one, extensions))
        units = (u for u in files.catalog.units if u.reviewed and u.target != u.source)
        return Copies(frozenset({*listed, *files.keep}), (*read, *(unit.target for unit in units)))

    def _reviewed(self) -> Mapping[str, Page]:
        """The words of reviewed texts of bodies, by term."""
        by_slug: defaultdict[str, list[tuple[Lexis, Lexis]]] = defaultdict(list)
        for unit in self._files.catalog.units:
            if unit.state is State.REVIEWED and unit.field == FIELD:
                with suppress(BadFile):  # the parser gave up on one of the texts
                    by_slug[unit.slug].append(self._words(unit))
        return by_slug

    def _words(self, unit: Unit) -> tuple[Lexis, Lexis]:
        segment = assumed(unit)
        both = (segment, replace(segment, source=unit.target))
        one, other = (lexis_of(words_in(text, self._rules.extensions)) for text in both)
        return one, other

    def _names(self) -> Names:
        """What the terms are called: by the glossary, by reviewed units, by these files."""
        listed = glossary_at_start(self._project, self._files).entries
        called = [
            Entry(term.file.name, target.name, slug=term.slug)
            for term, target in self._pages
            if target.name and term.file.name
        ]
        entries = [
            replace(entry, slug=entry.slug or entry.source)
            for entry in (*listed, *called)
            if entry.accepted
        ]
        renderings: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            renderings[entry.slug].update(entry.spellings)
        matcher = Matcher(tuple(entries), (), self._project.config.source)
        return Names(
            matcher,
            {slug: sorted(names) for slug, names in renderings.items()},
            self._files.locale,
        )
