"""What a provider is: the protocol every engine follows and the values that pass through it.

Texts travel protected (placeholders.py): escaped XML text with `<x id="1"/>` for what stands alone
and `<g id="2">words</g>` around words. An engine translates the words, moves the tags with them
and gives back as many texts as it was given, in their order.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol
from xml.sax.saxutils import unescape

from i18n_pipeline.config import Providers
from i18n_pipeline.expressions import expression
from i18n_pipeline.placeholders import Form
from i18n_pipeline.values import dataclass, field

Terms = tuple[tuple[str, str], ...]
"""Required terminology: pairs of source and target term, sorted."""

_TAG = expression(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Style:
    """How the target speaks: `formality` is "formal", "informal" or "", the rest are words."""

    formality: str = ""
    instructions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "; ".join(filter(None, (self.formality, *self.instructions)))


@dataclass(frozen=True, slots=True)
class Hint:
    """What an engine that reads may know about one text.

    `kind` are words for what it is ("heading"), `terms` the required terminology that occurs in
    it, `previous` the earlier source and its translation, protected, where the source was edited.
    """

    kind: str = ""
    terms: Terms = ()
    previous: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Request:
    """Texts to translate into one locale, in one go.

    `source` and `target` are locale tags as the project spells them, `texts` protected texts.
    `context` are words about the term; engines read them and do not bill them. `glossary` is the
    required terminology of the whole locale, not only of these texts. `hints` are one for each
    text, or none at all.
    """

    source: str
    target: str
    texts: tuple[str, ...]
    context: str = ""
    glossary: Terms = ()
    style: Style = Style()
    hints: tuple[Hint, ...] = ()

    def part(self, first: int, last: int) -> Request:
        """The same request for the texts from `first` up to, but not with, `last`."""
        return Request(
            self.source,
            self.target,
            self.texts[first:last],
            self.context,
            self.glossary,
            self.style,
            self.hints[first:last],
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gave back: a text for each text asked, "" where it has none.

    `billed` are characters as the engine counts them (code points of the texts without tags,
    where it counts something else), `shares` the same for each text where the engine says so.
    `cost` is what it cost, in the currency of the configured prices, None where no price is
    known. `faults` says for each text why it has none, "" where it has one: left out by the
    engine, refused, cut off. `unanswered` counts earlier tries of this request that went out and
    got no answer: each may have been billed too. `notices` are words for people about what the
    engine could not do for this request (a language without glossary, say).
    """

    texts: tuple[str, ...]
    billed: int
    model: str = ""
    trace: str = ""
    shares: tuple[int, ...] = ()
    unanswered: int = 0
    notices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    cost: float | None = None

    def billed_for(self, position: int) -> int:
        """Characters of one text. They add up to `billed`, also where only the sum is known."""
        if self.shares:
            return self.shares[position]
        even, rest = divmod(self.billed, len(self.texts))
        return even + (position < rest)

    def fault_of(self, position: int) -> str:
        """Why a text has no translation; "" where it has one."""
        return self.faults[position] if self.faults else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one request may hold: texts, and bytes as they go over the wire.

    `parallel` requests may be under way at once.
    """

    texts: int
    bytes: int
    parallel: int = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request costs in the currency of the configured prices: likely, and at the most."""

    likely: float = 0.0
    most: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.likely + other.likely, self.most + other.most)


@dataclass(frozen=True, slots=True)
class Usage:
    """An account's allowance, in characters; `limit` is None where there is none."""

    spent: int
    limit: int | None


class Provider(Protocol):
    """An engine that translates. Inherit it, and what has a body here holds until you say more."""

    @property
    def name(self) -> str:
        """The word in `i18n.toml` and after `--provider`: `deepl`, `openai:MODEL`."""

    @property
    def label(self) -> str:
        """The name as people read it: `DeepL`."""

    @property
    def limits(self) -> Limits:
        """The most one request may hold."""

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates this pair of locales. Asked before anything is spent.

        Raises NotAuthorised, ProviderUnavailable or UsageError where what it needs is not there.
        """

    def translate(self, request: Request) -> Answer:
        """The translations of a request within the limits.

        Raises NotAuthorised, QuotaExceeded, RateLimited, ProviderUnavailable (as Unanswered where
        the request went out and got no answer), and RequestRefused where the texts themselves are
        not accepted. A request without texts costs nothing.
        """

    @property
    def translates(self) -> bool:
        """False where it never gives a text, so that there is no use in asking."""
        return True

    @property
    def forms(self) -> tuple[Form, ...]:
        """How texts may be put to it, best first; the next is tried where an answer is no good."""
        return (Form.TAGS, Form.SPLIT)

    @property
    def reads_context(self) -> bool:
        """Whether it reads `Request.context`; where not, texts of all terms travel together."""
        return False

    def keeps_terms(self, source: str, target: str) -> bool:  # noqa: ARG002 - for those who do
        """Whether it is told the glossary and follows it; terms are protected where it is not."""
        return False

    def wire_size(self, request: Request) -> int:
        """Bytes of the request as they go over the wire."""
        return sum(len(text.encode("utf-8", "surrogatepass")) for text in request.texts)

    def cost(self, request: Request) -> Cost | None:  # noqa: ARG002 - for those who cost something
        """What the request would cost; None where that is not known."""
        return Cost()

    def usage(self) -> Usage | None:
        """What the account has spent and may spend; None where it cannot be asked.

        Raises what `translate` raises.
        """
        return None

    def close(self) -> None:
        """Give back what was opened: the run is over."""
        return


@dataclass(frozen=True, slots=True)
class Waiting:
    """Time and chance for whoever retries: sleep and clock in seconds, chance in [0, 1)."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Settings:
    """What a provider may know of the project, and of what it is wanted for.

    `model` is what stands after the colon of its name. `options` are the tables of `i18n.toml`.
    `folder` is the project's, for what is named relative to it. `jobs` are the most requests at
    once, 0 for as many as the provider thinks fit. `offline`: it will only be asked what it would
    do, so it needs no key, no server and no library. `glossaries` holds the terminology of each
    target locale, as far as it is known when the run begins; a request's own goes before it.
    """

    project: str = ""
    glossaries: Mapping[str, Terms] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Waiting = field(default_factory=Waiting)
    model: str = ""
    options: Providers = field(default_factory=Providers)
    folder: str = "."
    jobs: int = 0
    offline: bool = False


def characters(text: str) -> int:
    """Code points of a protected text that engines bill: its words without the tags."""
    words = _TAG.sub("", text) if "<" in text else text
    return len(unescape(words) if "&" in words else words)
