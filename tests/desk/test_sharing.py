"""What stands in several places of a value is written once, and nothing else becomes of it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.desk.sharing import as_json, shared, table
from tests.desk.reviving import revived, rows_of

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
LONG = "A text that stands in several places."


def parts(inside: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inside) | st.dictionaries(st.text(), inside)


@given(st.recursive(LEAVES.filter(lambda one: not isinstance(one, int)), parts))
def test_it_is_read_back_as_it_was(value: object) -> None:
    doubled = {"one": value, "other": [value, LONG, LONG]}
    assert revived(json.loads(as_json(shared(doubled)))) == json.loads(as_json(doubled))


def test_a_long_text_stands_in_it_once_and_so_does_what_is_made_of_it() -> None:
    node = ["p", {}, [LONG, ["em", {}, [LONG]]]]
    text = as_json(shared({"a": node, "b": node, "c": LONG, "d": "short"}))
    assert text.count(LONG) == 1
    assert text.count('"em"') == 1


def test_numbers_and_truths_that_are_alike_in_python_stay_apart() -> None:
    value = [[1, True, 1.0, "a long enough text"], [True, 1, 1.0, "a long enough text"]]
    assert as_json(revived(json.loads(as_json(shared(value))))) == as_json(value)


def test_names_of_columns_stand_in_a_table_once() -> None:
    rows: list[dict[str, object]] = [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert table(rows) == {"columns": ["a", "b"], "rows": [[1, 2], [3, 4]]}
    assert rows_of(table(rows)) == rows
    assert table([]) == {"columns": [], "rows": []}
