"""The plan file: what a sync would send, as JSON that people review and `sync --plan` follows.

A unit is named by slug, field and a hash of its source, so a plan holds no texts; `sources` are the
hashes of the source files it was made from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.schemas import of_another_schema
from i18n_pipeline.model import Key, digest
from i18n_pipeline.values import asdict, dataclass, field

SCHEMA = "i18n-plan/1"

_MEND = "make a new one: i18n plan -o FILE"


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A unit to be asked for: why, of which provider, and how many characters it takes."""

    context: str
    source: str
    why: str
    provider: str
    characters: int
    worst_case_characters: int


@dataclass(frozen=True, slots=True)
class PlannedLocale:
    """What is to be asked for one locale, in the order of spending.

    `providers` are all engines of its chains. `cost` is None where a price is not known. `saved`
    are characters that reviewed texts and receipts answer for nothing.
    """

    locale: str
    requests: int
    cost: float | None
    saved: Mapping[str, int] = field(default_factory=dict)
    texts: tuple[PlannedText, ...] = ()
    providers: tuple[str, ...] = ()

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many units are to be asked for, by why: new, changed, terminology."""
        return Counter(text.why for text in self.texts)

    @property
    def to(self) -> Mapping[str, int]:
        """Characters by the provider that would get them first."""
        found: Counter[str] = Counter()
        for text in self.texts:
            found[text.provider] += text.characters
        return found

    @property
    def characters(self) -> int:
        """Characters, if every answer is good."""
        return sum(text.characters for text in self.texts)

    @property
    def worst_case_characters(self) -> int:
        """The most characters it can become."""
        return sum(text.worst_case_characters for text in self.texts)


@dataclass(frozen=True)
class Plan:
    """What a sync would send; `provider` are those named on the command line, if any were.

    `sources` are hashes of the term files and glossaries it rests on.
    """

    sources: Mapping[str, str]
    locales: tuple[PlannedLocale, ...]
    provider: tuple[str, ...] = ()

    @property
    def worst_case_characters(self) -> int:
        """The most characters the whole of it can become."""
        return sum(one.worst_case_characters for one in self.locales)

    def providers(self, locale: str) -> tuple[str, ...]:
        """The engines it was made for."""
        return next((one.providers for one in self.locales if one.locale == locale), ())

    def holds(self, locale: str, key: Key) -> bool:
        """Whether a unit is in the plan."""
        return (key[0], source_hash(key[1])) in self._known.get(locale, ())

    @cached_property
    def _known(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        return {
            one.locale: frozenset((text.context, text.source) for text in one.texts)
            for one in self.locales
        }


def source_hash(source: str) -> str:
    """The name of a unit's source in a plan."""
    return digest(source, 8)


def write_plan(plan: Plan) -> bytes:
    """The plan as JSON, the same bytes for the same plan, a text a line."""
    return "".join(_lines(plan)).encode()


def _lines(plan: Plan) -> Iterable[str]:
    yield f'{{\n "schema": {json.dumps(SCHEMA)},\n'
    yield f' "provider": {json.dumps(list(plan.provider))},\n'
    yield f' "sources": {json.dumps(dict(plan.sources), indent=2, sort_keys=True)},\n'
    yield ' "locales": ['
    for number, one in enumerate(plan.locales):
        head = {
            "locale": one.locale,
            "providers": list(one.providers),
            "requests": one.requests,
            "characters": one.characters,
            "worst_case_characters": one.worst_case_characters,
            "cost": one.cost,
            "saved": dict(one.saved),
        }
        texts = ",\n   ".join(json.dumps(asdict(text), ensure_ascii=True) for text in one.texts)
        inner = f'"texts": [\n   {texts}\n  ]' if texts else '"texts": []'
        yield f"{',' if number else ''}\n  {json.dumps(head)[:-1]}, {inner}}}"
    yield "\n ]\n}\n"


def read_plan(data: bytes) -> Plan:
    """A plan from its JSON. Raises BadFile where it is none."""
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        message, line, column = f"it is not JSON: {error.msg}", error.lineno, error.colno
        raise BadFile("plan-damaged", message, mend=_MEND, line=line, column=column) from None
    except (ValueError, RecursionError):
        raise BadFile("plan-damaged", "it is not JSON in UTF-8", mend=_MEND) from None
    try:
        if document["schema"] != SCHEMA:
            raise of_another_schema("plan", document["schema"], SCHEMA, _MEND)
        return Plan(
            {_text(path): _text(hashed) for path, hashed in document["sources"].items()},
            tuple(map(_locale, document["locales"])),
            tuple(map(_text, document["provider"])),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BadFile("plan-damaged", "the file is not a plan", mend=_MEND) from None


def _locale(document: Mapping[str, object]) -> PlannedLocale:
    texts, saved, providers = document["texts"], document["saved"], document["providers"]
    if not (isinstance(texts, list) and isinstance(saved, dict) and isinstance(providers, list)):
        raise TypeError(document)
    cost = document["cost"]
    if cost is not None and not isinstance(cost, (int, float)):
        raise TypeError(cost)
    return PlannedLocale(
        locale=_text(document["locale"]),
        requests=_count(document["requests"]),
        cost=cost,
        saved={_text(what): _count(number) for what, number in saved.items()},
        texts=tuple(map(_planned, texts)),
        providers=tuple(map(_text, providers)),
    )


def _planned(document: Mapping[str, object]) -> PlannedText:
    return PlannedText(
        context=_text(document["context"]),
        source=_text(document["source"]),
        why=_text(document["why"]),
        provider=_text(document["provider"]),
        characters=_count(document["characters"]),
        worst_case_characters=_count(document["worst_case_characters"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value
