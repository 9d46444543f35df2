from __future__ import annotations

import pytest

from i18n_pipeline.checks.terms.kept_names import KEPT_NAMES
from i18n_pipeline.checks.terms.terminology import TERMINOLOGY
from i18n_pipeline.glossary import Entry, Glossary, Status
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

GLOSSARY = Glossary(
    (
        Entry("token", "Token"),
        Entry("base model", "Basismodell", forms=("Basismodelle", "Basismodellen")),
        Entry("fine-tuning", "Feinabstimmung"),
        Entry("fine-tuning", "Fine-Tuning", Status.ADMITTED),
        Entry("fine-tuning", "Feintuning", Status.DEPRECATED),
        Entry("prompt", "Eingabe", Status.DEPRECATED),
        Entry("model", "Muster", Status.DEPRECATED),
        Entry("prompt engineering", "Prompt-Engineering"),
    ),
    keep=("LoRA", "Go"),
)


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        (
            "Tokens of a base model",
            "token eines Grundmodells",
            ["`base model` should be `Basismodell`"],
        ),
        ("Tokens of base models", "Token der Basis\u00admodellen", []),
        ("Base models", "Basismodelle statt Grundmodelle", []),
        ("Fine tuning", "Die Feinabstimmung", []),
        ("Fine tuning", "Das Fine Tuning", []),
        (
            "Fine tuning",
            "Das Anpassen",
            ["`fine-tuning` should be `Feinabstimmung` or `Fine-Tuning`"],
        ),
        (
            "Fine tuning",
            "Feintuning",
            ["`fine-tuning` must not be `Feintuning` but `Feinabstimmung`"],
        ),
        ("A prompt", "Eine Eingabe", ["`prompt` must not be `Eingabe`"]),
        ("A prompt", "Ein Befehl", []),
        ("Prompt engineering", "Prompt-Engineering", []),
        ("`token` and nothing else", "`token`", []),
    ],
)
def test_terms_are_rendered_as_the_glossary_wants(
    source: str, target: str, messages: list[str]
) -> None:
    assert found(TERMINOLOGY, subject(source, target, glossary=GLOSSARY)) == messages


def test_names_are_kept() -> None:
    assert found(KEPT_NAMES, subject("LoRA, go", "LoRAです", glossary=GLOSSARY)) == []
    assert found(KEPT_NAMES, subject("LoRA, Go", "ローラ", glossary=GLOSSARY)) == [
        "the name `LoRA` is missing",
        "the name `Go` is missing",
    ]


def test_without_a_glossary_nothing_is_required() -> None:
    assert found(TERMINOLOGY, subject("token", "x")) == []
    assert found(KEPT_NAMES, subject("LoRA", "x")) == []


def test_keywords_are_what_readers_type_not_what_the_glossary_wants() -> None:
    one = subject("base model\ntoken", "Modell ohne Tuning", kind=Kind.LIST, glossary=GLOSSARY)
    assert found(TERMINOLOGY, one) == []
