"""What could be added to a glossary, with the places that support it; a person decides.

The evidence is what people have reviewed: the words of their links, their keywords, and what
stands in a translation where the required rendering does not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary.entry import Entry
from i18n_pipeline.glossary.learning import Sighting
from i18n_pipeline.glossary.pieces import SPACELESS, pieces_of
from i18n_pipeline.glossary.rendering import Rendered, plain
from i18n_pipeline.glossary.stems import stemmer
from i18n_pipeline.glossary.termbase import Glossary
from i18n_pipeline.glossary.usage import Text, Use
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass

_LEAST = 2
"""How many term files have to bear witness for words that a term is linked by."""
_LEAST_LEFT = 3
"""How many, for words that only stand where the rendering does not, and have nothing of it."""
_SURE = 0.6
"""Of the texts that hold some words, the share in which they have to stand for the term."""
_ALIKE = 0.75
"""How alike a keyword and a name are that are one word, of 1."""
_LONGEST = 3
"""Words of the longest rendering looked for where nothing points at it."""
_RUN = expression("[\u30a1-\u30fa\u30fc]{2,}|[\u4e00-\u9fff\u3400-\u4dbf]{2,}")


class Why(StrEnum):
    """What supports a proposal."""

    LINKS = "links"
    KEYWORDS = "keywords"
    LEFT = "left standing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to add: a further form of `target`, or, where that is "", a new entry.

    `words` are the rendering proposed for `source`, `places` the contexts that support it.
    """

    source: str
    target: str
    words: str
    why: Why
    places: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """What proposals are drawn from: reviewed texts, links, lists of keywords, uses of terms."""

    glossary: Glossary
    locale: str
    texts: Sequence[Text] = ()
    links: Sequence[Sighting] = ()
    keywords: Sequence[Unit] = ()
    uses: Sequence[Use] = ()


def suggest(seen: Seen) -> tuple[Proposal, ...]:
    """All proposals, each rendering of a term once, the best supported first."""
    found: dict[tuple[str, str], Proposal] = {}
    for proposal in (*_from_links(seen), *_from_keywords(seen), *_left_standing(seen)):
        found.setdefault((plain(proposal.source), plain(proposal.words)), proposal)
    return tuple(sorted(found.values(), key=lambda one: (-len(one.places), one.source, one.words)))


def _from_links(seen: Seen) -> Iterator[Proposal]:
    """What links call a term: a form where the source names it, else an entry for that word."""
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for link in seen.links:
        named = seen.glossary.named(link)
        if named:
            entry = next((one for one in named if one.accepted), None)
            if entry and not _is_known(seen, named, link.words):
                places[entry.source, entry.target, link.words].append(link.unit.context)
        elif link.said and not seen.glossary.occurring(link.said, ()):
            places[link.said.casefold(), "", link.words.casefold()].append(link.unit.context)
    for (source, target, words), contexts in places.items():
        if target or len(set(contexts)) >= _LEAST:
            yield Proposal(source, target, words, Why.LINKS, tuple(dict.fromkeys(contexts)))


def _is_known(seen: Seen, entries: Iterable[Entry], words: str) -> bool:
    rendered = Rendered(words, seen.locale)
    return any(rendered.uses(form) for entry in entries for form in entry.spellings)


def _from_keywords(seen: Seen) -> Iterator[Proposal]:
    """Keywords that are a term's name, spelled a little otherwise."""
    by_slug: dict[str, list[Entry]] = defaultdict(list)
    for entry in seen.glossary.entries:
        if entry.accepted and entry.slug:
            by_slug[entry.slug].append(entry)
    for unit in seen.keywords:
        entries = by_slug.get(unit.slug, [])
        for entry in entries[:1]:
            for words in _kin(entry.target, unit.target.split("\n")):
                if not _is_known(seen, entries, words):
                    yield Proposal(entry.source, entry.target, words, Why.KEYWORDS, (unit.context,))


def _kin(name: str, keywords: Iterable[str]) -> Iterator[str]:
    for words in keywords:
        matcher = SequenceMatcher(None, plain(name), plain(words))
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            yield words


def _left_standing(seen: Seen) -> Iterator[Proposal]:
    """What stands in several translations of a term, and hardly anywhere else."""
    words_of = {text.unit.key: _candidates(text.words, seen.locale) for text in seen.texts}
    overall = Counter(key for found in words_of.values() for key in found)
    missing: dict[str, list[Use]] = defaultdict(list)
    for use in seen.uses:
        if not use.used and any(entry.accepted for entry in use.entries):
            missing[use.source].append(use)
    for uses in missing.values():
        texts = [(use.unit.slug, words_of.get(use.unit.key, {})) for use in uses]
        entry = next(one for one in uses[0].entries if one.accepted)
        best = _best(texts, overall, _stems_of(entry, seen.locale))
        if best:
            places = [u.unit.context for u in uses if best in words_of.get(u.unit.key, {})]
            words = next(found[best] for _, found in texts if best in found)
            yield Proposal(entry.source, entry.target, words, Why.LEFT, tuple(places))


def _best(
    texts: Sequence[tuple[str, Mapping[str, str]]], overall: Counter[str], kin: frozenset[str]
) -> str:
    """The candidate that most of the texts have and the fewest others, the longest of equals.

    `kin` are stems of the term: words that share one need fewer witnesses.
    """
    counts = Counter(key for _, found in texts for key in found)
    sure = [
        (count, len(key), key)
        for key, count in counts.items()
        if 2 * count >= len(texts)
        and len({slug for slug, found in texts if key in found}) >= _witnesses(key, kin)
        and count / overall[key] >= _SURE
    ]
    return max(sure, default=(0, 0, ""))[2]


def _witnesses(key: str, kin: frozenset[str]) -> int:
    return _LEAST if kin & {*key.split(" ")} else _LEAST_LEFT


def _stems_of(entry: Entry, locale: str) -> frozenset[str]:
    stem = stemmer(locale)
    texts = (entry.source, *entry.spellings)
    return frozenset(stem(piece.key.strip()) for text in texts for piece in pieces_of(text))


def _candidates(text: str, locale: str) -> Mapping[str, str]:
    """Runs of words that may be a rendering, by their stems: as they are written."""
    found = {run.group(): run.group() for run in _RUN.finditer(text)}
    stem = stemmer(locale)
    words = [p for p in pieces_of(text) if p.key.strip().isalpha() and not _is_spaceless(p.key)]
    for at in range(len(words)):
        for length in range(1, _LONGEST + 1):
            run = words[at : at + length]
            if len(run) == length and all(one.raw.startswith(" ") for one in run[1:]):
                key = " ".join(stem(one.key.strip()) for one in run)
                found.setdefault(key, text[run[0].start : run[-1].end])
    return found


def _is_spaceless(key: str) -> bool:
    return re.search(f"[{SPACELESS}]", key) is not None
