"""Term documents for property tests: as values that can be edited, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import strategies as st

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Catalog, digest
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term

RULES = Rules(Fields())
WORDS = (
    "model",
    "data",
    "token",
    "layer",
    "weight",
    "prompt",
    "answer",
    "sentence",
    "picture",
    "people",
    "question",
    "example",
    "number",
    "learning",
    "memory",
    "network",
    "error",
    "language",
    "meaning",
    "context",
    "a",
    "the",
    "of",
    "is",
    "with",
    "and",
    "for",
    "never",
    "often",
    "slowly",
    "together",
    "before",
    "without",
    "every",
    "small",
    "large",
    "hidden",
    "open",
)


@dataclass(frozen=True)
class Block:
    """A block of Markdown: `marks` begin its lines, `texts` are its segments."""

    name: str
    texts: tuple[str, ...]

    def markdown(self, width: int, bullet: str) -> str:
        match self.name:
            case "heading":
                return f"## {self.texts[0]}"
            case "list":
                return "\n".join(_wrapped(f"{bullet} ", text, width) for text in self.texts)
            case "quote":
                return "\n".join(
                    f"> {line}" for line in _wrapped("", self.texts[0], width).split("\n")
                )
            case "code":
                return "```\n" + "\n".join(self.texts) + "\n```"
            case "table":
                cells = self.texts + ("-",) * (len(self.texts) % 2)
                rows = [f"| {a} | {b} |" for a, b in zip(cells[::2], cells[1::2], strict=True)]
                return "\n".join([rows[0], "|---|---|", *rows[1:]])
            case _:
                return _wrapped("", self.texts[0], width)


def _wrapped(mark: str, text: str, width: int) -> str:
    if not width:
        return mark + text
    return textwrap.fill(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


@dataclass(frozen=True)
class Document:
    """One term of the source locale."""

    slug: str
    name: str
    definition: str
    category: str = "Basics"
    keywords: tuple[str, ...] = ("one", "two")
    related: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    def markdown(self, *, width: int = 0, bullet: str = "-") -> bytes:
        """The file; `width` wraps its lines, `bullet` begins its list items."""
        keywords = "".join(f"\n  - {word}" for word in self.keywords) or " []"
        related = "".join(f"\n  - {slug}" for slug in self.related) or " []"
        body = "\n\n".join(block.markdown(width, bullet) for block in self.blocks)
        return (
            f"---\nterm: {self.name}\nslug: {self.slug}\nlang: en\n"
            f'category: {self.category}\ndefinition: "{self.definition}"\n'
            f"related:{related}\nkeywords:{keywords}\n---\n\n{body}\n"
        ).encode()

    def with_blocks(self, blocks: Sequence[Block]) -> Document:
        return replace(self, blocks=tuple(blocks))


def term_of(document: Document | bytes, slug: str = "term", rules: Rules = RULES) -> Term:
    """A source term as the stages get it."""
    data = document if isinstance(document, bytes) else document.markdown()
    slug = slug if isinstance(document, bytes) else document.slug
    return Term(slug, f"terms/en/{slug}.md", digest(data), read_term(data, rules, slug, "en"))


def target_of(data: bytes, slug: str = "term", rules: Rules = RULES) -> TermFile:
    """A file of the target locale."""
    return read_term(data, rules, slug, "de")


def site(
    rules: Rules = RULES,
    *,
    draft_mark: dict[str, str | bool | int | float] | None = None,
    rewrite: dict[str, str] | None = None,
) -> Site:
    """What building depends on, for the locale `de`."""
    known = frozenset({"term", "lora"})
    addresses = Addresses(rewrite or {}, "source", (), "de", known)
    return Site("de", rules, addresses, known, draft_mark or {})


def texts_of(catalog: Catalog, term: Term) -> list[str | None]:
    """The reviewed texts of a term."""
    units = [catalog.unit_for(term.slug, segment) for segment in term.file.segments]
    return [unit.target if unit and unit.reviewed else None for unit in units]


sentences = st.lists(st.sampled_from(WORDS), min_size=6, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
_SIZES = {"heading": 1, "paragraph": 1, "quote": 1, "list": 3, "code": 2, "table": 4}


@st.composite
def documents(draw: st.DrawFn, slug: str = "term", blocks: int = 6) -> Document:
    """A document all of whose texts differ, without two lists in a row: they would be one."""
    more = st.lists(st.sampled_from(sorted(_SIZES)), min_size=1, max_size=blocks)
    drawn = ["paragraph", *draw(more)]
    kinds = drawn[:1] + [b for a, b in pairwise(drawn) if (a, b) != ("list", "list")]
    wanted = sum(_SIZES[kind] for kind in kinds) + 1
    texts = draw(st.lists(sentences, min_size=wanted, max_size=wanted, unique_by=str.casefold))
    made = tuple(Block(kind, tuple(texts.pop() for _ in range(_SIZES[kind]))) for kind in kinds)
    return Document(slug, draw(names), texts.pop(), blocks=made)
