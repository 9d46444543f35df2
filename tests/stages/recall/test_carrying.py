"""A remembered translation for a source with other placeholders: exact, or not at all."""

from __future__ import annotations

import pytest

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.stages.recall.carrying import carried


def carry(new: str, old: str, target: str, *, markdown: bool = True) -> str | None:
    segment = Segment("body", Kind.PARAGRAPH, new, markdown=markdown)
    return carried(segment, old, target, DEFAULT_EXTENSIONS | {"math", "shortcode"})


REPAIRED = [
    ("Use `b` here.", "Use `a` here.", "Hier `a`.", "Hier `b`."),
    ("Use `b` and `b`.", "Use `a` and `a`.", "`a` und `a`.", "`b` und `b`."),
    ("[It](/y) is so.", "[It](/x) is so.", "So ist [es](/x).", "So ist [es](/y)."),
    ('[It](/y "t")!', '[It](/x "t")!', '[Es](/x "u")!', '[Es](/y "u")!'),
    ("![Map](/b.png)", "![Map](/a.png)", "![Karte](/a.png)", "![Karte](/b.png)"),
    ("`a` then `d`", "`a` then `b`", "erst `a`, dann `b`", "erst `a`, dann `d`"),
    ("`b` or `a`!", "`a` or `b`!", "`b` oder `a`!", "`b` oder `a`!"),
    ("See <https://b.org>.", "See <https://a.org>.", "Siehe <https://a.org>.",
     "Siehe <https://b.org>."),
    ("Said.[^2]", "Said.[^2]", "Gesagt.[^2]", "Gesagt.[^2]"),
    ("$y$ grows.", "$x$ grows.", "$x$ wächst.", "$y$ wächst."),
    ("**Use** `b` here.", "**Use** `a` here.", "**Hier** `a`.", "**Hier** `b`."),
    ("No code at all.", "No codes at all.", "Kein Code.", "Kein Code."),
]  # fmt: skip


@pytest.mark.parametrize(("new", "old", "target", "wanted"), REPAIRED)
def test_what_plainly_stands_for_what_is_put_in_its_place(
    new: str, old: str, target: str, wanted: str
) -> None:
    assert carry(new, old, target) == wanted


AMBIGUOUS = [
    # more or fewer things, or of another kind
    ("Use `b` and `c`.", "Use `a`.", "Hier `a`."),
    ("Use it.", "Use `a`.", "Hier `a`."),
    ("[It](/y) is `x`.", "`x` is [it](/x).", "[Es](/x) ist `x`."),
    # one thing became two, or two became one
    ("`b` and `c`", "`a` and `a`", "`a` und `a`"),
    ("`c` and `c`", "`a` and `b`", "`a` und `b`"),
    # the translation has it twice, or not at all
    ("Use `b`.", "Use `a`.", "`a`, ja `a`."),
    ("Use `b`.", "Use `a`.", "Nimm es."),
]


@pytest.mark.parametrize(("new", "old", "target"), AMBIGUOUS)
def test_what_may_stand_for_several_things_is_not_guessed(new: str, old: str, target: str) -> None:
    assert carry(new, old, target) is None


def test_plain_text_has_placeholders_too() -> None:
    assert carry("Use {{ b }}.", "Use {{ a }}.", "Hier {{ a }}.", markdown=False) == "Hier {{ b }}."
    assert carry("*b* is new", "*a* is new", "*a* ist neu", markdown=False) == "*a* ist neu"


def test_the_same_things_in_another_order_need_nothing() -> None:
    target = "Erst `a`, dann [b](/b)."
    assert carry("First [b](/b), then `a`.", "First `a`, then [b](/b).", target) == target
