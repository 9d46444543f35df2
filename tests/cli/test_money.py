"""What is spent, on what, in which order, and what a plan is worth."""

from __future__ import annotations

import json
import shutil
import stat

import pytest

from i18n_pipeline.errors import BadFile
from i18n_pipeline.memory.receipts import Receipt, Receipts
from i18n_pipeline.pipeline.budget import CI_CHARACTERS
from tests.stubs.audited import listening
from tests.stubs.deepl import Fault, Stub
from tests.stubs.site import CONFIG, Ran, Site

PO = "locales/ja/terms.po"
SYNC = ("sync", "--lang", "ja")


def configure(site: Site, text: str) -> None:
    site.write("i18n.toml", CONFIG + text)


def texts_sent(stub: Stub) -> list[str]:
    return [text for seen in stub.seen() for text in seen.body["text"]]  # type: ignore[attr-defined]


def part(ran: Ran, name: str, at: int = 0) -> dict[str, object]:
    """A part of one locale's report, whatever it holds."""
    return dict(ran.locale(at)[name])


def slugs(ran: Ran, which: str) -> list[str]:
    """Terms that a machine drafted whole, or that wait."""
    found = part(ran, "drafts")[which]
    assert isinstance(found, list)
    return found


def untranslated(site: Site, path: str = PO) -> set[str]:
    return {entry.msgctxt for entry in site.po(path) if not entry.msgstr and not entry.obsolete}


def test_a_plan_is_followed_to_the_letter_and_its_numbers_come_true(
    site: Site, deepl: Stub
) -> None:
    before = site.tree()
    planned = site.report("plan", "--provider", "deepl", "-o", "plan.json")
    assert planned.code == 0
    (site.root / "plan.json").rename(site.root.parent / "plan.json")
    assert site.tree() == before
    site.ask(deepl)
    ran = site.report("sync", "--plan", "../plan.json")
    assert ran.code == 0
    for at in range(2):
        estimate, billed = planned.locale(at)["estimate"], ran.locale(at)["billed"]
        assert billed["characters"] == estimate["characters"]
        assert billed["requests"] == estimate["requests"]
        assert estimate["worst_case_characters"] >= estimate["characters"]
    assert deepl.account.billed == sum(
        planned.locale(at)["estimate"]["characters"] for at in range(2)
    )


def test_a_plan_needs_no_key_no_network_and_no_right_to_write(site: Site) -> None:
    configure(site, '[locale.ja]\nprovider = ["deepl", "openai:gpt-test"]\n')
    for path in [*site.root.rglob("*"), site.root]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    site.environment["DEEPL_SERVER_URL"] = "http://127.0.0.1:9"
    try:
        planned = site.report("plan", "--lang", "ja")
    finally:
        for path in [site.root, *site.root.rglob("*")]:
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert planned.code == 0
    assert planned.locale()["estimate"]["characters"] > 0
    assert part(planned, "planned")["to"] == {"deepl": planned.locale()["estimate"]["characters"]}


def test_a_plan_writes_what_saves_time_at_most_and_opens_no_socket(drafted: Site) -> None:
    drafted.change("terms/en/token.md", "A model reads tokens.", "No model writes words.")
    before = drafted.tree()
    with listening() as heard:
        assert drafted.report("plan", "--lang", "ja").locale()["estimate"]["characters"] > 0
        assert drafted.run("status").code == 0
    inside = (path for path in heard.written if path.is_relative_to(drafted.root))
    written = {path.relative_to(drafted.root).as_posix() for path in inside}
    assert not [path for path in written if not path.startswith(".i18n/")]
    assert not [path for path in written if path.startswith(".i18n/receipts")]
    assert (heard.sockets, drafted.tree()) == ([], before)


def test_a_plan_says_why_something_is_sent_and_what_is_saved(drafted: Site) -> None:
    drafted.review()
    drafted.run(*SYNC)
    drafted.change("terms/en/token.md", "A model reads tokens.", "A model reads tokens.\n\nMore.")
    drafted.write("terms/en/new.md", "---\nterm: New\nslug: new\nlang: en\n---\n\nMore.\n")
    planned = drafted.report("plan", "--lang", "ja")
    assert part(planned, "planned")["reasons"] == {"changed": 1, "new": 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda site: site.change("terms/en/lora.md", "- fast", "- quick"), "plan-moved"),
        (lambda site: (site.root / "terms/en/lora.md").unlink(), "plan-moved"),
        (lambda site: site.write("plan.json", "{"), "plan-damaged"),
        (lambda site: site.write("plan.json", '{"schema": "another/2"}'), "plan-schema"),
    ],
)
def test_a_plan_whose_sources_moved_is_refused_before_anything_is_sent(
    site: Site, deepl: Stub, change: object, code: str
) -> None:
    site.ask(deepl)
    site.run("plan", "-o", "plan.json")
    assert callable(change)
    change(site)
    before = site.tree()
    ran = site.report("sync", "--plan", "plan.json")
    assert (ran.code, [error["code"] for error in ran.errors]) == (65, [code])
    assert "i18n plan -o FILE" in site.run("sync", "--plan", "plan.json").err
    assert (deepl.journal, site.tree()) == ([], before)


def test_a_plan_that_is_not_there_is_a_mistake_of_the_command_line(site: Site) -> None:
    ran = site.run("sync", "--plan", "nowhere.json")
    assert ran.code == 2
    assert "nowhere.json cannot be read" in ran.err


def test_a_plan_holds_for_its_terms_and_leaves_later_ones_alone(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("plan", "--lang", "ja", "-o", "plan.json")
    site.write("terms/en/new.md", "---\nterm: New\nslug: new\nlang: en\n---\n\nLater.\n")
    assert site.run("sync", "--plan", "plan.json").code == 0
    assert "Later." not in texts_sent(deepl)
    assert untranslated(site) == {"new/term", "new/body"}
    assert not (site.root / "locales/de").exists()


def test_a_plan_names_its_providers_and_no_other_is_taken(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("plan", "--provider", "deepl", "-o", "plan.json")
    ran = site.run("sync", "--plan", "plan.json", "--provider", "memory")
    assert ran.code == 2
    assert site.run("sync", "--plan", "plan.json", "--provider", "deepl").code == 0


@pytest.mark.parametrize("jobs", ["1", "8"])
@pytest.mark.parametrize("cap", [0, 40, 90, 150, 10_000])
def test_a_cap_is_never_passed_and_leaves_whole_terms(
    site: Site, deepl: Stub, cap: int, jobs: str
) -> None:
    deepl.fail(Fault(reset=True), at=2)
    site.ask(deepl)
    ran = site.report(*SYNC, "--max-chars", str(cap), "--jobs", jobs)
    assert deepl.account.billed <= cap
    billed = ran.locale()["billed"]
    assert billed["characters"] <= deepl.account.billed
    assert billed["characters"] + billed["possibly_billed"] >= deepl.account.billed
    open_terms = {context.partition("/")[0] for context in untranslated(site)}
    assert not open_terms & set(slugs(ran, "whole"))
    assert set(slugs(ran, "waiting")) <= open_terms


def test_a_run_that_reached_its_cap_says_so_and_the_next_goes_on(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    first = site.run(*SYNC, "--max-chars", "120")
    assert first.code == 3
    assert "the cap on characters was reached" in first.out
    assert "wait for a machine: " in first.out
    assert site.run(*SYNC).code == 0
    assert deepl.account.billed_twice() == []


def test_in_ci_there_is_a_cap_and_i18n_toml_can_lift_it(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    words = "\n\n".join(f"Sentence {number} has some words." for number in range(5000))
    site.write("terms/en/long.md", f"---\nterm: Long\nslug: long\nlang: en\n---\n\n{words}\n")
    site.environment["CI"] = "true"
    ran = site.report(*SYNC)
    assert ran.code == 3
    assert slugs(ran, "waiting") == ["long"]
    assert 0 < deepl.account.billed <= CI_CHARACTERS
    configure(site, '[budget]\nmax_chars = "unlimited"\n')
    assert site.run(*SYNC).code == 0
    assert deepl.account.billed > CI_CHARACTERS


def test_a_month_has_a_budget_over_all_runs_and_locales(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    configure(site, "\n[budget]\nmonth_chars = 400\n")
    first = site.report("sync", "--lang", "ja", "--max-chars", "250")
    second = site.report("sync", "--lang", "de")
    assert second.code == 3
    assert "month's budget of characters was reached (the next would take" in second.out
    assert 250 < deepl.account.billed <= 400
    spent = deepl.account.billed
    assert site.report(*SYNC).code == 3
    assert part(first, "billed")["characters"] <= 250  # type: ignore[operator]  # a number
    assert deepl.account.billed - spent <= 400 - spent
    configure(site, "\n[budget]\nmonth_chars = 4000\n")
    assert site.report("sync").code == 0


def test_a_cap_on_cost_holds_and_needs_a_price(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.run(*SYNC, "--max-cost", "1")
    assert ran.code == 2
    assert "the price of DeepL is not known" in ran.err
    configure(site, '[budget]\ncurrency = "EUR"\n[provider.deepl]\nprice = 20\n')
    planned = site.report("plan", "--lang", "ja").locale()["estimate"]
    assert planned["cost"] == pytest.approx(planned["characters"] * 20 / 1_000_000)
    ran = site.report(*SYNC, "--max-cost", "0.002")
    assert ran.code == 3
    assert 0 < ran.locale()["billed"]["cost"] <= 0.002
    assert ran.locale()["billed"]["cost"] == pytest.approx(deepl.account.billed * 20 / 1_000_000)
    assert "the cap on cost was reached" in site.run(*SYNC, "--max-cost", "0.0001").out
    assert " EUR" in site.run(*SYNC).out


def test_only_some_terms_are_drafted_where_a_language_is_staged(site: Site, deepl: Stub) -> None:
    configure(site, '[locale.ja]\nonly = ["token", "x*"]\n')
    site.ask(deepl)
    assert site.run(*SYNC).code == 0
    assert {entry.msgctxt for entry in site.po() if entry.msgstr} == {
        "category",
        "token/term",
        "token/definition",
        "token/body",
    }
    assert "Methods" not in texts_sent(deepl)
    assert site.unit("category", "Basics").msgstr


def test_at_most_so_many_terms_are_drafted_the_named_ones_first(site: Site, deepl: Stub) -> None:
    configure(site, '[budget]\npriority = ["token"]\n')
    site.ask(deepl)
    drafts = [slugs(site.report(*SYNC, "--max-terms", "1"), "whole") for _ in "123"]
    assert drafts[0] == ["token"]
    assert sorted(slug for whole in drafts for slug in whole) == ["fine-tuning", "lora", "token"]
    assert untranslated(site) == set()


def test_pages_that_wait_for_changes_go_before_new_ones(reviewed: Site, deepl: Stub) -> None:
    reviewed.change("terms/en/token.md", "reads tokens.", "reads tokens.\n\nNew in it.")
    reviewed.write("terms/en/aaa.md", "---\nterm: Aaa\nslug: aaa\nlang: en\n---\n\nNew.\n")
    ran = reviewed.report(*SYNC, "--max-terms", "1")
    assert slugs(ran, "whole") == ["token"]


def test_locales_share_a_cap_fairly(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    ran = site.report("sync", "--max-chars", "400", "--jobs", "1")
    billed = [ran.locale(at)["billed"]["characters"] for at in range(2)]
    assert min(billed) > 100
    assert sum(billed) == deepl.account.billed <= 400


def test_a_changed_rendering_of_a_term_is_asked_for_anew_and_another_edit_is_not(
    site: Site, deepl: Stub
) -> None:
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
    site.ask(deepl)
    site.run(*SYNC)
    before = deepl.account.billed
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\nelephant,象\n")
    assert site.report(*SYNC).locale()["billed"]["requests"] == 0
    site.write("glossaries/ja.csv", "source,target\nmodel,模型\nelephant,象\n")
    planned = site.report("plan", "--lang", "ja")
    assert part(planned, "planned")["reasons"] == {"terminology": 3}
    site.run(*SYNC)
    assert deepl.account.billed > before
    assert "模型" in site.unit("token/body", "A model reads").msgstr
    assert site.report(*SYNC).locale()["billed"]["requests"] == 0


MODEL = "---\nterm: Model\nslug: model\nlang: en\n---\n\nIt reads.\n"


def test_a_new_name_has_drafts_that_say_it_asked_for_again_once_it_is_reviewed(
    drafted: Site, deepl: Stub
) -> None:
    drafted.write("terms/en/model.md", MODEL)
    before = deepl.account.billed
    drafted.run(*SYNC)
    assert deepl.account.billed - before == len("Model" + "It reads.")
    assert drafted.report("plan", "--lang", "ja").locale()["estimate"]["characters"] == 0
    drafted.translate("Model", "模型")
    planned = drafted.report("plan", "--lang", "ja")
    assert part(planned, "planned")["reasons"] == {"terminology": 3}
    before = deepl.account.billed
    drafted.run(*SYNC)
    assert deepl.account.billed - before == part(planned, "estimate")["characters"]
    assert "模型" in drafted.unit("token/body", "A model reads").msgstr


def test_a_name_that_a_machine_proposes_has_no_answered_text_bought_again(
    site: Site, deepl: Stub
) -> None:
    text = "It is a small part of the model."
    site.write("terms/en/adapter.md", f"---\nterm: Part\nslug: adapter\nlang: en\n---\n\n{text}\n")
    site.ask(deepl)
    site.run(*SYNC)
    site.write("terms/en/model.md", MODEL.replace("It reads.", text))
    (site.root / PO).unlink()
    planned = site.report("plan", "--lang", "ja").locale()["estimate"]
    assert planned["characters"] == len("Model")
    before = deepl.account.billed
    ran = site.report(*SYNC)
    assert deepl.account.billed - before == ran.locale()["billed"]["characters"] == len("Model")
    assert site.unit("model/body", text).msgstr
    assert site.unit("adapter/body", text).msgstr
    assert site.report("plan", "--lang", "ja").locale()["estimate"]["characters"] == 0


def test_receipts_that_cannot_be_read_any_more_end_the_asking_and_nothing_is_paid_for_twice(
    site: Site, deepl: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Receipts.history

    def history(store: Receipts, locale: str, key: str) -> tuple[Receipt, ...]:
        if deepl.account.billed:
            raise BadFile("receipts-unreadable", "cannot be read: Input/output error")
        return original(store, locale, key)

    monkeypatch.setattr(Receipts, "history", history)
    site.ask(deepl)
    ran = site.report(*SYNC)
    assert ran.code == 65
    assert [one["code"] for one in ran.errors] == ["receipts-unreadable"]
    assert ran.locale()["billed"]["characters"] == deepl.account.billed > 0
    monkeypatch.undo()
    site.run(*SYNC)
    sent = texts_sent(deepl)
    assert len(sent) == len(set(sent))


def test_a_text_somebody_touched_is_never_drafted_anew(site: Site, deepl: Stub) -> None:
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
    site.ask(deepl)
    site.run(*SYNC)
    site.change(PO, "⟦ja:A モデル reads tokens⟧", "人の手で書いたモデルの文")
    site.write("glossaries/ja.csv", "source,target\nmodel,模型\n")
    site.run(*SYNC)
    assert "人の手で書いたモデルの文" in site.unit("token/body", "A model reads").msgstr


def test_without_receipts_no_draft_is_bought_again_for_its_terms(site: Site, deepl: Stub) -> None:
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
    site.ask(deepl)
    site.run(*SYNC)
    shutil.rmtree(site.root / ".i18n")
    site.write("glossaries/ja.csv", "source,target\nmodel,模型\n")
    before = deepl.account.billed
    site.run(*SYNC)
    assert deepl.account.billed == before


def test_an_edited_source_is_drafted_anew_where_configured_and_the_old_words_stay(
    reviewed: Site, deepl: Stub
) -> None:
    old = reviewed.unit("token/body", "A model reads").msgstr
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model reads many tokens.")
    reviewed.run(*SYNC)
    assert reviewed.unit("token/body", "A model reads many").msgstr == old
    configure(reviewed, '[locale.ja]\nmt = "redraft"\n')
    assert reviewed.run(*SYNC).code == 0
    unit = reviewed.unit("token/body", "A model reads many")
    assert "many tokens" in unit.msgstr
    assert (unit.fuzzy, unit.previous_msgid) == (True, "A model reads tokens.")
    assert [entry.msgstr for entry in reviewed.po() if entry.obsolete] == [old]
    before = reviewed.tree()
    reviewed.run(*SYNC)
    assert reviewed.tree() == before
    reviewed.change("terms/en/token.md", "A model reads many tokens.", "A model reads tokens.")
    reviewed.run(*SYNC)
    assert reviewed.unit("token/body", "A model reads").msgstr == old


def test_drafts_nobody_touched_are_asked_for_anew_on_request_and_others_never(
    drafted: Site, deepl: Stub
) -> None:
    drafted.change(PO, "⟦ja:A model reads tokens⟧", "人の手で書いた文")
    first = deepl.account.billed
    drafted.run(*SYNC)
    assert deepl.account.billed == first
    assert drafted.run(*SYNC, "--refresh").code == 0
    again = [text for _, text in deepl.account.billed_twice()]
    assert "A model reads tokens." not in again
    assert "A piece of text." in again
    assert "人の手で書いた文" in drafted.unit("token/body", "A model reads").msgstr


def test_a_plan_says_where_the_cap_would_end_it(site: Site) -> None:
    configure(site, "[budget]\nmax_chars = 100\n")
    planned = site.run("plan", "--provider", "deepl")
    assert "the cap of 100 characters would end a sync before that" in planned.out


def test_receipts_say_how_an_answer_came(site: Site, deepl: Stub) -> None:
    configure(site, '[provider.deepl]\nprice = 20\n[style]\nformality = "formal"\n')
    site.ask(deepl)
    site.run(*SYNC)
    (path, *_) = sorted((site.root / ".i18n/receipts/ja").glob("*.jsonl"))
    receipt = json.loads(path.read_text().splitlines()[1])
    assert receipt["provider"] == "DeepL"
    assert receipt["settings"] == "formal"
    assert receipt["cost"] > 0
    assert receipt["together"] >= 1
    assert {"key", "about", "text", "model", "billed", "when", "trace"} <= set(receipt)


def test_a_paragraph_too_long_for_a_request_is_sent_in_parts_and_put_together(
    site: Site, deepl: Stub
) -> None:
    sentences = " ".join(f"Sentence {number} says *something* 語." for number in range(6000))
    site.write("terms/en/long.md", f"---\nterm: Long\nslug: long\nlang: en\n---\n\n{sentences}\n")
    site.ask(deepl)
    ran = site.report(*SYNC, "--slug", "long")
    assert ran.code == 0
    assert max(seen.size for seen in deepl.seen()) <= 128 * 1024
    assert len(deepl.seen()) > 2
    text = site.unit("long/body", "Sentence 0 says").msgstr
    assert text.count("*⟦ja:something⟧*") == 6000
    assert ran.locale()["billed"]["characters"] == deepl.account.billed


def test_a_rendering_that_comes_back_costs_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    texts = {}
    for rendering in ("モデル", "模型", "モデル"):
        site.write("glossaries/ja.csv", f"source,target\nmodel,{rendering}\n")
        before = deepl.account.billed
        site.run(*SYNC)
        texts[rendering] = site.unit("token/body", "A model reads").msgstr
    assert deepl.account.billed == before
    assert ("モデル" in texts["モデル"], "模型" in texts["模型"]) == (True, True)


def test_drafts_that_cannot_be_renewed_stay_and_are_told(drafted: Site, deepl: Stub) -> None:
    before = drafted.read(PO)
    deepl.fail(Fault(change=lambda texts: ["" for _ in texts]), at=1, times=99)
    deepl._counts.clear()
    ran = drafted.run(*SYNC, "--refresh")
    assert ran.code == 3
    assert "no new answer was good, and the text stays as it was: " in ran.out
    assert drafted.read(PO) == before


def test_a_plan_asks_for_nothing_that_receipts_answer_and_leaves_nothing_of_it_out(
    drafted: Site, deepl: Stub
) -> None:
    drafted.change("terms/en/token.md", "reads tokens.", "reads tokens.\n\nOne more.")
    drafted.run("plan", "--lang", "ja", "-o", "plan.json")
    (drafted.root / PO).unlink()
    ran = drafted.report("sync", "--plan", "plan.json")
    assert ran.code == 0
    assert ran.locale()["units"] == {"untranslated": 0, "needs_review": 17, "reviewed": 0}
    assert ran.locale()["billed"]["characters"] == len("One more.")


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.write("glossaries/ja.csv", "source,target\nmodel,模型\n"),
        lambda site: site.write("glossaries/keep.csv", "source\nmodel\n"),
        lambda site: configure(site, '[locale.ja]\nprovider = ["openai:gpt", "deepl"]\n'),
    ],
)
def test_a_plan_made_for_another_glossary_or_engine_is_refused(
    site: Site, deepl: Stub, change: object
) -> None:
    site.ask(deepl)
    site.environment["OPENAI_API_KEY"] = "key"
    site.run("plan", "--lang", "ja", "-o", "plan.json")
    assert callable(change)
    change(site)
    ran = site.report("sync", "--plan", "plan.json")
    assert (ran.code, [error["code"] for error in ran.errors]) == (65, ["plan-moved"])
    assert deepl.journal == []
