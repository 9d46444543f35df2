"""From the options of a rename to its printed report and exit code."""

from __future__ import annotations

from i18n_pipeline.cli.printing import print_report


def perform(directory: str, chosen: dict[str, object]) -> int:
    """Open the project, rename, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.renaming import RenameOrder, rename
    from i18n_pipeline.reports.renamed import renamed_as_json, renamed_as_text
    from i18n_pipeline.stages.renaming import Rename
    from i18n_pipeline.workspace import open_workspace

    words = Rename(*(str(chosen[name]).strip() for name in ("source", "old", "new")))
    timeout = chosen["lock_timeout"]
    order = RenameOrder(
        str(chosen["locale"]),
        words,
        preview=bool(chosen["preview"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    report = rename(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: renamed_as_json(report),
        lambda view: renamed_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
