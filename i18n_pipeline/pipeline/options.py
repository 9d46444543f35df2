"""What a caller orders: a command, its options, and what surrounds the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from i18n_pipeline.pipeline.workers.piece import ALONE, Workers
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from i18n_pipeline.formats.plan import Plan
    from i18n_pipeline.memory.receipts import Receipts


class Progress(Protocol):
    """Whoever is told how far a run is."""

    def __call__(
        self, locale: str, what: str, done: int, total: int, /, *, characters: int = 0
    ) -> None:
        """Hear what is being done, how much of it is done of how much, and characters sent."""


def silent(_locale: str, _what: str, _done: int, _total: int, *, characters: int = 0) -> None:
    """Progress that nobody watches."""


def unheard() -> None:
    """Nobody is there whom it would help to know that all is done."""


@dataclass(frozen=True)
class Does:
    """What a command does and writes. `reckons`: of what it plans only the price is asked for."""

    command: str
    sends: bool = False
    plans: bool = False
    writes_units: bool = False
    writes_files: bool = False
    forgets: bool = False
    compares: bool = False
    mends: bool = False
    adopts: bool = False
    surveys: bool = False
    reckons: bool = False


SYNC = Does("sync", sends=True, writes_units=True, writes_files=True)
EXTRACT = Does("extract", writes_units=True)
TRANSLATE = Does("translate", sends=True, writes_units=True)
BUILD = Does("build", writes_files=True)
PLAN = Does("plan", plans=True)
STATUS = Does("status")
CHECK = Does("check", compares=True)
SURVEY = Does("report", compares=True, surveys=True)
RECKON = Does("report", plans=True, reckons=True)
MEND = Does("check", compares=True, mends=True, writes_units=True)
ADOPT = Does("adopt", writes_units=True, adopts=True)
GC = Does("gc", writes_units=True, forgets=True)


class Detail(Enum):
    """Of which texts a report says what became of them, and why."""

    NONE = "none"
    CHANGES = "changes"
    """Of those that the run changed."""
    ALL = "all"
    """Also of those that wait."""


@dataclass(frozen=True)
class Options:
    """A run's options.

    Empty `locales` and `slugs` mean all. `max_chars` are characters sent, `max_cost` is in the
    currency of the prices, `max_terms` the terms of each locale that are drafted, `plan` what alone
    is to be sent, `jobs` the most requests at once (None: as many as the provider takes),
    `executor` who does the work (None: as the environment says, or as fits it),
    `fail_under` percent of units reviewed, `lock_timeout` seconds. `accept_unreview`: it is meant
    that much less is reviewed than at git's HEAD. `detail`: what the report says of single texts;
    `every_name`: its notes name all that they are about; `remembers`: what a run found that only
    looks is kept for the next such one.
    """

    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    publish: str | None = None
    max_chars: int | None = None
    max_cost: float | None = None
    max_terms: int | None = None
    plan: Plan | None = None
    refresh: bool = False
    jobs: int | None = None
    executor: str | None = None
    dry_run: bool = False
    frozen: bool = False
    exit_code: bool = False
    accept_unreview: bool = False
    fail_under: float | None = None
    lock_timeout: float = 0.0
    detail: Detail = Detail.NONE
    every_name: bool = False
    remembers: bool = False

    @property
    def of_a_part(self) -> bool:
        """Whether the run is to leave something undone, so that the next finds it to do."""
        return bool(self.slugs or self.plan or self.max_terms is not None)


@dataclass(frozen=True)
class Surroundings:
    """What a run gets from outside: environment variables, the time as text, who watches.

    `executor` is who works where neither the command line nor the environment says. Whoever calls
    us from a program of theirs does not expect it to be forked. `finishing` is called when all is
    done and only has to be told: whoever stops the run from then on is told nevertheless.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    now: str = ""
    progress: Progress = silent
    executor: str = "one"
    finishing: Callable[[], None] = unheard


@dataclass(frozen=True)
class Order:
    """What is to be done: a command with its options, in its surroundings; `workers` do it.

    `receipts` are those that machines share; None where they are this machine's own.
    """

    does: Does
    options: Options = Options()
    around: Surroundings = Surroundings()
    workers: Workers = ALONE
    receipts: Receipts | None = None

    @property
    def executor(self) -> str:
        """Who is to work, as `--executor` says it."""
        said = self.options.executor or self.around.environment.get("I18N_EXECUTOR")
        return said or self.around.executor

    @property
    def dry(self) -> bool:
        """Whether the run only says what it would do."""
        return self.options.dry_run or self.options.frozen

    @property
    def writes(self) -> bool:
        """Whether the run may write files of the project."""
        return (self.does.writes_units or self.does.writes_files) and not self.dry

    @property
    def keeps(self) -> bool:
        """Whether what the run finds may be kept in `.i18n/` for the next one."""
        return self.writes or self.options.remembers

    @property
    def sends(self) -> bool:
        """Whether the run may ask a provider."""
        return self.does.sends and self.writes
