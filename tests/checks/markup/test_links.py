from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.links import LINKS
from tests.checks.subjects import found, subject

SOURCE = "[a](/glossary/token), [b](/glossary/token) and ![c](/c.png), <https://d.example>"
REST = "![う](/c.png) https://d.example"


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        (SOURCE, []),
        (f"[あ](/ja/glossary/token)[い](/glossary/token){REST}", []),
        (f"[あ](/glossary/token){REST}", ["one of the links to `/glossary/token` is missing"]),
        (REST, ["the link to `/glossary/token` is missing"]),
        *(
            (
                f"[い](/glossary/token)[あ{between}/glossary/token) {REST}",
                ["the link to `/glossary/token` is not read as one: look at its brackets"],
            )
            for between in ("] (", "]（", "］(", "］（", "]\u3000(")
        ),
        (
            f"［あ](/glossary/token) {REST}",
            ["the link to `/glossary/token` is not read as one: look at its brackets"],
        ),
    ],
)
def test_every_link_of_the_source_is_there(target: str, messages: list[str]) -> None:
    assert found(LINKS, subject(SOURCE, target)) == messages


def test_a_link_whose_address_is_read_alone_is_none() -> None:
    one = subject("See [it](https://d.example/x).", "[これ] (https://d.example/x)を参照")
    message = "the link to `https://d.example/x` is not read as one: look at its brackets"
    assert found(LINKS, one) == [message]


def test_an_address_that_touches_japanese_words_is_still_there() -> None:
    one = subject("See https://d.example/x.", "https://d.example/xを参照")
    assert found(LINKS, one) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (
            "[![the logo](logo.png)](https://e.org/page)",
            "![[the logo](https://e.org/page)](logo.png)",
            "the link to `https://e.org/page` is not read as one: look at its brackets",
        ),
        (
            "[the manual](https://e.org/m)",
            "[](https://e.org/m)the manual",
            "the link to `https://e.org/m` is not read as one: look at its brackets",
        ),
        (
            "![the logo](i.png)",
            "![the[logo](i.png)",
            "the image to `i.png` is not read as one: look at its brackets",
        ),
    ],
)
def test_a_link_that_no_reader_finds_is_missing(source: str, target: str, message: str) -> None:
    assert found(LINKS, subject(source, target)) == [message]
