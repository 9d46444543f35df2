"""Marks that belong to a name, as in `Yahoo!`: they are nobody's punctuation."""

from __future__ import annotations

import re

from i18n_pipeline.checks.rule import Subject
from i18n_pipeline.expressions import expression

_LAST_WORD = expression(r"\w{1,40}\Z")


def ends_name(subject: Subject, at: int, mark: str) -> bool:
    """Whether the word before a place has this mark within a sentence of the source, too.

    That is one that goes on with a small letter; behind a capital name, one with any letter.
    """
    word = _LAST_WORD.search(subject.target_prose[max(0, at - 41) : at])
    name = word.group() + mark if word else ""
    if not name or name not in subject.source:
        return False
    amid = rf"{re.escape(name)},? [a-z]"
    if mark == "!" and name[0].isupper():
        amid = rf"[a-z,] {re.escape(name)} \w|{amid}"
    return re.search(amid, subject.source) is not None
