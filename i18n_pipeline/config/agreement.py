"""What keys of a configuration must agree on with each other; one key alone is judged in kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from i18n_pipeline.config.kinds import Fault, close
from i18n_pipeline.config.settings import LIMITS, Paths, Role
from i18n_pipeline.locales import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from i18n_pipeline.config.settings import Config, Fields, Policy, Settings
    from i18n_pipeline.patterns import Pattern
    from i18n_pipeline.toml_places import Keys

_NEEDED = {
    "terms": ("locale", "slug"),
    "catalog": ("locale",),
    "lock": ("locale",),
    "glossary": ("locale",),
    "keep": (),
    "rejected": ("locale",),
}


def doubled_locales(source: str, targets: tuple[str, ...]) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every target that is the source or an earlier target, spelled anyhow."""
    seen = {canonical(source): "the source"} if source else {}
    for at, tag in enumerate(targets):
        if first := seen.get(canonical(tag)):
            yield ("targets", at), Fault("duplicate-locale", f'"{tag}" is {first}')
        else:
            seen[canonical(tag)] = f'the same locale as "{tag}"'


def two_roles(fields: Fields) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every field with two roles, at either role."""
    seen: dict[str, Role] = {}
    for role in Role:
        for name in fields.of(role):
            first = seen.setdefault(name.casefold(), role)
            if first is role:
                continue
            message = f'"{name}" cannot be both in {first} and in {role}'
            mend = f"take it out of one of them, {role} = [] empties a default"
            yield (role.value,), Fault("two-roles", message, mend)
            yield (first.value,), Fault("two-roles", message, mend)


def markdown_untranslated(fields: Fields) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every Markdown field that is not translated."""
    translated = {name.casefold() for name in fields.of(Role.TRANSLATE)}
    for at, name in enumerate(fields.markdown):
        if name.casefold() not in translated:
            fault = Fault("wrong-value", f'"{name}" is not in translate')
            yield ("markdown", at), fault


def chains_of_no_field(settings: Settings) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every chain of providers whose field is not translated by anybody."""
    roles = (Role.TRANSLATE, Role.VOCABULARY, Role.LOCALIZE)
    known = ["*", "body", *(name for role in roles for name in settings.fields.of(role))]
    folded = {name.casefold() for name in known}
    for name in settings.provider:
        if name.casefold() not in folded:
            fault = Fault("unknown-key", "is no field that is translated", close(name, known))
            yield ("provider", name), fault


def rules_without_limit(policy: Policy) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every rule of a policy that limits nothing."""
    for at, rule in enumerate(policy.rule):
        if not rule.limits:
            mend = f"set one of {', '.join(LIMITS)}"
            yield ("rule", at), Fault("missing-key", "limits nothing", mend)


def wrong_variables(paths: Paths, fields: Fields, local: bool) -> Iterator[tuple[Keys, Fault]]:
    """Yield a fault for every variable that a path lacks, and for every one unknown there.

    A `local` path, said for one locale only, needs no `{locale}`.
    """
    for name, needed in _NEEDED.items():
        pattern: Pattern = getattr(paths, name)
        for missing in needed:
            if missing not in pattern.variables and not (local and missing == "locale"):
                yield (name,), Fault("bad-pattern", f'"{pattern}" has no {{{missing}}}')
        known = {*needed, "slug", *fields.vocabulary} if name == "catalog" else set(needed)
        for unknown in sorted(set(pattern.variables) - known):
            message = f'"{pattern}": {{{unknown}}} is not known here'
            yield (name,), Fault("bad-pattern", message, close(unknown, sorted(known)))


def colliding_paths(config: Config) -> Iterator[tuple[str, str, Fault]]:
    """Yield locale, key and fault for every path that is another's too, whatever the case."""
    seen: dict[str, str] = {}
    for locale in config.all_locales:
        for name, pattern in _paths_of(config, locale).items():
            whose = name if name == "keep" else f"{name} of {locale}"
            first = seen.setdefault(pattern.within(locale).text.casefold(), whose)
            if first != whose:
                message = f'"{pattern}" is the path of {first} as well'
                yield locale, name, Fault("same-path", message)


def _paths_of(config: Config, locale: str) -> Mapping[str, Pattern]:
    paths = config.settings(locale).paths
    names = ("terms",) if locale == config.source else tuple(_NEEDED)
    return {name: getattr(paths, name) for name in names}
