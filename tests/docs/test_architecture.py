"""The page on how it is built tells of this code and of our own glossary as they are."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from tests.docs.pages import DOCS

ROOT = DOCS.parent
PACKAGE = ROOT / "i18n_pipeline"
PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")
EXCERPTS = re.findall(r"^( *)```\w+ in (\S+)\n(.*?)^\1```$", PAGE, re.MULTILINE | re.DOTALL)
NAMED = set(re.findall(r"`([\w/]+(?:/|\.py))`", PAGE))


@pytest.mark.parametrize(("path", "text"), [(path, text) for _, path, text in EXCERPTS])
def test_what_is_shown_of_a_file_stands_in_it(path: str, text: str) -> None:
    assert dedent(text) in (ROOT / path).read_text(encoding="utf-8")


def test_every_room_has_its_row() -> None:
    rooms = {p.name if p.suffix else f"{p.name}/" for p in PACKAGE.glob("[a-z]*")}
    assert rooms - {"py.typed"} <= NAMED


def test_every_step_of_a_run_has_its_row() -> None:
    values = {"options.py", "work.py", "homes.py", "terminology.py"}
    assert {p.name for p in (PACKAGE / "pipeline").glob("[a-z]*.py")} - values <= {
        name.removeprefix("pipeline/") for name in NAMED
    }


@pytest.mark.parametrize("name", sorted(NAMED))
def test_what_the_page_names_is_there(name: str) -> None:
    places = [PACKAGE, *(p for p in PACKAGE.iterdir() if p.is_dir()), ROOT]
    assert any((place / name).exists() for place in places)
