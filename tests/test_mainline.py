"""The way of the main branch, and a few moments of it that show its whole length."""

from __future__ import annotations

from pathlib import Path

from i18n_pipeline.history import Commit, find_history
from i18n_pipeline.history.mainline import mainline, moments
from tests.stubs.repository import Repository


def test_a_merge_stands_for_what_it_brought(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first = repository.commit("one", {"po/ja.po": "1", "other": "1"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("on the side", {"po/ja.po": "2"})
    repository.git("checkout", "--quiet", "main")
    repository.commit("elsewhere", {"other": "2"})
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    found = mainline(find_history(tmp_path), ["po"])
    merged = repository.git("rev-parse", "HEAD").strip()
    assert [one.id for one in found] == [merged, first]


def test_outside_of_git_there_is_none(tmp_path: Path) -> None:
    assert mainline(find_history(tmp_path), ["po"]) == ()


def commit(day: int, name: str = "") -> Commit:
    when = f"2026-01-{day:02}T12:00:00+00:00"
    return Commit(name or f"c{day}", "Ada", when, when, "")


def test_moments_are_spread_over_the_time_and_end_with_the_newest() -> None:
    crowd = [commit(2, f"many{number}") for number in range(500)]
    commits = [commit(30), commit(20), commit(10), *crowd, commit(1)]
    found = [one.id for one in moments(commits, 8)]
    assert len(found) <= 8
    assert (found[0], found[-1]) == ("c1", "c30")
    assert {"c10", "c20"} <= set(found)


def test_few_are_all_there_in_order() -> None:
    assert [one.id for one in moments([commit(2), commit(1)], 8)] == ["c1", "c2"]
    assert moments([], 8) == ()
