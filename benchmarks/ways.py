"""Ways to decide what is sent to a machine after an edit, and what each has paid for.

They are those of tools in use, reckoned and not run: each is asked for the same texts, of which
each counts the characters that we would send.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A text of a source file: its field, the headings above it, and the characters to send."""

    path: str
    field: str
    headings: tuple[str, ...]
    source: str
    characters: int


@dataclass
class Way(ABC):
    """A way to tell what is new: a piece of the texts is sent when it changes."""

    name: str
    _known: Mapping[Hashable, Sequence[Text]] = field(default_factory=dict)

    def see(self, texts: Iterable[Text]) -> int:
        """Another day's texts; the characters that are sent for it."""
        now = self.pieces(texts)
        sent = sum(
            text.characters
            for key, piece in now.items()
            if _said(piece) != _said(self._known.get(key, ()))
            for text in piece
        )
        self._known = now
        return sent

    @abstractmethod
    def pieces(self, texts: Iterable[Text]) -> Mapping[Hashable, Sequence[Text]]:
        """The texts in the pieces that are sent as a whole."""


def _said(piece: Sequence[Text]) -> list[str]:
    return [text.source for text in piece]


def _grouped(keyed: Iterable[tuple[Hashable, Text]]) -> Mapping[Hashable, Sequence[Text]]:
    found: defaultdict[Hashable, list[Text]] = defaultdict(list)
    for key, text in keyed:
        found[key].append(text)
    return found


class WholeFiles(Way):
    """A file of which any text changed is sent again."""

    def pieces(self, texts: Iterable[Text]) -> Mapping[Hashable, Sequence[Text]]:
        """A file is a piece."""
        return _grouped((text.path, text) for text in texts)


class NumberedSections(Way):
    """The sections of a file have numbers, and what follows an inserted one is sent again."""

    def pieces(self, texts: Iterable[Text]) -> Mapping[Hashable, Sequence[Text]]:
        """A section of the body is a piece, by its number, and so is a field above it."""
        numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        counts: defaultdict[str, int] = defaultdict(int)
        keyed: list[tuple[Hashable, Text]] = []
        for text in texts:
            place = text.path, text.headings
            if text.field == "body" and place not in numbers:
                numbers[place] = counts[text.path]
                counts[text.path] += 1
            keyed.append(((text.path, text.field, numbers.get(place, 0)), text))
        return _grouped(keyed)


class Segments(Way):
    """A text is sent that its file did not have the day before; nothing else is remembered."""

    def pieces(self, texts: Iterable[Text]) -> Mapping[Hashable, Sequence[Text]]:
        """A text is a piece, by what it says; said twice in a file it is sent once."""
        return {(text.path, text.field, text.source): (text,) for text in texts}
