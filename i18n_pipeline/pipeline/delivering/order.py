"""What a caller orders of a nightly run, and what each branch of it is given."""

from __future__ import annotations

from i18n_pipeline.history.branching import Branches
from i18n_pipeline.hosting import Hosting
from i18n_pipeline.pipeline.options import Options, Surroundings
from i18n_pipeline.values import dataclass, field, replace


@dataclass(frozen=True)
class DeliveryOrder:
    """What is to be delivered.

    `base` is the branch of the `remote` that it is for, "" for the remote's own choice; branches
    are called `prefix` and the locale, or `prefix` and `all` where all locales come `together`.
    `options` are those of each sync.
    """

    base: str = ""
    prefix: str = "i18n/"
    together: bool = False
    remote: str = "origin"
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Job:
    """One branch to bring up to date: for these locales, within these options.

    Without a `hosting` the branch is pushed, and nobody is asked to merge it.
    """

    branches: Branches
    base: str
    branch: str
    locales: tuple[str, ...]
    options: Options
    around: Surroundings
    hosting: Hosting | None = None

    @property
    def ordered(self) -> Options:
        """The options for the locales of this branch."""
        return replace(self.options, locales=self.locales)
