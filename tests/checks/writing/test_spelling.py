from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks import Subject
from i18n_pipeline.checks.writing.spelling import SPELLING
from i18n_pipeline.config import Style
from tests.checks.edits import edited, edits
from tests.checks.subjects import found, subject

SPELLING_OF = {
    "サーバー": ("サーバ",),
    "ユーザー": ("ユーザ",),
    "リー": ("リ",),
    "すべて": ("全て",),
    "email": ("e-mail", "mail"),
    "GitHub": ("Github",),
    "Internet": ("internet",),
    "메시지": ("메세지",),
    "C++": ("Cpp",),
}


def spelled(target: str, locale: str = "ja") -> Subject:
    return replace(subject("Words", target, locale=locale), style=Style(spelling=SPELLING_OF))


@pytest.mark.parametrize(
    ("target", "better"),
    [
        (
            "サーバとサーバー、Webサーバ、メールサーバ。",
            "サーバーとサーバー、Webサーバー、メールサーバー。",
        ),
        ("ユーザはユーザビリティとユーザーを全て", "ユーザーはユーザビリティとユーザーをすべて"),
        ("リとメモリとリ", "リーとメモリとリー"),
        ("E-mail, e-mail and Mail, mailing, Gmail", "Email, email and Email, mailing, Gmail"),
        ("Github on the internet; Internet", "GitHub on the Internet; Internet"),
        ("메세지를 보내는 메세지", "메시지를 보내는 메시지"),
        ("Cppのコードとe-mailの例", "C++のコードとemailの例"),
        ("Cpp, C++ and Cppcheck", "C++, C++ and Cppcheck"),
        ("`サーバ` [サーバ](/サーバ) <b>全て</b>", "`サーバ` [サーバー](/サーバ) <b>すべて</b>"),
    ],
)
def test_variants_are_replaced(target: str, better: str) -> None:
    assert edited(SPELLING, spelled(target)).target == better


def test_a_message_names_both_spellings() -> None:
    assert found(SPELLING, spelled("サーバ")) == ["`サーバ` is spelled `サーバー` here"]
    assert found(SPELLING, subject("Words", "サーバ")) == []


def test_a_wanted_spelling_is_no_variant_of_another() -> None:
    style = Style(spelling={"colour": ("color",), "color": ("colr",)})
    one = replace(subject("Words", "color colr colour"), style=style)
    assert edited(SPELLING, one).target == "color color colour"


WORDS = [one for pair in SPELLING_OF.items() for one in (pair[0], *pair[1])]
OTHERS = ["`", " ", "ー", "E-mail", "s", "**", "<b>", "ビリティ", "の"]
PIECES = st.sampled_from([*WORDS, *OTHERS])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_replaced_is_not_replaced_again(target: str) -> None:
    assert edits(SPELLING, edited(SPELLING, spelled(target))) == []
