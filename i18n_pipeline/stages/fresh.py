"""A term in one locale as if no file existed: the source's bytes with the texts put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.config import Role
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body
from i18n_pipeline.formats.front_matter import Change, SetText
from i18n_pipeline.formats.term_file import TermFile, read_term
from i18n_pipeline.model import Kind
from i18n_pipeline.stages.extras import extra_changes
from i18n_pipeline.stages.front_changes import draft_marks, set_items
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term, Texts


def fresh_file(local: Localized) -> TermFile:
    """The source with texts, locale, its own fields, links and draft mark; what has no text stays.

    Raises BadFile where the result would not read back as those texts.
    """
    term, site, source = local.term, local.site, local.term.file
    changes = [*_field_changes(source, local.fields, site)]
    changes += extra_changes(local.extras, source, source)
    changes += draft_marks(source, source, site, drafts=local.drafts)
    pairs = list(zip(source.body.slots, local.body, strict=True))
    patches = [source.body.patch(slot, text) for slot, text in pairs if text is not None]
    data = source.render(changes, [*patches, *local.definitions])
    fresh = read_term(data, site.rules, term.slug, site.locale)
    expected = [
        slot.segment.source if text is None else source.body.reads_as(slot, text)
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
