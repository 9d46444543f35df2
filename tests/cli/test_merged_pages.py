"""Pages that people made up otherwise, on branches that meet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import Site

PAGE = "terms/ja/lora.md"
LAYERS = "⟦ja:Only small layers are trained⟧."
SYNC = ("sync", "--lang", "ja")

ADDED = {
    "a paragraph": "\n\nこの段落は日本語だけ。",
    "code": "\n\n```python\nprint('日本語だけ')\n```",
    "a heading and a paragraph": "\n\n## 日本語だけの節\n\nこの段落は日本語だけ。",
}


@pytest.fixture
def repository(reviewed: Site, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The project, reviewed and built in Japanese, in a repository with the driver."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    made = Repository(reviewed.root)
    assert reviewed.run("init", "--git").code == 0
    made.commit("Begin")
    return made


def add(site: Site, what: str) -> None:
    site.change(PAGE, LAYERS, LAYERS + ADDED[what])
    assert site.run(*SYNC).code == 0


def retranslate(site: Site) -> None:
    site.translate("Only small layers are trained.", "小さな層だけを学習する。")
    assert site.run(*SYNC).code == 0


def correct_another(site: Site) -> None:
    site.translate("cheap", "安い")
    assert site.run(*SYNC).code == 0


def edit_source(site: Site) -> None:
    site.change("terms/en/lora.md", "trained.", "trained!")
    site.run(*SYNC)


def leave_out(site: Site) -> None:
    site.change(PAGE, "- ⟦ja:fast⟧\n", "")
    assert site.run(*SYNC).code == 0


OTHERS = [retranslate, correct_another, edit_source, leave_out]


@pytest.mark.parametrize("what", ADDED)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("ours", [True, False])
def test_a_block_of_the_pages_own_survives_a_merge_with_work_on_the_same_term(
    reviewed: Site, repository: Repository, what: str, other: Callable[[Site], None], ours: bool
) -> None:
    repository.git("switch", "--quiet", "-c", "grace", "main")
    steps: list[Callable[[Site], None]] = [other, partial(add, what=what)]
    steps[0 if ours else 1](reviewed)
    repository.commit("Grace", author="Grace")
    repository.git("switch", "--quiet", "main")
    steps[1 if ours else 0](reviewed)
    repository.commit("Ada")
    assert repository.merge("grace")
    page = reviewed.read(PAGE)
    assert ADDED[what].strip() in page
    assert reviewed.run(*SYNC).code in (0, 3)
    after = reviewed.read(PAGE)
    assert ADDED[what].strip() in after, after
    assert after.count("small layers") + after.count("小さな層") == 1, after
    before = reviewed.tree()
    reviewed.run(*SYNC)
    assert reviewed.tree() == before


def test_items_of_one_list_that_two_people_corrected_are_one_list(
    reviewed: Site, repository: Repository
) -> None:
    repository.git("switch", "--quiet", "-c", "grace", "main")
    reviewed.translate("cheap", "安い")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("Grace", author="Grace")
    repository.git("switch", "--quiet", "main")
    reviewed.translate("fast", "速い")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(PAGE).endswith(f"\n\n{LAYERS}\n\n- 安い\n- 速い\n")


def test_a_text_corrected_here_whose_link_changed_there_stands_once(
    reviewed: Site, repository: Repository
) -> None:
    """The two sides remember the paragraph by two sources, and the page has one of them."""
    page, english = "terms/ja/fine-tuning.md", "terms/en/fine-tuning.md"
    repository.git("switch", "--quiet", "-c", "grace", "main")
    reviewed.change(english, "example.org/paper", "example.org/article")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("Grace", author="Grace")
    repository.git("switch", "--quiet", "main")
    unit = reviewed.unit("fine-tuning/body", "Fine-tuning takes")
    reviewed.translate(unit.msgid, f"微調整は: {unit.msgstr}")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("Ada")
    repository.merge("grace")
    reviewed.run(*SYNC)
    found = reviewed.read(page)
    assert found.count("https://example.org/") == 1
    assert "微調整は" in found + reviewed.read("locales/ja/terms.po")
