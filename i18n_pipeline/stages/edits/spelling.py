"""Whether two words are one word, misspelled once: when in doubt, they are two.

Two words one letter apart may mean anything (`casual`, `causal`). So what was there before has to
be no word at all, neither of English nor of the project nor made of English ones (`refiled`), and
what replaced it has to be the one word that it can have been meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import chain

from i18n_pipeline.expressions import expression
from i18n_pipeline.tongues.english import AMERICAN, BRITISH, DOUBLING, JOINED, PREFIXES, TOGETHER

_SHORTEST = 4
_SHORT = 5
_LONG = 6
_ENDING = 3
"""Letters at the end that only swap or double: others make a tokenizer tokenized."""

_LETTERS = expression(r"[a-z]+")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=e$|es$|ed$|er$|ers$|ing$|ations?$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|al$|able$|ite$|ites$)"), "or"),
)
_DOUBLED = expression(r"(\w+?)l(l?)(ed|ing|er|ers)")
_BEFORE = (
    "anti auto bi co counter cross de dis down en ex extra fore hyper im in infra inter intra ir"
    " macro mal mega meta micro mid mini mis mono multi non off on out over para poly post pre pro"
    " pseudo quasi re retro self semi sub super sur sym tele trans tri ultra un under uni up with"
)
_PREFIXES = tuple(_BEFORE.split())
_AFTER = (
    "s es ed ing ings er ers or ors able ness less like ful ish ist ists ism ize izes ized izing"
    " izer izers ization izations al ic ity ive ion ions ment ly y hood ship wise fold most ward"
)
_SUFFIXES = tuple(_AFTER.split())
"""Beginnings and endings with which a word that no list has may be a word all the same."""


def is_slip(old: str, new: str, words: Set[str], used: Set[str]) -> bool:
    """Whether `new` is how `old` should have been spelled, given real words and the project's own.

    Both in small letters. Without `words` nothing is a slip, and neither is what is no word of
    letters. Whether one of them weighs more than the other is asked before.
    """
    if not words or min(len(old), len(new)) < _SHORTEST:
        return False
    if not (_LETTERS.fullmatch(old) and _LETTERS.fullmatch(new)):
        return False
    if _are_british(old, new, words) or _are_british(new, old, words):
        return True
    misspelled = old not in words and old not in used and new in words
    if not misspelled or old in BRITISH:
        return False
    made = _is_made_of(old, words) and not _is_undoubled(old, new)
    return not made and _is_one_stroke(old, new, words)


def is_run_together(old: Sequence[str], new: Sequence[str], words: Set[str]) -> bool:
    """Whether English words are the same ones, written together or apart: `data set`, `dataset`."""
    apart, whole = (old, new) if len(old) > len(new) else (new, old)
    if not words or len(whole) != 1 or len(apart) != 2 or "".join(apart) != whole[0]:
        return False
    parted = "-".join(apart)
    return parted in TOGETHER or parted.removesuffix("s") in TOGETHER


def is_joined(parts: Sequence[str], words: Set[str]) -> bool:
    """Whether English parts are one word with a hyphen or without: `pre-trained`, `pretrained`.

    Given are the parts, in small letters.
    """
    if "-".join(parts) in JOINED:
        return True
    if len(parts) != 2 or parts[0] not in PREFIXES or "".join(parts) in words:
        return False
    return len(parts[1]) >= _SHORTEST and parts[1] in words


def _are_british(one: str, other: str, words: Set[str]) -> bool:
    """Whether the first word is how the second is spelled in Great Britain."""
    if AMERICAN.get(one) == other:
        return True
    doubled = _DOUBLED.fullmatch(one)
    if doubled is not None and doubled[2]:
        stem = f"{doubled[1]}l"
        return stem in DOUBLING and other == stem + doubled[3]
    if len(one) < _LONG or one in words or other not in words:
        return False
    return any(pattern.sub(letters, one) == other for pattern, letters in _BRITISH)


def _is_made_of(word: str, words: Set[str]) -> bool:
    """Whether a word that no list has is made of others: it may be meant as it is written."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 2 and word[len(prefix) :] in words:
            return True
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and _takes(stem, suffix, words):
            return True
    return any(word[:at] in words and word[at:] in words for at in range(3, len(word) - 2))


def _is_undoubled(old: str, new: str) -> bool:
    """Whether a letter was to be doubled before an ending: `occured`, `occurred`."""
    for ending in ("ed", "ing"):
        stem = old.removesuffix(ending)
        if stem != old and new == f"{stem}{stem[-1:]}{ending}":
            return True
    return False


def _takes(stem: str, suffix: str, words: Set[str]) -> bool:
    """Whether a stem is a word that takes a suffix; an `e` at its end goes before a vowel."""
    if suffix[0] in "aeiou":
        return f"{stem}e" in words or (stem in words and not stem.endswith("e"))
    return stem in words


def _is_one_stroke(old: str, new: str, words: Set[str]) -> bool:
    """Whether one letter more, less, doubled, exchanged or another makes one word of the other."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if start == 0:
        return False
    swapped = len(left) == len(right) == 2 and left == right[::-1]
    doubled = len(left) != len(right) and old[start - 1] == (left or right)
    if not (swapped or doubled or end >= _ENDING):
        return False
    other = not swapped and (bool(left and right) or len(old) <= _SHORT)
    return _meant(old, words, replaced=other) == {new}


def _meant(old: str, words: Set[str], *, replaced: bool) -> set[str]:
    """The words that a slip can have been meant to be: `caual` is `casual`, or `causal`.

    `replaced` says whether it may have another letter in the place of one.
    """
    made = chain(_swapped(old), _inserted(old), _dropped(old))
    if replaced:
        made = chain(made, _replaced(old))
    return {word for word in made if word in words}


def _swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _inserted(word: str) -> Iterator[str]:
    places = range(1, len(word) + 1)
    return (word[:at] + letter + word[at:] for at in places for letter in _ALPHABET)


def _dropped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _replaced(word: str) -> Iterator[str]:
    places = range(1, len(word))
    return (word[:at] + letter + word[at + 1 :] for at in places for letter in _ALPHABET)


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with that are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
