"""Safety: no invisible or direction-changing characters that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category
from unicodedata import name as unicode_name

from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Severity

# C0 and C1 but for tab and line feed; zero width; bidi marks, embeddings, isolates; separators;
# fillers; interlinear annotation; tags; lone surrogates; noncharacters.
_HIDDEN = expression(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"

# Scripts whose spelling needs joiners (Unicode Standard, 23.2; UAX 31, joiner contexts).
_JOINING = expression(
    "(?:ar|arz|az|bn|ckb|dv|fa|gu|hi|ka|km|kn|ks|ku|lo|lrc|mai|ml|mn|mni|mr|ms|my|mzn|ne|or|pa|ps"
    "|sa|sd|si|skr|ta|te|th|tt|ug|ur|uz|yi)(?:[-_]|\\Z)",
    re.IGNORECASE,
)


def _find(subject: Subject) -> Iterator[Finding]:
    target = subject.target
    seen = set(_HIDDEN.findall(subject.source))
    for found in _HIDDEN.finditer(target):
        character = found.group()
        if character in seen or (character in _JOINERS and _joins(subject, found.start())):
            continue
        seen.add(character)
        yield Finding(
            f"{_described(character)} at character {found.start() + 1} is not in the source",
            found.span(),
        )


def _joins(subject: Subject, at: int) -> bool:
    """Whether a joiner does its work: in a script that has it, or in an emoji."""
    before, after = subject.target[at - 1 : at], subject.target[at + 1 : at + 2]
    if _JOINING.match(subject.locale):
        return bool(before) and category(before)[0] in "LM"
    return subject.target[at] == "\u200d" and _is_emoji(before) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return bool(character) and (category(character) in ("So", "Sk") or character == "\ufe0f")


def _described(character: str) -> str:
    name = unicode_name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


CONTROL_CHARACTERS = Rule(
    "control-characters",
    Severity.ERROR,
    safety=True,
    find=_find,
    purpose="control, zero-width and text-direction characters that the source does not have",
)
