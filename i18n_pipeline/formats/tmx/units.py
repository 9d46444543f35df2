"""What a unit of a TMX says, and the words in which ours say where a text stood."""

from __future__ import annotations

from i18n_pipeline.values import dataclass

TOOL = "i18n-pipeline"
"""What wrote a file of ours; in one of ours every blank of a text is meant."""

CONTEXT, KIND, AROUND = "x-i18n-context", "x-i18n-kind", "x-i18n-around"
"""Types of the properties that say where a text stood; other programs keep or ignore them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stood: the context of its unit, its kind, a hash of the texts around it.

    All of them are "" where they are not known.
    """

    context: str = ""
    kind: str = ""
    around: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Variant:
    """A text in one language. `fault` says why it cannot be used, "" where it can."""

    tag: str
    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """Texts that translate each other, in file order."""

    variants: tuple[Variant, ...]
    place: Place = NOWHERE
