"""`i18n check --pr`: what the author of a pull request is told, and what fails them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import Ran, Site

PAGE = "terms/ja/token.md"


def check(site: Site, form: str = "github") -> Ran:
    return site.run("check", "--lang", "ja", "--pr", "--format", form)


def notices(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if line.startswith("::notice")]


def test_a_text_edited_in_a_page_is_a_notice(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧.", "モデルはトークンを読みます。")
    ran = check(reviewed)
    assert ran.code == 0
    words = "edited by hand: the next sync takes 1 text into the review file"
    assert notices(ran) == [f"::notice file={PAGE},line=1,title=edited-page::{words}"]


def test_an_edit_in_doubt_is_a_notice_and_no_failure(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧.", "A model reads tokens.")
    assert reviewed.run("check", "--lang", "ja").code == 3
    ran = check(reviewed)
    assert ran.code == 0
    assert "i18n resolve shows both" in notices(ran)[0]


def test_a_page_written_anew_is_a_notice_with_what_to_do(reviewed: Site) -> None:
    page = reviewed.read("terms/ja/fine-tuning.md")
    head = page[: page.index("\n---\n", 4) + 5]
    reviewed.write("terms/ja/fine-tuning.md", f"{head}\n# 全部\n\n違います。\n\n- 一\n- 二\n")
    ran = check(reviewed)
    assert ran.code == 0
    assert "left alone" in notices(ran)[0]
    assert "undo the edit" in notices(ran)[0]


def test_a_formatted_page_is_a_notice(reviewed: Site) -> None:
    reviewed.change("terms/ja/lora.md", "- ⟦ja:cheap⟧", "* ⟦ja:cheap⟧")
    reviewed.change("terms/ja/lora.md", "- ⟦ja:fast⟧", "* ⟦ja:fast⟧")
    ran = check(reviewed)
    assert (ran.code, len(notices(ran))) == (0, 1)


def test_a_text_that_is_not_safe_fails_whoever_wrote_it(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧.", "[x](https://evil.example/)")
    assert check(reviewed).code == 65


def test_people_who_disagree_elsewhere_still_end_with_3(reviewed: Site) -> None:
    words = "# i18n: conflict: a branch says\n# i18n: | 別の文。\n"
    po = reviewed.read("locales/ja/terms.po")
    at = po.index("#. ", po.index("A model reads tokens.") - 200)
    reviewed.write("locales/ja/terms.po", po[:at] + words + po[at:])
    assert check(reviewed).code == 3


@pytest.mark.parametrize("form", ["sarif", "junit", "json", "text"])
def test_every_form_tells_of_edited_pages(reviewed: Site, form: str) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧.", "モデルはトークンを読みます。")
    ran = check(reviewed, form)
    assert ran.code == 0
    assert form in ("junit", "text") or "edited-page" in ran.out
    assert "1 text" in ran.out


def test_what_the_pull_request_touches_is_told_first(reviewed: Site) -> None:
    reviewed.translate("A cheap way of fine-tuning.", "安い方法。")
    git = Repository(reviewed.root)
    git.commit("All there is")
    assert first(check(reviewed)).startswith("lora/")
    git.git("checkout", "--quiet", "-b", "fork")
    reviewed.change("terms/en/token.md", "related: []", "related: [lora]")
    git.commit("Related")
    git.git("checkout", "--quiet", "main")
    git.git("merge", "--quiet", "--no-ff", "--no-edit", "fork")
    assert first(check(reviewed)).startswith("token/")


def first(ran: Ran) -> str:
    """The unit that the first warning is about."""
    line = next(one for one in ran.out.splitlines() if one.startswith("::warning"))
    return line.partition("title=")[2].partition("%3A ")[2].partition("::")[0]


def test_a_pull_request_needs_no_key_no_network_and_writes_nothing(reviewed: Site) -> None:
    reviewed.ask_nobody()
    before = reviewed.tree()
    assert check(reviewed).code == 0
    assert reviewed.tree() == before


def test_it_goes_with_nothing_that_changes_or_measures(reviewed: Site) -> None:
    for other in ("--fix", "--self-test"):
        assert reviewed.run("check", "--pr", other).code == 2


def test_a_project_that_cannot_be_read_is_told_in_the_form_asked_for(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("i18n.toml", "source = 1\n")
    ran = site.run("check", "--pr", "--format", "json")
    assert (ran.code, json.loads(ran.out)["exit"]) == (78, 78)
