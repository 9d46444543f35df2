"""Quality: a longer text is in the locale's language and no other of the same script.

Both are recognised by their function words. Only words of one of the two decide between them, so
languages as close as Danish and Norwegian stay undecided, and nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from i18n_pipeline import locales
from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.checks.writing.function_words import is_known, languages_of
from i18n_pipeline.checks.writing.sentences import without_quotations
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Severity

_LEAST_LETTERS = 40
_LEAST_HITS, _LEAST_DISTINCT, _LEAST_SHARE, _MARGIN = 3, 3, 0.15, 5
"""Of the other language's words, and how many of them outweigh one of the locale's own."""

_MARKED = expression("⟦[^⟦⟧]*⟧")
"""What is marked as not translated."""

_WORD = expression(r"[^\W\d_]+")
_NAME = expression(r"(?=(?<!\w)([A-Z][\w'’-]*(?: [\w'’-]+){0,4} [A-Z][\w'’-]*))")
"""From each capital word to the last one of the next five: `State of the Art Report`."""


def _find(subject: Subject) -> Iterator[Finding]:
    own = _profile(subject.locale)
    if subject.target == subject.source or not is_known(own):
        return
    prose = subject.target_prose
    if len(prose) < _LEAST_LETTERS:
        return
    words = _words(prose if prose.isascii() else normalize("NFC", prose))
    other = _other(words, own) if sum(map(len, words)) >= _LEAST_LETTERS else ""
    if other and _other(_without_names(subject), own) == other:
        yield Finding(_message(other, subject.locale))


def _profile(locale: str) -> str:
    language = scripts.language(locale)
    return "nb" if language == "no" else language


def _words(text: str) -> list[str]:
    """The words as they are written, but for the first of a text."""
    words = _WORD.findall(text)
    return [words[0].lower(), *words[1:]] if words else []


def _without_names(subject: Subject) -> list[str]:
    """The words of the target but for quotations, and names in several words of the source."""
    text = without_quotations(_MARKED.sub(" ", subject.target_prose))
    for name in _names(subject.source):
        # at the beginning of a sentence a capital word may not belong to the name behind it
        text = text.replace(name, " ").replace(name.partition(" ")[2], " ")
    return _words(normalize("NFC", text))


def _names(text: str) -> list[str]:
    """Names in several words, those joined that share a word."""
    spans: list[Span] = []
    for start, end in (found.span(1) for found in _NAME.finditer(text)):
        if spans and start < spans[-1][1]:
            first, last = spans.pop()
            spans.append((first, max(last, end)))
        else:
            spans.append((start, end))
    return [text[start:end] for start, end in spans]


def _other(words: list[str], own: str) -> str:
    """The language that the words are clearly in instead; "" where it is not clear."""
    known = languages_of()
    hits = Counter(word for word in words if word in known)
    total: Counter[str] = Counter()
    for word, count in hits.items():
        total.update(dict.fromkeys(known[word], count))
    for language, count in total.most_common(3):
        if language == own or count < max(_LEAST_HITS, _LEAST_SHARE * len(words)):
            break
        if _outweighs(hits, language, own):
            return language
    return ""


def _outweighs(hits: Mapping[str, int], other: str, own: str) -> bool:
    """Whether of the words that only one of two languages has nearly all are the other's."""
    known = languages_of()
    theirs = {w: n for w, n in hits.items() if other in known[w] and own not in known[w]}
    distinct = [word for word in theirs if len(word) > 1]  # single letters are variables, too
    ours = sum(n for w, n in hits.items() if own in known[w] and other not in known[w])
    count = sum(theirs.values())
    return len(distinct) >= _LEAST_DISTINCT and count >= max(_LEAST_HITS, _MARGIN * ours)


def _message(other: str, locale: str) -> str:
    said, wanted = locales.english_name(other), locales.english_name(locale)
    return f"the text reads as {said}: write it in {wanted}"


LANGUAGE = Rule(
    "language",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose=(
        "a text of 40 letters or more that its function words show to be in another language "
        "of the same script; 23 languages are known, and nothing is said where two are close"
    ),
)
