from __future__ import annotations

import pytest

from i18n_pipeline.checks.meaning.untranslated import UNTRANSLATED
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

GLOSSARY = Glossary(
    (Entry("prompt engineering", "Prompt Engineering"), Entry("red teaming", "Red Teaming")),
    keep=("Hugging Face", "PyTorch"),
)
SAME = ["is the same as the source: translate it"]


@pytest.mark.parametrize("locale", ["ja", "de", "es", "fr", "zh", "ko", "ru", "ar"])
@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("A model reads tokens.", "A model reads tokens.", Kind.PARAGRAPH),
        ("A model reads tokens.", "a model reads tokens", Kind.PARAGRAPH),
        ("How it works", "How it works", Kind.HEADING),
        ("Retrieval with good sources", "Retrieval with good sources", Kind.NAME),
        ("the right one", "**the right one**", Kind.CELL),
    ],
)
def test_a_text_that_is_still_its_source_is_told(
    source: str, target: str, kind: Kind, locale: str
) -> None:
    assert found(UNTRANSLATED, subject(source, target, kind=kind, locale=locale)) == SAME


@pytest.mark.parametrize("locale", ["ja", "de", "es", "fr", "zh", "ko", "ru", "ar"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LoRA", Kind.NAME),
        ("Transformer", Kind.NAME),
        ("Fine-tuning", Kind.NAME),
        ("Hugging Face and PyTorch", Kind.CELL),
        ("int8", Kind.CELL),
        ("GPT-3, BERT, DeepMind", Kind.PARAGRAPH),
        ("`some code to run here`", Kind.PARAGRAPH),
        ("prompt engineering", Kind.HEADING),
        ("4 × 3 = 12", Kind.PARAGRAPH),
        ("some words\nof readers", Kind.LIST),
    ],
)
def test_names_code_and_shared_words_may_stay(text: str, kind: Kind, locale: str) -> None:
    one = subject(text, text, kind=kind, locale=locale, glossary=GLOSSARY)
    assert found(UNTRANSLATED, one) == []


def test_one_word_in_foreign_letters_is_enough_in_running_text() -> None:
    assert found(UNTRANSLATED, subject("Exactly so", "Exactly so", locale="ja")) == SAME
    assert found(UNTRANSLATED, subject("Exactly so", "Exactly so", locale="de")) == []


SOURCE = "A model reads tokens. It does not know what a word is. That is all."
RUN = "`It does not know what a word is` is still the source's: translate it"


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("ja", "モデルはトークンを読みます。It does not know what a word is. 以上です。"),
        ("de", "Ein Modell liest Token. It does not know what a word is. Das ist alles."),
        ("es", "Un modelo lee. It does not know what a word is. Eso es todo."),
        ("fr", "Un modèle lit. It does not know what a word is. C'est tout."),
        ("zh", "模型读取词元。 It does not know what a word is. 就这样。"),
        ("ko", "모델은 읽습니다. It does not know what a word is. 끝입니다."),
        ("ru", "Модель читает. It does not know what a word is. Это всё."),
        ("ar", "النموذج يقرأ. It does not know what a word is. هذا كل شيء."),
    ],
)
def test_a_sentence_left_in_the_sources_language_is_shown(locale: str, target: str) -> None:
    one = subject(SOURCE, target, locale=locale)
    (finding,) = UNTRANSLATED.find(one)
    assert finding.message == RUN
    assert finding.at is not None
    assert target[slice(*finding.at)] == "It does not know what a word is"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, "モデルは読みます。「It does not know what a word is」です。"),
        (SOURCE, "モデルは読みます（It does not know what a word is）。"),
        (SOURCE, 'Ein Modell liest. "It does not know what a word is", heißt es.'),
        (SOURCE, "Un modelo lee. *It does not know what a word is*."),
        (SOURCE, "`It does not know what a word is`を読みます。"),
        ("The paper Attention Is All You Need of 2017.", "Das Papier Attention Is All You Need."),
        ("See New York, San José, Los Angeles, Paris, Rome.", "New York, San José, Los Angeles…"),
    ],
)
def test_quotations_titles_and_names_are_no_rest_of_the_source(source: str, target: str) -> None:
    for locale in ("ja", "de"):
        assert found(UNTRANSLATED, subject(source, target, locale=locale)) == []


@pytest.mark.parametrize("locale", ["en-GB", "en-XA"])
def test_another_variety_of_the_language_may_say_it_in_the_same_words(locale: str) -> None:
    assert found(UNTRANSLATED, subject(SOURCE, SOURCE, locale=locale)) == []
