from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.providers.base import Request, Settings, Terms
from i18n_pipeline.providers.deepl.glossary import clean, wanted
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


def test_old_versions_of_ours_are_cleared_away_and_no_others(connect: Connect, stub: Stub) -> None:
    part = {"source_lang": "EN", "target_lang": "JA", "entries": "a\tb"}
    for name in ("i18n-pipeline/terms/0ld", "i18n-pipeline/other/0ld", "theirs"):
        stub.account.create({"name": name, "dictionaries": [part]})
    stub.account.now += timedelta(days=8)
    stub.account.create({"name": "i18n-pipeline/terms/recent", "dictionaries": [part]})
    connect(settings=SETTINGS).translate(request())
    assert set(names(stub)) >= {"i18n-pipeline/other/0ld", "theirs", "i18n-pipeline/terms/recent"}
    assert "i18n-pipeline/terms/0ld" not in names(stub)


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
