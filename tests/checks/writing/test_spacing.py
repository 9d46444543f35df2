from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks import Subject
from i18n_pipeline.checks.writing.spacing import SPACING
from i18n_pipeline.config import Style
from i18n_pipeline.model import Kind
from tests.checks.edits import edited, edits
from tests.checks.subjects import found, subject


def styled(target: str, spacing: str, locale: str = "ja", source: str = "Words") -> Subject:
    return replace(subject(source, target, locale=locale), style=Style(spacing=spacing))


@pytest.mark.parametrize(
    ("locale", "spacing", "target", "better"),
    [
        ("ja", "tight", "この API は 3 つ", "このAPIは3つ"),
        ("ja", "spaced", "このAPIは3つ", "この API は 3 つ"),
        ("zh-CN", "spaced", "这个API有3个", "这个 API 有 3 个"),
        ("ja", "tight", "この `API` と **GPU** は 言葉", "この `API` と **GPU** は言葉"),
        ("ja", "spaced", "**太字**API、`code`と", "**太字**API、`code`と"),
        ("ja", "spaced", "この API は\u00a0API", "この API は\u00a0API"),
        ("ja", "", "言葉 言葉\u3000言葉", "言葉言葉言葉"),
        ("ja", "", "ジェフリー ヒントンと 言葉", "ジェフリー ヒントンと言葉"),
        ("zh-TW", "", "詞元 詞元", "詞元詞元"),
        ("ko", "tight", "GPU 사용과 단어 단어", "GPU 사용과 단어 단어"),
        ("ja", "", " 言葉\n", "言葉"),
        ("de", "", "\u3000Wort ", "Wort"),
        ("ja", "", "拝啓\u3000皆さま。添えて\u3000敬具", "拝啓\u3000皆さま。添えて\u3000敬具"),
        ("ja", "", "本当？\u3000言葉", "本当？\u3000言葉"),
    ],
)
def test_spaces_are_mended(locale: str, spacing: str, target: str, better: str) -> None:
    assert edited(SPACING, styled(target, spacing, locale)).target == better


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("このAPIとGPUは1つ", []),
        ("この API と GPU は1つ", []),
        (
            "このAPIと GPU",
            ["`このAPIと G` has no space, `このAPIと GPU` has one: write both alike"],
        ),
        ("1つと 2 つ", ["`1つと 2 つ` has no space, `1つと 2 つ` has one: write both alike"]),
        ("`API`と GPU", []),
    ],
)
def test_without_a_style_a_text_does_not_mix_both(target: str, messages: list[str]) -> None:
    assert found(SPACING, styled(target, "")) == messages


def test_a_message_shows_the_place() -> None:
    assert found(SPACING, styled("言葉 言葉", "")) == [
        "`言葉 言葉`: no space between these letters"
    ]
    assert found(SPACING, styled("APIと", "spaced")) == ["`APIと`: one space between these letters"]
    told = "white space at the end is not as in the source"
    assert found(SPACING, styled("言葉 ", "")) == [told]


def test_white_space_of_the_source_is_kept() -> None:
    assert edited(SPACING, styled("言葉", "", source=" Words ")).target == " 言葉 "
    assert found(SPACING, styled(" 言葉 ", "", source=" Words ")) == []


@pytest.mark.parametrize("kind", [Kind.LIST, Kind.HEADING, Kind.NAME])
def test_lists_and_headings_may_have_spaces(kind: Kind) -> None:
    assert found(SPACING, subject("Words", "第1章\u3000概要\n言葉 意味", kind=kind)) == []


PIECES = st.sampled_from(
    [
        "言葉",
        "カナ",
        "API",
        "12",
        " ",
        "\u3000",
        "\n",
        "`c`",
        "**",
        "。",
        "[x](/y)",
        "<b>",
        "가",
        "\\\n",
    ]
)


@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.sampled_from(["", "tight", "spaced"]),
    st.sampled_from(["ja", "zh-CN", "ko", "de"]),
    st.sampled_from(["Words", " Words\n", "Words "]),
)
def test_what_is_mended_is_not_mended_again(
    target: str, spacing: str, locale: str, source: str
) -> None:
    one = edited(SPACING, styled(target, spacing, locale, source))
    assert edits(SPACING, one) == []
