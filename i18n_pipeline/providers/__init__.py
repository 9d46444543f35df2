"""The engines: found by name in one table, or by entry point; a file each, loaded when used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from i18n_pipeline.errors import ProviderUnavailable, UsageError
from i18n_pipeline.providers.keys import is_set
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from i18n_pipeline.providers.base import Provider, Settings

GROUP = "i18n_pipeline.providers"
"""Entry points of other packages: the name of a provider, and a `Loader`."""

_WITHOUT_MODELS = ("apertium", "deepl", "memory", "pseudo")

Loader: TypeAlias = "Callable[[Mapping[str, str], Settings], Provider]"


def names() -> tuple[str, ...]:
    """Every provider that can be named, ours and those of installed packages, sorted."""
    return tuple(sorted({*_table(), *_installed()}))


def load(name: str, environment: Mapping[str, str], settings: Settings | None = None) -> Provider:
    """The provider of a name, such as `deepl` or `openai:MODEL`, with its keys.

    Raises UsageError for a name nobody has, NotAuthorised without the key it needs, BadConfig
    where the environment makes no sense to it, ProviderUnavailable where its package is broken.
    """
    from i18n_pipeline.providers.base import Settings

    engine, _, model = name.partition(":")
    loader = _table().get(engine) or _from_package(engine)
    if model and engine in _WITHOUT_MODELS:
        raise UsageError(f"{engine} has no models to choose from", f"write {engine} alone")
    return loader(environment, replace(settings or Settings(), model=model))


def available(environment: Mapping[str, str]) -> str:
    """The provider of who names none: `deepl` where its key is set, else `memory`."""
    return "deepl" if is_set(environment, "DEEPL_AUTH_KEY") else "memory"


def _table() -> Mapping[str, Loader]:
    return MappingProxyType({
        "apertium": _apertium,
        "ctranslate2": _ctranslate2,
        "deepl": _deepl,
        "memory": _memory,
        "openai": _openai,
        "pseudo": _pseudo,
    })  # fmt: skip


def _apertium(environment: Mapping[str, str], settings: Settings) -> Provider:
    from i18n_pipeline.providers.apertium import from_environment

    return from_environment(environment, settings)


def _ctranslate2(environment: Mapping[str, str], settings: Settings) -> Provider:
    from i18n_pipeline.providers.ctranslate2.provider import from_environment

    return from_environment(environment, settings)


def _openai(environment: Mapping[str, str], settings: Settings) -> Provider:
    from i18n_pipeline.providers.openai.provider import from_environment

    return from_environment(environment, settings)


def _deepl(environment: Mapping[str, str], settings: Settings) -> Provider:
    from i18n_pipeline.providers.deepl.provider import from_environment

    return from_environment(environment, settings)


def _memory(_environment: Mapping[str, str], _settings: Settings) -> Provider:
    from i18n_pipeline.providers.memory import Memory

    return Memory()


def _pseudo(_environment: Mapping[str, str], _settings: Settings) -> Provider:
    from i18n_pipeline.providers.pseudo import Pseudo

    return Pseudo()


def _installed() -> Mapping[str, EntryPoint]:
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=GROUP)}


def _from_package(name: str) -> Loader:
    point = _installed().get(name)
    if point is None:
        raise UsageError(f"there is no provider {name!r}", _meant(name))
    try:
        loader: Loader = point.load()
    except (ImportError, AttributeError) as error:
        raise ProviderUnavailable(
            f"the provider {name!r} cannot be loaded: {error}", "install its package again"
        ) from None
    return loader


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names(), 1)
    return f"did you mean {close[0]!r}?" if close else f"one of: {', '.join(names())}"
