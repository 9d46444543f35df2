from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from i18n_pipeline.model import digest
from i18n_pipeline.workspace import swapping
from i18n_pipeline.workspace.swapping import put, take_away

from .conftest import tree

READ = digest(b"read")


@pytest.fixture(params=["exchanged", "looked at before"])
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file and what is to take its place; with and without help of the system."""
    if request.param == "looked at before":
        monkeypatch.setattr(swapping, "_renaming", lambda: None)
    (tmp_path / "target").write_bytes(b"read")
    (tmp_path / "new").write_bytes(b"new")
    return tmp_path


def test_a_file_that_is_what_was_read_is_replaced(files: Path) -> None:
    assert put(files / "new", files / "target", READ)
    assert tree(files) == {"target": b"new"}


def test_one_that_somebody_saved_meanwhile_stays(files: Path) -> None:
    (files / "target").write_bytes(b"theirs")
    assert not put(files / "new", files / "target", READ)
    assert tree(files) == {"target": b"theirs", "new": b"new"}


def test_one_that_somebody_took_away_stays_away(files: Path) -> None:
    (files / "target").unlink()
    assert not put(files / "new", files / "target", READ)
    assert tree(files) == {"new": b"new"}


def test_a_new_file_is_put_only_where_there_is_none(files: Path) -> None:
    assert not put(files / "new", files / "target", "")
    assert tree(files) == {"target": b"read", "new": b"new"}
    (files / "target").unlink()
    assert put(files / "new", files / "target", "")
    assert tree(files) == {"target": b"new"}


def test_a_file_is_taken_away_only_as_it_was_read(files: Path) -> None:
    assert not take_away(files / "target", files / "aside", digest(b"other"))
    assert tree(files) == {"target": b"read", "new": b"new"}
    assert take_away(files / "target", files / "aside", READ)
    assert tree(files) == {"new": b"new"}


def test_what_cannot_be_looked_at_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "target").write_bytes(b"read")
    (tmp_path / "new").write_bytes(b"new")
    before = tree(tmp_path)

    def bad(_: Path) -> str:
        raise OSError(errno.EIO, "Input/output error")

    acts: tuple[Callable[[], bool], ...] = (
        lambda: put(tmp_path / "new", tmp_path / "target", READ),
        lambda: take_away(tmp_path / "target", tmp_path / "aside", READ),
    )
    for act in acts:
        with monkeypatch.context() as patch:
            patch.setattr(swapping, "hash_of", bad)
            with pytest.raises(OSError, match="Input/output"):
                act()
        assert tree(tmp_path) == before


@pytest.mark.parametrize("number", sorted(swapping._CANNOT))
def test_a_file_system_that_cannot_exchange_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def cannot() -> Callable[..., int]:
        return lambda *_: number

    monkeypatch.setattr(swapping, "_renaming", cannot)
    (tmp_path / "target").write_bytes(b"read")
    (tmp_path / "new").write_bytes(b"new")
    assert put(tmp_path / "new", tmp_path / "target", READ)
    assert tree(tmp_path) == {"target": b"new"}


def test_other_failures_are_raised_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "_renaming", lambda: lambda *_: errno.EIO)
    with pytest.raises(OSError, match="target"):
        put(tmp_path / "new", tmp_path / "target", READ)
