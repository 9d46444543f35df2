from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from i18n_pipeline.checks import source_issues
from i18n_pipeline.checks.writing.mojibake import MOJIBAKE, proposals
from i18n_pipeline.model import Severity
from tests.checks.subjects import found, subject

CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)}


def misread(text: str) -> str:
    """The text's UTF-8 bytes read as Windows-1252, its gaps as C1 controls."""
    return "".join(chr(byte) if byte < 128 else CP1252[byte] for byte in text.encode())


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("a cardiologist â€\u2014 it", {"â€\u2014": "—"}),
        ("a cardiologist â€\u201d it", {"â€\u201d": "—"}),
        ("donâ€™t", {"â€™": "’"}),
        ("NaÃ¯ve cafÃ©", {"Ã¯": "ï", "Ã©": "é"}),
        ("CAFÃ‰", {"Ã‰": "É"}),
        ("10Â\u00a0km", {"Â\u00a0": "\u00a0"}),
        ("ðŸ˜€!", {"ðŸ˜€": "😀"}),
        ("ãƒˆãƒ¼ã‚¯ãƒ³", {"ãƒˆãƒ¼ã‚¯ãƒ³": "トークン"}),
        (misread(misread("é")), {misread(misread("é")): "é"}),
    ],
)
def test_text_in_the_wrong_encoding_is_shown_with_its_repair(
    text: str, repair: dict[str, str]
) -> None:
    assert proposals(text) == repair


@pytest.mark.parametrize(
    "text",
    [
        "naïve café, Größe, Ærø, “MAÇÔ, «PÂ», Île–Âge",
        "“AMANHÔ … NÔ",
        "トークン、토큰, 令牌",
        "“quoted” — dashed…",
        "Ãlvaro ð €",
        "Æ€",  # `ƀ`, if it were misread: too rare to be believed
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert proposals(text) == {}


@given(
    st.text(st.characters(min_codepoint=0xA1, max_codepoint=0x2FFFF, categories=["L"]), min_size=3)
)
def test_whatever_was_misread_is_noticed(text: str) -> None:
    assume(not proposals(text))  # some words look misread as they are: their repair goes further
    assert proposals(misread(text)) == {misread(text): text}


def test_the_message_shows_both() -> None:
    assert found(MOJIBAKE, subject("a — b", "あ â€” い")) == [
        "`â€”` was read in the wrong encoding; it probably was `—`"
    ]
    assert found(MOJIBAKE, subject("a — b", "あ \ufffd い")) == [
        "holds U+FFFD: a character was lost when the text was decoded"
    ]


def test_a_source_is_judged_before_it_is_sent() -> None:
    one = subject("a â€” b", "")
    (issue,) = source_issues(one.unit, one.segment)
    assert (issue.check, issue.severity, issue.safety) == (
        "source-mojibake",
        Severity.ERROR,
        False,
    )
    assert issue.source == "a â€” b"
    good = subject("a — b", "")
    assert source_issues(good.unit, good.segment) == ()


def test_a_single_letter_between_its_own_kind_is_noticed() -> None:
    assert proposals("保存しますã€‚") == {"ã€‚": "。"}
    assert proposals("保存し\u00e3\u0081\u00be\u3059。") == {"\u00e3\u0081\u00be": "ま"}
    assert proposals("São Paulo ã€‚ informação") == {}


def test_a_text_that_was_misread_more_often_than_happens_is_no_proposal() -> None:
    text = "é"
    for _ in range(4):
        text = misread(text)
    assert proposals(text) == {}


def test_bytes_that_no_text_ever_has_are_no_proposal() -> None:
    assert proposals("à€€ is written so") == {}
