"""Quality: what is bold, emphasized or struck in the source is so when the translation is read.

CommonMark closes `**「重要」**な点` nowhere: a mark between punctuation and a letter does not count
(commonmark-spec#650). So parsed counts are compared, and the way out is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.markdown import Mark, Token
from i18n_pipeline.model import Edit, Severity

_MARKS = {Mark.STRONG: ("**", "__"), Mark.EMPHASIS: ("*", "_"), Mark.STRIKE: ("~~", "~")}


def _find(subject: Subject) -> Iterator[Finding]:
    if not subject.segment.markdown or ("*" not in subject.target and not subject.source_tokens):
        return
    findings = list(_missing(subject))
    yield from findings
    # a translation may emphasise more than its source, and readers still see the asterisks
    if not findings and "*" in subject.target_prose and "*" not in subject.source_prose:
        yield from _unread(subject)


def _missing(subject: Subject) -> Iterator[Finding]:
    for mark, signs in _MARKS.items():
        wanted, found = _count(subject.source_tokens, mark), _count(subject.target_tokens, mark)
        if found < wanted:
            count = f"{mark}: {found} of {wanted} is"
            edit = _way_out(subject, signs)
            yield (
                _finding(f"{count} read as such", subject, edit)
                if edit
                else Finding(f"{count} there")
            )


def _unread(subject: Subject) -> Iterator[Finding]:
    edits = (_way_out(subject, [sign]) for sign in ("**", "*"))
    if edit := next(filter(None, edits), None):
        yield _finding("this is not read as emphasis", subject, edit)


def _count(tokens: Sequence[Token], mark: Mark) -> int:
    return sum(token.mark is mark for token in tokens)


def _way_out(subject: Subject, signs: Sequence[str]) -> Edit | None:
    """What mends marks that stand in the text and are not read as such; None without any."""
    for sign in signs:
        mark = re.escape(sign)
        pattern = rf"(?<![*_~]){mark}(?P<inner>[^*_~\n]+?){mark}(?![*_~])"
        if found := re.search(pattern, subject.target_prose):
            inner = subject.target[slice(*found.span("inner"))]
            return Edit(*found.span(), _moved_out(inner, sign))
    return None


def _finding(said: str, subject: Subject, edit: Edit) -> Finding:
    words = subject.target[edit.start : edit.end]
    message = f"{said}; write `{edit.text}` instead of `{words}`"
    return Finding(message, (edit.start, edit.end), edit)


def _moved_out(inner: str, sign: str) -> str:
    """The same with the punctuation at both ends outside the marks."""
    start, end = 0, len(inner)
    while start < end and _is_mark(inner[start]):
        start += 1
    while end > start and _is_mark(inner[end - 1]):
        end -= 1
    core = inner[start:end]
    return f"{inner[:start]}{sign}{core}{sign}{inner[end:]}" if core else inner


def _is_mark(character: str) -> bool:
    return category(character)[0] in "PSZ"


EMPHASIS = Rule(
    "emphasis",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose=(
        "bold, emphasised or struck text that is missing or not read as such: between "
        "Japanese letters, `**「重要」**な` stays two asterisks"
    ),
)
