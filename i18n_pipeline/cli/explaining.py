"""From the options of `status --why` to its printed report and exit code."""

from __future__ import annotations

from i18n_pipeline.cli.printing import print_report


def perform_why(directory: str, chosen: dict[str, object]) -> int:
    """Tell where a unit's text comes from; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.explaining import WhyOrder, why
    from i18n_pipeline.reports.traced import why_as_json, why_as_text
    from i18n_pipeline.workspace import open_workspace

    locales = chosen["locales"]
    assert isinstance(locales, tuple)  # noqa: S101  # click's
    report = why(open_workspace(directory), WhyOrder(str(chosen["why"]), locales))
    as_json, as_text = lambda: why_as_json(report), lambda view: why_as_text(report, view)
    print_report(chosen, as_json, as_text, report.errors)
    return report.exit_code
