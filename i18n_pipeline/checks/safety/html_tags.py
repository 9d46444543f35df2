"""Safety: HTML in a translation is the source's, attribute for attribute, and closed as there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted, rest_of
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark, Token, opaque_ranges
from i18n_pipeline.model import Severity

_TAG = expression(r"<!--(?:(?!<!--|-->).)*-->|</?[A-Za-z][^<>]*>|<[!?][^<>]*>", re.DOTALL)
_BEGIN = expression(r"<(?:/?[A-Za-z][A-Za-z0-9-]*|!|\?)")
_NAME = expression(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)")
_VOID = expression("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")


def _find(subject: Subject) -> Iterator[Finding]:
    if "<" not in subject.target and "<" not in subject.source:
        return
    markdown = subject.segment.markdown
    source = _tags(subject.source, subject.source_tokens, markdown=markdown)
    target = _tags(subject.target, subject.target_tokens, markdown=markdown)
    foreign = [tag for tag in dict.fromkeys(target) if tag not in source]
    yield from (Finding(f"{quoted(tag)} is not in the source") for tag in foreign)
    rest = _without_tags(subject.target, subject.target_tokens, markdown=markdown)
    for begin in dict.fromkeys(_BEGIN.findall(rest)):
        if begin not in subject.source:
            yield Finding(f"{quoted(begin)} begins a tag that is not in the source")
    if not foreign:
        yield from map(Finding, _unbalanced(source, target))


def _tags(text: str, tokens: Iterable[Token], *, markdown: bool) -> list[str]:
    """All tags; in a plain text also those between backticks, which mean nothing there."""
    if markdown:
        return [text[t.start : t.end] for t in tokens if t.mark is Mark.HTML]
    return _TAG.findall(text)


def _without_tags(text: str, tokens: Sequence[Token], *, markdown: bool) -> str:
    return rest_of(text, opaque_ranges(tokens)) if markdown else _TAG.sub(" ", text)


def _unbalanced(source: Sequence[str], target: Sequence[str]) -> Iterator[str]:
    for name, count in (_loose(target) - _loose(source)).items():
        what = "closes nothing" if name.startswith("</") else "is not closed"
        yield f"`{name}>` {what}" + (f" ({count} times)" if count > 1 else "")


def _loose(tags: Iterable[str]) -> Counter[str]:
    """The beginnings of tags that are not closed, and of those that close nothing."""
    opened: list[str] = []
    waiting: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for name, closes in _paired(tags):
        if not closes:
            opened.append(name)
            waiting[name] += 1
        elif not waiting[name]:
            loose[f"</{name}"] += 1
        else:
            while (last := opened.pop()) != name:
                loose[f"<{last}"] += 1
                waiting[last] -= 1
            waiting[name] -= 1
    loose.update(f"<{name}" for name in opened)
    return loose


def _paired(tags: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The names of tags that come in pairs, and whether they close."""
    for tag in tags:
        found = _NAME.match(tag)
        if found and not tag.endswith("/>") and not _VOID.fullmatch(found["name"].lower()):
            yield found["name"].lower(), bool(found["close"])


HTML = Rule(
    "html",
    Severity.ERROR,
    safety=True,
    find=_find,
    purpose="an HTML tag or comment that the source does not have, or that is closed otherwise",
)
