"""Single texts put into a body whose making stays as it is: of a stale file, or a person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from i18n_pipeline.formats.body import Body, read_body
from i18n_pipeline.formats.front_matter import Value
from i18n_pipeline.model import LockEntry, Segment
from i18n_pipeline.stages.chunks import chunks_of
from i18n_pipeline.stages.correct import (
    Corrections,
    body_corrections,
    patches,
    segment_hashes,
)
from i18n_pipeline.stages.fields import fields_of, places_of, spelled, text_at
from i18n_pipeline.stages.fresh import check_sources
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import Block, Layout
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.splice import written_in
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class SingleTexts:
    """A body with single texts put in, and the positions of those without a certain place."""

    data: bytes
    blocks: tuple[Block, ...]
    unplaced: tuple[int, ...] = ()


def single_texts(
    local: Localized, old: Layout, entry: LockEntry, *, relink: bool = True
) -> SingleTexts:
    """A body with the term's texts in it where their place is certain (None: leave alone).

    Without `relink` a text that only leads elsewhere stays: pages of terms come and go.

    Raises BadFile where the result would not read back as those texts.
    """
    term, count = local.term, len(local.body)
    segments = term.segments[len(term.segments) - count :]
    same = (lambda address: address) if relink else local.site.addresses.canonical
    said, lost = body_corrections(old.body, old.sources, segments, local.body, same_address=same)
    data = old.body.render(patches(old.body, said))
    body = _checked(term, old.body, said, data)
    layout = Layout(body, tuple(chunks_of(body)), _corrected(old, said, segments))
    return SingleTexts(data, written_in(layout), tuple(_missing(term, lost, entry)))


def _missing(term: Term, lost: Sequence[int], entry: LockEntry) -> list[int]:
    """Texts without a place, but for those that a person left out."""
    if not entry.omitted:
        return list(lost)
    body = term.file.body
    sources = segment_hashes(slot.segment.source for slot in body.slots)
    left_out = Layout.of_source(body, sources).left_out(entry.omitted)
    return [at for at in lost if at not in left_out]


def _checked(term: Term, before: Body, said: Corrections, data: bytes) -> Body:
    """The body that was made by corrections. Raises BadFile where it does not read so."""
    now = [
        said[at].text if at in said else slot.segment.source for at, slot in enumerate(before.slots)
    ]
    body = read_body(data, before.extensions)
    check_sources(term, now, body)
    return body


def _corrected(layout: Layout, said: Corrections, segments: Sequence[Segment]) -> tuple[Block, ...]:
    """The blocks of a body once some of its texts translate the source as it is now."""
    blocks: list[Block] = []
    at = 0
    for block in layout.blocks:
        sources = [
            short(segments[said[n].segment].source) if n in said else source
            for n, source in enumerate(block.sources, at)
        ]
        blocks.append(replace(block, sources=tuple(sources)))
        at += len(sources)
    return tuple(blocks)


def corrected_fields(
    local: Localized, values: Mapping[str, Value], entry: LockEntry
) -> Mapping[str, tuple[str, str]]:
    """What is remembered of the fields: anew of those that say the text of the source as it is."""
    term = local.term
    texts = [*local.fields, *(local.extras.get(segment.field) for segment in term.extras)]
    now = fields_of(term, values, local.site.rules.extensions)
    renewed = {
        spelled(path): now[spelled(path)]
        for (path, _), text in zip(places_of(term), texts, strict=True)
        if text is not None and text_at(values, path) == text.rstrip("\n")
    }
    return MappingProxyType({**entry.fields, **renewed})
