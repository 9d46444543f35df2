from __future__ import annotations

import shutil

import pytest

from i18n_pipeline.providers.base import Waiting
from tests.stubs.account import Account
from tests.stubs.deepl import TRANSLATE, Fault, Stub
from tests.stubs.site import Site

PO = "locales/ja/terms.po"


def silent_about_training(texts: list[str]) -> list[str]:
    """No answer for one text, however it is put."""
    return ["" if " takes a⟧" in text else text for text in texts]


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is down is tried again at once."""
    monkeypatch.setattr(
        Waiting.__init__, "__defaults__", (lambda _: None, lambda: 0.0, lambda: 0.5)
    )


def test_a_provider_named_without_its_key_exits_77_and_writes_nothing(site: Site) -> None:
    before = site.tree()
    ran = site.report("sync", "--provider", "deepl")
    assert ran.code == 77
    assert [error["code"] for error in ran.errors] == ["not-authorised"]
    assert "DEEPL_AUTH_KEY" in str(ran.errors[0]["message"])
    assert site.tree() == before


def test_a_wrong_key_exits_77_and_is_tried_once_for_all_locales(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.environment["DEEPL_AUTH_KEY"] = "canary-key"
    ran = site.report("sync")
    assert ran.code == 77
    assert len(deepl.seen()) <= 2  # those that were under way together
    assert ran.locale()["units"]["untranslated"] == 16
    assert "canary-key" not in ran.out + ran.err


def test_an_allowance_that_ends_exits_75_and_keeps_what_is_finished(
    site: Site, deepl: Stub
) -> None:
    deepl.account.limit = 150
    site.ask(deepl)
    ran = site.report("sync")
    assert ran.code == 75
    assert [error["code"] for error in ran.errors] == ["quota-exceeded"]
    assert ran.locale()["units"]["needs_review"] + ran.locale(1)["units"]["needs_review"] > 0
    billed = sum(ran.locale(at)["billed"]["characters"] for at in range(2))
    assert billed == deepl.account.billed > 0
    deepl.account.limit = 10_000
    again = site.report("sync")
    assert again.code == 0
    assert deepl.account.billed_twice() == []
    assert (
        sum(run.locale(at)["billed"]["characters"] for run in (ran, again) for at in range(2))
        == deepl.account.billed
    )


def test_a_server_that_is_gone_exits_69_and_the_review_files_are_written(site: Site) -> None:
    with Stub() as stub:
        site.ask(stub)
    ran = site.report("sync", "--lang", "ja")
    assert ran.code == 69
    assert [error["code"] for error in ran.errors] == ["provider-unavailable"]
    assert ran.written == [PO]
    nothing = {
        "requests": 0,
        "characters": 0,
        "possibly_billed": 0,
        "cost": 0.0,
        "free": 0,
        "saved": 0,
    }
    assert ran.locale()["billed"] == nothing


def test_a_request_that_got_no_answer_is_reported_as_possibly_billed(
    site: Site, deepl: Stub
) -> None:
    deepl.fail(Fault(reset=True), at=2, times=20)
    site.ask(deepl)
    ran = site.report("sync", "--lang", "ja")
    assert ran.code == 69
    lost = deepl.account.billed - ran.locale()["billed"]["characters"]
    assert ran.locale()["billed"]["possibly_billed"] >= lost > 0
    assert "possibly billed" in site.run("sync", "--lang", "ja").out


def test_what_was_lost_on_the_way_is_told_once(site: Site, deepl: Stub) -> None:
    deepl.fail(Fault(reset=True), at=1)
    site.ask(deepl)
    assert site.report("sync", "--lang", "ja").locale()["billed"]["possibly_billed"] > 0
    assert site.report("sync", "--lang", "ja").locale()["billed"]["possibly_billed"] == 0


def test_a_draft_that_fails_a_check_stays_untranslated_with_the_reason(
    site: Site, deepl: Stub
) -> None:
    deepl.fail(Fault(change=silent_about_training), at=1, times=99)
    site.ask(deepl)
    ran = site.report("sync", "--lang", "ja")
    assert ran.code == 3
    unit = site.unit("fine-tuning/body", "Fine-tuning takes")
    assert unit.msgstr == ""
    assert "Not used (DeepL): empty: the answer holds no text" in unit.comment
    assert ran.locale()["units"] == {"untranslated": 1, "needs_review": 15, "reviewed": 0}


def test_a_run_that_only_finds_an_answer_turned_down_again_tells_of_no_draft(
    site: Site, deepl: Stub
) -> None:
    deepl.fail(Fault(change=silent_about_training), at=1, times=99)
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    again = site.report("sync", "--lang", "ja")
    assert again.code == 3
    assert again.locale()["billed"]["saved"] == 0  # nor of an answer from before
    assert again.part("drafts") == {"whole": [], "waiting": ["fine-tuning"]}
    assert site.run("sync", "--lang", "ja", "--frozen").code == 0


def test_a_draft_that_was_turned_down_is_not_asked_for_again(site: Site, deepl: Stub) -> None:
    deepl.fail(Fault(change=silent_about_training), at=1, times=99)
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    deepl._faults.clear()
    billed, before = deepl.account.billed, site.tree()
    for command in (["sync"], ["sync", "--jobs", "2"], ["extract"], ["translate"], ["build"]):
        site.run(*command, "--lang", "ja")
        assert deepl.account.billed == billed
        assert site.tree() == before
    shutil.rmtree(site.root / ".i18n")
    assert site.run("sync", "--lang", "ja").code == 3
    assert deepl.account.billed == billed
    assert site.tree() == before
    assert site.run("sync", "--lang", "ja", "--refresh").code == 0
    assert site.unit("fine-tuning/body", "Fine-tuning takes").fuzzy


def test_a_draft_that_was_turned_down_stops_no_other_term(site: Site, deepl: Stub) -> None:
    deepl.fail(Fault(change=silent_about_training), at=1, times=99)
    site.ask(deepl)
    site.run("sync", "--lang", "ja", "--publish", "drafts")
    built = sorted(path for path in site.contents() if path.startswith("terms/ja/"))
    assert built == ["terms/ja/lora.md", "terms/ja/token.md"]


def test_the_first_provider_of_the_chain_that_knows_the_language_is_asked(
    site: Site, deepl: Stub
) -> None:
    site.write(
        "i18n.toml",
        'source = "en"\ntargets = ["ja", "en-XA"]\n'
        '[locale.ja]\nprovider = ["pseudo", "deepl"]\n[locale.en-XA]\nprovider = ["pseudo"]\n',
    )
    site.ask(deepl)
    ran = site.report("sync")
    providers: list[object] = [ran.locale(at)["providers"] for at in range(2)]
    assert providers == [["deepl"], ["pseudo"]]
    assert ran.locale(1)["units"]["untranslated"] == 0
    assert all(seen.body["target_lang"] == "JA" for seen in deepl.seen())


def test_a_free_key_has_one_glossary_and_it_serves_all_locales(site: Site) -> None:
    with Stub(Account(key="free-key:fx")) as stub:
        site.ask(stub)
        site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
        site.write("glossaries/de.csv", "source,target\nmodel,Modell\n")
        assert site.run("sync").code == 0
        assert len(stub.account.glossaries) == 1
        assert site.unit("token/body", "A model reads").msgstr == "⟦ja:A モデル reads tokens⟧."


def test_the_key_shows_nowhere(site: Site, deepl: Stub) -> None:
    deepl.account.key = "canary-3b1d"
    deepl.fail(Fault(status=500), on=f"POST {TRANSLATE}", at=2, times=9)
    site.ask(deepl)
    ran = site.run("sync", "--verbose")
    told = ran.out + ran.err
    files = (path.read_bytes() for path in site.root.rglob("*") if path.is_file())
    assert "canary-3b1d" not in told
    assert not any(b"canary-3b1d" in data for data in files)
