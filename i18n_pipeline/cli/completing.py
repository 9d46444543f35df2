"""What a shell may complete: locales, slugs and providers of the project that is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from i18n_pipeline.errors import I18nError

if TYPE_CHECKING:
    from i18n_pipeline.workspace import Workspace

Known = Callable[["Workspace"], Iterable[tuple[str, str]]]
"""The words that a project has, each with what it is, "" for nothing."""

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(known: Known) -> Complete:
    def complete(
        context: click.Context, _option: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the last word of a list with commas; without a project, nothing."""
        before, comma, begun = incomplete.rpartition(",")
        said = {word.strip() for word in before.split(",")}
        try:
            words = list(known(_workspace(context)))
        except I18nError:
            return []
        return [
            CompletionItem(before + comma + word, help=what or None)
            for word, what in words
            if word.startswith(begun) and word not in said
        ]

    return complete


def _workspace(context: click.Context) -> Workspace:
    from i18n_pipeline.workspace import open_workspace

    return open_workspace(str(context.find_root().params.get("directory") or "."))


def _locales(workspace: Workspace) -> Iterator[tuple[str, str]]:
    from i18n_pipeline.cli.terminal import tongue_of_reader

    tongue = tongue_of_reader()
    yield from ((tag, tongue.name(tag)) for tag in workspace.config.targets)


def _slugs(workspace: Workspace) -> Iterator[tuple[str, str]]:
    found = workspace.discover(workspace.config.source).files
    yield from ((file.slug, "") for file in found)


def _providers(_workspace: Workspace) -> Iterator[tuple[str, str]]:
    from i18n_pipeline.providers import names

    yield from ((name, "") for name in names())


locales = _completing(_locales)
slugs = _completing(_slugs)
providers = _completing(_providers)
