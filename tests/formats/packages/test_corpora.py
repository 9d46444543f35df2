"""Packages of terms that people wrote: ours, and those of the corpora where they lie beside us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages import FORMS, Package, Sent, write_package
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Unit, context_of
from tests.formats.packages.specification import complaints
from tests.formats.packages.test_forms import read

_HERE = Path(__file__).parents[3]
FOLDERS = {
    "ours": _HERE / "terms",
    "cncf": _HERE.parent / "shared" / "corpora" / "cncf-glossary",
}
RULES = Rules(
    Fields(locale="", slug="", name="", translate=("title", "term", "definition")),
    DEFAULT_EXTENSIONS,
)


def pairs(folder: Path) -> Iterator[tuple[str, TermFile, TermFile]]:
    """Terms in English and Spanish, with their slugs."""
    for path in sorted(folder.glob("en/*.md")):
        other = folder / "es" / path.name
        with suppress(BadFile):
            english = read_term(path.read_bytes(), RULES, path.stem, "en")
            same = (
                read_term(other.read_bytes(), RULES, path.stem, "es") if other.exists() else english
            )
            yield path.stem, english, same


def packed(folder: Path) -> Package:
    """Every English text with the Spanish one that stands in its place, whatever that says."""
    found: dict[tuple[str, str], Sent] = {}
    for slug, english, spanish in pairs(folder):
        for one, other in zip(english.segments, spanish.segments, strict=False):
            unit = Unit(context_of(slug, one), one.source, other.source, reviewed=True)
            found.setdefault(unit.key, Sent(unit, one))
    units = sorted(found.values(), key=lambda sent: sent.unit.slug)
    return Package("en", "es", tuple(units), DEFAULT_EXTENSIONS)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_people_wrote_survives_every_form_and_conforms(name: str) -> None:
    package = packed(FOLDERS[name])
    if not package.units:
        pytest.skip(f"{name}: no such files beside the project")
    assert complaints(write_package("xliff", package)) == []
    sent = [(one.unit.context, one.unit.source, one.unit.target) for one in package.units]
    for form in FORMS:
        found = read(form, write_package(form, package)).units
        assert [(one.context, one.source, one.target) for one in found] == sent
