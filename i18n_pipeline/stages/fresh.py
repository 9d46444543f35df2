"""A term in one locale as if no file existed: the source's bytes with the texts put in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Localized:
    """A term with its texts as one locale's file says them; `drafts`: some are not reviewed.

    `fields` and `body` are texts with their links localized, `definitions` the same for link
    reference definitions, as patches of the source's body.
    """

    term: Term
    site: Site
    fields: Texts
    body: Texts
    definitions: tuple[Patch, ...]
    drafts: bool = False

    @classmethod
    def of(cls, term: Term, texts: Texts, site: Site, *, drafts: bool = False) -> Localized:
        """What a term says with these texts, one for each of its segments."""
        pairs = zip(texts, term.file.segments, strict=True)
        local = [None if text is None else _localized(text, one, site) for text, one in pairs]
        count = len(term.file.fields)
        definitions = tuple(_definition_patches(term.file.body, site))
        return cls(term, site, local[:count], local[count:], definitions, drafts)

    @property
    def fingerprint(self) -> str:
        """Hash of everything but the source's own bytes that decides what the file says."""
        definitions = [data.decode() for _, _, data in self.definitions]
        marks = sorted(self.site.draft_mark.items()) if self.drafts else []
        about = [[*self.fields, *self.body], definitions, marks, repr(self.site.fields)]
        about.append(sorted(self.site.rules.extensions))
        return digest(json.dumps(about), 8)


def fresh_file(local: Localized) -> TermFile:
    """The source with texts, locale, localized links and draft mark; what has no text stays.

    Raises BadFile where the result would not read back as those texts.
    """
    term, site, source = local.term, local.site, local.term.file
    changes = [*_field_changes(source, local.fields, site)]
    changes += draft_marks(source, source, site, drafts=local.drafts)
    pairs = list(zip(source.body.slots, local.body, strict=True))
    patches = [source.body.patch(slot, text) for slot, text in pairs if text is not None]
    data = source.render(changes, [*patches, *local.definitions])
    fresh = read_term(data, site.rules, term.slug, site.locale)
    expected = [
        slot.segment.source if text is None else as_read(source.body, slot, text)
        for slot, text in pairs
    ]
    check_sources(term, expected, fresh.body)
    return fresh


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
