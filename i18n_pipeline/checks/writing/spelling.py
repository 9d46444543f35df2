"""Quality: words are spelled as the locale's style wants them, where it names variants.

A variant counts where it stands alone: a whole word in scripts with spaces, in katakana not the
beginning of a longer word (`ユーザ`, but not in `ユーザビリティ`), in other scripts anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit, Severity
from i18n_pipeline.values import dataclass

_Spelling = tuple[tuple[str, tuple[str, ...]], ...]

_LONG_ENOUGH = 3
"""Katakana of this length end compounds (`メールサーバ`); shorter ones end other words too."""

_KATAKANA = expression(f"[{scripts.KATAKANA}]+")
_UNJOINED = f"{scripts.CJK}\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Letters of scripts without spaces: a Latin word beside one of them stands alone."""
_UNSPACED = expression(f"[{_UNJOINED}]")
_HANGUL = expression(f"[{scripts.HANGUL}]")


@dataclass(frozen=True, slots=True)
class _Variants:
    """What is looked for, wanted spellings too so that nothing is found inside them."""

    pattern: re.Pattern[str]
    better: Mapping[str, str]


def _find(subject: Subject) -> Iterator[Finding]:
    if not subject.style.spelling or subject.target == subject.source:
        return
    variants, prose = _variants(tuple(subject.style.spelling.items())), subject.target_prose
    if not any(variant in prose for variant in variants.better):
        return
    for found in variants.pattern.finditer(prose):
        better = variants.better.get(found.group())
        if better is not None:
            message = f"{quoted(found.group())} is spelled {quoted(better)} here"
            yield Finding(message, found.span(), Edit(*found.span(), better))


@lru_cache(maxsize=32)
def _variants(spelling: _Spelling) -> _Variants:
    wanted = {one for one, _ in spelling}
    better: dict[str, str] = {}
    for one, variants in spelling:
        better |= {variant: one for variant in variants if variant and variant not in wanted}
    capitals = {_capital(variant): _capital(one) for variant, one in better.items()}
    better = {c: one for c, one in capitals.items() if c not in wanted} | better
    known = {*wanted, *map(_capital, wanted), *better} - {""}
    longest = sorted(known, key=lambda one: (-len(one), one))
    return _Variants(re.compile("|".join(map(_alone, longest)) or r"(?!)"), better)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _alone(word: str) -> str:
    """A pattern for a word that is no part of another one."""
    return _left(word) + re.escape(word) + _right(word)


def _left(word: str) -> str:
    katakana = _KATAKANA.match(word)
    if katakana:
        short = len(word) < _LONG_ENOUGH
        return f"(?<![{scripts.KATAKANA}])" if short else ""
    return "" if _UNSPACED.match(word) or not word[0].isalnum() else rf"(?<![^\W_{_UNJOINED}])"


def _right(word: str) -> str:
    if _KATAKANA.match(word, len(word) - 1):
        return f"(?![{scripts.KATAKANA}])"
    unspaced = _UNSPACED.match(word, len(word) - 1) or _HANGUL.match(word, len(word) - 1)
    return "" if unspaced or not word[-1].isalnum() else rf"(?![^\W_{_UNJOINED}])"


SPELLING = Rule(
    "spelling",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose="a variant that `[style] spelling` replaces",
)
