from __future__ import annotations

import pytest

from i18n_pipeline.checks.writing.end_punctuation import END_PUNCTUATION
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, mended, subject

STOP = "A model reads tokens, one after the other."
QUESTION = "Does a model read the whole text at once?"
COLON = "A model reads a text in these two steps:"


@pytest.mark.parametrize(
    ("locale", "source", "target", "better"),
    [
        ("ja", STOP, "モデルはトークンを順に読みます", "モデルはトークンを順に読みます。"),
        ("ja", STOP, "モデルは**順に**", "モデルは**順に**。"),
        ("ja", COLON, "モデルは2段階で", "モデルは2段階で："),
        ("zh", QUESTION, "模型会一次读完。", "模型会一次读完？"),
        ("zh", STOP, "模型依次读取词元", "模型依次读取词元。"),
        ("ko", STOP, "모델은 토큰을 읽습니다", "모델은 토큰을 읽습니다."),
        ("de", STOP, "Ein Modell liest Token  ", "Ein Modell liest Token.  "),
        ("de", COLON, "So liest ein Modell.", "So liest ein Modell:"),
        ("de", QUESTION, "Liest ein Modell alles.", "Liest ein Modell alles?"),
        ("es", STOP, "Un modelo lee los tokens", "Un modelo lee los tokens."),
        ("es", QUESTION, "¿Lee un modelo todo", "¿Lee un modelo todo?"),
        ("fr", QUESTION, "Un modèle lit-il tout.", "Un modèle lit-il tout\u202f?"),
        ("fr", COLON, "Un modèle lit ainsi .", "Un modèle lit ainsi\u00a0:"),
        ("fr-CA", QUESTION, "Un modèle lit-il tout.", "Un modèle lit-il tout?"),
        ("ru", STOP, "Модель читает токены", "Модель читает токены."),
        ("ar", QUESTION, "هل يقرأ النموذج كل شيء", "هل يقرأ النموذج كل شيء؟"),
        ("el", QUESTION, "Διαβάζει το μοντέλο.", "Διαβάζει το μοντέλο;"),
        ("hi", STOP, "मॉडल टोकन पढ़ता है", "मॉडल टोकन पढ़ता है।"),
    ],
)
def test_a_mark_that_was_lost_or_changed_is_put_back(
    locale: str, source: str, target: str, better: str
) -> None:
    assert mended(END_PUNCTUATION, subject(source, target, locale=locale)) == better


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ja", STOP, "モデルはトークンを順に読みます。"),
        ("ja", STOP, "モデルはトークンを順に読みます！"),
        ("ja", QUESTION, "モデルはすべてを一度に読むでしょうか。"),
        ("ja", COLON, "モデルは次の2段階で読みます。"),
        (
            "ja",
            '"A model reads tokens, one after the other."',
            "「モデルはトークンを順に読みます」",
        ),
        ("ja", "See [the tokens of a text in order.](/x)", "[トークンの順序。](/x)"),
        ("ja", STOP + "[^1]", "モデルはトークンを読みます。[^1]"),
        ("zh", COLON, "模型分两步读取文本："),
        ("zh", QUESTION, "模型会一次读完吗？"),
        ("ko", COLON, "모델은 다음과 같이 읽습니다."),
        ("de", STOP, "Ein Modell liest Token („eins nach dem anderen“)."),
        ("de", "And so on, with tokens, models, weights etc.", "Und so weiter mit Token usw"),
        ("de", "Yours, with an error bar.", "Mit freundlichen Grüßen"),
        ("fr", QUESTION, "Un modèle lit-il tout ?"),
        ("el", QUESTION, "Διαβάζει το μοντέλο;"),
        ("ar", QUESTION, "هل يقرأ النموذج كل شيء؟"),
        ("hy", QUESTION, "Մոդելը կարդո՞ւմ է"),
        ("th", STOP, "โมเดลอ่านโทเค็นตามลำดับ"),
        ("hi", STOP, "मॉडल टोकन पढ़ता है."),
        ("ru", "A text ends in dots…", "Текст кончается..."),
        ("en-XA", STOP, "[Ȧ ḿǿḓḗŀ one two]"),
    ],
)
def test_each_language_ends_a_text_in_its_own_way(locale: str, source: str, target: str) -> None:
    assert found(END_PUNCTUATION, subject(source, target, locale=locale)) == []


@pytest.mark.parametrize("kind", [Kind.ITEM, Kind.CELL, Kind.TEXT, Kind.HEADING, Kind.DEFINITION])
def test_east_asian_fragments_need_no_full_stop(kind: Kind) -> None:
    assert found(END_PUNCTUATION, subject(STOP, "トークンを順に読むモデル", kind=kind)) == []
    one = subject(STOP, "依次读取词元的模型", kind=kind, locale="zh")
    assert found(END_PUNCTUATION, one) == []


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.HEADING, Kind.VOCABULARY])
def test_labels_gain_no_mark(kind: Kind) -> None:
    one = subject("How it works", "Wie es geht.", kind=kind, locale="de")
    assert found(END_PUNCTUATION, one) == [
        "ends with `.`, and the source with no mark; leave it out"
    ]
    assert mended(END_PUNCTUATION, one) == "Wie es geht"
    one = subject("What it is", "¿Qué es?", kind=kind, locale="es")
    assert found(END_PUNCTUATION, one) == []


def test_an_opening_mark_is_not_made_up() -> None:
    one = subject(QUESTION, "Lee un modelo todo.", locale="es")
    assert found(END_PUNCTUATION, one) == [
        "ends without a question mark, and the source with one; write `¿…?`"
    ]
    assert mended(END_PUNCTUATION, one) is None


def test_lists_are_not_asked() -> None:
    one = subject("a?\nb?", "あ\nい", kind=Kind.LIST, markdown=False)
    assert found(END_PUNCTUATION, one) == []
