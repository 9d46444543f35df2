"""What sources lead to that is no term, told with its line: it may be a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Role
from i18n_pipeline.links import Addresses, destination_of
from i18n_pipeline.markdown import LINKED, Mark
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.slips import Slips
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.term import Term

_LED = LINKED - {Mark.IMAGE}


def leading_nowhere(project: Project) -> Iterator[str]:
    """A note for each: what is called related, and links to what would be a term's address."""
    slips = Slips(_addresses(project))
    for term in project.terms:
        for line, slug in _related(project, term):
            what = f"`{slug}` is related, and there is no such term"
            yield _told(term, line, what, slips.hint(slug))
        for line, destination in _linked(slips.addresses, term):
            slug = slips.astray(destination)
            # where any page's address is like a term's, only what is nearly one is a slip
            hint = slips.hint(slug) if slug else ""
            if hint or (slug and not _is_any_page(destination, slug)):
                yield _told(term, line, f"`{destination}` is the address of no term", hint)


def _told(term: Term, line: int, what: str, hint: str) -> str:
    return f"{term.path}:{line}: note: {what}{f' ({hint})' if hint else ''}"


def _addresses(project: Project) -> Addresses:
    source = project.config.source
    links = project.config.settings(source).links
    return Addresses(links.rewrite, links.missing, links.allow, source, project.known)


def _related(project: Project, term: Term) -> Iterator[tuple[int, str]]:
    """Slugs that a term calls related, and that no source has, with their lines."""
    fields = project.config.settings(project.config.source).fields
    for key in (key for key in term.file.values if fields.role(key) is Role.LINKS):
        for slug in term.file.list_items(key):
            if slug not in project.known:
                front = term.file.front
                yield front.place_of((key,))[0] if front else 0, slug


def _linked(addresses: Addresses, term: Term) -> Iterator[tuple[int, str]]:
    """The addresses in a term's texts and definitions that may be terms', with their lines."""
    file = term.file
    for segment in file.segments:
        if segment.markdown and addresses.may_name_terms(segment.source):
            for token in tokens_of(segment, segment.source, file.rules.extensions):
                if token.mark in _LED and token.at is not None:
                    yield file.line_of(segment), token.destination
    for start, end in file.addresses:
        body = file.body.data
        before = len(file.data) - len(body) + start
        yield file.data.count(b"\n", 0, before) + 1, destination_of(body[start:end].decode())


def _is_any_page(destination: str, slug: str) -> bool:
    """Whether nothing but slashes and an ending tells a term's address from that of any page."""
    path = destination.partition("#")[0].partition("?")[0].strip("/")
    return path.partition(".")[0] == slug
