"""What a rename changed, or would change, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import dataclass

_AROUND = 30
"""Characters shown on both sides of what differs."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class RenamedText:
    """A text before and after; the same where it is left to a person. `context` is its unit's."""

    context: str
    before: str
    after: str
    obsolete: bool = False


@dataclass(frozen=True)
class RenameReport:
    """The report of `glossary rename`.

    `changed` texts have the new rendering, `by_hand` ones wait for a person to find the words,
    `undone` ones are as they were before an earlier rename. `others` are terms that are called
    `new` already, `lines` are those of the glossary.
    """

    locale: str
    source: str
    old: str
    new: str
    changed: tuple[RenamedText, ...] = ()
    by_hand: tuple[RenamedText, ...] = ()
    undone: tuple[RenamedText, ...] = ()
    others: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    glossary: str = ""
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(0, *self.codes)


def renamed_as_json(report: RenameReport) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields(
            "glossary rename", report.exit_code, report.errors, changed=bool(report.written)
        ),
        "locale": report.locale,
        "source": report.source,
        "from": report.old,
        "to": report.new,
        "units": {
            "changed": [_text(one) for one in report.changed],
            "by_hand": [_text(one) for one in report.by_hand],
            "undone": [_text(one) for one in report.undone],
        },
        "others": list(report.others),
        "glossary": {"path": report.glossary, "lines": list(report.lines)},
        "written": list(report.written),
    }
    return document_of(document)


def _text(one: RenamedText) -> dict[str, object]:
    return {
        "unit": one.context,
        "before": one.before,
        "after": one.after,
        "obsolete": one.obsolete,
    }


def renamed_as_text(report: RenameReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: each text before and after, what a person has to do last."""
    most = None if verbose or report.dry else _MOST
    lines = [
        f"{view.called(report.locale)}: {report.source}: {report.old} → {report.new}",
        *(f"  {report.glossary}:{line}: the entry" for line in report.lines),
        *_shown(report.changed, most),
        *_shown(report.undone, most),
        *_told(report),
    ]
    return "".join(f"{safe(line)}\n" for line in lines)


def _shown(texts: Sequence[RenamedText], most: int | None) -> Iterator[str]:
    for one in texts[:most]:
        memory = " (memory)" if one.obsolete else ""
        before, after = _differing(one.before, one.after)
        yield f"  {one.context}{memory}"
        yield from (f"    - {before}", f"    + {after}") if before != after else ()
    if most is not None and len(texts) > most:
        yield f"  … and {len(texts) - most} more (--verbose shows all)"


def _told(report: RenameReport) -> Iterator[str]:
    if report.others:
        yield f"  {report.new} is the rendering of {', '.join(report.others)} already"
    if report.by_hand:
        places = ", ".join(one.context for one in report.by_hand)
        yield f"  by hand, in {counted(len(report.by_hand), 'unit')}: {places}"
    if report.undone:
        yield f"  as before: {counted(len(report.undone), 'unit')}"
    marked = len(report.changed) + len(report.by_hand)
    if marked:
        verb = "would need review" if report.dry else "need review now"
        yield f"  {counted(marked, 'unit')} {verb}, the reason in a comment"
    verb = "would write" if report.dry else "wrote"
    yield from (f"  {verb} {path}" for path in report.written)


def _differing(before: str, after: str) -> tuple[str, str]:
    """Two texts as far as they differ, with some of what they have in common around it."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    return _cut(before, head, tail), _cut(after, head, tail)


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, head: int, tail: int) -> str:
    start, end = max(head - _AROUND, 0), min(len(text) - tail + _AROUND, len(text))
    left, right = "…" if start else "", "…" if end < len(text) else ""
    return f"{left}{' '.join(text[start:end].split())}{right}"
