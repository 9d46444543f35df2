"""Text of i18n.toml → `Config`, or every problem of it at once, with line, column and key."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from i18n_pipeline.config import agreement
from i18n_pipeline.config.kinds import AnyScalar, Fault, ListOf, TableOf, Text, close, named
from i18n_pipeline.config.settings import (
    ENGINES,
    RUN,
    TABLES,
    Budget,
    Config,
    Providers,
    Settings,
    kinds,
)
from i18n_pipeline.errors import BadConfig, Problem
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical, check_tag
from i18n_pipeline.toml_places import Keys, Place, places
from i18n_pipeline.values import dataclass, field, fields, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from _typeshed import DataclassInstance

    D = TypeVar("D", bound=DataclassInstance)

_NUMBER = expression(r"\d+")
_SECRET = expression(r"(?:key|token|passw(?:or)?d|passphrase|secret|credential)s?$", re.IGNORECASE)
_ABOVE = ("source", "targets", "locale", "budget", "provider")


def read_config(text: str, path: str = "i18n.toml", table: tuple[str, ...] = ()) -> Config:
    """Read a configuration.

    `path` is what problems name; `table` is where the configuration stands in the text, as
    `("tool", "i18n")` in pyproject.toml. Raises BadConfig with every problem found.
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(text, path, table)
    config = reader.config(_inner(_parse(text, path), table))
    if reader.problems:
        raise BadConfig(tuple(sorted(set(reader.problems))))
    return config


def is_configured(text: str, table: tuple[str, ...]) -> bool:
    """Tell whether a TOML text has a table; of a text that is no TOML, whether it seems to."""
    try:
        document = _parse(text, "")
    except BadConfig:
        return re.search(r"\[\s*" + r"\s*\.\s*".join(table) + r"\b", text) is not None
    return table[-1] in _inner(document, table[:-1])


def _parse(text: str, path: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        problem = Problem(path, 0, 0, "toml-syntax", "is nested too deeply")
    except tomllib.TOMLDecodeError as error:
        problem = _syntax_problem(text, path, str(error))
    except ValueError:  # Python reads no number of more than some thousand digits
        problem = Problem(path, 0, 0, "toml-syntax", "holds a number of too many digits")
    raise BadConfig((problem,))


def _syntax_problem(text: str, path: str, message: str) -> Problem:
    said, _, place = message.partition(" (at ")
    lines = text.rstrip().split("\n")
    line, column = map(int, _NUMBER.findall(place) or (len(lines), len(lines[-1]) + 1))
    return Problem(path, line, column, "toml-syntax", said)


def _inner(document: Mapping[str, object], table: Iterable[str]) -> Mapping[str, object]:
    for name in table:
        inner = document.get(name)
        document = inner if isinstance(inner, dict) else {}
    return document


@dataclass
class _Reader:
    text: str
    path: str
    table: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def config(self, raw: Mapping[str, object]) -> Config:
        tables = {key: value for key, value in raw.items() if key not in _ABOVE}
        base = self._settings(Settings(), tables, ())
        budget = self._section(Budget(), raw.get("budget", {}), ("budget",))
        providers = self._providers(raw.get("provider", {}))
        config = Config(self._source(raw), self._targets(raw), base, budget, providers)
        self._hold_all((), agreement.doubled_locales(config.source, config.targets))
        config = replace(config, locales=self._locales(config, raw.get("locale", {})))
        if not self.problems:
            self._collisions(config)
        return config

    def _source(self, raw: Mapping[str, object]) -> str:
        if "source" not in raw:
            self._hold(("source",), Fault("missing-key", "is missing", 'source = "en", say'))
            return ""
        source = raw["source"]
        if self._hold_all(("source",), _at_once(Text().faults(source))):
            self._locale(("source",), str(source))
        return source if isinstance(source, str) else ""

    def _targets(self, raw: Mapping[str, object]) -> tuple[str, ...]:
        targets = raw.get("targets", [])
        if not self._hold_all(("targets",), _at_once(ListOf(Text()).faults(targets))):
            return ()
        tags = tuple(map(str, targets)) if isinstance(targets, list) else ()
        if not tags:
            mend = 'targets = ["ja", "de"], say'
            self._hold(("targets",), Fault("missing-key", "is missing or empty", mend))
        for at, tag in enumerate(tags):
            self._locale(("targets", at), tag)
        return tags

    def _locale(self, keys: Keys, tag: str) -> None:
        if reason := check_tag(tag):
            self._hold(keys, Fault("bad-locale", reason))

    def _locales(self, config: Config, raw: object) -> Mapping[str, Settings]:
        known = {canonical(tag): tag for tag in config.all_locales}
        found: dict[str, Settings] = {}
        if not isinstance(raw, dict):
            self._hold(("locale",), Fault("wrong-type", "must be tables, [locale.ja]"))
            return found
        for key, table in raw.items():
            tag = known.get(canonical(key), "")
            if not tag:
                message = f'"{key}" is neither the source nor a target'
                self._hold(
                    ("locale", key),
                    Fault("unknown-locale", message, close(key, config.all_locales)),
                )
            elif tag in found:
                self._hold(("locale", key), Fault("duplicate-locale", f'"{tag}" has two tables'))
            else:
                found[tag] = self._settings(config.base, table, ("locale", key))
        return found

    def _providers(self, raw: object) -> Providers:
        found = Providers()
        if not isinstance(raw, dict):
            mend = 'which one is asked is said per locale: [locale.ja] provider = ["deepl"]'
            self._hold(("provider",), Fault("wrong-type", "must be tables, [provider.deepl]", mend))
            return found
        others = {key: table for key, table in raw.items() if key not in ENGINES}
        for key in raw.keys() & ENGINES.keys():
            options = self._section(getattr(found, key), raw[key], ("provider", key))
            found = replace(found, **{key: options})
        kind = TableOf(Text(), TableOf(Text(), AnyScalar()))
        secrets = [("provider", *at) for at in _secrets("", others)]
        for at in secrets:
            self._hold(at, _SECRET_FAULT)
        if not secrets and self._hold_all(("provider",), _at_once(kind.faults(others))):
            found = replace(found, others=others)
        return found

    def _settings(self, base: Settings, raw: object, keys: Keys) -> Settings:
        settings = self._section(base, raw, keys)
        at = (*keys, "fields")
        if settings.fields != base.fields:
            self._hold_all(at, self._at_what_is_said(at, agreement.two_roles(settings.fields)))
            self._hold_all(at, agreement.markdown_untranslated(settings.fields))
        self._hold_all(keys, agreement.chains_of_no_field(settings))
        if settings.policy != base.policy:
            self._hold_all((*keys, "policy"), agreement.rules_without_limit(settings.policy))
        at = (*keys, "paths")
        faults = agreement.wrong_variables(settings.paths, settings.fields, keys != ())
        self._hold_all(at, self._at_what_is_said(at, faults))
        return settings

    def _section(self, base: D, raw: object, keys: Keys) -> D:
        if not isinstance(raw, dict):
            self._hold(keys, Fault("wrong-type", f"must be a table, not {named(raw)}"))
            return base
        known = kinds(type(base), everywhere=not keys)
        changes: dict[str, object] = {}
        for key, value in raw.items():
            at = (*keys, key)
            if key in known and self._hold_all(at, _at_once(known[key].faults(value))):
                changes[key] = known[key].read(value)
            elif isinstance(base, Settings) and key in TABLES:
                changes[key] = self._section(getattr(base, key), value, at)
            elif key not in known:
                self._unknown(at, value, _names(base, known))
        return replace(base, **changes)

    def _unknown(self, keys: Keys, value: object, known: Iterable[str]) -> None:
        secrets = [(*keys, *below) for below in _secrets(keys[-1], value)]
        for secret in secrets:
            self._hold(secret, _SECRET_FAULT)
        if keys not in secrets:
            mend = close(str(keys[-1]), known) or _elsewhere(str(keys[-1]), value)
            self._hold(keys, Fault("unknown-key", "is not known", mend))

    def _collisions(self, config: Config) -> None:
        for locale, name, fault in agreement.colliding_paths(config):
            own = ("locale", locale, "paths", name)
            self._hold(own if self._said(own) else ("paths", name), fault)

    def _at_what_is_said(
        self, keys: Keys, faults: Iterator[tuple[Keys, Fault]]
    ) -> Iterator[tuple[Keys, Fault]]:
        """Of faults that a default may share in, only those at keys the text has."""
        return ((at, fault) for at, fault in faults if self._said((*keys, *at)))

    def _hold_all(self, keys: Keys, faults: Iterable[tuple[Keys, Fault]]) -> bool:
        before = len(self.problems)
        for at, fault in faults:
            self._hold((*keys, *at), fault)
        return len(self.problems) == before

    def _hold(self, keys: Keys, fault: Fault) -> None:
        line, column = self._place(keys)
        name = ".".join(key for key in keys if isinstance(key, str))
        message = f"{name}: {fault.message}" if name else fault.message
        self.problems.append(Problem(self.path, line, column, fault.code, message, fault.mend))

    def _place(self, keys: Keys) -> Place:
        whole = (*self.table, *keys)
        near = (whole[:length] for length in range(len(whole), 0, -1))
        return next((self._places[each] for each in near if each in self._places), (0, 0))

    def _said(self, keys: Keys) -> bool:
        return (*self.table, *keys) in self._places

    @cached_property
    def _places(self) -> Mapping[Keys, Place]:
        return places(self.text)


_SECRET_FAULT = Fault(
    "secret-in-config",
    "looks like a secret, and this file is in git",
    "keys come from the environment, DEEPL_AUTH_KEY say; revoke this one if it was ever pushed",
)


def _at_once(faults: Iterator[Fault]) -> Iterator[tuple[Keys, Fault]]:
    return ((fault.at, fault) for fault in faults)


def _names(table: DataclassInstance, known: Iterable[str]) -> list[str]:
    above = (*TABLES, *_ABOVE) if isinstance(table, Settings) else ()
    return [*known, *above]


def _secrets(key: str | int, value: object) -> Iterator[Keys]:
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from ((inner, *below) for below in _secrets(inner, each))
    elif _SECRET.search(str(key)):
        yield ()


def _elsewhere(name: str, value: object) -> str:
    """Where a key that stands in the wrong table belongs."""
    if isinstance(value, dict):
        return ""
    tables = {table.name: TABLES[table.name] for table in fields(Settings) if table.name in TABLES}
    at = next((at for at, table in {**tables, **RUN}.items() if name in kinds(table)), "")
    if at:
        return f"it belongs in [{at}]"
    return "it belongs in [locale.…]" if name in kinds(Settings, everywhere=False) else ""
