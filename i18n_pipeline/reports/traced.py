"""Where units' texts come from: the chain of one (`status --why`) and all of a locale's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.formats.glossaries.formulas import defused
from i18n_pipeline.formats.glossaries.table import write_table
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View, padded
from i18n_pipeline.values import asdict, astuple, dataclass, fields

NOT_COMMITTED = "not committed yet"
_SHORT = 10
_TEXT = 100
"""Characters of a text that a line shows."""


@dataclass(frozen=True, slots=True)
class TracedStep:
    """What one commit made of a unit. `commit` is "" for what is not committed yet."""

    words: tuple[str, ...]
    text: str
    commit: str = ""
    author: str = ""
    when: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class TracedUnit:
    """A unit with where its text comes from.

    `origin` is what the review file says of it, `reviewer` who approved it by name, `receipt` what
    this machine knows of a draft's, `waiting` are second texts. `steps` are its changes, the newest
    first.
    """

    locale: str
    unit: str
    source: str
    text: str
    state: str
    provenance: str
    origin: str = ""
    receipt: str = ""
    waiting: tuple[str, ...] = ()
    reviewer: str = ""
    steps: tuple[TracedStep, ...] = ()


@dataclass(frozen=True)
class Why:
    """The report of `status --why`; `notes` say what could not be known."""

    units: tuple[TracedUnit, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where a file cannot be read, else 0."""
        return strongest(0, *(65 for _ in self.errors))


def why_as_json(report: Why) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("status", report.exit_code, report.errors, changed=False),
        "why": [asdict(one) for one in report.units],
        "notes": list(report.notes),
    }
    return document_of(document)


def why_as_text(report: Why, view: View = PLAIN) -> str:
    """The report in lines: each unit, and below it its changes, the newest first."""
    return "".join(f"{safe(line)}\n" for line in _why_lines(report, view))


def _why_lines(report: Why, view: View) -> Iterator[str]:
    for one in report.units:
        yield f"{view.called(one.locale)} {one.unit}: {_cut(one.source)}"
        by = f" by {one.reviewer}" if one.reviewer else ""
        yield f"  {one.state}{by}: {_cut(one.text)}" if one.text else f"  {one.state}"
        yield from (f"  {words}" for words in (_whence(one), one.receipt) if words)
        yield from (f"  waits beside it: {_cut(text)}" for text in one.waiting)
        for step in one.steps:
            yield f"  {_when(step, view)}: {'; '.join(map(_cut, step.words))}"
            yield from (f"    {_cut(step.text)}",) if step.text else ()
    yield from report.notes


def _whence(one: TracedUnit) -> str:
    """Where a text comes from; of one that a person changed, what it was before too."""
    if not one.text:
        return ""
    began = ", made from a " if one.provenance == "human" else ", "
    return one.provenance + (f"{began}{one.origin}" if one.origin else "")


def _when(step: TracedStep, view: View) -> str:
    if not step.commit:
        return NOT_COMMITTED
    return f"{view.day(step.when[:10])} {step.when[11:16]} {step.author} {step.commit[:_SHORT]}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else f"{line[: _TEXT - 1]}…"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in the export. `when` and `commit` are of what brought about its text and state.

    `reviewed_by` is "" for what nobody reviewed, and where it is not known. `waiting` counts second
    texts.
    """

    locale: str
    slug: str
    field: str
    unit: str
    source: str
    state: str
    provenance: str
    origin: str
    provider: str
    model: str
    reviewed_by: str
    when: str
    commit: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Passed:
    """A limit of the policy that is passed, in words, with the units that are too many."""

    locale: str
    limit: str
    words: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Provenances:
    """The report of `provenance`; `checked`: the policy was asked."""

    rows: tuple[Row, ...] = ()
    passed: tuple[Passed, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    checked: bool = False

    @property
    def exit_code(self) -> int:
        """3 where a limit is passed, 65 where a file cannot be read, else 0."""
        return strongest(0, *(65 for _ in self.errors), *(3 for _ in self.passed))


def provenances_as_json(report: Provenances) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("provenance", report.exit_code, report.errors, changed=False),
        "units": [asdict(row) for row in report.rows],
        "policy": [asdict(one) for one in report.passed],
        "notes": list(report.notes),
    }
    return document_of(document)


def provenances_as_csv(report: Provenances) -> str:
    """The units as CSV with a header: RFC 4180, but for its line ends; no cell is a formula."""
    header = [one.name for one in fields(Row)]
    rows = ([defused(str(cell)) for cell in astuple(row)] for row in report.rows)
    return write_table([header, *rows]).decode()


def provenances_as_text(report: Provenances, view: View = PLAIN) -> str:
    """The report in lines: for each locale how many units come from where, then the policy."""
    return "".join(f"{safe(line)}\n" for line in _lines(report, view))


def _lines(report: Provenances, view: View) -> Iterator[str]:
    number = view.tongue.number
    for locale in dict.fromkeys(row.locale for row in report.rows):
        rows = [row for row in report.rows if row.locale == locale]
        yield f"{view.called(locale)}: {view.tongue.counted(len(rows), 'unit')}"
        found = Counter((row.provenance, row.state) for row in rows)
        for provenance, count in Counter(row.provenance for row in rows).most_common():
            states = (
                f"{number(found[provenance, state])} {words}"
                for state, words in _STATES.items()
                if found[provenance, state]
            )
            told = f"{padded(number(count), 6, right=True)} {provenance}"
            yield f"  {told}{_in_brackets(provenance, states)}"
        people = Counter(row.reviewed_by for row in rows if row.reviewed_by)
        if people:
            who = ", ".join(f"{name} {number(count)}" for name, count in people.most_common())
            yield f"  reviewed by: {who}"
    for one in report.passed:
        yield f"{view.called(one.locale)}: {view.tongue.reworded(one.words)}"
        yield from (f"  {unit}" for unit in one.units)
    if report.checked and not report.passed:
        yield "the policy holds"
    yield from report.notes


_STATES = {"reviewed": "reviewed", "needs review": "to review"}


def _in_brackets(provenance: str, states: Iterator[str]) -> str:
    told = ", ".join(states)
    return f" ({told})" if told and provenance != "untranslated" else ""
