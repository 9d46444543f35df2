"""A second text of a person waits in the comments, letter by letter, until somebody chooses."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.stages.conflicts import Parked, park, parked, settled

UNIT = Unit("lora/body", "Only a few.", "少しだけ。", reviewed=True, comments=("Mine.",))
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    | st.sampled_from("\n\x85\t\r\v\f")
).filter(bool)
AWKWARD = [
    "two\nlines",
    "  leading",
    "trailing  ",
    "a \\",
    "\\\\",
    "\n",
    "\n\nend\n",
    "| pipe",
    "\u3000",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_is_given_back_as_it_was(text: str) -> None:
    assert parked(park(UNIT, text, "terms/ja/lora.md")) == (Parked("terms/ja/lora.md", text),)


@given(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
def test_whatever_is_parked_is_given_back_and_settling_leaves_what_was(texts: list[str]) -> None:
    unit = UNIT
    for text in texts:
        unit = park(unit, text, "there")
    assert [one.text for one in parked(unit)] == texts
    assert settled(unit) == UNIT
    (read,) = read_po(write_po(Catalog((unit,), new_header("ja")))).units
    assert [one.text for one in parked(read)] == texts


def test_the_same_text_is_parked_once_and_no_text_never() -> None:
    once = park(UNIT, "別の文。", "a.md")
    assert park(once, "別の文。", "a.md") is once
    assert park(UNIT, UNIT.target, "a.md") is UNIT
    assert park(UNIT, "", "a.md") is UNIT


@pytest.mark.parametrize("code", [*range(0xA0), 0x2028, 0x2029, 0x27E8, 0xD800])
def test_a_number_that_somebody_types_is_a_text_that_a_review_file_can_hold(code: int) -> None:
    typed = f"\u27e8U+{code:04X}\u27e9"
    unit = replace(UNIT, comments=("i18n: conflict: there says", f"i18n: | {typed}"))
    (text,) = (one.text for one in parked(unit))
    assert text in (typed, chr(code))
    said = replace(UNIT, target=text)
    assert read_po(write_po(Catalog((said,), new_header("ja")))).units == (said,)


def test_comments_between_and_around_stay() -> None:
    unit = park(park(UNIT, "A", "a"), "B", "b")
    mixed = Unit("x", "y", comments=(*unit.comments, "after", "i18n: conflict: torn says", "end"))
    assert settled(mixed).comments == ("Mine.", "after", "i18n: conflict: torn says", "end")


@pytest.mark.parametrize("tool", ["msgcat", "polib"])
@pytest.mark.parametrize("text", AWKWARD)
def test_editors_save_it_as_it_was(tool: str, text: str, tmp_path: Path) -> None:
    unit = park(UNIT, text, "terms/ja/lora.md")
    path = tmp_path / "terms.po"
    path.write_bytes(write_po(Catalog((unit,), new_header("ja"), ("Japanese.",))))
    if tool == "polib":
        saved = str(polib.pofile(str(path), wrapwidth=0)).encode()
    elif shutil.which("msgcat"):
        command = ["msgcat", "--no-wrap", str(path)]
        saved = subprocess.run(command, check=True, capture_output=True).stdout
    else:
        pytest.skip("gettext is not installed")
    assert parked(read_po(saved).units[0]) == parked(unit)
