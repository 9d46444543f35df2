"""A term in one locale as if no file existed: the source's bytes with the texts put in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from i18n_pipeline.config import Role
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, Patch
from i18n_pipeline.formats.front_matter import Change, SetText
from i18n_pipeline.formats.term_file import TermFile, read_term
from i18n_pipeline.links import changed_destination, with_destinations
from i18n_pipeline.markdown import inline_tokens
from i18n_pipeline.model import Kind, Segment, digest
from i18n_pipeline.stages.correct import Texts, as_read
from i18n_pipeline.stages.front_changes import draft_marks, set_items
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term

_MAY_LINK = ("](", "<", "//", "www.")


def fresh_file(term: Term, texts: Texts, site: Site, *, drafts: bool) -> TermFile:
    """The source with texts, locale, localized links and draft mark; what has no text stays.

    Raises BadFile where the result would not read back as those texts.
    """
    source = term.file
    local = localized(source, texts, site)
    fields, body = local[: len(source.fields)], local[len(source.fields) :]
    changes = [*_field_changes(source, fields, site)]
    changes += draft_marks(source, source, site, drafts=drafts)
    pairs = list(zip(source.body.slots, body, strict=True))
    patches = [source.body.patch(slot, text) for slot, text in pairs if text is not None]
    data = source.render(changes, [*patches, *_definition_patches(source.body, site)])
    fresh = read_term(data, site.rules, term.slug, site.locale)
    expected = [
        slot.segment.source if text is None else as_read(source.body, slot, text)
        for slot, text in pairs
    ]
    check_sources(term, expected, fresh.body)
    return fresh


def made_from(term: Term, texts: Texts, site: Site, *, drafts: bool) -> str:
    """Hash of everything but the source's own bytes that decides what a term's file says."""
    definitions = [patch[2].decode() for patch in _definition_patches(term.file.body, site)]
    marks = sorted(site.draft_mark.items()) if drafts else []
    about = [localized(term.file, texts, site), definitions, marks, repr(site.fields)]
    about.append(sorted(site.rules.extensions))
    return digest(json.dumps(about), 8)


def localized(source: TermFile, texts: Texts, site: Site) -> list[str | None]:
    """The texts with their links as the locale has them."""
    return [
        None if text is None else _localized(text, segment, site)
        for text, segment in zip(texts, source.segments, strict=True)
    ]


def check_sources(term: Term, expected: Sequence[str], body: Body) -> None:
    """Raise BadFile where a body does not read as the texts expected."""
    found = [slot.segment.source for slot in body.slots]
    if found == expected:
        return
    pairs = zip(expected, found, strict=False)
    wanted = next((want for want, got in pairs if want != got), (expected or [""])[-1])
    raise BadFile(
        "would-not-read-back",
        f"`{term.slug}` would not read back as its translation near “{wanted[:60]}”",
        mend="look for Markdown in the translation that changes the structure, such as a leading #",
    )


def _field_changes(source: TermFile, texts: Texts, site: Site) -> Iterator[Change]:
    for slot, text in zip(source.fields, texts, strict=True):
        if text is None or text == slot.segment.source:
            continue
        if slot.segment.kind is Kind.LIST:
            key = str(slot.path[0])
            yield set_items(key, source.values[key], text.split("\n"))
        else:
            yield SetText(slot.path, text)
    for key, value in source.values.items():
        if site.fields.role(key) is Role.LOCALE and value != site.locale:
            yield SetText((key,), site.locale)


def _localized(text: str, segment: Segment, site: Site) -> str:
    if not segment.markdown or not site.addresses.rewrite:
        return text
    if not any(mark in text for mark in _MAY_LINK):
        return text
    tokens = inline_tokens(text, segment.definitions, site.rules.extensions)
    return with_destinations(
        text, tokens, lambda address: site.addresses.localized(address, site.available)
    )


def _definition_patches(body: Body, site: Site) -> Iterator[Patch]:
    """Link reference definitions are skeleton, but their destinations lead to terms too."""
    for start, end in body.addresses:
        raw = body.data[start:end].decode()
        local = changed_destination(
            raw, lambda address: site.addresses.localized(address, site.available)
        )
        if local != raw:
            yield start, end, local.encode()
