"""The account behind the stub server: allowance, meter, and what a customer keeps at DeepL."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.stubs.features import base
from tests.stubs.memories import Memories
from tests.stubs.refusal import Json, Refusal

UNLIMITED = 1_000_000_000_000
DAWN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Glossary:
    """A multilingual glossary: entries by pair of base languages."""

    identity: str
    name: str
    created: datetime
    dictionaries: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def as_json(self) -> Json:
        """As DeepL shows it: without the entries."""
        return {
            "glossary_id": self.identity,
            "name": self.name,
            "creation_time": self.created.strftime("%Y-%m-%dT%H:%M:%S.%f%z"),
            "dictionaries": [
                {"source_lang": source, "target_lang": target, "entry_count": len(entries)}
                for (source, target), entries in sorted(self.dictionaries.items())
            ],
        }


@dataclass
class Account:
    """One customer. `limit` is in characters; a key that ends in `:fx` may keep one glossary.

    `key_limit` is the key's own. `style_rules` are languages by id. `lacking` are scopes that the
    key has not (`usage:read`).
    """

    key: str = "stub-key"
    limit: int = UNLIMITED
    key_limit: int = UNLIMITED
    billed: int = 0
    billed_elsewhere: int = 0
    style_rules: dict[str, str] = field(default_factory=dict)
    memories: Memories = field(default_factory=Memories)
    lacking: set[str] = field(default_factory=set)
    billed_for: Counter[tuple[str, str]] = field(default_factory=Counter)
    glossaries: dict[str, Glossary] = field(default_factory=dict)
    made: int = 0
    now: datetime = DAWN
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def free(self) -> bool:
        """Whether this is the free plan."""
        return self.key.endswith(":fx")

    def charge(self, target: str, texts: Sequence[str], bills: Sequence[int]) -> None:
        """Count characters, or refuse with 456 where they pass the limit."""
        with self.lock:
            if self.billed + self.billed_elsewhere + sum(bills) > self.limit:
                raise Refusal(456, "Quota Exceeded")
            self.billed += sum(bills)
            self.billed_for.update((target, text) for text in texts)

    def billed_twice(self) -> list[tuple[str, str]]:
        """What was billed more than once: pairs of target language and text."""
        return sorted(pair for pair, times in self.billed_for.items() if times > 1)

    def usage(self) -> Json:
        """The body of /v2/usage: what concerns the key is shown to Pro alone."""
        count = self.billed + self.billed_elsewhere
        shown: Json = {"character_count": count, "character_limit": self.limit}
        of_key: Json = {
            "api_key_character_count": self.billed,
            "api_key_character_limit": self.key_limit,
            "products": [{"product_type": "translate", "character_count": count}],
            "start_time": "2026-11-01T00:00:00Z",
            "end_time": "2026-12-01T00:00:00Z",
        }
        return shown if self.free else {**shown, **of_key}

    def need(self, scope: str) -> None:
        """Refuse what the key is not allowed to do."""
        if scope in self.lacking:
            raise Refusal(403, f"Missing required scope(s): {scope}", "detail")

    def style_rule(self, identity: str) -> Json:
        """Style rules by id; 404 without."""
        if identity not in self.style_rules:
            raise Refusal(404, "not found")
        return {
            "style_id": identity,
            "name": "rules",
            "language": self.style_rules[identity],
            "version": 1,
            "creation_time": "2026-01-01T12:00:00Z",
            "updated_time": "2026-01-01T12:00:00Z",
        }

    def create(self, body: Json) -> Glossary:
        """Make a glossary; 456 where the plan allows no further one."""
        with self.lock:
            if self.free and self.glossaries:
                raise Refusal(456, "Quota for this billing period has been exceeded")
            parts = body.get("dictionaries")
            read = [read_dictionary(part) for part in parts] if isinstance(parts, list) else []
            self.now += timedelta(minutes=1)
            self.made += 1
            identity = str(UUID(int=self.made))
            made = Glossary(identity, str(body["name"]), self.now, dict(read))
            self.glossaries[identity] = made
            return made

    def glossary(self, identity: str) -> Glossary:
        """A glossary by id; 404 without."""
        if identity not in self.glossaries:
            raise Refusal(404, "Glossary not found")
        return self.glossaries[identity]

    def entries(self, identity: str, source: str, target: str) -> Mapping[str, str]:
        """The entries for a pair of codes; 400 where the glossary does not hold it."""
        pair = base(source), base(target)
        dictionaries = self.glossary(identity).dictionaries
        if pair not in dictionaries:
            raise Refusal(400, "No dictionary found for the language pair")
        return dictionaries[pair]


def read_dictionary(part: object) -> tuple[tuple[str, str], dict[str, str]]:
    """A dictionary of a request, as strict as DeepL: no empty, doubled or unprintable term."""
    if not isinstance(part, dict):
        raise Refusal(400, "Bad dictionary")
    entries: dict[str, str] = {}
    for line in str(part["entries"]).split("\n"):
        source, tab, target = line.partition("\t")
        if not tab or source in entries or not all(map(_good, (source, target))):
            raise Refusal(400, "Invalid glossary entries provided")
        entries[source] = target
    return (base(str(part["source_lang"])), base(str(part["target_lang"]))), entries


def _good(term: str) -> bool:
    fits = 0 < len(term.encode()) <= 1024 and term == term.strip()
    return fits and not any(unicodedata.category(character) == "Cc" for character in term)
