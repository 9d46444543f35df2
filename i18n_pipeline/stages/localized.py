"""A term as one locale says it: its texts, with their links leading to the locale's pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from i18n_pipeline.formats.body import Patch
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.links import changed_destination, with_destinations
from i18n_pipeline.markdown import inline_tokens
from i18n_pipeline.model import Segment, digest
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term, Texts
from i18n_pipeline.values import dataclass, field

_MAY_LINK = ("](", "<", "//", "www.")


@dataclass(frozen=True)
class Localized:
    """A term with its texts as one locale's file says them; `drafts`: some are not reviewed.

    `fields` and `body` are texts with their links localized, `definitions` the same for link
    reference definitions, as patches of the source's body. `extras` are the texts of fields that
    only the locale has, by field; those without a text are not there.
    """

    term: Term
    site: Site
    fields: Texts
    body: Texts
    definitions: tuple[Patch, ...]
    drafts: bool = False
    extras: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, term: Term, texts: Texts, site: Site, *, drafts: bool = False) -> Localized:
        """What a term says with these texts, one for each of its segments."""
        pairs = zip(texts, term.segments, strict=True)
        local = [None if text is None else linked(text, one, site) for text, one in pairs]
        count, more = len(term.file.fields), len(term.extras)
        definitions = tuple(_definition_patches(term.file, site))
        own = zip(term.extras, local[count : count + more], strict=True)
        extras = {segment.field: text for segment, text in own if text and text.strip()}
        return cls(term, site, local[:count], local[count + more :], definitions, drafts, extras)

    @property
    def fingerprint(self) -> str:
        """Hash of everything but the source's own bytes that decides what the file says."""
        definitions = [data.decode() for _, _, data in self.definitions]
        marks = sorted(self.site.draft_mark.items()) if self.drafts else []
        about = [[*self.fields, *self.body], definitions, marks, repr(self.site.fields)]
        about.append(sorted(self.site.rules.extensions))
        if self.site.fields.extra:
            about.append([self.site.fields.extra, self.extras])
        return digest(json.dumps(about), 8)


def linked(text: str, segment: Segment, site: Site) -> str:
    """A text with its links to terms as the locale has them."""
    if not segment.markdown or not site.addresses.rewrite:
        return text
    if not any(mark in text for mark in _MAY_LINK):
        return text
    tokens = inline_tokens(text, segment.definitions, site.rules.extensions)
    return with_destinations(
        text, tokens, lambda address: site.addresses.localized(address, site.available)
    )


def _definition_patches(file: TermFile, site: Site) -> Iterator[Patch]:
    """Link reference definitions are skeleton, but their destinations lead to terms too."""
    for start, end in file.addresses:
        raw = file.body.data[start:end].decode()
        local = changed_destination(
            raw, lambda address: site.addresses.localized(address, site.available)
        )
        if local != raw:
            yield start, end, local.encode()
