"""What a translator is told of a text made for a similar source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline import origins
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.recall.differences import differences, with_differences

TABLE = [
    ("low rank", "high rank", "“low” → “high”"),
    ("It learns.", "It learns now.", "“learns.” → “learns now.”"),
    ("a b c", "a c", "− “b”"),
    ("a c", "a b c", "+ “b”"),
    ("See [it](https://a.org).", "See [it](https://b.org).", "“https://a.org” → “https://b.org”"),
    ("Use `peft` twice.", "Use `lora` twice.", "“peft” → “lora”"),
    ("低ランクの行列を使う。", "低ランクの重みを使う。", "“行列” → “重み”"),
    ("two  blanks", "two blanks", ""),
    (
        "a b c d e f g h i j k l m n",
        "1 b 2 d 3 f 4 h 5 j 6 l 7 n",
        "“a” → “1”, “c” → “2”, “e” → “3”, “g” → “4”, “i” → “5”, “k” → “6” … and 1 more",
    ),
    ("x " * 50, "y", f"“{'x ' * 29}x…” → “y”"),
    ("a" * 70 + "1", "a" * 70 + "2", f"“…{'a' * 30}1” → “…{'a' * 30}2”"),
    ("a" * 70, "a" * 70 + "2", f"“…{'a' * 30}” → “…{'a' * 30}2”"),
]


@pytest.mark.parametrize(("old", "new", "told"), TABLE)
def test_differences_are_told_in_the_order_of_the_text(old: str, new: str, told: str) -> None:
    assert differences(old, new) == told


DRAFT = Unit(
    "lora/body",
    "high rank",
    "hoher Rang",
    origin=origins.fuzzy(80, "a/body", "hoher Rang"),
    previous="low rank",
    notes=("paragraph",),
)


def noted(unit: Unit) -> tuple[str, ...]:
    (result,) = with_differences([unit], [DRAFT.key])
    assert replace(result, notes=unit.notes) == unit
    return result.notes


def test_a_similar_text_says_what_differs_however_often_it_is_told() -> None:
    told = ("paragraph", "Differs: “low” → “high”")
    assert noted(DRAFT) == told
    assert noted(replace(DRAFT, notes=told)) == told


@pytest.mark.parametrize(
    "unit",
    [
        replace(DRAFT, reviewed=True),
        replace(DRAFT, previous=None),
        replace(DRAFT, target=""),
        replace(DRAFT, origin=origins.exact("a/body", "hoher Rang")),
        replace(DRAFT, origin=None),
        replace(DRAFT, obsolete=True),
    ],
)
def test_nobody_else_does_and_what_was_said_is_taken_back(unit: Unit) -> None:
    assert noted(unit) == ("paragraph",)
    if not unit.obsolete:
        assert noted(replace(unit, notes=("paragraph", "Differs: x"))) == ("paragraph",)


def test_a_unit_that_is_not_worked_on_stays_as_it_is() -> None:
    assert with_differences([DRAFT], []) == (DRAFT,)
