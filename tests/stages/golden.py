"""Golden folders: a term as its author and its translators see it, and the file built of that.

`source.md` (`source-before.md`: what the existing file was built from), `units.po` (the review
file), `existing.md` (the file before, if any), `case.toml` (configuration, if any), `built.md`.
Run as a program to write every `built.md` anew; then read the difference.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Catalog, LockEntry, digest
from i18n_pipeline.stages.build import Built, build, correct, entry_of
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term

DATA = Path(__file__).parent / "data"
CASES = sorted(path.name for path in DATA.iterdir() if path.is_dir())
LOCALE = "de"


@dataclass(frozen=True)
class Case:
    """What the files of a folder say."""

    folder: Path
    site: Site
    drafts: bool = False
    stale: bool = False

    def bytes_of(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def term(self, name: str = "source.md") -> Term:
        data = (self.folder / name).read_bytes()
        file = read_term(data, self.site.rules, "fine-tuning", "en")
        term = Term("fine-tuning", "terms/en/fine-tuning.md", digest(data), file)
        return with_extras(term, self.site.fields)

    @property
    def catalog(self) -> Catalog:
        return read_po((self.folder / "units.po").read_bytes())

    def entry(self, existing: bytes) -> LockEntry:
        """The lock's, from when the existing file was built."""
        before = "source-before.md" if self.bytes_of("source-before.md") else "source.md"
        return entry_of(self.term(before), self.site, existing)


def load(name: str) -> Case:
    folder = DATA / name
    path = folder / "case.toml"
    said = tomllib.loads(path.read_text()) if path.exists() else {}
    named = said.get("fields", {})
    translate = tuple(named.get("translate", Fields().translate))
    fields = replace(Fields(), translate=translate, extra=tuple(named.get("extra", ())))
    links = said.get("links", {})
    slugs = frozenset({"fine-tuning", "lora", "transformer", "token"})
    addresses = Addresses(
        rewrite=links.get("rewrite", {}),
        missing=links.get("missing", "source"),
        allow=(),
        locale=LOCALE,
        slugs=slugs,
    )
    site = Site(
        locale=LOCALE,
        rules=Rules(fields, DEFAULT_EXTENSIONS),
        addresses=addresses,
        available=frozenset(said.get("available", ["lora", "fine-tuning"])),
        draft_mark=said.get("draft_mark", {}),
    )
    return Case(folder, site, said.get("drafts", False), said.get("stale", False))


def texts_of(case: Case) -> list[str | None]:
    """The texts that may be built: reviewed ones, and drafts where the case publishes them."""
    catalog, texts = case.catalog, []
    for segment in case.term().segments:
        unit = catalog.unit_for("fine-tuning", segment)
        drafts = case.drafts and segment.is_translation
        usable = unit is not None and (unit.reviewed or drafts)
        texts.append(unit.target or None if unit is not None and usable else None)
    return texts


def built(case: Case, existing: bytes | None) -> Built:
    """The case's file, on top of an existing one."""
    there = None
    if existing is not None:
        there = read_term(existing, case.site.rules, "fine-tuning", LOCALE), case.entry(existing)
    drafts = case.drafts and not case.stale
    local = Localized.of(case.term(), texts_of(case), case.site, drafts=drafts)
    return correct(local, there) if case.stale and there else build(local, there)


if __name__ == "__main__":
    for name in CASES:
        case = load(name)
        (case.folder / "built.md").write_bytes(built(case, case.bytes_of("existing.md")).data)
