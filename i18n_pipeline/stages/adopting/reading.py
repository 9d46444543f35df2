"""A locale's file, written by people, read into units of the source that it translates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.links import with_destinations
from i18n_pipeline.model import Key, Kind, Segment, Unit, context_of, place_of
from i18n_pipeline.origins import adopted
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.adopting.adopted import Adopted, LeftOver
from i18n_pipeline.stages.adopting.copies import COPY
from i18n_pipeline.stages.adopting.evidence import NO_EVIDENCE
from i18n_pipeline.stages.adopting.layout import blocks_of, left_out
from i18n_pipeline.stages.adopting.matching import Match, Reading, words_in
from i18n_pipeline.stages.adopting.revisions import Laid
from i18n_pipeline.stages.adopting.vocabulary import Use
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.values import dataclass, replace

_SENTENCE = 4
"""Words from which on a text that is its source's was not translated; fewer may be a name."""
_NAMED = frozenset({Kind.NAME, Kind.VOCABULARY, Kind.LIST, Kind.EXTRA})
_UNTRANSLATED = "still in the source language"


@dataclass(frozen=True, slots=True)
class _Found:
    """A text of the file (`here`) with the segment of the source that it translates.

    `said` is that segment as it was when the translation was written, `text` the translation in
    the source's form.
    """

    segment: Segment
    said: Segment
    here: Segment
    text: str
    doubts: tuple[str, ...] = ()
    placed: bool = False

    @property
    def is_copy(self) -> bool:
        """Whether it says what its source says."""
        return self.text == self.said.source

    @property
    def is_left(self) -> bool:
        """Whether it was not translated: it is a copy in more words than a name mostly has."""
        named = self.segment.kind in _NAMED or COPY not in self.doubts
        return self.is_copy and not named and len(self.text.split()) >= _SENTENCE


def read_units(laid: Laid, path: str, reading: Reading) -> Adopted:
    """The units of a locale's file at `path`, laid beside its source."""
    match = laid.match
    found = [*_fields(laid), *_body(laid, reading)]
    only_copied = all(one.is_copy for one in found)
    judged = () if only_copied else (_doubted(one, reading) for one in found)
    translated = [one for one in judged if not one.is_left]
    groups = _grouped(match.term.slug, translated)
    return Adopted(
        tuple(_unit(key, several, path) for key, several in groups.items()),
        {key: len(several) for key, several in groups.items()},
        tuple(_left(match, path, found, translated)),
        () if only_copied else tuple(_uses(match, path)),
        blocks_of(match, _standing(laid)),
        left_out(match),
    )


def _doubted(one: _Found, reading: Reading) -> _Found:
    """A copy with a doubt about it, unless it is a name that the locale does not translate."""
    if not one.is_copy or one.segment.kind is Kind.EXTRA:
        return one
    words = words_in(one.here, reading.site.rules.extensions)
    return one if reading.copies.are_names(words) else replace(one, doubts=(*one.doubts, COPY))


def _fields(laid: Laid) -> Iterator[_Found]:
    """The texts of the front matter, and of fields that only the locale has."""
    doubts = () if laid.match.judged.believed else (NO_EVIDENCE,)
    for segment, here in laid.match.fields():
        if segment.kind is Kind.VOCABULARY:
            continue
        yield _Found(segment, laid.said.get(segment, segment), here, here.source, doubts)
    values = {key.casefold(): value for key, value in laid.match.target.values.items()}
    for extra in laid.match.term.extras:
        value = values.get(extra.field.casefold())
        if isinstance(value, str) and value.strip():
            yield _Found(extra, extra, extra, value.rstrip("\n"))


def _uses(match: Match, path: str) -> Iterator[Use]:
    """The values of vocabularies, by field: those of the source, and those of the file."""
    sources, targets = _values(match.term.file), _values(match.target)
    for field, values in sources.items():
        there = targets.get(field, ())
        yield Use(
            path,
            field,
            tuple(one.source for one in values),
            tuple(one.source for one in there),
            match.judged.believed,
            tuple(match.target.line_of(one) for one in there),
        )


def _values(file: TermFile) -> Mapping[str, tuple[Segment, ...]]:
    found: defaultdict[str, list[Segment]] = defaultdict(list)
    for slot in file.fields:
        if slot.segment.kind is Kind.VOCABULARY:
            found[slot.segment.field].append(slot.segment)
    return {field: tuple(values) for field, values in found.items()}


def _body(laid: Laid, reading: Reading) -> Iterator[_Found]:
    match = laid.match
    sources, targets = match.term.file.body.slots, match.target.body.slots
    for pair in match.pairs:
        here, there = match.slots_of(pair)
        if here < 0 or there < 0:
            continue
        verdict = match.judged.verdicts[pair]
        segment, target = sources[here].segment, targets[there].segment
        said = laid.said.get(segment, segment)
        text = in_source_form(target, reading)
        yield _Found(segment, said, target, text, verdict.doubts, verdict.placed)


def in_source_form(segment: Segment, reading: Reading) -> str:
    """A text of the locale with the addresses of terms as the source has them.

    An address that a build would not turn back into what stands there is left as it is.
    """
    site = reading.site
    if not segment.markdown or not site.addresses.rewrite:
        return segment.source
    tokens = tokens_of(segment, segment.source, site.rules.extensions)

    def canonical(address: str) -> str:
        plain = site.addresses.canonical(address)
        back = site.addresses.localized(plain, site.available)
        return plain if back == address else address

    return with_destinations(segment.source, tokens, canonical)


def _grouped(slug: str, found: Sequence[_Found]) -> Mapping[Key, Sequence[_Found]]:
    """What becomes one unit: a text of the source, or where people differ, a place of it."""
    by_text: defaultdict[Key, list[_Found]] = defaultdict(list)
    for one in found:
        by_text[context_of(slug, one.said), one.said.source].append(one)
    groups: dict[Key, list[_Found]] = {}
    for (context, source), several in by_text.items():
        places = dict.fromkeys(place_of(one.segment) for one in several)
        if len(places) == 1 or len({one.text for one in several}) == 1:
            groups[context, source] = several
            continue
        for place in places:
            here = [one for one in several if place_of(one.segment) == place]
            groups[context + place, source] = here
    return groups


def _unit(key: Key, found: Sequence[_Found], path: str) -> Unit:
    """A unit with its first text; what people wrote in its other places waits beside it."""
    first, *others = found
    doubts = tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts))
    differ = any(one.text != first.text for one in others)
    placed = all(one.placed for one in found)
    origin = adopted(path, ", ".join(doubts), placed=placed and not doubts)
    unit = Unit(*key, first.text, reviewed=not doubts and not differ, origin=origin)
    for one in others:
        unit = park(unit, one.text, path)
    return unit


def _standing(laid: Laid) -> Mapping[int, str]:
    """The texts of the source that the file's texts translate, by the position of their slots."""
    match, said = laid.match, laid.said
    segments = [slot.segment for slot in match.term.file.body.slots]
    return {
        there: said.get(segments[here], segments[here]).source
        for here, there in map(match.slots_of, match.pairs)
        if here >= 0 and there >= 0
    }


def _left(
    match: Match, path: str, found: Sequence[_Found], translated: Sequence[_Found]
) -> Iterator[LeftOver]:
    done = {id(one.here) for one in translated} | {id(one.segment) for one in translated}
    copies = {id(one.here) for one in found} - done
    slug = match.term.slug
    for segment in _open(match.target, done):
        why = _UNTRANSLATED if id(segment) in copies else ""
        line = match.target.line_of(segment)
        yield LeftOver(slug, path, line, segment.kind, segment.source, why=why)
    for segment in _open(match.term.file, done):
        line, there = match.term.file.line_of(segment), match.term.path
        yield LeftOver(slug, there, line, segment.kind, segment.source, of_source=True)


def _open(file: TermFile, done: Collection[int]) -> Iterator[Segment]:
    """The texts of a file that are not done, without values of vocabularies."""
    for segment in file.segments:
        if segment.kind is not Kind.VOCABULARY and id(segment) not in done:
            yield segment
