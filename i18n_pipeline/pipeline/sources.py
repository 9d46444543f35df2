"""The source side of a project as reports show it: names, categories, and what leads where."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Kind
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.reports.standing import SourceTerm
from i18n_pipeline.stages.spending import links_from
from i18n_pipeline.stages.term import Term


def source_terms(project: Project) -> Iterator[SourceTerm]:
    """The terms of the source, by slug."""
    settings = project.config.settings(project.config.source)
    fields, extensions = settings.fields, settings.markdown.extensions
    links = settings.links
    source = project.config.source
    addresses = Addresses(links.rewrite, links.missing, links.allow, source, project.known)
    for term in project.terms:
        slugs = links_from(term, fields, addresses.slug_of, extensions)
        yield SourceTerm(
            slug=term.slug,
            path=term.path,
            name=_first(term, Kind.NAME) or term.slug,
            category=_first(term, Kind.VOCABULARY),
            links=tuple(sorted(slugs & project.known)),
            nowhere=tuple(sorted(slugs - project.known)),
        )


def _first(term: Term, kind: Kind) -> str:
    """The first text of a kind in the front matter, "" where there is none."""
    segments = (slot.segment for slot in term.file.fields)
    return next((one.source for one in segments if one.kind is kind), "")
