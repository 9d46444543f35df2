"""Clues: what of a text survives its translation, so that both sides can be told to be one text.

Addresses, code and figures stay as they are, names of products mostly, a term is called by its
name in the locale, and a long paragraph stays a long one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Rendered
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.markdown import Mark, Token
from i18n_pipeline.model import Kind
from i18n_pipeline.stages.adopting.lexicon import Lexis, lexis_of
from i18n_pipeline.values import dataclass, field

_OPAQUE = frozenset({Mark.CODE, Mark.HTML, Mark.TEMPLATE, Mark.MATH, Mark.FOOTNOTE})
_LINKS = frozenset({Mark.LINK, Mark.IMAGE, Mark.AUTOLINK})
_NUMBER = expression(r"\d+(?:[.,]\d+)*")
_WORD = expression(r"[A-Za-z][A-Za-z0-9]{2,}|[A-Z]{2,}")
_SEPARATORS = expression(r"[.,]")
_ENDINGS = {"。": ".", "．": ".", "：": ":", "？": "?", "！": "!", "…": "."}
_CLOSING = "*_`\"'”’」』)）] \n"
_WIDE = expression(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

PROSE: frozenset[Kind | None] = frozenset(
    {Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE}
)


@dataclass(frozen=True, slots=True)
class Clues:
    """What one text shows of itself.

    `length` is in letters of an alphabet: a character of Chinese, Japanese or Korean counts for
    two. `level` is that of a heading, `terms` are the slugs of terms it names, `wide` tells that
    it is written without an alphabet, `lexis` are its words for the locale's lexicon. A block
    without texts has no `kind`: `block` says what it is, `skeleton` what it consists of.
    """

    kind: Kind | None
    level: int = 0
    length: float = 0.0
    links: Counter[str] = field(default_factory=Counter)
    opaque: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    words: frozenset[str] = frozenset()
    ending: str = ""
    terms: frozenset[str] = frozenset()
    wide: bool = False
    lexis: Lexis = frozenset()
    block: str = ""
    skeleton: bytes = b""


@dataclass(frozen=True)
class Names:
    """What the terms are called: found in texts of the source, and in those of a locale.

    `renderings` are a locale's names of terms by their slugs.
    """

    matcher: Matcher
    renderings: Mapping[str, Collection[str]]
    locale: str

    def in_source(self, text: str, tokens: Sequence[Token]) -> frozenset[str]:
        """The slugs of the terms that a source text names, and that have a name in the locale."""
        found = (entry.slug for one in self.matcher.found(text, tokens) for entry in one.entries)
        return frozenset(slug for slug in found if slug in self.renderings)

    def in_target(self, words: str, slugs: Iterable[str]) -> frozenset[str]:
        """Which of these terms a text of the locale names."""
        rendered = Rendered(words, self.locale)
        return frozenset(slug for slug in slugs if rendered.uses_any(self.renderings[slug]))


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands in its file; `level` is that of a heading."""

    kind: Kind
    text: str
    tokens: Sequence[Token]
    level: int = 0

    @property
    def words(self) -> str:
        """The words that a reader sees: without addresses, code and marks."""
        return _plain(self.text, self.tokens)


def clues_of(
    text: Text,
    terms: frozenset[str] = frozenset(),
    canonical: Callable[[str], str] = lambda destination: destination,
) -> Clues:
    """The clues of a text; `canonical` gives addresses of a locale in the source's form."""
    words, tokens = text.words, text.tokens
    return Clues(
        text.kind,
        text.level,
        letters(words),
        Counter(canonical(one.destination).rstrip("/") for one in tokens if one.mark in _LINKS),
        Counter(text.text[one.start : one.end] for one in tokens if one.mark in _OPAQUE),
        Counter(_SEPARATORS.sub("", one) for one in _NUMBER.findall(words)),
        frozenset(word.casefold() for word in _WORD.findall(words)),
        _ending(words),
        terms,
        _WIDE.search(words) is not None,
        lexis_of(words),
    )


def letters(words: str) -> float:
    """The length of a text in letters of an alphabet."""
    return float(len(words) + len(_WIDE.findall(words)))


def _plain(text: str, tokens: Iterable[Token]) -> str:
    kept = [True] * len(text)
    for token in tokens:
        for start, end in _hidden(token):
            kept[start:end] = [False] * (end - start)
    return "".join(letter for letter, stays in zip(text, kept, strict=True) if stays).strip()


def _hidden(token: Token) -> Iterator[tuple[int, int]]:
    if token.inner is None:
        yield token.start, token.end
    else:
        yield token.start, token.inner[0]
        yield token.inner[1], token.end


def _ending(plain: str) -> str:
    last = plain.rstrip(_CLOSING)[-1:]
    last = _ENDINGS.get(last, last)
    return last if last in (".", ":", "?", "!") else ""
