"""The terminology of one locale: its CSV, the names of terms as translated, names to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.config import Fields
from i18n_pipeline.glossary import Authority, Entry, Glossary, Learned, merged, sightings
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.model import Kind, Unit
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.rest import in_order
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace


def glossary_at_start(project: Project, files: LocaleFiles, *, drafts: bool = False) -> Glossary:
    """A locale's terminology before a run adds to it: what its provider's glossary is made of.

    With `drafts` names that nobody has reviewed yet are in it too, as for texts that use them.
    """
    names = _names(files, files.catalog.units, project.terms, drafts=drafts)
    return merged(files.glossary, names, files.keep, project.config.source)


def glossary_of(work: Work, *, drafts: bool = True) -> Glossary:
    """The terminology in force: the CSV, names of terms as translated, names to keep.

    All terms of the catalog count, also those that this run does not work on.
    Without `drafts` only reviewed names count: what texts are checked against, and what names
    themselves are asked with, so that asking for one never depends on the answer for another.
    """
    files, source = work.files, work.project.config.source
    if is_pseudo(work.locale):
        return glossary_without_names(files, source)
    of = files.glossary, tuple(names_of(work, drafts=drafts)), files.keep, source
    if drafts and files.foreseen is not None:
        return files.foreseen.in_force.merged(*of)
    return merged(*of)


def glossary_without_names(files: LocaleFiles, source: str) -> Glossary:
    """The terminology in force where no name is translated yet."""
    listed = () if is_pseudo(files.locale) else files.glossary
    return merged(listed, (), files.keep, source)


def names_of(work: Work, *, drafts: bool) -> Iterator[Entry]:
    """The names of terms as entries, whatever the glossary file says."""
    units = (unit for unit in work.units if unit.key not in work.unsafe)
    return iter(_names(work.files, units, work.project.terms, drafts=drafts))


def glossary_before(work: Work) -> Glossary:
    """The terminology by which the texts elsewhere were judged, if nothing but names changed."""
    rest, source = work.files.rest, work.project.config.source
    here = (entry for share in rest.before.values() for entry in share.names)
    names = in_order(here, rest.names(), lambda entry: entry.slug)
    reviewed = (one for one in names if one.authority is Authority.REVIEWED)
    return with_learned(work, merged(work.files.glossary, reviewed, work.files.keep, source))


def with_learned(work: Work, glossary: Glossary) -> Glossary:
    """The terminology with what people's translations call its terms, to check others by."""
    seen = (*naming(work, glossary), *work.files.rest.links())
    return replace(glossary, learned=Learned.of_links(seen))


def naming(work: Work, glossary: Glossary) -> Iterator[tuple[str, str, str]]:
    """The links of people's texts that name their terms: to which, in which words, in whose file.

    Those of the terms that the run has read.
    """
    links = sightings(work.units, work.addresses.slug_of)
    return ((one.slug, one.words, one.unit.slug) for one in links if glossary.named(one))


def entries_named(units: Iterable[Unit], fields: Fields, terms: Iterable[Term]) -> Iterator[Entry]:
    """What units call terms, reviewed or not, with the sense that their term files give them."""
    senses = {term.slug: _sense(term) for term in terms}
    for unit in units:
        if unit.field == fields.name and not unit.obsolete and unit.target:
            category, definition = senses.get(unit.slug, ("", ""))
            yield Entry(
                unit.source,
                unit.target,
                authority=Authority.REVIEWED if unit.reviewed else Authority.PROPOSED,
                slug=unit.slug,
                category=category,
                definition=definition,
            )


def _names(
    files: LocaleFiles, units: Iterable[Unit], terms: Iterable[Term], *, drafts: bool
) -> list[Entry]:
    """The names of all terms as entries, in the order of their slugs."""
    here = entries_named(units, files.settings.fields, terms)
    known = in_order(here, files.names_elsewhere(), lambda entry: entry.slug)
    return [one for one in known if drafts or one.authority is Authority.REVIEWED]


def _sense(term: Term) -> tuple[str, str]:
    """A term's category and definition: its first vocabulary, and its first text."""
    found: dict[Kind, str] = {}
    for slot in term.file.fields:
        found.setdefault(slot.segment.kind, slot.segment.source)
    return found.get(Kind.VOCABULARY, ""), found.get(Kind.TEXT, "")
