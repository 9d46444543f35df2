from __future__ import annotations

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
TEMPLATES = '[markdown]\nextensions = ["table", "shortcode"]\n'


def test_extract_writes_the_review_files_and_sends_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.report("extract")
    assert (ran.code, ran.written) == (0, [PO, "locales/de/terms.po"])
    assert deepl.journal == []
    assert ran.locale()["units"] == {"untranslated": 16, "needs_review": 0, "reviewed": 0}


def test_translate_writes_drafts_and_builds_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.write("i18n.toml", site.read("i18n.toml") + '[build]\npublish = "drafts"\n')
    ran = site.report("translate", "--lang", "ja")
    assert (ran.code, ran.written) == (0, [PO])
    assert ran.locale()["units"]["needs_review"] == 16
    assert ran.locale()["terms"]["built"] == 0


def test_build_writes_what_is_reviewed_and_leaves_the_review_file(drafted: Site) -> None:
    drafted.review()
    before = drafted.read(PO)
    ran = drafted.report("build", "--lang", "ja")
    assert ran.code == 0
    assert ran.written == [
        "locales/ja/terms.lock",
        "terms/ja/fine-tuning.md",
        "terms/ja/lora.md",
        "terms/ja/token.md",
    ]
    assert drafted.read(PO) == before


def test_the_steps_one_by_one_come_to_the_bytes_of_a_sync(drafted: Site) -> None:
    drafted.review()
    for command in ("extract", "translate", "build"):
        assert drafted.run(command, "--lang", "ja").code == 0
    before = drafted.tree()
    assert drafted.report("sync", "--lang", "ja").json["changed"] is False
    assert drafted.tree() == before


@pytest.mark.parametrize("command", ["status", "check", "plan"])
def test_looking_changes_nothing_on_disk(drafted: Site, command: str) -> None:
    drafted.review()
    before = drafted.tree()
    private = sorted((drafted.root / ".i18n").rglob("*"))
    assert drafted.run(command).code == 0
    assert drafted.tree() == before
    assert sorted((drafted.root / ".i18n").rglob("*")) == private


def test_status_counts_as_built_only_what_is_there(drafted: Site) -> None:
    drafted.review()
    terms = drafted.report("status", "--lang", "ja").locale()["terms"]
    assert (terms["complete"], terms["built"], terms["stale"]) == (3, 0, 0)
    drafted.run("build", "--lang", "ja")
    terms = drafted.report("status", "--lang", "ja").locale()["terms"]
    assert (terms["complete"], terms["built"], terms["stale"]) == (3, 3, 0)
    drafted.change(PO, "⟦ja:A piece of text⟧.", "一片の文字。")
    terms = drafted.report("status", "--lang", "ja").locale()["terms"]
    assert (terms["complete"], terms["built"], terms["stale"]) == (3, 2, 1)


def test_commands_that_ask_nobody_need_no_key(drafted: Site) -> None:
    drafted.ask_nobody()
    config = drafted.read("i18n.toml") + '[locale.ja]\nprovider = ["deepl"]\n'
    drafted.write("i18n.toml", config)
    for command in ("extract", "build", "status", "check", "gc"):
        assert drafted.run(command).code == 0
    assert drafted.run("sync").code == 77
    drafted.write("i18n.toml", config + 'mt = "off"\n')
    assert drafted.run("sync").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "モデルは<img src=x onerror=alert(1)>読む。",
        "モデルは[読む](https://evil.example)。",
        "モデルは[読む](javascript:alert(1))。",
        "モデルは![読む](https://evil.example/x.png)。",
        "モデルは{{ site.secret }}読む。",
        "モデルは\u202e読む。",
    ],
)
def test_check_exits_65_for_an_unsafe_translation_and_it_is_never_built(
    reviewed: Site, text: str
) -> None:
    built = reviewed.read("terms/ja/token.md")
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + TEMPLATES)
    reviewed.run("sync", "--lang", "ja")
    reviewed.change(PO, "⟦ja:A model reads tokens⟧.", text)
    ran = reviewed.report("check", "--lang", "ja")
    assert ran.code == 65
    issues = ran.locale()["issues"]
    assert "error" in {issue["severity"] for issue in issues}  # type: ignore[index]
    assert {issue["slug"] for issue in issues} == {"token"}  # type: ignore[index]
    assert reviewed.run("sync", "--lang", "ja").code == 65
    assert reviewed.read("terms/ja/token.md") == built
    assert text in reviewed.read(PO)


def test_of_a_run_for_one_term_the_numbers_of_all_are_the_same(reviewed: Site) -> None:
    reviewed.change(PO, "⟦ja:A model reads tokens⟧.", "<script>alert(1)</script>")
    terms = reviewed.report("status", "--lang", "ja").locale()["terms"]
    for command in ("status", "check", "plan"):
        asked = reviewed.report(command, "--lang", "ja", "--slug", "lora")
        assert asked.locale()["terms"] == terms


def test_gc_drops_obsolete_units_and_nothing_else(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "A model reads tokens.", "Models read.")
    reviewed.change("terms/en/lora.md", "- fast\n", "")
    reviewed.run("sync", "--lang", "ja")
    catalog = reviewed.po()
    assert [entry.msgid for entry in catalog if entry.obsolete] == ["fast", "A model reads tokens."]
    # what a sync would change waits for the sync
    reviewed.change("terms/en/lora.md", "- cheap", "- very cheap")
    would = reviewed.run("gc", "--lang", "ja", "--dry-run")
    assert "2 obsolete units would be dropped" in would.out
    assert reviewed.po() == catalog
    ran = reviewed.report("gc", "--lang", "ja")
    assert (ran.code, ran.written) == (0, [PO])
    assert [str(entry) for entry in reviewed.po()] == [
        str(entry) for entry in catalog if not entry.obsolete
    ]
    assert "0 obsolete units dropped" in reviewed.run("gc", "--lang", "ja").out


def test_gc_of_one_term_leaves_the_others_their_memory(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "A model reads tokens.", "Models read.")
    reviewed.change("terms/en/lora.md", "- fast\n", "")
    reviewed.run("sync", "--lang", "ja")
    reviewed.run("gc", "--lang", "ja", "--slug", "token")
    assert [entry.msgid for entry in reviewed.po() if entry.obsolete] == ["fast"]


def test_gc_counts_the_units_that_are_there(reviewed: Site) -> None:
    ran = reviewed.report("gc", "--lang", "ja")
    assert ran.locale()["units"]["reviewed"] == 16
    assert ran.locale()["terms"]["built"] == 3
