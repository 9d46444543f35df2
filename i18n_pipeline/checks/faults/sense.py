"""Faults of sense: a denial that is gone, a bound that is turned round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.expressions import expression

_Swap = tuple[str, str]

_DENIED = expression(
    r"\b(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should|must|may)"
    r"(?: not|n['’]t)\b|\bcannot\b|\bcan['’]t\b",
    re.IGNORECASE,
)
_AFFIRMED: Mapping[str, tuple[_Swap, ...]] = MappingProxyType(
    {
        "ja": (
            ("ではありません", "です"),
            ("ありません", "あります"),
            ("できません", "できます"),
            ("しません", "します"),
            ("れません", "れます"),
            ("ていません", "ています"),
            ("りません", "ります"),
            ("ではない", "である"),
            ("できない", "できる"),
            ("しない", "する"),
            ("れない", "れる"),
        ),
        "es": ((r"\b[Nn]o (?=\w)", ""),),
        "de": ((r"\bnicht ", ""), (r" nicht\b", ""), (r"\bkein(?=e?\b|e[nmrs]\b)", "ein")),
        "fr": ((r"\bn(?:e |['’])(\w+) pas\b", r"\1"),),
        "it": ((r"\bnon (?=\w)", ""),),
        "pt": ((r"\bnão (?=\w)", ""),),
        "nl": ((r"\bniet ", ""),),
        "ru": ((r"\bне (?=\w)", ""),),
    }
)
"""What says no, and the same without it, by language."""

_UP = expression(r"\b(?:at least|more than|a minimum of) (?:the |a )?\d", re.IGNORECASE)
_DOWN = expression(r"\b(?:at most|(?:fewer|less) than|up to|a maximum of) \d", re.IGNORECASE)
_TURNED: Mapping[str, tuple[_Swap, ...]] = MappingProxyType(
    {
        "ja": (("少なくとも", "多くとも"), ("以上", "以下"), ("最大", "最低"), ("以下", "以上")),
        "es": (("al menos", "como máximo"), ("más de", "menos de"), ("hasta", "al menos")),
        "de": (("mindestens", "höchstens"), ("mehr als", "weniger als"), ("bis zu", "mindestens")),
        "fr": (("au moins", "au plus"), ("plus de", "moins de"), ("jusqu’à", "au moins")),
        "it": (("almeno", "al massimo"), ("più di", "meno di"), ("fino a", "almeno")),
    }
)


def _affirmed(sound: Sound) -> Iterator[str]:
    """Where the source denies once, and the translation says no in one place."""
    if len(_DENIED.findall(sound.subject.source_prose)) != 1:
        return
    yield from _swapped_once(sound, _AFFIRMED.get(sound.tongue, ()))


def _swapped_once(sound: Sound, swaps: tuple[_Swap, ...]) -> Iterator[str]:
    places = [(m, new) for old, new in swaps for m in re.finditer(old, sound.subject.target_prose)]
    spans = {m.start() for m, _ in places}
    if places and len(spans) == 1:
        found, new = places[0]
        yield sound.changed(found.span(), found.expand(new))


def _turned(sound: Sound) -> Iterator[str]:
    source = sound.subject.source_prose
    up, down = _UP.search(source), _DOWN.search(source)
    if bool(up) is not bool(down):
        for old, new in _TURNED.get(sound.tongue, ()):
            if sound.target.count(old) == 1:
                yield sound.target.replace(old, new)
                return


def _prose(put: Callable[[Sound], Iterator[str]]) -> Callable[[Sound], Iterator[str]]:
    return lambda sound: iter(()) if sound.is_list else put(sound)


SENSE = (
    Fault("denial dropped", ("negation",), _prose(_affirmed)),
    Fault("bound turned round", ("negation",), _prose(_turned)),
)
