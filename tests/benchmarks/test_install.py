from collections.abc import Sequence
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks import install


def test_a_peer_that_cannot_be_installed_is_missing_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(words: Sequence[str]) -> None:
        raise CalledProcessError(1, list(words), stderr="long story\nno network\n")

    monkeypatch.setattr(install, "FOLDER", tmp_path)
    monkeypatch.setattr(install, "_quietly", refuse)
    monkeypatch.setenv("PATH", "")
    install.main()
    said = capsys.readouterr()
    assert said.out == "missing: po4a, msgmerge, mdpo, translate-toolkit, markdown-gettext\n"
    assert said.err.count("cannot be installed here: no network") == 5


def test_a_peer_of_another_version_is_installed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "FOLDER", tmp_path)
    asked: list[str] = []
    monkeypatch.setattr(install, "_quietly", lambda words: asked.append(words[-1]))
    old = install.PythonPeer("peer", "1.0")
    (tmp_path / "peer").mkdir()
    (tmp_path / "peer" / "1.0").touch()
    assert old.ready
    new = install.PythonPeer("peer", "2.0", "[all]")
    assert not new.ready
    monkeypatch.setattr(Path, "touch", lambda path: asked.append(path.name))
    new.install()
    assert asked == [str(tmp_path / "peer"), "peer[all]==2.0", "2.0"]
