"""Review files, and what is made of them: no person's words are lost on any way."""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.po import (
    language_of_po,
    read_foreign_po,
    read_po,
    unit_lines,
    units_in,
    write_po,
)
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.foreign import Place, foreign_units, matched
from i18n_pipeline.stages.merging import mend_catalog, merge_catalogs
from i18n_pipeline.stages.update import update
from tests.fuzz.given import has_place, parts
from tests.fuzz.targets.terms import term_of


def read(data: bytes) -> Catalog | None:
    """The catalog that these bytes are; None where they are refused."""
    try:
        return read_po(data)
    except BadFile as refused:
        if refused.problem.code != "po-empty":
            has_place(refused)
        return None


def po(data: bytes) -> None:
    """What is read is written, and read again it is the same, to the byte from then on."""
    units_in(data)
    for reader in (language_of_po, unit_lines):
        try:
            reader(data)
        except BadFile:
            continue
    found = read(data)
    if found is None:
        return
    written = write_po(found)
    again = read_po(written)
    there = [unit for unit in found.units if unit.target or not unit.obsolete]
    assert list(again.units) == there
    assert write_po(again) == written
    assert len(unit_lines(written)) == sum(not unit.obsolete for unit in there)


def merge(data: bytes) -> None:
    """Of a merge every person's new text is there, in its unit or beside it."""
    base, ours, theirs = (read(part) for part in parts(data, 3))
    if ours is None or theirs is None:
        return
    merged = merge_catalogs(base or Catalog(), ours, theirs)
    before = _said(base.units if base else ())
    said = _said(read_po(write_po(merged.catalog)).units)
    for unit in (*ours.units, *theirs.units):
        if unit.by_person and unit.target not in before:
            assert unit.target in said, unit


def torn(data: bytes) -> None:
    """A review file with conflict markers is mended to one that reads, or refused."""
    try:
        mended = mend_catalog(data)
    except BadFile:
        return
    if mended is not None:
        read_po(mended.data)


def updated(data: bytes) -> None:
    """Whatever a source became, people's words are there; a second update changes nothing."""
    source, catalog = parts(data, 2)
    term, known = term_of(source), read(catalog)
    if term is None or known is None:
        return
    found = update(known, [term])
    written = write_po(Catalog(found.units, known.header, known.header_comments))
    again = read_po(written)
    assert update(again, [term]).units == again.units
    said = _said(again.units)
    for unit in known.units:
        if unit.by_person:
            assert unit.target in said, unit


def foreign(data: bytes) -> None:
    """Another program's file gives texts to our units, or is refused."""
    source, catalog = parts(data, 2)
    term = term_of(source)
    if term is None:
        return
    try:
        found = tuple(foreign_units(catalog, "old.po", "de"))
        tuple(read_foreign_po(catalog))
    except BadFile:
        return
    start = update(Catalog(), [term])
    places = {key: Place(segment, term.path) for key, segment in start.segments.items()}
    matched(found, places, DEFAULT_EXTENSIONS)


def _said(units: Sequence[Unit]) -> frozenset[str]:
    """What units say, and what waits beside them."""
    beside = (one.text for unit in units for one in parked(unit))
    return frozenset((*(unit.target for unit in units), *beside))
