"""`i18n init`: a first i18n.toml, from the files that are here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import commas, output

_SHOWN = 5
"""How many faults of sources are named before the rest is only counted."""

if TYPE_CHECKING:
    from i18n_pipeline.errors import Problem
    from i18n_pipeline.reports.view import View
    from i18n_pipeline.stages.propose import Proposal
    from i18n_pipeline.survey import Choices, Survey


@click.command()
@click.option("--source", default="", metavar="L", help="The locale to translate from.")
@click.option(
    "--targets", multiple=True, callback=commas, metavar="L",
    help="The locales to translate into (repeat it, or separate by commas).",
)  # fmt: skip
@click.option(
    "--terms", default="", metavar="PATTERN",
    help="Where term files lie, such as content/{locale}/{slug}.md.",
)  # fmt: skip
@click.option("--git", is_flag=True, help="Have git merge by unit, in a project that is there.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of i18n.toml, for editors.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what i18n.toml would be.")
@output
@click.pass_obj
def init(
    directory: str, /, source: str, targets: tuple[str, ...], terms: str, **chosen: object
) -> int:
    """Propose i18n.toml from the term files that are here."""
    if chosen["schema"]:
        from i18n_pipeline.config.schema import schema

        click.echo(schema(), nl=False)
        return 0
    if chosen["git"]:
        if source or targets or terms:
            raise click.UsageError("--git is for a project that is configured: take it alone")
        return _prepare_git(directory, chosen)
    from i18n_pipeline.survey import Choices

    choices = Choices(source, targets, terms)
    done = _propose(Path(directory), choices, dry=bool(chosen["dry_run"]))
    if chosen["form"] == "json":
        click.echo(done.as_json(), nl=False)
    else:
        done.show(quiet=bool(chosen["quiet"]), verbose=bool(chosen["verbose"]))
    return 0


def _prepare_git(directory: str, chosen: dict[str, object]) -> int:
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.pipeline.by_hand.git_setup import prepare_git
    from i18n_pipeline.reports.prepared import prepared_as_json, prepared_as_text
    from i18n_pipeline.workspace import open_workspace

    report = prepare_git(open_workspace(directory), dry_run=bool(chosen["dry_run"]))
    print_report(chosen, lambda: prepared_as_json(report), lambda _: prepared_as_text(report), ())
    return 0


def _propose(directory: Path, choices: Choices, *, dry: bool) -> _Done:
    from i18n_pipeline.config import read_config
    from i18n_pipeline.stages.propose import as_toml
    from i18n_pipeline.survey import defects, refuse_configured, survey, write_configuration

    root = directory.resolve()
    refuse_configured(root)
    found = survey(root, choices)
    text = as_toml(found.proposal)
    config = read_config(text)
    wrong = defects(root, found, config)
    if not dry:
        write_configuration(root, text)
    return _Done(found, text, wrong, dry=dry)


class _Done:
    """A proposal that was written, or in a dry run only made."""

    def __init__(self, found: Survey, text: str, wrong: tuple[Problem, ...], *, dry: bool) -> None:
        self.found, self.text, self.wrong, self.dry = found, text, wrong, dry

    @property
    def proposal(self) -> Proposal:
        """What was found."""
        return self.found.proposal

    def as_json(self) -> str:
        """The proposal as one JSON document of schema i18n/1."""
        from i18n_pipeline.reports.as_json import SCHEMA, problem_as_json
        from i18n_pipeline.reports.escaping import json_of

        layout = self.proposal.layout
        document = {
            "schema": SCHEMA,
            "command": "init",
            "changed": not self.dry,
            "exit": 0,
            "errors": [],
            "locales": [
                {"locale": tag, "files": layout.shared(tag)} for tag in self.proposal.targets
            ],
            "source": {"locale": layout.source, "files": len(layout.slugs)},
            "config": {"path": "i18n.toml", "text": self.text},
            "defects": [problem_as_json(problem) for problem in self.wrong],
            "unreadable": sorted(problem.path for problem in self.found.broken),
        }
        return json_of(document)

    def show(self, *, quiet: bool, verbose: bool) -> None:
        """Print what was done; a dry run's file is data, all else about it is not."""
        from i18n_pipeline.cli.printing import print_text

        if self.dry:
            click.echo(self.text, nl=False)
        if not quiet:
            print_text(lambda view: self._as_text(view, verbose), beside=self.dry)

    def _as_text(self, view: View, verbose: bool) -> str:
        from i18n_pipeline.reports.escaping import safe

        lines = (*self._defects(verbose), *self._told(view, verbose), *self._next(view))
        return "".join(f"{safe(line)}\n" for line in lines)

    def _defects(self, verbose: bool) -> Iterator[str]:
        """What of the sources is better mended before anybody translates it."""
        if self.wrong:
            yield "mend these sources first, what is wrong in them would be translated:"
            shown = self.wrong if verbose else self.wrong[:_SHOWN]
            yield from (f"  {problem}" for problem in shown)
            if len(shown) < len(self.wrong):
                yield f"  … and {len(self.wrong) - len(shown)} more (--verbose shows all)"

    def _told(self, view: View, verbose: bool) -> Iterator[str]:
        found, layout = self.proposal, self.proposal.layout
        yield "would write i18n.toml" if self.dry else "wrote i18n.toml"
        where = f"{layout.own} → {layout.pattern}" if layout.own else layout.pattern
        targets = ", ".join(map(view.called, found.targets))
        yield f"  {view.called(layout.source)} → {targets}: {where}"
        yield f"  {self._source(view)}"
        others = [tag for tag in layout.targets if tag not in found.targets]
        if others:
            yield f"  not asked for, and left alone: {', '.join(map(view.called, others))}"
        broken = self.found.broken
        if broken:
            count = view.tongue.counted(len(broken), "file")
            yield f"  {count} could not be read and show nothing:"
            yield from (f"    {problem}" for problem in (broken if verbose else broken[:1]))

    def _source(self, view: View) -> str:
        number = view.tongue.number
        count, drafts = len(self.proposal.layout.slugs), len(self.proposal.drafts)
        read = "" if self.found.whole else f", {number(self.proposal.terms + drafts)} of them read"
        left = f", {number(drafts)} of them drafts and left alone" if drafts and not read else ""
        return f"{view.tongue.counted(count, 'source term')}{read}{left}"

    def _next(self, view: View) -> Iterator[str]:
        found = self.proposal
        human = [tag for tag in found.targets if found.layout.shared(tag)]
        steps = [("i18n status", "where things stand")]
        if human:
            people = f"files that people translated ({', '.join(map(view.called, human))})"
            yield f"{people} stay as they are: i18n adopt reads them"
        steps.append((f"i18n sync --lang {found.targets[0]}", "translate, review, build"))
        width = max(len(command) for command, _ in steps)
        yield "read it, change what is wrong, then:"
        yield from (f"  {command:<{width}}  {why}" for command, why in steps)
