"""`i18n adopt`: existing locale files become reviewed units; no byte of them changes."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where, writing
from i18n_pipeline.errors import UsageError


@click.command()
@where
@click.option(
    "--from",
    "catalogs",
    multiple=True,
    metavar="FILE",
    help="Instead of pages, read catalogs of other programs (PO, XLIFF) into one locale.",
)
@writing
@output
@click.pass_obj
def adopt(directory: str, /, **chosen: object) -> int:
    """Read translations that exist into units; no page changes."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import ADOPT

    catalogs = chosen.pop("catalogs")
    if isinstance(catalogs, tuple) and catalogs:
        return _adopt_catalogs(directory, catalogs, chosen)
    return perform(directory, ADOPT, chosen)


def _adopt_catalogs(directory: str, names: tuple[str, ...], chosen: dict[str, object]) -> int:
    from i18n_pipeline.cli.importing import read_file
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.pipeline.by_hand.adopting_catalogs import AdoptCatalogs, adopt_catalogs
    from i18n_pipeline.reports.catalogs import catalogs_as_json, catalogs_as_text
    from i18n_pipeline.workspace import open_workspace

    locales, slugs = chosen["locales"], chosen["slugs"]
    if not isinstance(locales, tuple) or len(locales) != 1:
        raise UsageError("--from needs one locale", "say which one: --lang ja")
    if slugs:
        raise UsageError("--from reads whole catalogs", "leave out --slug")
    timeout, verbose = chosen["lock_timeout"], bool(chosen["verbose"])
    order = AdoptCatalogs(
        tuple(read_file(directory, name) for name in names),
        str(locales[0]),
        dry_run=bool(chosen["dry_run"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    report = adopt_catalogs(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: catalogs_as_json(report),
        lambda view: catalogs_as_text(report, view, verbose=verbose),
        report.errors,
    )
    return report.exit_code
