"""The commands by name, in the order they are told of; each is imported when it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from types import MappingProxyType

import click

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "init": ("init", "Propose i18n.toml from the term files that are here."),
    "adopt": ("adopt", "Read translations that exist into units; no page changes."),
    "sync": ("sync", "Take in reviews, draft what is missing, build."),
    "status": ("status", "Show where each locale stands."),
    "check": ("check", "Check terms and translations."),
    "plan": ("plan", "Show what a sync would send."),
    "report": ("report", "Show the whole project: coverage, past, issues, cost."),
    "extract": ("extract", "Update the review files, and reuse reviewed texts."),
    "translate": ("translate", "Update the review files, and draft what is missing."),
    "build": ("build", "Build term files from the review files as they are."),
    "export": ("export", "Put what waits for people into a file for their tools."),
    "import": ("importing", "Take translations out of work packages (XLIFF, CSV, PO)."),
    "review": ("review", "Review translations on a page, beside their sources."),
    "glossary": ("glossary", "Look after the required terminology."),
    "memory": ("memory", "Look after the translation memory: what is used again."),
    "reject": ("reject", "Take drafts back, so that they and their like never return."),
    "unpublish": ("unpublish", "Take a page back, and hold it until it is reviewed."),
    "mv": ("mv", "Give the term OLD the slug NEW, in every locale."),
    "resolve": ("resolve", "Show what people disagree about, or settle it."),
    "gc": ("gc", "Drop obsolete units from the review files."),
    "provenance": ("provenance", "Tell where every text comes from, and who reviewed it."),
    "doctor": ("doctor", "Find what is damaged; mend it where asked."),
    "ci": ("ci", "Work for a CI server: one pull request for each locale."),
    "merge-driver": ("merge_driver", ""),
})  # fmt: skip
"""By name: the module, and the first line of its help, "" for a command that is not told of.

The lines stand here too so that `i18n --help` need not import every command.
"""


class OnCall(MutableMapping[str, click.Command]):
    """The commands, imported as they are asked for by name."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(COMMANDS)

    def __getitem__(self, name: str) -> click.Command:
        return self._known[name] or self._imported(name)

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def _imported(self, name: str) -> click.Command:
        module = import_module(f"i18n_pipeline.cli.{COMMANDS[name][0]}")
        found = [one for one in vars(module).values() if isinstance(one, click.Command)]
        (command,) = (one for one in found if one.name == name)
        self._known[name] = command
        return command


class Group(click.Group):
    """A group that tells of its commands without importing them."""

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with its line of help."""
        rows = [(name, line) for name, (_module, line) in sorted(COMMANDS.items()) if line]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
