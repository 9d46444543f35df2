"""`i18n check --pr`: a check whose reader is the author of a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from i18n_pipeline.config import Config
    from i18n_pipeline.reports.for_pull_request import Touched


def perform_pr(directory: str, chosen: dict[str, object]) -> int:
    """Check, print the report with what the pull request touches first; the exit code."""
    from i18n_pipeline.cli.running import ran, show
    from i18n_pipeline.pipeline import CHECK, Options
    from i18n_pipeline.reports.for_pull_request import for_pull_request
    from i18n_pipeline.workspace import open_workspace

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    options = Options(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    report = ran(directory, CHECK, options, form, quiet=quiet)
    workspace = open_workspace(directory)
    report = for_pull_request(report, _touched(workspace.root, workspace.config, os.environ))
    show(report, form, quiet=quiet, verbose=verbose)
    return report.exit_code


def _touched(root: Path, config: Config, environment: Mapping[str, str]) -> Touched:
    """What the pull request changes; nothing where git does not say."""
    from i18n_pipeline.history import find_history
    from i18n_pipeline.reports.for_pull_request import Touched

    history = find_history(root)
    # Services check out the merge of both sides: its first parent is the branch it is for.
    told = environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    base = told or (history.resolve("HEAD^1") if history.resolve("HEAD^2") else "")
    before, after = history.files(base) if base else {}, history.files("HEAD")
    if not before:
        return Touched()
    paths = {path for path, _ in before.items() ^ after.items()}
    return Touched(paths, set(_slugs(config, paths)))


def _slugs(config: Config, paths: set[str]) -> Iterator[str]:
    for locale in config.all_locales:
        terms = config.settings(locale).paths.terms.within(locale)
        yield from (found["slug"] for path in paths if (found := terms.match(path)))
