"""Nothing that a person wrote on the desk is lost, and nothing is decided that they did not see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desk.browser import Person, at_the_desk, person
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "A model reads tokens."
OTHER = "A cheap way"
SLOW = """() => {
  const own = desk.store.detail.bind(desk.store);
  desk.store.detail = async (id) => {
    await new Promise((wake) => setTimeout(wake, 400));
    return own(id);
  };
}"""
"""A server that takes its time to say what is known of a unit."""


def writes(aiko: Person, text: str) -> None:
    aiko.presses("Escape", "e", "Control+a")
    aiko.types(text)


def texts(site: Site) -> dict[str, tuple[str, bool]]:
    return {one.msgid: (one.msgstr, one.fuzzy) for one in site.po() if not one.obsolete}


def said(site: Site, source: str) -> tuple[str, bool]:
    return next(found for key, found in texts(site).items() if key.startswith(source))


def test_mine_is_what_stands_in_the_field_and_no_key_goes_past_the_choice(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        writes(aiko, "私の文")
        drafted.translate(SENTENCE, "別の人の文。")
        aiko.hears()
        aiko.waits_for("document.querySelector('#conflict').textContent.includes('別の人の文。')")
        aiko.presses("Control+Enter", "Control+s", "Escape", "a", "s", "b")
        aiko.types("Why so?")
        aiko.presses("Control+Enter")
        assert aiko.page.input_value("#back-comment") == "Why so?"
        aiko.presses("Escape")
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 0
        aiko.presses("e", "End")
        aiko.types("に続きを書いた。")
        assert "私の文に続きを書いた。" in aiko.reads("#conflict")
        aiko.page.click("text=Approve mine")
        aiko.is_saved()
    assert said(drafted, SENTENCE) == ("私の文に続きを書いた。", False)


def test_a_text_that_changed_since_it_was_shown_is_not_decided_unseen(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        drafted.translate(SENTENCE, "別の人の文。", fuzzy=True)
        aiko.hears()
        aiko.waits_for("document.querySelector('#target').value === '別の人の文。'")
        aiko.presses("a")
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 0
        assert "As you saw it" in aiko.reads("#conflict")
        aiko.page.click("text=I have seen it")
        aiko.presses("a")
        aiko.is_saved()
        assert said(drafted, SENTENCE) == ("別の人の文。", False)
        # begun on one version, left, and gone back to before the page has heard of another
        aiko.chooses(OTHER)
        writes(aiko, "安い方法")
        aiko.presses("Alt+ArrowDown")
        aiko.sees_pages()
        source = next(one for one in texts(drafted) if one.startswith(OTHER))
        drafted.translate(source, "同僚の文。")
        aiko.chooses(OTHER)
        aiko.waits_for("!document.querySelector('#conflict').hidden")
        aiko.presses("Escape", "e", "Control+Enter")
        assert aiko.page.is_visible("text=Approve mine")
        assert said(drafted, OTHER) == ("同僚の文。", False)


def test_a_comment_that_is_being_written_stays_until_it_is_sent(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("b")
        aiko.types("What is a token here?")
        aiko.page.click("#list .row >> nth=0")
        aiko.page.wait_for_selector("#back-form", state="hidden")
        aiko.chooses(SENTENCE)
        assert aiko.page.input_value("#back-comment") == "What is a token here?"
        drafted.translate(SENTENCE, "別の人の文。")
        aiko.hears()
        aiko.waits_for("document.querySelector('#target').value === '別の人の文。'")
        assert aiko.page.input_value("#back-comment") == "What is a token here?"
        assert "What is a token here?" in aiko.reads("#conflict")
        aiko.page.click("text=I have seen it")
        aiko.page.click("#back-form button[type=submit]")
        aiko.is_saved()
    assert said(drafted, SENTENCE) == ("別の人の文。", True)
    comment = drafted.unit("token/body", SENTENCE).tcomment
    assert "i18n: sent back by Aiko Tanaka: What is a token here?" in comment


def test_a_begun_comment_is_there_too_for_who_comes_back_at_once(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("b")
        aiko.types("What is a token here?")
        away_and_back = """() => {
            const here = desk.queue.current;
            desk.go([...desk.queue.units.keys()].find((id) => id !== here));
            return desk.go(here);
        }"""
        aiko.page.evaluate(away_and_back)
        assert aiko.page.is_visible("#back-form")
        aiko.page.click("#back-form button[type=submit]")
        aiko.is_saved()
    comment = drafted.unit("token/body", SENTENCE).tcomment
    assert "i18n: sent back by Aiko Tanaka: What is a token here?" in comment


def test_undoing_keeps_what_was_written_since_and_gives_back_what_was_decided(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        before = said(drafted, SENTENCE)
        writes(aiko, "一つ目。")
        aiko.presses("Control+Enter", "Escape")
        aiko.is_saved()
        aiko.presses("u")
        aiko.is_saved()
        aiko.waits_for("document.querySelector('#target').value === '一つ目。'")
        assert said(drafted, SENTENCE) == before
        aiko.presses("a")
        aiko.is_saved()
        aiko.chooses(SENTENCE)
        writes(aiko, "二つ目。")
        aiko.presses("Alt+u")
        aiko.waits_for("!desk.saver.done.length")
        aiko.is_saved()
        aiko.sees_pages()
        assert aiko.page.input_value("#target") == "二つ目。"
        assert aiko.page.is_hidden("#conflict")
        assert said(drafted, SENTENCE) == before


def test_only_the_unit_that_is_seen_is_decided_and_written_in(
    drafted: Site, browser: Browser
) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.page.evaluate(SLOW)
        for _ in range(2):
            aiko.page.keyboard.down("a")
        aiko.sees_pages()
        aiko.page.keyboard.down("a")
        aiko.page.keyboard.up("a")
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 1
        aiko.presses("a", "a")
        aiko.sees_pages()
        assert aiko.page.evaluate("desk.saver.open + desk.saver.done.length") == 2
        aiko.presses("e", "Control+Enter")
        aiko.types("too early")
        aiko.sees_pages()
        assert aiko.page.evaluate("desk.queue.drafts.size") == 0
        aiko.is_saved()


def test_one_corrects_oneself_while_the_first_is_being_saved(
    drafted: Site, browser: Browser
) -> None:
    from i18n_pipeline.workspace import open_workspace

    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        writes(aiko, "一つ目。")
        with open_workspace(drafted.root).run_lock():
            aiko.presses("Control+Enter")
            aiko.chooses(SENTENCE)
            assert aiko.page.input_value("#target") == "一つ目。"
            writes(aiko, "二つ目。")
            aiko.presses("Control+Enter")
        aiko.is_saved()
        assert aiko.page.evaluate("desk.queue.conflicts.size") == 0
        aiko.said[:] = [one for one in aiko.said if "423" not in one]
    assert said(drafted, SENTENCE) == ("二つ目。", False)


def test_the_file_without_a_server_loses_nothing_of_any_tab(
    drafted: Site, browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"
    assert drafted.run("review", "--lang", "ja", "-o", str(page)).code == 0
    with person(browser) as aiko:
        aiko.page.goto(page.as_uri())
        aiko.page.wait_for_selector("#name-dialog[open]")
        aiko.gives_name("Aiko")
        other = Person(aiko.page.context.new_page())
        other.opens(page.as_uri())
        aiko.chooses(SENTENCE)
        writes(aiko, "一つ目。")
        other.chooses(SENTENCE)
        writes(other, "二つ目。")
        aiko.presses("Control+Enter", "Escape")
        other.waits_for("!document.querySelector('#conflict').hidden")
        assert "一つ目。" in other.reads("#conflict")
        other.page.click("text=Go on with mine")
        other.chooses(OTHER)
        writes(other, "安い。")
        other.presses("Control+Enter", "Escape")
        aiko.waits_for("desk.store.decisions.size === 2")
        for one in (aiko, other):
            assert one.said == []
            one.page.close()
        again = Person(aiko.page.context.new_page())
        again.opens(page.as_uri())
        assert again.reads("#download") == "Save 2 decisions"
        again.chooses(SENTENCE)
        assert again.page.input_value("#target") == "二つ目。", "what was typed is there again"
        again.chooses(OTHER)
        again.presses("Escape", "u")
        again.waits_for("desk.store.decisions.size === 1")
        drafted.translate(SENTENCE, "後の文。")
        page.unlink()
        assert drafted.run("review", "--lang", "ja", "-o", str(page)).code == 0
        again.page.close()
        later = Person(aiko.page.context.new_page())
        later.opens(page.as_uri())
        assert later.reads("#earlier") == "Save 1 decision of an earlier file"
        with later.page.expect_download() as download:
            later.page.click("#earlier")
        found = json.loads(download.value.path().read_text(encoding="utf-8"))
        assert [one["text"] for one in found["decisions"]] == ["一つ目。"]
        assert drafted.run("review", "--apply", str(download.value.path())).code == 3
