"""`i18n ci sync`: each locale brought up to date on a branch of its own, with a pull request."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import FORMATS, lang, lock_timeout, publishing, sending
from i18n_pipeline.cli.printing import print_report
from i18n_pipeline.cli.progress import watching

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.delivering import DeliveryOrder
    from i18n_pipeline.reports.delivery.delivered import Delivered


@click.command()
@lang
@click.option(
    "--base",
    default="",
    metavar="BRANCH",
    help="Merge into this branch (default: the remote's own).",
)
@click.option(
    "--branch-prefix",
    "prefix",
    default="i18n/",
    show_default=True,
    metavar="P",
    help="What branches are called before the locale.",
)
@click.option("--together", is_flag=True, help="One pull request for all locales.")
@click.option(
    "--remote", default="origin", show_default=True, metavar="NAME", help="The clone's remote."
)
@click.option("--no-request", is_flag=True, help="Push the branches, open no pull request.")
@click.option(
    "--neutral",
    is_flag=True,
    help="Exit 0 where 3 or 75 would be told: what is finished was delivered.",
)
@sending
@publishing
@lock_timeout
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print the report.",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@click.pass_obj
def sync(directory: str, /, **chosen: object) -> int:
    """Sync each locale on a branch of the remote; open or update its pull request.

    Works on a clone without changes, pushes and never forces. Which service, and with which token,
    the job's environment says (GITHUB_TOKEN, GITLAB_TOKEN).
    """
    from i18n_pipeline.hosting import find_hosting
    from i18n_pipeline.pipeline import Surroundings
    from i18n_pipeline.pipeline.delivering import deliver
    from i18n_pipeline.reports.delivery.delivered import delivered_as_json, delivered_as_text

    environment = dict(os.environ)
    hosting = None if chosen["no_request"] else find_hosting(environment)
    with watching(str(chosen["form"]), quiet=bool(chosen["quiet"])) as progress:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        around = Surroundings(environment, now, progress, "auto")
        report = deliver(Path(directory), _order(chosen), hosting, around)
    print_report(
        chosen,
        lambda: delivered_as_json(report),
        lambda view: delivered_as_text(report, view),
        report.errors,
    )
    _tell_the_job(report, environment)
    return _exit_code(report, environment, neutral=bool(chosen["neutral"]))


def _order(chosen: Mapping[str, object]) -> DeliveryOrder:
    from i18n_pipeline.pipeline import Options
    from i18n_pipeline.pipeline.delivering import DeliveryOrder

    names = (
        *("locales", "provider", "publish", "max_chars", "max_cost", "max_terms", "refresh"),
        *("jobs", "lock_timeout"),
    )
    options = Options(**{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    return DeliveryOrder(
        base=str(chosen["base"]),
        prefix=str(chosen["prefix"]),
        together=bool(chosen["together"]),
        remote=str(chosen["remote"]),
        options=options,
    )


def _tell_the_job(report: Delivered, environment: Mapping[str, str]) -> None:
    """Put the report where GitHub Actions shows it, and its figures where later steps read them."""
    from i18n_pipeline.reports.delivery.delivered import delivered_as_markdown

    addresses = " ".join(one.address for one in report.deliveries if one.address)
    outputs = {
        "code": str(report.exit_code),
        "changed": "true" if report.changed else "false",
        "pull-requests": addresses,
    }
    told = {
        "GITHUB_STEP_SUMMARY": delivered_as_markdown(report),
        "GITHUB_OUTPUT": "".join(f"{name}={value}\n" for name, value in outputs.items()),
    }
    for variable, words in told.items():
        if path := environment.get(variable):
            with Path(path).open("a", encoding="utf-8", newline="\n") as file:
                file.write(words)


def _exit_code(report: Delivered, environment: Mapping[str, str], *, neutral: bool) -> int:
    """The report's own, or 0 where the run is not at fault; the reason is told in any case."""
    from i18n_pipeline.reports.as_github import warning
    from i18n_pipeline.reports.delivery.delivered import NEUTRAL, reason_of
    from i18n_pipeline.reports.escaping import safe

    if not neutral or report.exit_code not in NEUTRAL:
        return report.exit_code
    reason = f"not all could be done (exit code {report.exit_code}): {reason_of(report)}"
    in_actions = environment.get("GITHUB_ACTIONS") == "true"
    click.echo(warning("i18n ci sync", reason) if in_actions else safe(reason), err=not in_actions)
    return 0
