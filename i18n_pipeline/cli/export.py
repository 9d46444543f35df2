"""`i18n export`: work packages for translators and agencies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.delivering import deliver, refuse_own, refuse_taken
from i18n_pipeline.cli.options import commas, output, replacing, where
from i18n_pipeline.errors import UsageError
from i18n_pipeline.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from i18n_pipeline.formats.earlier import IsEarlier
    from i18n_pipeline.reports.packages import ExportReport
    from i18n_pipeline.workspace import Workspace

_FORMS = ("xliff", "csv", "po")
_ONE_FORM = "leave one out"
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
    help="The form of the file (default: as -o is called; xliff where it is printed).",
)
@click.option(
    "-o",
    "out",
    default="",
    metavar="PLACE",
    help="A file; or a folder, for a file of each locale. Default: print it.",
)
@replacing
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
    to = _To(workspace, Path(directory), out, force=bool(chosen["force"]))
    form = to.form(str(chosen["to"] or ""))
    wanted = tuple(State(state.replace("-", " ")) for state in states)
    order = Export(form, wanted, _names(chosen["locales"]), _names(chosen["slugs"]))
    report = to.put(export_packages(workspace, order))
    _show(report, chosen, beside=not out)
    return report.exit_code


def _names(chosen: object) -> tuple[str, ...]:
    return chosen if isinstance(chosen, tuple) else ()


@dataclass(frozen=True)
class _To:
    """Where packages are put: `out` is a file, a folder, or "" for standard output."""

    workspace: Workspace
    folder: Path
    out: str
    force: bool

    @property
    def is_folder(self) -> bool:
        """Whether each locale has a file of its own."""
        out = self.out
        return out.endswith(("/", "\\")) or bool(out and (self.folder / out).is_dir())

    def form(self, asked: str) -> str:
        """The form asked for, or the one that the file's name has. Raises UsageError."""
        from i18n_pipeline.formats.packages import ENDINGS, form_named

        if not self.out or self.is_folder:
            return asked or _FORMS[0]
        refuse_own(self.workspace, self.folder / self.out)
        named = form_named(self.out)
        if asked and named and asked != named:
            raise UsageError(f"--as {asked} and -o {self.out} say different things", _ONE_FORM)
        if not (asked or named):
            known = ", ".join(ENDINGS.values())
            hint = f"known are {known}; or say --as; a folder ends in /"
            raise UsageError(f"the name {self.out} says no form of a package", hint)
        return asked or named

    def put(self, report: ExportReport) -> ExportReport:
        """Put each package into its place, none where one is taken; the report says where."""
        places = self._places(report)
        paths = {locale: self.folder / place for locale, place in places.items() if self.out}
        for path in paths.values():
            refuse_taken(self.workspace, path, self._replaced(path))
        for one in (one for one in report.locales if one.data):
            to = paths.get(one.locale)
            deliver(self.workspace, one.data, to, self._replaced(to) if to else None)
        located = (replace(one, path=places.get(one.locale, "")) for one in report.locales)
        return replace(report, locales=tuple(located))

    def _places(self, report: ExportReport) -> Mapping[str, str]:
        """Where the package of each locale that has one goes. Raises UsageError."""
        from i18n_pipeline.formats.packages import ENDINGS

        filled = [one.locale for one in report.locales if one.data]
        if self.is_folder:
            ending = ENDINGS[report.form]
            return {one: (Path(self.out) / f"{one}{ending}").as_posix() for one in filled}
        if len(filled) > 1:
            hint = f"name one: --lang {filled[0]}; or a folder: -o work/"
            raise UsageError(f"a file holds one locale, and these are {', '.join(filled)}", hint)
        return dict.fromkeys(filled, self.out)

    def _replaced(self, path: Path) -> IsEarlier:
        from i18n_pipeline.formats import earlier

        return earlier.anything if self.force else earlier.is_package(path.name)


def _show(report: ExportReport, chosen: Mapping[str, object], *, beside: bool) -> None:
    """Print the report; where the package itself went to standard output, beside it."""
    from i18n_pipeline.cli.printing import print_errors, print_text
    from i18n_pipeline.reports.packages import exported_as_json, exported_as_text

    if chosen["form"] == "json":
        click.echo(exported_as_json(report), nl=False)
        return
    if not chosen["quiet"]:
        print_text(lambda view: exported_as_text(report, view), beside=beside)
    print_errors(report.errors)
