"""Unsafe texts that stand on their pages already: what people chose is a finding, and no refusal.

A page that was adopted may link where its source does not. The page keeps it and `check` tells of
it; a run that neither brought it nor builds it has not failed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.links import with_destinations
from i18n_pipeline.model import Key, QualityIssue, Segment, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.saying import said


def refused(work: Work) -> tuple[QualityIssue, ...]:
    """What safety rules keep out of built files: issues of texts that do not stand there yet.

    Those of terms that the run does not look at stand there, or it would have to.
    """
    elsewhere = work.files.rest.shares
    unsafe = [one for one in work.issues if one.safety and _slug(one) not in elsewhere]
    standing = frozenset(_standing(work, unsafe)) if unsafe else frozenset()
    return tuple(issue for issue in unsafe if (issue.context, issue.source) not in standing)


def _standing(work: Work, issues: Iterable[QualityIssue]) -> Iterator[Key]:
    """The units of such issues that say what their pages say, and did before this run."""
    by_slug: defaultdict[str, set[Key]] = defaultdict(set)
    for issue in issues:
        by_slug[_slug(issue)].add((issue.context, issue.source))
    for slug, keys in by_slug.items():
        units = (work.catalog.by_key.get(key) for key in keys)
        kept = [u for u in units if u and kind_of(u.origin) is not OriginKind.EDITED]
        page = _page(work, slug) if kept else None
        if page is not None:
            there = {_words(work, one, one.source) for one in page.segments}
            yield from (unit.key for unit in kept if _of_unit(work, unit) in there)


def _slug(issue: QualityIssue) -> str:
    return issue.context.rpartition("/")[0]


def _page(work: Work, slug: str) -> TermFile | None:
    """The page of a term as it lies there; None where there is none that can be read."""
    path, name = work.files.path_of(slug), work.project.file_slugs.get(slug)
    if not path or name is None:
        return None
    settings = work.files.settings
    rules = Rules(settings.fields, settings.markdown.extensions)
    try:
        return read_term(work.project.workspace.read(path), rules, name, work.locale)
    except BadFile:  # told of where it was read first
        return None


def _of_unit(work: Work, unit: Unit) -> tuple[str, str]:
    segment = work.segments.get(unit.key)
    return _words(work, segment, unit.target) if segment is not None else ("", "")


def _words(work: Work, segment: Segment, text: str) -> tuple[str, str]:
    """A field and what a text of it says, with addresses in the source's form."""
    try:
        tokens = tokens_of(segment, text, work.extensions)
        plain = with_destinations(text, tokens, work.addresses.canonical)
        return segment.field, said(plain, segment, work.extensions)
    except BadFile:
        return segment.field, text
