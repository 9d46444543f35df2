"""A day at the desk: what one did, what is still open, what came in, what was only begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.desk.queue import Filter
from tests.desk.browser import NARROW, WIDE, Person, at_the_desk, person
from tests.desk.serving import served
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from i18n_pipeline.desk.serving import Serving

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."
OTHER = "A cheap way"
TABLE = "| Method | Memory |\n|---|---|\n| LoRA | little |\n"
LONG = "One sentence of a paragraph that is long. " * 12


def writes(aiko: Person, text: str) -> None:
    aiko.presses("Escape", "e", "Control+a")
    aiko.types(text)


def lists(aiko: Person, what: str) -> None:
    aiko.page.select_option("#filter-state", what)


def test_what_one_did_is_listed_and_undone_from_there_also_by_a_page_loaded_anew(
    drafted: Site, browser: Browser
) -> None:
    before = drafted.read(PO)
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        writes(aiko, "モデルはトークンを読みます。")
        aiko.presses("Control+Enter", "Escape")
        aiko.is_saved()
        first = drafted.read(PO)
        aiko.chooses(OTHER)
        aiko.presses("a")
        aiko.is_saved()
        aiko.page.reload()
        aiko.sees_pages()
        lists(aiko, "done")
        rows = "[...document.querySelectorAll('#list .row-source')].map((one) => one.textContent)"
        assert [text[:8] for text in aiko.page.evaluate(rows)] == [OTHER[:8], SENTENCE[:8]]
        aiko.page.click("#list .row >> nth=1")
        aiko.sees_pages()
        assert aiko.reads("#did-words") == "You approved this."
        aiko.page.click("#undo-this")
        aiko.waits_for("desk.queue.shown.length === 1")
        aiko.is_saved()
        # as a draft
        aiko.waits_for("document.querySelector('#target').value === 'モデルはトークンを読みます。'")
        assert aiko.page.is_hidden("#did")
        assert drafted.read(PO) not in (before, first)
        aiko.page.click("#list .row >> nth=0")
        aiko.sees_pages()
        aiko.presses("Escape", "u")
        aiko.waits_for("!desk.queue.shown.length")
        aiko.is_saved()
    assert drafted.read(PO) == before


def test_progress_counts_what_is_listed(drafted: Site, browser: Browser) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.page.select_option("#filter-term", "token")
        count = int(aiko.reads("#list-count").split()[0])
        assert aiko.reads("#progress-words").startswith(f"0 of {count} ")
        lists(aiko, "needs-review")
        aiko.page.evaluate("desk.go(desk.queue.shown[0])")
        aiko.sees_pages()
        aiko.presses("a")
        aiko.is_saved()
        assert aiko.reads("#progress-words").startswith(f"1 of {count} ")
        assert aiko.reads("#list-count").startswith(f"{count} units")
        aiko.page.select_option("#filter-term", "")
        lists(aiko, "needs-review")
        count = int(aiko.reads("#list-count").split()[0])
        assert aiko.reads("#progress-words").startswith(f"0 of {count} "), "a list of its own"


def test_an_approved_text_that_will_not_be_published_says_so_and_is_not_done(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.page.select_option("#filter-state", "queue")
        writes(aiko, "<b>モデル。")
        aiko.presses("Control+Enter", "Escape")
        aiko.is_saved()
        assert "it will not be published: html" in aiko.reads("#toasts")
        assert aiko.reads("#progress-words").startswith("0 of ")
        lists(aiko, "unsafe")
        assert aiko.page.evaluate("desk.queue.shown.length") == 1
        assert aiko.reads("#list .badge.bad") == "not published"
        aiko.page.click("#list .row")
        aiko.sees_pages()
        assert "This text will not be published: html" in aiko.reads("#held-back")
        writes(aiko, "モデル。")
        aiko.presses("Control+Enter", "Escape")
        aiko.is_saved()
        lists(aiko, "queue")
        assert aiko.reads("#progress-words").startswith("1 of ")


def test_what_is_begun_shows_at_once_and_new_units_come_where_they_belong(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.page.select_option("#sort", "page")
        aiko.presses("e", "End")
        aiko.types("x")
        assert aiko.reads("#list .chosen .badge") == "edited"
        assert aiko.reads("#unit-state").endswith("· edited")
        lists(aiko, "edited")
        assert aiko.page.evaluate("desk.queue.shown.length") == 1
        lists(aiko, "all")
        drafted.change("terms/en/token.md", SENTENCE, f"{SENTENCE}\n\nA sentence that is new.")
        aiko.hears()
        aiko.waits_for("[...desk.queue.units.values()].some((one) => one.source.includes('new'))")
        texts = "desk.queue.shown.map((id) => desk.queue.units.get(id).source)"
        found = aiko.page.evaluate(texts)
        assert found.index("A sentence that is new.") == found.index(SENTENCE) + 1
        lists(aiko, "queue")
        assert "A sentence that is new." in aiko.page.evaluate(texts)


def test_what_was_being_typed_is_there_again_when_the_desk_was_killed(
    drafted: Site, browser: Browser
) -> None:
    with person(browser) as aiko:
        with served(drafted) as server:
            port = server.port
            aiko.opens(server.address)
            aiko.chooses(SENTENCE)
            writes(aiko, "半分の文")
            aiko.chooses(OTHER)
            aiko.presses("b")
            aiko.types("Why cheap?")
        writes(aiko, "安い方法。")
        aiko.presses("Control+Enter")
        aiko.waits_for("document.querySelector('#saving').textContent.includes('not answer')")
        aiko.page.close()
        again = Person(aiko.page.context.new_page())
        with served(drafted) as server:
            assert server.port == port, "a browser keeps things by the address"
            again.opens(server.address)
            again.chooses(SENTENCE)
            assert again.page.input_value("#target") == "半分の文"
            again.chooses(OTHER)
            assert again.page.input_value("#target") == "安い方法。", "decided, and never arrived"
            again.presses("Escape", "a")
            again.is_saved()
            again.page.close()
        drafted.change("terms/en/token.md", SENTENCE, "Something else stands here.")
        later = Person(again.page.context.new_page())
        with served(drafted) as server:
            later.opens(server.address)
            assert "Your text: 半分の文" in later.reads("#toasts"), "its source is gone"
            assert later.page.evaluate("desk.drafts.size") == 1
            later.page.click("text=Forget it")
            assert later.page.evaluate("desk.drafts.size") == 0
            later.page.close()
    entry = next(one for one in drafted.po() if one.msgid.startswith(OTHER))
    assert (entry.msgstr, entry.fuzzy) == ("安い方法。", False)


def test_texts_begun_in_an_earlier_file_are_taken_over_into_the_next(
    drafted: Site, browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"

    def opened(by: Person) -> None:
        assert drafted.run("review", "--lang", "ja", "-o", str(page)).code == 0
        by.opens(page.as_uri())

    with person(browser) as aiko:
        drafted.run("review", "--lang", "ja", "-o", str(page))
        aiko.page.goto(page.as_uri())
        aiko.page.wait_for_selector("#name-dialog[open]")
        aiko.gives_name("Aiko")
        for source, text in ((SENTENCE, "半分の文"), (OTHER, "安い")):
            aiko.chooses(source)
            writes(aiko, text)
        aiko.presses("Escape", "b")
        aiko.types("Why?")
        drafted.translate(SENTENCE, "同僚の文。", fuzzy=True)
        opened(aiko)
        aiko.waits_for("!document.querySelector('#earlier-texts').hidden")
        assert aiko.reads("#earlier-texts") == "Take over 2 texts of an earlier file"
        aiko.page.click("#earlier-texts")
        aiko.waits_for("document.querySelector('#earlier-texts').hidden")
        aiko.chooses(OTHER)
        assert aiko.page.input_value("#target") == "安い"
        assert aiko.page.input_value("#back-comment") == "Why?"
        aiko.chooses(SENTENCE)
        assert "半分の文" in aiko.reads("#conflict")
        assert "同僚の文。" in aiko.reads("#conflict")
        aiko.page.reload()
        aiko.sees_pages()
        aiko.chooses(OTHER)
        assert aiko.page.input_value("#target") == "安い"
        assert aiko.said == []


def test_where_nothing_waits_it_says_so_and_keys_do_no_harm(
    reviewed: Site, browser: Browser
) -> None:
    with served(reviewed, chosen=Filter(checks=("mojibake",))) as server, person(browser) as aiko:
        aiko.opens(server.address)
        assert aiko.reads("#progress-words") == "Nothing waits"
        aiko.page.fill("#search", "no text says this")
        aiko.waits_for("desk.queue.shown.length === 0")
        aiko.presses("Escape", "j", "k", "h", "1", "f")
        assert aiko.said == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_long_text_has_as_much_room_to_be_written_and_all_that_checks_find_is_in_sight(
    site: Site, browser: Browser, size: tuple[int, int]
) -> None:
    site.change("terms/en/token.md", SENTENCE, f"{LONG}\n\n{TABLE}")
    assert site.run("extract", "--lang", "ja").code == 0
    height = "(id) => document.getElementById(id).getBoundingClientRect().height"
    with at_the_desk(site, browser, size=size) as aiko:
        aiko.chooses("One sentence")
        assert aiko.page.evaluate(height, "target") >= aiko.page.evaluate(height, "source") - 1
        width = height.replace("height", "width")
        assert abs(aiko.page.evaluate(width, "target") - aiko.page.evaluate(width, "source")) < 2
        aiko.presses("e")
        aiko.types("<b> `x` [a](b) {{ c }} 12")
        aiko.waits_for("document.querySelectorAll('.issue-row').length > 2")
        shown = aiko.page.evaluate(
            "[...document.querySelectorAll('.issue-row')].every((one) =>"
            " one.getBoundingClientRect().bottom <= document.querySelector('.foot')"
            ".getBoundingClientRect().top + 1)"
        )
        assert shown or size == NARROW
        aiko.chooses("little")
        assert aiko.reads("#unit-place").startswith("table cell: row 1 “LoRA”, column 2 “Memory”")
        assert aiko.page.evaluate(height, "target") < 200, "as high as this text, not the last"


def test_the_source_page_stands_beside_where_one_wants_it(
    reading: Serving, browser: Browser
) -> None:
    with person(browser) as aiko:
        aiko.opens(reading.address)
        assert aiko.page.is_visible("#source-page")
        aiko.page.uncheck("#both-pages")
        aiko.presses("Escape", "p")
        assert aiko.page.is_hidden("#target-page")
        aiko.page.reload()
        aiko.sees_pages()
        assert aiko.page.is_hidden("#target-page")
        aiko.presses("p")
        assert aiko.page.is_visible("#target-page")
        assert aiko.page.is_hidden("#source-page")
