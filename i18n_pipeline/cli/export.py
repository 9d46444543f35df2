"""`i18n export`: work packages for translators and agencies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.delivering import deliver
from i18n_pipeline.cli.options import commas, output, where
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from i18n_pipeline.reports.packages import ExportReport
    from i18n_pipeline.workspace import Workspace

_FORMS = ("xliff", "csv", "po")
_STATES = ("untranslated", "needs-review", "reviewed")


def _known_states(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    states = commas(context, option, values)
    for state in states:
        if state not in _STATES:
            raise click.BadParameter(f"{state} is not one of {', '.join(_STATES)}")
    return states or _STATES[:2]


@click.command()
@where
@click.option(
    "--state",
    "states",
    multiple=True,
    callback=_known_states,
    metavar="STATE",
    help="Only these: untranslated, needs-review, reviewed (default: the first two).",
)
@click.option(
    "--as",
    "to",
    type=click.Choice(_FORMS),
    help="The form of the file (default: as -o is called, else xliff).",
)
@click.option(
    "-o",
    "out",
    default="",
    metavar="PLACE",
    help="A file; or a folder, for a file of each locale. Default: print it.",
)
@output
@click.pass_obj
def export(directory: str, /, states: tuple[str, ...], **chosen: object) -> int:
    """Put what waits for people into a file for their tools."""
    from i18n_pipeline.model import State
    from i18n_pipeline.pipeline.by_hand.exporting import Export, export_packages
    from i18n_pipeline.workspace import open_workspace

    out = str(chosen["out"])
    if chosen["form"] == "json" and not out:
        raise UsageError("--format json needs -o PLACE", "both would go to standard output")
    workspace = open_workspace(directory)
    form = str(chosen["to"] or _form_of(out))
    wanted = tuple(State(state.replace("-", " ")) for state in states)
    order = Export(form, wanted, _names(chosen["locales"]), _names(chosen["slugs"]))
    report = _delivered(workspace, export_packages(workspace, order), Path(directory), out)
    _show(report, chosen, beside=not out)
    return report.exit_code


def _names(chosen: object) -> tuple[str, ...]:
    return chosen if isinstance(chosen, tuple) else ()


def _form_of(out: str) -> str:
    """The form that a file's name asks for; xliff where it does not say."""
    from i18n_pipeline.formats.packages import ENDINGS

    suffix = Path(out).suffix.lower()
    return next((form for form, ending in ENDINGS.items() if ending == suffix), "xliff")


def _delivered(workspace: Workspace, report: ExportReport, folder: Path, out: str) -> ExportReport:
    """Put each package where it is to be; the report then says where that was."""
    from i18n_pipeline.formats.packages import ENDINGS

    filled = [one for one in report.locales if one.data]
    is_folder = out.endswith(("/", "\\")) or bool(out and (folder / out).is_dir())
    if len(filled) > 1 and not is_folder:
        locales = ", ".join(one.locale for one in filled)
        hint = f"name one: --lang {filled[0].locale}; or a folder: -o work/"
        raise UsageError(f"a file holds one locale, and these are {locales}", hint)
    places: dict[str, str] = {}
    for one in filled:
        name = f"{one.locale}{ENDINGS[report.form]}"
        places[one.locale] = (Path(out) / name).as_posix() if is_folder else out
        path = folder / places[one.locale] if out else None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        deliver(workspace, one.data, path)
    return replace(
        report,
        locales=tuple(replace(one, path=places.get(one.locale, "")) for one in report.locales),
    )


def _show(report: ExportReport, chosen: Mapping[str, object], *, beside: bool) -> None:
    """Print the report; where the package itself went to standard output, beside it."""
    from i18n_pipeline.reports.as_text import errors_as_text
    from i18n_pipeline.reports.packages import exported_as_json, exported_as_text

    if chosen["form"] == "json":
        click.echo(exported_as_json(report), nl=False)
        return
    if not chosen["quiet"]:
        click.echo(exported_as_text(report), nl=False, err=beside)
    click.echo(errors_as_text(report.errors), err=True, nl=False)
