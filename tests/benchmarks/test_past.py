import os
import subprocess
from pathlib import Path

import pytest

from benchmarks.past import history_of
from benchmarks.year import Day

CONFIG = 'source = "en"\ntargets = ["ja"]\n'
TERM = b"---\nterm: Cat\nslug: cat\nlang: en\n---\n\nA cat sleeps.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    place = tmp_path / "repo"
    (place / "terms" / "en").mkdir(parents=True)
    git(place, "init", "--quiet")
    return place


def git(repo: Path, *words: str, day: str = "2026-03-01") -> None:
    about = {f"GIT_{who}_{what}": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00+00:00" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", "-C", str(repo), *words], env={**os.environ, **about, **dates},
                   check=True)  # fmt: skip


def commit(repo: Path, day: str, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        (repo / name).write_bytes(data)
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message", day, day=day)


def test_a_day_is_as_its_last_commit_left_the_sources(repo: Path, tmp_path: Path) -> None:
    commit(repo, "2026-03-01", {"i18n.toml": CONFIG.encode(), "terms/en/cat.md": TERM})
    edited, again = TERM + b"\nIt purrs.\n", TERM + b"\nIt eats.\n"
    commit(repo, "2026-03-02", {"terms/en/cat.md": edited, "README.md": b"Cats.\n"})
    commit(repo, "2026-03-02", {"terms/en/cat.md": again, "terms/ja/cat.md": TERM})
    (root := tmp_path / "site").mkdir()
    assert list(history_of(repo, root)) == [
        Day("2026-03-01", {"terms/en/cat.md": TERM}),
        Day("2026-03-02", {"terms/en/cat.md": again}),
    ]
    assert (root / "i18n.toml").read_text("utf-8") == CONFIG


def test_without_a_configuration_it_is_what_init_proposes(repo: Path, tmp_path: Path) -> None:
    commit(repo, "2026-03-01", {"terms/en/cat.md": TERM})
    (root := tmp_path / "site").mkdir()
    assert list(history_of(repo, root)) == [Day("2026-03-01", {"terms/en/cat.md": TERM})]
    assert (root / "i18n.toml").exists()


@pytest.mark.parametrize("name", ["repo", "nothing"])
def test_a_folder_without_a_history_is_told_as_one(repo: Path, tmp_path: Path, name: str) -> None:
    (root := tmp_path / "site").mkdir()
    with pytest.raises(SystemExit, match="no git repository with a commit"):
        list(history_of(repo.with_name(name), root))
