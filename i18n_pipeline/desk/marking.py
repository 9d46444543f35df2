"""What is marked in the two texts of a unit: terms, what must survive, where checks object.

Places are counted as browsers count: in UTF-16 units, two for a character beyond U+FFFF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.glossary import Entry, Glossary, Status
from i18n_pipeline.markdown import LINKED, Mark, Span, Token
from i18n_pipeline.model import QualityIssue, Segment
from i18n_pipeline.placeholders import tokens_of

Json = dict[str, object]

_WHOLE = frozenset({Mark.CODE, Mark.HTML, Mark.TEMPLATE, Mark.MATH, Mark.FOOTNOTE, Mark.AUTOLINK})
"""What a translation repeats letter by letter."""


def in_browser(text: str, at: int) -> int:
    """A place in a text as browsers count."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def tokens_in(segment: Segment, text: str, extensions: frozenset[str]) -> Sequence[Token]:
    """The tokens of a text; none where the parser gives up."""
    try:
        return tokens_of(segment, text, extensions)
    except BadFile:
        return ()


def terms_in(text: str, tokens: Sequence[Token], glossary: Glossary) -> list[Json]:
    """The terms and kept names of a source text, with their places and required renderings."""
    found: list[Json] = []
    for one in glossary.found(text, tokens):
        entries = one.entries
        place = _place(text, (one.start, one.end))
        found.append({**place, "keep": one.kept, "entries": list(map(_entry, entries))})
    return found


def _entry(entry: Entry) -> Json:
    return {
        "source": entry.source,
        "target": entry.target,
        "status": str(entry.status),
        "authority": str(entry.authority),
        "note": entry.note or entry.definition,
    }


def renderings_in(
    text: str, source: str, tokens: Sequence[Token], glossary: Glossary
) -> list[Json]:
    """Where a translation uses what the terms of its source are called, well or ill."""
    taken: list[Span] = []
    found: list[Json] = []
    for entry in sorted(glossary.occurring(source, tokens), key=lambda one: -len(one.target)):
        for start, end in _uses(text, entry):
            if all(end <= one or other <= start for one, other in taken):
                taken.append((start, end))
                refused = entry.status is Status.DEPRECATED
                found.append({**_place(text, (start, end)), "refused": refused, **_entry(entry)})
    return sorted(found, key=lambda one: str(one["start"]).zfill(9))


def _uses(text: str, entry: Entry) -> Iterator[Span]:
    spellings = sorted(filter(None, entry.spellings), key=lambda one: -len(one))
    if spellings:
        pattern = "|".join(map(re.escape, spellings))
        yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def survivors(text: str, tokens: Sequence[Token]) -> list[Json]:
    """What of a source a translation has to carry over as it is, with its place."""
    found: list[Json] = []
    for token in tokens:
        if token.mark in LINKED and token.at is not None:
            span = token.at
        elif token.mark in _WHOLE:
            span = (token.start, token.end)
        else:
            continue
        found.append({**_place(text, span), "what": str(token.mark), "text": text[slice(*span)]})
    return found


def issue_of(issue: QualityIssue) -> Json:
    """What a check found: in words, where, and the edit that mends it."""
    at = _place(issue.target, issue.at) if issue.at else None
    edit = issue.edit
    return {
        "check": issue.check,
        "severity": str(issue.severity),
        "safety": issue.safety,
        "message": issue.message,
        "at": at,
        "edit": edit and {**_place(issue.target, (edit.start, edit.end)), "text": edit.text},
    }


def _place(text: str, span: Span) -> Json:
    return {"start": in_browser(text, span[0]), "end": in_browser(text, span[1])}
