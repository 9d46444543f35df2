"""Quality: a translation is none where it repeats its source, as a whole or a sentence of it.

Names, code and what the glossary keeps may stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from i18n_pipeline.checks.rule import HIDDEN, Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Entry
from i18n_pipeline.locales import is_pseudo, language, script
from i18n_pipeline.markdown import Mark, Span
from i18n_pipeline.model import Kind, Severity

RUN = 5
"""Words in a row that two languages do not share by chance."""

_BEGINNING = 16
"""Characters that mostly show already that two texts differ."""

_PLAIN_IN_RUN = 3
_WORD = expression(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLAIN = expression(r"[^\W\d_]{2,}\Z")
_NOT_WORDS = expression(r"[\W_]+")
_QUOTED = expression(
    r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|‘[^’]*’|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"\n]*\""
    r"|\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕|〈[^〉]*〉|⟦[^⟧]*⟧"
)
LABELS = frozenset(
    {Kind.NAME, Kind.HEADING, Kind.CELL, Kind.VOCABULARY, Kind.DEFINITION_TITLE, Kind.LINK_TITLE}
)


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST or not is_foreign(subject.source_locale, subject.locale):
        return
    if is_same(subject.source, subject.target):
        yield from _whole(subject)
    else:
        yield from _part(subject)


@lru_cache(maxsize=256)
def is_foreign(source: str, target: str) -> bool:
    """Whether two locales are of different languages; a pseudo locale has none."""
    return not is_pseudo(target) and language(source) != language(target)


@lru_cache(maxsize=256)
def _same_script(source: str, target: str) -> bool:
    return script(source) == script(target)


def is_same(source: str, target: str) -> bool:
    """Whether two texts are one but for case, spaces and punctuation."""
    if 2 * len(target) < len(source) or 2 * len(source) < len(target):
        return False
    if source == target:
        return True
    ours, theirs = _letters(source[:_BEGINNING]), _letters(target[:_BEGINNING])
    alike = ours.startswith(theirs) or theirs.startswith(ours)
    return alike and _letters(source) == _letters(target)


def _letters(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()


def _whole(subject: Subject) -> Iterator[Finding]:
    """A target equal to its source, but for what may be equal: two languages share single words.

    Whole sentences are what `echo` looks for.
    """
    alike = _same_script(subject.source_locale, subject.locale)
    needed = 2 if alike or subject.segment.kind in LABELS else 1
    sentence = subject.segment.kind not in LABELS
    if sentence and is_sentence(subject.source_prose):
        return
    if len(plain_words(subject.source_prose, _kept(subject))) >= needed:
        yield Finding("is the same as the source: translate it", (0, len(subject.target)))


def is_sentence(prose: str) -> bool:
    """Whether a text has enough words that two languages do not share all of them."""
    return len(plain_words(prose)) >= RUN


def plain_words(prose: str, kept: Sequence[Span] = ()) -> list[str]:
    """Words in small letters that are no name and no part of one."""
    found = []
    for word in _WORD.finditer(prose):
        text = word.group()
        if not (text.islower() and _PLAIN.match(text)) or _within(word.span(), kept):
            continue
        if not _is_in_a_command(prose, word.span()):
            found.append(text)
    return found


def _is_in_a_command(prose: str, span: Span) -> bool:
    """Whether a word is a part of what a machine reads: an option, a path, a call."""
    before, after = prose[span[0] - 1 : span[0]], prose[span[1] : span[1] + 1]
    return bool(before and before in "-_/<|@$=\\#[") or bool(after and after in "_/=(|>@]\\")


def _within(span: Span, ranges: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)


def _kept(subject: Subject) -> list[Span]:
    """Where the source has names to keep, and terms that are called the same in the target."""
    glossary = subject.glossary
    if glossary is None:
        return []
    spans = list(glossary.kept_spans(subject.source, subject.source_tokens))
    small = subject.source.casefold()
    for entry in glossary.occurring(subject.source, subject.source_tokens):
        if _stays(entry):
            start = small.find(entry.source.casefold())
            spans.append((start, start + len(entry.source)))
    return spans


def _stays(entry: Entry) -> bool:
    return any(spelling.casefold() == entry.source.casefold() for spelling in entry.spellings)


def _part(subject: Subject) -> Iterator[Finding]:
    """The longest run of the source's words in a target, outside quotes, brackets and emphasis."""
    if not _may_share(subject):
        return
    source = _WORD.findall(subject.source_prose)
    runs = {_run(source, at) for at in range(len(source) - RUN + 1)}
    found = _spoken(subject)
    for at in range(len(found) - RUN + 1):
        if tuple(word.group().casefold() for word in found[at : at + RUN]) in runs:
            end = _end(found, at, runs)
            yield from _reported(subject, found[at:end])
            return


def _run(words: Sequence[str], at: int) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words[at : at + RUN])


def _may_share(subject: Subject) -> bool:
    """Whether the texts have the middle of a run in common: cheap, and mostly enough.

    Its first and last word may touch a mark, or a word of a script without spaces.
    """
    ours, theirs = subject.source.split(), subject.target.split()
    if len(set(ours).intersection(theirs)) < RUN - 2:
        return False
    return len(set(pairwise(ours)).intersection(pairwise(theirs))) >= RUN - 3


def _spoken(subject: Subject) -> list[re.Match[str]]:
    """The words of the target, without those that only quote."""
    prose = subject.target_prose
    for token in subject.target_tokens:
        if token.mark is Mark.EMPHASIS:
            prose = _blacked(prose, (token.start, token.end))
    prose = _QUOTED.sub(lambda part: HIDDEN * len(part.group()), prose)
    return list(_WORD.finditer(prose))


def _blacked(prose: str, span: Span) -> str:
    return prose[: span[0]] + HIDDEN * (span[1] - span[0]) + prose[span[1] :]


def _end(words: Sequence[re.Match[str]], at: int, runs: set[tuple[str, ...]]) -> int:
    """Where a run of the source's words that begins at a word ends."""
    end = at + RUN
    while end < len(words):
        following = tuple(word.group().casefold() for word in words[end - RUN + 1 : end + 1])
        if following not in runs:
            break
        end += 1
    return end


def _reported(subject: Subject, words: Sequence[re.Match[str]]) -> Iterator[Finding]:
    at = (words[0].start(), words[-1].end())
    text = subject.target[slice(*at)]
    kept = {subject.source[start:end] for start, end in _kept(subject)}
    plain = [word for word in words if word.group().islower() and word.group() not in kept]
    if len(plain) >= _PLAIN_IN_RUN and text.count(",") < len(words) - 1:
        yield Finding(f"{quoted(text)} is still the source's: translate it", at)


UNTRANSLATED = Rule(
    "untranslated",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "a few words that are the same as their source, or five words of it in a row; names, "
        "quotations and what the glossary keeps apart"
    ),
    reads_glossary=True,
)
