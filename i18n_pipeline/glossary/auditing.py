"""What is wrong with a termbase: its entries against each other, and against what people write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from i18n_pipeline.glossary.entry import Authority, Entry, Status
from i18n_pipeline.glossary.learning import Sighting
from i18n_pipeline.glossary.pieces import key_of, same_term
from i18n_pipeline.glossary.rendering import Rendered, plain
from i18n_pipeline.glossary.termbase import Glossary
from i18n_pipeline.glossary.usage import Use
from i18n_pipeline.values import dataclass

_FEW = 3
"""How many places are named with a finding."""


class Fault(StrEnum):
    """What can be wrong; a contradiction is an error, the rest a person should look at."""

    CONTRADICTION = "contradiction"
    CYCLE = "cycle"
    CASE = "case"
    UNUSED = "unused"
    SAME_TARGET = "same-target"
    RENDERINGS = "renderings"

    @property
    def is_error(self) -> bool:
        """Whether it cannot be meant."""
        return self in (Fault.CONTRADICTION, Fault.CYCLE)


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that is wrong, about the term `source`."""

    fault: Fault
    source: str
    message: str


@dataclass(frozen=True)
class Evidence:
    """What an audit goes by.

    `names` are the names of terms as translated, whatever the glossary file says; `keep` the
    names to keep, whatever has a rendering; `uses` and `links` are those of reviewed texts.
    """

    glossary: Glossary
    locale: str
    names: tuple[Entry, ...] = ()
    keep: tuple[str, ...] = ()
    uses: Sequence[Use] = ()
    links: Sequence[Sighting] = ()


def audit(evidence: Evidence) -> tuple[AuditFinding, ...]:
    """Everything that is wrong with a termbase, errors first, then by term."""
    found = [
        *_contradictions(evidence),
        *_cycles(evidence.glossary.entries),
        *_cases(evidence.glossary.entries),
        *_unused(evidence.uses),
        *_same_targets(evidence.glossary.entries),
        *_renderings(evidence),
    ]
    order = list(Fault)
    return tuple(sorted(found, key=lambda one: (order.index(one.fault), one.source, one.message)))


def _contradictions(evidence: Evidence) -> Iterator[AuditFinding]:
    listed = [e for e in evidence.glossary.entries if e.authority is Authority.LISTED]
    yield from _against_names(listed, evidence.names, evidence.locale)
    for entry in listed:
        if entry.accepted and entry.target != entry.source and entry.source in evidence.keep:
            message = f"is `{entry.target}` here, and a name to keep in every locale"
            yield AuditFinding(Fault.CONTRADICTION, entry.source, message)
    yield from _against_itself(listed)


def _against_names(
    listed: Iterable[Entry], names: Iterable[Entry], locale: str
) -> Iterator[AuditFinding]:
    """A term whose own page is called otherwise than the glossary wants."""
    accepted: dict[str, list[Entry]] = defaultdict(list)
    for entry in listed:
        if entry.accepted:
            accepted[key_of(entry.source)].append(entry)
    for name in names:
        entries = accepted.get(key_of(name.source), [])
        rendered = Rendered(name.target, locale)
        if entries and not any(rendered.uses(form) for e in entries for form in e.spellings):
            wanted = " or ".join(f"`{entry.target}`" for entry in entries)
            message = f"is {wanted} in the glossary, and its page is called `{name.target}`"
            yield AuditFinding(Fault.CONTRADICTION, name.source, message)


def _against_itself(listed: Iterable[Entry]) -> Iterator[AuditFinding]:
    """A rendering that one row accepts and another refuses."""
    accepted = {
        (key_of(e.source), e.pos, plain(f)) for e in listed if e.accepted for f in e.spellings
    }
    for entry in listed:
        if (
            not entry.accepted
            and (key_of(entry.source), entry.pos, plain(entry.target)) in accepted
        ):
            message = f"`{entry.target}` is both accepted and deprecated"
            yield AuditFinding(Fault.CONTRADICTION, entry.source, message)


def _cycles(entries: Iterable[Entry]) -> Iterator[AuditFinding]:
    """Terms whose rendering is another term, round to the first: whatever is written is wrong."""
    onward: dict[str, Entry] = {}
    for entry in entries:
        if entry.status is Status.PREFERRED and not same_term(entry.source, entry.target):
            onward.setdefault(key_of(entry.source), entry)
    told: set[str] = set()
    for first in onward:
        path = [first]
        while (following := key_of(onward[path[-1]].target)) in onward and following not in path:
            path.append(following)
        if following == first and first not in told:
            told.update(path)
            names = [onward[key].source for key in path]
            message = f"goes round in a circle: {' → '.join([*names, names[0]])}"
            yield AuditFinding(Fault.CYCLE, names[0], message)


def _cases(entries: Iterable[Entry]) -> Iterator[AuditFinding]:
    """Sources that differ in case alone, with different renderings, though case does not count."""
    by_key: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        if entry.status is Status.PREFERRED and not entry.case_sensitive:
            by_key[key_of(entry.source), entry.pos].setdefault(entry.source, entry)
    for spelled in by_key.values():
        if len({entry.target for entry in spelled.values()}) > 1:
            rest = ", ".join(f"`{e.source}` is `{e.target}`" for e in spelled.values())
            message = f"differs from another in case alone: {rest}"
            yield AuditFinding(Fault.CASE, next(iter(spelled)), message)


def _unused(uses: Sequence[Use]) -> Iterator[AuditFinding]:
    """Terms that reviewed texts have, and whose rendering none of them uses."""
    by_term: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if any(entry.accepted for entry in use.entries):
            by_term[use.source].append(use)
    for source, found in by_term.items():
        if not any(use.used for use in found):
            entry = next(one for one in found[0].entries if one.accepted)
            places = _places(list(dict.fromkeys(use.unit.context for use in found)))
            message = f"`{entry.target}` is never used for it: {places}"
            yield AuditFinding(Fault.UNUSED, source, message)


def _same_targets(entries: Iterable[Entry]) -> Iterator[AuditFinding]:
    """Different terms that readers of the translation cannot tell apart."""
    by_target: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        if entry.status is Status.PREFERRED:
            by_target[plain(entry.target)].setdefault(key_of(entry.source), entry)
    for found in by_target.values():
        first, *others = found.values()
        apart = [e for e in others if not _is_shorter(first, e)]
        if apart:
            names = ", ".join(f"`{entry.source}`" for entry in apart)
            message = f"`{first.target}` is the rendering of {names} too"
            yield AuditFinding(Fault.SAME_TARGET, first.source, message)


def _is_shorter(one: Entry, other: Entry) -> bool:
    """Whether two entries are one term: of one page, or a name with and without its brackets."""
    return bool(one.slug) and one.slug == other.slug


def _renderings(evidence: Evidence) -> Iterator[AuditFinding]:
    """What links call a term, with how often, where that is not one thing."""
    by_term: dict[str, Counter[str]] = defaultdict(Counter)
    for link in evidence.links:
        named = evidence.glossary.named(link)
        if named:
            by_term[named[0].source][_as_listed(link, named, evidence.locale)] += 1
    for source, counts in by_term.items():
        if len(counts) > 1:
            told = ", ".join(f"`{words}` {count}" for words, count in counts.most_common())
            yield AuditFinding(Fault.RENDERINGS, source, f"links say {told}")


def _as_listed(link: Sighting, entries: Iterable[Entry], locale: str) -> str:
    """The rendering that a link uses, its own words where it is none of the glossary's."""
    rendered = Rendered(link.words, locale)
    accepted = (entry for entry in entries if entry.accepted)
    used = (e.target for e in accepted if any(map(rendered.uses, e.spellings)))
    return next(used, link.words)


def _places(contexts: Sequence[str]) -> str:
    more = f" and {len(contexts) - _FEW} more" if len(contexts) > _FEW else ""
    return ", ".join(contexts[:_FEW]) + more
