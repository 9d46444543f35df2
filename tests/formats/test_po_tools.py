"""Other tools open and save our review file: no diff, or one that we read as nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po as babel_reads
from babel.messages.pofile import write_po as babel_writes
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Origin, Review, Unit, approved_hash
from i18n_pipeline.stages.conflicts import park, parked, settled
from tests.formats.test_po import catalogs

GOLDEN = Path(__file__).parent / "data" / "terms.po"


def by_babel(data: bytes) -> bytes:
    """The file as Babel saves it, which knows no previous sources of obsolete units."""
    out = io.BytesIO()
    babel_writes(out, babel_reads(io.BytesIO(data)), width=0, include_previous=True)
    return out.getvalue()


def by_translate(data: bytes) -> bytes:
    """The file as translate-toolkit saves it: Weblate and Pootle are made with it."""
    store = pofile.parsestring(data)  # type: ignore[no-untyped-call]  # it has no types
    store.wrapper.width = -1
    return bytes(store)


def texts(catalog: Catalog) -> list[tuple[str, str, str, bool, bool]]:
    """What of a catalog nobody may lose."""
    return sorted(
        (unit.context, unit.source, unit.target, unit.reviewed, unit.obsolete)
        for unit in catalog.units
    )


def unflagged(catalog: Catalog) -> list[tuple[str, str, str, bool, bool]]:
    """The same, without what obsolete units are marked as."""
    return sorted((*one[:3], one[3] and not one[4], one[4]) for one in texts(catalog))


def test_translate_toolkit_saves_the_same_bytes() -> None:
    data = GOLDEN.read_bytes()
    assert by_translate(data) == data


@settings(max_examples=50)
@given(catalogs())
def test_translate_toolkit_loses_no_text_and_no_review(catalog: Catalog) -> None:
    data = write_po(catalog)
    assert texts(read_po(by_translate(data))) == texts(read_po(data))


@settings(max_examples=50)
@given(catalogs())
def test_babel_loses_of_vanished_units_alone_whether_they_were_reviewed(catalog: Catalog) -> None:
    data = write_po(catalog)
    saved = by_babel(data)
    # it folds comments, also right behind a backslash, which gettext takes for a line that goes on
    assume(not re.search(rb"^#.*\\$", saved, re.MULTILINE))
    # it writes no flags of obsolete units: pofile.py, `write_po`, the part on obsolete messages
    assert unflagged(read_po(saved)) == unflagged(read_po(data))


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext")
def test_msgfmt_accepts_what_every_tool_saves(tmp_path: Path) -> None:
    for save in (bytes, by_babel, by_translate):
        path = tmp_path / f"{save.__name__}.po"
        path.write_bytes(save(GOLDEN.read_bytes()))
        check = ["msgfmt", "-c", "-o", str(tmp_path / "out.mo"), str(path)]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


WORDS = st.lists(
    st.from_regex(r"[a-z]{2,9}(-[a-z]{2,9})?[,.]?", fullmatch=True), min_size=1, max_size=40
)
"""Words as programs wrap them: at blanks and behind hyphens."""


@given(WORDS, WORDS, WORDS, st.sampled_from([76, 78, 80]))
def test_what_we_say_in_comments_is_read_from_a_file_that_wraps_them(
    origin: list[str], name: list[str], other: list[str], width: int
) -> None:
    unit = Unit(
        "lora/body",
        "Only a few.",
        "少しだけ。",
        reviewed=True,
        origin=Origin(f"adopted from {' '.join(origin)}", "0123456789ab"),
        review=Review(" ".join(name), approved_hash("Only a few.", "少しだけ。")),
        comments=("Mine.",),
    )
    unit = park(unit, " ".join(other), "terms/ja/lora.md")
    written = write_po(Catalog((unit,), new_header("ja")))
    wrapped = str(polib.pofile(written.decode(), wrapwidth=width)).encode()
    (again,) = read_po(wrapped).units
    assert (again.origin, again.review) == (unit.origin, unit.review)
    assert parked(again) == parked(unit)
    assert settled(again).comments == ("Mine.",)


@pytest.mark.parametrize("length", [30, 60, 90, 200])
def test_a_comment_below_a_line_that_nobody_wrapped_stays_one(length: int) -> None:
    text = ("word " * 50)[:length].strip()
    unit = park(Unit("lora/body", "Only a few.", "少しだけ。"), text, "terms/ja/lora.md")
    unit = replace(unit, comments=(*unit.comments, "I say so."))
    (again,) = read_po(write_po(Catalog((unit,), new_header("ja")))).units
    assert [one.text for one in parked(again)] == [text]
    assert settled(again).comments == ("I say so.",)
