"""From the options of a look at the terminology to its printed report and exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from i18n_pipeline.cli.printing import print_report
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.by_hand.termbase import Termbases
    from i18n_pipeline.reports.termbases import TermsReport

    Look = Callable[[Termbases], TermsReport]


def perform(directory: str, look: Look, chosen: dict[str, object]) -> int:
    """Open the project, look at its terminology, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.termbase import read_termbases
    from i18n_pipeline.workspace import open_workspace

    report = look(read_termbases(open_workspace(directory), _texts(chosen["locales"])))
    return _shown(report, chosen)


def perform_acceptance(directory: str, chosen: dict[str, object]) -> int:
    """Put accepted proposals into one locale's glossary, print them; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.accepting import Acceptance, accept
    from i18n_pipeline.workspace import open_workspace

    locales, timeout = _texts(chosen["locales"]), chosen["lock_timeout"]
    if len(locales) != 1:
        raise UsageError("--accept is for one locale", "name it: --lang L")
    order = Acceptance(
        locales[0],
        _texts(chosen["accept"]),
        dry_run=bool(chosen["dry_run"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    return _shown(accept(open_workspace(directory), order), chosen)


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


def _shown(report: TermsReport, chosen: dict[str, object]) -> int:
    from i18n_pipeline.reports.termbases import terms_as_json, terms_as_text

    print_report(
        chosen,
        lambda: terms_as_json(report),
        lambda view: terms_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
