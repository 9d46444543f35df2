"""By hand: which units and drafts are meant by the words of a command line."""

from __future__ import annotations

from collections.abc import Iterable

from i18n_pipeline.errors import UsageError
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.answers import Given
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.reports.counting import in_short
from i18n_pipeline.stages.rejecting import drafted_by
from i18n_pipeline.values import dataclass

RANGE = ".."
"""What stands between the first and the last moment of a run that is given as a range."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which drafts are meant; what is empty narrows nothing down.

    `units` are contexts (`lora/body`) or texts, or how those begin. `run` is the moment of a run
    as receipts have it, its beginning (a day), or two of them with `..` between.
    """

    slugs: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    provider: str = ""
    model: str = ""
    run: str = ""
    everything: bool = False

    @property
    def of_engines(self) -> bool:
        """Whether it says how a draft came."""
        return bool(self.provider or self.model or self.run)

    def check(self) -> None:
        """Raise UsageError where it says nothing at all."""
        if not (self.slugs or self.units or self.of_engines or self.everything):
            raise UsageError(
                "nothing says which drafts are meant",
                "say --slug, --unit, --provider, --model or --run; --all means every draft",
            )

    def names(self, unit: Unit) -> bool:
        """Whether a unit is one of those meant, whoever drafted it."""
        if self.slugs and unit.slug not in self.slugs:
            return False
        return not self.units or any(is_named(unit, word) for word in self.units)

    def came(self, given: Given) -> bool:
        """Whether an answer came in the way that is meant."""
        return (
            (not self.provider or is_called(given.engine, self.provider))
            and (not self.model or self.model.casefold() in given.model.casefold())
            and (not self.run or in_run(given.when, self.run))
        )

    def drafted(self, unit: Unit) -> bool:
        """Whether a unit's draft is meant, as far as its own origin says."""
        if self.model or self.run:
            return False
        return not self.provider or is_called(drafted_by(unit), self.provider)


def check_names(words: Iterable[str], units: Iterable[Unit]) -> None:
    """Raise UsageError for a word that no unit is called by."""
    known = list(units)
    for word in words:
        if not any(is_named(unit, word) for unit in known):
            contexts = sorted({unit.context for unit in known})
            message = f"no unit is {in_short(word)!r}, or begins so"
            raise UsageError(message, close_to(word, contexts))


def is_called(label: str, provider: str) -> bool:
    """Whether what reports call an engine is a provider as `i18n.toml` names it.

    `deepl` is DeepL, `openai:gpt-5` and `gpt-5` are the model, `ctranslate2` any model of it.
    """
    engine, _, model = provider.casefold().partition(":")
    found = label.casefold()
    if model:
        return found in (model, f"{engine} {model.rpartition('/')[2]}")
    return found == engine or found.startswith(f"{engine} ")


def in_run(when: str, run: str) -> bool:
    """Whether a moment is in a run: the moment, its beginning, or between two (both counted)."""
    first, dots, last = run.partition(RANGE)
    if not dots:
        return when.startswith(run)
    return first <= when and (not last or when <= last or when.startswith(last))


def is_named(unit: Unit, word: str) -> bool:
    """Whether a word is a unit's context, its source or target, or how one of these begins."""
    if word in (unit.context, unit.context.partition("#")[0]):
        return True
    return bool(word.strip()) and (unit.source.startswith(word) or unit.target.startswith(word))
