"""Files without a server: what was begun in one is not lost to another, nor given to a stranger."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desk.browser import Person, person
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "A model reads tokens."
OTHER = "A cheap way"


def opens(aiko: Person, site: Site, page: Path, *filters: str) -> None:
    assert site.run("review", "--lang", "ja", *filters, "--force", "-o", str(page)).code == 0
    aiko.opens(page.as_uri())


def begins(aiko: Person, source: str, text: str) -> None:
    aiko.chooses(source)
    aiko.presses("Escape", "e", "Control+a")
    aiko.types(text)


def test_what_was_begun_in_a_file_is_copied_shown_or_not_meant(
    drafted: Site, browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"
    stranger = Site(Path(shutil.copytree(drafted.root, tmp_path / "other" / drafted.root.name)))
    with person(browser) as aiko:
        drafted.run("review", "--lang", "ja", "-o", str(page))
        aiko.page.goto(page.as_uri())
        aiko.page.wait_for_selector("#name-dialog[open]")
        aiko.gives_name("Aiko")
        begins(aiko, SENTENCE, "半分の文")
        begins(aiko, OTHER, "安い")
        opens(aiko, drafted, page, "--slug", "token")
        aiko.page.wait_for_selector("#toasts >> text=Your text: 安い")  # it has no such unit
        assert aiko.reads("#earlier-texts") == "Take over 1 text of an earlier file"
        aiko.page.click("#earlier-texts")
        aiko.chooses(SENTENCE)
        assert aiko.page.input_value("#target") == "半分の文"
        opens(aiko, stranger, page)
        assert aiko.page.is_hidden("#earlier-texts")
        aiko.chooses(SENTENCE)
        assert aiko.page.input_value("#target") != "半分の文"
        opens(aiko, drafted, page)
        for source, text in ((SENTENCE, "半分の文"), (OTHER, "安い")):
            aiko.chooses(source)
            assert aiko.page.input_value("#target") == text, "the first file has them still"
