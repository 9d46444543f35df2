"""A glossary with a term for every hostile text, reviewed and built, before anybody is hostile."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polib

from tests.hostile.texts import TEXTS, Hostile
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
CONFIG = """\
source = "en"
targets = ["ja"]

[fields]
translate = ["term", "definition", "summary"]
markdown = ["summary"]
"""
Pages = Callable[[Hostile], str]
_NUMBER = re.compile(r"N(\d\d+)")


def page(one: Hostile) -> str:
    """The English page of a term: a name, fields of either kind, and two paragraphs."""
    n = f"N{one.number:02d}"
    return (
        f"---\nterm: Term {n}\nslug: {one.slug}\nlang: en\n"
        f'definition: "What {n} is."\nsummary: "Of {n}, in short."\n---\n\n'
        f"The sentence {n} stands here.\n\nA text that is nobody's.\n"
    )


def wide_page(one: Hostile) -> str:
    """The same with a segment of every kind there is."""
    n = f"N{one.number:02d}"
    more = (
        f"## A heading {n}\n\n- an item {n}\n\n> A quote {n}.\n\n"
        f"| a cell {n} | x |\n|---|---|\n| y | z |\n\n"
        f"A picture ![of {n}](/{one.slug}.png) and a link"
        f' [to {n}](/page "a title {n}").[^1]\n\n[^1]: A note {n}.\n'
    )
    head = page(one).replace("---\n\n", f"category: Kind {n}\nkeywords: [first {n}]\n---\n\n")
    return f"{head}\n{more}"


def harmless(source: str) -> str:
    """A good translation of any text of these pages."""
    number = number_in(source)
    n = f"N{number:02d}" if number >= 0 else ""
    if "](/" in source:
        return f'図 ![{n}の](/term-{number:02d}.png) とリンク [{n}へ](/page "題 {n}")。[^1]'
    return f"文 {n} はここにあります。"


def number_in(source: str) -> int:
    """The number of the hostile text that a source belongs to; -1 where it is none's."""
    found = _NUMBER.search(source)
    return int(found[1]) if found else -1


def fill(data: str, says: Callable[[polib.POEntry], str | None]) -> str:
    """A PO file with the texts that `says` has, as reviewed as a translator can make them."""
    catalog = polib.pofile(data, wrapwidth=0)
    for entry in catalog:
        text = None if entry.obsolete else says(entry)
        if text is not None:
            entry.msgstr, entry.flags = text, []
            entry.previous_msgid = None
    return str(catalog)


def sources(root: Path, pages: Pages = page) -> Site:
    """The English pages alone."""
    site = Site(root)
    site.write("i18n.toml", CONFIG)
    for one in TEXTS:
        site.write(f"terms/en/{one.slug}.md", pages(one))
    return site


def reviewed(root: Path, pages: Pages = page) -> Site:
    """The same with every text translated, reviewed and built."""
    site = sources(root, pages)
    assert site.run("extract").code == 0
    site.write(PO, fill(site.read(PO), lambda entry: harmless(entry.msgid)))
    ran = site.run("sync")
    assert ran.code == 0, ran.out
    assert len([path for path in site.contents() if path.startswith("terms/ja/")]) == len(TEXTS)
    return site
