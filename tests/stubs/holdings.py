"""What an account of the stub server shows and takes beside texts: everything but translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.stubs.account import Account, read_dictionary
from tests.stubs.features import languages
from tests.stubs.refusal import Json, Refusal

_SCOPED = ("usage", "glossaries", "style_rules", "translation_memories")


@dataclass(frozen=True, slots=True)
class Wish:
    """A request by what it is about: `/v3/glossaries/7` has the parts `glossaries` and `7`."""

    method: str
    parts: Sequence[str]
    query: Mapping[str, str]
    body: Json


def held(account: Account, wish: Wish, url: str) -> object:
    """The answer. Raises Refusal; `url` is where files are put."""
    if wish.parts and wish.parts[0] in _SCOPED:
        account.need(f"{wish.parts[0]}:{'read' if wish.method == 'GET' else 'write'}")
    match wish.method, *wish.parts:
        case "GET", "usage":
            return account.usage()
        case "GET", "languages":
            return languages(wish.query.get("resource", ""))
        case "GET", "style_rules", identity:
            return account.style_rule(identity)
        case method, "glossaries", *rest:
            return _glossaries(account, wish, method, *rest)
        case method, "translation_memories", *rest:
            return _memories(account, wish, url, method, *rest)
    raise Refusal(404, "Not found")


def _glossaries(account: Account, wish: Wish, *parts: str) -> object:
    match parts:
        case ("GET",):
            return {"glossaries": [one.as_json() for one in account.glossaries.values()]}
        case ("POST",):
            return account.create(wish.body).as_json()
        case "PATCH", identity:
            account.glossary(identity).name = str(wish.body["name"])
            return account.glossary(identity).as_json()
        case "DELETE", identity:
            del account.glossaries[account.glossary(identity).identity]
            return {}
        case "PUT", identity, "dictionaries":
            pair, entries = read_dictionary(wish.body)
            account.glossary(identity).dictionaries[pair] = entries
            return {"source_lang": pair[0], "target_lang": pair[1], "entry_count": len(entries)}
    raise Refusal(404, "Not found")


def _memories(account: Account, wish: Wish, url: str, *parts: str) -> object:
    memories, query = account.memories, wish.query
    match parts:
        case ("GET",):
            return memories.listed(int(query.get("page", "0")), int(query.get("page_size", "10")))
        case "POST", "import":
            return memories.declare(wish.body, url)
        case "GET", "jobs", identity:
            return memories.jobs[identity].as_json(identity)
        case "GET", identity, "segments":
            first, size = query.get("page_cursor", "0"), query.get("page_size", "50")
            return memories.get(identity).segments(int(first), int(size))
        case "DELETE", identity:
            del memories.held[memories.get(identity).identity]
            return {}
    raise Refusal(404, "Not found")
