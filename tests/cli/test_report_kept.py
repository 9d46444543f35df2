"""A report of a project that did not change is not worked out again, and never tells what was."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from i18n_pipeline.pipeline import project
from i18n_pipeline.pipeline.by_hand import surveying
from i18n_pipeline.workspace import Workspace
from tests.stubs.deepl import Stub
from tests.stubs.repository import Repository
from tests.stubs.site import Site

KEPT = ".i18n/report/survey.json"
REPORT = ("report", "--date", "2026-11-28", "--provider", "deepl")


def told(site: Site) -> str:
    return site.report(*REPORT).out


@pytest.fixture
def asked(site: Site, deepl: Stub, monkeypatch: pytest.MonkeyPatch) -> list[Workspace]:
    """The project with drafts in Japanese; how often its sources are read for a report."""
    site.ask(deepl)
    assert site.run("sync", "--lang", "ja").code == 0
    read, seen = project.read_project, list[Workspace]()

    def reading(workspace: Workspace) -> object:
        seen.append(workspace)
        return read(workspace)

    monkeypatch.setattr(surveying, "read_project", reading)
    return seen


def test_what_did_not_change_is_not_worked_out_again(site: Site, asked: list[Workspace]) -> None:
    first = told(site)
    assert told(site) == first
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.change("terms/en/token.md", "A model", "One model"),
        lambda site: site.review(),
        lambda site: site.write("glossaries/ja.csv", "source,target\ntoken,トークン\n"),
        lambda site: site.change("i18n.toml", '"de"', '"de", "fr"'),
        lambda site: site.write("terms/de/token.md", "---\nterm: Token\n---\n"),
    ],
)
def test_whatever_changes_is_seen(
    site: Site, asked: list[Workspace], change: Callable[[Site], None]
) -> None:
    first = told(site)
    change(site)
    assert told(site) != first
    assert len(asked) == 2


def test_who_asks_with_another_provider_is_told_of_that_one(
    site: Site, asked: list[Workspace]
) -> None:
    assert '"deepl"' in told(site)
    site.ask_nobody()
    assert '"deepl"' not in site.report("report", "--date", "2026-11-28").out
    assert len(asked) == 2


def test_another_commit_is_looked_at_anew(
    site: Site, asked: list[Workspace]
) -> None:  # what git's HEAD has is what reviews are compared with
    repository = Repository(site.root)
    repository.commit("first")
    told(site)
    site.write("README.md", "Something else.\n")
    repository.commit("second")
    told(site)
    assert len(asked) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"seen": 1}'])
def test_what_is_kept_may_be_damaged(site: Site, asked: list[Workspace], damage: str) -> None:
    first = told(site)
    site.write(KEPT, damage)
    assert told(site) == first
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["locales", "sources", "planned", "notes"])
@pytest.mark.parametrize("value", [None, 1, ["x"], {"ja": 1}, [{"locale": "ja"}], [[1, 2]]])
def test_parts_of_what_is_kept_may_be_anything(
    site: Site, asked: list[Workspace], name: str, value: object
) -> None:
    first = told(site)
    kept = json.loads(site.read(KEPT))
    site.write(KEPT, json.dumps({**kept, name: value}))
    if (name, value) != ("notes", ["x"]):
        assert told(site) == first


def test_where_a_file_cannot_be_read_nothing_is_kept(site: Site, asked: list[Workspace]) -> None:
    site.write("terms/en/bad.md", "---\nterm: x\n")
    assert told(site) == told(site)
    assert len(asked) == 2
    assert not (site.root / KEPT).exists()
