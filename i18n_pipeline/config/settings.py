"""What a project has configured, as frozen values: one class a table, one attribute a key.

The classes are the schema as well: each key says with its default what it may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from i18n_pipeline.config.kinds import (
    Account,
    AddedField,
    Address,
    AnyScalar,
    Choice,
    FieldName,
    FilePattern,
    Kind,
    ListOf,
    ListOrTable,
    NamePattern,
    Number,
    OrNone,
    PathPattern,
    Provider,
    Record,
    Scalar,
    SetOf,
    TableOf,
    Text,
)
from i18n_pipeline.model import digest
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.values import dataclass, field, fields, is_dataclass

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")

_PER_LOCALE = ("provider", "mt", "only", "manual", "owner", "reviewers")

EXTENSIONS = (
    "table",
    "footnote",
    "tasklist",
    "strikethrough",
    "math",
    "deflist",
    "heading-attributes",
    "alert",
    "mdx",
    "shortcode",
)
"""What `[markdown] extensions` may name; the markdown room knows what they mean."""


REGISTERS = ("desu-masu", "plain", "noun", "formal", "informal")
"""What `[style] register` may say of a field; checks/writing/register.py knows what they mean."""

CHECKS = (
    *("empty", "placeholders", "links", "html-missing", "emphasis", "mojibake", "source-mojibake"),
    *("terminology", "kept-names", "line-breaks", "entities", "numbers", "negation", "script"),
    *("language", "untranslated", "echo", "leaks", "length", "end-punctuation", "punctuation"),
    *("spacing", "register", "spelling", "same-source", "renderings", "missing-page"),
    *("leaves-locale",),
)
"""What `[[checks.off]]` may name: all but safety; the checks room knows what they mean."""


def _key(kind: Kind, default: T, *, shown: bool = True) -> T:
    """A key of a table; one not `shown` is not in the table's text, which locks hold a hash of."""
    made: T = field(default_factory=lambda: default, metadata={"kind": kind}, repr=shown)
    return made


def _nothing() -> Mapping[str, str]:
    return {}


def _no_chains() -> Mapping[str, tuple[str, ...]]:
    return {}


def kinds(table: type[DataclassInstance], *, everywhere: bool = True) -> Mapping[str, Kind]:
    """Return what each key of a table may hold; with `everywhere`, not those said per locale."""
    said = {each.name: each.metadata.get("kind") for each in fields(table)}
    barred = _PER_LOCALE if everywhere and table is Settings else ()
    return {name: kind for name, kind in said.items() if kind and name not in barred}


@dataclass(frozen=True)
class Paths:
    """`[paths]`: where files lie, relative to the project's folder."""

    terms: Pattern = _key(PathPattern(), Pattern("terms/{locale}/{slug}.md"))
    catalog: Pattern = _key(PathPattern(), Pattern("locales/{locale}/terms.po"))
    lock: Pattern = _key(PathPattern(), Pattern("locales/{locale}/terms.lock"))
    glossary: Pattern = _key(PathPattern(), Pattern("glossaries/{locale}.csv"))
    keep: Pattern = _key(PathPattern(), Pattern("glossaries/keep.csv"))
    rejected: Pattern = _key(PathPattern(), Pattern("locales/{locale}/terms.rejected"))
    exclude: tuple[str, ...] = _key(ListOf(NamePattern()), ("_*",))


class Role(StrEnum):
    """What becomes of a front-matter field in a target."""

    LOCALE = "locale"
    SLUG = "slug"
    TRANSLATE = "translate"
    VOCABULARY = "vocabulary"
    LOCALIZE = "localize"
    LINKS = "links"
    KEEP = "keep"
    EXTRA = "extra"
    COPY = "copy"


@dataclass(frozen=True)
class Fields:
    """`[fields]`: roles of front-matter fields; a field not named is copied from the source."""

    locale: str = _key(OrNone(FieldName()), "lang")
    slug: str = _key(OrNone(FieldName()), "slug")
    name: str = _key(OrNone(FieldName()), "term")
    translate: tuple[str, ...] = _key(ListOf(FieldName()), ("term", "definition"))
    vocabulary: tuple[str, ...] = _key(ListOf(FieldName()), ("category",))
    localize: tuple[str, ...] = _key(ListOf(FieldName()), ("keywords",))
    links: tuple[str, ...] = _key(ListOf(FieldName()), ("related",))
    keep: tuple[str, ...] = _key(ListOf(FieldName()), ())
    extra: tuple[str, ...] = _key(ListOf(AddedField()), (), shown=False)
    markdown: tuple[str, ...] = _key(ListOf(FieldName()), ())
    skip: Mapping[str, Scalar] = _key(TableOf(FieldName(), AnyScalar()), {"draft": True})
    manual: str = _key(OrNone(FieldName()), "manual", shown=False)
    aliases: str = _key(FieldName(), "aliases", shown=False)

    def role(self, name: str) -> Role:
        """Return what becomes of a field, whatever the case of its name."""
        return self._roles.get(name.casefold(), (Role.COPY, name))[0]

    def spelled(self, name: str) -> str:
        """Return a field's name as the configuration spells it; an unknown one as it is."""
        return self._roles.get(name.casefold(), (Role.COPY, name))[1]

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the names configured for a role; the term's name is among the translated."""
        named: Mapping[Role, tuple[str, ...]] = {
            Role.LOCALE: (self.locale,),
            Role.SLUG: (self.slug,),
            Role.TRANSLATE: (self.name, *self.translate),
            Role.VOCABULARY: self.vocabulary,
            Role.LOCALIZE: self.localize,
            Role.LINKS: self.links,
            Role.KEEP: self.keep,
            Role.EXTRA: self.extra,
        }
        return tuple(dict.fromkeys(filter(None, named.get(role, ()))))

    @cached_property
    def _roles(self) -> Mapping[str, tuple[Role, str]]:
        return {name.casefold(): (role, name) for role in reversed(Role) for name in self.of(role)}


@dataclass(frozen=True)
class Markdown:
    """`[markdown]`: what the site generator has beyond CommonMark."""

    extensions: frozenset[str] = _key(SetOf(Choice(EXTENSIONS)), frozenset(EXTENSIONS[:4]))


@dataclass(frozen=True)
class Links:
    """`[links]`: what becomes of destinations in built files."""

    missing: str = _key(Choice(("source", "rewrite")), "source")
    allow: tuple[str, ...] = _key(ListOf(Text()), ())
    rewrite: Mapping[str, str] = _key(TableOf(Address(), Address()), _nothing())


@dataclass(frozen=True)
class Build:
    """`[build]`: which terms are built, and what marks drafts."""

    publish: str = _key(Choice(("reviewed", "drafts")), "reviewed")
    draft_mark: Mapping[str, Scalar] = _key(TableOf(FieldName(), AnyScalar()), _nothing())
    orphan: str = _key(Choice(("keep", "delete")), "keep")


@dataclass(frozen=True)
class Site:
    """`[site]`: where terms are published."""

    url: str = _key(OrNone(Address(("https://", "http://"))), "")


@dataclass(frozen=True)
class Memory:
    """`[memory]`: what matches of the translation memory become, and what else is remembered.

    `fuzzy` is how many percent alike a text must be to be proposed, `instead_of_machine` to be
    preferred to a machine's draft; 0 is never. `tmx` are files of the project, `*` in a name stands
    for anything.
    """

    exact: str = _key(Choice(("reviewed", "draft")), "reviewed")
    imported: str = _key(Choice(("reviewed", "draft")), "draft")
    fuzzy: int = _key(Number(most=100, whole=True), 75)
    instead_of_machine: int = _key(Number(most=100, whole=True), 95)
    tmx: tuple[str, ...] = _key(ListOf(FilePattern()), ())


@dataclass(frozen=True)
class Changes:
    """`[changes]`: what becomes of a translation where an edit of its source means nothing new.

    What means something, a number or a "not", is always for a person, and no key says otherwise.
    """

    placeholders: str = _key(Choice(("patch", "review")), "patch")
    punctuation: str = _key(Choice(("keep", "review")), "keep")
    typo: str = _key(Choice(("keep", "review")), "keep")


@dataclass(frozen=True)
class Style:
    """`[style]`: how a locale speaks; each engine is told what it understands.

    `register` says by field how its sentences end or address readers; `spelling` names wanted
    spellings with the variants they replace; `spacing` is what stands between CJK and Latin.
    """

    formality: str = _key(Choice(("", "formal", "informal")), "")
    instructions: tuple[str, ...] = _key(ListOf(Text()), ())
    register: Mapping[str, str] = _key(TableOf(FieldName(), Choice(REGISTERS)), _nothing())
    spelling: Mapping[str, tuple[str, ...]] = _key(TableOf(Text(), ListOf(Text())), _no_chains())
    spacing: str = _key(Choice(("", "tight", "spaced")), "")


@dataclass(frozen=True)
class Exempt:
    """`[[checks.off]]`: a check that is not asked, and why.

    `slug` is a pattern; `field` and `slug` are "" for all; `text` is a source text, or its
    beginning.
    """

    check: str = _key(Choice(CHECKS), "")
    reason: str = _key(Text(), "")
    field: str = _key(OrNone(FieldName()), "")
    slug: str = _key(Text(), "")
    text: str = _key(Text(), "")


@dataclass(frozen=True)
class Checks:
    """`[checks]`: what is not asked of translations."""

    off: tuple[Exempt, ...] = _key(ListOf(Record(Exempt, ("check", "reason"))), ())


@dataclass(frozen=True)
class PolicyRule:
    """`[[policy.rule]]`: how many units of a kind there may be, and why.

    `where` are front-matter values of the source's terms, `slug` is a pattern; what is "" or empty
    asks for nothing. A limit that is None is not set.
    """

    reason: str = _key(Text(), "")
    where: Mapping[str, Scalar] = _key(TableOf(FieldName(), AnyScalar()), _nothing())
    slug: str = _key(Text(), "")
    field: str = _key(OrNone(FieldName()), "")
    max_unreviewed: int | None = _key(Number(whole=True), None)
    max_machine: int | None = _key(Number(whole=True), None)
    max_machine_published: int | None = _key(Number(whole=True), None)
    max_machine_approved: int | None = _key(Number(whole=True), None)

    @property
    def limits(self) -> Mapping[str, int]:
        """The limits that are set, by name."""
        found = {name: getattr(self, name) for name in LIMITS}
        return {name: most for name, most in found.items() if most is not None}


LIMITS = ("max_unreviewed", "max_machine", "max_machine_published", "max_machine_approved")
"""What a rule of `[policy]` may limit; stages/policy.py knows what is counted."""


@dataclass(frozen=True)
class Policy:
    """`[policy]`: what has to be so before a locale is good enough."""

    rule: tuple[PolicyRule, ...] = _key(ListOf(Record(PolicyRule, ())), ())


@dataclass(frozen=True)
class Settings:
    """What holds for one locale: every table, and the keys said per locale only.

    `provider` holds chains of providers by field; "*" is the chain of all other fields. `owner`
    and `reviewers` are accounts of the hosting service, without `@`; `org/team` is a team.
    """

    paths: Paths = Paths()
    fields: Fields = Fields()
    markdown: Markdown = Markdown()
    links: Links = Links()
    build: Build = Build()
    site: Site = Site()
    memory: Memory = Memory()
    changes: Changes = Changes()
    style: Style = Style()
    checks: Checks = Checks()
    policy: Policy = Policy()
    provider: Mapping[str, tuple[str, ...]] = _key(
        ListOrTable(FieldName(), ListOf(Provider())), _no_chains()
    )
    mt: str = _key(Choice(("draft", "redraft", "off")), "draft")
    only: tuple[str, ...] = _key(ListOf(Text()), ())
    manual: tuple[str, ...] = _key(ListOf(Text()), ())
    owner: str = _key(OrNone(Account()), "")
    reviewers: tuple[str, ...] = _key(ListOf(Account()), ())

    def chain(self, field: str = "*") -> tuple[str, ...]:
        """Return the providers to ask for a field, in order; () where none is named."""
        return self.provider.get(field, self.provider.get("*", ()))


TABLES: Mapping[str, type[DataclassInstance]] = {
    "paths": Paths,
    "fields": Fields,
    "markdown": Markdown,
    "links": Links,
    "build": Build,
    "site": Site,
    "memory": Memory,
    "changes": Changes,
    "style": Style,
    "checks": Checks,
    "policy": Policy,
}
"""The tables of i18n.toml that may be said per locale as well."""


@dataclass(frozen=True)
class Budget:
    """`[budget]`: what a run may spend, and on what first.

    `max_chars` are characters sent, "unlimited" for no cap in CI either; `max_cost` is in the
    currency of the prices; `reserve` are characters of an account's allowance left to others.
    `month_chars` are characters of all runs of a month that keep their receipts in one place.
    """

    max_chars: int | str | None = _key(Number(whole=True, word="unlimited"), None)
    max_cost: float | None = _key(Number(), None)
    month_chars: int | None = _key(Number(whole=True), None)
    currency: str = _key(Text(), "")
    reserve: int = _key(Number(whole=True), 0)
    priority: tuple[str, ...] = _key(ListOf(Text()), ())


@dataclass(frozen=True)
class DeepLOptions:
    """`[provider.deepl]`. `price` is per million characters; `style_rules` are ids by locale.

    `project` is what the project's glossaries and memories are called there; "" for the name of
    its folder.
    """

    project: str = _key(Text(), "")
    model: str = _key(Choice(("quality", "latency")), "quality")
    style_rules: Mapping[str, str] = _key(TableOf(Text(), Text()), _nothing())
    translation_memory: str = _key(Text(), "")
    threshold: int = _key(Number(most=100, whole=True), 75)
    price: float | None = _key(Number(), None)


@dataclass(frozen=True)
class OpenAIOptions:
    """`[provider.openai]`. `model` is that of a bare `openai`; prices are per million tokens."""

    model: str = _key(Text(), "")
    temperature: float | None = _key(Number(most=2), None)
    price_input: float | None = _key(Number(), None)
    price_output: float | None = _key(Number(), None)


@dataclass(frozen=True)
class CTranslate2Options:
    """`[provider.ctranslate2]`. `model` is the folder of a bare `ctranslate2`."""

    model: str = _key(Text(), "")
    beam: int = _key(Number(least=1, most=16, whole=True), 4)


@dataclass(frozen=True)
class Providers:
    """`[provider.…]`: what engines are told; `others` holds the tables of installed packages."""

    deepl: DeepLOptions = DeepLOptions()
    openai: OpenAIOptions = OpenAIOptions()
    ctranslate2: CTranslate2Options = CTranslate2Options()
    others: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)


RUN: Mapping[str, type[DataclassInstance]] = {"budget": Budget}
"""The tables that are about a run as a whole, and never said per locale."""

ENGINES: Mapping[str, type[DataclassInstance]] = {
    "deepl": DeepLOptions,
    "openai": OpenAIOptions,
    "ctranslate2": CTranslate2Options,
}
"""The tables below `[provider]` whose keys are known."""


@dataclass(frozen=True)
class Config:
    """A project's configuration. Locales are spelled as the project spells them."""

    source: str
    targets: tuple[str, ...]
    base: Settings = Settings()
    budget: Budget = Budget()
    providers: Providers = Providers()
    locales: Mapping[str, Settings] = field(default_factory=dict)

    @property
    def all_locales(self) -> tuple[str, ...]:
        """The source locale, then the targets."""
        return (self.source, *self.targets)

    def settings(self, locale: str) -> Settings:
        """Return what holds for a locale."""
        return self.locales.get(locale, self.base)


def fingerprint(config: Config) -> str:
    """Return a hash of everything configured, the same on every machine."""
    import json

    return digest(json.dumps(_plain(config), ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, Pattern):
        return value.text
    if is_dataclass(value):
        return [[each.name, _plain(getattr(value, each.name))] for each in fields(value)]
    if isinstance(value, Mapping):
        return [[key, _plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return list(map(_plain, value)) if isinstance(value, tuple) else value
