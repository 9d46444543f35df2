from __future__ import annotations

import pytest

from i18n_pipeline.checks import check
from i18n_pipeline.checks.meaning.echo import ECHO
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

SOURCE = "The model reads all tokens of a text."


@pytest.mark.parametrize("locale", ["ja", "de", "zh-Hant"])
@pytest.mark.parametrize("target", [SOURCE, SOURCE.upper(), f"{SOURCE[:-1]}!"])
def test_a_sentence_that_came_back_is_no_translation(locale: str, target: str) -> None:
    one = subject(SOURCE, target, locale=locale)
    assert found(ECHO, one) == ["is the source again: translate it"]
    assert [issue.check for issue in check(one) if issue.check == "untranslated"] == []


@pytest.mark.parametrize(
    ("source", "kind", "locale"),
    [
        (SOURCE, Kind.LIST, "ja"),
        (SOURCE, Kind.PARAGRAPH, "en-GB"),
        (SOURCE, Kind.PARAGRAPH, "en-XA"),
        ("What the model reads in a text", Kind.HEADING, "de"),
        ("Prompt engineering is a craft", Kind.PARAGRAPH, "de"),
        ("GPT-3, BERT, Mistral, Llama, Gemma, Claude", Kind.PARAGRAPH, "de"),
        ("`all of this is code and no words`", Kind.PARAGRAPH, "de"),
    ],
)
def test_what_may_stay_as_it_is_is_no_echo(source: str, kind: Kind, locale: str) -> None:
    assert found(ECHO, subject(source, source, kind=kind, locale=locale)) == []


def test_a_text_that_only_holds_its_source_is_none() -> None:
    assert found(ECHO, subject(SOURCE, f"Das Modell: {SOURCE} Ja.", locale="de")) == []
