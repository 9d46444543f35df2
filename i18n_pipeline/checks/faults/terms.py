"""Faults of terminology: a term called otherwise, a rendering that is refused, a name changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.glossary import Entry, Glossary, Status


def _called_otherwise(sound: Sound) -> Iterator[str]:
    """Each term whose rendering stands in the text, called by the rendering of another one."""
    for glossary, entries in _terms(sound):
        accepted = [entry for entry in entries if entry.accepted]
        spellings = list(glossary.spellings(accepted, beside=sound.subject.unit.slug))
        other = _other_rendering(glossary, sound, spellings)
        if other and accepted:
            yield from _replaced(sound, spellings, other)


def _refused(sound: Sound) -> Iterator[str]:
    """Each term that has a refused rendering, called by it."""
    for _, entries in _terms(sound):
        spellings = [form for entry in entries if entry.accepted for form in entry.spellings]
        for entry in entries:
            if entry.status is Status.DEPRECATED:
                yield from _replaced(sound, spellings, entry.target)


def _terms(sound: Sound) -> Iterator[tuple[Glossary, tuple[Entry, ...]]]:
    glossary = sound.subject.glossary
    if glossary is None or sound.is_list:
        return
    places = glossary.found(sound.source, sound.subject.source_tokens)
    for entries in dict.fromkeys(one.entries for one in places if one.entries):
        yield glossary, entries


def _other_rendering(glossary: Glossary, sound: Sound, spellings: Iterable[str]) -> str:
    """A rendering of a term that the source does not use, which shares no word with this one."""
    known = {entry.source for entry in glossary.occurring(sound.source, ())}
    words = {word for form in spellings for word in _words(form)}
    for entry in glossary.entries:
        if entry.accepted and entry.source not in known and not words & _words(entry.target):
            return entry.target
    return ""


def _words(text: str) -> set[str]:
    """Its words, or its letters where it is written without spaces."""
    return set(re.findall(r"[\x00-\x7f\u00c0-\u052f]{2,}|[^\W\d_]", text.casefold()))


def _replaced(sound: Sound, spellings: Iterable[str], other: str) -> Iterator[str]:
    """The text with a word in place of all spellings of another, outside code and addresses."""
    longest = sorted(set(spellings), key=lambda one: (-len(one), one))
    pattern = re.compile("|".join(map(re.escape, longest)) or "(?!)", re.IGNORECASE)
    places = [m.span() for m in pattern.finditer(sound.subject.target_prose)]
    if not places:
        return
    text = sound.target
    for start, end in reversed(places):
        text = text[:start] + other + text[end:]
    yield text


def _name_changed(sound: Sound) -> Iterator[str]:
    """Each name to keep, in other letters everywhere."""
    subject = sound.subject
    if subject.glossary is None or sound.is_list:
        return
    spans = subject.glossary.kept_spans(subject.source, subject.source_tokens)
    for name in dict.fromkeys(subject.source[start:end] for start, end in spans):
        if name in subject.target_prose and HIDDEN not in name:
            yield sound.target.replace(name, name.swapcase())


TERMS = (
    Fault("term called otherwise", ("terminology",), _called_otherwise),
    Fault("rendering that is refused", ("terminology",), _refused),
    Fault("name to keep changed", ("kept-names",), _name_changed),
)
