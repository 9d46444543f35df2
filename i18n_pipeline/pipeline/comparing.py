"""Step 6 of a check: a locale's translations beside each other, and its pages as they lie there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from i18n_pipeline.checks import WHOLE_RULES
from i18n_pipeline.checks.exempting import sorted_out
from i18n_pipeline.checks.whole.rule import Page, PageLink, Whole
from i18n_pipeline.config import Role
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import LINKED
from i18n_pipeline.model import QualityIssue, Unit
from i18n_pipeline.pipeline.terminology import glossary_of, with_learned
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.workers import ALONE, Piece, Workers
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.values import dataclass, replace


def compare(work: Work, slugs: Collection[str], workers: Workers = ALONE) -> Work:
    """What is wrong with the locale as a whole, beside what is wrong with single units.

    All of it is compared; what is wrong with other terms than `slugs`, if any are named, is not
    told. Pages are read whoever wrote them, also those that nobody has adopted.
    """
    whole = Whole(
        units=tuple(unit for unit in work.units if _says_something(work, unit)),
        segments=work.segments,
        addresses=work.addresses,
        glossary=with_learned(work, glossary_of(work, drafts=False)),
        pages=tuple(_pages(work, workers)),
    )
    found = [issue for rule in WHOLE_RULES for issue in rule.find(whole)]
    told: list[QualityIssue] = []
    hidden = list(work.hidden)
    for issue in found:
        if slugs and issue.context.rpartition("/")[0] not in slugs:
            continue
        kept, off = sorted_out([issue], _unit(work, issue), work.files.settings.checks.off)
        told += kept
        hidden += off
    return replace(work, issues=(*work.issues, *told), hidden=tuple(hidden))


def _says_something(work: Work, unit: Unit) -> bool:
    segment = work.segments.get(unit.key)
    translates = segment is not None and segment.is_translation
    return translates and bool(unit.target) and not unit.obsolete


def _unit(work: Work, issue: QualityIssue) -> Unit:
    """The unit an issue is about; one that only says where, if it is about a page."""
    key = (issue.context, issue.source)
    return work.catalog.by_key.get(key) or Unit(issue.context, issue.source)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the pages of a locale are read."""

    rules: Rules
    locale: str


@dataclass(frozen=True, slots=True)
class _Lying:
    """A page as it lies there."""

    slug: str
    path: str
    data: bytes


def _pages(work: Work, workers: Workers) -> Iterator[Page]:
    reading = _Reading(Rules(work.files.settings.fields, work.extensions), work.locale)
    files = sorted(work.files.term_files.items())
    for at in range(0, len(files), _AT_ONCE):
        lying = [
            _Lying(slug, path, work.project.workspace.read_optional(path) or b"")
            for slug, (path, _) in files[at : at + _AT_ONCE]
        ]
        yield from workers.each(_LOOKING, reading, lying)


def _looked_at(reading: _Reading, lying: _Lying) -> Page:
    try:
        file = read_term(lying.data, reading.rules, lying.slug, reading.locale)
    except BadFile:
        return Page(lying.slug, lying.path)
    return Page(lying.slug, lying.path, tuple(_links(reading.rules, file)))


_LOOKING = Piece(_looked_at, seconds=0.001)
"""What a page says of links: measured over the pages of a site of 1,000 terms."""

_AT_ONCE = 4000
"""How many pages are held in memory at a time."""


def _links(rules: Rules, file: TermFile) -> Iterator[PageLink]:
    for key in file.values:
        if file.front and rules.fields.role(key) is Role.LINKS:
            line = file.front.place_of((key,))[0]
            yield from (PageLink(slug, line, related=True) for slug in file.list_items(key))
    for segment in file.segments:
        if segment.markdown and "](" in segment.source:
            line = file.line_of(segment)
            for token in tokens_of(segment, segment.source, rules.extensions):
                if token.mark in LINKED:
                    yield PageLink(token.destination, line)
