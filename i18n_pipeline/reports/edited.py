"""Edits of sources, told: the texts that wait because of one, and all since a revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.stages.edits import EditKind, Run, shortened
from i18n_pipeline.stages.edits.differing import as_words
from i18n_pipeline.values import dataclass, field

_TODO: Mapping[EditKind, str] = {
    EditKind.DESTINATION: "put the new address where the translation has the old one",
    EditKind.PLACEHOLDER: "put the new code, formula or tag where the translation has the old one",
    EditKind.MARKUP: "mark up the same words in the translation, or take the marks off",
    EditKind.PUNCTUATION: "see whether the translation needs it too",
    EditKind.TYPO: "see whether the slip was translated",
    EditKind.DOUBTFUL: "see whether the sentence is to be read otherwise now",
    EditKind.TERM: "another term is meant: use its name",
    EditKind.NUMBER: "correct the number",
    EditKind.NEGATION: "the translation may say the opposite now: correct it first",
    EditKind.AMOUNT: "translate what was added, take out what is gone",
    EditKind.REWRITE: "translate what was rewritten",
}
_NOTHING = "nothing but the blanks changed: approve it"


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """An edit of one text.

    `path` and `line` are where it is to be looked at. `kinds` are all that it is, the worst last;
    `kind` is the one to tell. `locales` are those whose translations it touches.
    """

    unit: str
    path: str
    line: int
    kind: EditKind
    kinds: tuple[EditKind, ...]
    old: str
    new: str
    runs: tuple[Run, ...]
    translation: str = ""
    locales: tuple[str, ...] = ()

    @property
    def todo(self) -> str:
        """What a translator does about it."""
        return _TODO.get(self.kind, _NOTHING)


@dataclass(frozen=True)
class EditedReport:
    """The report of `status --stale` and `status --since`.

    `waiting` are texts that wait for a person by locale, `edits` all edits since `revision`; `new`
    and `gone` are texts that came and went since then.
    """

    explained: bool = False
    waiting: Mapping[str, tuple[SourceEdit, ...]] = field(default_factory=dict)
    revision: str = ""
    commit: str = ""
    edits: tuple[SourceEdit, ...] = ()
    new: int = 0
    gone: int = 0
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where files could not be read, else 0."""
        return strongest(*(65 for _ in self.errors), 0)


def edited_as_json(report: EditedReport) -> str:
    """The report as one JSON document with a final newline."""
    document = first_fields("status", report.exit_code, report.errors, changed=False)
    if report.revision:
        document["since"] = {
            "revision": report.revision,
            "commit": report.commit,
            "kinds": _kinds(report.edits),
            "new": report.new,
            "gone": report.gone,
            "edits": [_edit(one, report, locales=True) for one in report.edits],
        }
    else:
        document["locales"] = [
            {"locale": locale, "kinds": _kinds(some), "stale": [_edit(one, report) for one in some]}
            for locale, some in report.waiting.items()
        ]
    document["notes"] = list(report.notes)
    return document_of(document)


def _edit(one: SourceEdit, report: EditedReport, *, locales: bool = False) -> dict[str, object]:
    slug, _, name = one.unit.rpartition("/")
    told: dict[str, object] = {
        "path": one.path,
        "line": one.line,
        "slug": slug,
        "field": name.partition("#")[0],
        "kind": str(one.kind),
        "old": one.old,
        "new": one.new,
    }
    if locales:
        told["locales"] = list(one.locales)
    if report.explained:
        told["kinds"] = list(map(str, one.kinds))
        told["diff"] = [{"side": str(run.side), "text": run.text} for run in one.runs]
        told |= {} if locales else {"translation": one.translation, "todo": one.todo}
    return told


def _kinds(edits: Iterable[SourceEdit]) -> dict[str, int]:
    return {str(kind): count for kind, count in _by_kind(edits)}


def _by_kind(edits: Iterable[SourceEdit]) -> Iterator[tuple[EditKind, int]]:
    """How many of each kind, the worst first."""
    counts = Counter(one.kind for one in edits)
    return ((kind, counts[kind]) for kind in reversed(EditKind) if counts[kind])


def edited_as_text(report: EditedReport, view: View = PLAIN) -> str:
    """The report in lines: how many of each kind, then edit by edit."""
    lines = _since(report, view.tongue) if report.revision else _stale(report, view)
    return "".join(f"{safe(line)}\n" for line in (*lines, *map(view.tongue.reworded, report.notes)))


def _stale(report: EditedReport, view: View) -> Iterator[str]:
    for locale, some in report.waiting.items():
        count = view.tongue.counted(len(some), "edited text")
        yield f"{view.called(locale)}: {count} to review{_listed(some, view.tongue)}"
        for one in some:
            yield f"  {_place(one)}: {one.unit}: {one.kind}"
            yield from _explained(one) if report.explained else ()


def _explained(one: SourceEdit) -> Iterator[str]:
    yield f"    source: {_line(shortened(one.runs))}"
    yield f"    says:   {' '.join(one.translation.split())}"
    yield f"    to do:  {one.todo}"


def _since(report: EditedReport, tongue: Tongue) -> Iterator[str]:
    count = tongue.counted(len(report.edits), "edit")
    others = (
        (report.new, f"{tongue.counted(report.new, 'text')} came"),
        (report.gone, f"{tongue.counted(report.gone, 'text')} went"),
    )
    more = "".join(f"; {words}" for number, words in others if number)
    kinds = _listed(report.edits, tongue)
    yield f"{count} since {report.revision} ({report.commit[:10]}){kinds}{more}"
    for one in report.edits:
        yield f"  {_place(one)}: {one.unit}: {one.kind}{_touched(one)}"
        if report.explained:
            yield f"    {_line(shortened(one.runs))}"


def _touched(one: SourceEdit) -> str:
    return f" ({', '.join(one.locales)})" if one.locales else ""


def _listed(edits: Sequence[SourceEdit], tongue: Tongue) -> str:
    counts = ", ".join(f"{tongue.number(count)} {kind}" for kind, count in _by_kind(edits))
    return f": {counts}" if counts else ""


def _place(one: SourceEdit) -> str:
    return f"{one.path}:{one.line}" if one.line else one.path


def _line(runs: Sequence[Run]) -> str:
    return " ".join(as_words(runs).split())
