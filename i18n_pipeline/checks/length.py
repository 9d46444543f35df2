"""Quality: a translation is about as long as its source: neither cut off nor padded.

Characters are counted, without spaces and without what is no words, such as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from i18n_pipeline.checks.rule import HIDDEN, Finding, Rule, Subject
from i18n_pipeline.locales import is_pseudo, language, script
from i18n_pipeline.model import Kind, Severity


@dataclass(frozen=True, slots=True)
class _Band:
    """Usual lengths of a translation, as multiples of its source's."""

    low: float
    high: float


_MEASURED: Mapping[tuple[str, str], _Band] = MappingProxyType(
    {
        ("en", "ja"): _Band(0.36, 1.0),
        ("en", "es"): _Band(0.73, 1.75),
        ("en", "de"): _Band(0.73, 1.9),
    }
)
"""For sources of 120 characters and more, from what people translated: the project's own glossary
and the Cloud Native Glossary of the CNCF. Smallest, middle and largest ratio, and how many:

====== ===================== =====================
en →   own                   CNCF
====== ===================== =====================
ja     0.38  0.64  0.78  113 0.42  0.58  0.90  215
es     0.94  1.12  1.38   54 0.70  1.18  1.97  234
de     1.00  1.18  1.40   50 0.72  1.23  2.50   29
====== ===================== =====================
"""

_DENSITY: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("Hans", "Hant"), 0.36),
        "Jpan": 0.6,
        "Kore": 0.55,
        "Hebr": 0.85,
        **dict.fromkeys(("Arab", "Aran", "Syrc", "Thaa"), 1.0),
        **dict.fromkeys(("Cyrl", "Grek", "Armn", "Geor"), 1.15),
        **dict.fromkeys(("Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh"), 1.15),
        **dict.fromkeys(("Taml", "Telu", "Khmr", "Laoo", "Mymr", "Thai", "Ethi"), 1.1),
        "Latn": 1.15,
    }
)
"""Characters that a script takes for one of English, roughly: syllables and words written as one
sign are few. Nothing was measured here, so the bands around them are wide."""

_WORD = re.compile(r"[^\W\d_]+")
_ROUGH = _Band(0.56, 1.9)
_SHORTEST = 15
_STEPS = ((40, _Band(0.5, 1.8)), (120, _Band(0.8, 1.3)))
"""Below a length, the band is as many times as wide: a few words say little about the rest."""


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST or len(subject.source) < _SHORTEST:
        return
    band = _band(subject.source_locale, subject.locale)
    source = _length(subject.source_prose)
    if band is None or source < _SHORTEST:
        return
    ratio = _length(subject.target_prose) / source
    band = _widened(band, source)
    if band.low <= ratio <= band.high or _is_untranslated(subject):
        return
    if ratio < band.low:
        yield Finding(f"is much shorter than usual ({_told(ratio, band)}): is something missing?")
    else:
        yield Finding(f"is much longer than usual ({_told(ratio, band)}): was something added?")


def _length(prose: str) -> int:
    return sum(map(len, prose.replace(HIDDEN, " ").split()))


def _is_untranslated(subject: Subject) -> bool:
    """Whether most words are the source's: that is what `untranslated` looks for."""
    words = set(_WORD.findall(subject.source_prose))
    return 2 * len(words.intersection(_WORD.findall(subject.target_prose))) > len(words)


def _told(ratio: float, band: _Band) -> str:
    return f"{ratio:.0%} of the source, usual are {band.low:.0%} to {band.high:.0%}"


def _widened(band: _Band, length: int) -> _Band:
    for limit, factor in _STEPS:
        if length < limit:
            return _Band(band.low * factor.low, band.high * factor.high)
    return band


@lru_cache(maxsize=256)
def _band(source: str, target: str) -> _Band | None:
    """The band of a pair of locales; None where a script is not known, or nothing is translated."""
    if is_pseudo(target):
        return None
    known = _MEASURED.get((language(source), language(target)))
    densities = (_DENSITY.get(script(source)), _DENSITY.get(script(target)))
    if known is not None or None in densities:
        return known
    relation = (densities[1] or 1) / (densities[0] or 1)
    if script(source) == "Latn" and language(source) == "en":
        relation = densities[1] or 1
    return _Band(relation * _ROUGH.low, relation * _ROUGH.high)


LENGTH = Rule(
    "length",
    Severity.WARNING,
    safety=False,
    find=_find,
)
