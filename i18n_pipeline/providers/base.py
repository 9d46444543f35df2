"""What a provider is: the protocol every engine follows and the values that pass through it.

Texts travel protected (placeholders.py): escaped XML text with `<x id="1"/>` for what stands alone
and `<g id="2">words</g>` around words. An engine translates the words, moves the tags with them
and gives back as many texts as it was given, in their order.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol
from xml.sax.saxutils import unescape

Terms = tuple[tuple[str, str], ...]
"""Required terminology: pairs of source and target term, sorted."""

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Request:
    """Texts to translate into one locale, in one go.

    `source` and `target` are locale tags as the project spells them, `texts` protected texts.
    `context` are words about the term; engines read them and do not bill them. `glossary` is the
    required terminology of the whole locale, not only of these texts.
    """

    source: str
    target: str
    texts: tuple[str, ...]
    context: str = ""
    glossary: Terms = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gave back: a text for each text asked, "" where it has none.

    `billed` are characters as the engine counts them, `shares` the same for each text where the
    engine says so. `unanswered` counts earlier tries of this request that went out and got no
    answer: each may have been billed too. `notices` are words for people about what the engine
    could not do for this request (a language without glossary, say).
    """

    texts: tuple[str, ...]
    billed: int
    model: str = ""
    trace: str = ""
    shares: tuple[int, ...] = ()
    unanswered: int = 0
    notices: tuple[str, ...] = ()

    def billed_for(self, position: int) -> int:
        """Characters of one text. They add up to `billed`, also where only the sum is known."""
        if self.shares:
            return self.shares[position]
        even, rest = divmod(self.billed, len(self.texts))
        return even + (position < rest)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one request may hold: texts, and bytes as they go over the wire."""

    texts: int
    bytes: int


class Provider(Protocol):
    """An engine that translates."""

    @property
    def name(self) -> str:
        """The word in `i18n.toml` and after `--provider`: `deepl`."""

    @property
    def label(self) -> str:
        """The name as people read it: `DeepL`."""

    @property
    def translates(self) -> bool:
        """False where it never gives a text, so that there is no use in asking."""

    @property
    def limits(self) -> Limits:
        """The most one request may hold."""

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates this pair of locales. Asked before anything is spent."""

    def wire_size(self, request: Request) -> int:
        """Bytes of the request as they go over the wire."""

    def translate(self, request: Request) -> Answer:
        """The translations of a request within the limits.

        Raises NotAuthorised, QuotaExceeded, RateLimited, ProviderUnavailable, and RequestRefused
        where the texts themselves are not accepted. A request without texts costs nothing.
        """


@dataclass(frozen=True, slots=True)
class Waiting:
    """Time and chance for whoever retries: sleep and clock in seconds, chance in [0, 1)."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Settings:
    """What a provider may know of the project.

    `glossaries` holds the terminology of each target locale, as far as it is known when the run
    begins; a request's own goes before it.
    """

    project: str = ""
    glossaries: Mapping[str, Terms] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Waiting = field(default_factory=Waiting)


def characters(text: str) -> int:
    """Code points of a protected text that engines bill: its words without the tags."""
    return len(unescape(_TAG.sub("", text)))
