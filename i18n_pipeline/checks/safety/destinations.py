"""Safety: a translation leads nowhere that its source does not lead to, unless it is allowed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from html import unescape
from unicodedata import normalize

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.links import Addresses, scripted
from i18n_pipeline.markdown import LINKED, TRAILING, Mark, Span, Token, inline_tokens
from i18n_pipeline.model import Severity
from i18n_pipeline.values import dataclass

_SILENT = frozenset({Mark.CODE, Mark.HTML, Mark.TEMPLATE, Mark.MATH})
_ADDRESS = expression(r"(?:(?:https?|ftps?)://|www\.)[^\s<>\"'`]+", re.IGNORECASE)
_SCRIPT = expression(
    r"(?:(?:javascript|vbscript):(?=[!-~])|data:[a-z]+/[a-z])[^\s<>\"'`]*", re.IGNORECASE
)
_NEXT = expression(r"(?<=[^\x00-\x7f])(?=https?://|www\.)")
_MAIL = expression(
    r"(?P<before>[^\x00-\x7f]*)(?P<core>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?P<after>[^\x00-\x7f]*)",
    re.ASCII,
)
_ASCII = expression(r"[\x00-\x7f]+")
_LEADS_ON = expression(r"[.。@:/\\%?#&=](?!\Z)")


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a text leads; `bare` ones stand in the text, and the text may run on from them."""

    text: str
    bare: bool = False
    image: bool = False


def _find(subject: Subject) -> Iterator[Finding]:
    targets = dict.fromkeys(_addresses(subject, subject.target, subject.target_tokens))
    if not targets:
        return
    sources = list(_addresses(subject, subject.source, subject.source_tokens))
    linked = _forms(subject.addresses, sources)
    shown = _forms(subject.addresses, (one for one in sources if one.image))
    for address in targets:
        # Whoever opens the page loads an image: what the source only links must not become one.
        known = shown if address.image else linked
        forms = (address.text, subject.addresses.canonical(address.text))
        if forms[1] in known or any(map(subject.addresses.allowed, forms)):
            continue
        if address.bare and _runs_on(address.text, known):
            continue
        if not address.image and _is_a_term(address.text, subject.addresses):
            continue
        yield Finding(_message(address), _place(subject.target, address.text))


def _place(text: str, address: str) -> Span | None:
    start = text.find(address)
    return (start, start + len(address)) if start >= 0 else None


def _is_a_term(address: str, addresses: Addresses) -> bool:
    """Whether it is the bare address of a known term: translators may link their own glossary."""
    return "?" not in address and addresses.slug_of(address) is not None


def _forms(addresses: Addresses, found: Iterable[_Address]) -> frozenset[str]:
    texts = {one.text for one in found}
    return frozenset(texts | {addresses.canonical(text) for text in texts})


def _message(address: _Address) -> str:
    text = quoted(address.text)
    if scheme := scripted(address.text):
        return f"{text} runs code: `{scheme}` must not be linked"
    if address.image:
        return f"{text} is neither an image of the source nor allowed by `[links] allow`"
    return f"{text} is neither in the source nor allowed by `[links] allow`"


def _addresses(subject: Subject, text: str, tokens: Sequence[Token]) -> Iterator[_Address]:
    """Where a text leads. A plain text is read as Markdown too: whatever shows it may do so."""
    if not subject.segment.markdown and "](" in text:
        yield from _linked(text, inline_tokens(text))
    yield from _linked(text, tokens)
    shown = _shown(text, tokens, markdown=subject.segment.markdown)
    for pattern in (_ADDRESS, _SCRIPT) if ":" in shown or "www" in shown.lower() else ():
        for found in pattern.finditer(shown):
            yield from _bare(found.group())


def _linked(text: str, tokens: Iterable[Token]) -> Iterator[_Address]:
    for token in tokens:
        if token.mark is Mark.AUTOLINK and not text.startswith("<", token.start):
            yield from _bare(token.destination)
        elif token.mark in LINKED:
            yield _Address(token.destination, image=token.mark is Mark.IMAGE)


def _bare(run: str) -> Iterator[_Address]:
    """The addresses in a run of characters without a space."""
    for address in _NEXT.split(run):
        yield _Address(_mail(address.rstrip(TRAILING)), bare=True)


def _mail(address: str) -> str:
    """A mail address without the words of a spaceless script that touch it."""
    found = _MAIL.fullmatch(address)
    return found["core"] if found else address


def _shown(text: str, tokens: Iterable[Token], *, markdown: bool) -> str:
    """The words as a reader sees them, without what the tokens already account for.

    In a plain text nothing is: whatever shows it may know nothing of code spans.
    """
    parts: list[str] = []
    position = 0
    for start, end, words in sorted(_replaced(text, tokens, markdown=markdown)):
        if start >= position:
            parts += [text[position:start], words]
            position = end
    return "".join(parts) + text[position:]


def _replaced(
    text: str, tokens: Iterable[Token], *, markdown: bool
) -> Iterator[tuple[int, int, str]]:
    for token in tokens:
        if token.mark is Mark.ESCAPE:
            yield token.start, token.end, text[token.start + 1 : token.end]
        elif token.mark is Mark.ENTITY:
            yield token.start, token.end, unescape(text[token.start : token.end])
        elif token.mark is Mark.AUTOLINK or (markdown and token.mark in _SILENT):
            yield token.start, token.end, " "
        elif token.inner is not None and token.mark in LINKED:
            yield token.inner[1], token.end, " "


def _runs_on(address: str, known: Container[str]) -> bool:
    """Whether an address is a known one with words after it that are written without spaces.

    A dot or slash among those, in whatever width, could lead elsewhere.
    """
    head = _ASCII.match(address)
    core = head.group().rstrip(TRAILING) if head else ""
    tail = address[len(core) :]
    if core not in known or tail.isascii():
        return False
    return not _LEADS_ON.search(normalize("NFKC", tail).rstrip("."))


DESTINATIONS = Rule(
    "destinations",
    Severity.ERROR,
    safety=True,
    find=_find,
    purpose=(
        "a link, image or address that the source does not have, no slug of the glossary "
        "leads to, and `[links] allow` does not name"
    ),
)
