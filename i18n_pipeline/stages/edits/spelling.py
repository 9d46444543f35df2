"""Whether two words are one word, misspelled once: when in doubt, they are two.

Two words one letter apart may mean anything (`casual`, `causal`). So what was there before has to
be no word at all, neither of English nor of the project, and what replaced it has to be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from i18n_pipeline.stages.edits.weighty import is_weighty

_SHORTEST = 4
_ENDING = 3
"""Letters at the end that only swap or double: others make a tokenizer tokenized."""

_LETTERS = re.compile(r"[a-z]+")
_SPELLED = (
    (re.compile(r"(?<=\w{3})is(?=e$|es$|ed$|er$|ers$|ing$|ations?$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|al$|able$|ite$|ites$)"), "or"),
    (re.compile(r"(?<=\w{4})ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"(?<=\w{3})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]nt)re(?=s?$|d$)|(?<=[lb])re(?=s?$)"), "er"),
    (re.compile(r"ence$"), "ense"),
)
"""British spellings, and what they are in American ones."""

_RUN_TOGETHER = frozenset({"already", "altogether", "anyone", "everyone", "sometime", "sometimes"})
"""What means something else when it is written apart."""


def is_slip(old: str, new: str, words: Set[str], used: Set[str]) -> bool:
    """Whether `new` is how `old` should have been spelled, given real words and the project's own.

    Both in small letters. Without `words` nothing is a slip.
    """
    if not words or min(len(old), len(new)) < _SHORTEST:
        return False
    if not (_LETTERS.fullmatch(old) and _LETTERS.fullmatch(new)):
        return False
    if is_weighty(old) or is_weighty(new):
        return False
    if _american(old) == _american(new):
        return True
    misspelled = old not in words and old not in used and new in words
    return misspelled and _is_one_stroke(old, new)


def is_run_together(old: Sequence[str], new: Sequence[str], words: Set[str]) -> bool:
    """Whether English words are the same ones, written together or apart: `data set`, `dataset`."""
    apart, whole = (old, new) if len(old) > len(new) else (new, old)
    if not words or len(whole) != 1 or len(apart) != 2 or "".join(apart) != whole[0]:
        return False
    heavy = any(map(is_weighty, (*apart, *whole)))
    return not heavy and min(map(len, apart)) > 2 and whole[0] not in _RUN_TOGETHER


def _american(word: str) -> str:
    if len(word) > 5:
        for pattern, spelling in _SPELLED:
            word = pattern.sub(spelling, word)
    return word


def _is_one_stroke(old: str, new: str) -> bool:
    """Whether one letter more, less, doubled, exchanged or another makes one word of the other."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if len(left) == len(right) == 2 and left == right[::-1]:
        return start > 0
    if max(len(left), len(right)) > 1:
        return False
    letter = left or right
    doubled = len(left) != len(right) and start > 0 and old[start - 1] == letter
    if doubled:
        return True
    return start > 0 and end >= _ENDING


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with that are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
