"""What a page has that is nowhere else: with it the page is never taken away."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.front_base import value_hash
from i18n_pipeline.stages.own_content import own_content
from tests.stages.documents import target_of

FIELDS = replace(Fields(), keep=("editor",))


def own(front: str, **known: object) -> list[str]:
    """What a page's front matter has of its own, in words; `known` is what the lock knows of it."""
    data = f"---\nslug: term\nlang: de\n{front}---\n".encode()
    entry = replace(
        LockEntry("term", "source", "built", copied=MappingProxyType({"slug": value_hash("term")})),
        **known,  # type: ignore[arg-type]  # names of the entry's fields
    )
    return [*own_content(target_of(data, rules=Rules(FIELDS)), entry, FIELDS).values()]


def test_a_value_that_each_page_keeps_is_its_own() -> None:
    assert own("") == []
    assert own("editor: Anna\n") == ["its own `editor`"]


def test_a_value_is_the_sources_while_it_is_what_was_copied() -> None:
    copied = MappingProxyType({"slug": value_hash("term"), "date": value_hash("2026")})
    assert own('date: "2026"\n', copied=copied) == []
    assert own('date: "2027"\n', copied=copied) == ["its own `date`"]


def test_a_link_is_the_pages_own_where_the_source_never_had_it() -> None:
    links = MappingProxyType({"related": ("lora", "token")})
    assert own("related: [token]\n", links=links) == []
    assert own("related: [token, rank]\n", links=links) == ["its own `related`"]
