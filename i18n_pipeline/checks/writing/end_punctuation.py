"""Quality: a text ends like its source: with a full stop, a question, a colon, or with no mark.

Each language has its own form of a mark. Where a language may leave it out, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical, is_pseudo, language
from i18n_pipeline.markdown import LETTER, Mark, Token
from i18n_pipeline.model import Edit, Kind, Severity
from i18n_pipeline.values import dataclass

_STOP, _QUESTION, _EXCLAMATION, _COLON, _ELLIPSIS = "full stop", "question mark", "!", ":", "…"
_MARKS = {
    **dict.fromkeys(".。．｡।॥።։۔។။།", _STOP),
    **dict.fromkeys("?？؟⸮\u037e፧", _QUESTION),
    **dict.fromkeys("!！", _EXCLAMATION),
    **dict.fromkeys(":：", _COLON),
    **dict.fromkeys("…⋯", _ELLIPSIS),
}
_NAMES = {
    _STOP: "a full stop",
    _QUESTION: "a question mark",
    _EXCLAMATION: "an exclamation mark",
    _COLON: "a colon",
    _ELLIPSIS: "an ellipsis",
}
_FORMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {_STOP: ".", _QUESTION: "?", _EXCLAMATION: "!", _COLON: ":", _ELLIPSIS: "…"},
        "ja": {_STOP: "。", _QUESTION: "？", _EXCLAMATION: "！", _COLON: "：", _ELLIPSIS: "…"},
        "zh": {_STOP: "。", _QUESTION: "？", _EXCLAMATION: "！", _COLON: "：", _ELLIPSIS: "……"},
        "yue": {_STOP: "。", _QUESTION: "？", _EXCLAMATION: "！", _COLON: "：", _ELLIPSIS: "……"},
        "fr": {_QUESTION: "\u202f?", _EXCLAMATION: "\u202f!", _COLON: "\u00a0:"},
        "fr-CA": {_QUESTION: "?", _EXCLAMATION: "!", _COLON: "\u00a0:"},
        "el": {_QUESTION: ";"},
        "ar": {_QUESTION: "؟"},
        "fa": {_QUESTION: "؟"},
        "ckb": {_QUESTION: "؟"},
        "ps": {_QUESTION: "؟", _STOP: "۔"},
        "ur": {_QUESTION: "؟", _STOP: "۔"},
        "sd": {_QUESTION: "؟", _STOP: "۔"},
        "hi": {_STOP: "।"},
        "mr": {_STOP: "."},
        "bn": {_STOP: "।"},
        "as": {_STOP: "।"},
        "or": {_STOP: "।"},
        "pa": {_STOP: "।"},
        "ne": {_STOP: "।"},
        "am": {_STOP: "።", _QUESTION: "?"},
        "ti": {_STOP: "።"},
        "hy": {_STOP: "։"},
        "km": {_STOP: "។"},
        "my": {_STOP: "။"},
    }
)
"""Marks by language, as CLDR's exemplar punctuation has them; what is not said is as in ""."""

_UNMARKED = frozenset({"th", "lo", "bo", "dz", "hy", "am", "ti", "km", "my"})
"""Languages that end a sentence with a space, or put their question mark inside the word."""

_IDEOGRAPHIC = frozenset({"ja", "zh", "yue"})
_INTRODUCED = frozenset({"ja", "zh", "yue", "ko"})
"""Languages that introduce a list by a whole sentence: 次のとおりです。"""

_SHORTEST_SENTENCE = 40
_LABELS = frozenset({Kind.NAME, Kind.HEADING, Kind.VOCABULARY, Kind.DEFINITION_TITLE})
_FRAGMENTS = frozenset({Kind.ITEM, Kind.CELL, Kind.TEXT, Kind.DEFINITION, Kind.LINK_TITLE})
"""Kinds that are as often a noun with its modifiers as a sentence."""

_CLOSING = frozenset("\"'”’»›“‘)]}）］｝」』〉》】〕\\*_~")
_ENDS_A_QUOTE = frozenset("」』）”》")
_BRACKETS = frozenset(")）]］")
_SKIPPED = (Mark.FOOTNOTE, Mark.HTML, Mark.BREAK)
_ABBREVIATION = expression(
    r"(?:\b(?:etc|e\.g|i\.e|al|inc|ltd|co|corp|vs|approx|no|vol|fig|dr|mr|ms|jr|sr|st)"
    r"|\b[^\W\d_]\.[^\W\d_]|\b[A-Z])\.\Z",
    re.IGNORECASE,
)
_ASKED = expression(
    r"(?:か|[何誰]|ど[うのこれち]|いくつ|いつ|なぜ|吗|嗎|呢|什么|谁|까|나요)[^。.？?]*[。.]\Z"
)
_OPENED = {_QUESTION: "¿", _EXCLAMATION: "¡"}


@dataclass(frozen=True, slots=True)
class _End:
    """How a text ends: the mark ("" for none), its range, and whether something closes after it."""

    mark: str
    start: int
    end: int
    closed: bool


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST or is_pseudo(subject.locale):
        return
    source, target = subject.source, subject.target
    if source[-1:] == target[-1:] or not LETTER.search(target):
        return
    wanted = _end(source, subject.source_tokens, subject.source_locale)
    found = _end(target, subject.target_tokens, subject.locale)
    if wanted.mark == found.mark or _may_differ(subject, wanted, found):
        return
    if _is_bracketed(source, wanted) != _is_bracketed(target, found):
        return
    yield _finding(subject, wanted, found)


def _end(text: str, tokens: Sequence[Token], locale: str) -> _End:
    last = _last(text, tokens)
    mark = _MARKS.get(text[last - 1 : last], "")
    if text[last - 1 : last] == ";" and language(locale) == "el":
        mark = _QUESTION
    start = last
    while mark and start and _MARKS.get(text[start - 1]) == mark:
        start -= 1
    if mark == _STOP and last - start >= 3:
        mark = _ELLIPSIS
    return _End(mark, start if mark else last, last, closed=last < len(text.rstrip()))


def _last(text: str, tokens: Sequence[Token]) -> int:
    """Where the words of a text end: before what only closes, and before footnotes and tags."""
    closers = _closers(tokens) if tokens else {}
    at = len(text)
    while at:
        if at in closers:
            at = closers[at]
        elif text[at - 1].isspace() or text[at - 1] in _CLOSING:
            at -= 1
        else:
            break
    return at


def _closers(tokens: Sequence[Token]) -> dict[int, int]:
    """Ranges at whose end nothing is said yet, by their ends."""
    found = {token.end: token.start for token in tokens if token.mark in _SKIPPED}
    found |= {token.end: token.inner[1] for token in tokens if token.inner is not None}
    return {end: start for end, start in found.items() if start < end}


def _may_differ(subject: Subject, wanted: _End, found: _End) -> bool:
    """Whether usage allows it, or the source's last dot is no full stop."""
    tongue, kind = language(subject.locale), subject.segment.kind
    marks = {wanted.mark, found.mark}
    if tongue in _UNMARKED or _is_abbreviated(subject, wanted, found):
        return True
    if not wanted.mark:
        return found.mark != _COLON and (kind not in _LABELS or found.mark != _STOP)
    if not found.mark:
        return _may_be_unmarked(subject, found)
    if marks <= {_STOP, _EXCLAMATION, _ELLIPSIS}:
        return True
    if _COLON in marks:
        return tongue in _INTRODUCED and marks == {_STOP, _COLON}
    # いくらか。 asks without a mark
    return bool(_ASKED.search(subject.target[: found.end]))


def _is_bracketed(text: str, end: _End) -> bool:
    """Whether the last words stand in brackets: the sentence may end before or behind them."""
    around = text[end.start - 1 : end.start] + text[end.end : end.end + 1]
    return not _BRACKETS.isdisjoint(around)


def _is_abbreviated(subject: Subject, wanted: _End, found: _End) -> bool:
    ends = ((subject.source, wanted), (subject.target, found))
    return any(one.mark == _STOP and _ABBREVIATION.search(text[: one.end]) for text, one in ends)


def _may_be_unmarked(subject: Subject, found: _End) -> bool:
    kind, ideographic = subject.segment.kind, language(subject.locale) in _IDEOGRAPHIC
    if ideographic and (kind in _FRAGMENTS or kind in _LABELS):
        return True
    # 「…」 ends a quoted sentence by itself; a short text may be no sentence, but a greeting
    quotes = subject.target[found.end : found.end + 1] in _ENDS_A_QUOTE
    return (found.closed and quotes and ideographic) or len(subject.source) < _SHORTEST_SENTENCE


def _finding(subject: Subject, wanted: _End, found: _End) -> Finding:
    target = subject.target
    if not wanted.mark:
        at = (found.start, found.end)
        text = f"ends with {quoted(target[slice(*at)])}, and the source with no mark; leave it out"
        return Finding(text, at, Edit(*at, ""))
    form = _forms(subject.locale)[wanted.mark]
    start, end = (found.start, found.end) if found.mark else _place(target, wanted, found)
    opening = _OPENED.get(wanted.mark, "")
    if language(subject.locale) == "es" and opening and opening not in target:
        form = f"{opening}…{form}"
        return Finding(_message(wanted, form), _shown(start, end))
    start -= len(target[:start]) - len(target[:start].rstrip())
    return Finding(_message(wanted, form), _shown(start, end), Edit(start, end, form))


def _place(target: str, wanted: _End, found: _End) -> tuple[int, int]:
    """Where a missing mark belongs: inside what closes, or behind it, as in the source."""
    at = found.end if wanted.closed else len(target.rstrip())
    return at, at


def _shown(start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if start < end else None


def _message(wanted: _End, form: str) -> str:
    return f"ends without {_NAMES[wanted.mark]}, and the source with one; write {quoted(form)}"


@lru_cache(maxsize=64)
def _forms(locale: str) -> Mapping[str, str]:
    tag = canonical(locale)
    return {**_FORMS[""], **_FORMS.get(language(tag), {}), **_FORMS.get(tag, {})}


END_PUNCTUATION = Rule(
    "end-punctuation",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "a last full stop, question mark, colon and so on that the source has and the "
        "translation has not, or the reverse, in each language's own form"
    ),
)
