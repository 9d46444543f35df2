"""What somebody is at stays under their hands, whatever becomes of its source meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk.browser import at_the_desk
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "A model reads tokens."
EDITED = "A model reads many tokens."
TERM = "terms/en/token.md"
MINE = "私の文。"


def test_a_source_that_changes_moves_nobody_and_what_was_typed_can_go_on_with_the_new_one(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types(MINE)
        aiko.waits_for("desk.editor.judged")
        before = drafted.read("locales/ja/terms.po")
        drafted.change(TERM, SENTENCE, EDITED)
        aiko.hears()
        aiko.waits_for("!document.querySelector('#gone').hidden")
        assert aiko.page.evaluate("document.activeElement.id") == "target"
        aiko.types("もっと")
        aiko.page.keyboard.type("as")
        aiko.presses("Control+Enter", "Control+s", "Control+b")
        assert aiko.page.input_value("#target") == MINE
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 0
        assert drafted.read("locales/ja/terms.po") == before
        assert "nothing can be decided" in aiko.reads("#toasts")
        aiko.page.click("#go-on")
        aiko.sees_pages()
        assert aiko.page.is_hidden("#gone")
        assert "many" in aiko.reads("#source")
        assert aiko.page.input_value("#target") == MINE
        aiko.presses("Escape", "a")
        aiko.is_saved()
    entry = drafted.unit("token/body", EDITED)
    assert (entry.msgstr, entry.fuzzy) == (MINE, False)


def test_what_was_begun_is_there_again_when_its_source_is(drafted: Site, browser: Browser) -> None:
    with at_the_desk(drafted, browser) as aiko:
        source = drafted.read(TERM)
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types(MINE)
        aiko.waits_for("desk.editor.judged")
        aiko.presses("Escape", "b")
        aiko.types("Why so?")
        aiko.presses("Escape")
        for at in ("elsewhere", "there"):
            if at == "elsewhere":
                aiko.chooses("A cheap way")
            (drafted.root / TERM).unlink()
            aiko.hears()
            if at == "elsewhere":
                aiko.waits_for("document.querySelector('#toasts').textContent.includes('Why so?')")
                assert MINE in aiko.reads("#toasts")
            else:
                aiko.waits_for("!document.querySelector('#gone').hidden")
                assert aiko.page.is_hidden("#go-on")
            drafted.write(TERM, source)
            aiko.hears()
            aiko.waits_for("document.querySelector('#gone').hidden")
            assert MINE not in aiko.reads("#toasts")
            aiko.chooses(SENTENCE)
            assert aiko.page.input_value("#target") == MINE
            assert aiko.page.input_value("#back-comment") == "Why so?"


def test_what_was_begun_elsewhere_can_go_on_with_what_came_instead(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types(MINE)
        aiko.waits_for("desk.editor.judged")
        aiko.chooses("A cheap way")
        drafted.change(TERM, SENTENCE, EDITED)
        aiko.hears()
        assert aiko.reads("#source") == "A cheap way of fine-tuning."
        aiko.page.click("text=Go on with the new source")
        aiko.sees_pages()
        assert "many" in aiko.reads("#source")
        assert aiko.page.input_value("#target") == MINE
        assert MINE not in aiko.reads("#toasts")
