"""Translations that people made, paired with their sources, as the checks see them in a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from i18n_pipeline.checks import Subject
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, read_body
from i18n_pipeline.glossary import Entry, Glossary, Learned, Sighting, merged, sightings
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Segment, Unit

EXTENSIONS = DEFAULT_EXTENSIONS | {"shortcode"}
_FRONT = re.compile(rb"---\n(?P<front>.*?)\n---[^\n]*\n?(?P<body>.*)\Z", re.DOTALL)
_TITLE = re.compile(r"^title: *[\"']?(.*?)[\"']? *$", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """One term in one locale: its name, and its body."""

    slug: str
    title: str
    text: str

    @cached_property
    def body(self) -> Body | None:
        """The body cut into segments; None where the parser gives up."""
        try:
            return read_body(self.text.encode(), EXTENSIONS)
        except BadFile:
            return None


@dataclass(frozen=True)
class People:
    """A glossary with a folder a locale, as the Cloud Native Glossary has it in `content/`."""

    folder: Path
    source: str = "en"

    @cached_property
    def sources(self) -> Mapping[str, File]:
        """The terms of the source by slug."""
        return self._files(self.source)

    def subjects(self, locale: str) -> Iterator[Subject]:
        """The units of files whose blocks are still those of their source, with terminology."""
        translated = self._files(locale)
        addresses = Addresses(
            {"/{slug}/": "/{locale}/{slug}/"}, "source", (), locale, frozenset(self.sources)
        )
        glossary = self._glossary(translated)
        for slug, theirs in translated.items():
            ours = self.sources.get(slug)
            if ours is not None:
                for unit, segment in _paired(ours, theirs, locale):
                    yield Subject(unit, segment, locale, EXTENSIONS, addresses, glossary)

    def _files(self, locale: str) -> Mapping[str, File]:
        found = {}
        for path in sorted((self.folder / locale).glob("*.md")):
            if parts := _FRONT.match(path.read_bytes()):
                title = _TITLE.search(parts["front"].decode())
                body = parts["body"].decode()
                found[path.stem] = File(path.stem, title[1] if title else "", body)
        return found

    def _glossary(self, translated: Mapping[str, File]) -> Glossary:
        """What the names of the terms, and the links between them, say they are called."""
        pairs = (
            Entry(self.sources[slug].title, file.title, slug=slug)
            for slug, file in translated.items()
            if slug in self.sources and file.title
        )
        entries = merged((), pairs).entries
        return Glossary(entries, learned=Learned.of(_links(translated)))


def _links(files: Mapping[str, File]) -> Iterator[Sighting]:
    def slug_of(destination: str) -> str | None:
        slug = destination.partition("#")[0].strip("/").rpartition("/")[2]
        return slug if slug in files else None

    units = (Unit(f"{file.slug}/body", "", file.text, reviewed=True) for file in files.values())
    return sightings(units, slug_of)


def _paired(source: File, target: File, locale: str) -> Iterator[tuple[Unit, Segment]]:
    if source.body is None or target.body is None:
        return
    kinds = [[slot.segment.kind for slot in body.slots] for body in (source.body, target.body)]
    if kinds[0] != kinds[1]:
        return
    for ours, theirs in zip(source.body.slots, target.body.slots, strict=True):
        text = theirs.segment.source.replace(f"](/{locale}/", "](/")  # as units have them
        unit = Unit(f"{source.slug}/body", ours.segment.source, text)
        yield unit, ours.segment
