"""Names first: what a run in parts asks for of all its terms before it begins with one of them."""

from __future__ import annotations

from collections import defaultdict

from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Kind
from i18n_pipeline.pipeline.terminology import entries_named
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.spending import by_slug
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace

_ASKED = (Kind.NAME, Kind.VOCABULARY)
_SENSE = (*_ASKED, Kind.TEXT)
"""What names are asked for with: the first text of a front matter says what the term means."""


def named_alone(term: Term) -> Term:
    """A term with nothing of it but its name and its vocabulary, and what gives these sense."""
    file = term.file
    fields = tuple(slot for slot in file.fields if slot.segment.kind in _SENSE)
    asked = tuple(slot.segment for slot in fields if slot.segment.kind in _ASKED)
    return replace(term, file=replace(file, data=b"", segments=asked, fields=fields, addresses=()))


def note_names(work: Work) -> None:
    """Have the parts know what some terms are called, and their vocabulary."""
    foreseen, units = work.files.foreseen, by_slug(work.units)
    if foreseen is None:
        return
    vocabulary = (*foreseen.named.get("", ()), *units.get("", ()))
    foreseen.named.update({slug: tuple(own) for slug, own in units.items()})
    foreseen.named[""] = tuple({unit.key: unit for unit in vocabulary}.values())
    names: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries_named(work.units, work.files.settings.fields, work.project.terms):
        names[entry.slug].append(entry)
    foreseen.names.update({slug: tuple(entries) for slug, entries in names.items()})
