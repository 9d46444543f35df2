"""Locale pages that people wrote or edited: read back, adopted, merged."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile
from i18n_pipeline.glossary import Entry
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.stages.adopting.clues import Names
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import pair_up
from i18n_pipeline.stages.adopting.texts import source_row, target_row
from i18n_pipeline.stages.build import entry_of
from i18n_pipeline.stages.merging import Pages, left_out, merge_pages
from i18n_pipeline.stages.remembered import remembered
from i18n_pipeline.stages.taking.page import Base, Page
from i18n_pipeline.stages.taking.reading import read_back
from tests.fuzz.given import parts
from tests.fuzz.targets.terms import OPEN, SITE, read, term_of

NAMES = Names(
    Matcher((Entry("token", "Token", slug="token"),), (), "en"), {"token": ["Token"]}, "de"
)


def alignment(data: bytes) -> None:
    """Each text has one partner at most, and stands where it says."""
    source, target = (read(part) for part in parts(data, 2))
    if source is None or target is None:
        return
    one = source_row(source.body, NAMES, DEFAULT_EXTENSIONS)
    other = target_row(target.body, NAMES, DEFAULT_EXTENSIONS, one.terms, str)
    pairs = pair_up(one.clues, other.clues, Likeness(0.9))
    assert len({p.source for p in pairs}) == len({p.target for p in pairs}) == len(pairs)
    for pair in pairs:
        assert 0 <= pair.source < len(one.clues)
        assert 0 <= pair.target < len(other.clues)


def edited(data: bytes) -> None:
    """A page that was edited since it was built is read back, whatever was done to it."""
    source, built, now = parts(data, 3)
    term, before, page = term_of(source), read(built, locale="de"), read(now, locale="de")
    if term is None or before is None or page is None:
        return
    try:
        known = entry_of(term, SITE, built)
    except BadFile:
        return
    base = Base(remembered(known), known.fields)
    read_back(Page(page, "terms/de/term.md", SITE.addresses, OPEN.fields), base)
    same = read_back(Page(before, "terms/de/term.md", SITE.addresses, OPEN.fields), base)
    assert not [text for text in same.texts if text.changed], same


def merged(data: bytes) -> None:
    """Three versions of a page become one that reads, or nothing is guessed."""
    base, ours, theirs = (read(part, locale="de") for part in parts(data, 3))
    if base is None or ours is None or theirs is None:
        return

    def again(found: bytes) -> object:
        file = read(found, locale="de")
        if file is None:
            raise BadFile("x", "x")
        return file

    made = merge_pages(Pages(base, ours, theirs), OPEN.fields, again)  # type: ignore[arg-type]  # never None
    if made is not None:
        file = read(made, locale="de")
        assert file is not None
        left_out(Pages(base, ours, theirs), file)
    one_side = merge_pages(Pages(base, base, theirs), OPEN.fields, again)  # type: ignore[arg-type]  # never None
    if one_side is not None:
        found = read(one_side, locale="de")
        assert found is not None
        assert [s.source for s in found.segments] == [s.source for s in theirs.segments]
