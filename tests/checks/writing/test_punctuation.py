from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks.writing.punctuation import PUNCTUATION
from tests.checks.edits import edited, edits
from tests.checks.subjects import found, subject

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("locale", "target", "better"),
    [
        ("ja", "単語,または単語の一部.これです", "単語、または単語の一部。これです"),
        ("ja", "単語, 一部", "単語、一部"),
        ("ja", "単語です.", "単語です。"),
        ("ja", "本当?はい!もちろん", "本当？はい！もちろん"),
        ("ja", "単語，一部,全部", "単語，一部，全部"),
        ("ja", "例:単語", "例：単語"),
        ("ja", "ＡＰＩは１つです", "APIは1つです"),
        ("ja", "単語 、一部", "単語 、一部"),
        ("zh-CN", "词,句;段:章.", "词，句；段：章。"),
        ("zh-TW", "錯誤: 檔案", "錯誤：檔案"),
        ("ko", "ＡＰＩ입니다", "API입니다"),
        ("fr", "Pourquoi ? Voici :", f"Pourquoi{NN}? Voici{NB}:"),
        (
            "fr",
            "Pourquoi? Voici: «oui»; non!",
            f"Pourquoi{NN}? Voici{NB}: «{NB}oui{NB}»{NN}; non{NN}!",
        ),
        ("fr", f"Ici{NB}! Et là !", f"Ici{NB}! Et là{NB}!"),
        ("fr", "« `code` »: **oui :** `x` ?", f"«{NB}`code`{NB}»{NB}: **oui{NB}:** `x`{NN}?"),
        ("fr-CA", "Pourquoi? Voici: «oui»!", f"Pourquoi? Voici{NB}: «{NB}oui{NB}»!"),
        ("el", "Τι είναι;  Πώς? (πού?)", "Τι είναι; Πώς; (πού;)"),
        ("ar", "كلمة, جزء; ماذا?", "كلمة، جزء؛ ماذا؟"),
        ("fa", "واژه , بخش", "واژه، بخش"),
        ("de", "Ein  Wort , dann .", "Ein Wort, dann."),
        ("ja", "（例)と(例）", "（例）と（例）"),
    ],
)
def test_marks_are_mended(locale: str, target: str, better: str) -> None:
    assert edited(PUNCTUATION, subject("Words `x`", target, locale=locale)).target == better


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("ja", "3.14と1,000、v1.2.3とexample.com。例: 単語"),
        ("ja", "`言葉,言葉`と<https://例.example/言葉,言葉>と言葉..."),
        ("ja", "Node.jsとU.S.A.と言葉、Yahoo!です"),
        ("zh-CN", "时间是 10:30，比例 1:2；API: ok"),
        ("fr", f"Il est 10:30{NB}; std::vector, 1:2, :smile: et :) ou ;-)"),
        ("fr", f"Voir <https://a.example/b?c=d;e:f> et `a: b`{NN}! [^1]: x !important"),
        ("fr", f"Yahoo! est un site, n'est-ce pas{NN}?"),
        ("fr", f"**Note**{NB}: «{NN}oui{NN}» &laquo;&nbsp;non&nbsp;&raquo;&nbsp;!"),
        ("fr-CA", "Quoi? Oui! Non; peut-être"),
        ("es", "¿Qué es? ¡Esto! Si no, ¿qué? `a?` x?=y (?)"),
        ("de", "„So“ und ‚so‘, sein's, 5 % (auch) »so«"),
        ("de", '"So" und "so"'),
        ("el", "Τι είναι;"),
        ("ar", "الرقم 1,000 و API, GPU"),
        ("sv", "Han sa ”hej” och »då»."),
        ("pl", "„tak” i «nie»"),
        ("en-XA", "[Ẇǿřḓş  , ẇǿřḓş ]"),
        ("de", "a) eins b) zwei :-( ;("),
        ("de", "Zeile eins  \nZeile zwei"),
    ],
)
def test_what_is_right_or_no_prose_stays(locale: str, target: str) -> None:
    source = "Yahoo! is a site [^1] `x` (a  \nb)"
    one = subject(source, target, locale=locale, definitions="[^1]: x")
    assert found(PUNCTUATION, one) == []


@pytest.mark.parametrize(
    ("locale", "target", "message"),
    [
        ("es", "Qué es esto?", "`Qué es esto?` is not opened: write `¿` where it begins"),
        ("es", "Hola. Mira esto!", "`Mira esto!` is not opened: write `¡` where it begins"),
        ("es", "¿Qué es esto", "`¿` is not closed: write `?` where it ends"),
        ("de", 'Ein „Wort“ und ein "Wort"', '`"` stands beside `„`: write `„…“` throughout'),
        ("ja", "「単語と一部", "`「` is not closed: write `」` where it ends"),
        ("ja", "単語（一部", "`（` is not closed: write `）` where it ends"),
        ("fr", f"«{NB}mot et", "`«` is not closed: write `»` where it ends"),
        ("de", "Ein „Wort und", "`„` is not closed: write `“` where it ends"),
        (
            "fr",
            "Oui!",
            "the space before `!` is missing: put a narrow non-breaking space",
        ),
        (
            "fr",
            "Oui :",
            "the space before `:` is an ordinary one: put a non-breaking space",
        ),
        ("ja", "言葉,言葉", "`,` is the Latin mark: write `、`"),
        ("de", "Wort , Wort", "a space before `,`: take it out"),
    ],
)
def test_a_message_says_what_to_write(locale: str, target: str, message: str) -> None:
    assert found(PUNCTUATION, subject("Words", target, locale=locale)) == [message]


def test_what_the_source_leaves_open_the_target_may() -> None:
    assert found(PUNCTUATION, subject("An interval (0, 1]", "Intervall (0, 1]", locale="de")) == []
    assert found(PUNCTUATION, subject("a  b , c", "x  y , z", locale="de")) == []
    assert found(PUNCTUATION, subject("Call ＡＰＩ", "ＡＰＩを呼ぶ")) == []


def test_what_an_address_swallows_is_not_missing() -> None:
    assert found(PUNCTUATION, subject("See (www.a.example)", "(例: www.a.example)を見る")) == []


LOCALES = st.sampled_from(["ja", "zh-CN", "ko", "fr", "fr-CA", "es", "de", "el", "ar", "sv"])
PIECES = st.sampled_from(
    [
        *(
            "言葉",
            "かな",
            "mot",
            "ع",
            "ω",
            "１",
            "Ａ",
            "2",
            " ",
            "  ",
            ",",
            ".",
            ":",
            ";",
            "!",
            "?",
        ),
        *("«", "»", "„", "“", "「", "」", "(", ")", "（", "）", "¿", "`c`", "**", "*", NB, NN, '"'),
        *("https://a.example/b?c", "<b>", "</b>", "\n", "\\\n", "[x](/y)", ":s:", "、", "。", "，"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS, LOCALES)
def test_what_is_mended_is_not_mended_again(target: str, locale: str) -> None:
    one = edited(PUNCTUATION, subject("Words (and) `c`", target, locale=locale))
    again = edits(PUNCTUATION, one)
    assert again == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Write a ! before it", "Escribe un ! delante"),
        ("The Who? magazine is old", "La revista Who? es vieja"),
    ],
)
def test_a_mark_that_is_no_sentences_needs_no_other_in_spanish(source: str, target: str) -> None:
    assert found(PUNCTUATION, subject(source, target, locale="es")) == []
