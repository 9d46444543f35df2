from __future__ import annotations

import pytest

from i18n_pipeline.checks.safety.control_characters import CONTROL_CHARACTERS
from tests.checks.subjects import found, subject


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE) at character 2"),
        ("\u2066a", "U+2066 (LEFT-TO-RIGHT ISOLATE) at character 1"),
        ("a\u200f", "U+200F (RIGHT-TO-LEFT MARK) at character 2"),
        ("a\u061c", "U+061C (ARABIC LETTER MARK) at character 2"),
        ("a\u200bb\u200bc", "U+200B (ZERO WIDTH SPACE) at character 2"),
        ("a\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) at character 2"),
        ("a\x1b[31m", "U+001B at character 2"),
        ("a\x9b", "U+009B at character 2"),
        ("a\x00", "U+0000 at character 2"),
        ("a\r\nb", "U+000D at character 2"),
        ("a\u2028b", "U+2028 (LINE SEPARATOR) at character 2"),
        ("a\U000e0041", "U+E0041 (TAG LATIN CAPITAL LETTER A) at character 2"),
        ("a\ud800", "U+D800 at character 2"),
        ("あ\u200dい", "U+200D (ZERO WIDTH JOINER) at character 2"),
        ("\u200c", "U+200C (ZERO WIDTH NON-JOINER) at character 1"),
    ],
)
def test_an_invisible_character_of_the_targets_own_is_refused(target: str, message: str) -> None:
    one = subject("Words", target, markdown=False)
    assert found(CONTROL_CHARACTERS, one) == [f"{message} is not in the source"]


@pytest.mark.parametrize(
    ("target", "locale"),
    [
        ("一行\n二行\t三", "ja"),
        ("می\u200cخواهم", "fa"),
        ("क्\u200dष", "hi-IN"),
        ("👩\u200d💻 と 👩🏽\u200d💻 と ❤\ufe0f\u200d🔥", "ja"),
        ("silben\u00adtrennung", "de"),
    ],
)
def test_what_a_script_or_an_emoji_needs_is_fine(target: str, locale: str) -> None:
    assert found(CONTROL_CHARACTERS, subject("Words", target, locale=locale)) == []


def test_what_the_source_has_the_target_may_have() -> None:
    assert found(CONTROL_CHARACTERS, subject("a\u200bb", "あ\u200bい\u200bう")) == []


def test_a_joiner_needs_a_letter_before_it_even_in_persian() -> None:
    one = subject("Words", "\u200cخواهم", locale="fa")
    assert found(CONTROL_CHARACTERS, one) == [
        "U+200C (ZERO WIDTH NON-JOINER) at character 1 is not in the source"
    ]
