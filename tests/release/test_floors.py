"""A room whose coverage fell is told, and only that one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from release import floors
from release.floors import Covered, main, rooms, too_low
from release.locks import ROOT

if TYPE_CHECKING:
    import pytest


def summary(lines: int, run: int, branches: int = 0, taken: int = 0) -> dict[str, object]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": run,
            "num_branches": branches,
            "covered_branches": taken,
        }
    }


REPORT = {
    "files": {
        "i18n_pipeline/formats/po/reader.py": summary(100, 100, 50, 49),
        "i18n_pipeline/formats/lock.py": summary(50, 50),
        "i18n_pipeline/links.py": summary(10, 10, 4, 4),
        "i18n_pipeline/cli/sync.py": summary(100, 95),
        "tests/conftest.py": summary(10, 0),
    }
}


def test_a_room_is_a_folder_or_a_file_of_the_package() -> None:
    assert rooms(REPORT) == {
        "cli": Covered(100, 95),
        "formats": Covered(200, 199),
        "links": Covered(14, 14),
    }


def test_all_but_one_is_not_all() -> None:
    assert Covered(10_000, 9_999).percent == 99.9
    assert Covered(10_000, 10_000).percent == 100.0
    assert Covered().percent == 100.0


def test_a_room_below_its_floor_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(floors, "FLOORS", {"formats": 100.0})
    assert too_low(rooms(REPORT)) == {"formats": (99.5, 100.0)}
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps(REPORT), encoding="utf-8")
    assert main(path) == 1
    assert "formats          99.5 %  below its floor of 100.0\n" in capsys.readouterr().out
    monkeypatch.setattr(floors, "FLOORS", {})
    assert main(path) == 0


def test_every_floor_is_under_a_room_that_there_is() -> None:
    there = {path.stem for path in (ROOT / "i18n_pipeline").iterdir()}
    assert set(floors.FLOORS) <= there
