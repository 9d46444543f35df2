"""French: a space that no line breaks at before `; : ! ?` and inside `« »`.

Either width counts as right. In Canada only the colon and the quotation marks have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline import locales
from i18n_pipeline.checks.rule import HIDDEN, Finding, Subject, quoted
from i18n_pipeline.checks.writing.punctuation.names import ends_name
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_WIDE, _NARROW = "\u00a0", "\u202f"

# What follows decides: `10:30`, `std::vector`, `:)` and `!important` go on, `**` and `_` only end.
_MARKS = expression(
    rf"(?P<gap>(?<=\S) +|(?<=[\w%…)\]»”\"]))"
    rf"(?P<mark>[;:](?=»|{HIDDEN}{{0,2}}(?:\s|\Z))|[!?]+(?=[»)\]”]|{HIDDEN}{{0,2}}(?:\s|\Z)))"
)
_OPENED = expression(rf"«(?P<gap> *)(?=[^\s{_WIDE}{_NARROW}])")
_CLOSED = expression(rf"(?<=[^\s{_WIDE}{_NARROW}])(?P<gap> *)»")
_ANY = frozenset(";:!?«»")
_EMOJI = expression(r":\w+\Z")


def french(subject: Subject) -> Iterator[Finding]:
    """Spaces that are missing, or at which a line could break."""
    prose = subject.target_prose
    if _ANY.isdisjoint(prose):
        return
    narrow = _WIDE if any(f"{_WIDE}{mark}" in prose for mark in ";!?") else _NARROW
    colon_only = locales.canonical(subject.locale) == "fr-CA"
    for found in _MARKS.finditer(prose):
        if not (colon_only and found["mark"] != ":") and not _is_none(subject, found):
            space = _WIDE if found["mark"] == ":" else narrow
            yield _finding(found, space, f"before {quoted(found['mark'])}")
    for pattern, where in ((_OPENED, "after `«`"), (_CLOSED, "before `»`")):
        for found in pattern.finditer(prose):
            yield _finding(found, _WIDE, where)


def _is_none(subject: Subject, found: re.Match[str]) -> bool:
    """Whether the mark is a part of a name (`Yahoo!`), or closes an emoji's (`:smile:`)."""
    if found["gap"]:
        return False
    before = subject.target_prose[max(0, found.start() - 40) : found.start()]
    return bool(_EMOJI.search(before)) or ends_name(subject, found.start("mark"), found["mark"])


def _finding(found: re.Match[str], space: str, where: str) -> Finding:
    start, end = found.span("gap")
    which = "a non-breaking space" if space == _WIDE else "a narrow non-breaking space"
    wrong = "is an ordinary one" if end > start else "is missing"
    return Finding(
        f"the space {where} {wrong}: put {which}",
        found.span(),
        Edit(start, end, space),
    )
