"""`i18n glossary push` and `i18n memory push`: what goes to DeepL's account, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from i18n_pipeline.providers.base import Waiting
from tests.stubs.account import Account
from tests.stubs.deepl import Fault, Stub
from tests.stubs.site import Ran, Site

GLOSSARY, MEMORY = ("glossary", "push"), ("memory", "push")
BOTH = pytest.mark.parametrize("command", [GLOSSARY, MEMORY], ids=" ".join)
PART = {"source_lang": "EN", "target_lang": "JA", "entries": "a\tb"}
NAME = "i18n-pipeline/site"


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Waiting.__init__, "__defaults__", (lambda _: None, lambda: 0.0, lambda: 0.5)
    )


@pytest.fixture
def terms(site: Site, deepl: Stub) -> Site:
    """A project with required terminology in both locales, and DeepL to put it to."""
    site.ask(deepl)
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\ntoken,トークン\n")
    site.write("glossaries/de.csv", "source,target\nmodel,Modell\n")
    return site


def assets(ran: Ran) -> list[dict[str, object]]:
    found = ran.json.get("glossaries", ran.json.get("memories"))
    assert isinstance(found, list)
    return found


def parts(ran: Ran) -> Mapping[str, Mapping[str, object]]:
    (asset,) = assets(ran)
    locales = asset["locales"]
    assert isinstance(locales, list)
    return {part["locale"]: part for part in locales}


def pairs(ran: Ran, locale: str) -> dict[str, str]:
    entries = parts(ran)[locale]["entries"]
    assert isinstance(entries, list)
    return {entry["source"]: entry["target"] for entry in entries}


def done(ran: Ran) -> tuple[object, object, object]:
    (asset,) = assets(ran)
    return asset["done"], ran.json["changed"], asset["deleted"]


def changing(stub: Stub) -> list[str]:
    """What a stub was asked that was no mere look."""
    return [f"{seen.method} {seen.path}" for seen in stub.journal if seen.method != "GET"]


def test_a_pushed_glossary_is_the_one_that_a_sync_finds(terms: Site, deepl: Stub) -> None:
    ran = terms.report(*GLOSSARY)
    assert ran.code == 0
    assert done(ran) == ("created", True, [])
    (glossary,) = deepl.account.glossaries.values()
    assert (assets(ran)[0]["name"], assets(ran)[0]["id"]) == (glossary.name, glossary.identity)
    assert glossary.dictionaries == {
        ("EN", "JA"): {"model": "モデル", "token": "トークン"},
        ("EN", "DE"): {"model": "Modell"},
    }
    assert pairs(ran, "ja") == glossary.dictionaries["EN", "JA"]
    terms.run("sync", "--lang", "ja", "--slug", "token")
    assert glossary.identity in {seen.body.get("glossary_id") for seen in deepl.seen()}


def test_a_second_push_of_a_glossary_finds_it(terms: Site, deepl: Stub) -> None:
    terms.run(*GLOSSARY)
    assert done(terms.report(*GLOSSARY, "--dry-run")) == ("found", False, [])
    assert done(terms.report(*GLOSSARY)) == ("found", False, [])
    assert changing(deepl) == ["POST /v3/glossaries"]


def test_names_that_people_reviewed_are_in_the_glossary(reviewed: Site) -> None:
    ran = reviewed.report(*GLOSSARY, "--lang", "ja")
    assert pairs(ran, "ja") == {"Fine-Tuning": "⟦ja:Fine-Tuning⟧", "LoRA": "⟦ja:LoRA⟧"} | {
        "Token": "⟦ja:Token⟧"
    }


def test_what_deepl_would_refuse_is_left_out_with_the_reason(terms: Site) -> None:
    long = "x" * 1025
    terms.write("glossaries/ja.csv", f"source,target\nmodel,モデル\nprompt,{long}\n")
    ran = terms.report(*GLOSSARY)
    assert parts(ran)["ja"]["left_out"] == [
        {"source": "prompt", "target": long, "reason": "longer than 1024 bytes (1025)"}
    ]
    text = terms.run(*GLOSSARY)
    assert "left out 'prompt': longer than 1024 bytes (1025)" in text.out


def test_what_is_left_out_in_numbers_is_counted_after_the_first_ten(terms: Site) -> None:
    rows = "".join(f"term {number},{'x' * 1025}\n" for number in range(13))
    terms.write("glossaries/ja.csv", f"source,target\nmodel,モデル\n{rows}")
    shown = terms.run(*GLOSSARY, "--lang", "ja")
    assert shown.out.count("left out 'term ") == 10
    assert "… and 3 texts more: longer than 1024 bytes (1025)" in shown.out
    assert terms.run(*GLOSSARY, "--lang", "ja", "--verbose").out.count("left out 'term ") == 13


def test_the_text_report_counts_and_shows_all_on_request(terms: Site) -> None:
    name = assets(terms.report(*GLOSSARY, "--dry-run"))[0]["name"]
    assert terms.run(*GLOSSARY, "--dry-run").out == (
        f"{name}: would be created\n  ja: 2 entries\n  de: 1 entry\n"
    )
    assert terms.run(*GLOSSARY, "--verbose").out == (
        f"{name}: created\n"
        "  ja: 2 entries\n    model → モデル\n    token → トークン\n"
        "  de: 1 entry\n    model → Modell\n"
    )
    assert terms.run(*GLOSSARY, "--quiet").out == ""


def test_one_locale_shows_its_entries_and_leaves_the_others_in(terms: Site, deepl: Stub) -> None:
    ran = terms.report(*GLOSSARY, "--lang", "de")
    assert list(parts(ran)) == ["de"]
    assert ran.json["notes"] == ["a glossary holds the terms of all locales, also those of ja"]
    (glossary,) = deepl.account.glossaries.values()
    assert ("EN", "JA") in glossary.dictionaries


def test_locales_without_a_glossary_are_told_with_the_reason(terms: Site) -> None:
    terms.write("i18n.toml", 'source = "en"\ntargets = ["th", "de", "fr", "ko"]\n')
    terms.write("glossaries/ko.csv", f"source,target\nprompt,{'x' * 1025}\n")
    ran = terms.report(*GLOSSARY)
    assert list(parts(ran)) == ["de"]
    assert ran.json["notes"] == [
        "th: DeepL has no glossaries for it",
        "fr: there are no terms",
        "ko: there are no terms that DeepL takes",
    ]


def test_second_variants_of_a_language_have_a_glossary_of_their_own(terms: Site) -> None:
    terms.write("i18n.toml", 'source = "en"\ntargets = ["pt-BR", "pt-PT"]\n')
    terms.write("glossaries/pt-BR.csv", "source,target\nscreen,tela\n")
    terms.write("glossaries/pt-PT.csv", "source,target\nscreen,ecrã\n")
    ran = terms.report(*GLOSSARY)
    families = [str(asset["name"]).rpartition("/")[0] for asset in assets(ran)]
    assert families == [NAME, f"{NAME}+1"]


def old(stub: Stub, name: str, days: int) -> None:
    """Have a glossary that was made so many days ago."""
    stub.account.now = datetime.now(UTC) - timedelta(days=days)
    stub.account.create({"name": name, "dictionaries": [PART]})
    stub.account.now = datetime.now(UTC)


def test_old_versions_go_once_the_new_one_is_there_and_no_others(terms: Site, deepl: Stub) -> None:
    for name, days in ((f"{NAME}/0ld", 8), (f"{NAME}/recent", 6), ("theirs", 99)):
        old(deepl, name, days)
    planned = terms.report(*GLOSSARY, "--dry-run")
    assert done(planned) == ("created", True, [f"{NAME}/0ld"])
    assert changing(deepl) == []
    ran = terms.report(*GLOSSARY)
    assert done(ran) == ("created", True, [f"{NAME}/0ld"])
    names = {glossary.name for glossary in deepl.account.glossaries.values()}
    assert names == {f"{NAME}/recent", "theirs", assets(ran)[0]["name"]}


def test_old_versions_stay_where_the_new_one_could_not_be_made(terms: Site, deepl: Stub) -> None:
    old(deepl, f"{NAME}/0ld", 8)
    deepl.fail(Fault(400), on="POST /v3/glossaries")
    assert terms.report(*GLOSSARY).code == 69
    assert len(deepl.account.glossaries) == 1


def test_the_free_plans_only_glossary_is_rewritten(site: Site) -> None:
    with Stub(Account(key="key:fx")) as free:
        site.ask(free)
        old(free, f"{NAME}/0ld", 8)
        site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
        assert done(site.report(*GLOSSARY, "--dry-run")) == ("rewritten", True, [])
        assert done(site.report(*GLOSSARY)) == ("rewritten", True, [])
        (only,) = free.account.glossaries.values()
        assert only.dictionaries["EN", "JA"] == {"model": "モデル"}


@pytest.mark.parametrize("dry", [("--dry-run",), ()], ids=["dry run", "for real"])
def test_the_free_plans_only_glossary_stays_where_it_is_somebody_elses(
    site: Site, dry: tuple[str, ...]
) -> None:
    with Stub(Account(key="key:fx")) as free:
        site.ask(free)
        old(free, "theirs", 8)
        site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
        ran = site.report(*GLOSSARY, *dry)
        assert (ran.code, done(ran)) == (69, ("refused", False, []))
        assert "no further glossary" in str(ran.errors[0]["message"])
        assert [one.name for one in free.account.glossaries.values()] == ["theirs"]


def test_terms_that_cannot_be_read_are_not_pushed_away(terms: Site, deepl: Stub) -> None:
    terms.write("glossaries/de.csv", 'source,target\n"model,Modell\n')
    ran = terms.report(*GLOSSARY, "--lang", "ja")
    assert ran.code == 65
    assert [error["path"] for error in ran.errors] == ["glossaries/de.csv"]
    assert deepl.journal == []


@BOTH
def test_a_push_without_a_key_exits_77(site: Site, command: tuple[str, str]) -> None:
    ran = site.report(*command)
    assert ran.code == 77
    assert "DEEPL_AUTH_KEY" in str(ran.errors[0]["message"])


@BOTH
def test_a_push_with_a_wrong_key_exits_77(
    reviewed: Site, deepl: Stub, command: tuple[str, str]
) -> None:
    reviewed.environment["DEEPL_AUTH_KEY"] = "canary-key"
    ran = reviewed.report(*command)
    assert ran.code == 77
    assert "canary-key" not in ran.out + ran.err


@BOTH
def test_a_push_to_a_server_that_is_gone_exits_69(reviewed: Site, command: tuple[str, str]) -> None:
    with Stub() as gone:
        reviewed.ask(gone)
    assert reviewed.report(*command).code == 69


@BOTH
def test_a_push_for_an_unknown_locale_exits_2(site: Site, command: tuple[str, str]) -> None:
    ran = site.report(*command, "--lang", "fr")
    assert ran.code == 2
    assert ran.json["command"] == " ".join(command)
    assert "not among the targets: ja, de" in str(ran.errors[0]["message"])


@BOTH
def test_a_push_writes_no_file_of_the_project(reviewed: Site, command: tuple[str, str]) -> None:
    before = reviewed.tree()
    ran = reviewed.report(*command)
    assert (ran.code, ran.json["schema"], ran.json["command"]) == (0, "i18n/1", " ".join(command))
    assert reviewed.tree() == before


PLAIN = {
    "Fine-Tuning": "⟦ja:Fine-Tuning⟧",
    "LoRA": "⟦ja:LoRA⟧",
    "Token": "⟦ja:Token⟧",
    "Methods": "⟦ja:Methods⟧",
    "Basics": "⟦ja:Basics⟧",
    "Further training of a model.": "⟦ja:Further training of a model⟧.",
    "A piece of text.": "⟦ja:A piece of text⟧.",
}


def memory_of(stub: Stub) -> dict[tuple[str, str], str]:
    (memory,) = stub.account.memories.held.values()
    assert memory.name == NAME
    return memory.pairs


def test_reviewed_texts_go_into_a_memory_of_the_projects_name(reviewed: Site, deepl: Stub) -> None:
    ran = reviewed.report(*MEMORY, "--lang", "ja")
    assert done(ran) == ("created", True, [])
    held = memory_of(deepl)
    assert {text: target for (text, _), target in held.items()} == pairs(ran, "ja")
    assert pairs(ran, "ja").items() >= PLAIN.items()
    assert parts(ran)["ja"]["new"] == len(held)


def test_texts_with_markup_are_left_out_with_the_reason(reviewed: Site) -> None:
    left_out = parts(reviewed.report(*MEMORY, "--lang", "ja"))["ja"]["left_out"]
    assert isinstance(left_out, list)
    (markup,) = left_out
    assert markup["source"].startswith("Fine-tuning takes a *trained* model")
    assert "numbered tags" in markup["reason"]


def test_names_that_are_kept_are_left_out_with_the_reason(reviewed: Site) -> None:
    reviewed.write("glossaries/keep.csv", "source\nOnly\n")
    ran = reviewed.report(*MEMORY, "--lang", "ja")
    assert "Only small layers are trained." not in pairs(ran, "ja")


def test_only_what_people_reviewed_goes_there(drafted: Site, deepl: Stub) -> None:
    ran = drafted.report(*MEMORY, "--lang", "ja")
    assert (ran.code, done(ran)) == (0, ("nothing", False, []))
    assert changing(deepl)[-1] == "POST /v2/translate"


def test_texts_whose_source_has_changed_do_not_go_there(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "A piece of text.", "A piece of a text.")
    reviewed.ask_nobody()
    reviewed.run("sync")
    reviewed.environment |= {"DEEPL_AUTH_KEY": "stub-key"}
    with Stub() as stub:
        reviewed.ask(stub)
        found = pairs(reviewed.report(*MEMORY, "--lang", "ja"), "ja")
    assert not {"A piece of text.", "A piece of a text."} & found.keys()


def test_lists_that_are_written_anew_do_not_go_there(reviewed: Site) -> None:
    found = pairs(reviewed.report(*MEMORY, "--lang", "ja"), "ja")
    assert not any("\n" in text or text == "fine-tuning" for text in found)


def test_a_text_that_people_say_in_two_ways_is_left_out(reviewed: Site) -> None:
    reviewed.change("terms/en/lora.md", "Only small layers are trained.", "A piece of text.")
    reviewed.run("sync", "--lang", "ja")
    reviewed.review({"A piece of text.": "一片。"})
    catalog = reviewed.read("locales/ja/terms.po").replace("一片。", "一つの断片。", 1)
    reviewed.write("locales/ja/terms.po", catalog)
    ran = reviewed.report(*MEMORY, "--lang", "ja")
    left_out = parts(ran)["ja"]["left_out"]
    assert isinstance(left_out, list)
    said = [one for one in left_out if one["source"] == "A piece of text."]
    assert [one["reason"] for one in said] == ["was reviewed in several wordings"] * 2
    assert "A piece of text." not in pairs(ran, "ja")


def test_a_second_push_of_a_memory_finds_nothing_to_do(reviewed: Site, deepl: Stub) -> None:
    reviewed.run(*MEMORY)
    before = len(changing(deepl))
    ran = reviewed.report(*MEMORY)
    assert done(ran) == ("found", False, [])
    assert (parts(ran)["ja"]["new"], parts(ran)["ja"]["changed"]) == (0, 0)
    assert len(changing(deepl)) == before


def test_a_correction_replaces_the_memory(reviewed: Site, deepl: Stub) -> None:
    first = assets(reviewed.report(*MEMORY))[0]["id"]
    reviewed.review({"A piece of text.": "文章の断片。"})
    planned = reviewed.report(*MEMORY, "--dry-run")
    assert (done(planned), assets(planned)[0]["id"]) == (("replaced", True, []), first)
    ran = reviewed.report(*MEMORY)
    assert done(ran) == ("replaced", True, [])
    assert (parts(ran)["ja"]["new"], parts(ran)["ja"]["changed"]) == (0, 1)
    assert assets(ran)[0]["id"] != first
    assert memory_of(deepl)["A piece of text.", "ja"] == "文章の断片。"
    assert "ja: " in reviewed.run(*MEMORY).out


def test_one_locale_leaves_what_the_memory_holds_of_the_others(reviewed: Site, deepl: Stub) -> None:
    german = {("Other text.", "de"): "Anderer Text.", ("Gone.", "ja"): "消えた。"}
    deepl.account.memories.put(NAME, "en", german)
    ran = reviewed.report(*MEMORY, "--lang", "ja")
    assert parts(ran)["ja"]["gone"] == 1
    assert memory_of(deepl)["Other text.", "de"] == "Anderer Text."
    assert ("Gone.", "ja") not in memory_of(deepl)


def test_copies_of_the_memory_that_an_earlier_push_left_are_deleted(
    reviewed: Site, deepl: Stub
) -> None:
    reviewed.run(*MEMORY)
    memories = deepl.account.memories
    (current,) = memories.held.values()
    older = memories.put(NAME, "en", {})
    older.made, current.made = 0, 59
    assert done(reviewed.report(*MEMORY, "--dry-run")) == ("found", True, [older.identity])
    assert done(reviewed.report(*MEMORY)) == ("found", True, [older.identity])
    assert list(memories.held) == [current.identity]


def test_later_runs_use_the_memory_that_the_configuration_names(
    reviewed: Site, deepl: Stub
) -> None:
    reviewed.review({"A piece of text.": "文章の断片。"})
    reviewed.run(*MEMORY)
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + (
        f'[provider.deepl]\ntranslation_memory = "{NAME}"\nthreshold = 60\n'
    ))  # fmt: skip
    reviewed.change("terms/en/lora.md", "Only small layers are trained.", "A piece of a text.")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    (memory,) = deepl.account.memories.held
    assert deepl.seen()[-1].body["translation_memory_id"] == memory
    assert reviewed.unit("lora/body", "A piece of a text.").msgstr == "文章の断片。"


def test_locales_without_memories_are_told(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.write("i18n.toml", 'source = "en"\ntargets = ["hi", "en-XA"]\n')
    ran = site.report(*MEMORY)
    assert (ran.code, assets(ran)) == (0, [])
    assert ran.json["notes"] == [
        "hi: DeepL has no translation memories for it",
        "en-XA: DeepL has no translation memories for it",
    ]
    assert deepl.journal == []


def test_review_files_that_cannot_be_read_are_not_pushed_away(reviewed: Site, deepl: Stub) -> None:
    reviewed.write("locales/ja/terms.po", 'msgid "a\n')
    before = len(deepl.journal)
    ran = reviewed.report(*MEMORY)
    assert ran.code == 65
    assert len(deepl.journal) == before
