"""How each term stands in a locale, what keeps its page from readers, and who can change that."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from i18n_pipeline.values import asdict, dataclass


class TermState(StrEnum):
    """Where a term stands in a locale: the first that applies. A draft never counts as done."""

    MANUAL = "left to people"
    UNADOPTED = "not adopted"
    STALE = "stale"
    UNTRANSLATED = "untranslated"
    REVIEW = "needs review"
    REVIEWED = "reviewed"


class Who(StrEnum):
    """Who can lift what keeps a page from its readers."""

    AUTHOR = "the source's author"
    TRANSLATOR = "a translator"
    MACHINE = "a translator or a machine"
    REVIEWER = "a reviewer"
    MAINTAINER = "whoever keeps the project"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a page is not live as its source is: what, who can lift it, how.

    `command` is what to run, "" where there is nothing but an editor to use; `place` is where to
    look, `path:line` or a path.
    """

    what: str
    who: str
    command: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class TermStanding:
    """A term in one locale.

    `path` is that of its page, "" where there is none. `is_built`: the page says what its units
    say. `drafts` are those of the texts to review that a machine made and nobody touched.
    `url` is the page's address, "" where none is configured.
    """

    slug: str
    state: TermState
    path: str = ""
    is_built: bool = False
    untranslated: int = 0
    needs_review: int = 0
    reviewed: int = 0
    drafts: int = 0
    url: str = ""
    blockers: tuple[Blocker, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether readers have a page that says what the source and the reviews say."""
        return self.is_built and not self.blockers


@dataclass(frozen=True, slots=True)
class Rendering:
    """What reviewed texts of a locale call a term when they link to it.

    `wanted` are the words that the terminology has, `agreeing` so many links use them, `others`
    are other words with how often they stand there, the most frequent first.
    """

    slug: str
    wanted: tuple[str, ...]
    agreeing: int
    others: tuple[tuple[str, int], ...] = ()

    @property
    def links(self) -> int:
        """How many links name the term."""
        return self.agreeing + sum(count for _, count in self.others)


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A term of the source: its name, its category ("" for none), the terms it leads to.

    `nowhere` are slugs that it calls related and that no source has.
    """

    slug: str
    path: str
    name: str
    category: str = ""
    links: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


def standing_lines(locale: str, one: TermStanding) -> Iterator[str]:
    """What keeps a term's page from its readers, a line each; or that nothing does."""
    where = one.url or one.path
    if one.is_live:
        yield f"{one.slug} is live in {locale}: {where}"
        return
    there = f" (what readers have: {where})" if one.path else ""
    yield f"{one.slug} is not live in {locale}{there}:"
    for blocker in one.blockers:
        yield f"  {blocker.what}{f': {blocker.place}' if blocker.place else ''}"
        yield f"    → {blocker.who}{f', {blocker.command}' if blocker.command else ''}"


def standing_as_json(one: TermStanding) -> dict[str, object]:
    """A term's standing as reports show it."""
    return {**asdict(one), "state": str(one.state), "live": one.is_live}
