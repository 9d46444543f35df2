"""The termbase of one locale: entries in order of authority, names to keep, what was learned."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.glossary.entry import Entry, Status
from i18n_pipeline.glossary.learning import Learned, Sighting
from i18n_pipeline.glossary.matching import Found, Matcher
from i18n_pipeline.glossary.pieces import key_of
from i18n_pipeline.glossary.rendering import holds, initials, readings
from i18n_pipeline.markdown import Span, Token
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass, replace

_SEVERAL = "\n"


@dataclass(frozen=True)
class Glossary:
    """Terminology of one locale; `source_locale` is that of the terms.

    Names to keep match only as they are written ("Go" is no "go").
    """

    entries: tuple[Entry, ...] = ()
    keep: tuple[str, ...] = ()
    source_locale: str = "en"
    learned: Learned = Learned()

    def found(self, text: str, tokens: Sequence[Token]) -> tuple[Found, ...]:
        """Where terms and names to keep stand in a source text; `tokens` are those of the text."""
        return self._matcher.found(text, tokens)

    def occurring(self, text: str, tokens: Sequence[Token]) -> tuple[Entry, ...]:
        """The entries of the terms in a text, in order of appearance, each once."""
        hits = (entry for found in self.found(text, tokens) for entry in found.entries)
        return tuple(dict.fromkeys(hits))

    def kept_spans(self, text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
        """Where names to keep stand in a text, unless they are a part of a longer term."""
        return tuple((one.start, one.end) for one in self.found(text, tokens) if one.kept)

    def renderings(self, text: str, tokens: Sequence[Token]) -> Mapping[Span, str]:
        """Where terms stand in a text that have a preferred target, and what that is."""
        places: dict[Span, str] = {}
        for one in self.found(text, tokens):
            preferred = (e.target for e in one.entries if e.status is Status.PREFERRED)
            target = next(preferred, "")
            if target:
                places[one.start, one.end] = target
        return places

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Source and preferred target for a provider's glossary, sorted; a source only once."""
        preferred: dict[str, str] = {}
        for entry in self.entries:
            if entry.status is Status.PREFERRED:
                preferred.setdefault(entry.source, entry.target)
        return tuple(sorted(preferred.items()))

    def named(self, link: Sighting) -> tuple[Entry, ...]:
        """The entries of the term that a link leads to, where the source's link names it."""
        found = self.occurring(link.said, ())
        return tuple(entry for entry in found if entry.slug == link.slug)

    def spellings(self, entries: Iterable[Entry], beside: str = "") -> Iterator[str]:
        """What a translation may call a term that has these entries, the required ones first.

        Then come the words of people's links to the term, but for those in the term file named
        by `beside`, and the abbreviations that its names give.
        """
        accepted = [entry for entry in entries if entry.accepted]
        for entry in accepted:
            yield from entry.spellings
        for entry in accepted:
            yield from self.learned.renderings(entry.slug, beside=beside) if entry.slug else ()
            yield from filter(None, (initials(entry.source), initials(entry.target)))

    @cached_property
    def evidence(self) -> tuple[tuple[str, str, str], ...]:
        """All of what was learned that a verdict may depend on: slug, words, in whose file.

        Where several files say the same it is no name of a file: each text finds another that does.
        What a term's entries say themselves need not be learned.
        """
        said = defaultdict[str, list[tuple[str, ...]]](list)
        for entry in self.entries:
            if entry.accepted and entry.slug:
                said[entry.slug].append(entry.spellings)
        return tuple(
            (slug, words, _SEVERAL if len(files) > 1 else min(files))
            for slug, forms in sorted(self.learned.by_slug.items())
            for words, files in forms.items()
            if not all(any(holds(words, one) for one in spellings) for spellings in said[slug])
        )

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of all that a verdict on terminology may depend on."""
        entries = [
            [*map(str, (e.source, e.target, e.status, e.pos, e.exact, e.slug)), e.forms]
            for e in self.entries
        ]
        told = [entries, self.keep, self.source_locale, self.evidence]
        return digest(json.dumps(told), 8)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.entries, self.keep, self.source_locale)


def merged(
    listed: Iterable[Entry],
    names: Iterable[Entry] = (),
    keep: Iterable[str] = (),
    source_locale: str = "en",
) -> Glossary:
    """One glossary of three sources; what comes first wins over what comes later.

    `listed` are the entries of the glossary file, `names` those of the terms' own names, `keep`
    names kept in every locale: one that has a rendering of its own here is not. A listed entry
    learns from the name of the term it stands for which term file that is, and in which sense.
    """
    named = [entry for name in names if name.target for entry in _readings(name)]
    keys = [key_of(entry.source) for entry in named]
    entries = _with_senses(listed, dict(zip(keys, named, strict=True)))
    rendered = {key_of(e.source): e.target for e in entries if e.accepted}
    for key, entry in zip(keys, named, strict=True):
        if key not in rendered:
            rendered[key] = entry.target
            entries.append(entry)
    kept = (name for name in keep if rendered.get(key_of(name), name) == name)
    return Glossary(tuple(entries), tuple(kept), source_locale)


def _with_senses(listed: Iterable[Entry], of_terms: Mapping[str, Entry]) -> list[Entry]:
    found: list[Entry] = []
    for entry in listed:
        term = of_terms.get(key_of(entry.source), entry)
        found.append(
            replace(entry, slug=term.slug, category=term.category, definition=term.definition)
        )
    return found


def _readings(name: Entry) -> Iterator[Entry]:
    """A name as texts use it: of `Continuous integration (CI)` both parts are names.

    With a bracket in the translation alone, texts use what stands before it. Words in brackets
    that are no abbreviation only say which sense is meant.
    """
    sources, targets = readings(name.source), readings(name.target)
    if len(sources) == len(targets):
        for source, target in zip(sources, targets, strict=True):
            if source not in sources[2:] or source.isupper():
                yield replace(name, source=source, target=target)
        return
    forms = tuple(dict.fromkeys((*name.forms, name.target, *targets[2:])))
    target = targets[1] if len(targets) > 1 else name.target
    for source in sources[:2]:
        yield replace(name, source=source, target=target, forms=forms)
