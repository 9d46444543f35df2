"""What the pages on editors and platforms say was tried, on a file with all that ours have."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from translate.storage.pypo import pofile

from tests.docs.pages import DOCS
from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, Site

PO = "locales/ja/terms.po"
LONG = (
    "A model reads tokens, pieces of text of a few letters each, and writes the next of them "
    "one after the other, until it considers what it was asked to do as done."
)
TEXT = (
    "モデルは、数文字ずつの断片であるトークンを読み、"
    "求められたことが終わったと考えるまで、続きを1つずつ書いていきます。"
)
HEADER = ("PO-Revision-Date", "Last-Translator", "X-Generator")

needs_gettext = pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not installed")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Drafts, reviewed texts, a list, a long text, a previous source and an obsolete entry."""
    made = Site(tmp_path)
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        made.write(path, text)
    made.change("terms/en/token.md", "A model reads tokens.", LONG)
    with Stub() as stub:
        made.ask(stub)
        made.run("sync", "--lang", "ja")
        made.translate("It costs less than training.", "訓練より安く済みます。")
        made.translate("Only small layers are trained.", "学習するのは小さな層だけです。")
        made.change("terms/en/fine-tuning.md", "\nIt costs less than training.\n", "")
        made.change("terms/en/lora.md", "Only small layers are", "Only two small layers are")
        made.run("sync", "--lang", "ja")
    made.ask_nobody()
    assert all(mark in made.read(PO) for mark in ("#~ msgid", "#| msgid", "#, fuzzy"))
    return made


def changed(before: str, after: str) -> list[str]:
    """The lines that differ."""
    rows = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [row for row in rows if not row.startswith(("---", "+++", "@@"))]


def msgcat(text: str, *options: str) -> str:
    done = subprocess.run(
        ["msgcat", "--force-po", *options, "-"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def written_again(site: Site) -> str:
    """The file after a sync that had a reason to write it."""
    site.change("terms/en/lora.md", "- cheap\n", "- cheap\n- small\n")
    site.run("sync", "--lang", "ja")
    return site.read(PO)


@needs_gettext
def test_poedit_saves_the_same_bytes_while_it_preserves_formatting(site: Site) -> None:
    assert msgcat(site.read(PO), "--no-wrap") == site.read(PO)


@needs_gettext
def test_what_poedit_wraps_without_it_is_undone_by_the_next_sync_that_writes(site: Site) -> None:
    before = site.read(PO)
    wrapped = msgcat(before, "--width=79")
    assert len(changed(before, wrapped)) > 4
    site.write(PO, wrapped)
    again = written_again(site)
    assert msgcat(again, "--no-wrap") == again
    assert all(line in again.splitlines() for line in before.splitlines() if line[:1] == "m")


def weblate(text: str, width: int) -> str:
    """A file after one text was approved in Weblate, as its library writes it."""
    store = pofile.parsestring(text.encode())  # type: ignore[no-untyped-call]  # untyped library
    store.wrapper.width = width
    (unit,) = (one for one in store.units if one.source == LONG)
    unit.target = TEXT
    unit.markfuzzy(False)
    store.updateheader(
        add=True,
        x_generator="Weblate 5.14",
        last_translator="Hana <hana@example.org>",
        PO_Revision_Date="2026-01-01 00:00+0000",
    )
    saved: bytes = bytes(store)
    return saved.decode()


def test_weblate_changes_the_lines_of_a_text_and_of_the_header_alone(site: Site) -> None:
    before = site.read(PO)
    saved = weblate(before, 65535)
    header = [row for row in changed(before, saved) if row.startswith('+"')]
    assert [row[2:].partition(":")[0] for row in header] == list(HEADER)
    others = [row for row in changed(before, saved) if row not in header]
    assert others == ["-#, fuzzy", f'-msgstr "⟦ja:{LONG[:-1]}⟧."', f'+msgstr "{TEXT}"']
    site.write(PO, saved)
    again = changed(saved, written_again(site))
    assert [row[2:].partition(":")[0] for row in again if row.startswith("-")] == list(HEADER)


@needs_gettext
@pytest.mark.parametrize("width", [77, -1])
def test_another_width_makes_noise_that_the_next_sync_undoes(site: Site, width: int) -> None:
    saved = weblate(site.read(PO), width)
    assert len(changed(weblate(site.read(PO), 65535), saved)) > 2
    site.write(PO, saved)
    again = written_again(site)
    assert f'msgstr "{TEXT}"' in again
    assert not any(name in again for name in HEADER)
    assert msgcat(again, "--no-wrap") == again


def crowdin(package: polib.POFile) -> str:
    """A download with approved texts alone, as far as its documentation tells."""
    made = polib.POFile(wrapwidth=77)
    made.metadata = {
        **package.metadata,
        "PO-Revision-Date": "2026-01-01 00:00",
        "X-Crowdin-Project": "glossary",
    }
    made.extend(entry for entry in reversed(package) if not entry.fuzzy)
    return str(made)


def lokalise(package: polib.POFile) -> str:
    """The same of the other: no comments, no header but the least, keys by alphabet."""
    made = polib.POFile(wrapwidth=77)
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for entry in sorted(package, key=lambda one: one.msgid):
        if not entry.fuzzy:
            made.append(
                polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr)
            )
    return str(made)


@pytest.mark.parametrize("platform", [crowdin, lokalise])
def test_a_download_is_taken_in_by_unit_and_changes_nothing_else(
    site: Site, platform: Callable[[polib.POFile], str]
) -> None:
    assert site.run("export", "--lang", "ja", "--as", "po", "-o", str(site.root / "w.po")).code == 0
    package = polib.pofile(site.read("w.po"))
    (worked_on,) = (entry for entry in package if entry.msgid == LONG)
    worked_on.msgstr, worked_on.flags = TEXT, []
    site.write("ja.po", platform(package))
    before = site.read(PO)
    ran = site.run("import", "--lang", "ja", str(site.root / "ja.po"))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "ja: 1 reviewed")
    rows = changed(before, site.read(PO))
    assert [row for row in rows if row.startswith("+msgstr")] == [f'+msgstr "{TEXT}"']
    assert all(row.startswith(("-#", "+#", "-msgstr", "+msgstr")) for row in rows)
    obsolete = before.partition("#~ ")[2]
    assert obsolete
    assert site.read(PO).partition("#~ ")[2] == obsolete


@pytest.mark.parametrize("name", ["poedit", "weblate", "crowdin", "lokalise"])
def test_every_page_says_what_was_tried_and_what_was_not(name: str) -> None:
    page = (DOCS / f"editors/{name}.md").read_text(encoding="utf-8")
    tried = page.partition("## What was tried")[2]
    assert "not" in tried
    assert "tried" in tried
