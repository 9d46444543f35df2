"""Differences as people read them, in languages with and without blanks between words."""

from __future__ import annotations

import pytest

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.stages.edits import Ground, shortened
from i18n_pipeline.stages.edits.differing import as_words
from i18n_pipeline.stages.edits.telling import in_short, word_diff
from tests.stages.edits.table import SEGMENT


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A small model.", "A large model.", "A [-small-]{+large+} model."),
        ("A small old model.", "A large new model.", "A [-small old-]{+large new+} model."),
        ("A model.", "A model of words.", "A model{+ of words+}."),
        ("Call `fit` now.", "Call `score` now.", "Call [-`fit`-]{+`score`+} now."),
        ("モデルは学習します。", "モデルは学習しません。", "モデルは学習[-します-]{+しません+}。"),
        ("语言模型可以生成文本", "语言模型不可以生成文本", "语言模型{+不+}可以生成文本"),
        ("모델은 빠르다", "모델은 느리다", "모델은 [-빠르다-]{+느리다+}"),
        ("Der große Wal", "Der größte Wal", "Der [-große-]{+größte+} Wal"),
        ("मॉडल पढ़ता है", "मॉडल लिखता है", "मॉडल [-पढ़ता-]{+लिखता+} है"),
        ("A [b](/x) c", "A [b](/y) c", "A [b[-](/x)-]{+](/y)+} c"),
    ],
)
def test_a_difference_is_shown_word_by_word(old: str, new: str, told: str) -> None:
    assert as_words(word_diff(old, new, SEGMENT, DEFAULT_EXTENSIONS)) == told


def test_of_a_long_text_only_what_is_around_a_difference_is_shown() -> None:
    old = "The very first words of a text that nobody reads to its end are small."
    new = old.replace("small", "large").replace("first", "last")
    runs = shortened(word_diff(old, new, SEGMENT, DEFAULT_EXTENSIONS), words=2)
    assert as_words(runs) == "The very [-first-]{+last+} words … are [-small-]{+large+}."


def test_of_a_long_text_without_blanks_too() -> None:
    old = "学習" * 60 + "します"
    runs = shortened(word_diff(old, old[:-2] + "せん", SEGMENT, DEFAULT_EXTENSIONS))
    assert as_words(runs) == "…" + "学習" * 15 + "[-します-]{+しせん+}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A traned model.", "A trained model.", "typo (“traned” → “trained”)"),
        ("It is so.", "It is not so.", "negation or modality (“is” → “is not”)"),
        ("It works", "It works!", "punctuation and case (“It works” → “It works!”)"),
        ("a b c d e f g h", "x b y d z f w h", "rewrite (“a” → “x”; “c” → “y”; “e” → “z”; 1 more)"),
        ("A  model.", "A model.", "reflow"),
    ],
)
def test_an_edit_is_told_in_short(old: str, new: str, told: str) -> None:
    assert in_short(old, new, SEGMENT, Ground(words=lambda: frozenset({"trained"}))) == told
