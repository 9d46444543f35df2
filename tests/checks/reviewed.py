"""The project's own reviewed translations as subjects: texts that a check has to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from i18n_pipeline.checks import Subject
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, State, Unit
from tests.checks.subjects import addresses

LOCALES = Path(__file__).parents[2] / "locales"
FOOTNOTES = "\n\n".join(f"[^{name}]: x" for name in range(1, 10))


def reviewed(locale: str) -> Iterator[Subject]:
    """Every reviewed unit of a locale, with the kind its note names."""
    for unit in read_po((LOCALES / locale / "terms.po").read_bytes()).units:
        if unit.state is State.REVIEWED and not unit.obsolete:
            markdown = unit.field == "body"
            segment = Segment(
                unit.field, _kind(unit), unit.source, markdown, definitions=FOOTNOTES * markdown
            )
            yield Subject(unit, segment, locale, DEFAULT_EXTENSIONS, addresses(locale=locale))


def _kind(unit: Unit) -> Kind:
    note = next(iter(unit.notes), "")
    return next((kind for kind in Kind if note.startswith(kind.value)), Kind.PARAGRAPH)
