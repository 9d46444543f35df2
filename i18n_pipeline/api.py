"""The pipeline from Python: typed functions for scripts, each what a command does or a file holds.

Keys are handed over in `environment`, never taken from the process: nothing is paid by accident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from i18n_pipeline.errors import I18nError, UsageError
from i18n_pipeline.pipeline import ADOPT, CHECK, PLAN, STATUS, SYNC, Options, Surroundings, run
from i18n_pipeline.reports.report import LocaleReport, Report
from i18n_pipeline.workspace import open_workspace

if TYPE_CHECKING:
    from os import PathLike

    from frontmatter import Post
    from polib import POFile

__all__ = [
    "I18nError",
    "LocaleReport",
    "Report",
    "adopt",
    "check",
    "plan",
    "read_catalogs",
    "read_term",
    "status",
    "sync",
]


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
    preference, `environment` holds the keys. Raises `errors.I18nError` for what stops the run.
    """
    options = Options(locales=tuple(locales), provider=tuple(provider), dry_run=dry_run)
    return run(SYNC, open_workspace(folder), options, Surroundings(dict(environment or {})))


def plan(
    folder: str | PathLike[str] = ".",
    *,
    locales: Sequence[str] = (),
    provider: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Report:
    """Work out what `sync` would send, as `i18n plan` does; sends and writes nothing.

    Takes what `sync` takes: whether DeepL would be asked depends on a key in `environment`, which
    is not used. The report's locales have their `estimate` (requests, characters, cost) and
    `planned` (why, to whom). Raises `errors.I18nError` for what stops the run.
    """
    options = Options(locales=tuple(locales), provider=tuple(provider))
    return run(PLAN, open_workspace(folder), options, Surroundings(dict(environment or {})))


def check(folder: str | PathLike[str] = ".", *, locales: Sequence[str] = ()) -> Report:
    """Return what is wrong with terms and translations, as `i18n check` does; writes nothing.

    The report's locales have their `issues`, and it has the `errors` of files that cannot be read;
    its `exit_code` is 65 where one of either is an error. Raises `errors.I18nError` for what stops
    the run.
    """
    return run(CHECK, open_workspace(folder), Options(locales=tuple(locales)))


def adopt(
    folder: str | PathLike[str] = ".", *, locales: Sequence[str] = (), dry_run: bool = False
) -> Report:
    """Read translations that exist into units, as `i18n adopt` does; changes no page.

    Writes review files and locks, with `dry_run` nothing. The report's locales have their
    `adoption`: its texts by what became of them, and those left over as `remaining`. Raises
    `errors.I18nError` for what stops the run.
    """
    options = Options(locales=tuple(locales), dry_run=dry_run)
    return run(ADOPT, open_workspace(folder), options)


def status(folder: str | PathLike[str] = ".", *, locales: Sequence[str] = ()) -> Report:
    """Return where each locale stands, as `i18n status` does; sends and writes nothing."""
    return run(STATUS, open_workspace(folder), Options(locales=tuple(locales)))


def read_catalogs(folder: str | PathLike[str], locale: str) -> Mapping[str, POFile]:
    """The review files of a locale by path, as polib knows them, checked by our strict reader.

    Raises BadFile where polib would have guessed. Saved with `wrapwidth=0`, as set here, they
    keep the layout that the pipeline writes.
    """
    import polib

    from i18n_pipeline.formats.po import read_po

    workspace = open_workspace(folder)
    found: dict[str, POFile] = {}
    for path in workspace.find(workspace.config.settings(locale).paths.catalog, locale):
        data = workspace.read(path)
        read_po(data)
        found[path] = polib.pofile(data.decode("utf-8-sig"), wrapwidth=0)
        found[path].fpath = str(workspace.root / path)
    return found


def read_term(folder: str | PathLike[str], slug: str, locale: str) -> Post:
    """A term file as python-frontmatter knows it: `post["term"]`, `post.content`; for reading.

    Raises UsageError where the locale has no such file.
    """
    import frontmatter

    workspace = open_workspace(folder)
    path = workspace.config.settings(locale).paths.terms.fill(locale=locale, slug=slug)
    data = workspace.read_optional(path)
    if data is None:
        raise UsageError(f"there is no {path}")
    return frontmatter.loads(data.decode("utf-8-sig"))
