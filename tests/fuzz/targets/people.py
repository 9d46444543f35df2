"""What people wrote comes in on other ways: pages adopted, catalogs of other programs, packages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages import read_package, target_hash
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Catalog, Kind, State, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.adopting import (
    Adopted,
    Copies,
    Counts,
    Edition,
    Likeness,
    Past,
    Reading,
    Revision,
    joined,
    lay,
    letters_for_one,
    lexicon_of,
    match,
    read_units,
    translated_in,
    vocabulary_of,
    words_of,
)
from i18n_pipeline.stages.adopting.reading import in_source_form
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.foreign import Place, foreign_units, matched, taken
from i18n_pipeline.stages.leverage import Reuse, leverage
from i18n_pipeline.stages.receiving import Desk, Fate, receive
from i18n_pipeline.stages.term import Term
from i18n_pipeline.stages.update import update
from tests.fuzz.given import parts
from tests.fuzz.targets.catalogs import read as catalog_of
from tests.fuzz.targets.exchange import known_codes
from tests.fuzz.targets.pages import NAMES
from tests.fuzz.targets.terms import SITE, read, term_of


def said_by(units: Iterable[Unit]) -> Counter[str]:
    """How often units say each text, or have it wait beside them."""
    return Counter(
        text for unit in units for text in (unit.target, *(one.text for one in parked(unit)))
    )


def adopted(data: bytes) -> None:
    """Every text of a page becomes a unit's, waits beside one, or is told to be left over."""
    source, page, before = parts(data, 3)
    term, target, earlier = term_of(source), read(page, locale="de"), term_of(before)
    if term is None or target is None:
        return
    term = with_extras(term, Fields(locale="", slug="", extra=("reading",)))
    reading = _reading_of(term, target)
    past = Past()
    if earlier is not None:
        past = Past(
            (Revision(earlier, 1.0, "a"), Revision(term, 2.0, "b")), (Edition(target, 1.5),)
        )
    found = read_units(lay(term, target, past, reading), "terms/de/term.md", reading)
    _tells_all(target, found, reading)
    units = joined(Catalog(), found.units, ())
    written = write_po(Catalog(units))
    assert read_po(written).units == units
    assert not any(unit.is_draft for unit in units)
    again = read_units(lay(term, target, past, reading), "terms/de/term.md", reading)
    assert again == found
    assert joined(Catalog(units), again.units, ()) == units


def _reading_of(term: Term, target: TermFile) -> Reading:
    """What a page is read with, as a run learns it from all pages of a locale."""
    plain = Reading(SITE, NAMES, Likeness(letters_for_one([(term.file, target)])))
    found = match(term, target, plain)
    names = Copies(frozenset({"LoRA"}), tuple(translated_in(found, DEFAULT_EXTENSIONS)))
    return replace(plain, lexicon=lexicon_of({"term": words_of(found)}), copies=names)


def _tells_all(target: TermFile, found: Adopted, reading: Reading) -> None:
    """Fails for a text of the page of which nothing is said, or which is counted twice."""
    there = [one for one in target.segments if one.kind is not Kind.VOCABULARY]
    left = [one.text for one in found.left if not one.of_source]
    extra = sum(count for key, count in found.texts.items() if key[0] == "term/reading")
    assert sum(found.texts.values()) - extra + len(left) == len(there), found
    said = said_by(found.units)
    lost = Counter(in_source_form(one, reading) for one in there if one.source not in left)
    assert not lost.keys() - said.keys(), (lost, said)
    vocabulary = vocabulary_of(found.uses)
    counts = Counts.of((*found.units, *vocabulary.units(found.uses)))
    counts.take(found, vocabulary)
    assert counts.reviewed + counts.needs_review + counts.left >= len(there), counts


def taken_in(data: bytes) -> None:
    """Another program's catalog fills what is empty, and never touches a person's text."""
    source, theirs, ours = parts(data, 3)
    term, catalog = term_of(source), catalog_of(ours) if ours else Catalog()
    if term is None or catalog is None:
        return
    before = update(catalog, [term])
    places = {key: Place(segment, term.path) for key, segment in before.segments.items()}
    for name in ("old.po", "old.xlf"):
        try:
            foreign = tuple(foreign_units(theirs, name, "de"))
        except BadFile:
            continue
        found = matched(foreign, places, DEFAULT_EXTENSIONS)
        after = taken(before.units, found.found, lambda _unit: True).units
        _keeps_people(before.units, after)
        again = taken(after, found.found, lambda _unit: True).units
        assert [(one.key, one.target, one.reviewed) for one in again] == [
            (one.key, one.target, one.reviewed) for one in after
        ]


def received(data: bytes) -> None:
    """Whatever comes back in a package, a person's text stays, or waits where it stood.

    But for one that went out to be worked on: whoever did so saw it.
    """
    source, package, ours = parts(data, 3)
    term, catalog = term_of(source), catalog_of(ours)
    if term is None or catalog is None:
        return
    now = update(catalog, [term])
    desk = Desk("job.xlf", frozenset({"term"}), lambda _unit: "")
    for name in ("job.xlf", "job.csv", "job.po"):
        try:
            returned = read_package(name, package, known_codes).units
        except BadFile:
            continue
        found = receive(returned, now.units, now.segments, desk)
        assert Counter(one.returned.line for one in found.received) == Counter(
            one.line for one in returned
        )
        went_out = {one.exported.target for one in returned if one.exported}
        stay = [u for u in now.units if u.reviewed or target_hash(u.target) not in went_out]
        _keeps_people(stay, found.units)
        refused = [one for one in found.received if one.fate in (Fate.REFUSED, Fate.UNKNOWN)]
        assert all(one.reason for one in refused), refused


def reused(data: bytes) -> None:
    """What is remembered fills what is empty: nothing else changes, and drafts are told apart."""
    source, ours = parts(data, 2)
    term, catalog = term_of(source), catalog_of(ours)
    if term is None or catalog is None:
        return
    now = update(catalog, [term])
    reuse = Reuse(least=lambda _unit: 60, extensions=DEFAULT_EXTENSIONS)
    found = leverage(now.units, now.segments, reuse)
    for before, after in zip(now.units, found.units, strict=True):
        if before != after:
            assert not before.target, (before, after)
            assert after.target
            assert after.reviewed or after.is_draft, after
            assert kind_of(after.origin) in (OriginKind.EXACT, OriginKind.FUZZY)
    _keeps_people(now.units, found.units)
    assert leverage(found.units, now.segments, reuse).units == found.units


def _keeps_people(before: Sequence[Unit], after: Sequence[Unit]) -> None:
    """Fails for a text of a person's that stands nowhere near its place, or cannot be written."""
    there: Mapping[str, Counter[str]] = {
        unit.slug: said_by(one for one in after if one.slug == unit.slug) for unit in before
    }
    for unit in before:
        if unit.by_person:
            assert there[unit.slug][unit.target], unit
        for one in parked(unit):
            assert there[unit.slug][one.text], (unit, one)
    assert _active(read_po(write_po(Catalog(tuple(after)))).units) == _active(after)


def _active(units: Iterable[Unit]) -> list[tuple[object, ...]]:
    return [(*u.key, u.target, u.state is State.REVIEWED) for u in units if not u.obsolete]
