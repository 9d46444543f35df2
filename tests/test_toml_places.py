from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import tomlkit
from hypothesis import example, given
from hypothesis import strategies as st

from i18n_pipeline.toml_places import Keys, places

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = '''\
# [not.a.table]
source = "en"
targets = ["ja", # "de"
  "fr"]

[paths]
terms = """
[neither]
x = 1
"""
  "quoted key".'inner' = 1.5
[fields]
skip = { draft = true, deep.er = [1, { x = 2 }] }
[[many]]
name = 'a = "b"'
when = 2020-01-01T00:00:00Z
[locale . "pt-BR".paths]
lock = ""
'''


def test_every_key_table_and_item_is_found_where_it_stands() -> None:
    assert places(EXAMPLE) == {
        ("source",): (2, 1),
        ("targets",): (3, 1),
        ("targets", 0): (3, 12),
        ("targets", 1): (4, 3),
        ("paths",): (6, 2),
        ("paths", "terms"): (7, 1),
        ("paths", "quoted key"): (11, 3),
        ("paths", "quoted key", "inner"): (11, 16),
        ("fields",): (12, 2),
        ("fields", "skip"): (13, 1),
        ("fields", "skip", "draft"): (13, 10),
        ("fields", "skip", "deep"): (13, 24),
        ("fields", "skip", "deep", "er"): (13, 29),
        ("fields", "skip", "deep", "er", 0): (13, 35),
        ("fields", "skip", "deep", "er", 1): (13, 38),
        ("fields", "skip", "deep", "er", 1, "x"): (13, 40),
        ("many",): (14, 3),
        ("many", "name"): (15, 1),
        ("many", "when"): (16, 1),
        ("locale",): (17, 2),
        ("locale", "pt-BR"): (17, 11),
        ("locale", "pt-BR", "paths"): (17, 19),
        ("locale", "pt-BR", "paths", "lock"): (18, 1),
    }


def test_places_count_lines_in_windows_files() -> None:
    assert places('a = """x\r\n"""\r\nb = 1\r\n')["b",] == (3, 1)


TEXTS = st.text(st.sampled_from("ab\"'\\#[]{}=,.\n\té語"), max_size=8)
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-99, 99), st.floats(-9, 9), st.dates())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def _keys(value: object, at: Keys = ()) -> Iterator[Keys]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, key)
            yield from _keys(inner, (*at, key))


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_every_key_of_any_document_has_a_place(document: dict[str, object]) -> None:
    text = tomlkit.dumps(document)
    read = tomllib.loads(text)
    found = places(text)
    assert set(_keys(read)) <= set(found)
    lines = text.split("\n")
    assert all(column <= len(lines[line - 1]) for line, column in found.values())


@given(st.text(max_size=60))
@example("'\x08'")
def test_any_text_at_all_is_survived(text: str) -> None:
    places(text)


def test_a_date_is_not_a_key() -> None:
    assert places(f"a = {date(2020, 1, 2)}\nb = 07:32:00") == {("a",): (1, 1), ("b",): (2, 1)}


def test_of_a_key_that_is_not_finished_what_there_is_is_found() -> None:
    assert places("a. = 1\nb = 2\n") == {("a",): (1, 1), ("b",): (2, 1)}
