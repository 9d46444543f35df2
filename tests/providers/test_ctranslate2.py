from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from i18n_pipeline.config.settings import CTranslate2Options, Providers
from i18n_pipeline.errors import ProviderUnavailable, RequestRefused, UsageError, extra_hint
from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import Answer, Provider, Request, Settings
from i18n_pipeline.providers.batches import Delivered, Refused, send
from i18n_pipeline.providers.contract import Contract
from i18n_pipeline.providers.ctranslate2 import engine
from i18n_pipeline.providers.ctranslate2.provider import CTranslate2, from_environment

pytest.importorskip("ctranslate2", reason="CTranslate2 is not installed")
pytest.importorskip("sentencepiece", reason="sentencepiece is not installed")

from tests.stubs.tiny_model import (
    DICTIONARY,
    Tiny,
    argos,
    many,
    opus,
)

PAIR = {"from_code": "en", "to_code": "es"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of each layout, all for English into Spanish."""
    root = tmp_path_factory.mktemp("models")
    opus(
        root / "opus", Tiny(DICTIONARY), README__md="* source language: en\n* target language: es\n"
    )
    opus(
        root / "marian",
        Tiny(DICTIONARY, ends=True),
        tokenizer_config__json='{"source_lang": "en", "target_lang": "spa"}',
    )
    opus(root / "several", Tiny(DICTIONARY, (">>spa<<", ">>cat<<"), shift=1))
    many(root / "nllb", Tiny(DICTIONARY, ("eng_Latn", "spa_Latn", "zho_Hant")))
    many(root / "m2m", Tiny(DICTIONARY, ("__en__", "__es__")))
    argos(root / "argos", Tiny(DICTIONARY, ends=True), PAIR)
    return root


def provider_for(
    folder: Path, name: str = "", beam: int = 4, *, offline: bool = False
) -> CTranslate2:
    options = Providers(ctranslate2=CTranslate2Options(beam=beam))
    settings = Settings(
        model=name or folder.name,
        folder=str(folder if name else folder.parent),
        options=options,
        offline=offline,
    )
    return from_environment({}, settings)


def asked(provider: Provider, *texts: str) -> Answer:
    return provider.translate(Request("en", "es", texts))


class TestOpus(Contract):
    target = "es"
    layout = "opus"

    @pytest.fixture
    def provider(self, models: Path) -> Provider:
        return provider_for(models, self.layout)


class TestMarian(TestOpus):
    layout = "marian"


class TestSeveralTargets(TestOpus):
    layout = "several"


class TestNllb(TestOpus):
    target = "es-MX"
    layout = "nllb"


class TestM2m(TestOpus):
    layout = "m2m"


class TestArgos(TestOpus):
    layout = "argos"


@pytest.mark.parametrize("layout", ["opus", "marian", "several", "nllb", "m2m", "argos"])
@pytest.mark.parametrize("beam", [1, 4])
def test_words_are_translated_and_tags_stay_with_them(models: Path, layout: str, beam: int) -> None:
    texts = (
        "the red house",
        'the <g id="1">red <g id="2">house</g></g>. Run <x id="3"/> on the <g id="4">token</g>s!',
        "  a &lt; house &amp; b\n\nthe house ",
        '<g id="1">The <x id="2"/></g>',
        "漢字 house",
        "1 + 1",
        "",
    )
    answer = asked(provider_for(models, layout, beam), *texts)
    assert answer.texts == (
        "la roja casa",
        'la <g id="1">roja <g id="2">casa</g></g>. Run <x id="3"/> on la <g id="4">fichas</g>!',
        "  a &lt; casa &amp; b\n\nla casa ",
        '<g id="1">The <x id="2"/></g>',
        "漢字 casa",
        "1 + 1",
        "",
    )
    assert (answer.faults, answer.model, answer.cost) == ((), layout, None)
    assert answer.shares == (13, 34, 27, 4, 8, 5, 0)
    assert answer.billed == sum(answer.shares)


@pytest.mark.parametrize(
    ("layout", "source", "target", "known"),
    [
        ("opus", "en-GB", "es-MX", True),
        ("opus", "en", "ca", False),
        ("opus", "de", "es", False),
        ("marian", "en", "es", True),
        ("several", "en", "ca", True),
        ("several", "de", "es", True),
        ("several", "en", "fr", False),
        ("nllb", "es", "zh-TW", True),
        ("nllb", "en", "zh-Hans", False),
        ("nllb", "en", "en", False),
        ("m2m", "es", "en", True),
        ("argos", "es", "en", False),
    ],
)
def test_languages_are_read_from_the_folder(
    models: Path, layout: str, source: str, target: str, known: bool
) -> None:
    assert provider_for(models, layout, offline=True).supports(source, target) == known


def test_a_folder_that_does_not_say_its_languages_is_believed(tmp_path: Path) -> None:
    provider = provider_for(opus(tmp_path / "model", Tiny(DICTIONARY)))
    assert provider.supports("en", "es")
    assert provider.supports("de", "ja")


def test_its_name_is_the_one_it_was_called_by(models: Path) -> None:
    named = provider_for(models, "opus")
    assert (named.name, named.label) == ("ctranslate2:opus", "CTranslate2 opus")
    options = Providers(ctranslate2=CTranslate2Options(model="models/opus"))
    bare = from_environment({}, Settings(options=options, folder=str(models.parent)))
    assert (bare.name, bare.label) == ("ctranslate2", "CTranslate2 opus")
    assert bare.forms == (Form.TAGS, Form.SPLIT)


def test_a_licence_in_the_folder_is_told_once(tmp_path: Path) -> None:
    folder = opus(tmp_path / "model", Tiny(DICTIONARY), LICENSE="words")
    provider = provider_for(folder)
    said = "the model model has a licence of its own: LICENSE"
    assert asked(provider).notices == ()
    assert asked(provider, "the house").notices == (said,)
    assert asked(provider, "the house").notices == ()


@pytest.mark.parametrize(
    ("strange", "text", "expected"),
    [
        ({"X": "x", "A": "a"}, 'the <x id="1"/> house', 'la <x id="1"/> casa'),
        ({"X": "Y"}, 'the <x id="1"/> house', 'la <x id="1"/> casa'),
        ({"X": "Y"}, 'the<x id="1"/> house', ""),
        ({"X": "Y", "7": "8"}, 'the <x id="1"/> house', ""),
        ({"▁red": "▁fichas"}, 'the <g id="1">red</g> house', 'la <g id="1">fichas</g> casa'),
    ],
)
def test_a_mask_that_is_lost_is_tried_as_another_and_then_faulted(
    tmp_path: Path, strange: Mapping[str, str], text: str, expected: str
) -> None:
    provider = provider_for(opus(tmp_path / "model", Tiny(DICTIONARY, strange=strange)))
    answer = asked(provider, "the house", text)
    assert answer.texts == ("la casa", expected)
    assert [bool(fault) for fault in answer.faults] == ([] if expected else [False, True])


def test_a_model_that_finds_no_end_gives_no_text(tmp_path: Path) -> None:
    provider = provider_for(opus(tmp_path / "model", Tiny(DICTIONARY, deaf=True)))
    answer = asked(provider, "the house")
    assert (answer.texts, answer.faults) == (("",), ("the model found no end of a sentence",))


def test_a_long_sentence_is_cut_where_it_can_be_and_comes_back_whole(models: Path) -> None:
    clause = "z" * 50
    text = f'{clause}, {clause}, the <g id="1">house</g> {clause} {clause}. Then the house'
    answer = asked(provider_for(models, "opus"), text, "z" * 300, "the house")
    assert answer.texts == (
        f'{clause}, {clause}, la <g id="1">casa</g> {clause} {clause}. Then la casa',
        "",
        "la casa",
    )
    assert answer.faults == ("", "a sentence is too long for the model", "")


def test_a_text_that_is_not_well_formed_is_refused(models: Path) -> None:
    with pytest.raises(RequestRefused, match="not well-formed"):
        asked(provider_for(models, "opus"), "the house", '<g id="1">bad')


def test_without_a_model_it_asks_for_one() -> None:
    with pytest.raises(UsageError, match="which model") as caught:
        from_environment({}, Settings())
    assert "ctranslate2:FOLDER" in caught.value.hint


@pytest.mark.parametrize("offline", [False, True])
def test_without_its_libraries_it_says_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch, models: Path, offline: bool
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _name: None)
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    if offline:
        assert provider_for(models, "opus", offline=True).supports("en", "es")
    with pytest.raises(ProviderUnavailable) as caught:
        asked(provider_for(models, "opus", offline=offline), "the house")
    assert caught.value.hint == extra_hint("ctranslate2")


def test_weights_that_cannot_be_read_are_told_with_the_folder(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models / "opus", tmp_path / "broken")
    weights = tmp_path / "broken/model.bin"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(ProviderUnavailable, match="the model broken cannot be used: "):
        asked(provider_for(tmp_path, "broken"), "the house")


def test_a_tokenizer_that_cannot_be_read_is_told_with_the_folder(
    models: Path, tmp_path: Path
) -> None:
    shutil.copytree(models / "opus", tmp_path / "broken")
    (tmp_path / "broken/source.spm").write_bytes(b"nothing")
    with pytest.raises(ProviderUnavailable, match="the model broken cannot be used: "):
        asked(provider_for(tmp_path, "broken"), "the house")


def test_a_sentence_with_more_tokens_than_the_model_has_places_costs_no_other(
    tmp_path: Path,
) -> None:
    provider = provider_for(opus(tmp_path / "model", Tiny(DICTIONARY, places=24)), beam=1)
    request = Request("en", "es", ("the house", f"the {'z' * 40}", "the red house"))
    sent = list(send(provider, request))
    assert [one.answer.texts for one in sent if isinstance(one, Delivered)] == [
        ("la casa",),
        ("la roja casa",),
    ]
    (refused,) = [one for one in sent if isinstance(one, Refused)]
    assert refused.first == 1
    assert refused.reason.startswith("the model model cannot be used: ")
