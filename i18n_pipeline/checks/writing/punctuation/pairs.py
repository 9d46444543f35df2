"""Brackets and quotation marks: what is opened is closed, and by a mark of the same kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_PAIRS = (
    ("(（", ")）"),
    *(("「", "」"), ("『", "』"), ("【", "】"), ("《", "》"), ("〈", "〉")),
    *(("«", "»"), ("„", "“”"), ("“", "”")),
)
_ANY_OPENED = expression("[(（「『【《〈«„“]")
_IN_SOURCE = (("(", ")"), ("“", "”"), ("«", "»"), ("「", "」"), ("（", "）"))
_EMOTICON = expression("(?<![(（])[:;]-?[()]")
_TWO_WIDTHS = expression(r"（[^（）()]*(?P<last>\))|(?P<first>\()[^（）()]*）")


def unclosed(subject: Subject) -> Iterator[Finding]:
    """What the target opens and does not close, while the source closes all of its own."""
    prose = subject.target_prose
    if not _ANY_OPENED.search(prose):
        return
    left = [(at, one) for one in _PAIRS for at in _open(prose, *one)[:1] if _is_pair(prose, one)]
    if left and _source_is_closed(subject):
        for at, (openers, closers) in left:
            # what is no prose may hold the other end: an address takes all up to the next space
            if at not in _open(subject.target, openers, closers):
                continue
            closer = "）" if prose[at] == "（" else closers[0]
            message = f"{quoted(prose[at])} is not closed: write {quoted(closer)} where it ends"
            yield Finding(message, (at, at + 1))
    yield from _two_widths(prose)


def _is_pair(prose: str, pair: tuple[str, str]) -> bool:
    """Whether the first mark opens: `»x«` and `„x“` are quotations, too."""
    opener, _ = pair
    if opener == "«":
        return prose.find("«") < prose.find("»") or "»" not in prose
    return opener != "“" or ("„" not in prose and ("”" in prose or prose.count("“") == 1))


def _open(prose: str, openers: str, closers: str) -> list[int]:
    """Where openers stand that nothing closes."""
    waiting: list[int] = []
    if not any(one in prose for one in openers):
        return waiting
    for found in re.finditer(f"[{re.escape(openers + closers)}]", _EMOTICON.sub("  ", prose)):
        if found.group() in openers:
            waiting.append(found.start())
        elif waiting:
            waiting.pop()
    return waiting


def _source_is_closed(subject: Subject) -> bool:
    source = subject.source_prose
    return all(source.count(first) == source.count(last) for first, last in _IN_SOURCE)


def _two_widths(prose: str) -> Iterator[Finding]:
    """Brackets of which one is in full width, the other is not."""
    for found in _TWO_WIDTHS.finditer(prose):
        which, better = ("last", "）") if found["last"] else ("first", "（")
        message = f"{quoted(found.group())} mixes two widths of brackets: write {quoted(better)}"
        yield Finding(message, found.span(), Edit(*found.span(which), better))


_TYPOGRAPHIC = expression("[„“»«]")


def mixed_quotes(subject: Subject) -> Iterator[Finding]:
    """Straight quotation marks beside typographic ones, in German."""
    straight = subject.target_prose.find('"')
    typographic = _TYPOGRAPHIC.search(subject.target_prose)
    if straight >= 0 and typographic and not _TYPOGRAPHIC.search(subject.source):
        kinds = "„…“" if typographic.group() in "„“" else "»…«"
        message = (
            f'`"` stands beside {quoted(typographic.group())}: write {quoted(kinds)} throughout'
        )
        yield Finding(message, (straight, straight + 1))
