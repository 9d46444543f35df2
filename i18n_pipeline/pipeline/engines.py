"""Which provider serves which locale: each is loaded once and shared by all locales of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from i18n_pipeline.errors import Interrupted, UsageError
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.pipeline.asking import Budget, Engine
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.providers import available, load
from i18n_pipeline.providers.base import Provider, Settings

_NO_GLOSSARY = ("memory", "pseudo")


class Engines:
    """The engines of a run. `read` gives the files of a locale."""

    def __init__(self, order: Order, project: Project, read: Callable[[str], LocaleFiles]) -> None:
        self._order, self._project, self._read = order, project, read
        self._providers: dict[str, Provider] = {}
        self._budget = Budget(order.options.max_chars)
        self.receipts = Receipts(project.workspace.root / ".i18n")

    @property
    def interrupted(self) -> bool:
        """Whether the run was told to stop while a provider was asked."""
        return any(isinstance(why, Interrupted) for why in self._budget.stopped.values())

    def of(self, locale: str) -> Engine:
        """The engine of a locale. Raises UsageError, NotAuthorised, ProviderUnavailable."""
        order, options = self._order, self._order.options
        files = self._read(locale)
        return Engine(
            provider=self._provider(files) if asks(order, files) else self._loaded("memory"),
            receipts=self.receipts,
            budget=self._budget,
            source=self._project.config.source,
            locale=locale,
            refresh=options.refresh,
            jobs=options.jobs,
            now=order.around.now,
            sends=order.sends,
            progress=lambda done, total: order.around.progress(locale, "translating", done, total),
        )

    def _provider(self, files: LocaleFiles) -> Provider:
        """The first of the chain that knows the language pair; without one, memory alone."""
        options, environment = self._order.options, self._order.around.environment
        default = "pseudo" if is_pseudo(files.locale) else available(environment)
        names = options.provider or files.settings.chain() or (default,)
        source = self._project.config.source
        for name in names:
            provider = self._loaded(name)
            if provider.supports(source, files.locale):
                return provider
        if options.provider:
            raise UsageError(
                f"{' and '.join(names)} cannot translate {source} into {files.locale}",
                "choose another provider for this locale",
            )
        return self._loaded("memory")

    def _loaded(self, name: str) -> Provider:
        if name not in self._providers:
            settings = Settings(
                project=self._project.workspace.root.name,
                glossaries={} if name in _NO_GLOSSARY else self._glossaries(),
            )
            self._providers[name] = load(name, self._order.around.environment, settings)
        return self._providers[name]

    def _glossaries(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The terminology of every target: one glossary at the provider serves them all."""
        targets = self._project.config.targets
        return {locale: glossary_at_start(self._read(locale)).pairs() for locale in targets}


def asks(order: Order, files: LocaleFiles) -> bool:
    """Whether the run asks a provider for a locale, or works out what it would ask."""
    return files.settings.mt != "off" and (order.does.sends or order.does.plans)
