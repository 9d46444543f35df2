"""Who said what: the chain of a unit, the export of all, and the policy."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.repository import Repository
from tests.stubs.site import Ran, Site

PO = "locales/ja/terms.po"
ONLY = "Only small layers are trained."
VERY = "Only very small layers are trained."


@pytest.fixture
def lived(site: Site, deepl: Stub) -> Site:
    """A project in which machines, people and an author took turns."""
    site.ask(deepl)
    repository = Repository(site.root)
    repository.commit("Terms")
    site.run("sync", "--lang", "ja")
    repository.commit("Drafts", author="Bot")
    site.translate("cheap", "安い")
    repository.commit("Cheap", author="Grace")
    site.translate("fast", site.unit("lora/body", "fast").msgstr)
    site.translate(ONLY, "小さな層だけ。", fuzzy=True)
    repository.commit("Fast", author="Linus")
    site.change("terms/en/lora.md", ONLY, VERY)
    site.ask_nobody()
    site.run("sync", "--lang", "ja")
    repository.commit("The source says more", author="Bot")
    site.translate(VERY, "ごく小さな層だけ。")
    return site


def steps(unit: dict[str, object]) -> list[tuple[str, str]]:
    found = unit["steps"]
    assert isinstance(found, list)
    return [(step["author"], "; ".join(step["words"])) for step in found]


def why(site: Site, *arguments: str) -> list[dict[str, object]]:
    found = site.report("status", "--lang", "ja", "--why", *arguments).json["why"]
    assert isinstance(found, list)
    return found


def test_the_chain_of_a_field_tells_who_did_what_and_when(lived: Site) -> None:
    changed, cheap, fast = why(lived, "lora/body")
    assert steps(changed) == [
        ("", "edited and approved"),
        ("Bot", f"the source changed, and the text waits for review; it was: {ONLY}"),
        ("Linus", "edited, needs review"),
        ("Bot", "machine draft by DeepL"),
    ]
    assert steps(cheap) == [("Grace", "edited and approved"), ("Bot", "machine draft by DeepL")]
    assert steps(fast) == [("Linus", "approved"), ("Bot", "machine draft by DeepL")]
    states = [(one["state"], one["provenance"]) for one in (changed, cheap, fast)]
    assert states == [("reviewed", "human"), ("reviewed", "human"), ("reviewed", "reviewed draft")]
    assert str(fast["receipt"]).startswith("receipt: DeepL, model quality_optimized, ")
    assert str(cheap["receipt"]).endswith(", 5 characters")


def test_a_unit_is_found_by_its_words_and_by_its_term(lived: Site) -> None:
    assert [one["source"] for one in why(lived, "only VERY")] == [VERY]
    assert [one["source"] for one in why(lived, "安い")] == ["cheap"]
    assert {one["unit"] for one in why(lived, "token")} == {
        "token/term",
        "token/definition",
        "token/body",
    }
    assert [one["unit"] for one in why(lived, "category")] == ["category", "category"]
    ran = lived.run("status", "--why", "lora/bodi")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean lora/body?" in ran.err
    assert lived.run("status", "--why", "lora", "--slug", "lora").code == 2


def test_the_chain_reads_as_lines(lived: Site) -> None:
    out = lived.run("status", "--lang", "ja", "--why", "cheap").out
    lines = out.splitlines()
    assert lines[:2] == ["ja lora/body: cheap", "  reviewed: 安い"]
    assert lines[2] == "  human, made from a machine draft by DeepL"
    assert lines[4].startswith("  2026-01-01 03:00 Grace ")
    assert lines[4].endswith(": edited and approved")


def test_what_this_machine_does_not_know_it_says(lived: Site) -> None:
    for file in (lived.root / ".i18n" / "receipts" / "ja").glob("*.jsonl"):
        file.unlink()
    (one,) = why(lived, "fast")
    assert one["receipt"] == (
        "its receipt is not on this machine: .i18n/ of whoever asked for it has it"
    )


def rows(site: Site, *arguments: str) -> Iterator[dict[str, str]]:
    ran = site.run("provenance", "--lang", "ja", "--format", "csv", *arguments)
    assert (ran.code, ran.err) == (0, "")
    yield from csv.DictReader(ran.out.splitlines())


def test_the_export_has_a_row_for_each_unit(lived: Site) -> None:
    found = {row["source"]: row for row in rows(lived)}
    assert len(found) == len([one for one in lived.po() if not one.obsolete])
    cheap = found["cheap"]
    assert (cheap["state"], cheap["provenance"]) == ("reviewed", "human")
    assert (cheap["reviewed_by"], cheap["when"]) == ("Grace", "2026-01-01T03:00:00+00:00")
    assert (cheap["provider"], cheap["model"]) == ("DeepL", "quality_optimized")
    assert len(cheap["commit"]) == 40
    assert (found["fast"]["reviewed_by"], found["fast"]["provenance"]) == (
        "Linus",
        "reviewed draft",
    )
    assert (found["LoRA"]["reviewed_by"], found["LoRA"]["provenance"]) == ("", "machine")
    assert found[VERY]["commit"] == "not committed yet"
    assert {row["slug"] for row in rows(lived, "--slug", "lora")} == {"lora"}


def test_the_summary_counts_and_nothing_is_written(lived: Site) -> None:
    before = lived.tree()
    ran = lived.run("provenance", "--lang", "ja")
    assert (ran.code, lived.tree()) == (0, before)
    assert ran.out.splitlines() == [
        "ja: 16 units",
        "      13 machine (13 to review)",
        "       2 human (2 reviewed)",
        "       1 reviewed draft (1 reviewed)",
        "  reviewed by: Grace 1, Linus 1",
    ]


def test_outside_of_git_it_is_said(drafted: Site) -> None:
    ran = drafted.report("provenance", "--lang", "ja")
    assert ran.json["notes"] == [
        "who reviewed what, and when, is not known: this is no git repository"
    ]
    assert ran.code == 0
    assert "this is no git repository" in drafted.run("status", "--why", "token").out


def test_what_two_branches_did_is_told_of_who_did_it(lived: Site) -> None:
    repository = Repository(lived.root, hours=20)
    repository.commit("Ada approves", author="Ada")
    repository.git("switch", "--quiet", "-c", "side", "HEAD~1")
    lived.translate("Token", "トークン")
    repository.commit("Token", author="Grace")
    repository.git("switch", "--quiet", "main")
    lived.translate("A piece of text.", "一片。")
    repository.commit("Piece", author="Linus")
    assert repository.merge("side")
    found = {row["source"]: row for row in rows(lived)}
    assert found["Token"]["reviewed_by"] == "Grace"
    assert found["A piece of text."]["reviewed_by"] == "Linus"
    assert found[VERY]["reviewed_by"] == "Ada"
    (one,) = why(lived, "token/term")
    assert steps(one)[0] == ("Grace", "edited and approved")


def test_an_approval_that_a_merge_by_lines_put_on_another_text_is_nobodys(lived: Site) -> None:
    repository = Repository(lived.root, hours=20)
    draft = lived.unit("token/definition", "A piece").msgstr
    repository.commit("Ada", author="Ada")
    repository.git("switch", "--quiet", "-c", "side")
    lived.change(PO, f'msgstr "{draft}"', 'msgstr "別の下書き。"')
    repository.commit("Another draft", author="Bot")
    repository.git("switch", "--quiet", "main")
    lived.translate("A piece of text.", draft)
    repository.commit("Approved", author="Grace")
    assert repository.merge("side")
    unit = lived.unit("token/definition", "A piece")
    assert (unit.msgstr, unit.fuzzy) == ("別の下書き。", False)  # as git alone merges
    found = {row["source"]: row for row in rows(lived)}
    assert found["A piece of text."]["reviewed_by"] == ""
    (one,) = why(lived, "token/definition")
    assert "approved by nobody" in steps(one)[0][1]
    assert "1 unit nobody approved" in lived.run("provenance", "--lang", "ja").out


POLICY = """
[[policy.rule]]
where = { category = "Basics" }
max_unreviewed = 0
reason = "beginners read these"

[[policy.rule]]
field = "body"
max_machine_approved = 0
"""


def policy(ran: Ran) -> list[dict[str, object]]:
    found = ran.json["policy"]
    assert isinstance(found, list)
    return found


def test_a_policy_that_does_not_hold_is_told_unit_by_unit(lived: Site) -> None:
    lived.write("i18n.toml", lived.read("i18n.toml") + POLICY)
    ran = lived.report("provenance", "--lang", "ja", "--check")
    assert ran.code == 3
    basics, approved = policy(ran)
    assert basics["units"] == ["token/term", "token/definition", "token/body"]
    assert basics["words"] == (
        "rule 1, category = Basics: not reviewed (3 of 0 allowed): beginners read these"
    )
    assert approved["units"] == ["lora/body"]
    assert lived.report("provenance", "--lang", "ja").code == 0  # nobody asked

    ran = lived.report("check", "--lang", "ja")
    assert ran.code == 3
    issues = ran.part("issues")
    assert isinstance(issues, list)
    found = [
        (one["slug"], one["path"], one["line"] > 0) for one in issues if one["check"] == "policy"
    ]
    assert found == [("lora", PO, True)] + [("token", PO, True)] * 3
    assert lived.report("check", "--lang", "ja", "--slug", "fine-tuning").code == 0
    assert lived.run("sync", "--lang", "ja").code == 0  # a sync asks for no policy
    assert 'type="policy"' in lived.run("check", "--lang", "ja", "--format", "junit").out


def test_a_policy_that_holds_is_told_too(reviewed: Site) -> None:
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + POLICY.split("\n\n", maxsplit=1)[0])
    assert reviewed.run("provenance", "--lang", "ja", "--check").out.splitlines()[2] == (
        "the policy holds"
    )
    assert reviewed.run("check", "--lang", "ja").code == 0


def test_machines_texts_on_pages_are_told_apart_from_those_in_review_files(drafted: Site) -> None:
    rule = "\n[[policy.rule]]\nmax_machine_published = 0\n"
    drafted.write("i18n.toml", drafted.read("i18n.toml") + rule)
    assert drafted.run("check", "--lang", "ja").code == 0
    assert drafted.run("sync", "--lang", "ja", "--publish", "drafts").code == 0
    ran = drafted.report("provenance", "--lang", "ja", "--check")
    assert ran.code == 3
    (passed,) = policy(ran)
    for unit in ("token/body", "category", "fine-tuning/body"):
        assert unit in str(passed["units"])
    drafted.review()
    assert drafted.run("provenance", "--lang", "ja", "--check").code == 0


def test_a_rule_that_limits_nothing_is_an_error_with_its_place(site: Site) -> None:
    site.write("i18n.toml", site.read("i18n.toml") + '\n[[policy.rule]]\nslug = "a*"\n')
    ran = site.run("check")
    assert ran.code == 78
    assert ran.err.startswith("i18n.toml:")
    assert "policy.rule: limits nothing (set one of max_unreviewed, " in ran.err
