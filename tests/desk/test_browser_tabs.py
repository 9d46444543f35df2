"""Pages of one browser, beside or after each other: none drops what was written in another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from i18n_pipeline.workspace import open_workspace
from tests.desk.browser import Person, person
from tests.desk.serving import served
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "A model reads tokens."
FIRST, SECOND = "一人目の文。", "二人目の文。"


@contextmanager
def tabs(site: Site, browser: Browser) -> Iterator[tuple[Person, Person]]:
    """Two pages of one browser at the same desk."""
    with served(site) as server, person(browser) as one:
        other = Person(one.page.context.new_page())
        for tab in (one, other):
            tab.opens(server.address)
            tab.chooses(SENTENCE)
        yield one, other


def writes(tab: Person, text: str) -> None:
    tab.page.bring_to_front()
    tab.presses("Escape", "e", "Control+a")
    tab.types(text)


def test_a_decision_of_one_tab_leaves_what_another_one_is_writing(
    drafted: Site, browser: Browser
) -> None:
    with tabs(drafted, browser) as (one, other):
        writes(other, SECOND)
        writes(one, "x")
        one.presses("Control+z", "Escape", "r", "a")
        one.is_saved()
        other.page.bring_to_front()
        other.hears()
        other.waits_for("!document.querySelector('#conflict').hidden")
        other.page.reload()
        other.waits_for("window.desk && desk.editor.detail")
        other.chooses(SENTENCE)
        assert other.page.input_value("#target") == SECOND
        assert SECOND in other.reads("#conflict")


def test_what_both_tabs_wrote_is_kept_and_offered_in_the_other(
    drafted: Site, browser: Browser
) -> None:
    with tabs(drafted, browser) as (one, other):
        writes(one, FIRST)
        writes(other, SECOND)
        assert FIRST in other.reads("#begun")
        one.page.bring_to_front()
        one.waits_for("document.querySelector('#begun').textContent.includes('二人目の文。')")
        assert one.page.input_value("#target") == FIRST
        for tab, text in ((one, FIRST), (other, SECOND)):
            tab.page.reload()
            tab.waits_for("window.desk && desk.editor.detail")
            tab.chooses(SENTENCE)
            assert tab.page.input_value("#target") == text
        one.page.bring_to_front()
        one.page.click("text=Take this text")
        assert one.page.input_value("#target") == SECOND


def test_an_approval_that_had_not_arrived_is_sent_by_the_next_page(
    drafted: Site, browser: Browser
) -> None:
    with served(drafted) as server, person(browser) as aiko:
        aiko.opens(server.address)
        aiko.chooses(SENTENCE)
        held = aiko.page.input_value("#target")
        with open_workspace(drafted.root).run_lock():  # a run is at work: nothing can be saved
            aiko.presses("a")
            aiko.waits_for("desk.saver.resting")
            aiko.page.evaluate("desk.saver.waiting = []")  # what a closed page sends no more
            aiko.page.reload()
            aiko.waits_for("document.querySelector('#toasts').textContent.includes('not arrived')")
            assert drafted.unit("token/body", SENTENCE).fuzzy
        aiko.page.click("text=Send it")
        aiko.is_saved()
        entry = drafted.unit("token/body", SENTENCE)
        assert (entry.msgstr, entry.fuzzy) == (held, False)
        assert aiko.page.evaluate("desk.drafts.unsent.length") == 0


def test_a_comment_is_kept_when_its_unit_is_approved_and_goes_by_what_it_was_begun_on(
    drafted: Site, browser: Browser
) -> None:
    with served(drafted) as server, person(browser) as aiko:
        aiko.opens(server.address)
        aiko.chooses(SENTENCE)
        aiko.presses("b")
        aiko.types("Which tokens?")
        aiko.presses("Escape", "a")
        aiko.is_saved()
        assert "Which tokens?" in aiko.reads("#toasts")
        aiko.presses("u")
        aiko.is_saved()
        aiko.chooses(SENTENCE)
        assert aiko.page.input_value("#back-comment") == "Which tokens?"
        assert aiko.page.is_hidden("#conflict")
        before = drafted.unit("token/body", SENTENCE).msgstr
        aiko.chooses("A cheap way")
        file = drafted.read("locales/ja/terms.po")
        drafted.translate(SENTENCE, "別の人の文。")
        aiko.hears()
        aiko.chooses(SENTENCE)
        assert before in aiko.reads("#conflict")
        aiko.presses("b", "Control+Enter")
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 0
        drafted.write("locales/ja/terms.po", file)
        aiko.hears()
        aiko.waits_for("document.querySelector('#conflict').hidden")
