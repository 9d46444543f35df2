from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import pytest

from i18n_pipeline.model import draft_hash
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.workers import ALONE, Workers
from tests.stubs.deepl import Stub
from tests.stubs.failing import MOVE, Calls, Refusing
from tests.stubs.site import FINE_TUNING, Site

if TYPE_CHECKING:
    import polib

PO = "locales/ja/terms.po"
LOCK = "locales/ja/terms.lock"
BUILT = "terms/ja/fine-tuning.md"


def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_without_a_key_the_review_files_are_written_and_what_is_left_is_said(site: Site) -> None:
    ran = site.run("sync")
    assert ran.code == 0
    assert "ja: 0 reviewed, 0 to review, 16 untranslated" in ran.out
    assert "16 units to translate" in ran.out
    assert ran.err == ""
    assert set(site.contents()) == {
        "i18n.toml",
        "locales/de/terms.po",
        PO,
        "terms/en/fine-tuning.md",
        "terms/en/lora.md",
        "terms/en/token.md",
    }
    assert len(site.po()) == 16


def test_git_is_told_to_ignore_what_only_saves_money(site: Site) -> None:
    site.run("sync")
    assert site.read(".i18n/.gitignore") == "*\n"


def test_drafts_are_fuzzy_and_say_who_made_them_with_their_hash(drafted: Site) -> None:
    unit = drafted.unit("token/body", "A model reads")
    assert unit.fuzzy
    draft = f"Origin: machine draft by DeepL (draft {draft_hash(unit.msgstr)})"
    assert draft in unit.comment.splitlines()
    assert unit.msgstr == "⟦ja:A model reads tokens⟧."


def test_what_the_report_says_was_billed_is_what_deepl_billed(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.report("sync")
    billed = [ran.locale(at)["billed"] for at in range(2)]
    assert sum(one["characters"] for one in billed) == deepl.account.billed > 0
    assert sum(one["requests"] for one in billed) == len(deepl.seen())
    assert all(one["possibly_billed"] == 0 for one in billed)
    assert deepl.account.billed_twice() == []


def test_the_numbers_of_a_report_can_be_counted_again_from_the_files(
    drafted: Site, deepl: Stub
) -> None:
    """Counted by another reader of PO, after each of some steps; the bill by who sent it."""
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: approve(drafted, "token"),
        drafted.review,
        lambda: drafted.change("terms/en/token.md", "A model reads tokens.", "Models read."),
        lambda: drafted.change("terms/en/lora.md", "- fast\n", "- fast\n- new\n"),
        (drafted.root / "terms/en/fine-tuning.md").unlink,
    )
    for act in steps:
        act()
        before = deepl.account.billed
        told = drafted.report("sync", "--lang", "ja").locale()
        active = [entry for entry in drafted.po() if not entry.obsolete]
        assert told["units"] == {
            "untranslated": sum(not entry.msgstr for entry in active),
            "needs_review": sum(entry.fuzzy for entry in active),
            "reviewed": sum(bool(entry.msgstr) and not entry.fuzzy for entry in active),
        }
        assert told["billed"]["characters"] == deepl.account.billed - before
        waiting = {entry.msgctxt.partition("/")[0] for entry in active if not done(entry)}
        slugs = {path.stem for path in (drafted.root / "terms/en").glob("*.md")}
        complete = slugs - waiting
        pages = {path.stem for path in (drafted.root / "terms/ja").glob("*.md")} & slugs
        assert told["terms"]["total"] == len(slugs)
        assert told["terms"]["complete"] == told["terms"]["built"] == len(complete)
        assert told["terms"]["stale"] == len(pages - complete)


def approve(site: Site, slug: str) -> None:
    """Approve the drafts of one term, and of all categories."""
    catalog = site.po()
    for entry in catalog:
        if entry.fuzzy and entry.msgctxt.startswith((f"{slug}/", "category")):
            entry.flags.remove("fuzzy")
    site.write(PO, str(catalog))


def done(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) and not entry.fuzzy


def test_the_glossary_is_in_force_in_every_draft(site: Site, deepl: Stub) -> None:
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\nLoRA,ローラ\n")
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    assert site.unit("token/body", "A model reads").msgstr == "⟦ja:A モデル reads tokens⟧."
    # a name with a required translation is that translation
    assert "ローラ" in site.unit("lora/term", "LoRA").msgstr


def test_names_of_terms_enter_the_glossary_of_the_texts_that_use_them(drafted: Site) -> None:
    name = drafted.unit("fine-tuning/term", "Fine-Tuning").msgstr
    assert name in drafted.unit("lora/definition", "A cheap way").msgstr


def test_kept_names_come_back_as_they_were(site: Site, deepl: Stub) -> None:
    site.write("glossaries/keep.csv", "source\nLoRA\n")
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    assert site.unit("lora/term", "LoRA").msgstr == "LoRA"
    assert not any("LoRA" in str(seen.body["text"]) for seen in deepl.seen())


def test_a_second_run_writes_nothing_and_sends_nothing(
    drafted: Site, deepl: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, requests = drafted.tree(), len(deepl.journal)
    no_network(monkeypatch)
    ran = drafted.report("sync", "--lang", "ja")
    assert (ran.code, ran.json["changed"], ran.written) == (0, False, [])
    assert drafted.tree() == before
    assert len(deepl.journal) == requests


def test_a_second_run_without_what_i18n_remembers_writes_and_pays_nothing(
    reviewed: Site, deepl: Stub
) -> None:
    for path in sorted((reviewed.root / ".i18n").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    before, billed = reviewed.tree(), deepl.account.billed
    assert reviewed.report("sync", "--lang", "ja").json["changed"] is False
    assert reviewed.tree() == before
    assert deepl.account.billed == billed


def test_what_a_reviewer_corrected_and_approved_is_built(drafted: Site) -> None:
    drafted.review({"It costs less than training.": "学習より安い。"})
    ran = drafted.report("sync", "--lang", "ja")
    assert ran.code == 0
    # The PO too: names are in force from now on, and the checks say where a text lacks them.
    assert ran.written == [LOCK, PO, BUILT, "terms/ja/lora.md", "terms/ja/token.md"]
    assert ran.locale()["terms"] == {
        "total": 3,
        "complete": 3,
        "built": 3,
        "stale": 0,
        "unadopted": 0,
        "manual": 0,
    }
    built = drafted.read(BUILT)
    assert "\n学習より安い。\n" in built
    assert "slug: fine-tuning\nlang: ja\n" in built
    assert "date: 2026-02-10\n" in built
    assert "related: [lora, token]\n" in built
    assert 'term: "⟦ja:Fine-Tuning⟧"   # the name\n' in built
    assert "(https://example.org/paper)" in built


def test_everything_but_the_translated_spans_is_the_sources(reviewed: Site) -> None:
    undone = reviewed.read(BUILT).replace("lang: ja", "lang: en")
    for unit in sorted(reviewed.po(), key=lambda unit: -len(unit.msgstr)):
        for here, there in zip(unit.msgstr.split("\n"), unit.msgid.split("\n"), strict=True):
            undone = undone.replace(here, there)
    assert undone == FINE_TUNING.replace("trains it\non", "trains it on")


def test_a_second_locale_leaves_the_first_alone(reviewed: Site) -> None:
    before = {path: file for path, file in reviewed.tree().items() if "/ja/" in path}
    ran = reviewed.report("sync", "--lang", "de")
    assert ran.written == ["locales/de/terms.po"]
    assert {path: file for path, file in reviewed.tree().items() if "/ja/" in path} == before


def test_editing_a_paragraph_makes_one_unit_wait_for_review(reviewed: Site, deepl: Stub) -> None:
    billed, built = deepl.account.billed, reviewed.read(BUILT)
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "It often costs less")
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.locale()["units"] == {"untranslated": 0, "needs_review": 1, "reviewed": 15}
    assert ran.locale()["terms"]["stale"] == 1
    assert ran.written == [PO]
    assert deepl.account.billed == billed
    unit = reviewed.unit("fine-tuning/body", "It often")
    assert unit.fuzzy
    assert unit.previous_msgid == "It costs less than training."
    assert unit.msgstr == "⟦ja:It costs less than training⟧."
    old = [entry for entry in reviewed.po() if entry.obsolete]
    assert [(entry.msgid, entry.msgstr) for entry in old] == [
        ("It costs less than training.", "⟦ja:It costs less than training⟧.")
    ]
    assert reviewed.read(BUILT) == built


def test_a_correction_elsewhere_in_a_stale_term_is_built_all_the_same(reviewed: Site) -> None:
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "It often costs less")
    reviewed.run("sync", "--lang", "ja")
    catalog = reviewed.po()
    heading = next(entry for entry in catalog if entry.msgid.startswith("What is"))
    built, old = reviewed.read(BUILT), heading.msgstr
    heading.msgstr = "⟦ja:Fine-Tuning⟧とは"
    reviewed.write(PO, str(catalog))
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.written == [LOCK, BUILT]
    assert reviewed.read(BUILT) == built.replace(old, "⟦ja:Fine-Tuning⟧とは")
    assert ran.locale()["terms"]["stale"] == 1


def test_reflowing_a_paragraph_changes_nothing(reviewed: Site) -> None:
    reflowed = "a *trained*\nmodel and trains it on"
    reviewed.change("terms/en/fine-tuning.md", "a *trained* model and trains it\non", reflowed)
    before = reviewed.tree()
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.json["changed"] is False
    assert reviewed.tree() == before


def test_inserting_a_paragraph_asks_for_one_unit(reviewed: Site, deepl: Stub) -> None:
    reviewed.change("terms/en/token.md", "A model reads", "Words are cut.\n\nA model reads")
    billed = deepl.account.billed
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.locale()["units"] == {"untranslated": 0, "needs_review": 1, "reviewed": 16}
    assert ran.locale()["billed"]["requests"] == 1
    assert deepl.seen()[-1].body["text"] == ["Words are cut."]
    assert deepl.account.billed - billed == len("Words are cut.")


def test_a_term_that_was_deleted_and_comes_back_costs_nothing(reviewed: Site, deepl: Stub) -> None:
    source = reviewed.read("terms/en/token.md")
    before, billed = reviewed.contents(), deepl.account.billed
    words = [(unit.msgctxt, unit.msgid, unit.msgstr, unit.fuzzy) for unit in reviewed.po()]
    (reviewed.root / "terms/en/token.md").unlink()
    ran = reviewed.run("sync", "--lang", "ja")
    assert ran.code == 0
    assert "without a source: terms/ja/token.md" in ran.out
    assert {entry.msgctxt for entry in reviewed.po() if entry.obsolete} >= {"token/body"}
    reviewed.write("terms/en/token.md", source)
    assert reviewed.run("sync", "--lang", "ja").code == 0
    assert [(unit.msgctxt, unit.msgid, unit.msgstr, unit.fuzzy) for unit in reviewed.po()] == words
    after = reviewed.contents()
    assert {**after, PO: b""} == {**before, PO: b""}
    assert deepl.account.billed == billed


def test_for_a_persons_file_nothing_is_sent_or_written(site: Site, deepl: Stub) -> None:
    site.write("terms/ja/token.md", "---\nterm: トークン\nslug: token\nlang: ja\n---\n\n文。\n")
    site.ask(deepl)
    ran = site.run("sync", "--lang", "ja")
    assert ran.code == 0
    assert "people's files, not adopted: token" in ran.out
    assert "nothing is sent or written for them" in ran.out
    assert not any((entry.msgctxt or "").startswith("token/") for entry in site.po())
    assert not any("piece of text" in str(seen.body["text"]) for seen in deepl.seen())
    assert not any("Basics" in str(seen.body["text"]) for seen in deepl.seen())


def test_without_its_lock_every_file_is_a_persons_and_the_review_file_stays(reviewed: Site) -> None:
    (reviewed.root / LOCK).unlink()
    before = reviewed.tree()
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.code == 0
    assert ran.locale()["terms"]["unadopted"] == 3
    assert reviewed.tree() == before


def test_a_review_file_saved_while_the_run_reads_is_not_overwritten(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(work: Work, *, workers: Workers = ALONE) -> Work:
        if "翻訳者の文" not in drafted.read(PO):
            drafted.change(PO, "⟦ja:A piece of text⟧.", "翻訳者の文。")
        return judge_all(work, workers=workers)

    drafted.change("terms/en/lora.md", "- fast", "- quick")
    monkeypatch.setattr("i18n_pipeline.pipeline.locale_run.judge_all", meanwhile)
    ran = drafted.report("sync", "--lang", "ja")
    monkeypatch.undo()
    assert ran.code == 75
    assert ran.errors[0]["code"] == "try-later"
    assert drafted.unit("token/definition", "A piece").msgstr == "翻訳者の文。"
    assert drafted.report("sync", "--lang", "ja").code == 0
    assert drafted.unit("token/definition", "A piece").msgstr == "翻訳者の文。"
    assert drafted.unit("lora/body", "quick").msgstr == "⟦ja:quick⟧"


def test_a_review_file_that_appears_while_the_run_works_is_not_overwritten(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(work: Work, *, workers: Workers = ALONE) -> Work:
        site.write(PO, "# somebody's\n")
        return judge_all(work, workers=workers)

    monkeypatch.setattr("i18n_pipeline.pipeline.locale_run.judge_all", meanwhile)
    ran = site.report("sync", "--lang", "ja")
    assert ran.code == 75
    assert site.read(PO) == "# somebody's\n"


def test_drafts_are_published_and_marked_where_that_is_configured(drafted: Site) -> None:
    drafted.write(
        "i18n.toml",
        drafted.read("i18n.toml")
        + '[build]\npublish = "drafts"\ndraft_mark = { translation = "draft" }\n',
    )
    assert drafted.report("sync", "--lang", "ja").locale()["terms"]["built"] == 3
    assert "\ntranslation: draft\n" in drafted.read("terms/ja/token.md")
    drafted.review()
    drafted.run("sync", "--lang", "ja")
    assert "translation" not in drafted.read("terms/ja/token.md")


def test_publishing_drafts_can_be_asked_for_once(drafted: Site) -> None:
    assert drafted.run("sync", "--lang", "ja", "--publish", "drafts").code == 0
    assert "⟦ja:A model reads tokens⟧." in drafted.read("terms/ja/token.md")


@pytest.mark.parametrize("orphan", ["keep", "delete"])
def test_an_orphan_is_kept_and_reported_or_deleted_as_configured(
    reviewed: Site, orphan: str
) -> None:
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + f'[build]\norphan = "{orphan}"\n')
    (reviewed.root / "terms/en/token.md").unlink()
    assert reviewed.run("sync", "--lang", "ja", "--slug", "lora").code == 0
    assert (reviewed.root / "terms/ja/token.md").exists()
    assert reviewed.run("sync", "--lang", "ja").code == 0
    assert (reviewed.root / "terms/ja/token.md").exists() == (orphan == "keep")
    assert ("\ntoken\n" in reviewed.read(LOCK)) == (orphan == "keep")


@pytest.mark.parametrize(
    ("orphan", "address"), [("keep", "/ja/glossary/token"), ("delete", "/glossary/token")]
)
def test_a_page_that_stays_without_a_source_stays_linked(
    site: Site, orphan: str, address: str
) -> None:
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
    site.write("i18n.toml", f'{site.read("i18n.toml")}{rewrite}[build]\norphan = "{orphan}"\n')
    site.change("terms/en/lora.md", "small layers", "small [layers](/glossary/token)")
    site.run("extract", "--lang", "ja")
    for unit in site.po("locales/ja/terms.po"):
        site.translate(unit.msgid, unit.msgid)
    site.run("sync", "--lang", "ja")
    assert "[layers](/ja/glossary/token)" in site.read("terms/ja/lora.md")
    (site.root / "terms/en/token.md").unlink()
    site.change("terms/en/lora.md", "related: [fine-tuning]", "related: []")
    for _ in range(2):
        site.run("sync", "--lang", "ja")
        assert f"[layers]({address})" in site.read("terms/ja/lora.md")


def test_an_orphan_of_a_subfolder_is_no_page_of_another_term(site: Site) -> None:
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
    site.write("i18n.toml", site.read("i18n.toml") + rewrite)
    deep = site.read("terms/en/token.md").replace("slug: token", "slug: deep/token")
    site.write("terms/en/deep/token.md", deep.replace("Token", "Deep Token"))
    site.change("terms/en/lora.md", "small layers", "[layers](/glossary/token)")
    site.run("extract", "--lang", "ja")
    for unit in site.po("locales/ja/terms.po"):
        if unit.msgctxt.rpartition("/")[0] != "token":
            site.translate(unit.msgid, unit.msgid)
    for _ in range(2):
        site.run("sync", "--lang", "ja")
        assert "[layers](/glossary/token)" in site.read("terms/ja/lora.md")
        (site.root / "terms/en/deep/token.md").unlink(missing_ok=True)
    assert (site.root / "terms/ja/deep/token.md").exists()


def test_an_orphan_that_a_person_edited_is_never_deleted(reviewed: Site) -> None:
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + '[build]\norphan = "delete"\n')
    reviewed.change("terms/ja/token.md", "A model", "A person")
    (reviewed.root / "terms/en/token.md").unlink()
    reviewed.run("sync", "--lang", "ja")
    assert "A person" in reviewed.read("terms/ja/token.md")


def test_a_formatters_pass_over_a_built_file_is_no_edit(reviewed: Site) -> None:
    reviewed.change(BUILT, "\nslug: fine-tuning", "\nslug:   fine-tuning")
    formatted = reviewed.read(BUILT)
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.locale()["terms"]["built"]) == (0, 3)
    assert reviewed.read(BUILT) == formatted


def test_what_was_written_before_a_failure_is_told(drafted: Site) -> None:
    drafted.review()
    with Calls(drafted.root, Refusing(MOVE, "terms/ja/token.md")).counted():
        ran = drafted.report("sync", "--lang", "ja")
    assert ran.code == 73
    there = {path for path in drafted.contents() if path.startswith("terms/ja/")}
    assert there
    assert there <= set(ran.written)


@pytest.mark.parametrize("path", [PO, "terms/ja/token.md", LOCK])
def test_the_numbers_after_a_failure_are_those_of_what_lies_there(drafted: Site, path: str) -> None:
    drafted.review()
    drafted.change("terms/en/lora.md", "- fast\n", "- fast\n- new\n")
    with Calls(drafted.root, Refusing(MOVE, path)).counted():
        ran = drafted.report("sync", "--lang", "ja")
    assert ran.code == 73
    there = drafted.report("status", "--lang", "ja").locale()
    assert ran.locale()["units"] == there["units"]
    assert ran.locale()["terms"] == there["terms"]


def test_a_report_that_was_changed_since_is_not_told_again(reviewed: Site) -> None:
    kept = ".i18n/idle/sync-ja.json"
    told = [reviewed.report("sync", "--lang", "ja").out for _ in range(2)][-1]
    reviewed.change(kept, '"reviewed": ', '"reviewed": 99')
    assert reviewed.report("sync", "--lang", "ja").out == told
