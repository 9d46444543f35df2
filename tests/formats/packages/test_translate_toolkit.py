"""translate-toolkit, another program's reader and writer of XLIFF, gives packages back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.formats.packages import write_package
from i18n_pipeline.formats.packages.xliff import read_xliff
from tests.formats.packages.samples import PACKAGE
from tests.formats.packages.specification import complaints

xliff2 = pytest.importorskip("translate.storage.xliff2")
po = pytest.importorskip("translate.storage.pypo")


def saved(data: bytes, tmp_path: Path, translations: dict[str, str]) -> bytes:
    """What the toolkit saves of a package, with targets by the sources they are of."""
    before, after = tmp_path / "before.xlf", tmp_path / "after.xlf"
    before.write_bytes(data)
    store = xliff2.Xliff2File.parsefile(str(before))
    for unit in store.units:
        if unit.source in translations:
            unit.target = translations[unit.source]
    store.savefile(str(after))
    return after.read_bytes()


def test_the_toolkit_sees_every_unit_and_its_translation(tmp_path: Path) -> None:
    path = tmp_path / "work.xlf"
    path.write_bytes(write_package("xliff", PACKAGE))
    store = xliff2.Xliff2File.parsefile(str(path))
    assert [unit.getid() for unit in store.units] == [sent.id for sent in PACKAGE.units]
    plain = [(unit.source, unit.target or "") for unit in store.units[:3]]
    assert plain == [(sent.unit.source, sent.unit.target) for sent in PACKAGE.units[:3]]


def test_what_it_saves_untouched_is_read_as_before(tmp_path: Path) -> None:
    data = write_package("xliff", PACKAGE)
    assert read_xliff(saved(data, tmp_path, {})) == read_xliff(data)


def test_what_is_translated_in_it_comes_back_and_all_else_is_as_it_was(tmp_path: Path) -> None:
    data = write_package("xliff", PACKAGE)
    translated = saved(data, tmp_path, {"Methods": "Métodos & más"})
    assert complaints(translated) == []
    first, *rest = read_xliff(translated).units
    assert (first.target, first.is_untouched) == ("Métodos & más", False)
    was = {one.id: (one.target, one.exported) for one in read_xliff(data).units}
    assert all((one.target, one.exported) == was[one.id] for one in rest)


def test_it_reads_a_bundle_and_writes_the_same_bytes() -> None:
    data = write_package("po", PACKAGE)
    store = po.pofile.parsestring(data)
    store.wrapper.width = -1
    assert bytes(store) == data
