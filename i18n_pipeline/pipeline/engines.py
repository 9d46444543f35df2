"""Which providers serve which locale: each is loaded once and shared by all locales of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from i18n_pipeline.config import Config
from i18n_pipeline.errors import (
    BadConfig,
    Problem,
    ProviderUnavailable,
    UsageError,
)
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.pipeline.asking import Desk
from i18n_pipeline.pipeline.budget import CI_CHARACTERS, Budget, Caps
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project, called
from i18n_pipeline.pipeline.rest import OnlyOfAll
from i18n_pipeline.pipeline.sending import Sender
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.providers import available, load, names
from i18n_pipeline.providers.base import Provider, Settings
from i18n_pipeline.toml_places import Keys, places
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import PRIVATE

_NO_GLOSSARY = ("memory", "pseudo")


@dataclass(frozen=True)
class Engine:
    """The providers of one locale: chains by field, "*" for all others.

    `notes` say which providers of a chain do not know the language, `failure` that none does.
    """

    locale: str
    chains: Mapping[str, tuple[Provider, ...]]
    notes: tuple[str, ...] = ()
    failure: ProviderUnavailable | None = None

    def chain(self, name: str = "*") -> tuple[Provider, ...]:
        """The providers to ask for a field, in order."""
        return self.chains.get(name, self.chains["*"])

    @property
    def translates(self) -> bool:
        """Whether anybody is there to be asked."""
        return any(provider.translates for chain in self.chains.values() for provider in chain)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that might be asked."""
        chains = self.chains.values()
        return tuple(dict.fromkeys(provider.name for chain in chains for provider in chain))

    @property
    def first(self) -> tuple[str, ...]:
        """The names of those who would be asked first."""
        return tuple(dict.fromkeys(chain[0].name for chain in self.chains.values()))


class Engines:
    """The engines of a run. `read` gives the files of a locale.

    `tells` is whether what was asked for without an answer is told of a locale at its end: then it
    is forgotten, and told once.
    """

    def __init__(self, order: Order, project: Project, read: Callable[[str], LocaleFiles]) -> None:
        self._order, self._project, self._read = order, project, read
        self._providers: dict[str, Provider] = {}
        self.tells = order.does.sends
        self.receipts = order.receipts or Receipts(project.workspace.root / PRIVATE)
        self.budget = Budget(self._caps())
        self.desk = Desk(
            receipts=self.receipts,
            budget=self.budget,
            sender=Sender(self.receipts, self.budget, order.around.now),
            sends=order.sends,
            refresh=order.options.refresh,
            jobs=order.options.jobs or 0,
        )
        _check_tables(project)

    def _caps(self) -> Caps:
        """What the run may spend, and of that what is left of the month's budget."""
        caps, most = (
            caps_of(self._order, self._project.config),
            self._project.config.budget.month_chars,
        )
        if most is None or not self._order.sends:
            return caps
        left = max(0, most - self.receipts.billed_in(self._order.around.now[:7]))
        if caps.characters is not None and caps.characters <= left:
            return caps
        return replace(caps, characters=left, of_month=True)

    def let_go(self) -> None:
        """Hold the terms no longer that the engines were made with: all are there by now."""
        self._project = replace(self._project, terms=())
        self._read = _unread

    def close(self) -> None:
        """Give back connections and models: the run is over."""
        for provider in self._providers.values():
            provider.close()

    def of(self, locale: str) -> Engine:
        """The engine of a locale.

        Raises UsageError or BadConfig for a provider nobody has, NotAuthorised without its key,
        ProviderUnavailable where what it needs is not installed.
        """
        files = self._read(locale)
        if not asks(self._order, files):
            return Engine(locale, MappingProxyType({"*": (self._memory,)}))
        notes: dict[str, None] = {}
        chains = {
            name: self._chain(locale, self._named(files, name, chain), notes)
            for name, chain in self._wanted(files).items()
        }
        self._check_prices(chains)
        configured = self._order.options.provider or files.settings.provider
        failure = self._nobody(locale) if configured and () in chains.values() else None
        known = {name: chain or (self._memory,) for name, chain in chains.items()}
        return Engine(locale, MappingProxyType(known), tuple(notes), failure)

    @property
    def _memory(self) -> Provider:
        return self._loaded("memory")

    def _nobody(self, locale: str) -> ProviderUnavailable:
        source = self._project.config.source
        message = f"nobody who was named translates {source} into {locale}"
        hint = "name another provider for this locale"
        if "pseudo" in self._order.options.provider:
            hint = f"{hint}; pseudo is for en-XA and ar-XB, which you may add to `targets`"
        return ProviderUnavailable(message, hint)

    def _named(self, files: LocaleFiles, name: str, chain: Sequence[str]) -> Sequence[Provider]:
        """The providers of a chain. Raises BadConfig for one that i18n.toml misspells."""
        found: list[Provider] = []
        for one in chain:
            try:
                found.append(self._loaded(one))
            except UsageError as failure:
                if self._order.options.provider or name not in files.settings.provider:
                    raise
                keys = ("locale", files.locale, "provider", name)
                raise BadConfig((self._misconfigured(keys, failure),)) from None
        return found

    def _misconfigured(self, keys: Keys, failure: UsageError) -> Problem:
        """A mistake in the configuration that only shows where a run is about to use it."""
        path, table = self._project.workspace.configured_in
        text = (self._project.workspace.read_optional(path) or b"").decode("utf-8-sig")
        known = places(text)
        whole = (*table, *keys)
        near = (whole[:length] for length in range(len(whole), 0, -1))
        line, column = next((known[each] for each in near if each in known), (0, 0))
        message = f"{'.'.join(str(key) for key in keys if key != '*')}: {failure.message}"
        return Problem(path, line, column, "wrong-value", message, failure.hint)

    def _wanted(self, files: LocaleFiles) -> Mapping[str, tuple[str, ...]]:
        """The names of providers by field, as ordered, configured, or for lack of both."""
        options, environment = self._order.options, self._order.around.environment
        if options.provider:
            return {"*": options.provider}
        default = "pseudo" if is_pseudo(files.locale) else available(environment)
        return {"*": (default,), **files.settings.provider}

    def _chain(
        self, locale: str, chain: Sequence[Provider], notes: dict[str, None]
    ) -> tuple[Provider, ...]:
        """Those of a chain that know the language pair."""
        source = self._project.config.source
        found: list[Provider] = []
        for provider in chain:
            if provider.supports(source, locale):
                found.append(provider)
            else:
                notes[f"{provider.label} does not translate {source} into {locale}"] = None
        return tuple(found)

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
        rests, targets = self._project.rests, self._project.config.targets
        if rests and not rests.keys() >= set(targets):
            return OnlyOfAll()
        return {
            locale: glossary_at_start(self._project, self._read(locale)).pairs()
            for locale in targets
        }

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


def _unread(locale: str) -> LocaleFiles:
    """The files of a locale, when nobody needs them any more."""
    raise KeyError(locale)


def caps_of(order: Order, config: Config) -> Caps:
    """What the run may spend: as ordered, else as configured; in CI never without a cap."""
    options, budget = order.options, config.budget
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
    mend = f"known: {', '.join(known)}"
    path, _ = project.workspace.configured_in
    unknown = (
        Problem(path, 0, 0, "unknown-key", f"provider.{name}: there is no such provider", mend)
        for name in others
        if name not in known
    )
    problems = tuple(unknown)
    if problems:
        raise BadConfig(problems)
