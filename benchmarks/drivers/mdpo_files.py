"""mdpo on a folder: `extract SOURCES CATALOGS`; `build` and `update` (both) name BUILT as well."""

import sys
from pathlib import Path

# Only its own environment has it.
from mdpo.md2po import markdown_to_pofile  # type: ignore[import-not-found]
from mdpo.po2md import pofile_to_markdown  # type: ignore[import-not-found]


def extract(sources: Path, catalogs: Path) -> None:
    """Write or update a catalog for each file."""
    catalogs.mkdir(exist_ok=True)
    for file in sorted(sources.iterdir()):
        catalog = str(catalogs / f"{file.stem}.po")
        markdown_to_pofile(str(file), po_filepath=catalog, save=True, wrapwidth=0)


def build(sources: Path, catalogs: Path, built: Path) -> None:
    """Write a translation of each file."""
    built.mkdir(exist_ok=True)
    for file in sorted(sources.iterdir()):
        catalog = str(catalogs / f"{file.stem}.po")
        pofile_to_markdown(str(file), [catalog], save=str(built / file.name), wrapwidth=0)


if __name__ == "__main__":
    doing, *folders = sys.argv[1], *map(Path, sys.argv[2:])
    if doing in ("extract", "update"):
        extract(*folders[:2])
    if doing in ("build", "update"):
        build(*folders)
