"""The scripts of docs/how-to/python.md: shown as they are, and doing what the page says.

mypy reads them with all other tests, strictly.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import i18n_pipeline
from tests.docs.pages import DOCS, blocks
from tests.docs.scripts import drafts, nightly, price
from tests.stubs.deepl import Stub
from tests.stubs.site import Site

if TYPE_CHECKING:
    import pytest

ROOT = DOCS.parent
SCRIPTS = ROOT / "tests/docs/scripts"
PAGE = (DOCS / "how-to/python.md").read_text(encoding="utf-8")


def test_every_script_is_shown_as_it_is() -> None:
    shown = {block.info[2]: block.text for block in blocks(PAGE) if block.info[0] == "python"}
    there = {path.relative_to(ROOT).as_posix(): path for path in SCRIPTS.glob("[a-z]*.py")}
    assert shown == {name: path.read_text(encoding="utf-8") for name, path in there.items()}


def test_every_function_has_its_row() -> None:
    functions = {name for name in i18n_pipeline.__all__ if name.islower() and "__" not in name}
    assert [name for name in sorted(functions) if f"| `{name}()` |" not in PAGE] == []


def test_what_a_function_takes_is_what_its_row_says() -> None:
    said = dict(re.findall(r"^\| `(\w+)\(\)` \|[^|]*\|([^|]*)\|", PAGE, re.MULTILINE))
    for name, words in said.items():
        taken = inspect.signature(getattr(i18n_pipeline, name)).parameters.values()
        by_name = [one.name for one in taken if one.kind is one.KEYWORD_ONLY]
        assert re.findall(r"`(\w+)`", words) == by_name, name


def test_the_nightly_run_pays_with_the_keys_of_the_process(
    site: Site, deepl: Stub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEEPL_AUTH_KEY", deepl.account.key)
    monkeypatch.setenv("DEEPL_SERVER_URL", deepl.url)
    planned = price.prices(str(site.root), "deepl")
    assert nightly.main(str(site.root)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"{locale}: 16 units wait, {planned[locale]} characters paid" for locale in ("ja", "de")
    ]
    assert drafts.drafts(str(site.root), "ja") == {"fine-tuning": 6, "lora": 5, "token": 3, "": 2}


def test_the_nightly_run_ends_before_it_pays_where_a_file_is_damaged(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("terms/en/token.md", "---\n")
    assert nightly.main(str(site.root)) == 65
    assert capsys.readouterr().err.startswith("terms/en/token.md:1: ")
    assert not (site.root / "locales").exists()


def test_a_published_name_is_read_from_its_page(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.review({"Token": "トークン"})
    site.run("sync", "--lang", "ja")
    assert drafts.published_name(str(site.root), "token", "ja") == "トークン"
