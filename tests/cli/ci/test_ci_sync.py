"""`i18n ci sync`: nights of a hosted glossary, with people at work in between."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from i18n_pipeline.pipeline import runs
from tests.stubs import deepl as engine
from tests.stubs.forge import TOKEN, Pull
from tests.stubs.nightly import Hosted, became
from tests.stubs.repository import Repository
from tests.stubs.server import Fault
from tests.stubs.site import CONFIG, TOKENS

PO, PAGE = "locales/ja/terms.po", "terms/ja/token.md"


def test_a_first_night_opens_a_pull_request_for_each_locale(hosted: Hosted) -> None:
    ran = hosted.night()
    assert (ran.code, ran.err) == (0, "")
    assert became(ran) == {"ja": "opened", "de": "opened"}
    assert {one.title for one in hosted.forge.open.values()} == {
        "Japanese (ja): drafts only",
        "German (de): drafts only",
    }
    assert hosted.git("diff", "--name-only", "main", "i18n/ja").split() == [PO]


def test_all_locales_may_come_together(hosted: Hosted) -> None:
    ran = hosted.night("--together")
    assert ran.code == 0
    assert {b: p.title for b, p in hosted.forge.open.items()} == {
        "i18n/all": "Translations (ja, de): drafts only"
    }


def test_a_second_night_changes_nothing_anywhere(drafted: Hosted) -> None:
    tip, changes = drafted.git("rev-parse", "i18n/ja"), list(drafted.forge.changes)
    asked = len(drafted.deepl.seen())
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "unchanged"})
    assert drafted.git("rev-parse", "i18n/ja") == tip
    assert drafted.forge.changes == changes
    assert len(drafted.deepl.seen()) == asked


def test_a_night_in_which_nothing_is_new_looks_at_no_term(
    drafted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drafted.forge.open["i18n/ja"].body
    assert became(drafted.night("--lang", "ja")) == {"ja": "unchanged"}  # finds all in order
    with monkeypatch.context() as patched:
        patched.setattr(runs, "_full", None)  # whoever looked at terms would call it
        ran = drafted.night("--lang", "ja")
    assert (ran.code, ran.err, became(ran)) == (0, "", {"ja": "unchanged"})
    assert drafted.forge.open["i18n/ja"].body == before


def test_what_a_person_pushes_is_checked_although_the_checks_found_nothing_before(
    drafted: Hosted,
) -> None:
    drafted.night("--lang", "ja")
    assert "Checks: nothing found." in drafted.forge.open["i18n/ja"].body
    drafted.approve(texts={"A model reads tokens.": "モデル 42 はトークンを読む。"})
    assert drafted.night("--lang", "ja").code == 0
    assert "Checks: nothing found." not in drafted.forge.open["i18n/ja"].body


def test_an_approved_text_that_may_stand_in_no_page_is_the_reason_that_is_told(
    drafted: Hosted,
) -> None:
    drafted.approve(texts={"A model reads tokens.": "<script>alert(1)</script>"})
    drafted.forge.merge("i18n/ja")
    ran = drafted.night("--lang", "ja")
    assert ran.code == 65
    assert re.search(
        r"ja: 1 text kept out of pages \([a-z, ]+\): locales/ja/terms\.po:\d+\n", ran.out
    )


def test_a_locale_without_anything_new_gets_no_pull_request(drafted: Hosted) -> None:
    drafted.forge.merge("i18n/ja")
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "nothing new"})
    assert drafted.forge.open == {}


@pytest.mark.parametrize(
    ("how", "delete"),
    [("merge", False), ("merge", True), ("squash", False), ("squash", True), ("rebase", True)],
)
def test_after_a_merge_the_next_one_tells_what_it_publishes(
    drafted: Hosted, how: str, delete: bool
) -> None:
    drafted.approve()
    drafted.forge.merge("i18n/ja", how=how, delete=delete)
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "opened"})
    pull = drafted.forge.open["i18n/ja"]
    assert pull.title == "Japanese (ja): publishes 3 pages"
    assert "<b>token</b> (new, 3 texts)" in pull.body
    assert 'href="https://example.org/ja/token"' in pull.body
    assert "| A model reads tokens. | ⟦ja&#58;A model reads tokens⟧. |" in pull.body
    drafted.forge.merge("i18n/ja", how=how, delete=delete)
    assert became(drafted.night("--lang", "ja")) == {"ja": "nothing new"}


@pytest.mark.parametrize("late", [False, True])
def test_what_was_squashed_is_not_merged_a_second_time(drafted: Hosted, late: bool) -> None:
    drafted.approve()
    drafted.forge.merge("i18n/ja", how="squash")
    hana = drafted.person("Hana")
    hana.site.translate("A model reads tokens.", "モデルはトークンを読みます。")
    hana.push("Better, on main")
    if late:
        kenji = drafted.person("Kenji", "i18n/ja")
        kenji.site.translate("A piece of text.", "文の断片。")
        kenji.push("On the branch, after it was merged")
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "opened"})
    merged = drafted.show("i18n/ja", PO)
    assert "モデルはトークンを読みます。" in merged
    assert ("文の断片。" in merged) == late
    assert "i18n: conflict" not in merged
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PAGE)


def test_what_a_person_commits_to_the_branch_is_taken_in_and_stays(drafted: Hosted) -> None:
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.translate("A model reads tokens.", "モデルはトークンを読みます。")
    hana.site.write("NOTES.md", "Ask Kenji about ranks.\n")
    mine = hana.push("My own words")
    ada = drafted.person("Ada")
    ada.site.change("terms/en/lora.md", "Only small layers are trained.", "Few layers are trained.")
    ada.push("Shorter")
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "updated"})
    assert mine in drafted.git("rev-list", "i18n/ja").split()
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PO)
    assert "Few layers are trained." in drafted.show("i18n/ja", PO)
    assert drafted.show("i18n/ja", "NOTES.md") == "Ask Kenji about ranks.\n"


def test_a_page_edited_on_the_branch_becomes_units(drafted: Hosted) -> None:
    drafted.approve()
    drafted.night("--lang", "ja")
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.change(PAGE, "⟦ja:A model reads tokens⟧.", "モデルはトークンを読みます。")
    hana.push("Mended in the page")
    assert drafted.night("--lang", "ja").code == 0
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PO)
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PAGE)


def test_somebody_who_pushes_while_the_job_is_at_work_keeps_every_commit(drafted: Hosted) -> None:
    ada = drafted.person("Ada")
    ada.site.change("terms/en/lora.md", "Only small layers are trained.", "Few layers are trained.")
    ada.push("Shorter")
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.translate("A model reads tokens.", "モデルはトークンを読みます。")
    pushed: list[str] = []

    def meanwhile(answer: list[str]) -> list[str]:
        pushed.append(hana.push("While the robot works"))
        return answer

    drafted.deepl.fail(engine.Fault(change=meanwhile), at=len(drafted.deepl.seen()) + 1)
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran), len(pushed)) == (0, {"ja": "updated"}, 1)
    assert pushed[0] in drafted.git("rev-list", "i18n/ja").split()
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PO)
    assert "⟦ja:Few layers are trained⟧" in drafted.show("i18n/ja", PO)


def test_main_moving_on_elsewhere_is_no_reason_to_push(drafted: Hosted) -> None:
    tip = drafted.git("rev-parse", "i18n/ja")
    ada = drafted.person("Ada")
    ada.site.write("README.md", "A glossary.\n")
    ada.push("A README")
    assert became(drafted.night("--lang", "ja")) == {"ja": "unchanged"}
    assert drafted.git("rev-parse", "i18n/ja") == tip


def test_what_the_service_could_not_merge_is_merged_by_unit(drafted: Hosted) -> None:
    drafted.approve()
    drafted.forge.merge("i18n/ja")
    hana = drafted.person("Hana")
    hana.repository.git("push", "--quiet", "origin", "main:refs/heads/i18n/ja", "--force")
    branch = drafted.person("Kenji", "i18n/ja")
    branch.site.translate("A piece of text.", "文の断片。")
    branch.push("Kenji's words")
    hana.site.translate("Token", "トークン")
    hana.push("Hana's words")
    ran = drafted.night("--lang", "ja")
    assert ran.code == 0, ran.err
    merged = drafted.show("i18n/ja", PO)
    assert "文の断片。" in merged
    assert "トークン" in merged
    assert "<<<<" not in merged
    contains = drafted.git("merge-base", "main", "i18n/ja").strip()
    assert contains == drafted.git("rev-parse", "main").strip()


def test_a_conflict_nobody_can_merge_leaves_the_branch_and_says_so(drafted: Hosted) -> None:
    kenji = drafted.person("Kenji", "i18n/ja")
    kenji.site.change("terms/en/lora.md", "Only small layers", "Just small layers")
    tip = kenji.push("On the branch")
    ada = drafted.person("Ada")
    ada.site.change("terms/en/lora.md", "Only small layers", "Few small layers")
    ada.push("On main")
    ran = drafted.night("--lang", "ja", "--neutral")
    assert ran.code == 0
    assert "conflict in terms/en/lora.md" in ran.out
    assert "exit code 3" in ran.err
    assert drafted.git("rev-parse", "i18n/ja").strip() == tip
    assert drafted.night("--lang", "ja").code == 3


def test_a_pull_request_that_somebody_closed_is_not_opened_again(drafted: Hosted) -> None:
    drafted.forge.close("i18n/ja")
    assert became(drafted.night("--lang", "ja")) == {"ja": "declined"}
    drafted.git("branch", "-D", "i18n/ja")
    assert became(drafted.night("--lang", "ja")) == {"ja": "declined"}
    assert drafted.forge.open == {}


def test_a_closed_one_comes_back_with_something_new(drafted: Hosted) -> None:
    drafted.forge.close("i18n/ja")
    ada = drafted.person("Ada")
    ada.site.write("terms/en/rank.md", TOKENS.replace("token", "rank").replace("Token", "Rank"))
    ada.push("Rank")
    assert became(drafted.night("--lang", "ja")) == {"ja": "opened"}


def test_a_pull_request_that_has_become_empty_is_closed_with_a_word(drafted: Hosted) -> None:
    ada = drafted.person("Ada")
    ada.site.write(PO, drafted.show("i18n/ja", PO))
    ada.push("Brought over by hand")
    ran = drafted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "closed"})
    (pull,) = drafted.forge.pulls
    assert (pull.state, pull.comments) == (
        "closed",
        ["Nothing is left to merge: main has all of it."],
    )


def test_owner_and_reviewers_are_asked_once(drafted: Hosted) -> None:
    pull = drafted.forge.open["i18n/ja"]
    assert (pull.assignees, pull.reviewers) == (["hana"], ["kenji", "acme/japanese"])
    drafted.approve()
    assert became(drafted.night("--lang", "ja")) == {"ja": "updated"}
    assert (pull.assignees, pull.reviewers) == (["hana"], ["kenji", "acme/japanese"])


def test_somebody_who_cannot_be_asked_is_named_and_stops_nothing(hosted: Hosted) -> None:
    del hosted.forge.users["hana"], hosted.forge.users["kenji"]
    ran = hosted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "opened"})
    assert "hana cannot be assigned" in ran.out
    assert "kenji cannot be asked for a review" in ran.out
    assert hosted.forge.open["i18n/ja"].reviewers == ["acme/japanese"]


def test_what_people_write_into_title_and_text_stays(drafted: Hosted) -> None:
    pull = drafted.forge.open["i18n/ja"]
    pull.title, pull.body = "Japanese: please hurry", f"Kenji, please look.\n\n{pull.body}\n\nBye."
    drafted.approve()
    drafted.night("--lang", "ja")
    assert pull.title == "Japanese: please hurry"
    assert pull.body.startswith("Kenji, please look.\n\n<!-- i18n: begin")
    assert pull.body.endswith("<!-- i18n: end -->\n\nBye.")
    assert "**Publishes 3 pages.**" in pull.body


def test_a_new_title_comes_with_what_the_branch_brings(drafted: Hosted) -> None:
    drafted.approve()
    drafted.night("--lang", "ja")
    assert drafted.forge.open["i18n/ja"].title == "Japanese (ja): publishes 3 pages"


def test_a_cap_delivers_what_is_finished_and_ends_neutral_with_the_reason(hosted: Hosted) -> None:
    ran = hosted.night("--lang", "ja", "--max-chars", "60", "--neutral")
    assert ran.code == 0
    assert "exit code 3" in ran.err
    assert "the cap on characters was reached" in ran.err
    pull = hosted.forge.open["i18n/ja"]
    assert "**Not all could be done:**" in pull.body
    assert "the cap on characters was reached" in pull.body


def test_a_provider_that_asks_to_wait_delivers_what_is_finished(hosted: Hosted) -> None:
    hosted.deepl.fail(engine.Fault(456), at=2, times=50)
    ran = hosted.night("--lang", "ja", "--neutral")
    assert ran.code == 0
    assert "exit code 75" in ran.err
    assert became(ran) == {"ja": "opened"}
    assert hosted.night("--lang", "ja").code == 75


def test_the_cap_holds_for_all_locales_together(hosted: Hosted) -> None:
    ran = hosted.night("--max-chars", "200", "--format", "json")
    report = json.loads(ran.out)
    spent = {one["branch"]: one["characters"] for one in report["branches"]}
    assert sum(spent.values()) <= 200
    assert all(spent.values())


def test_a_cap_is_not_passed_by_beginning_again(drafted: Hosted) -> None:
    ada = drafted.person("Ada")
    ada.site.change("terms/en/lora.md", "Only small layers are trained.", "Few layers are trained.")
    ada.site.change("terms/en/token.md", "A model reads tokens.", "A model reads all its tokens.")
    ada.push("Shorter")
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.write("NOTES.md", "Mine.\n")

    def meanwhile(answer: list[str]) -> list[str]:
        hana.push("While the robot works")
        return answer

    drafted.deepl.fail(engine.Fault(change=meanwhile), at=len(drafted.deepl.seen()) + 1)
    billed = drafted.deepl.account.billed
    ran = drafted.night("--lang", "ja", "--max-chars", "45")
    assert (ran.code, became(ran)) == (3, {"ja": "updated"})
    assert 0 < drafted.deepl.account.billed - billed <= 45


def test_a_damaged_file_costs_nothing_else_and_the_job_fails(hosted: Hosted) -> None:
    ada = hosted.person("Ada")
    ada.site.write("terms/en/bad.md", "---\nterm: [\n---\n")
    ada.push("Damaged")
    ran = hosted.night("--lang", "ja", "--neutral")
    assert ran.code == 65
    assert "terms/en/bad.md:" in ran.err
    assert became(ran) == {"ja": "opened"}
    assert "terms/en/bad.md" in hosted.forge.open["i18n/ja"].body


def test_checks_of_what_was_pushed_stand_beside_its_commit(drafted: Hosted) -> None:
    tip = drafted.git("rev-parse", "i18n/ja").strip()
    assert drafted.forge.statuses == {tip: [("success", "0 errors, 0 warnings")]}
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.translate("A model reads tokens.", "[悪い](https://evil.example/)リンク。")
    hana.push("A link")
    ran = drafted.night("--lang", "ja")
    assert ran.code == 65
    tip = drafted.git("rev-parse", "i18n/ja").strip()
    verdicts = drafted.forge.statuses.get(tip)
    assert verdicts is not None
    assert verdicts[-1][0] == "failure"


def test_a_token_that_may_not_set_a_status_costs_no_more_than_that(hosted: Hosted) -> None:
    hosted.forge.refuses_statuses = True
    ran = hosted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "opened"})
    assert "what checks found could not be put beside the commit: GitHub answered 403" in ran.out
    assert "/pull/1" in ran.out


def test_a_shallow_clone_is_enough(drafted: Hosted) -> None:
    drafted.approve()
    ran = drafted.night("--lang", "ja", depth=1)
    assert (ran.code, became(ran)) == (0, {"ja": "updated"})


def test_receipts_kept_from_the_night_before_are_not_paid_for_again(hosted: Hosted) -> None:
    hosted.forge.fail(Fault(500))
    assert hosted.night("--lang", "ja").code == 75
    hosted.git("branch", "-D", "i18n/ja")
    asked = len(hosted.deepl.seen())
    assert asked
    assert became(hosted.night("--lang", "ja")) == {"ja": "opened"}
    assert len(hosted.deepl.seen()) == asked


def test_a_service_that_is_away_costs_no_work_and_the_next_night_opens_it(hosted: Hosted) -> None:
    hosted.forge.fail(Fault(502), times=1)
    ran = hosted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (75, {"ja": "pushed"})
    assert became(hosted.night("--lang", "ja")) == {"ja": "opened"}


def test_a_token_that_may_not_open_pull_requests_is_told_where_to_allow_it(hosted: Hosted) -> None:
    words = "GitHub Actions is not permitted to create or approve pull requests."
    hosted.forge.fail(Fault(403, body=json.dumps({"message": words})))
    ran = hosted.night("--lang", "ja")
    assert ran.code == 77
    assert "Allow GitHub Actions to create and approve pull requests" in ran.err
    assert TOKEN not in ran.out + ran.err


def test_without_a_token_nothing_is_begun(hosted: Hosted) -> None:
    del hosted.environment["GITHUB_TOKEN"]
    ran = hosted.night()
    assert ran.code == 77
    assert hosted.deepl.seen() == []


def test_without_a_service_branches_are_pushed_and_the_rest_is_said(hosted: Hosted) -> None:
    hosted.environment.clear()
    ran = hosted.night("--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "pushed"})
    assert "open a pull request from i18n/ja into main" in ran.out
    assert hosted.forge.journal == []


@pytest.mark.parametrize("lab", [False, True])
def test_a_pull_request_of_a_fork_from_a_branch_of_that_name_is_none_of_ours(
    hosted: Hosted, lab: bool
) -> None:
    hosted.environment = hosted.forge.gitlab() if lab else hosted.environment
    strangers = Pull(1, "i18n/ja", "main", "Mine", "My own words.", of_fork=True)
    hosted.forge.pulls.append(strangers)
    assert became(hosted.night("--lang", "ja")) == {"ja": "opened"}
    assert (strangers.title, strangers.body) == ("Mine", "My own words.")


def test_gitlab_gets_merge_requests(hosted: Hosted) -> None:
    hosted.environment = hosted.forge.gitlab()
    assert became(hosted.night("--lang", "ja")) == {"ja": "opened"}
    pull = hosted.forge.open["i18n/ja"]
    assert (pull.assignees, pull.reviewers) == (["hana"], ["kenji", "acme/japanese"])
    assert became(hosted.night("--lang", "ja")) == {"ja": "unchanged"}
    hosted.approve()
    assert became(hosted.night("--lang", "ja")) == {"ja": "updated"}
    assert pull.title == "Japanese (ja): publishes 3 pages"
    hosted.forge.close("i18n/ja")
    assert became(hosted.night("--lang", "ja")) == {"ja": "declined"}


def test_the_clone_is_left_as_it_was(hosted: Hosted) -> None:
    job = hosted.job()
    at = Repository(job.root)
    before = job.contents()
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    assert at.git("branch", "--show-current") == "main\n"
    assert at.git("status", "--porcelain") == ""
    assert {path for path in job.contents() if ".git/" not in path} == {
        path for path in before if ".git/" not in path
    }


def test_changes_nobody_committed_are_not_touched(hosted: Hosted) -> None:
    job = hosted.job()
    job.change("terms/en/lora.md", "Only small layers", "Few small layers")
    ran = job.run("ci", "sync")
    assert ran.code == 2
    assert "terms/en/lora.md has changes that are not committed" in ran.err
    assert "Few small layers" in job.read("terms/en/lora.md")


def test_a_project_in_a_folder_of_its_repository_is_delivered(
    tmp_path: Path, hosted: Hosted
) -> None:
    ada = hosted.person("Ada")
    ada.repository.git("rm", "-r", "--quiet", "i18n.toml", "terms")
    (ada.site.root / "site").mkdir(exist_ok=True)
    for path, text in {"i18n.toml": CONFIG, "terms/en/token.md": TOKENS}.items():
        ada.site.write(f"site/{path}", text)
    ada.push("Moved")
    job = hosted.job()
    assert job.run("-C", str(job.root / "site"), "ci", "sync", "--lang", "ja").code == 0
    assert hosted.git("diff", "--name-only", "main", "i18n/ja").split() == [
        "site/locales/ja/terms.po"
    ]


def test_the_job_is_told_in_its_summary_and_outputs(hosted: Hosted, tmp_path: Path) -> None:
    summary, output = tmp_path / "summary.md", tmp_path / "output"
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    hosted.environment |= {**files, "GITHUB_ACTIONS": "true"}
    ran = hosted.night("--lang", "ja", "--max-chars", "60", "--neutral")
    assert ran.code == 0
    assert "::warning title=i18n ci sync::not all could be done (exit code 3)" in ran.out
    address = "https://forge.example/acme/glossary/pull/1"
    assert output.read_text() == f"code=3\nchanged=true\npull-requests={address}\n"
    assert f"]({address}), opened | 0 |" in summary.read_text()
    assert "## Translations: drafts only (" in summary.read_text()


def test_the_report_as_json_names_each_branch(hosted: Hosted) -> None:
    ran = hosted.night("--format", "json")
    report = ran.json
    assert (report["command"], report["base"], report["changed"]) == ("ci sync", "main", True)
    branches = report["branches"]
    assert isinstance(branches, list)
    assert [(one["branch"], one["became"], one["exit"]) for one in branches] == [
        ("i18n/ja", "opened", 0),
        ("i18n/de", "opened", 0),
    ]


def test_of_a_page_that_an_earlier_version_built_only_what_is_new_is_told(drafted: Hosted) -> None:
    """Its lock did not say what stands in a page."""
    drafted.approve()
    drafted.night("--lang", "ja")
    drafted.forge.merge("i18n/ja", delete=True)
    hana = drafted.person("Hana")
    lock = hana.site.read("locales/ja/terms.lock")
    hana.site.write("locales/ja/terms.lock", re.sub(r" (?:written|fields\.\w+)=\S+", "", lock))
    hana.site.translate("A model reads tokens.", "モデルはトークンを読みます。")
    hana.push("Better, on main")
    assert became(drafted.night("--lang", "ja")) == {"ja": "opened"}
    body = drafted.forge.open["i18n/ja"].body
    assert "<b>token</b> (changed, 1 text)" in body
    assert "| A model reads tokens. | モデルはトークンを読みます。 |" in body


HOSTILE = """\
---
term: "Fixes #1 @all ::error::x"
slug: bad
lang: en
category: "</details>"
definition: "##[add-mask]a Closes https://github.com/acme/glossary/issues/3"
---

/close [a](https://example.org) &#64;hana ::set-output name=code::0 <b>x</b>
"""


def test_no_text_of_a_term_steers_the_service_or_the_job(hosted: Hosted, tmp_path: Path) -> None:
    ada = hosted.person("Ada")
    ada.site.write("terms/en/bad.md", HOSTILE)
    ada.push("Bad")
    summary, output = tmp_path / "summary.md", tmp_path / "output"
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    hosted.environment |= {**files, "GITHUB_ACTIONS": "true"}
    ran = hosted.night("--lang", "ja", "--publish", "drafts")
    pull = hosted.forge.open["i18n/ja"]
    assert pull.title == "Japanese (ja): publishes 4 pages (4 with drafts)"
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(pull.body)
    assert set(re.findall(r'href="([^"]*)"', page)) == {
        f"https://example.org/{locale}/{slug}"
        for locale in ("en", "ja")
        for slug in ("bad", "fine-tuning", "lora", "token")
    }
    assert page.count("<details>") == page.count("</details>") == 4
    outside = re.sub(r"<code>.*?</code>", "", summary.read_text())  # in code nobody is called
    for told in (unescape(page), unescape(outside), ran.out, ran.err):
        assert not re.search(r"(?m)(?<!\w)@(?:all|hana)\b|#\d|^\s*::|##\[|^/close", told), told
    for message in hosted.commits("i18n/ja"):
        assert "#" not in message
    assert output.read_text().count("\n") == 3
