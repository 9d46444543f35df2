"""`i18n check`: what is wrong, in terms and translations."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output_for_ci, spreading, where


@click.command()
@where
@click.option("--fix", is_flag=True, help="Mend what is mechanical; shows the changes first.")
@click.option("--yes", is_flag=True, help="With --fix: write the changes without asking.")
@click.option("--self-test", is_flag=True, help="Tell how many known faults the checks find.")
@click.option(
    "--pr",
    "pull_request",
    is_flag=True,
    help="For a pull request: pages edited by hand are notices.",
)
@spreading
@output_for_ci
@click.pass_obj
def check(directory: str, /, **chosen: object) -> int:
    """Check terms and translations. Sends nothing; exit 65 on errors."""
    fix, yes = bool(chosen.pop("fix")), bool(chosen.pop("yes"))
    self_test, pull_request = bool(chosen.pop("self_test")), bool(chosen.pop("pull_request"))
    if pull_request and (fix or self_test):
        raise click.UsageError("--pr is a way to check: without --fix and --self-test")
    if fix and self_test:
        raise click.UsageError("--fix changes texts, --self-test changes none: take one of them")
    if fix:
        from i18n_pipeline.cli.fixing import perform_fix

        return perform_fix(directory, chosen, yes=yes)
    if self_test:
        from i18n_pipeline.cli.self_testing import perform_self_test

        return perform_self_test(directory, chosen)
    if pull_request:
        from i18n_pipeline.cli.pull_request import perform_pr

        return perform_pr(directory, chosen)
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import CHECK

    return perform(directory, CHECK, chosen)
