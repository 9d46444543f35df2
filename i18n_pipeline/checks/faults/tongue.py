"""Faults of language: another language, another script, letters that only look right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.locales import language, script

_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "de": "Das Wasser im See war am Morgen noch kalt, aber die Kinder wollten nicht warten."
        " Sie liefen über die Wiese und sprangen hinein, ohne sich noch einmal umzusehen.",
        "es": "El agua del lago estaba fría por la mañana, pero los niños no querían esperar."
        " Corrieron por el prado y saltaron al agua sin mirar atrás ni una sola vez.",
        "fr": "L’eau du lac était encore froide ce matin, mais les enfants n’ont pas attendu."
        " Ils ont couru dans le pré et ont sauté dans l’eau sans regarder une seule fois.",
        "it": "L’acqua del lago era ancora fredda la mattina, ma i bambini non volevano aspettare."
        " Hanno corso nel prato e sono saltati in acqua senza guardare indietro nemmeno una volta.",
        "pt": "A água do lago ainda estava fria de manhã, mas as crianças não queriam esperar."
        " Correram pelo prado e saltaram para a água sem olhar para trás uma única vez.",
        "nl": "Het water in het meer was die ochtend nog koud, maar de kinderen wilden er al in."
        " Ze renden door het gras en sprongen in het water zonder nog een keer om te kijken.",
        "sv": "Vattnet i sjön var fortfarande kallt på morgonen, men barnen ville inte vänta."
        " De sprang över ängen och hoppade i utan att se sig om en enda gång.",
        "pl": "Woda w jeziorze była rano jeszcze zimna, ale dzieci nie chciały już czekać."
        " Pobiegły przez łąkę i wskoczyły do wody, nie oglądając się ani razu.",
        "ru": "Вода в озере утром была ещё холодной, но дети не хотели больше ждать.",
        "ja": "湖の水は朝にはまだ冷たかったのですが、子どもたちは待とうとしませんでした。",
        "zh": "早上湖里的水还很凉，但是孩子们已经不想再等了。",
        "ko": "아침에는 호수 물이 아직 차가웠지만 아이들은 더 기다리지 않으려 했습니다.",
        "ar": "كان ماء البحيرة باردا في الصباح لكن الأطفال لم يرغبوا في الانتظار.",
    }
)
"""A text in the languages that engines mix up with the one asked for."""

_LOOKS = str.maketrans("aceopxy", "асеорху")
_WORDS = {"Cyrl": "данные", "Kore": "데이터", "Hans": "这们", "Jpan": "データ"}
_LONG = 60


def _other_texts(sound: Sound) -> Iterator[tuple[str, str]]:
    """The locale and text of the same unit elsewhere, or a sentence where there is none."""
    own = {tag: text for tag, text in sound.elsewhere.items() if text != sound.target}
    known = {language(tag) for tag in own}
    yield from own.items()
    yield from ((tag, text) for tag, text in _SENTENCES.items() if tag not in known)


def _in_another(same_script: bool) -> Callable[[Sound], Iterator[str]]:
    def put(sound: Sound) -> Iterator[str]:
        if len(sound.source) < _LONG or sound.is_list or sound.is_label:
            return
        for tag, text in _other_texts(sound):
            if language(tag) == sound.tongue or len(text) < _LONG // 2:
                continue
            if (script(tag) == script(sound.subject.locale)) is same_script:
                yield text

    return put


def _look_alike(sound: Sound) -> Iterator[str]:
    """A Latin letter of the text as the Cyrillic one that has its shape."""
    for at, letter in enumerate(sound.subject.target_prose):
        around = sound.target[at - 1 : at] + sound.target[at + 1 : at + 2]
        if letter != HIDDEN and letter.translate(_LOOKS) != letter and around.isascii():
            if len(around) == 2 and around.isalpha():
                yield sound.changed((at, at + 1), letter.translate(_LOOKS))
            return


def _foreign_word(sound: Sound) -> Iterator[str]:
    """A word in letters that the locale does not have."""
    if sound.middle < 0:
        return
    at = sound.middle
    for word, name in (
        ("данные", "Cyrl"),
        ("데이터", "Kore"),
        ("这们", "Hans"),
        ("データ", "Jpan"),
    ):
        if script(sound.subject.locale) != name:
            yield f"{sound.target[:at]}{sound.gap}{word}{sound.target[at:]}"


TONGUE = (
    Fault("another language of the same script", ("language",), _in_another(True)),
    Fault("another language of another script", ("script", "language"), _in_another(False)),
    Fault("letters that only look alike", ("script",), _look_alike),
    Fault("a word in another script", ("script",), _foreign_word),
)
