"""Whether words that a translation has in common with its source are the rendering of those.

`fast` stands in a German text as well, and means "almost" there. So letters that are the same
prove nothing; a name, an abbreviation or a foreign script does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.stages.edits.ground import Ground
from i18n_pipeline.stages.edits.pieces import Role, Text
from i18n_pipeline.stages.edits.places import Place
from i18n_pipeline.values import dataclass

_SHORTEST = 4
"""Letters from which on a word that no list has is a name, or jargon."""

NOUNS_LARGE = frozenset({"de", "lb"})
"""Languages in which any noun has a capital, and no name is told by one."""

_LATIN = expression("[a-zA-Z\u00c0-\u024f]")
_ASCII = expression("[a-z]+")


@dataclass(frozen=True)
class Borrowed:
    """What the languages of a source and a translation have in common, as far as is known.

    `locale` is the translation's; `kept` are names that the terminology renders as they
    are: as written, or in small letters where case does not matter.
    """

    ground: Ground
    locale: str = ""
    kept: Callable[[], Set[str]] = frozenset

    def is_rendering(self, words: str, texts: tuple[Text, Text], segment: Segment) -> bool:
        """Whether words that stand once in a source and once in its translation mean the same.

        `texts` are the two, `segment` the source's.
        """
        if not self.kept().isdisjoint((words, words.casefold())):
            return True
        if any(map(self._is_name, _words(words))):
            return True
        if any(_LATIN.match(word) for word in _words(words)) and _is_foreign(texts[1], words):
            return True
        if segment.kind is Kind.HEADING or language(self.locale) in NOUNS_LARGE:
            return False
        return all(_has_name(text, words) for text in texts)

    def _is_name(self, word: str) -> bool:
        """Whether a word is a name or an abbreviation by the look of it, or no English word."""
        if word[1:] != word[1:].lower() and not word.isupper():
            return True
        if any(map(str.isdigit, word)) and any(map(str.isalpha, word)):
            return True
        known, small = self.ground.words(), word.lower()
        if not known or small in known or not _ASCII.fullmatch(small):
            return False
        return word.isupper() or len(word) >= _SHORTEST


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"[^\W_]{2,}", text))


def _is_foreign(text: Text, words: str) -> bool:
    """Whether a text is written in another script, but for some words."""
    rest = "".join(one.text for one in text.pieces if one.role is Role.WORD).replace(words, "")
    latin = len(_LATIN.findall(rest))
    return sum(map(str.isalpha, rest)) > 2 * latin


def _has_name(text: Text, words: str) -> bool:
    """Whether one of the words has a capital in a text that its place does not give it."""
    start = text.raw.find(words)
    inside = range(start, start + len(words))
    return any(
        part.span[0] in inside
        and part.role is Role.WORD
        and len(part.key) > 2
        and part.text[0].isupper()
        and not _may_begin(Place(text, at))
        for at, part in enumerate(text.parts)
    )


def _may_begin(place: Place) -> bool:
    """Whether a sentence or a clause may begin at a place: any mark but a comma allows it."""
    return place.before is None or place.gap not in (" ", ", ", "-")
