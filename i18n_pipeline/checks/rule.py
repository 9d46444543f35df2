"""What a check is made of: the subject it looks at, and the rule that finds something in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from i18n_pipeline.config import Style
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import Mark, Span, Token, word_ranges
from i18n_pipeline.model import Edit, Segment, Severity, Unit
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.values import dataclass, field

HIDDEN = "\ufffc"
"""Stands in prose, as often as needed, where a reader sees no words: code, addresses, tags."""

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
    source_locale: str = "en"
    style: Style = field(default_factory=Style)

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

    @cached_property
    def source_prose(self) -> str:
        """The source with all but its words as `HIDDEN`; each character at its own place."""
        return _prose(self.source, self.source_tokens)

    @cached_property
    def target_prose(self) -> str:
        """The target with all but its words as `HIDDEN`; each character at its own place."""
        return _prose(self.target, self.target_tokens)

    @property
    def is_plain(self) -> bool:
        """Whether both texts are words and punctuation alone. Raises BadFile like the tokens."""
        return not (self.source_tokens or self.target_tokens)

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


def _prose(text: str, tokens: Sequence[Token]) -> str:
    if not tokens:
        return text
    parts: list[str] = []
    position = 0
    for start, end in word_ranges(text, tokens):
        parts += [HIDDEN * (start - position), text[start:end]]
        position = end
    return "".join(parts) + HIDDEN * (len(text) - position)


@dataclass(frozen=True, slots=True)
class Finding:
    """One case of what a rule looks for.

    `at` is the range of the target that shows it, where one does; `edit` mends it, where that is
    mechanical: it never needs to know what the words mean.
    """

    message: str
    at: Span | None = None
    edit: Edit | None = None


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with a translation; `find` yields a finding for each case.

    A `safety` rule keeps any text out of built files, a person's too. `purpose` says what it looks
    for, in the words of docs/reference/checks.md; what `reads_glossary` finds depends on it too.
    """

    code: str
    severity: Severity
    safety: bool
    find: Callable[[Subject], Iterable[Finding]]
    purpose: str
    reads_glossary: bool = False


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
