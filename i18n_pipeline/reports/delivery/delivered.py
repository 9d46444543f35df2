"""What a nightly run came to, branch by branch: in lines, for a job's summary, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.delivery.proposal import shown
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

NEUTRAL = (3, 75)
"""Exit codes of a run that is not at fault: the rest comes later, or waits for people."""


class Became(StrEnum):
    """What became of a branch and its pull request."""

    OPENED = "opened"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    PUSHED = "pushed"
    CLOSED = "closed"
    DECLINED = "declined"
    NOTHING = "nothing new"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One branch. `address` is its pull request's; `codes` are exit codes, `notes` for people.

    `run` is what the sync did, as Markdown; "" where there was none.
    """

    locales: tuple[str, ...]
    branch: str
    became: Became
    title: str = ""
    address: str = ""
    pages: int = 0
    drafts: int = 0
    characters: int = 0
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    run: str = ""

    @property
    def exit_code(self) -> int:
        """The strongest of what applies to this branch."""
        return strongest(0, *self.codes)


@dataclass(frozen=True)
class Delivered:
    """The report of a nightly run; `base` is the branch that all of it is for."""

    base: str
    deliveries: tuple[Delivery, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What could not be read or done, each once."""
        return tuple(dict.fromkeys(error for one in self.deliveries for error in one.errors))

    @property
    def changed(self) -> bool:
        """Whether a branch was pushed or a pull request opened or closed."""
        still = (Became.UNCHANGED, Became.NOTHING, Became.DECLINED, Became.FAILED)
        return any(one.became not in still for one in self.deliveries)

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies."""
        return strongest(0, *(one.exit_code for one in self.deliveries))


def delivered_as_json(report: Delivered) -> str:
    """The report as one JSON document with a final newline."""
    first = first_fields("ci sync", report.exit_code, report.errors, changed=report.changed)
    return document_of(
        {**first, "base": report.base, "branches": [*map(_fields, report.deliveries)]}
    )


def _fields(one: Delivery) -> dict[str, object]:
    own = ("errors", "codes", "run")
    fields = {key: value for key, value in asdict(one).items() if key not in own}
    return {
        **fields,
        "locales": list(one.locales),
        "became": str(one.became),
        "notes": list(one.notes),
        "exit": one.exit_code,
    }


def delivered_as_text(report: Delivered, view: View = PLAIN) -> str:
    """The report in lines, a branch after the other."""
    return "".join(f"{safe(line)}\n" for one in report.deliveries for line in _lines(one, view))


def _lines(one: Delivery, view: View) -> Iterator[str]:
    told = f": {one.title}" if one.title else ""
    yield f"{', '.join(map(view.called, one.locales))}: {one.became}{told}"
    if one.address:
        yield f"  {one.address}"
    yield from (f"  {view.tongue.reworded(note)}" for note in one.notes)


def reason_of(report: Delivered) -> str:
    """Why a run ended as it did, in a line: the first words of each branch that has a code."""
    parts = [
        f"{', '.join(one.locales)}: {next(_reasons(one), f'exit code {one.exit_code}')}"
        for one in report.deliveries
        if one.exit_code
    ]
    return "; ".join(parts)


def _reasons(one: Delivery) -> Iterator[str]:
    yield from (problem.message for problem in sorted(one.errors))
    yield from one.notes


def delivered_as_markdown(report: Delivered) -> str:
    """The report for the summary of a job: a table, then what each run did."""
    rows = [
        "| locale | pull request | pages | new drafts | |",
        "|---|---|---|---|---|",
        *map(_row, report.deliveries),
    ]
    problems = [f"- {shown(str(problem))}" for problem in sorted(report.errors)]
    runs = [one.run for one in report.deliveries if one.run]
    return "\n".join([*rows, *([""] if problems else []), *problems, "", *runs])


def _row(one: Delivery) -> str:
    title = shown(one.title or one.branch)
    request = f"[{title}]({one.address})" if one.address else title
    told = "<br>".join(map(shown, one.notes)) or counted(one.characters, "character")
    cells = (
        ", ".join(one.locales),
        f"{request}, {one.became}",
        str(one.pages),
        str(one.drafts),
        told,
    )
    return f"| {' | '.join(cells)} |"
