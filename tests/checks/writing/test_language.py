from __future__ import annotations

import pytest

from i18n_pipeline.checks.writing.language import LANGUAGE
from tests.checks.subjects import found, subject

TEXTS = {
    "en": "A model that has been trained on the data is not ready for this kind of question yet.",
    "de": "Ein Modell, das mit den Daten trainiert wurde, ist für diese Frage nicht bereit.",
    "es": "Un modelo que se ha entrenado con los datos no está listo para este tipo de preguntas.",
    "fr": "Un modèle qui a été entraîné avec les données n'est pas prêt pour cette question.",
    "it": "Un modello che è stato addestrato con i dati non è pronto per questo tipo di domanda.",
    "pt": "Um modelo que foi treinado com os dados não está pronto para este tipo de pergunta.",
    "nl": "Een model dat met de gegevens is getraind, is niet klaar voor dit soort vragen.",
    "sv": "En modell som har tränats med data är inte redo för den här sortens frågor och svar.",
    "pl": "Model, który został wytrenowany na danych, nie jest gotowy do tego rodzaju pytań.",
    "cs": "Model, který byl natrénován na datech, není připraven na otázky, které jsou jako tato.",
    "ro": "Un model care a fost antrenat cu datele nu este pregătit pentru acest tip de întrebare.",
    "tr": "Veriler ile eğitilen bir model bu tür sorular için hazır değil ve daha çok veri ister.",
    "id": "Model yang dilatih dengan data ini tidak siap untuk pertanyaan yang seperti itu.",
    "vi": "Một mô hình được huấn luyện với các dữ liệu này không sẵn sàng cho những câu hỏi đó.",
    "fi": "Malli, joka on koulutettu tiedoilla, ei ole valmis kun kysymys on tämä, mutta voi olla.",
    "hu": "Egy modell, amely az adatokból tanult, még nem kész, ha ez a kérdés, és nem is lesz az.",
    "ca": "Un model que s'ha entrenat amb les dades no és a punt per aquest tipus de preguntes.",
    "ru": "Модель, которая обучена на данных, не готова для этого, но это не всё, что может быть.",
    "uk": "Модель, яка навчена на даних, не готова до питань такого роду, але це не все, що є.",
    "bg": "Модел, който е обучен със данни, не е готов за такъв вид въпроси, но това не е всичко.",
}
LATIN = [language for language, text in TEXTS.items() if text.isascii() or "М" not in text]
CLOSE = {("es", "ca"), ("ca", "es"), ("es", "pt"), ("pt", "es"), ("it", "es"), ("es", "it")}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_in_its_language_is_fine(language: str) -> None:
    assert found(LANGUAGE, subject("Words", TEXTS[language], locale=language)) == []


@pytest.mark.parametrize("locale", LATIN)
def test_nothing_else_than_the_text_of_another_language_is_told(locale: str) -> None:
    told = {
        language: found(LANGUAGE, subject("Words", TEXTS[language], locale=locale))
        for language in LATIN
        if language != locale and (language, locale) not in CLOSE
    }
    silent = [language for language, messages in told.items() if not messages]
    assert len(silent) <= 3, silent


@pytest.mark.parametrize(
    ("language", "locale", "message"),
    [
        ("es", "de", "the text reads as Spanish: write it in German"),
        ("en", "fr-CA", "the text reads as English: write it in French (Canada)"),
        ("ru", "uk", "the text reads as Russian: write it in Ukrainian"),
        ("nl", "de", "the text reads as Dutch: write it in German"),
    ],
)
def test_the_message_names_both(language: str, locale: str, message: str) -> None:
    assert found(LANGUAGE, subject("Words", TEXTS[language], locale=locale)) == [message]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "The end of it"),
        ("gl", TEXTS["es"]),
        ("ja", TEXTS["en"]),
        ("de", f"`{TEXTS['en']}`"),
        ("de", "Mehr dazu in „The Art of the Deal with This and That“, einem Buch."),
        ("de", "Siehe The Cost of the Model and the Price of the Data at the End of the Day."),
    ],
)
def test_what_is_short_unknown_or_a_name_decides_nothing(locale: str, target: str) -> None:
    source = "See The Cost of the Model and the Price of the Data at the End of the Day."
    assert found(LANGUAGE, subject(source, target, locale=locale)) == []


def test_a_quotation_in_another_language_is_none_of_the_text() -> None:
    quotation = "The water of the lake was still cold, and the children would not wait for it."
    german = f"So steht es da: „{quotation}“"
    assert found(LANGUAGE, subject("x", german, locale="de")) == []
    assert len(found(LANGUAGE, subject("x", quotation, locale="de"))) == 1
