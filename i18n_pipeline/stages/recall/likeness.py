"""How alike two source texts are, in percent: by letters, less what letters do not weigh.

A number or a denial is few letters and changes everything: what differs in whether it denies is
not alike at all, and what differs in a number, or says the opposite, is never nearly the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from functools import lru_cache

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.tongues.denial import bounds, denials
from i18n_pipeline.tongues.numerals import numerals
from i18n_pipeline.values import dataclass

_WEIGHTY = 15
"""Percent that a difference in numbers takes away, or a word in the place of its opposite."""
_NEARLY = 99
"""The most that a text gets which is not the same letter by letter."""
_WORD = expression(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DENYING = ("un", "non", "non-", "in", "im", "il", "ir", "dis")
_PAIRS = (
    "more/less more/fewer most/least higher/lower high/low larger/smaller large/small big/small"
    " longer/shorter long/short faster/slower fast/slow increase/decrease increases/decreases"
    " maximum/minimum max/min before/after above/below upper/lower true/false enable/disable"
    " enabled/disabled first/last input/output encoder/decoder forward/backward left/right"
    " positive/negative allow/forbid must/may must/can should/may all/some always/sometimes"
    " good/bad better/worse best/worst strong/weak same/different open/closed public/private"
)
_OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _PAIRS.split())
"""English words of which one never means nearly what the other does."""
_COUNTING = expression(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six"
    r"|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?"
    r"|thousands?|millions?|billions?|trillions?|dozens?|half|halves|twice|double|triple|first"
    r"|second|third|quarters?)\b",
    re.IGNORECASE,
)


def likeness(new: str, old: str, letters: float, locale: str) -> int:
    """How alike a new source is to a remembered one; 0 where one denies what the other says.

    `letters` is how alike they are letter by letter, in percent; `locale` is that of both.
    """
    if new == old:
        return int(letters)
    one, other = _traits(new, locale), _traits(old, locale)
    come, gone = one.words - other.words, other.words - one.words
    if one.denies != other.denies or _denied(come, gone) or _denied(gone, come):
        return 0
    percent = min(int(letters), _NEARLY)
    weighty = one.numbers != other.numbers or _is_opposite(come, gone)
    return percent - _WEIGHTY if weighty else percent


@dataclass(frozen=True)
class _Traits:
    """What of a text weighs more than its letters: words, denials with bounds, numbers."""

    words: Counter[str]
    denies: tuple[int, tuple[int, int]]
    numbers: Counter[object]


@lru_cache(maxsize=4096)  # a text is compared with several
def _traits(text: str, locale: str) -> _Traits:
    wording, english = wording_of(text), language(locale) == "en"
    numbers: Counter[object] = Counter(one.readings for one in numerals(wording, locale))
    if english:
        numbers.update(word.lower().removesuffix("s") for word in _COUNTING.findall(wording))
    return _Traits(
        Counter(map(str.lower, _WORD.findall(wording))),
        (denials(wording, locale), bounds(wording) if english else (0, 0)),
        numbers,
    )


def _denied(words: Iterable[str], others: Container[str]) -> bool:
    """Whether a word is denied by its beginning elsewhere: supervised, unsupervised."""
    return any(prefix + word in others for word in words if len(word) > 2 for prefix in _DENYING)


def _is_opposite(come: Iterable[str], gone: Iterable[str]) -> bool:
    return any(frozenset((one, other)) in _OPPOSITES for one in come for other in gone)
