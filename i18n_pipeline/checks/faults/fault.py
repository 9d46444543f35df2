"""What a known fault is: a name, the rules that must report it, and how it is put into a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from i18n_pipeline.checks.rule import HIDDEN, Subject
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import LETTER, Mark, Span, Token
from i18n_pipeline.model import Kind
from i18n_pipeline.values import dataclass, field

LABELS = frozenset(
    {Kind.NAME, Kind.HEADING, Kind.CELL, Kind.VOCABULARY, Kind.DEFINITION_TITLE, Kind.LINK_TITLE}
)
"""Kinds of a few words that are no sentence."""

_SPACELESS = frozenset({"ja", "zh", "yue"})
_BLANK = expression(r"\s")


@dataclass(frozen=True)
class Sound:
    """A text that people stand for, to put faults into.

    `elsewhere` holds what people made of the same source in other locales.
    """

    subject: Subject
    elsewhere: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.subject.source

    @property
    def target(self) -> str:
        """The translation as it is."""
        return self.subject.target

    @cached_property
    def tongue(self) -> str:
        """The language of the translation."""
        return language(self.subject.locale)

    @property
    def gap(self) -> str:
        """What stands between two sentences in this language."""
        return "" if self.tongue in _SPACELESS else " "

    @property
    def is_list(self) -> bool:
        """Whether it holds keywords, which most rules do not judge."""
        return self.subject.segment.kind is Kind.LIST

    @property
    def is_label(self) -> bool:
        """Whether it is a few words and no sentence."""
        return self.subject.segment.kind in LABELS

    def tokens(self, *marks: Mark) -> Iterator[Token]:
        """The tokens of the translation under these marks, outer ones first."""
        return (token for token in self.subject.target_tokens if token.mark in marks)

    def changed(self, span: Span, words: str) -> str:
        """The translation with other words in a range."""
        return f"{self.target[: span[0]]}{words}{self.target[span[1] :]}"

    @cached_property
    def middle(self) -> int:
        """Where its words can be parted, nearest to the middle: a blank, or between two letters.

        -1 where there is no such place outside code, addresses and tags.
        """
        half = len(self.target) // 2
        places = sorted(self._places(), key=lambda at: (abs(at - half), at))
        return places[0] if places else -1

    def _places(self) -> Iterator[int]:
        prose = self.subject.target_prose
        for at in range(1, len(prose) - 1):
            before, here = prose[at - 1], prose[at]
            if HIDDEN in (before, here, prose[at + 1]) or not LETTER.match(before):
                continue
            if _BLANK.match(here) if self.gap else LETTER.match(here):
                yield at


Put = Callable[[Sound], Iterable[str]]
"""Damaged translations of a text, one for each place where the fault is possible; none if none."""


@dataclass(frozen=True)
class Fault:
    """A known fault, and the rules that report it: the first one must, the others may as well."""

    name: str
    checks: tuple[str, ...]
    put: Put
