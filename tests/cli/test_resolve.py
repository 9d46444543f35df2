"""`i18n resolve`: people disagree about a text, and somebody chooses."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.stages.conflicts import park
from tests.stubs.site import Ran, Site

PO = "locales/ja/terms.po"
PAGE = "terms/ja/fine-tuning.md"
SYNC = ("sync", "--lang", "ja")
ENGLISH = "It costs less than training."


@pytest.fixture
def disputed(reviewed: Site) -> Site:
    """The page and the review file say two things about one text."""
    reviewed.change(PAGE, "⟦ja:It costs less than training⟧.", "頁の文。")
    reviewed.review({ENGLISH: "カタログの文。"})
    assert reviewed.run(*SYNC).code == 3
    return reviewed


def also_a_branch(site: Site) -> Site:
    """A third text waits too, left by a merge."""
    catalog = read_po(site.read(PO).encode())
    units = [
        park(unit, "枝の文。", "feature") if unit.source == ENGLISH else unit
        for unit in catalog.units
    ]
    from dataclasses import replace

    site.write(PO, write_po(replace(catalog, units=tuple(units))))
    return site


def said(site: Site) -> tuple[str, bool]:
    """What the unit says, and whether it is reviewed."""
    unit = site.unit("fine-tuning/body", "It costs")
    return unit.msgstr, not unit.fuzzy


def locales(ran: Ran) -> list[dict[str, list[dict[str, object]]]]:
    found = ran.json["locales"]
    assert isinstance(found, list)
    return found


def test_without_options_it_lists_all_texts_and_what_differs(disputed: Site) -> None:
    before = disputed.contents()
    ran = disputed.run("resolve")
    assert ran.code == 3
    lines = disputed.read(PO).split("\n")
    line = lines.index('msgstr "カタログの文。"') - 1  # where its msgctxt is, counted from 1
    assert ran.out == (
        f"{PO}:{line}: fine-tuning/body\n"
        f"  source: {ENGLISH}\n"
        "  po: カタログの文。\n"
        f"  {PAGE}: 頁の文。\n"
        "    [-カタログ-]{+頁+}の文。\n"
        "1 text to settle: i18n resolve UNIT --use po, --use file, or one of the names above\n"
    )
    assert disputed.contents() == before


def test_where_nothing_is_open_it_says_so(reviewed: Site) -> None:
    ran = reviewed.run("resolve")
    assert (ran.code, ran.out) == (0, "people disagree about nothing\n")


def test_the_review_files_text_can_be_chosen(disputed: Site) -> None:
    assert disputed.run("resolve", "--use", "po").code == 0
    assert said(disputed) == ("カタログの文。", True)
    assert "i18n: conflict" not in disputed.read(PO)
    assert disputed.run(*SYNC).code == 0
    assert "カタログの文。" in disputed.read(PAGE)
    assert "頁の文。" not in disputed.read(PAGE)
    assert disputed.report(*SYNC).written == []


@pytest.mark.parametrize("use", ["file", PAGE])
@pytest.mark.parametrize("unit", [(), ("fine-tuning/body",)])
def test_the_pages_text_can_be_chosen(disputed: Site, use: str, unit: tuple[str, ...]) -> None:
    page = disputed.read(PAGE)
    ran = disputed.run("resolve", *unit, "--use", use)
    assert ran.code == 0
    assert f"kept what {PAGE} says" in ran.out
    assert said(disputed) == ("頁の文。", True)
    assert disputed.run(*SYNC).code == 0
    assert disputed.read(PAGE) == page
    assert disputed.report(*SYNC).written == []


def test_a_unit_is_named_by_its_place_as_listed_too(disputed: Site) -> None:
    place = disputed.run("resolve").out.partition(": ")[0]
    assert disputed.run("resolve", place, "--use", "po").code == 0


def test_of_three_texts_one_is_chosen_by_its_name(disputed: Site) -> None:
    also_a_branch(disputed)
    assert "  feature: 枝の文。\n" in disputed.run("resolve").out
    assert disputed.run("resolve", "--use", "feature").code == 0
    assert said(disputed) == ("枝の文。", True)
    assert disputed.run(*SYNC).code == 0
    assert "枝の文。" in disputed.read(PAGE)


def test_a_dry_run_writes_nothing(disputed: Site) -> None:
    before = disputed.contents()
    ran = disputed.run("resolve", "--use", "po", "--dry-run")
    assert "would keep what the po file says" in ran.out
    assert f"would write {PO}" in ran.out
    assert disputed.contents() == before


def test_only_what_is_asked_for_is_settled(disputed: Site) -> None:
    ran = disputed.report("resolve", "--slug", "lora", "--use", "po")
    assert ran.code == 3
    (locale, _) = locales(ran)
    assert (len(locale["conflicts"]), locale["settled"]) == (1, [])
    assert disputed.report("resolve", "--lang", "de", "--use", "po").code == 0
    assert said(disputed) == ("カタログの文。", True)
    assert "i18n: conflict" in disputed.read(PO)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lora/body", "--use", "po"), "nobody disagrees about lora/body"),
        (("fine-tuning/body", "--use", "main"), "no text of main waits beside fine-tuning/body"),
        (("fine-tuning/bodi", "--use", "po"), "did you mean fine-tuning/body?"),
    ],
)
def test_what_cannot_be_meant_is_told(
    disputed: Site, arguments: tuple[str, ...], words: str
) -> None:
    ran = disputed.run("resolve", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_name_that_fits_nothing_leaves_all_open(disputed: Site) -> None:
    ran = disputed.run("resolve", "--use", "feature")
    assert ran.code == 3
    assert "1 text to settle" in ran.out
