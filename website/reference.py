"""Writes into the documentation what the code knows better: help texts, tables of checks, a list.

`make reference` writes (`python -m website.reference`), and tests compare. Prose between what is
written stays as people left it; a command that is new gets its section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import click
from click.testing import CliRunner

from i18n_pipeline.checks import ALL, WHOLE_RULES
from i18n_pipeline.cli import cli

ROOT = Path(__file__).parents[1]

_HELP = re.compile(r"```text\nUsage: .*?```", re.DOTALL)
_CHECKS = re.compile(r"\| check \| severity .*\n\|---.*\n(?:\|.*\n)*")
_TITLE = re.compile(r"# (\d+):? (.+)")


class _Check(Protocol):
    """What every kind of rule says of itself."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> object: ...
    @property
    def safety(self) -> bool: ...
    @property
    def purpose(self) -> str: ...


def help_of(*path: str) -> str:
    """What is shown on a terminal of 80 columns, of which click uses 78."""
    shown = CliRunner().invoke(cli, [*path, "--help"], prog_name="i18n", terminal_width=78)
    return shown.output


def called(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """How a command is called, and the commands of a group after it."""
    path = (*path, str(command.name))
    yield path
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from called(inner, *path)


def with_help(text: str, *path: str) -> str:
    """A text, its help of a command as the command line prints it now."""
    block = f"```text\n{help_of(*path)}```"
    return _HELP.sub(lambda _: block, text, count=1)


def commands_page(page: str) -> str:
    """The page of commands: a section each, in the order of the command line.

    Prose stays, a command without a section gets one, and a section without a command goes.
    """
    head, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    there = {section.split("\n", 1)[0].removeprefix("## "): section for section in sections}
    made = [with_help(head)]
    for command in cli.commands.values():
        for path in called(command):
            title = " ".join(path)
            made.append(with_help(there.get(title, f"## {title}\n\n```text\nUsage: ```"), *path))
    return "\n\n".join(part.rstrip() for part in made) + "\n"


def checks_page(page: str) -> str:
    """The page of checks, its tables as the rules say: of one text, and of a locale as a whole."""
    whole = {rule.code for rule in WHOLE_RULES}
    texts, wholes = ([rule for rule in ALL if (rule.code in whole) is of] for of in (False, True))
    tables = iter((_table(texts), _table(wholes)))
    return _CHECKS.sub(lambda _: next(tables), page)


def _table(rules: Sequence[_Check]) -> str:
    rows = (
        f"| `{rule.code}` | {rule.severity} | {'kept out of files' if rule.safety else 'no'}"
        f" | {rule.purpose} |\n"
        for rule in sorted(rules, key=lambda rule: not rule.safety)
    )
    return f"| check | severity | safety | looks for |\n|---|---|---|---|\n{''.join(rows)}"


def decisions_page(page: str) -> str:
    """The list of decisions, each by the title of its page."""
    head = page.partition("\n|")[0].rstrip()
    rows = "".join(f"| [{number}]({name}) | {title} |\n" for name, number, title in _decisions())
    return f"{head}\n\n| | |\n|---|---|\n{rows}"


def _decisions() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        found = _TITLE.match(path.read_text(encoding="utf-8"))
        if found and found[1] != "000":
            yield path.name, found[1], found[2]


WRITTEN: dict[str, Callable[[str], str]] = {
    "README.md": with_help,
    "docs/reference/commands.md": commands_page,
    "docs/reference/checks.md": checks_page,
    "docs/decisions/README.md": decisions_page,
}
"""Pages with something that is written here, and what writes it."""


def main() -> None:
    """Write all pages anew; those that say it already keep their bytes and times."""
    for name, renew in WRITTEN.items():
        page = ROOT / name
        before = page.read_text(encoding="utf-8")
        after = renew(before)
        if after != before:
            page.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
