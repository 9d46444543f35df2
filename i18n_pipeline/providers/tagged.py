"""Protected texts taken apart and put together again, for engines that know no XML; pure.

Words are read here as people read them, without escapes. What an engine gives back comes here as
parts that know their pairs of tags, and is written only where every pair is whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, unescape

from i18n_pipeline.errors import RequestRefused
from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass, replace

_TAG = expression(r'<(?P<slash>/?)(?P<name>[xg])(?:\s+id="(?P<id>\d{1,6})")?\s*(?P<alone>/?)>')
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Part:
    """Words, or something `lone` that stands for itself: a tag, a pair around nothing.

    `pairs` are the numbers of the pairs it stands in, outermost first.
    """

    text: str
    lone: bool = False
    pairs: tuple[str, ...] = ()


class Lost(Exception):
    """What is wrong with an engine's text; becomes the fault of that text."""


def take_apart(text: str) -> tuple[Part, ...]:
    """The parts of a protected text. Raises RequestRefused where it is not well-formed."""
    parts: list[Part] = []
    stack: list[str] = []
    seen: set[str] = set()
    position = 0
    for tag in _TAG.finditer(text):
        _add_words(parts, text[position : tag.start()], stack)
        position = tag.end()
        number = tag["id"] or ""
        if tag["slash"]:
            _close(tag["name"], parts, stack)
            continue
        if not number or number in seen or (tag["name"] == "x") != bool(tag["alone"]):
            raise _malformed(tag.group())
        seen.add(number)
        if tag["alone"]:
            parts.append(Part(tag.group(), lone=True, pairs=tuple(stack)))
        else:
            stack.append(number)
            parts.append(Part("", pairs=tuple(stack)))
    _add_words(parts, text[position:], stack)
    if stack:
        raise _malformed(f'<g id="{stack[-1]}">')
    return tuple(part for part in parts if part.text)


def _add_words(parts: list[Part], words: str, stack: Sequence[str]) -> None:
    if "<" in words:
        raise _malformed(words.strip())
    if words:
        parts.append(Part(unescape(words, _ENTITIES), pairs=tuple(stack)))


def _close(name: str, parts: list[Part], stack: list[str]) -> None:
    if name != "g" or not stack:
        raise _malformed(f"</{name}>")
    number = stack.pop()
    last = parts[-1]
    if not last.text and last.pairs == (*stack, number):
        parts[-1] = Part(f'<g id="{number}"></g>', lone=True, pairs=tuple(stack))


def _malformed(at: str) -> RequestRefused:
    return RequestRefused(f"a text is not well-formed at {at[:40]!r}")


def put_together(parts: Iterable[Part]) -> str:
    """The protected text of parts; every pair's parts have to stand side by side."""
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for part in (*parts, Part("")):
        common = _common(opened, part.pairs)
        out += ["</g>"] * (len(opened) - common)
        out += [f'<g id="{number}">' for number in part.pairs[common:]]
        out.append(part.text if part.lone else escape(part.text))
        opened = part.pairs
    return "".join(out)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def enclosing(parts: Iterable[Part]) -> Mapping[str, tuple[str, ...]]:
    """Each pair of a text with all pairs around it and itself, outermost first."""
    return {
        number: part.pairs[: depth + 1] for part in parts for depth, number in enumerate(part.pairs)
    }


def regroup(found: Sequence[Part], chains: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """Parts in an engine's order, each pair drawn around all between its first and last part.

    `chains` are the pairs as the source has them (`enclosing`). Raises Lost where a pair has no
    part any more, or two cross.
    """
    spans = {number: _span(number, found) for number in chains}
    return tuple(
        replace(part, pairs=_chain_at(position, spans, chains))
        for position, part in enumerate(found)
    )


def _span(number: str, found: Sequence[Part]) -> range:
    places = [position for position, part in enumerate(found) if number in part.pairs]
    if not places:
        raise Lost(f"placeholder {number} is missing")
    return range(places[0], places[-1] + 1)


def _chain_at(
    position: int, spans: Mapping[str, range], chains: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The pairs over a place, which have to be one of the source's chains."""
    here = {number for number, span in spans.items() if position in span}
    chain = max((chains[number] for number in here), key=len, default=())
    if here != set(chain):
        raise Lost(f"placeholders {' and '.join(sorted(here, key=int))} cross")
    return chain
