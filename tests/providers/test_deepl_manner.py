"""What DeepL is told beside texts: model, formality, instructions, style rules, memory."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from i18n_pipeline.config import DeepLOptions, Providers
from i18n_pipeline.errors import BadConfig, ProviderUnavailable, RequestRefused
from i18n_pipeline.providers.base import Cost, Request, Settings, Style
from i18n_pipeline.providers.deepl.capabilities import Feature, features, has, takes_glossary
from i18n_pipeline.providers.deepl.languages import target_code
from i18n_pipeline.providers.deepl.provider import DeepL
from tests.docs.pages import DOCS
from tests.providers.conftest import Connect
from tests.stubs import features as stub_features
from tests.stubs.deepl import Fault, Stub

TEXTS = ("A model.", "Two models &amp; more.")
RULES = "a74d88fb-ed2a-4943-a664-a4512398b994"
LOOK_AT_RULES = f"GET /v3/style_rules/{RULES}"
LIST_MEMORIES = "GET /v3/translation_memories"


def request(target: str = "ja", style: Style | None = None, **more: object) -> Request:
    return Request("en", target, TEXTS, style=style or Style(), **more)  # type: ignore[arg-type]


def asked(options: DeepLOptions) -> Settings:
    return Settings(project="terms", options=Providers(deepl=options))


@pytest.mark.parametrize(
    ("model", "sent", "used"),
    [
        ("quality", "prefer_quality_optimized", "quality_optimized"),
        ("latency", "latency_optimized", "latency_optimized"),
    ],
)
def test_the_kind_of_model_is_chosen_and_the_one_used_is_told(
    connect: Connect, stub: Stub, model: str, sent: str, used: str
) -> None:
    answer = connect(settings=asked(DeepLOptions(model=model))).translate(request())
    assert stub.seen()[0].body["model_type"] == sent
    assert answer.model == used


@pytest.mark.parametrize(
    ("formality", "sent"), [("formal", "prefer_more"), ("informal", "prefer_less"), ("", None)]
)
def test_formality_is_a_preference_so_that_it_never_costs_a_request(
    deepl: DeepL, stub: Stub, formality: str, sent: str | None
) -> None:
    answer = deepl.translate(request("de", Style(formality)))
    assert stub.seen()[0].body.get("formality") == sent
    assert answer.notices == ()


def test_instructions_are_sent_in_order(deepl: DeepL, stub: Stub) -> None:
    words = ("Use short sentences.", "日本語で。")
    answer = deepl.translate(request(style=Style("", words)))
    assert stub.seen()[0].body["custom_instructions"] == list(words)
    assert answer.notices == ()


def test_instructions_that_are_too_many_or_too_long_are_left_out_and_told(
    deepl: DeepL, stub: Stub
) -> None:
    long = "Write as if to an old friend. " * 11
    words = tuple(f"Rule {number}." for number in range(6))
    answer = deepl.translate(request(style=Style("", (*words, long, *words))))
    assert stub.seen()[0].body["custom_instructions"] == [*words, *words[:4]]
    left_out = "'Write as if to an old friend. Write as i'…"
    assert answer.notices == (
        f"DeepL takes instructions of 300 characters: left out {left_out}",
        "DeepL takes 10 instructions: left out the last 2",
    )


def test_instructions_of_which_none_fits_are_not_sent_at_all(deepl: DeepL, stub: Stub) -> None:
    deepl.translate(request(style=Style("", ("x" * 301,))))
    assert "custom_instructions" not in stub.seen()[0].body


@pytest.mark.parametrize(
    ("target", "style", "notice"),
    [
        ("ko", Style("formal"), "DeepL has no formality for ko: left out"),
        ("en-GB", Style("informal"), "DeepL has no formality for en-GB: left out"),
        ("pl", Style("", ("Be brief.",)), "DeepL has no custom instructions for pl: left out"),
    ],
)
def test_what_a_language_has_not_is_left_out_and_told(
    deepl: DeepL, stub: Stub, target: str, style: Style, notice: str
) -> None:
    answer = deepl.translate(request(target, style))
    assert answer.notices == (notice,)
    assert not {"formality", "custom_instructions"} & stub.seen()[0].body.keys()


def test_style_rules_and_memories_that_a_language_has_not_are_left_out_and_told(
    connect: Connect, stub: Stub
) -> None:
    options = DeepLOptions(style_rules={"hi": RULES}, translation_memory="ours")
    answer = connect(settings=asked(options)).translate(request("hi"))
    assert answer.notices == (
        "DeepL has no style rules for hi: left out",
        "DeepL has no translation memories for hi: left out",
    )
    assert [seen.path for seen in stub.journal] == ["/v2/translate"]


@pytest.mark.parametrize("spelled", ["pt-BR", "pt_br"])
def test_style_rules_of_a_locale_are_sent_however_it_is_spelled(
    connect: Connect, stub: Stub, spelled: str
) -> None:
    stub.account.style_rules[RULES] = "pt"
    provider = connect(settings=asked(DeepLOptions(style_rules={spelled: RULES})))
    for target in ("pt-BR", "ja", "pt-BR"):
        provider.translate(request(target))
    assert [seen.body.get("style_id") for seen in stub.seen()] == [RULES, None, RULES]
    assert len(stub.seen(LOOK_AT_RULES)) == 1


@pytest.mark.parametrize(
    ("rule", "language", "said"),
    [
        (RULES, "de", f"style_rules.ja: the style rules '{RULES}' are for de"),
        ("unknown", "ja", "style_rules.ja: DeepL has no style rules 'unknown'"),
        ("../../usage", "ja", "DeepL has no style rules"),
    ],
)
def test_wrong_style_rules_are_bad_configuration_and_no_text_is_sent(
    connect: Connect, stub: Stub, rule: str, language: str, said: str
) -> None:
    stub.account.style_rules[RULES] = language
    provider = connect(settings=asked(DeepLOptions(style_rules={"ja": rule})))
    for _ in range(2):
        with pytest.raises(BadConfig, match=re.escape(said)):
            provider.translate(request())
    assert stub.seen() == []
    assert len(stub.journal) <= 1


def test_style_rules_that_the_service_refuses_to_show_are_bad_configuration(
    connect: Connect, stub: Stub
) -> None:
    stub.fail(Fault(400), on=LOOK_AT_RULES)
    provider = connect(settings=asked(DeepLOptions(style_rules={"ja": RULES})))
    with pytest.raises(BadConfig):
        provider.translate(request())


def test_a_key_that_may_only_translate_uses_style_rules_without_looking(
    connect: Connect, stub: Stub
) -> None:
    stub.account.style_rules[RULES] = "ja"
    stub.account.lacking.add("style_rules:read")
    connect(settings=asked(DeepLOptions(style_rules={"ja": RULES}))).translate(request())
    assert stub.seen()[0].body["style_id"] == RULES


def test_a_service_that_is_down_when_style_rules_are_looked_at_bills_nothing(
    connect: Connect, stub: Stub
) -> None:
    stub.fail(Fault(reset=True, early=True), times=9, on=LOOK_AT_RULES)
    provider = connect(settings=asked(DeepLOptions(style_rules={"ja": RULES})))
    with pytest.raises(ProviderUnavailable) as failure:
        provider.translate(request())
    assert type(failure.value) is ProviderUnavailable
    assert failure.value.unanswered == 0


FULL = Style("formal", ("Be brief.",))
REFUSED = (
    "DeepL refuses formality and custom instructions and style rules and translation memories"
    " for ja: left out"
)


@pytest.fixture
def wishful(connect: Connect, stub: Stub) -> DeepL:
    """A DeepL that is asked for all there is."""
    stub.account.style_rules[RULES] = "ja"
    stub.account.memories.put("ours", "en", {("x", "ja"): "y"})
    options = DeepLOptions(style_rules={"ja": RULES}, translation_memory="ours")
    return connect(settings=asked(options))


def wishes_in(body: Mapping[str, object]) -> set[str]:
    known = {"formality", "custom_instructions", "style_id", "translation_memory_id"}
    return known & body.keys()


def test_wishes_that_the_service_refuses_are_left_out_once_and_for_all_and_told(
    wishful: DeepL, stub: Stub
) -> None:
    stub.fail(Fault(400))
    answers = [wishful.translate(request(style=FULL)) for _ in range(2)]
    assert [answer.notices for answer in answers] == [(REFUSED,)] * 2
    assert [len(wishes_in(seen.body)) for seen in stub.seen()] == [4, 0, 0]
    assert sum(answer.billed for answer in answers) == stub.account.billed


def test_wishes_are_kept_where_the_texts_were_at_fault(wishful: DeepL, stub: Stub) -> None:
    stub.fail(Fault(400), times=2)
    with pytest.raises(RequestRefused):
        wishful.translate(request(style=FULL))
    assert wishful.translate(request(style=FULL)).notices == ()
    assert [len(wishes_in(seen.body)) for seen in stub.seen()] == [4, 0, 4]


def test_wishes_of_one_language_do_not_suffer_from_anothers(wishful: DeepL, stub: Stub) -> None:
    stub.fail(Fault(400))
    wishful.translate(request(style=FULL))
    assert wishful.translate(request("de", FULL)).notices != (REFUSED,)
    assert wishes_in(stub.seen()[-1].body) == {"formality", "custom_instructions"}


@pytest.mark.parametrize(("status", "tries"), [(413, 1), (404, 2)])
def test_only_a_refusal_of_what_was_said_makes_a_try_without_wishes(
    wishful: DeepL, stub: Stub, status: int, tries: int
) -> None:
    stub.fail(Fault(status), times=9)
    with pytest.raises(ProviderUnavailable):
        wishful.translate(request(style=FULL))
    assert [len(wishes_in(seen.body)) for seen in stub.seen()] == [4] * tries


@pytest.mark.parametrize(
    "options",
    [
        DeepLOptions(),
        DeepLOptions(model="latency", style_rules={"ja": RULES}, price=20.0),
        DeepLOptions(translation_memory="ours", threshold=90),
    ],
    ids=["defaults", "style rules", "memory"],
)
@pytest.mark.parametrize("style", [Style(), Style("formal", ("Be brief.", "短く。"))])
@pytest.mark.parametrize("terms", [(), (("model", "モデル"),), (("\t", "x"),)])
def test_the_wire_size_is_what_goes_over_the_wire(
    connect: Connect,
    stub: Stub,
    options: DeepLOptions,
    style: Style,
    terms: tuple[tuple[str, str], ...],
) -> None:
    stub.account.style_rules[RULES] = "ja"
    stub.account.memories.put("ours", "en", {("x", "ja"): "y"})
    provider = connect(settings=asked(options))
    wanted = request(style=style, context="context é", glossary=terms)
    provider.translate(wanted)
    assert stub.seen()[0].size == provider.wire_size(wanted)


def test_a_cost_follows_from_the_price_of_a_million_characters(connect: Connect) -> None:
    provider = connect(settings=asked(DeepLOptions(price=25.0)))
    count = len("A model." + "Two models & more.")
    expected = count * 25 / 1_000_000
    assert provider.cost(request()) == Cost(expected, expected)
    assert provider.translate(request()).cost == expected


def test_without_a_price_no_cost_is_known(deepl: DeepL) -> None:
    assert deepl.cost(request()) is None
    assert deepl.translate(request()).cost is None


LOCALES = ["de", "de-CH", "en-GB", "es-MX", "fr-CA", "it", "ja", "ko", "nl", "pl", "pt-BR", "th"]
SPOKEN = {
    Feature.FORMALITY: "formality",
    Feature.STYLE: "style_rules",
    Feature.WORDS: "custom_instructions",
    Feature.MEMORY: "translation_memory",
    Feature.GLOSSARY: "glossary",
}


@pytest.mark.parametrize("locale", [*LOCALES, "zh-Hant", "uk", "hi", "ca", "eu"])
def test_our_table_says_what_the_service_says_about_a_language(locale: str) -> None:
    code = target_code(locale) or ""
    said = {feature for feature, name in SPOKEN.items() if stub_features.has(name, code)}
    assert features(code) == said


def test_a_glossary_needs_both_languages_and_serves_all_their_variants() -> None:
    assert takes_glossary("EN", "PT-BR")
    assert takes_glossary("EN", "ZH-HANT")
    assert not takes_glossary("EN", "TH")
    assert not takes_glossary("HI", "JA")


def test_the_page_shows_the_table_as_it_is() -> None:
    page = (DOCS / "providers" / "deepl.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`[a-z]{2}`,? ?)+) \|(.*)\|$", page, re.MULTILINE)
    shown = {
        code: [cell.strip() == "yes" for cell in cells.split("|")]
        for codes, cells in rows
        for code in re.findall(r"`([a-z]{2})`", codes)
    }
    order = (Feature.GLOSSARY, Feature.FORMALITY, Feature.STYLE, Feature.WORDS, Feature.MEMORY)
    assert shown == {code: [has(one, code.upper()) for one in order] for code in shown}
    assert len(shown) == 33
