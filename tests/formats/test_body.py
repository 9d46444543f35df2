from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, read_body, written
from i18n_pipeline.markdown import EXTENSIONS, folded
from i18n_pipeline.model import Kind
from tests.stubs.documents import documents, extensions, scraps

NO_MDX = EXTENSIONS - {"mdx"}
REFUSED = frozenset({"unknown-directive", "directive-inside-text"})


# Four blanks behind a link definition: a paragraph to cmark and pyromark, code to markdown-it.
_READERS_DISAGREE = re.compile(r"\]: .*\r?\n[ >]* {4}|\A\ufeff")


def body(text: str, known: frozenset[str] = NO_MDX) -> Body:
    return read_body(text.encode(), known)


def read(text: str, known: frozenset[str]) -> Body | None:
    """The body of a generated document; None for one whose directives make no sense."""
    try:
        return body(text, known)
    except BadFile as error:
        assert error.problem.code in REFUSED  # noqa: PT017
        return None


def said(there: Body) -> list[tuple[Kind, str]]:
    return [(slot.segment.kind, slot.segment.source) for slot in there.slots]


def skeleton(there: Body) -> list[bytes]:
    parts, position = [], 0
    for slot in there.slots:
        parts.append(there.data[position : slot.leaf.start])
        position = slot.leaf.end
    return [*parts, there.data[position:]]


def render(there: Body, targets: list[str]) -> str:
    patches = (there.patch(slot, text) for slot, text in zip(there.slots, targets, strict=True))
    return there.render(patches).decode()


def rewrapped(there: Body) -> bytes:
    """The body with every source written as if it were a new text."""
    patches = []
    for slot in there.slots:
        unknown = replace(slot, segment=replace(slot.segment, source=""))
        patches.append(there.patch(unknown, slot.segment.source))
    return there.render(patches)


@given(st.one_of(documents(), scraps), extensions)
def test_a_body_whose_targets_are_its_sources_keeps_every_byte(
    text: str, known: frozenset[str]
) -> None:
    if there := read(text, known):
        assert render(there, [slot.segment.source for slot in there.slots]) == text


@given(documents(), extensions)
@example("word\n\n>word\n[^1]: > word  \n      > word\n\n", frozenset())  # a mark without a blank
def test_targets_are_read_back_as_meant_and_nothing_else_changes(
    text: str, known: frozenset[str]
) -> None:
    there = read(text, known)
    if there is None:
        return
    targets = [f"Ж {source} Ж" for _, source in said(there)]
    again = body(render(there, targets), known)
    meant = [
        (slot.segment.kind, folded(written(slot.segment.kind, target)))
        for slot, target in zip(there.slots, targets, strict=True)
    ]
    assert said(again) == meant
    assert skeleton(again) == skeleton(there)


@given(documents(), extensions)
def test_a_second_reading_of_what_was_written_changes_nothing(
    text: str, known: frozenset[str]
) -> None:
    there = read(text, known)
    if there is None:
        return
    targets = [f"Ж {source} Ж" for _, source in said(there)]
    once = render(there, targets)
    again = body(once, known)
    assert render(again, [source for _, source in said(again)]) == once


@given(documents())
def test_what_is_written_on_one_line_is_shown_as_it_was_on_several(text: str) -> None:
    there = read(text, frozenset())
    if there is None or _READERS_DISAGREE.search(text):
        return
    assert _shown(rewrapped(there).decode()) == _shown(text)


def _shown(text: str) -> str:
    """The HTML of a text without blanks; a heading on one line has lost its hard breaks."""
    html = re.sub(r"\s+", "", MarkdownIt("commonmark").render(text))
    return re.sub(r"<h[12]>.*?</h[12]>", lambda heading: heading[0].replace("<br/>", ""), html)


_prose = st.lists(
    st.sampled_from(("word", "*em phasis*", "`code`", "[a](u)", "日本語", "機械学習", "2024", "é")),
    min_size=2,
    max_size=12,
)
_containers = st.sampled_from((("", ""), ("- ", "  "), ("> ", "> "), ("1. > ", "   > ")))


@given(_prose, _containers, st.lists(st.sampled_from((" ", "\n")), min_size=20, max_size=20))
def test_rewrapping_a_text_changes_no_segment(
    words: list[str], container: tuple[str, str], gaps: list[str]
) -> None:
    first, rest = container
    wrapped = "x" + "".join(gap + word for gap, word in zip(gaps, words, strict=False))
    one_line = " ".join(["x", *words])
    text = first + wrapped.replace("\n", "\n" + rest)
    assert said(body(text)) == said(body(first + _spaced(one_line, wrapped)))


def _spaced(one_line: str, wrapped: str) -> str:
    """The text on one line: a break between characters of spaceless scripts is no space."""
    return "".join(
        "" if here == "\n" and folded(f"{wrapped[at - 1]}\n{wrapped[at + 1]}")[1] != " " else plain
        for at, (plain, here) in enumerate(zip(one_line, wrapped, strict=True))
    )


@given(st.lists(st.sampled_from("日本語機械学習の「」、。"), min_size=2, max_size=30), st.data())
def test_breaking_a_japanese_text_anywhere_changes_nothing(
    characters: list[str], data: st.DataObject
) -> None:
    breaks = data.draw(st.lists(st.booleans(), min_size=len(characters), max_size=len(characters)))
    text = characters[0] + "".join(
        ("\n" if broken else "") + character
        for character, broken in zip(characters[1:], breaks, strict=False)
    )
    assert [source for _, source in said(body("語" + text))] == ["語" + "".join(characters)]


@pytest.mark.parametrize(
    ("kind", "target", "file"),
    [
        (Kind.PARAGRAPH, "one\ntwo", "one\ntwo"),
        (Kind.PARAGRAPH, " one", "one"),
        (Kind.PARAGRAPH, "1997. aastal", "1997\\. aastal"),
        (Kind.ITEM, "# one", "\\# one"),
        (Kind.HEADING, "one\ntwo\\\nthree", "one two three"),
        (Kind.HEADING, "1. one", "1. one"),
        (Kind.DEFINITION_TITLE, "one  \ntwo", "one two"),
        (Kind.CELL, "a | b \\| c \\\\| d", "a \\| b \\| c \\\\\\| d"),
        (Kind.CELL, "{{ a | b }} | c", "{{ a | b }} \\| c"),
        (Kind.CELL, "one\ntwo", "one two"),
        (Kind.LINK_TITLE, 'a "b"\nc', 'a \\"b\\" c'),
        (Kind.LINK_TITLE, 'a \\"b\\"', 'a \\"b\\"'),
    ],
)
def test_a_target_is_written_as_its_block_can_hold_it(kind: Kind, target: str, file: str) -> None:
    assert written(kind, target) == file


@pytest.mark.parametrize(
    ("definition", "target", "file"),
    [
        ("[r]: /u 'one'\n", "l'un", "[r]: /u 'l\\'un'\n"),
        ('[r]: /u "one"\n', "l'un", '[r]: /u "l\'un"\n'),
        ("[r]: /u (one)\n", "(un)", "[r]: /u ((un\\))\n"),
    ],
)
def test_a_title_escapes_the_quotes_it_stands_in(definition: str, target: str, file: str) -> None:
    assert render(body(definition), [target]) == file


@pytest.mark.parametrize(
    ("text", "target", "file"),
    [
        ("- one\n", "eins  \nzwei", "- eins  \n  zwei\n"),
        ("> one\r\n> two\r\n", "eins\\\nzwei", "> eins\\\r\n> zwei\r\n"),
        ("one\n", "eins\\\n- zwei", "eins\\\n    - zwei\n"),
        ("- one\n", "eins\\\n1. zwei", "- eins\\\n      1. zwei\n"),
        ("one\n", "eins\\\n*zwei* (`3`)", "eins\\\n*zwei* (`3`)\n"),
        ("# one\n", "eins\\\nzwei", "# eins zwei\n"),
        ("one\n", "eins\n\nzwei", "eins zwei\n"),
    ],
)
def test_further_lines_stay_in_their_block(text: str, target: str, file: str) -> None:
    assert render(body(text), [target]) == file
    assert len(body(file).slots) == 1


def test_headings_give_a_segment_its_place() -> None:
    there = body("a\n\n# B\n\n### C\n\nc\n\n## D\n\nd\n\n# E\n")
    assert [slot.segment.headings for slot in there.slots] == [
        (),
        (),
        ("B",),
        ("B", "C"),
        ("B",),
        ("B", "D"),
        (),
    ]


def test_addresses_are_the_destinations_of_definitions() -> None:
    there = body("[a]: /u 't'\n\n> [b]: <v w>\n\n[c]: {{ ref }}\n")
    assert [there.data[start:end] for start, end in there.addresses] == [
        b"/u",
        b"<v w>",
        b"{{ ref }}",
    ]


def test_a_note_goes_to_the_next_segment_only() -> None:
    there = body("<!-- i18n: note one\n two -->\n<!-- i18n: note three -->\n\na\n\nb\n")
    assert [slot.segment.note for slot in there.slots] == ["one two three", ""]


def test_directives_count_in_lists_and_in_mdx() -> None:
    text = "- a\n\n  <!-- i18n: skip -->\n\n  b\n\n  <!-- i18n: end -->\n\n  c\n"
    assert [source for _, source in said(body(text))] == ["a", "c"]
    text = "{/* i18n: skip */}\n\nb\n\n{/* i18n: end */}\n\nc\n"
    assert [source for _, source in said(body(text, EXTENSIONS))] == ["c"]


def test_a_directive_in_code_is_code() -> None:
    assert said(body("`<!-- i18n: skip -->`\n\n```\n<!-- i18n: skip -->\n```\n")) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "says"),
    [
        ("a\n\n<!-- i18n: skip -->\n\nb\n", "directive-not-closed", 3, 1, "not closed"),
        ("a\n\n<!-- i18n: end -->\n", "unknown-directive", 3, 1, "makes no sense here"),
        ("<!-- i18n: skpi -->\n", "unknown-directive", 1, 1, "skpi"),
        ("- <!-- i18n: ignore -->\n", "unknown-directive", 1, 3, "ignore"),
        ("<!-- i18n: -->\n", "unknown-directive", 1, 1, "unknown directive"),
        (
            "<!-- i18n: skip -->\n\n<!-- i18n: skip -->\n",
            "unknown-directive",
            3,
            1,
            "makes no sense here",
        ),
        ("a\nb <!-- i18n: skip --> c\n", "directive-inside-text", 2, 3, "line of its own"),
        ("é a\x00b\n", "control-character", 1, 4, "U+0000"),
        ("a\n\x1b[31m\n", "control-character", 2, 1, "U+001B"),
        ("a \u009b\n", "control-character", 1, 3, "U+009B"),
        ("a\n日本\rb\n", "bare-carriage-return", 2, 3, "carriage return"),
        ("a\n\x0cb\n", "control-character", 2, 1, "U+000C"),
    ],
)
def test_a_body_is_refused_with_its_place(
    text: str, code: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(BadFile) as refused:
        body(text)
    problem = refused.value.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert says in problem.message
    assert problem.mend


def test_a_misspelled_directive_is_answered_with_the_one_that_is_meant() -> None:
    with pytest.raises(BadFile) as refused:
        body("<!-- i18n: skpi -->\n")
    assert "did you mean `skip`" in refused.value.problem.mend


def test_lines_count_from_where_the_body_begins() -> None:
    with pytest.raises(BadFile) as refused:
        read_body(b"a\n\x00", line=10)
    assert refused.value.problem.line == 11


@pytest.mark.parametrize("text", ["a\u2028b", "a\u2029b", "a\u0085b", "a\tb"])
def test_unicode_line_ends_are_text(text: str) -> None:
    assert said(body(text)) == [(Kind.PARAGRAPH, text)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[a](" * 50_000,
        "![" * 50_000,
        "> " * 5_000 + "a",
        "- " * 5_000 + "a",
        "*a " * 50_000,
        "`" * 100_000,
        "<!--" * 25_000,
        "{{" * 50_000,
        "{%{{" * 25_000,
        "{a}\n" * 25_000,
        "<A>\n" * 25_000,
        "{{x}} word\n\n" * 10_000,
        "a" + " " * 1_000_000 + "b",
        "a@" * 50_000,
        "日本語" * 100_000,
        "word\n" * 50_000,
        "\\" * 500_000,
        "".join("  " * depth + "- a\n" for depth in range(300)),
    ],
)
def test_hostile_text_is_read_like_any_other(text: str) -> None:
    there = body(text, EXTENSIONS)
    assert render(there, [source for _, source in said(there)]) == text


def test_a_merge_conflict_is_refused_but_may_be_shown_as_code() -> None:
    conflict = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n"
    with pytest.raises(BadFile) as caught:
        read_body(f"Text.\n\n{conflict}".encode(), line=9)
    assert (caught.value.problem.code, caught.value.problem.line) == ("conflict-marker", 11)
    read_body(f"```\n{conflict}```\n".encode())


def test_a_line_of_a_quote_that_has_no_mark_goes_on_where_its_text_does() -> None:
    there = body("> See [the\n](/x) and\n> more\n")
    assert said(there) == [(Kind.QUOTE, "See [the ](/x) and more")]
    assert render(there, ["Siehe [das](/x)"]) == "> Siehe [das](/x)\n"
