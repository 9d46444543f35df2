"""Where an output that a user points somewhere may not go: onto what a project is made of.

Names are compared without regard to case, since some file systems know none.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from i18n_pipeline.config import Config

_KINDS = {
    ".toml": "configuration",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".mdx": "Markdown",
    ".lock": "a lock",
}


def kind_taken(path: PurePath) -> str:
    """Whose kind of file a path names that no output is: `git's`, `Markdown`; "" for none."""
    names = [part.casefold() for part in path.parts]
    if ".git" in names or path.name.casefold().startswith(".git"):
        return "git's"
    return _KINDS.get(path.suffix.casefold(), "")


def folder_taken(config: Config, path: str) -> str:
    """The folder of terms or of a locale that a path of the project is in; "" for none."""
    named = path.casefold()
    found = (one for one in _folders(config) if named.startswith(f"{one}/".casefold()))
    return next(found, "")


def _folders(config: Config) -> Iterator[str]:
    """Folders that hold terms, and those that are a locale's own."""
    for locale in config.all_locales:
        paths = config.settings(locale).paths
        if terms := paths.terms.prefix("{locale}") or paths.terms.prefix(locale):
            yield terms
        for pattern in (paths.catalog, paths.lock, paths.rejected):
            own = pattern.prefix(locale)
            if own and own != pattern.prefix("{locale}"):
                yield own
