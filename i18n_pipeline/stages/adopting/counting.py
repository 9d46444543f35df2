"""How many texts of people's files became what, by the units as a run leaves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from i18n_pipeline.model import Kind, State, Unit
from i18n_pipeline.stages.adopting.adopted import Adopted, LeftOver
from i18n_pipeline.stages.adopting.vocabulary import Use, Vocabulary
from i18n_pipeline.values import dataclass, field

_OTHERWISE = "other files call it otherwise"


@dataclass
class Counts:
    """Counts texts of files one after the other. `said` are the reviewed texts by slug and field.

    A text counts as reviewed where a reviewed unit of its field says it: its source may have
    changed since in a way that leaves it reviewed.
    """

    said: Mapping[tuple[str, str], frozenset[str]]
    reviewed: int = 0
    needs_review: int = 0
    left: int = 0
    remaining: list[LeftOver] = field(default_factory=list)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Counts:
        """Nothing counted yet; `units` are those of the locale."""
        said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for unit in units:
            if unit.state is State.REVIEWED and not unit.obsolete:
                said[unit.slug, unit.field].add(unit.target)
        return cls({key: frozenset(texts) for key, texts in said.items()})

    def take(self, adopted: Adopted, vocabulary: Vocabulary) -> None:
        """Count the texts of one file."""
        for unit in adopted.units:
            count = adopted.texts[unit.key]
            done = unit.target in self.said.get((unit.slug, unit.field), ())
            self.reviewed += count if done else 0
            self.needs_review += 0 if done else count
        self.left += sum(not one.of_source for one in adopted.left)
        self.remaining += adopted.left
        for use in adopted.uses:
            self._take_use(use, vocabulary)

    def _take_use(self, use: Use, vocabulary: Vocabulary) -> None:
        for name in vocabulary.of(use).values():
            done = name in self.said.get(("", use.field), ())
            self.reviewed += done
            self.needs_review += not done
        others = vocabulary.others(use)
        self.left += len(others)
        self.remaining += (
            LeftOver(use.path, use.path, use.line_of(text), Kind.VOCABULARY, text, why=_OTHERWISE)
            for text in others
        )
