"""`i18n init --git`: git merges by unit from then on, and once more changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from i18n_pipeline.history.installing import driver_command
from tests.stubs.repository import Repository
from tests.stubs.site import Site


@pytest.fixture
def repository(site: Site) -> Repository:
    return Repository(site.root)


def test_it_says_what_it_did_and_once_more_does_nothing(site: Site, repository: Repository) -> None:
    site.write(".gitattributes", "*.png binary\n")
    ran = site.run("init", "--git")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "wrote .gitattributes: commit it\n"
        "the merge driver is installed, for all work trees of this clone\n"
        "every other clone needs it once: i18n init --git\n"
    )
    assert site.read(".gitattributes").startswith("*.png binary\n\n# Translations merge")
    assert "merge-driver %O %A %B %P" in repository.git("config", "merge.i18n.driver")
    before = site.tree(), repository.git("config", "--local", "--list")
    again = site.report("init", "--git")
    assert again.json["changed"] is False
    assert again.json["git"] == {"written": [], "driver": False}
    assert (site.tree(), repository.git("config", "--local", "--list")) == before


def test_a_dry_run_writes_nothing(site: Site, repository: Repository) -> None:
    before = site.tree(), repository.git("config", "--local", "--list")
    assert site.run("init", "--git", "--dry-run").out == "would write .gitattributes: commit it\n"
    assert (site.tree(), repository.git("config", "--local", "--list")) == before


def test_outside_of_git_it_is_said(site: Site) -> None:
    ran = site.run("init", "--git")
    assert (ran.code, ran.out) == (2, "")
    assert "this is no git repository" in ran.err
    assert not (site.root / ".gitattributes").exists()


def test_it_is_for_a_project_and_is_taken_alone(site: Site, repository: Repository) -> None:
    assert site.run("init", "--git", "--source", "en").code == 2
    (site.root / "i18n.toml").unlink()
    ran = site.run("init", "--git")
    assert ran.code == 2
    assert "no i18n.toml" in ran.err


@pytest.mark.parametrize("python", [sys.executable, "/nowhere/python", "false"])
@pytest.mark.parametrize("theirs", ["a\nb\nC\n", "other\nb\nc\n"])
def test_whatever_becomes_of_the_command_both_sides_are_merged(
    python: str, theirs: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    for name, text in (("%O", "a\nb\nc\n"), ("%A", "A\nb\nc\n"), ("%B", theirs)):
        site.write(name, text)
    command = driver_command(python).replace("%P", "a.txt").replace("'", "")
    ended = subprocess.run(["sh", "-c", command], cwd=site.root, capture_output=True, check=False)
    if theirs.endswith("C\n"):
        assert (ended.returncode, site.read("%A")) == (0, "A\nb\nC\n")
    else:
        assert ended.returncode in (1, 3)
        assert "A\n" in site.read("%A")
        assert "other\n" in site.read("%A")
