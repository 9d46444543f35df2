"""Which providers serve which locale: each is loaded once and shared by all locales of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from i18n_pipeline.config import Settings as LocaleSettings
from i18n_pipeline.errors import BadConfig, Interrupted, Problem, UsageError
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.pipeline.asking import Desk
from i18n_pipeline.pipeline.budget import CI_CHARACTERS, Budget, Caps
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project, called
from i18n_pipeline.pipeline.sending import Sender
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.providers import available, load, names
from i18n_pipeline.providers.base import Provider, Settings

_NO_GLOSSARY = ("memory", "pseudo")


@dataclass(frozen=True)
class Engine:
    """The providers of one locale: chains by field, "*" for all others.

    `notes` say which providers of a chain do not know the language.
    """

    locale: str
    chains: Mapping[str, tuple[Provider, ...]]
    notes: tuple[str, ...] = ()
    style: LocaleSettings = field(default_factory=LocaleSettings)

    def chain(self, name: str = "*") -> tuple[Provider, ...]:
        """The providers to ask for a field, in order."""
        return self.chains.get(name, self.chains["*"])

    @property
    def translates(self) -> bool:
        """Whether anybody is there to be asked."""
        return any(provider.translates for chain in self.chains.values() for provider in chain)

    @property
    def first(self) -> tuple[str, ...]:
        """The names of those who would be asked first."""
        return tuple(dict.fromkeys(chain[0].name for chain in self.chains.values()))


class Engines:
    """The engines of a run. `read` gives the files of a locale."""

    def __init__(self, order: Order, project: Project, read: Callable[[str], LocaleFiles]) -> None:
        self._order, self._project, self._read = order, project, read
        self._providers: dict[str, Provider] = {}
        self.receipts = Receipts(project.workspace.root / ".i18n")
        self.budget = Budget(caps_of(order, project))
        self.desk = Desk(
            receipts=self.receipts,
            budget=self.budget,
            sender=Sender(self.receipts, self.budget, order.around.now),
            sends=order.sends,
            refresh=order.options.refresh,
            jobs=order.options.jobs or 0,
        )
        _check_tables(project)

    @property
    def interrupted(self) -> bool:
        """Whether the run was told to stop while a provider was asked."""
        return any(isinstance(why, Interrupted) for why in self.budget.stopped.values())

    def close(self) -> None:
        """Give back connections and models: the run is over."""
        for provider in self._providers.values():
            provider.close()

    def of(self, locale: str) -> Engine:
        """The engine of a locale. Raises UsageError, NotAuthorised, ProviderUnavailable."""
        files = self._read(locale)
        if not asks(self._order, files):
            return Engine(locale, MappingProxyType({"*": (self._loaded("memory"),)}))
        notes: dict[str, None] = {}
        wanted = self._wanted(files)
        chains = {name: self._chain(locale, chain, notes) for name, chain in wanted.items()}
        self._check_prices(chains)
        return Engine(locale, MappingProxyType(chains), tuple(notes))

    def _wanted(self, files: LocaleFiles) -> Mapping[str, tuple[str, ...]]:
        """The names of providers by field, as ordered, configured, or for lack of both."""
        options, environment = self._order.options, self._order.around.environment
        if options.provider:
            return {"*": options.provider}
        default = "pseudo" if is_pseudo(files.locale) else available(environment)
        return {"*": (default,), **files.settings.provider}

    def _chain(
        self, locale: str, chain: Sequence[str], notes: dict[str, None]
    ) -> tuple[Provider, ...]:
        """Those of a chain that know the language pair; without one, memory alone."""
        source = self._project.config.source
        found: list[Provider] = []
        for name in chain:
            provider = self._loaded(name)
            if provider.supports(source, locale):
                found.append(provider)
            else:
                notes[f"{provider.label} does not translate {source} into {locale}"] = None
        if found:
            return tuple(found)
        if self._order.options.provider:
            raise UsageError(
                f"{' and '.join(chain)} cannot translate {source} into {locale}",
                "choose another provider for this locale",
            )
        return (self._loaded("memory"),)

    def _loaded(self, name: str) -> Provider:
        if name not in self._providers:
            config, options = self._project.config, self._order.options
            settings = Settings(
                project=called(self._project.workspace),
                glossaries={} if name in _NO_GLOSSARY else self._glossaries(),
                options=config.providers,
                folder=str(self._project.workspace.root),
                jobs=options.jobs or 0,
                offline=not self._order.sends,
            )
            self._providers[name] = load(name, self._order.around.environment, settings)
        return self._providers[name]

    def _glossaries(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The terminology of every target: one glossary at the provider serves them all."""
        targets = self._project.config.targets
        return {locale: glossary_at_start(self._read(locale)).pairs() for locale in targets}

    def _check_prices(self, chains: Mapping[str, tuple[Provider, ...]]) -> None:
        """A cap on cost means nothing where a price is not known. Raises UsageError."""
        from i18n_pipeline.providers.base import Request

        if self.budget.caps.cost is None:
            return
        for provider in (one for chain in chains.values() for one in chain):
            if provider.translates and provider.cost(Request("en", "ja", ("x",))) is None:
                table = provider.name.partition(":")[0]
                raise UsageError(
                    f"the cost is to be capped, and the price of {provider.label} is not known",
                    f"say it in i18n.toml, [provider.{table}]",
                )


def caps_of(order: Order, project: Project) -> Caps:
    """What the run may spend: as ordered, else as configured; in CI never without a cap."""
    options, budget = order.options, project.config.budget
    characters: int | str | None = options.max_chars
    if characters is None:
        characters = budget.max_chars
    if characters is None and order.around.environment.get("CI"):
        characters = CI_CHARACTERS
    worst = [] if options.plan is None else [options.plan.worst_case_characters]
    if isinstance(characters, int):
        worst.append(characters)
    cost = budget.max_cost if options.max_cost is None else options.max_cost
    return Caps(min(worst, default=None), cost, budget.reserve)


def asks(order: Order, files: LocaleFiles) -> bool:
    """Whether the run asks a provider for a locale, or works out what it would ask."""
    return files.settings.mt != "off" and (order.does.sends or order.does.plans)


def _check_tables(project: Project) -> None:
    """A table of a provider that nobody has is a mistake. Raises BadConfig."""
    others = project.config.providers.others
    known = names() if others else ()
    unknown = [name for name in others if name not in known]
    if unknown:
        raise BadConfig(tuple(_unknown(unknown, known)))


def _unknown(unknown: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    for name in unknown:
        message = f"provider.{name}: there is no such provider"
        yield Problem("i18n.toml", 0, 0, "unknown-key", message, f"known: {', '.join(known)}")
