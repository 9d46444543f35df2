"""Every hostile text, through every door, at every output: it stays words, or stays outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.hostile.doors import DOORS
from tests.hostile.glossary import reviewed
from tests.hostile.outputs import OUTPUTS
from tests.hostile.texts import TEXTS
from tests.hostile.witnesses import in_built_page
from tests.stubs.figures import FULL
from tests.stubs.site import Site

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

THEIR_PAGES = ("adopted pages", "edited pages")
"""Doors at which a person wrote pages: those are theirs, and stay as they are."""

OF_THE_SOURCE = ("the sources",)
"""Where the author is hostile: of what a page is made, the author decides."""


Opened = Callable[[str], Site]
Record = Callable[[str, object], None]


def each(doors: Iterable[str]) -> list[ParameterSet]:
    """Doors as parameters: all tests of one go to one worker, which opens it once."""
    return [pytest.param(door, marks=pytest.mark.xdist_group(door), id=door) for door in doors]


def each_with_outputs() -> list[ParameterSet]:
    """Doors with outputs: every output and every door, or in full each with each."""
    outputs = list(OUTPUTS)
    return [
        pytest.param(door, output, marks=pytest.mark.xdist_group(door), id=f"{door}-{output}")
        for at, door in enumerate(DOORS)
        for output in (outputs * 2)[at % len(outputs) :][: len(outputs) if FULL else 2]
    ]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The project behind a door, each made once; tests leave its own files as they are."""
    home = tmp_path_factory.mktemp("hostile")
    before = reviewed(home / "before")

    @cache
    def behind(door: str) -> Site:
        return DOORS[door](before, home / door.replace(":", ""))

    return behind


def pages_of(site: Site, door: str) -> dict[str, str]:
    """The pages that we built, by path."""
    ours = "terms/ja/new-" if door in THEIR_PAGES else "terms/ja/"
    found = site.contents()
    return {path: data.decode() for path, data in found.items() if path.startswith(ours)}


def foreign_in(site: Site, door: str) -> list[str]:
    """What our pages have that is neither their sources' nor words."""
    return [
        f"{path}: {found}"
        for path, text in pages_of(site, door).items()
        for found in in_built_page(site.read(path.replace("/ja/", "/en/")), text)
    ]


@pytest.mark.parametrize("door", each(door for door in DOORS if door not in OF_THE_SOURCE))
def test_no_page_of_ours_has_more_than_words_of_them(
    opened: Opened, door: str, record_property: Record
) -> None:
    assert foreign_in(opened(door), door) == []
    record_property("texts", len(TEXTS))


@pytest.mark.parametrize(("door", "output"), each_with_outputs())
def test_no_output_obeys_computes_or_loads_one(
    opened: Opened, door: str, output: str, record_property: Record
) -> None:
    assert list(OUTPUTS[output](opened(door))) == []
    record_property("texts", len(TEXTS))


@pytest.mark.parametrize("door", each(THEIR_PAGES))
def test_a_page_that_a_person_wrote_stays_as_it_is(opened: Opened, door: str) -> None:
    site = opened(door)
    theirs = {path: data for path, data in site.contents().items() if "/ja/term-" in path}
    assert sum(one.mark.encode() in b"".join(theirs.values()) for one in TEXTS) > 90
    site.run("sync")
    assert {path: site.contents()[path] for path in theirs} == theirs


@pytest.mark.parametrize(
    "door", each(["the review file", "a name", "a plain field", "a paragraph"])
)
def test_mere_words_are_built_and_read_again_as_they_were(opened: Opened, door: str) -> None:
    site = opened(door)
    built = "".join(pages_of(site, door).values())
    words = [one for one in TEXTS if one.plain and one.name != "an end of what is marked"]
    assert [one.name for one in words if one.mark not in built] == []
    before = site.contents()
    site.run("sync")
    assert site.contents() == before


def test_there_are_enough_of_them() -> None:
    assert len({one.name for one in TEXTS}) == len(TEXTS) >= 100
