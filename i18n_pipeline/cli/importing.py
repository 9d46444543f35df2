"""`i18n import`: work packages that come back from translators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import output, writing
from i18n_pipeline.cli.printing import print_report
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.by_hand.receiving import File


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--lang", "locale", default="", metavar="L", help="For files that do not say it.")
@click.option("--reviewed", is_flag=True, help="What was worked on counts as reviewed.")
@click.option("--draft", is_flag=True, help="Everything waits for review, whatever a file says.")
@writing
@output
@click.pass_obj
def import_files(directory: str, /, files: tuple[str, ...], **chosen: object) -> int:
    """Take translations out of work packages (XLIFF, CSV, PO)."""
    from i18n_pipeline.pipeline.by_hand.receiving import Import, import_packages
    from i18n_pipeline.reports.packages import imported_as_json, imported_as_text
    from i18n_pipeline.stages.receiving import Trust
    from i18n_pipeline.workspace import open_workspace

    if chosen["reviewed"] and chosen["draft"]:
        raise UsageError("--reviewed and --draft say different things", "leave one out")
    trust = Trust.REVIEWED if chosen["reviewed"] else Trust.PACKAGE
    timeout = chosen["lock_timeout"]
    order = Import(
        tuple(read_file(directory, file) for file in files),
        str(chosen["locale"]),
        Trust.DRAFT if chosen["draft"] else trust,
        dry_run=bool(chosen["dry_run"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    report = import_packages(open_workspace(directory), order)
    verbose = bool(chosen["verbose"])
    print_report(
        chosen,
        lambda: imported_as_json(report),
        lambda view: imported_as_text(report, view, verbose=verbose),
        report.errors,
    )
    return report.exit_code


def read_file(directory: str, file: str) -> File:
    """A file as named on the command line. Raises UsageError where it cannot be read."""
    from i18n_pipeline.pipeline.by_hand.receiving import File

    path = Path(directory, file)
    try:
        return File(file, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
