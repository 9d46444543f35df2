"""Faults of an engine that speaks: explanations, fences, quotation marks, JSON, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.checks.faults.fault import Fault, Sound

_ANNOUNCED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("Here is the translation: ", "Sure! Here's the translated text:\n\n", "Translation: "),
        "ja": ("以下は翻訳です：", "翻訳："),
        "es": ("Aquí tienes la traducción: ", "Traducción: "),
        "de": ("Hier ist die Übersetzung: ", "Übersetzung: "),
        "fr": ("Voici la traduction : ",),
    }
)
_REMARKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": (
            " (Note: some terms were kept in English.)",
            "\n\nNote: I kept the tone formal.",
            " Note: The tone is formal.",
        ),
        "ja": ("（注：専門用語は英語のままにしました。）",),
        "es": (" (Nota: he dejado algunos términos en inglés.)",),
        "de": (" (Hinweis: Einige Fachwörter blieben englisch.)",),
        "fr": (" (Remarque : certains termes restent en anglais.)",),
    }
)
_REFUSALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": (
            "I'm sorry, but I can't translate this text.",
            "As an AI language model, I cannot help with that.",
        ),
        "ja": ("申し訳ありませんが、この文章を翻訳することはできません。",),
        "es": ("Lo siento, pero no puedo traducir este texto.",),
        "de": ("Es tut mir leid, aber ich kann diesen Text nicht übersetzen.",),
        "fr": ("Je suis désolé, mais je ne peux pas traduire ce texte.",),
    }
)
_UNRESTORED = ('<x id="1"/>', "__PH_1__", "⟦1⟧")


def _own(sound: Sound, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The sentences that every engine may say, and those of the translation's language."""
    return (*table[""], *table.get(sound.tongue, ()))


def _announced(sound: Sound) -> Iterator[str]:
    return (f"{words}{sound.target}" for words in _own(sound, _ANNOUNCED))


def _remarked(sound: Sound) -> Iterator[str]:
    return (f"{sound.target}{words}" for words in _own(sound, _REMARKS))


def _refused(sound: Sound) -> Iterator[str]:
    yield from _own(sound, _REFUSALS)


def _in_quotation_marks(sound: Sound) -> Iterator[str]:
    marks = "\"'“”„«»‘’「」『』《》"
    if not any(mark in sound.target + sound.source for mark in marks):
        yield f'"{sound.target}"'
        yield f"“{sound.target}”"


def _in_json(sound: Sound) -> Iterator[str]:
    yield json.dumps({"translation": sound.target}, ensure_ascii=False)
    yield "[" + json.dumps({"t01": sound.target}, ensure_ascii=False) + "]"


def _unrestored(sound: Sound) -> Iterator[str]:
    if sound.middle > 0:
        for mark in _UNRESTORED:
            yield f"{sound.target[: sound.middle]}{mark}{sound.target[sound.middle :]}"


def _as(form: str) -> Callable[[Sound], Iterator[str]]:
    """A text in a form, which holds `{}` where it stands; keywords are judged by no rule on it."""

    def put(sound: Sound) -> Iterator[str]:
        yield form.replace("{}", sound.target)

    return put


def _not_in_lists(put: Callable[[Sound], Iterator[str]]) -> Callable[[Sound], Iterator[str]]:
    """A fault of texts: a list of keywords that an engine comments on is cut into keywords."""
    return lambda sound: iter(()) if sound.is_list else put(sound)


WRAPPING = tuple(
    Fault(name, ("leaks", *others), _not_in_lists(put))
    for name, put, *others in (
        ("explanation before the text", _announced),
        ("remark after the text", _remarked),
        ("fence around the text", _as("```\n{}\n```"), "structure"),
        ("quotation marks around the text", _in_quotation_marks),
        ("JSON around the text", _in_json),
        ("refusal", _refused),
        ("thoughts of a model", _as("<think>The user wants this in short.</think>{}")),
        ("mark between the turns of a model", _as("{}<|im_end|>")),
        ("placeholder never put back", _unrestored, "html"),
        ("front matter before the text", _as("---\ntitle: x\n---\n{}"), "structure"),
        ("front matter on the text's line", _as("--- title: x --- {}")),
    )
)
