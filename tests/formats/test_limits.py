"""How much a file may hold: more is refused in words, before it costs memory or time."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import MAX_DEPTH
from i18n_pipeline.formats.front_yaml import read_yaml
from i18n_pipeline.formats.packages import sheet, write_package
from i18n_pipeline.formats.packages.xliff import reader
from i18n_pipeline.formats.tmx import parsing, read_tmx
from tests.formats.packages.samples import PACKAGE
from tests.formats.test_tmx import UNIT, tmx


def test_many_brackets_beside_each_other_are_no_depth() -> None:
    text = "".join(f"k{n}: []\n" for n in range(2 * MAX_DEPTH))
    assert len(read_yaml(text).values) == 2 * MAX_DEPTH


def test_a_memory_of_more_bytes_is_refused_and_told_to_be_divided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "LARGEST", 100)
    with pytest.raises(BadFile, match=r"more than 100") as caught:
        read_tmx(tmx(UNIT), "en", ["ja"])
    assert (caught.value.problem.code, caught.value.problem.mend) == (
        "too-large",
        "divide it into several files",
    )


def test_a_memory_of_more_units_is_refused_at_the_first_that_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "_MOST", 2)
    assert len(read_tmx(tmx(UNIT, UNIT), "en", ["ja"])["ja"].pairs) == 1
    with pytest.raises(BadFile, match="more than 2 units"):
        read_tmx(tmx(UNIT, UNIT, UNIT), "en", ["ja"])


def test_a_memory_with_half_a_character_is_refused() -> None:
    with pytest.raises(BadFile) as caught:
        read_tmx(b"\xff\xfe" + "<a>\ud800</a>".encode("utf-16-le", "surrogatepass"), "en", ["ja"])
    assert caught.value.problem.code == "not-utf-8"


def test_a_table_of_more_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LARGEST", 10)
    with pytest.raises(BadFile, match="more than 10"):
        sheet.read_sheet(write_package("csv", PACKAGE))


def test_a_package_of_more_units_is_refused_with_the_way_to_smaller_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = write_package("xliff", PACKAGE)
    assert len(reader.read_xliff(data).units) == len(PACKAGE.units)
    monkeypatch.setattr(reader, "MOST_UNITS", 2)
    with pytest.raises(BadFile, match="more than 2 units") as caught:
        reader.read_xliff(data)
    assert caught.value.problem.mend == "export fewer terms at a time (--slug)"
