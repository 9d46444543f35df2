"""A browser of the system's, in which a test uses the desk as a person does."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.desk.serving import served
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 900
_SHOW_ALL = """() => {
  const filter = document.getElementById('filter-state');
  filter.value = 'all';
  filter.dispatchEvent(new Event('change'));
}"""
WIDE, NARROW = (1440, 900), (390, 844)


def program() -> str:
    """Where the browser is; a test that needs one skips where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), "")
    if not found:
        pytest.skip("no Chromium on this machine (scripts/setup chromium installs it)")
    return found


@contextmanager
def started() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    path = program()
    root = getattr(os, "geteuid", lambda: 1)() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else []
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Person:
    """Somebody at a page: what they do, what they see, and what went wrong behind it.

    `asked` are the addresses of all requests, `said` what the browser complained about.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda one: self.said.append(str(one)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.text} {message.location.get('url', '')}".strip())

    def opens(self, address: str) -> None:
        """Open a desk, and wait until a unit is on it."""
        self.page.goto(address)
        self.page.wait_for_selector("#source:not(:empty)")
        self.sees_pages()

    def gives_name(self, name: str) -> None:
        """Say who is reviewing, where the page asks for it."""
        self.types(name)
        self.presses("Enter")
        self.waits_for("document.activeElement.id === 'main'")
        self.sees_pages()

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        """Type a text where the cursor is."""
        self.page.keyboard.insert_text(text)

    def waits_for(self, condition: str) -> None:
        """Wait until something is true in the page, whose policy lets no text run in it."""
        for _ in range(_PATIENCE):
            if self.page.evaluate(f"() => Boolean({condition})"):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"it never came true: {condition}")

    def sees_pages(self) -> None:
        """Wait until the unit on the desk is the chosen one, with its page."""
        self.waits_for(
            "desk.editor.detail && desk.editor.detail.id === desk.queue.current"
            " && (!desk.editor.detail.slug || desk.pages.slug === desk.editor.detail.slug"
            " || !desk.pages.open)"
        )

    def is_saved(self) -> None:
        """Wait until every decision has arrived."""
        self.waits_for("!desk.saver.open && !desk.saver.busy && !desk.saver.undoing")

    def hears(self) -> None:
        """Hear of what happened elsewhere now, and not when the page next asks by itself."""
        self.page.evaluate("desk.noticing.poll()")

    def reads(self, selector: str) -> str:
        """The words of an element."""
        return self.page.inner_text(selector)

    def chooses(self, source: str) -> None:
        """Go to the unit whose source begins so, whether it waits or not."""
        self.page.evaluate(_SHOW_ALL)
        script = (
            "(source) => [...desk.queue.units.values()].find((u) => u.source.startsWith(source)).id"
        )
        name = self.page.evaluate(script, source)
        self.page.evaluate("(id) => desk.go(id)", name)
        self.sees_pages()


@contextmanager
def person(
    browser: Browser, size: tuple[int, int] = WIDE, scheme: str = "light"
) -> Iterator[Person]:
    """Somebody at a page of their own, who hears everything that goes wrong with it."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        accept_downloads=True,
    )
    context.set_default_timeout(45_000)
    try:
        yield Person(context.new_page())
    finally:
        context.close()


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps people out, in words; nothing where all is well."""
    from importlib.resources import files

    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    # by the debugger, past the policy of the page
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": script})
    asked = {"expression": "axe.run(document).then(JSON.stringify)", "awaitPromise": True}
    answer = session.send("Runtime.evaluate", asked)
    found = json.loads(answer["result"]["value"])
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:120]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@contextmanager
def at_the_desk(
    site: Site, browser: Browser, locale: str = "ja", size: tuple[int, int] = WIDE
) -> Iterator[Person]:
    """Somebody at the desk of a project; nothing is asked elsewhere, and nothing goes wrong."""
    with served(site, locale) as server, person(browser, size) as found:
        found.opens(server.address)
        yield found
        here = f"http://127.0.0.1:{server.port}/"
        assert [one for one in found.asked if not one.startswith(here)] == []
        assert found.said == []
