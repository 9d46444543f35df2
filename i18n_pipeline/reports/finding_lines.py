"""What checks found, line by line, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from i18n_pipeline.model import Severity
from i18n_pipeline.reports.escaping import safe, spelled
from i18n_pipeline.reports.excerpt import Excerpt
from i18n_pipeline.reports.report import Issue
from i18n_pipeline.values import dataclass, replace

Paint: TypeAlias = Callable[[str, str], str]
"""Gives words the colour of a severity, for those who see one; marks are there for everybody."""


def uncoloured(words: str, _severity: str) -> str:
    """Words as they are, for where no colour is seen."""
    return words


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that shows the words that an issue is about, with its severity."""

    excerpt: Excerpt
    severity: str
    indent: str = "  "

    def __str__(self) -> str:
        return f"{self.indent}{self.excerpt}"


Line: TypeAlias = str | Marked


def shown(line: Line, paint: Paint) -> str:
    """A line as the terminal gets it; of what it holds, only our own colours drive anything."""
    if isinstance(line, str):
        return safe(line)
    part = line.excerpt
    words = paint(spelled(part.words), line.severity)
    return f"{safe(f'{line.indent}{part.before}⟦')}{words}{spelled(f'⟧{part.after}')}"


def worst_first(issues: Iterable[Issue]) -> list[Issue]:
    """The issues by severity, errors first."""
    order = list(Severity)
    return sorted(issues, key=lambda issue: order.index(Severity(issue.severity)))


def found_lines(issues: Sequence[Issue]) -> Iterator[Line]:
    """The issues, indented, each with the piece that shows it."""
    for issue in issues:
        for line in issue_lines(issue):
            yield f"  {line}" if isinstance(line, str) else replace(line, indent="    ")


def issue_lines(issue: Issue) -> Iterator[Line]:
    """What an issue is, and below it the piece of the translation that shows it, if one does."""
    place = f"{issue.path}:{issue.line}" if issue.line else issue.path
    kept_out = " (kept out of built files)" if issue.safety else ""
    yield f"{place}: {issue.severity}: {issue.check}: {issue.message} [{issue.unit}]{kept_out}"
    if issue.excerpt:
        yield Marked(issue.excerpt, issue.severity)
