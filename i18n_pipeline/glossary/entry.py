"""An entry of the termbase: a term, one of its renderings, and on whose authority it stands."""

from __future__ import annotations

from enum import StrEnum

from i18n_pipeline.values import dataclass, field


class Status(StrEnum):
    """What the glossary says about a target: use it, accept it, refuse it."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


class Authority(StrEnum):
    """Where an entry comes from, the strongest first.

    LISTED stands in the glossary file; REVIEWED is the name of a term as a person approved it,
    PROPOSED one that nobody has reviewed yet: used, and told to be so.
    """

    LISTED = "glossary"
    REVIEWED = "reviewed name"
    PROPOSED = "proposed name"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with one of its renderings.

    `forms` are further spellings of the target that count as it (inflected ones, say); `pos` is
    the part of speech, which tells apart two renderings of one word. `slug` is the term file that
    the source is the name of ("" for none), `category` and `definition` say in which sense; where
    an entry comes from does not make it another one.
    """

    source: str
    target: str
    status: Status = Status.PREFERRED
    pos: str = ""
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()
    note: str = ""
    authority: Authority = field(default=Authority.LISTED, compare=False)
    slug: str = field(default="", compare=False)
    category: str = field(default="", compare=False)
    definition: str = field(default="", compare=False)

    @property
    def exact(self) -> bool:
        """Whether case matters when it is looked for: where said so, and for `API` or `C++`."""
        return self.case_sensitive or (self.source.isupper() and " " not in self.source)

    @property
    def accepted(self) -> bool:
        """Whether its target may be used."""
        return self.status is not Status.DEPRECATED

    @property
    def spellings(self) -> tuple[str, ...]:
        """The target and its further forms."""
        return (self.target, *self.forms)
