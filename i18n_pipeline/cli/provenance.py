"""`i18n provenance`: where every text comes from, and whether the policy holds."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import FORMATS, where


@click.command()
@where
@click.option("--check", is_flag=True, help="Exit 3 where the policy in i18n.toml does not hold.")
@click.option(
    "--format", "form", type=click.Choice((*FORMATS, "csv")), default="text", show_default=True,
    help="How to print it: a summary, or every unit.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@click.pass_obj
def provenance(directory: str, /, **chosen: object) -> int:
    """Tell where every text comes from, and who reviewed it. Sends and writes nothing."""
    from i18n_pipeline.cli.printing import print_errors, print_report
    from i18n_pipeline.pipeline.by_hand.provenance import ProvenanceOrder
    from i18n_pipeline.pipeline.by_hand.provenance import provenance as tell
    from i18n_pipeline.reports import traced
    from i18n_pipeline.workspace import open_workspace

    locales, slugs = chosen["locales"], chosen["slugs"]
    assert isinstance(locales, tuple) and isinstance(slugs, tuple)  # noqa: S101, PT018  # click's
    report = tell(
        open_workspace(directory), ProvenanceOrder(locales, slugs, check=bool(chosen["check"]))
    )
    if chosen["form"] == "csv":
        click.echo(traced.provenances_as_csv(report), nl=False)
        print_errors(report.errors)
        return report.exit_code
    print_report(
        chosen,
        lambda: traced.provenances_as_json(report),
        lambda view: traced.provenances_as_text(report, view),
        report.errors,
    )
    return report.exit_code
