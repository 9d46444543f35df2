"""`i18n check --self-test`: how well the checks find known faults in the project's own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from i18n_pipeline.cli.options import FORMATS
from i18n_pipeline.cli.printing import print_report

if TYPE_CHECKING:
    from i18n_pipeline.reports.self_test import SelfTestReport


def perform_self_test(directory: str, chosen: dict[str, object]) -> int:
    """Measure the checks, print the figures; returns the exit code. Raises UsageError."""
    from i18n_pipeline.pipeline.by_hand.self_testing import self_test
    from i18n_pipeline.workspace import open_workspace

    _refuse_what_means_nothing(chosen)
    locales = chosen["locales"]
    asked = tuple(map(str, locales)) if isinstance(locales, tuple) else ()
    report = self_test(open_workspace(directory), asked)
    _show(report, chosen)
    return report.exit_code


def _refuse_what_means_nothing(chosen: dict[str, object]) -> None:
    from i18n_pipeline.errors import UsageError

    if chosen["slugs"]:
        raise UsageError("--self-test works on whole locales: leave out --slug")
    if chosen["form"] not in FORMATS:
        raise UsageError(f"--self-test prints text or json, not {chosen['form']}")


def _show(report: SelfTestReport, chosen: dict[str, object]) -> None:
    from i18n_pipeline.reports.self_test import self_test_as_json, self_test_as_text

    print_report(
        chosen,
        lambda: self_test_as_json(report),
        lambda view: self_test_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
