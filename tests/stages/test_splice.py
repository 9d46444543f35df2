"""A body spliced into one that exists: what it keeps, and that it says what the fresh one says."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats.body import read_body
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.remembered import Layout
from i18n_pipeline.stages.splice import splice


def spliced(existing: bytes, fresh: bytes) -> bytes:
    old, new = read_body(existing), read_body(fresh)
    theirs, ours = (
        Layout.of_source(body, segment_hashes(slot.segment.source for slot in body.slots))
        for body in (old, new)
    )
    return splice(theirs, ours).data


SAME = {
    "wrapped lines": (b"\nOne two\nthree.\n", b"\nOne two three.\n"),
    "bullets": (b"* a b\n* c d\n", b"- a b\n- c d\n"),
    "a loose list": (b"- a b\n\n- c d\n", b"- a b\n- c d\n"),
    "indentation of a list": (b"-   a b\n    -   c d\n", b"- a b\n  - c d\n"),
    "numbers of a list": (b"1. a b\n2. c d\n3. e f\n", b"1. a b\n1. c d\n1. e f\n"),
    "what follows a list's numbers": (b"2) a b\n3) c d\n", b"2. a b\n3. c d\n"),
    "the quotes of a link's title": (b"[x]\n\n[x]: /a  'title'\n", b'[x]\n\n[x]: /a "title"\n'),
    "emphasis and escapes": (b"_a_ b\\_c __d__\n", b"*a* b_c **d**\n"),
    "a heading underlined": (b"Title\n=====\n", b"# Title\n"),
    "a heading closed": (b"## Title ##\n", b"## Title\n"),
    "a rule": (b"one\n\n* * *\n\ntwo\n", b"one\n\n---\n\ntwo\n"),
    "a table aligned": (
        b"| a | bb |\n| - | :-: |\n| c `x`  | `d`    |\n",
        b"|a|bb|\n|---|:---:|\n|c `x`|`d`|\n",
    ),
    "fences": (b"~~~py\nx = 1\n~~~\n", b"```py\nx = 1\n```\n"),
    "blank lines": (b"\n\n\none\n\n\n\ntwo\n\n\n", b"\none\n\ntwo\n"),
    "no blank line at the start, no line end at the end": (b"one\n\ntwo", b"\none\n\ntwo\n"),
    "line ends": (
        b"one\r\n\r\n- a\r\n- b\r\n\r\n```\r\nx\r\n```\r\n",
        b"one\n\n- a\n- b\n\n```\nx\n```\n",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_a_formatters_work_stays(name: str) -> None:
    existing, fresh = SAME[name]
    assert spliced(existing, fresh) == existing


CHANGED = {
    "code": (b"```\nx = 1\n```\n", b"```\nx = 2\n```\n"),
    "the language of code": (b"```py\nx\n```\n", b"```sh\nx\n```\n"),
    "blanks of code in a list": (
        b"- a b\n\n  ```\n  x\n    y\n  ```\n",
        b"- a b\n\n  ```\n  x\n  y\n  ```\n",
    ),
    "indented code": (b"one\n\n    x\n      y\n", b"one\n\n    x\n    y\n"),
    "a mark in code of a list": (
        b"- a b\n\n  ```\n  - x\n  ```\n",
        b"- a b\n\n  ```\n  + x\n  ```\n",
    ),
    "the level of a heading": (b"## Title\n", b"### Title\n"),
    "the depth of an item": (b"- a b\n- c d\n", b"- a b\n  - c d\n"),
    "where a list begins": (b"1. a b\n2. c d\n", b"3. a b\n4. c d\n"),
    "the kind of a list": (b"- a b\n- c d\n", b"1. a b\n2. c d\n"),
    "the side of a column": (b"| a | b |\n|---|---|\n", b"| a | b |\n|--:|---|\n"),
    "a comment": (b"one\n\n<!-- two -->\n", b"one\n\n<!-- three -->\n"),
    "HTML in a list": (b"- a b\n\n  <hr class='x'>\n", b"- a b\n\n  <hr class='y'>\n"),
    "an address": (b"[one]\n\n[one]: /a\n", b"[one]\n\n[one]: /b\n"),
    "an image": (b"- a b\n- ![](/x.png)\n", b"- a b\n- ![](/y.png)\n"),
    "the label of a footnote": (b"a b[^x]\n\n[^x]: note\n", b"a b[^y]\n\n[^y]: note\n"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_the_source_has_otherwise_is_changed(name: str) -> None:
    existing, fresh = CHANGED[name]
    assert spliced(existing, fresh) == fresh


EDITS = {
    "put first where no blank line is": (
        b"one\ntwo\n",
        b"\nnew\n\none two\n",
        b"new\n\none\ntwo\n",
    ),
    "put last where no line end is": (b"one", b"one\n\nnew\n", b"one\n\nnew"),
    "a list put behind a paragraph": (b"one", b"one\n\n- a b\n", b"one\n\n- a b"),
    "all new": (b"\none two\n", b"\n- a b\n", b"\n- a b\n"),
    "all gone": (b"\none two\n", b"\n", b"\n"),
    "from nothing": (b"\n", b"\none two\n", b"\none two\n"),
    "the last moved first": (b"- a b\n\none", b"one\n\n- a b\n", b"one\n\n- a b"),
    "one of two alike removed": (b"a\nb\n\na b\n\nc\n", b"a b\n\nc\n", b"a\nb\n\nc\n"),
    "one item of a list of its own look": (
        b"*   a\n    b\n\n*   c d\n",
        b"- a b\n- new\n",
        b"*   a\n    b\n\n*   new\n",
    ),
    "a cell of an aligned table": (
        b"| a   | b   |\n| --- | --- |\n| c   | d   |\n",
        b"| a | b |\n|---|---|\n| c | new |\n",
        b"| a   | b   |\n| --- | --- |\n| c   | new   |\n",
    ),
    "a quote wrapped by hand": (
        b"> a\n> b\n\n> c\n> d\n",
        b"> a b\n\n> new\n",
        b"> a\n> b\n\n> new\n",
    ),
    "a definition given twice": (
        b"[x]\n\n[x]: /a\n[x]: /b\n",
        b"[x]\n\n[x]: /a\n[x]: /c\n",
        b"[x]\n\n[x]: /a\n[x]: /c\n",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_only_what_differs_is_replaced(name: str) -> None:
    existing, fresh, expected = EDITS[name]
    assert spliced(existing, fresh) == expected


@pytest.mark.parametrize(
    ("existing", "fresh", "wanted"),
    [
        (b"one\n", b"one \n\ntwo\n", b"one\n\ntwo\n"),
        (b"one  \n", b"one\n\ntwo\n", b"one  \n\ntwo\n"),
        (
            b"one\t\r\n\r\nthree \r\n",
            b"one \n\ntwo\n\nthree\n",
            b"one\t\r\n\r\ntwo\r\n\r\nthree \r\n",
        ),
        (b"one\n\ntwo  \n", b"one \n", b"one\n"),
    ],
)
def test_blanks_behind_a_line_are_those_of_the_file(
    existing: bytes, fresh: bytes, wanted: bytes
) -> None:
    assert spliced(existing, fresh) == wanted


def test_new_blocks_take_the_line_ends_of_the_file() -> None:
    existing, fresh = b"one\r\n", b"one\n\n```\nx\n```\n"
    assert spliced(existing, fresh) == b"one\r\n\r\n```\r\nx\r\n```\r\n"


def test_many_rules_between_edited_paragraphs_take_no_time_worth_mentioning() -> None:
    old = "\n\n---\n\n".join(f"paragraph {n}" for n in range(3000)).encode()
    new = "\n\n---\n\n".join(f"new one {n}" for n in range(3000)).encode()
    assert spliced(old, new) == new
