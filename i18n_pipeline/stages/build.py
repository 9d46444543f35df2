"""Build: reviewed units become a locale's term files, spliced into the file that exists.

A file built for the first time is the source's bytes with the texts put in (fresh.py). A file
that exists is changed only where it no longer says what the units say: its own values, order,
line breaks and front-matter style stay (front_merge.py, splice.py, correct.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, read_body
from i18n_pipeline.formats.front_matter import Value, changed
from i18n_pipeline.formats.term_file import TermFile, read_term
from i18n_pipeline.model import Kind, LockEntry, digest
from i18n_pipeline.stages.chunks import chunks_of
from i18n_pipeline.stages.correct import field_corrections, segment_hashes
from i18n_pipeline.stages.extras import extra_changes
from i18n_pipeline.stages.fields import fields_of, own_vocabulary, without_keys
from i18n_pipeline.stages.fresh import check_sources, fresh_file
from i18n_pipeline.stages.front_base import base_of
from i18n_pipeline.stages.front_merge import FrontMerge, Sides
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import Block, Layout, with_blocks
from i18n_pipeline.stages.single import corrected_fields, single_texts
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.splice import adapted, splice, written_in
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class Built:
    """A term's file as it should be, its lock entry, and what was left as a person had it.

    `kept` are front-matter fields whose value a person put there; `unplaced` are positions of
    texts that the file has no safe place for.
    """

    data: bytes
    entry: LockEntry
    kept: tuple[str, ...] = ()
    unplaced: tuple[int, ...] = ()


def is_up_to_date(local: Localized, entry: LockEntry) -> bool:
    """Whether the file that the lock knows is, by hashes alone, what `build` would make again."""
    if entry.pending or entry.source != local.term.hash:
        return False
    return entry.texts == local.fingerprint


def build(local: Localized, existing: tuple[TermFile, LockEntry] | None = None) -> Built:
    """The file of a term whose required segments all have a text (in source form).

    Raises BadFile where the result would not read back as those texts, and where the file that
    exists holds values which the source's kind of front matter has no place for.
    """
    term, site = local.term, local.site
    fresh, made = fresh_file(local), local.fingerprint
    if existing is None:
        blocks = written_in(Layout.of_source(fresh.body, _sources(term)))
        whole = _Made(fresh.body.data, blocks)
        return Built(fresh.data, _entry(local, fresh.data, fresh.values, whole, made))
    target, entry = existing
    lists = frozenset(
        str(slot.path[0])
        for slot, text in zip(term.file.fields, local.fields, strict=True)
        if slot.segment.kind is Kind.LIST and text is not None
    )
    sides = Sides(term.file, fresh, target, entry)
    merge = FrontMerge(sides, site, lists=lists, drafts=local.drafts, extras=local.extras)
    body = _body(local, target.body, fresh.body, entry)
    if type(target.front) is not type(fresh.front):
        _refuse_loss(merge, target)
        data = fresh.render([], [(0, len(fresh.body.data), body.data)])
        return Built(data, _entry(local, data, fresh.values, body, made))
    data = target.render(merge.changes, [(0, len(target.body.data), body.data)])
    values = changed(target.values, merge.changes)
    unplaced = [n for n, slot in enumerate(term.file.fields) if slot.path in merge.unplaced]
    unplaced += [len(term.segments) - len(fresh.body.slots) + at for at in body.unplaced]
    made = "" if unplaced else made
    own = own_vocabulary(term.file, target, entry)
    entry = _entry(local, data, values, body, made)
    entry = replace(entry, fields=without_keys(entry.fields, own))
    return Built(data, entry, merge.kept, tuple(unplaced))


@dataclass(frozen=True)
class _Made:
    """A body as it will stand in the file, and what is to be remembered of it."""

    data: bytes
    blocks: tuple[Block, ...]
    omitted: tuple[str, ...] = ()
    unplaced: tuple[int, ...] = ()


def entry_of(term: Term, site: Site, data: bytes, made: str = "") -> LockEntry:
    """What the lock remembers of a file that says what its source says, `made` from these texts."""
    file = read_term(data, site.rules, term.slug, site.locale)
    base = base_of(term.file, site)
    entry = LockEntry(
        slug=term.slug,
        source=term.hash,
        built=digest(data),
        copied=base.copied,
        links=base.links,
        segments=_sources(term),
        fields=fields_of(term, file.values, site.rules.extensions),
        texts=made,
    )
    if len(entry.segments) != len(file.body.slots):
        return entry
    return with_blocks(entry, written_in(Layout.of_source(file.body, entry.segments)))


def _entry(
    local: Localized, data: bytes, values: Mapping[str, Value], body: _Made, made: str
) -> LockEntry:
    """The same for a file whose body was made just now."""
    term, site = local.term, local.site
    base = base_of(term.file, site)
    entry = LockEntry(
        slug=term.slug,
        source=term.hash,
        built=digest(data),
        copied=base.copied,
        links=base.links,
        fields=fields_of(term, values, site.rules.extensions),
        texts=made,
    )
    return with_blocks(entry, body.blocks, body.omitted)


def _sources(term: Term) -> tuple[str, ...]:
    return segment_hashes(slot.segment.source for slot in term.file.body.slots)


def _refuse_loss(merge: FrontMerge, target: TermFile) -> None:
    """Front matter of another kind is replaced, but not what a person put into it."""
    lost = merge.lost_with_the_front if target.front else []
    if lost:
        raise BadFile(
            "front-matter-kinds",
            f"source and target have front matter of different kinds, and {', '.join(lost)} "
            "would be lost",
            mend="use YAML (---) or TOML (+++) in both",
            line=1,
        )


def _body(local: Localized, existing: Body, fresh: Body, entry: LockEntry) -> _Made:
    """The existing body changed where it has to be.

    One whose own layout cannot hold the texts (a list that would swallow its neighbour) is
    written anew; but not one that a person made up otherwise: it gets single texts only.
    """
    term, extensions = local.term, local.site.rules.extensions
    old, new = Layout.of_file(existing, entry), Layout.of_source(fresh, _sources(term))
    spliced = splice(old, new, entry.omitted)
    body = read_body(spliced.data, extensions)
    chunks = tuple(chunks_of(body))
    deviates = old.deviates or bool(spliced.omitted)
    links_alike = deviates or _addresses(body) == _addresses(fresh)
    if [chunk.content for chunk in chunks] == list(spliced.contents) and links_alike:
        blocks = written_in(Layout(body, chunks, spliced.blocks))
        return _Made(spliced.data, blocks, spliced.omitted, spliced.unplaced)
    if deviates:
        single = single_texts(local, old, entry)
        return _Made(single.data, single.blocks, entry.omitted, single.unplaced)
    data = adapted(existing, fresh.data)
    body = read_body(data, extensions)
    check_sources(term, [slot.segment.source for slot in fresh.slots], body)
    return _Made(data, written_in(Layout.of_source(body, _sources(term))))


def _addresses(body: Body) -> list[bytes]:
    return [body.data[start:end] for start, end in body.addresses]


def correct(local: Localized, existing: tuple[TermFile, LockEntry]) -> Built:
    """A stale file with the reviewed texts (None where there is none) spliced into it.

    Raises BadFile where the result would not read back as those texts.
    """
    target, entry = existing
    term, old = local.term, Layout.of_file(target.body, entry)
    own = own_vocabulary(term.file, target, entry)
    changes, unplaced = field_corrections(term.file, local.fields, target, own)
    changes += extra_changes(local.extras, term.file, target)
    single = single_texts(local, old, entry, relink=False)
    data = target.render(changes, [(0, len(target.body.data), single.data)])
    unplaced += [len(term.segments) - len(local.body) + at for at in single.unplaced]
    fields = corrected_fields(local, changed(target.values, changes), entry)
    fields = without_keys(fields, own)
    made = entry.texts if data == target.data else ""
    entry = replace(entry, built=digest(data), pending="", texts=made, fields=fields)
    if any(old.sources):
        entry = with_blocks(entry, single.blocks, entry.omitted)
    return Built(data, entry, unplaced=tuple(unplaced))
