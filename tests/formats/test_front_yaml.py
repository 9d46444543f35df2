from __future__ import annotations

from collections.abc import Iterator

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import (
    AddText,
    Change,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
    at,
    changed,
)
from i18n_pipeline.formats.front_toml import read_toml
from i18n_pipeline.formats.front_yaml import YamlFront, read_yaml

NASTY = (
    *("A: B", "@x", "`x`", "- x", '"a" b', "*x", "% x", "[x", "「引用」: 説明", "a\tb", "\tx"),
    *("{x}", "# x", "null", "x # y", "no", "010", "10:00", "1e3", "2026-01-01", "~", "", "yes"),
    *("'a'", "it's", 'say "hi"', "a\\nb", "a\nb", "a\n\nb", "a\n b", " lead", "trail ", "?", "? x"),
    *(":", "x:", "-", "---", "...", "--- x", "!tag", "&a", "*a", "|", ">", "|x", "a,b", "]", "}"),
    *("{{ x }}", "=", "<<", "0x1f", "1_000", ".5", "+.inf", "😀", "\u00a0x\u00a0", "on", "y", "1."),
    *("\u0085x", "a\u2028b", "\ufeffx", "\x07", "12:30:45", "%YAML", "a #b", "x\\", "''", '""'),
    *("a\r\nb", "long " * 40, "0b1", "0o7", "\ufffd", "日本語、", "🎉: x"),
)
STYLES = ("plain", "'single'", '"double"', "plain\n    more", "'si\n    ngle'", '"do\n    uble"')
PLACES = (
    "a: {}\nb: 1\n",
    "a: {} # remark\nb: 1\n",
    "x:\n  a: {}\n  b: 2\nz: 1\n",
    "l:\n  - {}\n  - b\nz: 1\n",
    "l: [{}, b]\nz: 1\n",
    "m: {{k: {}, j: 1}}\nz: 1\n",
    "l:\n- k: {}\n  j: 2\n- k: y\nz: 1\n",
)
BLOCKS = (
    *("|\n    text\n", "|-\n    text\n", "|+\n    text\n\n", ">\n    text\n    more\n"),
    *(">-\n    text\n", ">+\n    text\n\n\n", "| # remark\n    text\n", "|2\n    text\n"),
)
BLOCK_PLACES = ("a: {}b: 1\n", "b: 1\na: {}", "x:\n  a: {}  b: 2\nz: 1\n", "a: {}# end\nb: 1\n")
DOCUMENTS = tuple(place.format(style) for place in PLACES for style in STYLES) + tuple(
    place.format(block) for place in BLOCK_PLACES for block in BLOCKS
)


def first_text(text: str) -> Path:
    """The path of the first scalar that a document's place was filled with."""
    front = read_yaml(text)
    return next(path for path, scalar in front.layout.scalars.items() if scalar.is_text)


def loaded(text: str, path: Path) -> object:
    value = yaml.load(text, yaml.CSafeLoader)
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("text", DOCUMENTS)
def test_any_text_is_read_back_as_meant_and_only_its_place_changes(text: str, eol: str) -> None:
    text = text.replace("\n", eol)
    front, path = read_yaml(text), first_text(text)
    place = front.layout.scalars[path]
    for target in NASTY:
        edited = front.edit([SetText(path, target)])
        meant = at(changed(front.values, [SetText(path, target)]), path)
        assert at(read_yaml(edited).values, path) == meant
        assert loaded(edited, path) == meant
        assert edited.startswith(text[: place.start])
        assert edited.endswith(text[place.end :])


@given(st.sampled_from(DOCUMENTS), st.text())
def test_no_text_breaks_a_block(text: str, target: str) -> None:
    path = first_text(text)
    edited = read_yaml(text).edit([SetText(path, target)])
    assert str(loaded(edited, path)).rstrip("\n") == target.rstrip("\n")


@pytest.mark.parametrize("text", DOCUMENTS)
def test_a_block_without_changes_keeps_every_byte(text: str) -> None:
    assert read_yaml(text).edit([]) == text


@pytest.mark.parametrize(
    ("text", "target", "edited"),
    [
        ("a: one\n", "eins", "a: eins\n"),
        ("a: one # why\n", "eins", "a: eins # why\n"),
        ("a: one\n", "x: y", 'a: "x: y"\n'),
        ("a: 'one'\n", "l'un", "a: 'l''un'\n"),
        ('a: "one"\n', "plain", 'a: "plain"\n'),
        ("a: [one, two]\n", "x, y", 'a: ["x, y", two]\n'),
        ("a: |\n  one\n  two\nb: 1\n", "eins\nzwei\ndrei", "a: |\n  eins\n  zwei\n  drei\nb: 1\n"),
        ("a: >\n  one\n  two\nb: 1\n", "eins\nzwei", "a: >\n  eins\n\n  zwei\nb: 1\n"),
        ("a: |\n  one\nb: 1\n", " lead", 'a: " lead\\n"\nb: 1\n'),
        ("a: &x one\n", "eins", "a: &x eins\n"),
        ("a: !!str 12\n", "eins", "a: !!str eins\n"),
        ("a:\n", "eins", "a: eins\n"),
        ("a:\nb: 1\n", "x: y", 'a: "x: y"\nb: 1\n'),
    ],
)
def test_a_value_keeps_the_style_it_has(text: str, target: str, edited: str) -> None:
    front = read_yaml(text)
    path: Path = next(iter(front.layout.scalars))
    assert front.edit([SetText(path, target)]) == edited


@pytest.mark.parametrize(
    ("text", "items", "edited"),
    [
        ("k: [a, b]\n", ("v", "w"), "k: [v, w]\n"),
        ("k: [a, b] # why\n", ("v",), "k: [v] # why\n"),
        ("k: ['a', 'b']\n", ("v", "w", "u"), "k: ['v', 'w', 'u']\n"),
        ("k: [a,\n  b]\nz: 1\n", ("x: y",), 'k: ["x: y"]\nz: 1\n'),
        ("k:\n  - a # one\n  - b\n", ("v", "w"), "k:\n  - v # one\n  - w\n"),
        ("k:\n  - a\n  - b\nz: 1\n", ("v", "w", "u"), "k:\n  - v\n  - w\n  - u\nz: 1\n"),
        ("k:\n- 'a'\n- \"b\"\n# end\n", ("v",), "k:\n- 'v'\n# end\n"),
        ("k:\n- a\nz: 1\n", (), "k:\n []\nz: 1\n"),
        ("k: []\n", ("v", "w"), "k: [v, w]\n"),
        ("k: one\n", ("v", "w"), "k: [v, w]\n"),
        ("k:\nz: 1\n", ("v",), "k: [v]\nz: 1\n"),
        ("k:\n  - |\n    text\n  - b\n", ("v", "w"), 'k:\n  - "v"\n  - "w"\n'),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_list_keeps_the_form_it_has(
    text: str, items: tuple[str, ...], edited: str, eol: str
) -> None:
    front = read_yaml(text.replace("\n", eol))
    assert front.edit([SetItems("k", items)]) == edited.replace("\n", eol)


@given(
    st.sampled_from(("k: [a, b]\n", "k:\n  - a\n  - b\nz: 1\n", "k:\n- 'a'\n", "k: []\n", "k:\n")),
    st.lists(st.sampled_from(NASTY), max_size=4),
)
def test_any_items_are_read_back_as_meant(text: str, items: list[str]) -> None:
    edited = read_yaml(text).edit([SetItems("k", tuple(items))])
    assert loaded(edited, ("k",)) == items


def test_entries_are_copied_added_and_removed_where_they_belong() -> None:
    source = read_yaml("t: A\nnew: |\n  x\n  y\nlist: [a, b] # why\nlang: en\n")
    target = read_yaml("# first\nlang: de\nt: B\nold: 1\n\n# last\n")
    edited = target.edit(
        [
            CopyEntry("new", source, "t"),
            CopyEntry("list", source, "new"),
            CopyEntry("t", source, ""),
            Remove("old"),
            AddText("mark", "draft: yes"),
            AddText("machine", "true", literal=True),
        ]
    )
    assert edited == (
        "# first\nlang: de\nt: A\nnew: |\n  x\n  y\nlist: [a, b] # why\n"
        'mark: "draft: yes"\nmachine: true\n\n# last\n'
    )


@pytest.mark.parametrize(
    ("target", "edited"),
    [
        ("# only\n", "new: x\nmark: m\n# only\n"),
        ("a: |+\n  text\n\n\n", "new: x\na: |+\n  text\n\n\nmark: m\n"),
        ("a: >-\n  text\nb: 1\n", "new: x\na: >-\n  text\nb: 1\nmark: m\n"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_new_entry_is_glued_to_nothing(target: str, edited: str, eol: str) -> None:
    source = read_yaml("new: x\n")
    front = read_yaml(target.replace("\n", eol))
    changes: list[Change] = [CopyEntry("new", source), AddText("mark", "m")]
    assert front.edit(changes) == edited.replace("\n", eol)


def test_an_empty_block_takes_new_entries() -> None:
    assert read_yaml("").edit([AddText("a", "x"), AddText("b", "v")]) == "a: x\nb: v\n"


def test_values_are_strings_as_written() -> None:
    text = "a: no\nb: 010\nc: 10:00\nd: 1.10\ne: 2026-02-30\nf: ~\ng:\nh: 'no'\n"
    front = read_yaml(text)
    assert list(front.values.values()) == [
        *("no", "010", "10:00", "1.10", "2026-02-30", "~", "", "no")
    ]
    assert [front.is_text((key,)) for key in front.values] == [False] * 7 + [True]


@pytest.mark.parametrize(
    "text",
    ["a: 1\nb: [x, 'y']\nc: {d: e}\n", "a: |\n  text\nb: >\n  folded\n  text\n", "日本: 語\n", ""],
)
def test_values_are_those_of_python_frontmatter(text: str) -> None:
    def as_text(value: object) -> object:
        if isinstance(value, dict):
            return {str(key): as_text(child) for key, child in value.items()}
        return [as_text(c) for c in value] if isinstance(value, list) else str(value)

    metadata, _ = frontmatter.parse(f"---\n{text}---\n")
    assert dict(read_yaml(text).values) == as_text(metadata)


@given(st.text(max_size=12))
def test_what_is_said_to_be_a_string_is_one_to_pyyaml(text: str) -> None:
    try:
        front = read_yaml(f"a: {text}\n")
    except BadFile:
        return
    if "a" in front.values and front.is_text(("a",)):
        assert isinstance(loaded(front.text, ("a",)), str)


def test_a_block_of_another_kind_cannot_be_copied_from() -> None:
    with pytest.raises(BadFile) as refused:
        read_yaml("a: 1\n").edit([CopyEntry("b", read_toml('b = "x"\n'))])
    assert refused.value.problem.code == "front-matter-kinds"


def test_a_change_that_no_splice_expresses_is_refused() -> None:
    for change in (SetText(("m",), "x"), SetItems("m", ("x",)), AddText("a", "x")):
        with pytest.raises(BadFile) as refused:
            read_yaml("{a: b, m: {c: d}}\n").edit([change])
        assert refused.value.problem.code == "front-matter-unwritable"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: x: y\n", "yaml-syntax", 3, 5),
        ("a: 1\nb: [x\n", "yaml-syntax", 4, 1),
        ("a: 1\n\tb: 2\n", "yaml-syntax", 3, 1),
        ("a: 'x\n", "yaml-syntax", 2, 4),
        ('a: 1\nb: "x\nc: 2\n', "yaml-syntax", 3, 4),
        ('a: 1\nb: "x\nc: 2\nd: "y"\n', "yaml-syntax", 3, 4),
        ("a: 'it's'\nb: 2\n", "yaml-syntax", 2, 8),
        ("a: 'it's\nb: 'x'\n", "yaml-syntax", 2, 8),
        ("a: @x\n", "yaml-syntax", 2, 4),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 4, 1),
        ("a:\n  b: 1\n  b: 2\n", "duplicate-key", 4, 3),
        ("a: &x 1\nb: *x\n", "yaml-alias", 3, 4),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "yaml-merge", 4, 3),
        ("a: !!python/name:os.system x\n", "yaml-tag", 2, 4),
        ("a: !custom x\n", "yaml-tag", 2, 4),
        ("!x\na: 1\n", "yaml-tag", 2, 1),
        ("? [a]\n: b\n", "front-matter-key", 2, 3),
        ("- a\n- b\n", "front-matter-not-a-mapping", 2, 1),
        ("just prose\n", "front-matter-not-a-mapping", 2, 1),
        ("a: 1\n--- {b: 2}\n", "front-matter-second-document", 3, 5),
        ("a: 1\nb: x\uffffy\n", "control-character", 3, 5),
        ("[" * 101 + "]" * 101 + "\n", "front-matter-too-deep", 2, 101),
        ("a: 1\nb: " + "[" * 60_000 + "\n", "front-matter-too-deep", 3, 104),
        ("a:\n  " + "- " * 101 + "x\n", "front-matter-too-deep", 3, 1),
        ("".join(f"{' ' * depth}a:\n" for depth in range(102)), "front-matter-too-deep", 103, 102),
        ("a: " + "x" * 65_536 + "\n", "front-matter-too-large", 1, 1),
    ],
)
def test_a_block_is_refused_with_its_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(BadFile) as refused:
        read_yaml(text)
    problem = refused.value.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert problem.message
    assert problem.mend


def test_an_alias_bomb_is_refused_at_its_first_alias() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(BadFile) as refused:
        read_yaml(bomb)
    assert refused.value.problem.code == "yaml-alias"
    assert refused.value.problem.line == 3


@given(st.text(alphabet=" \n\tab:-?[]{}#&*!|>'\"%@,", max_size=60))
def test_any_block_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        front = read_yaml(text)
    except BadFile as refused:
        assert refused.problem.line > 0  # noqa: PT017
    else:
        assert front.edit([]) == text


def edited(front: YamlFront, path: Path) -> YamlFront | None:
    """A block with another text in a place; None where it is refused."""
    try:
        return read_yaml(front.edit([SetText(path, "x")]))
    except BadFile as refused:
        assert refused.problem.code == "front-matter-unwritable"  # noqa: PT017
        return None


@given(st.text(alphabet=" \nab:-?[]{}|>'\",", max_size=40))
def test_every_text_of_any_block_can_be_set_or_is_refused(text: str) -> None:
    try:
        front = read_yaml(text)
    except BadFile:
        return
    for path in texts_in(front.values):
        changed = edited(front, path)
        assert changed is None or str(at(changed.values, path)).rstrip("\n") == "x"


def texts_in(value: object, path: Path = ()) -> Iterator[Path]:
    """The paths of all texts in a value."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts_in(inner, (*path, index))


def test_lists_within_a_table_are_no_list_of_the_front_matter() -> None:
    front = read_yaml("seo:\n  words: [a, b]\n  more:\n    - c\ntags: [d]\n")
    assert front.values["seo"] == {"words": ["a", "b"], "more": ["c"]}
    assert front.edit([SetText(("seo", "words", 1), "e")]).startswith("seo:\n  words: [a, e]\n")


@pytest.mark.parametrize(
    "path", [("gone",), ("title", "inner"), ("tags", 7), ("tags", "x"), ("tags",)]
)
def test_a_text_that_is_not_there_is_not_set(path: Path) -> None:
    front = read_yaml("title: One\ntags: [a]\n")
    assert not isinstance(at(front.values, path), str)
    with pytest.raises(BadFile):
        front.edit([SetText(path, "Two")])


def test_a_block_that_is_one_empty_value_says_nothing() -> None:
    assert read_yaml('""\n').values == {}
