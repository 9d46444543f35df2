from __future__ import annotations

import pytest

from i18n_pipeline.checks.meaning.negation import NEGATION
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

DENIED = "The model does not store facts."
BOUNDS = {
    "ja": ("少なくとも5個必要です。", "多くても5個必要です。"),
    "de": ("Mindestens 5 sind nötig.", "Höchstens 5 sind nötig."),
    "es": ("Se necesitan al menos 5.", "Se necesitan como máximo 5."),
    "fr": ("Il en faut au moins 5.", "Il en faut au plus 5."),
    "it": ("Ne servono almeno 5.", "Ne servono al massimo 5."),
    "pt": ("São precisos pelo menos 5.", "São precisos no máximo 5."),
    "nl": ("Er zijn er minstens 5 nodig.", "Er zijn er hoogstens 5 nodig."),
    "zh": ("至少需要5个。", "最多需要5个。"),
    "ko": ("적어도 5개가 필요합니다.", "최대 5개가 필요합니다."),
    "ru": ("Нужно не менее 5.", "Нужно не более 5."),
    "uk": ("Потрібно щонайменше 5.", "Потрібно щонайбільше 5."),
    "pl": ("Potrzeba co najmniej 5.", "Potrzeba co najwyżej 5."),
    "cs": ("Je potřeba alespoň 5.", "Je potřeba nejvýše 5."),
    "ar": ("يلزم 5 على الأقل.", "يلزم 5 على الأكثر."),
    "hi": ("कम से कम 5 चाहिए।", "अधिक से अधिक 5 चाहिए।"),
}


@pytest.mark.parametrize(
    ("locale", "denied", "said"),
    [
        ("ja", "モデルは事実を保存しません。", "モデルは事実を保存します。"),
        ("de", "Das Modell speichert keine Fakten.", "Das Modell speichert Fakten."),
        ("es", "El modelo no guarda datos.", "El modelo guarda datos."),
        ("fr", "Le modèle ne stocke aucun fait.", "Le modèle stocke des faits."),
        ("it", "Il modello non memorizza fatti.", "Il modello memorizza fatti."),
        ("pt", "O modelo não guarda factos.", "O modelo guarda factos."),
        ("nl", "Het model slaat geen feiten op.", "Het model slaat feiten op."),
        ("sv", "Modellen lagrar inte fakta.", "Modellen lagrar fakta."),
        ("da", "Modellen gemmer ikke fakta.", "Modellen gemmer fakta."),
        ("zh", "模型不存储事实。", "模型存储事实。"),
        ("ko", "모델은 사실을 저장하지 않습니다.", "모델은 사실을 저장합니다."),
        ("ru", "Модель не хранит факты.", "Модель хранит факты."),
        ("uk", "Модель не зберігає факти.", "Модель зберігає факти."),
        ("pl", "Model nie przechowuje faktów.", "Model przechowuje fakty."),
        ("cs", "Model fakta neukládá.", "Model fakta ukládá."),
        ("tr", "Model bilgileri saklamaz.", "Model bilgileri saklar."),
        ("ar", "النموذج لا يخزن الحقائق.", "النموذج يخزن الحقائق."),
        ("he", "המודל לא שומר עובדות.", "המודל שומר עובדות."),
        ("hi", "मॉडल तथ्य नहीं रखता।", "मॉडल तथ्य रखता है।"),
    ],
)
def test_a_denial_that_is_gone_is_told(locale: str, denied: str, said: str) -> None:
    assert found(NEGATION, subject(DENIED, denied, locale=locale)) == []
    assert found(NEGATION, subject(DENIED, said, locale=locale)) == [
        "nothing here says the `does not` of `does not store facts.`"
    ]


@pytest.mark.parametrize("locale", BOUNDS)
@pytest.mark.parametrize(
    ("source", "up"),
    [
        ("You need at least 5.", True),
        ("You need no fewer than 5.", True),
        ("You need more than five.", True),
        ("You need 5 or more.", True),
        ("You need at most 5.", False),
        ("You need no more than 5.", False),
        ("You need not more than 5.", False),
        ("You need fewer than 5.", False),
        ("You need less than five.", False),
        ("You need up to 5.", False),
    ],
)
def test_a_bound_must_not_be_turned_round(locale: str, source: str, up: bool) -> None:
    lower, upper = BOUNDS[locale]
    right, wrong = (lower, upper) if up else (upper, lower)
    assert found(NEGATION, subject(source, right, locale=locale)) == []
    (finding,) = NEGATION.find(subject(source, wrong, locale=locale))
    assert "is turned round" in finding.message
    assert finding.at is not None


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "No more than 5 fit.", "No caben más de 5."),
        ("es", "No more than 5 fit.", "Caben no más de 5."),
        ("de", "No more than 5 fit.", "Mehr als 5 passen nicht hinein."),
        ("de", "No fewer than 5 fit.", "Nicht weniger als 5 passen hinein."),
        ("fr", "No fewer than 5 fit.", "Pas moins de 5 y entrent."),
        ("ja", "At most 5 fit.", "5個を超えないこと。"),
        ("ja", "Fewer than 5 fit.", "5個未満が入ります。"),
        ("zh", "At most 5 fit.", "不超过5个。"),
        ("ko", "At most 5 fit.", "5개를 넘지 않습니다."),
        ("ru", "At most 5 fit.", "Помещается не больше 5."),
        ("ar", "At most 5 fit.", "لا يزيد عن 5."),
        ("de", "At least 3 and at most 5 fit.", "Höchstens 5 passen."),
        ("de", "At least it works.", "Höchstens das."),
        ("de", "It works without 5 lies.", "Es klappt ohne 5 Lügen."),
        ("ja", "Please do not applaud.", "拍手はご遠慮ください。"),
        ("de", "It is not only fast.", "Es ist auch schnell."),
        ("de", "Why not try it?", "Probieren wir es?"),
        ("de", "Isn't it fast?", "Ist es schnell?"),
        ("ja", "It is impossible.", "可能です。"),
        ("fi", DENIED, "Malli tallentaa tietoja."),
    ],
)
def test_what_is_said_otherwise_or_not_known_is_left_alone(
    locale: str, source: str, target: str
) -> None:
    assert found(NEGATION, subject(source, target, locale=locale)) == []


def test_only_english_is_read_and_lists_are_not_asked() -> None:
    said = "Das Modell speichert Fakten."
    assert found(NEGATION, subject(DENIED, said, locale="de", kind=Kind.LIST)) == []


def test_code_denies_nothing() -> None:
    assert found(NEGATION, subject("Write `is not`.", "Schreib `is not`.", locale="de")) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Use at least five servers.", "Nimm höchstens fünf Server."),
        ("es", "Use at least five servers.", "Usa como máximo cinco servidores."),
        ("de", "Use at most five servers.", "Nimm mindestens fünf Server."),
        ("es", "Use at most five servers.", "Usa al menos cinco servidores."),
    ],
)
def test_a_bound_on_a_number_in_words_must_not_be_turned_round(
    locale: str, source: str, target: str
) -> None:
    (finding,) = NEGATION.find(subject(source, target, locale=locale))
    assert "is turned round" in finding.message
