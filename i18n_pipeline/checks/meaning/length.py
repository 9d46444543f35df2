"""Quality: a translation is about as long as its source: neither cut off nor padded.

Characters are counted, without spaces and without what is no words, such as code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from i18n_pipeline.checks.rule import HIDDEN, Finding, Rule, Subject
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import is_pseudo, language, script
from i18n_pipeline.model import Kind, Severity
from i18n_pipeline.values import dataclass


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

_BY_SCRIPT: Mapping[str, _Band] = MappingProxyType(
    {
        "Latn": _Band(0.62, 1.85),
        **dict.fromkeys(("Cyrl", "Grek", "Armn", "Geor"), _Band(0.62, 1.9)),
        **dict.fromkeys(("Hans", "Hant"), _Band(0.23, 0.95)),
        "Jpan": _Band(0.36, 1.05),
        "Kore": _Band(0.29, 1.0),
        **dict.fromkeys(("Arab", "Aran", "Hebr", "Syrc", "Thaa"), _Band(0.42, 1.5)),
        **dict.fromkeys(("Deva", "Beng", "Gujr", "Guru", "Orya", "Sinh"), _Band(0.55, 1.6)),
        **dict.fromkeys(("Taml", "Telu", "Knda", "Mlym"), _Band(0.5, 1.9)),
        **dict.fromkeys(("Thai", "Laoo", "Khmr", "Mymr", "Ethi"), _Band(0.5, 1.75)),
    }
)
"""The same from English into a script, generous: from the messages of programs that people
translated (coreutils, git, wget, GLib, GTK and others), of 120 characters and more; 0.5 %, half and
99.5 % of them lie below. Where no language of a script is named, it is as its neighbours are.

=============================================================== ===========================
fr es it pt nl sv da pl cs fi hu tr vi                          0.68–0.96 0.96–1.18 1.33–1.83
ru uk bg el                                                     0.69–0.84 1.10–1.17 1.48–1.90
zh                                                              0.26      0.44      0.93
ja                                                              0.41      0.64      1.05
ko                                                              0.33      0.54      0.96
hi                                                              0.72      0.97      1.24
ar, he, th (of 40 to 120 characters: there are no longer ones)  0.38–0.55 0.80–1.05 1.23–1.60
=============================================================== ===========================
"""

_WORD = expression(r"[^\W\d_]+")
_ROUGH = _Band(0.85, 1.2)
"""How many times as wide a band is that two others were put together for."""

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
    if _is_twice(subject.target) and not _is_twice(subject.source):
        yield Finding("says everything twice: leave one of both out")
        return
    ratio = _length(subject.target_prose) / source
    band = _widened(band, source)
    if band.low <= ratio <= band.high or _is_untranslated(subject):
        return
    if ratio < band.low:
        yield Finding(f"is much shorter than usual ({_told(ratio, band)}): is something missing?")
    else:
        yield Finding(f"is much longer than usual ({_told(ratio, band)}): was something added?")


def _is_twice(text: str) -> bool:
    """Whether the second half of a text is the first one again."""
    first, second = text[: (len(text) + 1) // 2], text[len(text) // 2 :]
    return first.strip() == second.strip()


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
    measured = _MEASURED.get((language(source), language(target)))
    band = measured or _BY_SCRIPT.get(script(target))
    if band is None or language(source) == "en":
        return band
    own = _BY_SCRIPT.get(script(source))
    return _relative(band, own) if own else None


def _relative(band: _Band, source: _Band) -> _Band:
    """The band between two scripts, of what English is to both."""
    middle = (source.low * source.high) ** 0.5
    return _Band(band.low / middle * _ROUGH.low, band.high / middle * _ROUGH.high)


LENGTH = Rule(
    "length",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "a text much shorter or longer than is usual between the two languages, or one that is"
        " there twice"
    ),
)
