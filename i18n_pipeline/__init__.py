"""A translation pipeline for Markdown glossaries; docs/architecture.md shows the way through it.

From Python, `sync(folder)` does what `i18n sync` does and returns its report::

    report = i18n_pipeline.sync("site", locales=["ja"])
    print(report.exit_code, report.locales[0].units.reviewed)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from i18n_pipeline.reports.report import Report

__version__ = "0.1.0"


def sync(
    folder: str | PathLike[str] = ".",
    *,
    locales: Sequence[str] = (),
    provider: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Report:
    """Do what `i18n sync` does in `folder` and return its report.

    `locales` are target locales (default: all), `provider` names of providers in order of
    preference, `environment` holds the keys (default: none, so that nothing is paid by
    accident). Raises `errors.I18nError` for what stops the whole run.
    """
    from i18n_pipeline.pipeline import SYNC, Options, Surroundings, run
    from i18n_pipeline.workspace import open_workspace

    options = Options(locales=tuple(locales), provider=tuple(provider), dry_run=dry_run)
    return run(SYNC, open_workspace(folder), options, Surroundings(dict(environment or {})))
