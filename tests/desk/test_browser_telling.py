"""The page says what is so: what was saved, what is done, whose decisions these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk.browser import at_the_desk
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "A model reads tokens."
SHOWN = "document.querySelector('#{}').textContent.includes('{}')"


def test_a_decision_that_was_refused_is_told_and_marked_until_it_is_taken_anew(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.page.evaluate("desk.noticing.polling = true")  # it hears of nothing meanwhile
        drafted.translate(SENTENCE, "別の人の文。", fuzzy=True)
        aiko.presses("a")
        aiko.waits_for(SHOWN.format("saving", "One decision was not saved"))
        assert "not saved" in aiko.reads("#list")
        assert aiko.said.pop().startswith(
            "Failed to load resource: the server responded with a sta"
        )
        aiko.page.evaluate("desk.noticing.polling = false")
        aiko.chooses(SENTENCE)
        aiko.page.click("text=Keep theirs")
        aiko.waits_for("!desk.queue.refused.size")
        assert "not saved" not in aiko.reads("#list")
        assert aiko.reads("#saving") == "Saved"


def test_an_approved_text_in_which_a_check_finds_an_error_is_not_done(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses("Fine-tuning takes a")
        aiko.presses("e", "Control+a")
        aiko.types("学習済みのモデルを学習させます。")
        aiko.presses("Control+Enter")
        aiko.is_saved()
        unit = (
            "[...desk.queue.units.values()].find((u) => u.source.startsWith('Fine-tuning takes'))"
        )
        assert aiko.page.evaluate(f"{unit}.failing")
        assert not aiko.page.evaluate(f"desk.queue.isDone({unit}.id)")
        assert "Approved, but" in aiko.reads("#toasts")


def test_only_ones_own_decisions_are_there_to_be_undone(drafted: Site, browser: Browser) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("a")
        aiko.is_saved()
        aiko.page.click("#who")
        aiko.page.fill("#name-input", "Ben Okri")
        aiko.presses("Enter")
        for _ in range(2):
            assert aiko.page.evaluate("desk.saver.done.length") == 0
            aiko.page.reload()
            aiko.waits_for("window.desk && desk.editor.detail")
        aiko.page.click("#who")
        aiko.page.fill("#name-input", "Aiko Tanaka")
        aiko.presses("Enter")
        aiko.waits_for("desk.saver.done.length === 1")


def test_a_filter_goes_to_what_it_shows_and_the_search_to_its_first_hit(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.page.select_option("#filter-term", "lora")
        aiko.sees_pages()
        assert aiko.page.evaluate("desk.queue.shown.includes(desk.queue.current)")
        aiko.page.select_option("#filter-term", "")
        aiko.presses("/")
        aiko.types("model reads")
        aiko.presses("Enter")
        aiko.sees_pages()
        assert aiko.reads("#source") == SENTENCE
        assert aiko.page.evaluate("document.activeElement.id") == "list"
        aiko.presses("a")
        aiko.is_saved()
        aiko.waits_for("desk.queue.shown.length === 1")
        aiko.presses("/", "Control+a")
        aiko.types("Only small")
        aiko.presses("Escape")
        aiko.sees_pages()
        assert aiko.reads("#source") == "Only small layers are trained."
        assert aiko.page.evaluate("document.activeElement.id") == "list"
