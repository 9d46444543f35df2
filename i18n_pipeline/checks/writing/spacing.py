"""Quality: spaces stand where the locale puts them, and not at the ends of a text by accident.

Chinese and Japanese letters have none between them; whether one stands between them and Latin
letters or digits is a matter of style. Korean is left out: its particles follow a Latin word at
once, its words do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from i18n_pipeline.checks.rule import HIDDEN, Finding, Rule, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit, Kind, Severity

_CJK, _LETTER, _DIGIT = f"[{scripts.CJK}]", "[A-Za-z]", "[0-9]"
_INSIDE = expression(rf"(?<={_CJK})[ \u3000]+(?={_CJK})")
_KATAKANA = expression(f"[{scripts.KATAKANA}]")
_OPENING = expression(r"(?:拝啓|謹啓|前略|拝復|謹復)\Z")
_ENDING = expression("敬具|謹言|草々|早々|敬白|かしこ")
_AROUND = 6


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.target == subject.source or not scripts.language(subject.locale):
        return
    yield from _ends(subject)
    # a list holds what readers type into a search, word by word
    if scripts.language(subject.locale) in ("ja", "zh") and subject.segment.kind is not Kind.LIST:
        yield from _inside(subject)
        yield from (_styled if subject.style.spacing else _mixed)(subject)


def _ends(subject: Subject) -> Iterator[Finding]:
    """White space at either end that is another than the source's."""
    source, target, prose = subject.source, subject.target, subject.target_prose
    if not target.strip():
        return
    start, end = len(target) - len(target.lstrip()), len(target.rstrip())
    wanted = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
    ranges = ((0, start, wanted[0], "beginning"), (end, len(target), wanted[1], "end"))
    for first, last, white, where in ranges:
        if target[first:last] != white and HIDDEN not in prose[first:last]:
            message = f"white space at the {where} is not as in the source"
            yield Finding(message, (first, last), Edit(first, last, white))


def _inside(subject: Subject) -> Iterator[Finding]:
    """Spaces between two Chinese or Japanese letters.

    Headings may have them (`第1章　概要`), names in katakana, and what opens and ends a letter.
    """
    if subject.segment.kind in (Kind.NAME, Kind.HEADING):
        return
    prose = subject.target_prose
    for found in _INSIDE.finditer(prose):
        start, end = found.span()
        named = _KATAKANA.match(prose, start - 1) and _KATAKANA.match(prose, end)
        letter = _OPENING.match(prose, max(0, start - 2), start) or _ENDING.match(prose, end)
        if not (named or letter):
            message = f"{_shown(subject, start, end)}: no space between these letters"
            yield Finding(message, found.span(), Edit(start, end, ""))


@cache
def _border(other: str, gap: str) -> re.Pattern[str]:
    """Where a Chinese or Japanese letter and another meet across a gap, either one first."""
    return re.compile(f"(?<={_CJK}){gap}(?={other})|(?<={other}){gap}(?={_CJK})")


def _styled(subject: Subject) -> Iterator[Finding]:
    """Borders that are not as the style wants them."""
    tight = subject.style.spacing == "tight"
    other = f"[{_LETTER[1:-1]}{_DIGIT[1:-1]}]"
    for found in _border(other, " " if tight else "").finditer(subject.target_prose):
        start, end = found.span()
        wanted = "no space" if tight else "one space"
        message = f"{_shown(subject, start, end)}: {wanted} between these letters"
        yield Finding(message, (start, end), Edit(start, end, "" if tight else " "))


def _mixed(subject: Subject) -> Iterator[Finding]:
    """A text that has a space before or after some Latin words and none at others."""
    prose = subject.target_prose
    for other in (_LETTER, _DIGIT):
        tight = _border(other, "").search(prose)
        spaced = _border(other, " ").search(prose) if tight else None
        if tight and spaced:
            shown = _shown(subject, *tight.span()), _shown(subject, *spaced.span())
            message = f"{shown[0]} has no space, {shown[1]} has one: write both alike"
            yield Finding(message, spaced.span())


def _shown(subject: Subject, start: int, end: int) -> str:
    """What stands around a place, in the words' own form."""
    prose = subject.target_prose
    before = prose[max(0, start - _AROUND) : start].rpartition(HIDDEN)[2]
    after = prose[end : end + _AROUND].partition(HIDDEN)[0]
    return quoted(f"{before}{prose[start:end]}{after}".strip())


SPACING = Rule(
    "spacing",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "a space between Chinese or Japanese letters; one between these and Latin letters or "
        "digits that `[style] spacing` does not want, or texts that have both; white space at"
        " either end that is not the source's"
    ),
)
