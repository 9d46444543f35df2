"""What a check is made of: the subject it looks at, and the rule that finds something in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from i18n_pipeline.glossary import Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import Mark, Token
from i18n_pipeline.model import Segment, Severity, Unit
from i18n_pipeline.placeholders import tokens_of

_LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Subject:
    """A unit with what is needed to judge it. Both texts are in source form (links unlocalized)."""

    unit: Unit
    segment: Segment
    locale: str
    extensions: frozenset[str]
    addresses: Addresses
    glossary: Glossary | None = None

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.segment.source

    @property
    def target(self) -> str:
        """The translation to judge."""
        return self.unit.target

    @cached_property
    def source_tokens(self) -> tuple[Token, ...]:
        """Tokens of the source. Raises BadFile where the parser gives up."""
        return tokens_of(self.segment, self.source, self.extensions)

    @cached_property
    def target_tokens(self) -> tuple[Token, ...]:
        """Tokens of the target. Raises BadFile where the parser gives up."""
        return tokens_of(self.segment, self.target, self.extensions)

    def counts(self, *marks: Mark) -> tuple[Counter[str], Counter[str]]:
        """How often each text stands under these marks in the source, and in the target."""
        return (
            _counts(self.source, self.source_tokens, marks),
            _counts(self.target, self.target_tokens, marks),
        )


def _counts(text: str, tokens: Sequence[Token], marks: Sequence[Mark]) -> Counter[str]:
    if not tokens:
        return Counter()
    return Counter(text[token.start : token.end] for token in tokens if token.mark in marks)


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with a translation; `find` yields a message for each case.

    A `safety` rule keeps any text out of built files, a person's too.
    """

    code: str
    severity: Severity
    safety: bool
    find: Callable[[Subject], Iterable[str]]


def rest_of(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """A text with the ranges, in order of their beginnings, taken out: a space for each."""
    parts: list[str] = []
    position = 0
    for start, end in ranges:
        if start >= position:
            parts.append(text[position:start])
        position = max(position, end)
    return " ".join([*parts, text[position:]])


def quoted(text: str) -> str:
    """A piece of a text as a message shows it: in backticks, one line, not too long."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_QUOTE:
        line = line[:_LONGEST_QUOTE] + "…"
    return f"“{line}”" if "`" in line else f"`{line}`"


def differences(source: Counter[str], target: Counter[str]) -> Iterable[str]:
    """What is missing in the target, and what stands there more often than in the source."""
    for text, count in source.items():
        if text not in target:
            yield f"{quoted(text)} is missing"
        elif target[text] < count:
            yield f"{quoted(text)} is there {_times(target[text])}, in the source {_times(count)}"
    for text, count in target.items():
        if count > source[text]:
            yield f"{quoted(text)} is there {_times(count)}, in the source {_times(source[text])}"


def _times(count: int) -> str:
    return ("never", "once", "twice")[count] if count < 3 else f"{count} times"
