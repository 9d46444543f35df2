"""Build: reviewed units become a locale's term files, spliced into the file that exists.

A file built for the first time is the source's bytes with the texts put in (fresh.py). A file
that exists is changed only where it no longer says what the units say: its own values, order,
line breaks and front-matter style stay (front_merge.py, splice.py, correct.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, read_body
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Kind, LockEntry, digest
from i18n_pipeline.stages.chunks import chunks_of
from i18n_pipeline.stages.correct import (
    body_corrections,
    field_corrections,
    patches,
    segment_hashes,
)
from i18n_pipeline.stages.extras import extra_changes
from i18n_pipeline.stages.fresh import check_sources, fresh_file
from i18n_pipeline.stages.front_base import base_of
from i18n_pipeline.stages.front_merge import FrontMerge, Sides
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.splice import adapted, splice
from i18n_pipeline.stages.term import Term


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
        return Built(fresh.data, entry_of(term, site, fresh.data, made))
    target, entry = existing
    lists = frozenset(
        str(slot.path[0])
        for slot, text in zip(term.file.fields, local.fields, strict=True)
        if slot.segment.kind is Kind.LIST and text is not None
    )
    sides = Sides(term.file, fresh, target, entry)
    merge = FrontMerge(sides, site, lists=lists, drafts=local.drafts, extras=local.extras)
    body = _body(term, target.body, fresh.body, site)
    if type(target.front) is not type(fresh.front):
        _refuse_loss(merge, target)
        data = fresh.render([], [(0, len(fresh.body.data), body)])
        return Built(data, entry_of(term, site, data, made))
    data = target.render(merge.changes, [(0, len(target.body.data), body)])
    unplaced = tuple(n for n, slot in enumerate(term.file.fields) if slot.path in merge.unplaced)
    made = "" if unplaced else made
    return Built(data, entry_of(term, site, data, made), merge.kept, unplaced)


def entry_of(term: Term, site: Site, data: bytes, made: str = "") -> LockEntry:
    """What the lock remembers of a file that says what its source says, `made` from these texts."""
    base = base_of(term.file, site)
    return LockEntry(
        slug=term.slug,
        source=term.hash,
        built=digest(data),
        copied=base.copied,
        links=base.links,
        segments=segment_hashes(slot.segment.source for slot in term.file.body.slots),
        texts=made,
    )


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


def _body(term: Term, existing: Body, fresh: Body, site: Site) -> bytes:
    """The existing body changed where it has to be.

    One whose own layout cannot hold the texts (a list that would swallow its neighbour) is
    written anew.
    """
    data = splice(existing, fresh)
    if _says_the_same(read_body(data, site.rules.extensions), fresh):
        return data
    data = adapted(existing, fresh.data)
    expected = [slot.segment.source for slot in fresh.slots]
    check_sources(term, expected, read_body(data, site.rules.extensions))
    return data


def _says_the_same(body: Body, fresh: Body) -> bool:
    """Whether two bodies have the same blocks with the same texts, and link alike."""
    return _said(body) == _said(fresh)


def _said(body: Body) -> tuple[object, ...]:
    blocks = [chunk.content for chunk in chunks_of(body)]
    return blocks, [body.data[start:end] for start, end in body.addresses]


def correct(local: Localized, existing: tuple[TermFile, LockEntry]) -> Built:
    """A stale file with the reviewed texts (None where there is none) spliced into it.

    Raises BadFile where the result would not read back as those texts.
    """
    target, entry = existing
    term, site = local.term, local.site
    count = len(term.file.fields)
    changes, unplaced = field_corrections(term.file, local.fields, target)
    changes += extra_changes(local.extras, term.file, target)
    segments = term.file.segments[count:]
    said, lost = body_corrections(target.body, entry.segments, segments, local.body)
    body_patches = list(patches(target.body, said))
    data = target.render(changes, body_patches)
    body = target.body.render(body_patches)
    now = [said.get(at, slot.segment.source) for at, slot in enumerate(target.body.slots)]
    check_sources(term, now, read_body(body, site.rules.extensions))
    unplaced += [count + at for at in lost]
    texts_hash = entry.texts if data == target.data else ""
    entry = replace(entry, built=digest(data), pending="", texts=texts_hash)
    return Built(data, entry, unplaced=tuple(unplaced))
