"""Step 6 of a check: a locale's translations beside each other, and its pages as they lie there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

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
from i18n_pipeline.placeholders import tokens_of


def compare(work: Work, slugs: Collection[str]) -> Work:
    """What is wrong with the locale as a whole, beside what is wrong with single units.

    All of it is compared; what is wrong with other terms than `slugs`, if any are named, is not
    told. Pages are read whoever wrote them, also those that nobody has adopted.
    """
    whole = Whole(
        units=tuple(unit for unit in work.units if _says_something(work, unit)),
        segments=work.segments,
        addresses=work.addresses,
        glossary=with_learned(work, glossary_of(work, drafts=False)),
        pages=tuple(_pages(work)),
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


def _pages(work: Work) -> Iterator[Page]:
    rules = Rules(work.files.settings.fields, work.extensions)
    for slug, (path, _) in sorted(work.files.term_files.items()):
        data = work.project.workspace.read_optional(path)
        try:
            file = read_term(data or b"", rules, slug, work.locale)
        except BadFile:
            yield Page(slug, path)
        else:
            yield Page(slug, path, tuple(_links(work, file)))


def _links(work: Work, file: TermFile) -> Iterator[PageLink]:
    for key in file.values:
        if file.front and work.files.settings.fields.role(key) is Role.LINKS:
            line = file.front.place_of((key,))[0]
            yield from (PageLink(slug, line, related=True) for slug in file.list_items(key))
    for segment in file.segments:
        if segment.markdown and "](" in segment.source:
            line = file.line_of(segment)
            for token in tokens_of(segment, segment.source, work.extensions):
                if token.mark in LINKED:
                    yield PageLink(token.destination, line)
