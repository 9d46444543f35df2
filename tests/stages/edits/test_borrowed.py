"""Which words of a translation are those of its source, and which only look like them."""

from __future__ import annotations

import pytest

from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.pipeline.lexicon import english
from i18n_pipeline.stages.edits import Borrowed, Ground, classify, patched

SEGMENT = Segment("body", Kind.PARAGRAPH, "", markdown=True)
GROUND = Ground(words=english)


def linked(source: str, target: str, word: str, locale: str, *kept: str) -> str | None:
    """The translation after an edit that puts a link on a word of the source."""
    new = source.replace(word, f"[{word}](/x)")
    swaps = classify(source, new, SEGMENT, GROUND).swaps
    borrowed = Borrowed(GROUND, locale, lambda: frozenset(kept))
    return patched(swaps, (source, new, target), SEGMENT, borrowed)


@pytest.mark.parametrize(
    ("locale", "word", "source", "target"),
    [
        ("de", "fast", "It is fast today.", "Es ist heute fast da."),
        ("de", "die", "Words die here.", "Hier sind die Wörter."),
        ("de", "Gift", "We call it Gift here.", "Wir nennen es hier Gift."),
        ("de", "Kind", "It is named Kind there.", "Das Kind ist da."),
        ("de", "IT", "Ask IT today.", "Frag IT heute."),
        ("es", "once", "Read it once.", "Lee once textos."),
        ("es", "son", "Its son is read.", "Los textos son leídos."),
        ("es", "Sin", "It is a Sin to read.", "Se lee. Sin texto."),
        ("es", "Sin", "Sin is read by it.", "Lo lee Sin texto."),
        ("fr", "pour", "We pour data.", "Des données pour le modèle."),
        ("fr", "chat", "Start a chat now.", "Le chat commence."),
        ("es", "red", "The red layer.", "La red grande."),
        ("es", "pip", "Use pip today.", "Usa pip hoy."),
    ],
)
def test_a_word_that_may_be_another_one_gets_no_link(
    locale: str, word: str, source: str, target: str
) -> None:
    assert linked(source, target, word, locale) is None


@pytest.mark.parametrize(
    ("locale", "word", "source", "target"),
    [
        ("de", "LoRA", "We use LoRA here.", "Hier wird LoRA genutzt."),
        ("de", "GPT-4", "We use GPT-4 here.", "Hier wird GPT-4 genutzt."),
        ("de", "API", "Ask the API now.", "Frag jetzt die API."),
        ("de", "kubectl", "Use kubectl now.", "Nutze jetzt kubectl."),
        ("ja", "fast", "It is fast today.", "今日はfastモデルを使います。"),
        ("ru", "Go", "We use Go today.", "Сегодня мы пишем на Go."),
        ("es", "Helm", "We use Helm today.", "Hoy usamos Helm."),
        ("fr", "Apache Spark", "We use Apache Spark here.", "Ici, on utilise Apache Spark."),
    ],
)
def test_a_name_is_the_same_name(locale: str, word: str, source: str, target: str) -> None:
    assert linked(source, target, word, locale) == target.replace(word, f"[{word}](/x)")


def test_what_the_terminology_keeps_is_the_same_word() -> None:
    texts = ("Every token is read.", "Cada token se lee.")
    assert linked(*texts, "token", "es") is None
    assert linked(*texts, "token", "es", "token") == "Cada [token](/x) se lee."
