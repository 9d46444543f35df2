from __future__ import annotations

import json
from pathlib import Path

import pytest

from i18n_pipeline.cli import main
from i18n_pipeline.config import read_config

TERM = "---\ntitle: {0}\n---\n\nSee [a](/a/).\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("en/a", "en/b", "ja/a", "de/b"):
        file = tmp_path / f"{path}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(TERM.format(path), "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(folder), "init", *arguments])
    return int(ended.value.code or 0)


def test_init_writes_a_configuration_and_says_what_to_do_next(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    config = read_config((folder / "i18n.toml").read_text("utf-8"))
    assert (config.source, config.targets) == ("en", ("de", "ja"))
    said = capsys.readouterr()
    assert "i18n status" in said.out
    assert (
        "files that people translated (de, ja) stay as they are: i18n adopt reads them" in said.out
    )
    assert "i18n sync --lang de" in said.out
    assert said.err == ""


def test_init_changes_nothing_but_its_own_file(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.md")}
    run(folder)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after.pop(folder / "i18n.toml")
    assert after == before


def test_a_dry_run_prints_the_file_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--dry-run", "--targets", "ja") == 0
    said = capsys.readouterr()
    assert not (folder / "i18n.toml").exists()
    assert run(folder, "--targets", "ja", "--quiet") == 0
    assert said.out == (folder / "i18n.toml").read_text("utf-8")
    assert "not asked for, and left alone: de" in said.err


def test_a_second_init_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder)
    before = (folder / "i18n.toml").read_bytes()
    assert run(folder) == 2
    assert "there is an i18n.toml already" in capsys.readouterr().err
    assert (folder / "i18n.toml").read_bytes() == before


def test_json_holds_the_file_and_what_was_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "en/broken.md").write_bytes(b"---\n\xff\n---\n")
    assert run(folder, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["command"], said["changed"]) == ("i18n/1", "init", True)
    assert said["config"]["text"] == (folder / "i18n.toml").read_text("utf-8")
    assert said["locales"] == [{"locale": "de", "files": 1}, {"locale": "ja", "files": 1}]
    assert said["unreadable"] == ["en/broken.md"]


def test_json_is_printed_for_a_refusal_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--format", "json") == 2
    said = json.loads(capsys.readouterr().out)
    assert (said["exit"], said["errors"][0]["code"]) == (2, "usage-error")


def test_a_folder_without_term_files_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path) == 2
    assert "looked for Markdown files with front matter" in capsys.readouterr().err


def test_files_that_cannot_be_read_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "en/c.md").write_bytes(b"---\ntitle: [\n---\n")
    (folder / "ja/c.md").write_bytes(b"\xff")
    assert run(folder) == 0
    assert "2 files could not be read" in capsys.readouterr().out


def test_names_on_disk_do_not_drive_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "en/\u202eevil.md").write_text(TERM.format("x"), "utf-8")
    assert run(folder) == 0
    assert "\u202e" not in capsys.readouterr().out


def test_what_is_wrong_with_sources_comes_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder / "en" / "a.md"
    with source.open("a", encoding="utf-8") as file:
        file.write("\nIt isnâ€™t what it was.\n")
    assert run(folder, "--dry-run") == 0
    first, second, *_ = capsys.readouterr().err.splitlines()
    assert first == "mend these sources first, what is wrong in them would be translated:"
    assert second.startswith(f"  {source.relative_to(folder).as_posix()}:")
    assert "source-mojibake" in second
