"""The doors through which hostile texts come in: each takes a folder, and gives back the project.

What a door gives back has been through a `sync`, as a nightly run would do it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import polib

from i18n_pipeline.formats.safe_xml import can_be_xml
from tests.desk.reviving import units_in
from tests.hostile.glossary import PO, fill, harmless, number_in, page, sources, wide_page
from tests.hostile.glossary import reviewed as reviewed_glossary
from tests.hostile.texts import TEXTS, Hostile
from tests.stubs.agency import CORE
from tests.stubs.deepl import Fault, Stub
from tests.stubs.site import Site

Door = Callable[[Site, Path], Site]
"""What brings the texts in: the reviewed glossary, which is only read, and an empty folder."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def said_of(source: str) -> str | None:
    """The hostile text for a source; None where it is nobody's."""
    number = number_in(source)
    return TEXTS[number].text if number >= 0 else None


def sayable(source: str) -> str | None:
    """The same, where a file of text can hold it: none may hold what drives a terminal."""
    said = said_of(source)
    return None if said is None or _CONTROL.search(said) else said


def in_review_file(reviewed: Site, folder: Path) -> Site:
    """A person reviews a hostile text for every segment, and the pages are there already."""
    return _filled(_copy(reviewed, folder), lambda entry: sayable(entry.msgid))


def in_review_file_of_new_pages(reviewed: Site, folder: Path) -> Site:
    """The same where no page has been built yet."""
    return _filled(_without_pages(_copy(reviewed, folder)), lambda entry: sayable(entry.msgid))


def in_every_segment(_: Site, folder: Path) -> Site:
    """The same on pages that have a segment of every kind, one of them hostile at a time."""
    site = _without_pages(reviewed_glossary(folder, wide_page))
    kinds = ("A heading", "an item", "A quote", "a cell", "A note", "first", "Kind")

    def says(entry: polib.POEntry) -> str | None:
        number = number_in(entry.msgid)
        begins = kinds[number % len(kinds)]
        return sayable(entry.msgid) if entry.msgid.startswith(begins) else None

    return _filled(site, says)


def in_one_field(field: str) -> Door:
    """One segment of each term is hostile, so that nothing else keeps its page from being built."""

    def door(reviewed: Site, folder: Path) -> Site:
        site = _without_pages(_copy(reviewed, folder))
        return _filled(site, lambda entry: sayable(entry.msgid) if _is(entry, field) else None)

    return door


def in_another_dialect(reviewed: Site, folder: Path) -> Site:
    """A person reviews them where the site generator reads everything that we know of."""
    site = _copy(reviewed, folder)
    every = '["table", "footnote", "tasklist", "strikethrough", "math", "deflist"'
    site.write(
        "i18n.toml",
        site.read("i18n.toml")
        + f'\n[markdown]\nextensions = {every}, "heading-attributes", "alert", "mdx",'
        ' "shortcode"]\n',
    )
    return _filled(site, lambda entry: sayable(entry.msgid))


def in_drafts(_: Site, folder: Path) -> Site:
    """A machine answers with them, as text and as what its markup makes of it."""
    site = sources(folder)
    with Stub() as stub:
        site.ask(stub)
        stub.fail(Fault(change=_answers), times=10_000)
        site.run("sync", "--publish", "drafts")
    site.ask_nobody()
    return site


def in_package(form: str) -> Door:
    """An agency brings them back in a work package."""

    def door(reviewed: Site, folder: Path) -> Site:
        site = sources(folder)
        site.run("extract")
        out = f"job.{form}"
        assert site.run("export", "--lang", "ja", "-o", out).code == 0
        path = site.root / out
        path.write_bytes(_PACKAGES[form](path.read_bytes()))
        ran = site.run("import", out, "--reviewed")
        assert ran.code in (0, 3), ran.err
        site.run("sync")
        return site

    return door


def in_memory(reviewed: Site, folder: Path) -> Site:
    """They stand in a translation memory that counts as reviewed."""
    site = sources(folder)
    site.write("agency.tmx", _memory())
    assert site.run("memory", "import", "agency.tmx").code == 0
    text = site.read("i18n.toml")
    site.write("i18n.toml", text.replace("[memory]\n", '[memory]\nimported = "reviewed"\n'))
    site.run("sync")
    return site


def in_glossary(reviewed: Site, folder: Path) -> Site:
    """The required terminology wants them."""
    site = _copy(reviewed, folder)
    rows = io.StringIO()
    lines = csv.writer(rows)
    lines.writerow(("source", "target", "note"))
    for one in _one_line():
        lines.writerow((f"sentence N{one.number:02d}", one.text, one.text))
    site.write("theirs.csv", rows.getvalue())
    site.run("glossary", "import", "theirs.csv", "--lang", "ja")
    site.run("sync")
    return site


def in_termbase(reviewed: Site, folder: Path) -> Site:
    """The same, out of a termbase."""
    site = _copy(reviewed, folder)
    concepts = "".join(
        f'<termEntry id="c{one.number}"><langSet xml:lang="en"><tig><term>sentence'
        f' N{one.number:02d}</term></tig></langSet><langSet xml:lang="ja"><tig>'
        f"<term>{escape(one.text)}</term></tig></langSet></termEntry>"
        for one in _one_line()
        if can_be_xml(one.text)
    )
    text = f'<martif type="TBX" xml:lang="en"><text><body>{concepts}</body></text></martif>'
    site.write("theirs.tbx", text)
    site.run("glossary", "import", "theirs.tbx", "--lang", "ja")
    site.run("sync")
    return site


def in_adopted_pages(reviewed: Site, folder: Path) -> Site:
    """Somebody's pages hold them, and are adopted; a new term has the same sentences."""
    site = sources(folder)
    for one in TEXTS:
        if not _CONTROL.search(one.text):
            site.write(f"terms/ja/{one.slug}.md", _their_page(reviewed, one))
            site.write(f"terms/en/new-{one.number:02d}.md", _new_page(one))
    site.run("adopt")
    site.run("sync")
    return site


def in_edited_pages(reviewed: Site, folder: Path) -> Site:
    """Somebody writes them into the pages that we built; a new term has the same sentences."""
    site = _copy(reviewed, folder)
    for one in TEXTS:
        if not _CONTROL.search(one.text):
            site.write(f"terms/ja/{one.slug}.md", _their_page(reviewed, one))
            site.write(f"terms/en/new-{one.number:02d}.md", _new_page(one))
    site.run("sync")
    return site


def in_decisions(_: Site, folder: Path) -> Site:
    """A reviewer without a server approves them."""
    site = sources(folder)
    site.run("extract")
    site.run("review", "--lang", "ja", "-o", "review.html")
    rows = [
        {
            "verb": "approve",
            "unit": one["context"],
            "source": one["source"],
            "shown": one["version"],
            "text": said_of(str(one["source"])) or "文",
            "comment": said_of(str(one["source"])) or "",
            "reviewer": "A. Person",
        }
        for one in units_in(site.read("review.html"))
    ]
    document = {"schema": "i18n-decisions/1", "locale": "ja", "decisions": rows}
    site.write("back.json", json.dumps(document))
    ran = site.run("review", "--apply", "back.json")
    assert ran.code in (0, 3), ran.err
    (site.root / "review.html").unlink()
    site.run("sync")
    return site


def in_foreign_catalog(_: Site, folder: Path) -> Site:
    """Another program's catalog holds them."""
    site = sources(folder)
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {"Language": "ja", "Content-Type": "text/plain; charset=UTF-8"}
    for one in TEXTS:
        for source in (
            f"The sentence N{one.number:02d} stands here.",
            f"A quote N{one.number:02d}.",
        ):
            catalog.append(polib.POEntry(msgid=source, msgstr=one.text))
    site.write("old.po", str(catalog))
    site.run("adopt", "--from", "old.po", "--lang", "ja")
    site.run("sync")
    return site


def in_sources(reviewed: Site, folder: Path) -> Site:
    """The author of a term is hostile: the texts are the English ones, and names of files are."""
    site = _copy(reviewed, folder)
    for one in TEXTS:
        path = f"terms/en/{one.slug}.md"
        site.write(
            path, site.read(path).replace(f"The sentence N{one.number:02d} stands", one.text)
        )
    for name in ("%0A::error::evil.md", "\u202eevil.md", "::error::evil.md", "<b>evil.md"):
        site.write(f"terms/en/{name}", page(TEXTS[0]))
    site.run("sync")
    return site


def _is(entry: polib.POEntry, field: str) -> bool:
    return (entry.msgctxt or "").rpartition("/")[2] == field


def _copy(site: Site, folder: Path) -> Site:
    shutil.copytree(site.root, folder)
    return Site(folder)


def _without_pages(site: Site) -> Site:
    shutil.rmtree(site.root / "terms/ja")
    (site.root / "locales/ja/terms.lock").unlink()
    return site


def _filled(site: Site, says: Callable[[polib.POEntry], str | None]) -> Site:
    site.write(PO, fill(site.read(PO), says))
    ran = site.run("sync")
    assert ran.code == 65, ran.out
    assert ran.err == "", ran.err
    return site


def _answers(texts: list[str]) -> list[str]:
    def answer(text: str) -> str:
        said = said_of(text)
        if said is None:
            return text
        return escape(said) if number_in(text) % 2 else said

    return [answer(text) for text in texts]


def _xliff(data: bytes) -> bytes:
    root = ET.fromstring(data)  # noqa: S314  # we wrote it
    for segment in root.iter(f"{{{CORE}}}segment"):
        source = segment.find("{*}source")
        said = said_of("".join(source.itertext())) if source is not None else None
        if said is None or not can_be_xml(said):
            continue
        for old in segment.findall("{*}target"):
            segment.remove(old)
        ET.SubElement(segment, f"{{{CORE}}}target").text = said
        segment.set("state", "final")
    return ET.tostring(root, "unicode").encode()


def _csv(data: bytes) -> bytes:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    for row in rows:
        said = said_of(row["source"])
        writer.writerow(row if said is None else {**row, "target": said, "state": "final"})
    return out.getvalue().encode()


def _po(data: bytes) -> bytes:
    return fill(data.decode(), lambda entry: sayable(entry.msgid)).encode()


_PACKAGES = {"xlf": _xliff, "csv": _csv, "po": _po}


def _memory() -> str:
    def unit(source: str, target: str) -> str:
        return (
            f'<tu><tuv xml:lang="en"><seg>{escape(source)}</seg></tuv>'
            f'<tuv xml:lang="ja"><seg>{escape(target)}</seg></tuv></tu>'
        )

    units = "".join(
        unit(source, one.text)
        for one in TEXTS
        if can_be_xml(one.text)
        for source in (
            f"The sentence N{one.number:02d} stands here.",
            f"A quote N{one.number:02d}.",
        )
    )
    return f'<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>'


def _sources_of(one: Hostile) -> tuple[str, str]:
    return f"The sentence N{one.number:02d} stands here.", f"What N{one.number:02d} is."


def _one_line() -> Sequence[Hostile]:
    return [one for one in TEXTS if not _CONTROL.search(one.text) and "\n" not in one.text]


def _their_page(reviewed: Site, one: Hostile) -> str:
    text = reviewed.read(f"terms/ja/{one.slug}.md")
    head, fence, body = text.rpartition("---\n\n")
    line = harmless(f"The sentence N{one.number:02d} stands here.")
    assert body.startswith(f"{line}\n")
    return f"{head}{fence}{one.text}{body.removeprefix(line)}"


def _new_page(one: Hostile) -> str:
    n = f"N{one.number:02d}"
    return (
        f"---\nterm: New {n}\nslug: new-{one.number:02d}\nlang: en\n---\n\n"
        f"The sentence {n} stands here.\n"
    )


DOORS: dict[str, Door] = {
    "the review file": in_review_file,
    "the review file, no pages": in_review_file_of_new_pages,
    "the review file, another dialect": in_another_dialect,
    "segments of every kind": in_every_segment,
    "a name": in_one_field("term"),
    "a plain field": in_one_field("definition"),
    "a field in Markdown": in_one_field("summary"),
    "a paragraph": in_one_field("body"),
    "a machine": in_drafts,
    **{f"a package: {form}": in_package(form) for form in _PACKAGES},
    "a memory": in_memory,
    "a glossary": in_glossary,
    "a termbase": in_termbase,
    "adopted pages": in_adopted_pages,
    "edited pages": in_edited_pages,
    "decisions": in_decisions,
    "a foreign catalog": in_foreign_catalog,
    "the sources": in_sources,
}
