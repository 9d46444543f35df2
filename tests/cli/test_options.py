from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import TERMS, Site

PO = "locales/ja/terms.po"


@pytest.mark.parametrize("option", ["--dry-run", "--frozen"])
def test_nothing_is_written_or_sent_where_that_is_asked_for(
    site: Site, deepl: Stub, option: str
) -> None:
    site.ask(deepl)
    ran = site.report("sync", option)
    assert ran.written == ["locales/ja/terms.po", "locales/de/terms.po"]
    assert deepl.journal == []
    assert not (site.root / "locales").exists()
    assert not (site.root / ".i18n").exists()


def test_a_dry_run_says_what_the_run_then_writes(drafted: Site) -> None:
    drafted.review()
    would = drafted.report("sync", "--dry-run").written
    assert drafted.report("sync").written == would


def test_frozen_is_content_after_a_sync_though_translations_are_missing(site: Site) -> None:
    site.run("sync")
    ran = site.run("sync", "--frozen")
    assert ran.code == 0
    assert "untranslated" in ran.out


def test_frozen_exits_4_when_a_source_moved_on(drafted: Site) -> None:
    assert drafted.run("sync", "--frozen", "--lang", "ja").code == 0
    drafted.change("terms/en/token.md", "A model reads", "A model eats")
    ran = drafted.report("sync", "--frozen", "--lang", "ja")
    assert (ran.code, ran.written) == (4, [PO])


def test_frozen_exits_4_when_a_translation_was_approved_and_not_built(drafted: Site) -> None:
    drafted.review()
    assert drafted.run("sync", "--frozen", "--lang", "ja").code == 4


def test_frozen_exits_4_for_a_change_in_whichever_locale(drafted: Site) -> None:
    for _ in range(2):  # the second finds nothing to do, and is remembered
        assert drafted.run("sync").code == 0
    assert drafted.run("sync", "--frozen").code == 0
    drafted.review(path="locales/de/terms.po")
    assert drafted.run("sync", "--frozen", "--lang", "ja").code == 0
    assert drafted.run("sync", "--frozen").code == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda site: site.write("locales/ja/terms.lock", "garbled"),
        lambda site: site.write("locales/ja/terms.po", "garbled"),
        lambda site: (site.root / "locales/ja/terms.po").unlink(),
        lambda site: shutil.rmtree(site.root / "terms/ja"),
        lambda site: site.write("terms/en/token.md", "---\nterm: [\n---\n"),
    ],
    ids=["lock", "po", "no po", "no pages", "source"],
)
def test_frozen_never_passes_where_it_could_not_look(
    reviewed: Site, spoil: Callable[[Site], object]
) -> None:
    assert reviewed.run("sync", "--frozen", "--lang", "ja").code == 0
    spoil(reviewed)
    assert reviewed.run("sync", "--frozen", "--lang", "ja").code != 0


def test_only_the_units_of_the_slug_asked_for_are_written(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.report("sync", "--lang", "ja", "--slug", "lora")
    assert ran.code == 0
    assert {unit.msgctxt.partition("/")[0] for unit in site.po()} == {"lora", "category"}
    assert len(deepl.seen()) == 2


def test_a_slug_at_a_time_comes_to_the_same_bytes_as_all_at_once(site: Site, deepl: Stub) -> None:
    for slug in ("token", "lora", "fine-tuning"):
        assert site.run("sync", "--slug", slug).code == 0
    one_by_one = site.contents()
    for path in (PO, "locales/de/terms.po"):
        (site.root / path).unlink()
    site.run("sync")
    assert site.contents() == one_by_one


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "ja,de"], ["--lang", "ja", "--lang", "de"], ["--lang", "JA, de,ja"], []],
)
def test_locales_are_named_in_lists_or_one_by_one(site: Site, arguments: list[str]) -> None:
    locales = site.report("sync", *arguments).json["locales"]
    assert [locale["locale"] for locale in locales] == ["ja", "de"]  # type: ignore[attr-defined]


def test_of_names_spelled_otherwise_is_told_once_with_what_ends_it(site: Site) -> None:
    for path, text in TERMS.items():
        site.write(path, text.replace("term: ", "Term: "))
    ran = site.run("sync")
    told = (
        "terms/en/fine-tuning.md and 2 more: the field `term` is spelled `Term` here "
        "(spelled alike there and in i18n.toml, this is not told any more)"
    )
    assert ran.out.count("is spelled") == 1
    assert told in ran.out
    spelled = '[fields]\nname = "Term"\ntranslate = ["Term", "definition"]\n'
    site.write("i18n.toml", site.read("i18n.toml") + spelled)
    assert "is spelled" not in site.run("sync").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "fr"], "fr: it is not among the targets: ja, de"),
        (["--lang", "jaa"], "did you mean ja?"),
        (["--lang", "jp"], "did you mean ja?"),
        (["--lang", "xx"], "add it to `targets` in i18n.toml"),
        (["--lang", "not a locale"], "it is not among the targets: ja, de"),
        (["--slug", "fine-tunin"], "there is no term fine-tunin"),
        (["--slug", "fine-tunin"], "did you mean fine-tuning?"),
        (["--provider", "depl"], "did you mean 'deepl'?"),
        (["--max-chars", "many"], "'many' is not a valid integer"),
        (["--lnag", "ja"], "Did you mean one of: '--lang'"),
        (["--format", "xml"], "'xml' is not one of 'text', 'json'"),
    ],
)
def test_a_command_line_that_makes_no_sense_exits_2_and_touches_nothing(
    site: Site, arguments: list[str], said: str
) -> None:
    before = site.tree()
    ran = site.run("sync", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""
    assert site.tree() == before


def test_a_folder_without_a_project_exits_2(site: Site) -> None:
    (site.root / "i18n.toml").unlink()
    ran = site.run("sync")
    assert ran.code == 2
    assert "i18n init" in ran.err


def test_a_folder_of_the_project_is_enough_to_work_on_it(site: Site) -> None:
    inside = Site(site.root / "terms/en")
    assert inside.run("sync").code == 0
    assert (site.root / PO).exists()


def test_a_cap_on_characters_is_never_passed(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.report("sync", "--max-chars", "100")
    assert ran.code == 3
    assert 0 < deepl.account.billed <= 100
    assert sum(ran.locale(at)["billed"]["characters"] for at in range(2)) == deepl.account.billed
    ran = site.report("sync")
    assert ran.code == 0
    assert deepl.account.billed_twice() == []


def test_a_cap_of_nothing_sends_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    assert site.run("sync", "--max-chars", "0").code == 3
    assert deepl.account.billed == 0


def test_several_requests_at_a_time_come_to_the_same_bytes(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("sync", "--jobs", "4")
    at_a_time = site.contents()
    again = Site(site.root.parent / "again")
    for path in ("i18n.toml", *(path for path in at_a_time if path.startswith("terms/en"))):
        again.write(path, at_a_time[path])
    with Stub() as other:
        again.ask(other)
        again.run("sync")
    assert again.contents() == at_a_time


def test_the_plan_is_what_the_sync_then_bills(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    before = site.tree()
    planned = site.report("plan")
    assert planned.code == 0
    assert deepl.journal == []
    assert site.tree() == before
    assert not (site.root / ".i18n").exists()
    ran = site.report("sync")
    for at in range(2):
        billed, estimate = ran.locale(at)["billed"], planned.locale(at)["estimate"]
        assert (billed["requests"], billed["characters"]) == (
            estimate["requests"],
            estimate["characters"],
        )
        assert estimate["worst_case_characters"] >= estimate["characters"]


def test_the_plan_after_a_sync_is_to_send_nothing(drafted: Site) -> None:
    assert drafted.run("plan", "--lang", "ja", "--exit-code").code == 0
    assert drafted.report("plan", "--lang", "ja").locale()["estimate"]["requests"] == 0
    assert drafted.run("plan", "--lang", "de", "--exit-code").code == 4


def test_asking_anew_is_asking_for_what_is_not_translated_yet(drafted: Site, deepl: Stub) -> None:
    (drafted.root / PO).unlink()
    assert drafted.report("sync", "--lang", "ja").locale()["billed"]["requests"] == 0
    (drafted.root / PO).unlink()
    assert drafted.report("sync", "--lang", "ja", "--refresh").locale()["billed"]["requests"] > 0
    assert deepl.account.billed_twice() != []


def test_status_fails_under_a_coverage_only_where_asked(drafted: Site) -> None:
    assert drafted.run("status").code == 0
    assert drafted.run("status", "--fail-under", "1").code == 3
    drafted.review()
    assert drafted.run("status", "--lang", "ja", "--fail-under", "100").code == 0


def test_names_of_other_terms_are_in_force_for_a_slug_worked_on_alone(drafted: Site) -> None:
    drafted.change("terms/en/lora.md", "- fast", "- fast fine-tuning")
    assert drafted.run("sync", "--lang", "ja", "--slug", "lora").code == 0
    name = drafted.unit("fine-tuning/term", "Fine-Tuning").msgstr
    assert drafted.unit("lora/body", "fast fine-tuning").msgstr == f"⟦ja:fast {name}⟧"
