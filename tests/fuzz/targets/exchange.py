"""Files that come from other people's tools: glossaries, memories, work packages."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.editing import with_entries
from i18n_pipeline.formats.glossaries.listing import (
    in_order,
    read_glossary,
    read_keep,
    write_glossary,
)
from i18n_pipeline.formats.glossaries.tbx import concepts_of, read_tbx, write_tbx
from i18n_pipeline.formats.packages import read_package
from i18n_pipeline.formats.packages.package import Codes
from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.formats.tmx import TmxUnit, Variant, read_tmx, without, write_tmx
from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.stages.receiving import Desk, receive
from tests.fuzz.given import has_place, has_words

_NEW = (Entry("zzz new", "ganz neu"),)


def glossary(data: bytes) -> None:
    """A glossary that is read is written, and read again it is the same; entries are added."""
    try:
        read_keep(data)
    except BadFile as refused:
        has_place(refused)
    try:
        found = read_glossary(data, source="en", target="de")
    except BadFile as refused:
        has_place(refused)
        return
    assert read_glossary(write_glossary(found)) == in_order(found)
    try:
        more = with_entries(data, _NEW, source="en", target="de")
    except BadFile:
        return
    assert read_glossary(more, source="en", target="de") == (*found, *_NEW)
    assert more.startswith(data.rstrip(b"\r\n")) or not data.strip()


def tbx(data: bytes) -> None:
    """A termbase that is read is written, and read again it is the same."""
    try:
        found = read_tbx(data, source="en", target="de")
    except BadFile as refused:
        has_place(refused)
        return
    if not found:
        return  # a file without terms is none
    written = write_tbx(concepts_of({"de": found}, "en", {}), "en")
    assert set(read_tbx(written, source="en", target="de")) == set(found)


def tmx(data: bytes) -> None:
    """A memory that is read is written, and read again it is the same; nothing taken, no change."""
    try:
        found = read_tmx(data, "en", ("de", "ja", "pt-BR"))
        assert without(data, lambda _unit: False)[0] == data
        rest, gone = without(data, lambda _unit: True)
        if gone:
            assert not any(one.pairs for one in read_tmx(rest, "en", ("de",)).values())
    except BadFile as refused:
        has_place(refused)
        return
    pairs = found["de"].pairs
    units = [
        TmxUnit((Variant("en", one.source), Variant("de", one.target)), one.place) for one in pairs
    ]
    again = read_tmx(write_tmx(units, "en"), "en", ("de",))["de"].pairs
    assert [(one.source, one.target) for one in again] == list(
        dict.fromkeys((one.source, one.target) for one in pairs)
    ) or {(p.source, p.target, p.place) for p in again} == {
        (p.source, p.target, p.place) for p in pairs
    }


_HEADER = new_header("es", "glossary")
_UNITS = (
    Unit("category", "Methods"),
    Unit("lora/term", "LoRA", "LoRA", reviewed=True),
    Unit("lora/definition", "A cheap way.", "Una manera barata."),
    Unit("lora/keywords", "=LoRA\nadapter"),
)
_DESK = Desk("job.xlf", frozenset({"lora"}), lambda _unit: "")


def known_codes(_unit: str) -> Codes:
    return {"1": ("**", "**"), "2": ("`x`", "")}


def package(data: bytes) -> None:
    """A work package, by whatever name it comes, is refused, or its texts can be put away."""
    for name in ("work.xlf", "work.csv", "work.po", "work"):
        try:
            found = read_package(name, data, known_codes)
        except BadFile as refused:
            has_words(refused)
            continue
        received = receive(found.units, _UNITS, {}, _DESK)
        assert read_po(write_po(Catalog(received.units, _HEADER))).units == received.units
