"""The documents of labelled edits in `data/`: read row by row, judged by the words of English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.markdown import EXTENSIONS, Span, Token
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.pipeline.lexicon import english, rare_english
from i18n_pipeline.stages.edits import EditKind, Ground

DATA = Path(__file__).parent / "data"
NOTES = "[^1]: A note.\n[^paper]: A paper.\n"
SEGMENT = Segment("body", Kind.PARAGRAPH, "", markdown=True, definitions=NOTES)
HEADING = replace(SEGMENT, kind=Kind.HEADING)


@dataclass(frozen=True)
class Row:
    """An edit, and the kind that it is to be told as."""

    locale: str
    kind: EditKind
    old: str
    new: str
    segment: Segment = SEGMENT

    @property
    def name(self) -> str:
        return f"{self.locale}: {self.kind}: {self.new[:50]}"


def rows() -> list[Row]:
    """All rows of all documents."""
    return [row for path in sorted(DATA.glob("*.md")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[Row]:
    kind, old, last = EditKind.REFLOW, "", None
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("## "):
            kind = EditKind(line[3:])
        elif line.startswith("- "):
            old = line[2:]
        elif line.startswith("+ "):
            if last is not None:
                yield last
            segment = HEADING if old.startswith("# ") else SEGMENT
            texts = (old.removeprefix("# "), line[2:].removeprefix("# "))
            last = Row(path.stem, kind, *texts, segment)
        elif line.startswith("  is: ") and last is not None:
            last = replace(last, kind=EditKind(line[6:]))
    if last is not None:
        yield last


@lru_cache
def ground(locale: str) -> Ground:
    """What the rows of a document are judged by."""
    text = " ".join((DATA / f"{locale}.md").read_text("utf-8").split("\n##")[0].split("\n"))
    names, used = (
        _listed(text, about) for about in ("Names of terms", "Used elsewhere in the project")
    )
    glossary = Glossary(tuple(Entry(name, name) for name in names), source_locale=locale)

    def found(words: str, tokens: Sequence[Token]) -> Sequence[Span]:
        return [(one.start, one.end) for one in glossary.found(words, tokens)]

    words = english if locale == "en" else frozenset
    return Ground(locale, frozenset(EXTENSIONS), words, lambda: rare_english().union(used), found)


def _listed(text: str, about: str) -> list[str]:
    _, _, rest = text.partition(f"{about}: ")
    return rest.partition(".")[0].split(", ") if rest else []
