"""Golden folders: each says in four files what a build keeps, changes and adds."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats.po import write_po
from i18n_pipeline.model import Catalog
from i18n_pipeline.stages.update import update
from tests.stages.golden import CASES, built, load, texts_of

KEPT = {"copied-changed-by-person": ("date",), "copied-changed-by-both": ("date",)}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_built_as_its_folder_shows(name: str) -> None:
    case = load(name)
    result = built(case, case.bytes_of("existing.md"))
    assert result.data.decode() == (case.bytes_of("built.md") or b"").decode()
    assert result.kept == KEPT.get(name, ())
    assert result.unplaced == ()


@pytest.mark.parametrize("name", CASES)
def test_building_on_what_was_built_changes_nothing(name: str) -> None:
    case = load(name)
    once = built(case, case.bytes_of("existing.md")).data
    assert built(case, once).data == once


@pytest.mark.parametrize("name", CASES)
def test_the_review_file_is_what_an_update_leaves_as_it_is(name: str) -> None:
    case = load(name)
    catalog = case.catalog
    updated = update(catalog, [case.term()])
    again = Catalog(updated.units, catalog.header, catalog.header_comments)
    assert write_po(again) == case.bytes_of("units.po")


def test_translations_equal_to_the_source_give_the_source_but_for_its_locale() -> None:
    case = load("same-as-source")
    assert set(texts_of(case)) == {segment.source for segment in case.term().file.segments}
    source = case.bytes_of("source.md") or b""
    assert case.bytes_of("built.md") == source.replace(b"lang: en", b"lang: de")
