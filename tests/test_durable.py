from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from i18n_pipeline import durable
from i18n_pipeline.durable import make_private, remove_durably, sync_folder, write_durably
from i18n_pipeline.errors import CannotWrite


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_file_is_written_with_its_folders_and_nothing_beside_it(tmp_path: Path) -> None:
    write_durably(tmp_path / "a" / "b" / "file", b"content")
    assert files(tmp_path / "a" / "b") == {"file": b"content"}


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    write_durably(tmp_path / "file", b"old")
    write_durably(tmp_path / "file", b"new")
    assert files(tmp_path) == {"file": b"new"}


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_durably(tmp_path / "file", b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    place: object = os if step == "fsync" else Path
    monkeypatch.setattr(place, step, fail)
    with pytest.raises(CannotWrite, match="No space left"):
        write_durably(tmp_path / "file", b"new")
    assert files(tmp_path) == {"file": b"old"}


def test_a_folder_where_the_file_should_be_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(CannotWrite):
        write_durably(tmp_path / "file", b"content")


def test_what_a_killed_process_left_beside_the_file_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _die)
        with pytest.raises(KeyboardInterrupt):
            write_durably(tmp_path / "file", b"content")
    assert len(files(tmp_path)) == 1
    write_durably(tmp_path / "file", b"content")
    assert files(tmp_path) == {"file": b"content"}


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_removing_what_is_not_there_is_fine(tmp_path: Path) -> None:
    remove_durably(tmp_path / "file")
    assert files(tmp_path) == {}


def test_the_private_folder_keeps_itself_out_of_git(tmp_path: Path) -> None:
    make_private(tmp_path / ".i18n")
    assert files(tmp_path / ".i18n") == {".gitignore": b"*\n"}


def test_what_another_run_clears_away_meanwhile_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, times = durable._write, list[int]()

    def cleared(path: Path, data: bytes) -> None:
        written(path, data)
        if not times:
            times.append(1)
            path.unlink()

    monkeypatch.setattr(durable, "_write", cleared)
    write_durably(tmp_path / "a", b"data")
    assert (tmp_path / "a").read_bytes() == b"data"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_removed_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(CannotWrite) as caught:
        remove_durably(folder)
    assert caught.value.message.startswith(f"{folder} cannot be removed: ")
    remove_durably(tmp_path / "never there")


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
def test_a_file_system_that_cannot_sync_a_folder_is_let_be_and_one_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(code: int) -> None:
        def fsync(_: int) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", fsync)

    failing(errno.EINVAL)
    sync_folder(tmp_path)
    failing(errno.EIO)
    with pytest.raises(OSError, match="Input/output error"):
        sync_folder(tmp_path)
