"""What a work package holds, whatever its form: units sent out, and units returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Key, Segment, State, Unit, digest
from i18n_pipeline.values import dataclass

ID = expression(r"u-[0-9a-f]{16}")
"""How a unit is called in a package."""

Codes = Mapping[str, tuple[str, str]]
"""What the placeholders of a text stand for, by number: what opens one, and what closes it."""

KnownCodes = Callable[[str], Codes]
"""The placeholders of a unit that we know, by its id: for files that have lost their texts."""

_EXPORTED = expression(r"(untranslated|needs review|reviewed)(?: ([0-9a-f]{12}))?")


def unit_id(key: Key) -> str:
    """A name for a unit that every format takes; with another source it is another one."""
    return "u-" + digest("\0".join(key), 8)


def target_hash(target: str) -> str:
    """A hash that tells whether a translation is still the exported one; "" for none."""
    return digest(target, 6) if target else ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit with what a translator should know: `terms` are required terms and renderings."""

    unit: Unit
    segment: Segment
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its name in the package."""
        return unit_id(self.unit.key)

    @property
    def exported(self) -> Exported:
        """What is noted of the translation that goes out with it."""
        return Exported(self.unit.state, target_hash(self.unit.target))


@dataclass(frozen=True)
class Package:
    """Units for one target locale, those of a term together."""

    source: str
    locale: str
    units: tuple[Sent, ...]
    extensions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exported:
    """How a unit stood when it was exported, and the hash of the translation it had."""

    state: State
    target: str = ""

    def __str__(self) -> str:
        return f"{self.state} {self.target}".strip()

    @classmethod
    def read(cls, words: str) -> Exported | None:
        """What `str()` of one says; None for anything else."""
        found = _EXPORTED.fullmatch(" ".join(words.split()))
        return cls(State(found[1]), found[2] or "") if found else None


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit as a file has it. Of what a file does not say there is nothing.

    `done`: somebody says that the translation is finished. `comments` are those of people.
    `fault` says why the translation cannot be read. `line` counts from 1, `path` is the document
    that it is said to be from.
    """

    id: str
    context: str
    source: str
    target: str
    done: bool
    exported: Exported | None = None
    comments: tuple[str, ...] = ()
    fault: str = ""
    line: int = 0
    path: str = ""

    @property
    def was_done(self) -> bool:
        """Whether it went out as reviewed."""
        return self.exported is not None and self.exported.state is State.REVIEWED

    @property
    def is_untouched(self) -> bool:
        """Whether the translation came back as it went out; not known without the hash."""
        return self.exported is not None and self.exported.target == target_hash(self.target)


@dataclass(frozen=True)
class ReadPackage:
    """A file's units for one locale, translated from another; "" where it does not say which."""

    locale: str
    units: tuple[Returned, ...]
    source: str = ""
