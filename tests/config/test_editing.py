"""One path more or less in a file of configuration, and every other byte as it was."""

from __future__ import annotations

import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from tomlkit.exceptions import TOMLKitError

from i18n_pipeline.config.editing import names_memory, with_memory, without_memory
from i18n_pipeline.errors import BadFile

PATH = "memories/b.tmx"

TABLE = [
    (
        'source = "en"\ntargets = ["ja"]',
        'source = "en"\ntargets = ["ja"]\n\n[memory]\ntmx = ["memories/b.tmx"]\n',
    ),
    (
        '[memory] # ours\r\nexact = "draft"\r\n\r\n[build]\r\n',
        '[memory] # ours\r\ntmx = ["memories/b.tmx"]\r\nexact = "draft"\r\n\r\n[build]\r\n',
    ),
    ('[memory]\ntmx = ["a.tmx"] # one\n', '[memory]\ntmx = ["a.tmx", "memories/b.tmx"] # one\n'),
    (
        '[memory]\ntmx = [\n  "a.tmx", # one\n]\n[x]\n',
        '[memory]\ntmx = [\n  "a.tmx", # one\n  "memories/b.tmx",\n]\n[x]\n',
    ),
    (
        '[memory]\nexact = "draft"\n\n# about x\n[x]\n',
        '[memory]\ntmx = ["memories/b.tmx"]\nexact = "draft"\n\n# about x\n[x]\n',
    ),
    ("memory = { fuzzy = 80 }\n", 'memory = { fuzzy = 80, tmx = ["memories/b.tmx"]}\n'),
    ("memory.fuzzy = 80\nx = 1\n", 'memory.fuzzy = 80\nmemory.tmx = ["memories/b.tmx"]\nx = 1\n'),
    ("[memory]", '[memory]\ntmx = ["memories/b.tmx"]\n'),
    ('x = """\n[memory]\n"""\n', 'x = """\n[memory]\n"""\n\n[memory]\ntmx = ["memories/b.tmx"]\n'),
]


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_a_path_more_changes_nothing_else(before: str, after: str) -> None:
    assert with_memory(before, (), PATH) == after
    assert names_memory(after, (), PATH)
    assert not names_memory(before, (), PATH)


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_a_path_that_was_added_can_be_taken_out_again(before: str, after: str) -> None:
    less = without_memory(after, (), PATH)
    assert not names_memory(less, (), PATH)
    if "tmx" in before:
        assert less == before


def test_a_configuration_in_another_programs_file_has_its_table_there() -> None:
    before = '[project]\nname = "x"\n\n[tool.i18n]\nsource = "en"\n\n[tool.other]\na = 1\n'
    after = with_memory(before, ("tool", "i18n"), PATH)
    assert after == before + '\n[tool.i18n.memory]\ntmx = ["memories/b.tmx"]\n'


def test_what_cannot_be_added_alone_is_left_to_a_person() -> None:
    with pytest.raises(BadFile) as caught:
        with_memory('tool = { i18n = { source = "en" } }\n', ("tool", "i18n"), PATH)
    assert caught.value.problem.code == "cannot-edit"
    assert PATH in caught.value.problem.mend


names = st.from_regex(r"[a-z]{1,8}\.tmx", fullmatch=True)
layouts = st.sampled_from(
    ["[memory]\ntmx = [{}]\n", "[memory]\r\ntmx=[ {} ] # x\r\n", "memory.tmx = [{}]\n"]
)


@given(layouts, st.lists(names, unique=True, max_size=4), names)
def test_whatever_is_named_stays_named_in_order(layout: str, paths: list[str], path: str) -> None:
    text = layout.format(", ".join(f'"{one}"' for one in paths))
    if path not in paths:
        more = with_memory(text, (), path)
        assert tomllib.loads(more)["memory"]["tmx"] == [*paths, path]
        assert tomllib.loads(without_memory(more, (), path)) == tomllib.loads(text)
    for one in paths:
        less = tomllib.loads(without_memory(text, (), one))["memory"]["tmx"]
        assert less == [other for other in paths if other != one]


def test_what_is_not_named_itself_is_nothing_to_take_out() -> None:
    text = '[memory]\ntmx = ["memories/*.tmx"]\n'
    assert without_memory(text, (), PATH) == text


@pytest.mark.parametrize(
    "text",
    [
        'source = "en"\n',
        "memory = 5\n",
        '[memory]\ntmx = [\n  "a.tmx", # a\n  "memories/b.tmx", # why b\n]\n',
    ],
    ids=["no memories", "no table", "with what somebody said of it"],
)
def test_a_path_that_cannot_be_taken_out_alone_is_left_to_a_person(text: str) -> None:
    with pytest.raises(BadFile):
        without_memory(text, (), PATH)


def test_so_is_one_where_no_table_can_be() -> None:
    with pytest.raises(BadFile):
        with_memory("memory = 5\n", (), PATH)


def test_what_only_the_editor_cannot_read_is_left_to_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_: str) -> object:
        raise TOMLKitError

    monkeypatch.setattr(tomlkit, "parse", refused)
    with pytest.raises(BadFile):
        without_memory('[memory]\ntmx = ["memories/b.tmx"]\n', (), PATH)
