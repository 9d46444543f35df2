"""Pseudo translation, to see what a layout does to other languages before there is a translation.

`en-XA` is English with accents, a third longer and in brackets that show where a text was cut or
joined; `ar-XB` is English in Arabic letters, so that it runs from right to left. No control
characters are used: checks refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from types import MappingProxyType

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request, characters

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS = str.maketrans(_LATIN, "àƀçđéƒĝĥíĵķļɱñóþʠřšţúṽŵẋýžÀƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŘŠŢÚṼŴẊÝŽ")
_ARABIC = str.maketrans(_LATIN, "ابصدعفغهيجكلمنوبقرستوفوخيز" * 2)
_OUTSIDE_WORDS = expression(r"(<[^>]*>|&[^;<>&\s]*;)")
_EDGES = expression(r"(\s*)(.*?)(\s*)", re.DOTALL)
_LONGER = 0.35
_PADDING = " one two three four five six seven eight nine ten".translate(_ACCENTS)


def accented(text: str) -> str:
    """A protected text in `en-XA`: accents, over a third longer, in brackets."""
    before, inner, after = _parts(text)
    if not inner:
        return text
    more = "".join(islice(cycle(_PADDING), max(2, round(characters(inner) * _LONGER))))
    return f"{before}⟦{_in_words(inner, _ACCENTS)}{more.rstrip()}⟧{after}"


def arabic(text: str) -> str:
    """A protected text in `ar-XB`: the same words in Arabic letters."""
    return _in_words(text, _ARABIC)


def _parts(text: str) -> tuple[str, str, str]:
    match = _EDGES.fullmatch(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


def _in_words(text: str, letters: Mapping[int, int]) -> str:
    pieces = _OUTSIDE_WORDS.split(text)
    return "".join(
        piece if position % 2 else piece.translate(letters) for position, piece in enumerate(pieces)
    )


def _languages() -> Mapping[str, Callable[[str], str]]:
    return MappingProxyType({"en-XA": accented, "ar-XB": arabic})


class Pseudo(Provider):
    """The provider of the two pseudo locales: free, offline, the same text every time."""

    name = "pseudo"
    label = "pseudo translation"
    limits = Limits(texts=1000, bytes=1 << 20)

    def supports(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's
        """Only into `en-XA` and `ar-XB`: no reader may meet such text in a real language."""
        return canonical(target) in _languages()

    def translate(self, request: Request) -> Answer:
        """The pseudo texts. Raises ProviderUnavailable for a real locale."""
        change = _languages().get(canonical(request.target))
        if change is None:
            raise ProviderUnavailable(
                f"pseudo translation is not for {request.target}", "use en-XA or ar-XB"
            )
        return Answer(tuple(change(text) for text in request.texts), 0, model="pseudo")
