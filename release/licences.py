"""docs/licences.md: which licence each package has that comes with an installation of ours.

`make reference` writes it (`python -m release.licences`), from the lock and from what installed
packages say of themselves; tests compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from release.locks import ROOT, Pinned, our_parts

PAGE = ROOT / "docs" / "licences.md"

PERMISSIVE = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "MIT",
        "PSF-2.0",
        "Zlib",
    }
)
"""Licences that ask for their own text to be kept, and for nothing else."""

OTHERWISE = {
    "certifi": "MPL-2.0",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
}
"""Packages under another licence that are taken all the same; the page says why."""

_TOLD_ELSEWHERE = {
    "jinja2": "BSD-3-Clause",  # its metadata says "BSD License"; its LICENSE.txt has three clauses
    "partd": "BSD-3-Clause",  # its metadata says "BSD"; its LICENSE.txt has three clauses
    "zict": "BSD-3-Clause",  # as partd's
    "pyromark": "MIT",  # its metadata says nothing; its LICENSE does
}
_OF_CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
}
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR) [A-Za-z0-9.+-]+)*")
_ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([^ |]+) \| ([^|]+) \|", re.MULTILINE)
_TABLE = "| package | version | licence |\n|---|---|---|\n"


def licence_of(name: str) -> str | None:
    """The licence that an installed package names, in SPDX's words; None where none is named."""
    if name in _TOLD_ELSEWHERE:
        return _TOLD_ELSEWHERE[name]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    for field in ("License-Expression", "License"):
        for told in map(str, said.get_all(field) or ()):
            if _EXPRESSION.fullmatch(told):
                return told
    classifiers = said.get_all("Classifier") or ()
    return next((_OF_CLASSIFIERS[one] for one in classifiers if one in _OF_CLASSIFIERS), None)


def known_licences(page: str) -> Mapping[str, str]:
    """The licences that the page has, by package."""
    return {name: licence.strip() for name, _, licence in _ROW.findall(page)}


def is_permissive(licence: str) -> bool:
    """Whether all parts of an expression are; of `OR` one would do, and none of ours needs it."""
    return set(re.split(r" (?:AND|OR) ", licence)) <= PERMISSIVE


def page_of(page: str) -> str:
    """The page with its two tables as lock and packages have them now.

    What is not installed on this system keeps the licence that the page has. Raises KeyError where
    there is none.
    """
    known = known_licences(page)
    parts = our_parts()
    tables = iter(_table(some, known) for some in (parts.core, parts.extras))
    return re.sub(r"\| package \|.*\n\|---.*\n(?:\|.*\n)*", lambda _: next(tables), page)


def _table(packages: Iterable[Pinned], known: Mapping[str, str]) -> str:
    rows = ((one, licence_of(one.name) or known[one.name]) for one in packages)
    return _TABLE + "".join(f"| {one.name} | {one.version} | {said} |\n" for one, said in rows)


def main(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page_of(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
