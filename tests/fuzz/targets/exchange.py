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
from i18n_pipeline.formats.tmx import TmxUnit, Variant, read_tmx, without, write_tmx
from i18n_pipeline.glossary import Entry
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


def _known(_unit: str) -> Codes:
    return {"1": ("**", "**"), "2": ("`x`", "")}


def package(data: bytes) -> None:
    """A work package gives units, or is refused with its place, by whatever name it comes."""
    for name in ("work.xlf", "work.csv", "work.po", "work"):
        try:
            found = read_package(name, data, _known)
        except BadFile as refused:
            has_words(refused)
            continue
        for unit in found.units:
            assert "\0" not in unit.target
            unit.target.encode()
