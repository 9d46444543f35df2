from __future__ import annotations

import pytest

from i18n_pipeline.glossary import Entry, Glossary


def found(term: str, text: str, pos: str = "", locale: str = "en") -> bool:
    glossary = Glossary((Entry(term, "x", pos=pos),), source_locale=locale)
    return bool(glossary.occurring(text, ()))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("token", "two tokens"),
        ("memory", "memories"),
        ("batch", "batches"),
        ("hypothesis", "hypotheses"),
        ("LLM", "LLMs"),
        ("key", "keys"),
    ],
)
def test_nouns_are_found_in_the_plural(term: str, text: str) -> None:
    assert found(term, text)


@pytest.mark.parametrize("text", ["tune", "tunes", "tuned", "tuning"])
def test_verbs_are_found_in_all_forms(text: str) -> None:
    assert found("tune", text, "verb")


@pytest.mark.parametrize(
    ("verb", "text"), [("copy", "copied"), ("clip", "clipping"), ("mask", "masks")]
)
def test_verbs_follow_the_spelling_rules(verb: str, text: str) -> None:
    assert found(verb, text, "verb")


def test_a_noun_is_no_verb() -> None:
    assert not found("tune", "tuned")


def test_what_is_no_english_is_found_as_it_is() -> None:
    assert found("modelo", "el modelo", locale="es")
    assert not found("modelo", "los modelos", locale="es")
