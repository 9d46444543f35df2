"""Fields that only a locale has: what asks a translator for them, and what puts them into a file.

A kana reading, say, that a Japanese glossary is sorted by. They translate nothing: no machine is
asked, no other text is used again, and no page waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.formats.front_matter import AddText, Change, Remove, SetText
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Catalog, Key, Kind, Segment, State, Unit
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace

_NAME_NOTE = "Reviewed name: "


def with_extras(term: Term, fields: Fields) -> Term:
    """The term with a segment for each field that its locale has beside the source's.

    A term without a name is asked for none, nor any term for a field that its source has.
    """
    there = in_source(term, fields)
    name = term.file.name
    asked = [field for field in fields.of(Role.EXTRA) if name and field not in there]
    return replace(term, extras=tuple(Segment(field, Kind.EXTRA, name) for field in asked))


def in_source(term: Term, fields: Fields) -> Mapping[str, str]:
    """Fields meant for a locale alone that the source has too, with its spelling of them."""
    spelled = {key.casefold(): key for key in term.file.values}
    extra = fields.of(Role.EXTRA)
    return {field: spelled[field.casefold()] for field in extra if field.casefold() in spelled}


def extra_changes(texts: Mapping[str, str], source: TermFile, target: TermFile) -> Iterator[Change]:
    """What makes a file say `texts`, by field: in their places, new ones behind the name.

    Fields without a text stay as the file has them.
    """
    spelled = {key.casefold(): key for key in target.values}
    after = _key_of_name(source, spelled)
    for field, text in texts.items():
        there = spelled.get(field.casefold())
        value = None if there is None else target.values[there]
        if there is not None and isinstance(value, str):
            if value.rstrip("\n") != text.rstrip("\n"):
                yield SetText((there,), text.rstrip("\n"))
            continue
        if there is not None:
            yield Remove(there)
        yield AddText(field, text, after=after)
        after = field


def _key_of_name(source: TermFile, spelled: Mapping[str, str]) -> str | None:
    """The key that holds the term's name, as the file spells it; None where it has none."""
    paths = (slot.path for slot in source.fields if slot.segment.kind is Kind.NAME)
    return next((spelled.get(str(path[0]).casefold()) for path in paths), None)


def with_names(
    units: Iterable[Unit], segments: Mapping[Key, Segment], terms: Iterable[Term]
) -> tuple[Unit, ...]:
    """The units, those of a locale's own fields with the name that a person gave the term there."""
    known = tuple(units)
    names = _reviewed_names(known, terms)
    return tuple(
        _with_name(unit, names[unit.slug])
        if not unit.obsolete and _is_extra(segments.get(unit.key)) and unit.slug in names
        else unit
        for unit in known
    )


def _is_extra(segment: Segment | None) -> bool:
    return segment is not None and segment.kind is Kind.EXTRA


def _reviewed_names(units: tuple[Unit, ...], terms: Iterable[Term]) -> Mapping[str, str]:
    """The reviewed names of the terms that are asked for fields of their own, by slug."""
    catalog = Catalog(units)
    found: dict[str, str] = {}
    for term in (term for term in terms if term.extras):
        name = next(one for one in term.file.segments if one.kind is Kind.NAME)
        unit = catalog.unit_for(term.slug, name)
        if unit is not None and unit.state is State.REVIEWED:
            found[term.slug] = " ".join(unit.target.split())
    return found


def _with_name(unit: Unit, name: str) -> Unit:
    first, *others = unit.notes
    return replace(unit, notes=(first, _NAME_NOTE + name, *others))
