"""What an edited page's texts make of the units that people have worked on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from i18n_pipeline.model import Catalog, Kind, Segment, Unit
from i18n_pipeline.stages.conflicts import Parked, park, parked
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.taking.claims import Edited
from i18n_pipeline.stages.taking.deciding import Decided, Verdict, decide
from i18n_pipeline.stages.taking.intake import text_in
from i18n_pipeline.stages.taking.page import FileText, ReadBack
from tests.stages.documents import term_of
from tests.stages.taking.test_reading import page

TERM = term_of(b"---\nterm: A\nslug: lora\nlang: en\n---\n\nOne.\n\nTwo.\n", "lora")
SEGMENT = Segment("body", Kind.PARAGRAPH, "一。", markdown=True)
PATH = "terms/ja/lora.md"
ONE = Unit("lora/body", "One.", "一。", reviewed=True)


def edit(source: str, text: str, base: str = "一。") -> FileText:
    """A text of the page that translates a source, and what we had left there."""
    return FileText(
        short(source), text, replace(SEGMENT, source=text), 7, short(base), changed=True, slot=0
    )


def taken(*units: Unit, texts: list[FileText], unsafe: str = "") -> Decided:
    back = ReadBack(page("一。\n"), tuple(texts))

    def forms(target: str, _text: FileText) -> Iterator[str]:
        yield short(target)

    def stands(unit: Unit, _segment: Segment) -> str:
        return "it may not stand" if unsafe and unit.target == unsafe else ""

    return decide(Catalog(units), [Edited(TERM, back)], forms={"lora": forms}, stands=stands)


def test_a_text_that_says_what_its_unit_says_settles_what_the_page_said_and_nothing_else() -> None:
    waiting = park(park(ONE, "前。", PATH), "別。", "a branch")
    (unit,) = taken(
        replace(waiting, reviewed=True), texts=[edit("One.", "一。", "前。")]
    ).catalog.units
    assert parked(unit) == (Parked("a branch", "別。"),)


def test_the_text_of_a_source_that_nobody_knows_any_more_is_the_pages_own() -> None:
    unknown = edit("Gone.", "消えた。")
    decided = taken(ONE, texts=[unknown])
    why = "the text it translates is no longer in the PO file"
    assert decided.verdicts == {"lora": Verdict(own=((unknown, why),))}
    assert decided.catalog.units == (ONE,)
    unchanged = replace(unknown, changed=False)
    assert taken(ONE, texts=[unchanged]).verdicts == {"lora": Verdict()}


def test_of_a_source_that_has_no_text_yet_the_pages_is_taken() -> None:
    gone = Unit("lora/body", "Gone.", obsolete=True)
    decided = taken(ONE, gone, texts=[edit("Gone.", "消えた。")])
    assert decided.verdicts["lora"].taken == ("lora/body",)
    assert decided.catalog.units[1] == replace(gone, target="消えた。", reviewed=True)


def test_of_a_page_with_a_text_that_may_not_stand_no_other_text_waits_beside_a_unit() -> None:
    theirs = replace(ONE, target="人の訳。")
    beside = edit("One.", "頁の訳。")
    bad = edit("Two.", "<script>", "二。")
    two = Unit("lora/body", "Two.", "二。", reviewed=True)
    fine = taken(theirs, two, texts=[beside]).catalog.units
    assert parked(fine[0]) == (Parked(PATH, "頁の訳。"),)
    decided = taken(theirs, two, texts=[beside, bad], unsafe="<script>")
    assert decided.catalog.units == (theirs, two)
    assert decided.verdicts == {"lora": Verdict(unsafe=((bad, "it may not stand"),))}


def test_while_people_disagree_a_unit_says_in_a_page_what_the_page_says() -> None:
    waiting = park(ONE, "頁の訳。", PATH)
    assert text_in(waiting, PATH) == "頁の訳。"
    assert text_in(waiting, "terms/ja/token.md") == text_in(waiting, "") == "一。"
    assert text_in(ONE, PATH) == "一。"
