"""Full-width marks between Chinese and Japanese letters; half-width Latin letters and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_NARROW = expression(
    rf"(?<=[{scripts.CJK}]) *(?P<mark>[,.!?:;])(?: *(?=[{scripts.CJK}「『（])|(?=[」』）]|\Z))"
)
_ANY = frozenset(",.!?:;")
_WIDE = {".": "。", "!": "！", "?": "？", ":": "：", ";": "；"}
_COMMA = {"ja": "、", "zh": "，"}

_FULL_WIDTH = expression("[０-９Ａ-Ｚａ-ｚ]+")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def full_width(subject: Subject) -> Iterator[Finding]:
    """`,` and its like after a Chinese or Japanese letter and before another, or at the end."""
    if _ANY.isdisjoint(subject.target_prose):
        return
    for found in _NARROW.finditer(subject.target_prose):
        mark = found["mark"]
        if mark == ":" and _is_japanese_style(subject, found):
            continue
        better = _WIDE.get(mark) or _comma(subject)
        message = f"{quoted(mark)} is the Latin mark: write {quoted(better)}"
        yield Finding(message, found.span(), Edit(*found.span(), better))


def _is_japanese_style(subject: Subject, found: re.Match[str]) -> bool:
    """Whether a colon has a space or the end behind it, as many Japanese manuals want it."""
    if scripts.language(subject.locale) != "ja" or "：" in subject.target_prose:
        return False
    return found.group() in (": ", ":") and not _goes_on(subject.target_prose, found)


def _goes_on(prose: str, found: re.Match[str]) -> bool:
    return found.group() == ":" and found.end() < len(prose)


def _comma(subject: Subject) -> str:
    """The locale's comma; some Japanese texts have the full-width one."""
    if "，" in subject.target_prose:
        return "，"
    return _COMMA[scripts.language(subject.locale)]


def half_width(subject: Subject) -> Iterator[Finding]:
    """Latin letters and digits in full width that the source does not have."""
    for found in _FULL_WIDTH.finditer(subject.target_prose):
        if found.group() not in subject.source:
            better = found.group().translate(_HALF)
            message = f"{quoted(found.group())} is in full width: write {quoted(better)}"
            yield Finding(message, found.span(), Edit(*found.span(), better))
