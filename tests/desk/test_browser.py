"""The desk as its users see it: by keyboard, in every language, beside a run, under attack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.browser import NARROW, WIDE, Person, at_the_desk, barriers, person
from tests.desk.serving import served
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from i18n_pipeline.desk.serving import Serving

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."
HOSTILE = (
    '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> '
    "[a](javascript:window.hacked=1) ![b](https://evil.example/x.png) </script><!-- "
)


def entries(site: Site) -> dict[str, tuple[str, bool]]:
    return {one.msgid: (one.msgstr, one.fuzzy) for one in site.po() if not one.obsolete}


def test_ten_units_are_reviewed_by_keyboard_alone(drafted: Site, browser: Browser) -> None:
    before = entries(drafted)
    with at_the_desk(drafted, browser) as aiko:
        seen = []
        for at in range(10):
            seen.append(aiko.page.evaluate("desk.editor.detail.source"))
            match at:
                case 2:  # edited, and approved without leaving the text
                    aiko.presses("e", "Control+a")
                    aiko.types("書き直した文。")
                    aiko.presses("Control+Enter")
                    aiko.presses("Escape")
                case 5:  # kept for review
                    aiko.presses("Enter", "Control+a")
                    aiko.types("あとで見る。")
                    aiko.presses("Control+s", "Escape")
                case 7:  # sent back
                    aiko.presses("b")
                    aiko.types("What is meant?")
                    aiko.presses("Control+Enter")
                case _:
                    aiko.presses("a")
            aiko.waits_for(f"desk.editor.detail.source !== {json.dumps(seen[-1])}")
            aiko.sees_pages()
        aiko.is_saved()
        assert aiko.reads("#progress-words").startswith("10 of ")
    after = entries(drafted)
    assert len(set(seen)) == 10
    for at, source in enumerate(seen):
        text = {2: "書き直した文。", 5: "あとで見る。"}.get(at, before[source][0])
        assert after[source] == (text, at in (5, 7))
    assert {source: said for source, said in after.items() if source not in seen} == {
        source: said for source, said in before.items() if source not in seen
    }
    assert "i18n: sent back by Aiko Tanaka: What is meant?" in drafted.read(PO)
    assert drafted.read(PO).count("Reviewed by: Aiko Tanaka") == 8


def test_a_decision_is_undone_by_a_key(drafted: Site, browser: Browser) -> None:
    before = drafted.read(PO)
    with at_the_desk(drafted, browser) as aiko:
        first = aiko.page.evaluate("desk.queue.current")
        aiko.presses("a")
        aiko.is_saved()
        assert drafted.read(PO) != before
        aiko.presses("u")
        aiko.waits_for(f"desk.queue.current === '{first}' && !desk.saver.done.length")
        aiko.waits_for("document.querySelector('#progress-words').textContent.startsWith('0 of')")
    assert drafted.read(PO) == before


def test_a_run_that_is_at_work_is_waited_for_and_its_text_is_not_overwritten(
    drafted: Site, browser: Browser
) -> None:
    from i18n_pipeline.workspace import open_workspace

    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types("私の文。")
        with open_workspace(drafted.root).run_lock():
            aiko.presses("Control+Enter")
            aiko.waits_for(
                "document.querySelector('#saving').textContent.includes('run is at work')"
            )
            drafted.translate(SENTENCE, "別の人の文。")
        aiko.waits_for("desk.queue.conflicts.size === 1")
        aiko.is_saved()
        assert entries(drafted)[SENTENCE] == ("別の人の文。", False)
        aiko.chooses(SENTENCE)
        assert "私の文。" in aiko.reads("#conflict")
        assert "別の人の文。" in aiko.reads("#conflict")
        assert barriers(aiko.page) == []
        aiko.page.click("text=Approve mine")
        aiko.is_saved()
        # the browser tells of every answer that is no success, and 409 and 423 were meant
        aiko.said[:] = [one for one in aiko.said if "409" not in one and "423" not in one]
    assert entries(drafted)[SENTENCE] == ("私の文。", False)


def test_an_edit_in_another_editor_shows_by_itself(drafted: Site, browser: Browser) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.chooses(SENTENCE)
        drafted.translate(SENTENCE, "別の人の文。")
        aiko.waits_for("document.querySelector('#target').value === '別の人の文。'")
        aiko.waits_for(
            "document.querySelector('#target-page').textContent.includes('別の人の文。')"
        )
        aiko.presses("e", "Control+a")
        aiko.types("私の文。")
        drafted.translate(SENTENCE, "三人目の文。")
        aiko.hears()
        aiko.waits_for("desk.queue.conflicts.size === 1")
        assert aiko.page.input_value("#target") == "私の文。", "what is typed stays"


def test_checks_run_as_one_types_and_mend_what_they_can(reading: Serving, browser: Browser) -> None:
    with person(browser) as aiko:
        aiko.opens(reading.address)
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types("モデルは <b>トークンを読みます。")
        aiko.waits_for("document.querySelector('#issues').textContent.includes('html')")
        aiko.waits_for("document.querySelector('#target-page').textContent.includes('<b>')")
        aiko.presses("Control+a")
        aiko.types("モデルはトークンを読みます.")
        aiko.waits_for("desk.editor.fixable")
        aiko.presses("Alt+f")
        aiko.waits_for("document.querySelector('#target').value.endsWith('。')")
        aiko.waits_for("document.querySelector('.issue-row.fine')")


def test_a_hostile_term_runs_nothing_loads_nothing_and_leads_nowhere(
    site: Site, browser: Browser
) -> None:
    site.change("terms/en/token.md", SENTENCE, HOSTILE + "tail")
    site.change(
        "terms/en/token.md", "term: Token", "term: 'Token <img src=x onerror=window.hacked=1>'"
    )
    assert site.run("extract", "--lang", "ja").code == 0
    source = next(one for one in entries(site) if "evil.example" in one)
    site.translate(source, HOSTILE.replace("src=x", "src=//evil.example/y"), fuzzy=True)
    with at_the_desk(site, browser) as aiko:
        aiko.chooses(source[:30])
        aiko.waits_for("document.querySelector('#target-page').textContent.includes('onerror')")
        aiko.presses("e")
        aiko.types(HOSTILE)
        aiko.waits_for("desk.editor.judged")
        assert aiko.page.evaluate("window.hacked") is None
        assert aiko.page.query_selector("#sides img, #sides script, #sides a, #queue img") is None
        refused = aiko.page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (e) { return e.name; } }"
        )
        assert refused == "TypeError", "no code of the page could read HTML, were it to try"
        assert not any("evil.example" in one for one in aiko.asked)
        aiko.said[:] = [
            one for one in aiko.said if "policy" not in one.lower() and "TrustedHTML" not in one
        ]


def test_the_file_without_a_server_gives_the_same_tree_as_the_desk(
    drafted: Site, browser: Browser, tmp_path: Path
) -> None:
    before = drafted.contents()

    def review(aiko: Person) -> None:
        aiko.presses("a")
        aiko.sees_pages()
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types("モデルは**トークン**を読みます。")
        aiko.presses("Control+Enter", "Escape")
        aiko.sees_pages()
        aiko.chooses("A cheap way")
        aiko.presses("b")
        aiko.types("Which one?")
        aiko.presses("Control+Enter")
        aiko.sees_pages()
        aiko.is_saved()

    with at_the_desk(drafted, browser) as aiko:
        review(aiko)
    at_the_desk_made = drafted.contents()
    for path, data in before.items():
        drafted.write(path, data)
    page, decisions = tmp_path / "review.html", tmp_path / "decisions.json"
    assert drafted.run("review", "--lang", "ja", "-o", str(page)).code == 0
    with person(browser) as aiko:
        aiko.page.goto(page.as_uri())
        aiko.page.wait_for_selector("#name-dialog[open]")
        assert barriers(aiko.page) == []
        aiko.gives_name("Aiko Tanaka")
        review(aiko)
        with aiko.page.expect_download() as download:
            aiko.page.click("#download")
        download.value.save_as(decisions)
        assert aiko.said == []
        assert [one for one in aiko.asked if not one.startswith(("file:", "blob:"))] == []
    assert drafted.contents() == before
    ran = drafted.run("review", "--apply", str(decisions))
    assert (ran.code, ran.out) == (0, f"ja: 2 approved, 1 sent back\n  wrote {PO}\n")
    assert drafted.contents() == at_the_desk_made


def test_the_file_without_a_server_keeps_what_was_decided(
    drafted: Site, browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"
    assert drafted.run("review", "--lang", "ja", "-o", str(page)).code == 0
    with person(browser) as aiko:
        aiko.page.goto(page.as_uri())
        aiko.page.wait_for_selector("#name-dialog[open]")
        aiko.gives_name("")
        aiko.sees_pages()
        aiko.presses("a")
        aiko.sees_pages()
        aiko.page.reload()
        aiko.waits_for("document.querySelector('#download').textContent === 'Save 1 decision'")
        aiko.sees_pages()
        aiko.presses("Escape", "e", "Control+a")
        aiko.types("`x`")
        aiko.waits_for("document.querySelector('#target-page code')")
        assert aiko.said == []


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), ((1000, 800), "light"), (NARROW, "dark")],
)
def test_nobody_is_kept_out(
    drafted: Site, browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    drafted.translate(SENTENCE, "<b>モデル", fuzzy=True)
    with served(drafted) as server, person(browser, size, scheme) as aiko:
        aiko.opens(server.address)
        aiko.chooses(SENTENCE)
        aiko.presses("b")
        assert barriers(aiko.page) == []
        aiko.presses("Escape", "a")
        aiko.is_saved()
        aiko.chooses(SENTENCE)
        assert aiko.page.is_visible("#did")
        assert aiko.page.is_visible("#held-back")
        aiko.presses("e")
        aiko.types("x")
        assert barriers(aiko.page) == []
        aiko.presses("Escape", "?")
        aiko.page.wait_for_selector("#help[open]")
        assert barriers(aiko.page) == []
        aiko.presses("Escape")
        width = aiko.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], "nothing sticks out to the side"
        if size == NARROW:
            aiko.page.click("#open-queue")
            aiko.page.wait_for_selector("#list .row")
            assert barriers(aiko.page) == []


def test_who_cannot_see_hears_what_happens(drafted: Site, browser: Browser) -> None:
    with at_the_desk(drafted, browser) as aiko:
        aiko.presses("a")
        aiko.waits_for(
            "document.querySelector('#announcer').textContent.startsWith('Approved. Next: ')"
        )
        aiko.page.focus("#list")
        aiko.presses("ArrowDown")
        aiko.sees_pages()
        chosen = aiko.page.get_attribute("#list", "aria-activedescendant")
        assert aiko.page.get_attribute(f"#{chosen}", "aria-selected") == "true"
        assert aiko.page.get_attribute(f"#{chosen}", "aria-setsize") == str(
            aiko.page.evaluate("desk.queue.shown.length")
        )


@pytest.mark.parametrize(
    ("locale", "text", "direction"),
    [
        ("ar", "يقرأ النموذج الرموز `x` (مثل GPT).", "rtl"),
        ("ja", "モデルは「トークン」を読みます。", "ltr"),
    ],
)
def test_every_language_is_shown_in_its_direction(
    site: Site, browser: Browser, locale: str, text: str, direction: str
) -> None:
    site.write("i18n.toml", f'source = "en"\ntargets = ["{locale}"]\n')
    assert site.run("extract").code == 0
    site.translate(SENTENCE, text, fuzzy=True, lang=locale)
    with at_the_desk(site, browser, locale) as aiko:
        aiko.chooses(SENTENCE)
        for selector in ("#target", "#target-page", "#backdrop"):
            assert aiko.page.get_attribute(selector, "lang") == locale
            assert (
                aiko.page.eval_on_selector(selector, "one => getComputedStyle(one).direction")
                == direction
            )
        assert (
            aiko.page.eval_on_selector("#source", "one => getComputedStyle(one).direction") == "ltr"
        )
        # the marks behind the text lie where the letters are
        for name in ("fontFamily", "fontSize", "lineHeight", "padding", "width"):
            style = f"one => getComputedStyle(one).{name}"
            field = aiko.page.eval_on_selector("#target", style)
            assert aiko.page.eval_on_selector("#backdrop", style) == field
        assert barriers(aiko.page) == []


def test_single_keys_can_be_switched_off(drafted: Site, browser: Browser) -> None:
    before = drafted.read(PO)
    with at_the_desk(drafted, browser) as aiko:
        aiko.presses("?")
        aiko.page.uncheck("#single-keys")
        aiko.presses("Escape", "a", "s")
        aiko.page.wait_for_timeout(200)
        assert drafted.read(PO) == before
        aiko.presses("Alt+ArrowDown")
        aiko.sees_pages()


def test_an_address_without_its_key_shows_nothing(reading: Serving, browser: Browser) -> None:
    with person(browser) as aiko:
        aiko.page.goto(f"http://127.0.0.1:{reading.port}/")
        aiko.page.wait_for_selector("#banner:not([hidden])")
        assert "Open the one that the terminal shows" in aiko.reads("#banner")
        assert SENTENCE not in aiko.page.content()


def test_of_ten_thousand_units_only_those_in_sight_are_in_the_page(
    site: Site, browser: Browser
) -> None:
    lines = "".join(
        f"Sentence number {at} of the long page stands here.\n\n" for at in range(1, 10_001)
    )
    site.write("terms/en/long.md", f"---\nterm: Long\nslug: long\nlang: en\n---\n\n{lines}")
    assert site.run("extract", "--lang", "ja").code == 0
    with at_the_desk(site, browser) as aiko:
        aiko.page.click("#toggle-pages")
        aiko.page.focus("#list")
        for key in ("PageDown", "End", "Home", "End"):
            aiko.presses(key)
            assert aiko.page.evaluate("document.querySelectorAll('#list .row').length") < 40
        aiko.sees_pages()
        last = aiko.page.evaluate("desk.queue.shown.at(-1)")
        assert aiko.page.evaluate("desk.queue.current") == last
        assert aiko.page.is_visible(f"#row-{last}")
        aiko.page.fill("#search", "number 777 of")
        aiko.waits_for("desk.queue.shown.length === 1")


CODE = (
    "```\npip install a-package-of-a-very-long-name another-package-of-an-even-longer-name\n```\n"
)


def test_what_is_longer_than_its_place_is_read_by_keyboard_and_in_its_own_language(
    site: Site, browser: Browser
) -> None:
    site.write("i18n.toml", 'source = "en"\ntargets = ["ar"]\n')
    site.change("terms/en/token.md", SENTENCE, f"{SENTENCE}\n\n{CODE}\nIt is not translated.")
    assert site.run("extract").code == 0
    site.translate(SENTENCE, "يقرأ النموذج الرموز.", fuzzy=True, lang="ar")
    with at_the_desk(site, browser, "ar") as aiko:
        aiko.chooses(SENTENCE)
        assert aiko.page.get_attribute("#target-page pre", "dir") == "ltr"
        untold = aiko.page.locator("#target-page .missing", has_text="It is not translated.")
        assert (untold.get_attribute("lang"), untold.get_attribute("dir")) == ("en", "ltr")
        assert aiko.page.locator("#target-page .here").first.get_attribute("lang") is None
        assert barriers(aiko.page) == []
        for place in ("#context", "#source-page", "#target-page pre"):
            aiko.page.focus(place)
            aiko.presses("ArrowDown")
            assert aiko.reads("#source") == SENTENCE, "it scrolls, and goes to no other unit"
        aiko.page.focus("#history")
        aiko.presses("Enter")
        aiko.waits_for("document.querySelector('.history')")
        assert aiko.page.evaluate("document.activeElement !== document.body")


def test_on_a_mac_option_writes_letters(reading: Serving, browser: Browser) -> None:
    with person(browser) as aiko:
        aiko.page.add_init_script(
            "Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })"
        )
        aiko.opens(reading.address)
        aiko.chooses(SENTENCE)
        aiko.presses("e", "Control+a")
        aiko.types("モデル。")
        aiko.presses("Alt+r")
        assert aiko.page.input_value("#target") != "", "it is not put back"
        assert aiko.page.evaluate("desk.editor.isChanged")
        aiko.presses("Control+Alt+r")
        assert not aiko.page.evaluate("desk.editor.isChanged")
