"""A term's page on both sides, as its reader will see it, with the places of its units."""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.desk.looking import Looking
from i18n_pipeline.desk.marking import Json
from i18n_pipeline.desk.rendering import Place, document
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import read_body
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.markdown import parse
from i18n_pipeline.stages.term import Term


def page_of(look: Looking, slug: str) -> Json | None:
    """A term's page on both sides; None where there is no such term."""
    term = look.facts.terms.get(slug)
    if term is None:
        return None
    units = [look.opened.catalog.unit_for(slug, segment) for segment in term.segments]
    texts = [unit.target if unit is not None else "" for unit in units]
    names = [unit_id(unit.key) if unit is not None else "" for unit in units]
    sources = [segment.source for segment in term.segments]
    return {
        "slug": slug,
        "name": term.file.name or slug,
        "path": term.path,
        "source": _side(look, term, names, sources),
        "target": _side(look, term, names, texts),
        "open": [name for name, text in zip(names, texts, strict=True) if not text],
    }


def _side(look: Looking, term: Term, names: Sequence[str], texts: Sequence[str]) -> Json:
    body = len(term.segments) - len(term.file.body.slots)
    fields = [
        {
            "unit": name,
            "field": segment.field,
            "kind": str(segment.kind),
            "nodes": look.nodes(segment, text or segment.source),
        }
        for name, segment, text in zip(names, term.segments[:body], texts, strict=False)
    ]
    return {"fields": fields, "body": _body(term, names[body:], texts[body:])}


def _body(term: Term, names: Sequence[str], texts: Sequence[str]) -> list[object]:
    """The body with these texts in it; a text that is missing leaves the source's."""
    body = term.file.body
    pairs = zip(body.slots, texts, strict=True)
    data = body.render(body.patch(slot, text) for slot, text in pairs if text)
    try:
        slots = read_body(data, body.extensions).slots
        if len(slots) != len(names):  # a text that falls apart into several blocks
            slots = ()
        places = [
            Place(slot.leaf.start, slot.leaf.end, name)
            for slot, name in zip(slots, names, strict=False)
        ]
        return document(parse(data, body.extensions), places)
    except BadFile as failure:
        return [["p", {}, [f"This page cannot be shown: {failure.message}"]]]
