from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import ProviderUnavailable, RateLimited
from i18n_pipeline.providers.base import Request, Settings, Terms
from i18n_pipeline.providers.deepl.entries import LeftOut, clean, sort_out, wanted
from i18n_pipeline.providers.deepl.provider import DeepL
from tests.providers.conftest import CANARY, Clock, Connect
from tests.stubs.account import Account
from tests.stubs.deepl import Fault, Stub

MAKE, LIST = "POST /v3/glossaries", "GET /v3/glossaries"
JA: Terms = (("fine-tuning", "ファインチューニング"), ("model", "モデル"))
DE: Terms = (("model", "Modell"),)
SETTINGS = Settings(project="terms", glossaries={"ja": JA, "de": DE})


def request(target: str = "ja", glossary: Terms = JA, text: str = "A model.") -> Request:
    return Request("en", target, (text,), glossary=glossary)


def names(stub: Stub) -> list[str]:
    return [glossary.name for glossary in stub.account.glossaries.values()]


def test_required_terms_are_in_the_translation(deepl: DeepL) -> None:
    assert deepl.translate(request()).texts == ("⟦ja:A モデル⟧.",)


def test_one_glossary_holds_every_locale_and_is_made_once(connect: Connect, stub: Stub) -> None:
    provider = connect(settings=SETTINGS)
    for target, terms in (("ja", JA), ("de", DE), ("ja", JA)):
        provider.translate(request(target, terms))
    (glossary,) = stub.account.glossaries.values()
    assert glossary.name.startswith("i18n-pipeline/terms/")
    assert glossary.dictionaries == {("EN", "JA"): dict(JA), ("EN", "DE"): dict(DE)}
    assert len(stub.seen(MAKE)) == 1


def test_another_run_adopts_it(connect: Connect, stub: Stub) -> None:
    for _ in range(2):
        connect(settings=SETTINGS).translate(request())
    assert len(stub.seen(MAKE)) == 1


def test_other_terms_make_another_glossary(connect: Connect, stub: Stub) -> None:
    provider = connect(settings=SETTINGS)
    provider.translate(request())
    answer = provider.translate(request(glossary=(("model", "型"),)))
    assert answer.texts == ("⟦ja:A 型⟧.",)
    assert len(set(names(stub))) == 2


def test_no_terms_no_glossary(deepl: DeepL, stub: Stub) -> None:
    deepl.translate(request(glossary=()))
    deepl.translate(request(glossary=(("\t", "x"), ("y", ""))))
    assert not stub.seen(LIST)


def test_a_language_without_glossaries_is_translated_without_and_says_so(
    deepl: DeepL, stub: Stub
) -> None:
    answer = deepl.translate(request("th", (("model", "แบบจำลอง"),)))
    assert answer.notices == ("DeepL has no glossaries for th",)
    assert not stub.seen(LIST)


def test_a_second_variant_of_a_language_has_a_glossary_of_its_own(
    connect: Connect, stub: Stub
) -> None:
    brazil, portugal = (("screen", "tela"),), (("screen", "ecrã"),)
    known = {"pt-BR": brazil, "pt-PT": portugal, "ja": JA}
    provider = connect(settings=replace(SETTINGS, glossaries=known))
    texts = [
        provider.translate(request(target, terms, "the screen")).texts[0]
        for target, terms in (("pt-BR", brazil), ("pt-PT", portugal))
    ]
    assert texts == ["⟦pt-br:the tela⟧", "⟦pt-pt:the ecrã⟧"]
    assert sorted(name.rpartition("/")[0] for name in names(stub)) == [
        "i18n-pipeline/terms",
        "i18n-pipeline/terms+1",
    ]


@pytest.mark.parametrize(
    "fault", [Fault(reset=True), Fault(200, body="<html>")], ids=["reset", "page"]
)
def test_a_creation_without_an_answer_is_looked_for_and_not_sent_again(
    connect: Connect, stub: Stub, fault: Fault
) -> None:
    stub.fail(fault, on=MAKE)
    answer = connect(settings=SETTINGS).translate(request())
    assert answer.texts == ("⟦ja:A モデル⟧.",)
    assert len(stub.seen(MAKE)) == len(stub.account.glossaries) == 1


def test_a_creation_that_left_nothing_ends_the_request_before_it_costs(
    connect: Connect, stub: Stub, clock: Clock
) -> None:
    stub.fail(Fault(reset=True, early=True), on=MAKE)
    with pytest.raises(ProviderUnavailable) as failure:
        connect(settings=SETTINGS).translate(request())
    assert failure.value.unanswered == 0
    assert len(stub.seen(MAKE)) == 1
    assert clock.slept == [5.0, 5.0]
    assert stub.account.billed == 0


def test_a_glossary_half_made_under_the_name_is_not_adopted(connect: Connect, stub: Stub) -> None:
    connect(settings=SETTINGS).translate(request())
    (half,) = stub.account.glossaries.values()
    del half.dictionaries["EN", "JA"]
    connect(settings=SETTINGS).translate(request())
    assert len(stub.seen(MAKE)) == 2


def test_the_free_plans_only_glossary_is_rewritten_in_place(connect: Connect) -> None:
    with Stub(Account(key=f"{CANARY}:fx")) as free:
        provider = connect(f"{CANARY}:fx", free.url, settings=SETTINGS)
        provider.translate(request())
        answer = provider.translate(request(glossary=(("model", "型"),)))
        assert answer.texts == ("⟦ja:A 型⟧.",)
        (only,) = free.account.glossaries.values()
        assert only.dictionaries["EN", "JA"] == {"model": "型"}
        again = connect(
            f"{CANARY}:fx",
            free.url,
            settings=replace(SETTINGS, glossaries={"ja": (("model", "型"),), "de": DE}),
        )
        again.translate(request(glossary=(("model", "型"),)))
        assert len(free.seen(MAKE)) == 2


def test_the_free_plans_only_glossary_is_left_alone_when_it_is_not_ours(connect: Connect) -> None:
    with Stub(Account(key=f"{CANARY}:fx")) as free:
        theirs = {"source_lang": "EN", "target_lang": "JA", "entries": "a\tb"}
        free.account.create({"name": "theirs", "dictionaries": [theirs]})
        answer = connect(f"{CANARY}:fx", free.url, settings=SETTINGS).translate(request())
        assert answer.texts == ("⟦ja:A model⟧.",)
        assert answer.notices == ("DeepL allows no further glossary: terms are only checked",)
        assert names(free) == ["theirs"]


def test_a_quota_on_glossaries_does_not_stop_the_translation(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(456), on=LIST)
    assert deepl.translate(request()).notices != ()


def test_a_glossary_that_is_refused_is_not_taken_for_bad_texts(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(400), on=MAKE)
    with pytest.raises(ProviderUnavailable, match="does not take the glossary") as failure:
        deepl.translate(request())
    assert type(failure.value) is ProviderUnavailable


PART = {"source_lang": "EN", "target_lang": "JA", "entries": "a\tb"}
OLD = "i18n-pipeline/terms/0ld"


def keep(stub: Stub, *glossaries: str, days: int = 8) -> None:
    """Have glossaries that are so old."""
    for name in glossaries:
        stub.account.create({"name": name, "dictionaries": [PART]})
    stub.account.now += timedelta(days=days)


def deletions(stub: Stub) -> list[str]:
    return [seen.path for seen in stub.journal if seen.method == "DELETE"]


def test_old_versions_of_ours_are_cleared_away_and_no_others(connect: Connect, stub: Stub) -> None:
    others = ["i18n-pipeline/other/0ld", "i18n-pipeline/terms+1/0ld", "theirs", "terms/0ld"]
    keep(stub, OLD, *others)
    keep(stub, "i18n-pipeline/terms/recent", days=0)
    provider = connect(settings=SETTINGS)
    for _ in range(3):
        provider.translate(request())
    current = next(name for name in names(stub) if name.startswith("i18n-pipeline/terms/"))
    assert {*names(stub)} >= {*others, "i18n-pipeline/terms/recent", current}
    assert OLD not in names(stub)
    assert len(deletions(stub)) == 1


def test_a_version_is_old_also_for_a_run_that_finds_the_current_one(
    connect: Connect, stub: Stub
) -> None:
    keep(stub, OLD)
    connect(settings=SETTINGS).translate(request())
    assert OLD in names(stub)
    later = connect(settings=SETTINGS)
    for _ in range(2):
        later.translate(request())
    assert OLD not in names(stub)


def test_nothing_is_cleared_away_before_a_request_was_answered(
    connect: Connect, stub: Stub
) -> None:
    keep(stub, OLD)
    stub.fail(Fault(400), times=3)
    provider = connect(settings=SETTINGS)
    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            provider.translate(request())
    assert deletions(stub) == []


def test_at_most_twenty_are_cleared_away_at_a_time(connect: Connect, stub: Stub) -> None:
    keep(stub, *(f"i18n-pipeline/terms/{number}" for number in range(30)))
    provider = connect(settings=SETTINGS)
    for _ in range(4):
        provider.translate(request())
    assert len(deletions(stub)) == 20


def test_what_cannot_be_cleared_away_costs_no_translation(connect: Connect, stub: Stub) -> None:
    keep(stub, OLD, f"{OLD}er")
    for identity in stub.account.glossaries:
        stub.fail(Fault(500), on=f"DELETE /v3/glossaries/{identity}")
    provider = connect(settings=SETTINGS)
    texts = [provider.translate(request()).texts for _ in range(3)]
    assert texts == [("⟦ja:A モデル⟧.",)] * 3
    assert len(deletions(stub)) == 1


def test_other_copies_that_a_creation_without_an_answer_left_are_deleted(
    connect: Connect, stub: Stub
) -> None:
    name = wanted("terms", "en", {"ja": JA, "de": DE}, "ja").name
    keep(stub, name, days=0)
    stub.fail(Fault(reset=True), on=MAKE)
    answer = connect(settings=SETTINGS).translate(request())
    assert answer.texts == ("⟦ja:A モデル⟧.",)
    (only,) = stub.account.glossaries.values()
    assert (only.name, only.dictionaries["EN", "JA"]) == (name, dict(JA))


def test_a_creation_that_is_turned_away_is_tried_again(connect: Connect, stub: Stub) -> None:
    stub.fail(Fault(429), times=2, on=MAKE)
    assert connect(settings=SETTINGS).translate(request()).texts == ("⟦ja:A モデル⟧.",)
    assert len(stub.account.glossaries) == 1


def test_a_service_that_keeps_turning_glossaries_away_ends_the_request_before_it_costs(
    connect: Connect, stub: Stub
) -> None:
    stub.fail(Fault(429), times=9, on=MAKE)
    with pytest.raises(RateLimited):
        connect(settings=SETTINGS).translate(request())
    assert stub.seen() == []


def test_a_glossary_that_somebody_deleted_is_made_again(connect: Connect, stub: Stub) -> None:
    provider = connect(settings=SETTINGS)
    provider.translate(request())
    stub.account.glossaries.clear()
    assert provider.translate(request()).texts == ("⟦ja:A モデル⟧.",)
    assert len(stub.account.glossaries) == 1


def test_a_server_that_knows_no_translations_is_asked_once(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(404), times=9)
    with pytest.raises(ProviderUnavailable, match="status 404"):
        deepl.translate(request(glossary=()))
    assert len(stub.seen()) == 1


@pytest.mark.parametrize("at", [1, 2], ids=["before", "after the entries"])
def test_a_rewriting_that_was_interrupted_is_never_taken_for_the_glossary_it_was(
    connect: Connect, at: int
) -> None:
    with Stub(Account(key=f"{CANARY}:fx")) as free:

        def run(terms: Terms) -> tuple[str, ...]:
            known = replace(SETTINGS, glossaries={"ja": terms})
            provider = connect(f"{CANARY}:fx", free.url, settings=known)
            return provider.translate(request(glossary=terms)).texts

        one, other = (("model", "モデル"),), (("model", "型"),)
        run(one)
        (identity,) = free.account.glossaries
        free.fail(Fault(500), at=at, times=5, on=f"PATCH /v3/glossaries/{identity}")
        with pytest.raises(ProviderUnavailable):
            run(other)
        assert run(one) == ("⟦ja:A モデル⟧.",)
        assert run(other) == ("⟦ja:A 型⟧.",)
        assert list(free.account.glossaries) == [identity]


def test_entries_that_cannot_be_kept_are_left_out_with_the_reason() -> None:
    entries = (
        ("e\u0301", "é"),
        ("é", "e"),
        (" model ", "モデル"),
        ("model", "モデル"),
        ("", "x"),
        ("y", " "),
        ("a\tb", "c"),
        ("long", "x" * 1025),
        ("half", "\ud83d"),
    )
    assert sort_out(entries).kept == (("model", "モデル"), ("é", "é"))
    assert sort_out(entries).left_out == (
        LeftOut("", "x", "empty"),
        LeftOut("a\tb", "c", "holds control characters or line ends"),
        LeftOut("half", "\ud83d", "holds control characters or line ends"),
        LeftOut("long", "x" * 1025, "longer than 1024 bytes (1025)"),
        LeftOut("y", " ", "empty"),
        LeftOut("é", "e", "'é' has the rendering 'é' already"),
    )


@given(st.lists(st.tuples(st.text(), st.text())))
def test_clean_entries_are_what_deepl_accepts(entries: list[tuple[str, str]]) -> None:
    cleaned = clean(tuple(entries))
    assert len({source for source, _ in cleaned}) == len(cleaned)
    assert clean(cleaned) == cleaned
    for term in (term for pair in cleaned for term in pair):
        assert term == term.strip()
        assert 0 < len(term.encode()) <= 1024
        assert term.splitlines() == [term]


def test_the_name_follows_the_content_and_not_the_order() -> None:
    def name(known: dict[str, Terms]) -> str:
        return wanted("terms", "en", known, "ja").name

    assert name({"ja": JA, "de": DE}) == name({"de": DE, "ja": tuple(reversed(JA))})
    assert name({"ja": JA, "de": DE}) != name({"ja": JA})
