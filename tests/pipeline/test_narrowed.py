"""A run that looks at a few terms does what a run on everything does, byte for byte, and says so.

The oracle is the same project without what earlier runs remembered of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n_pipeline.pipeline import narrowing
from tests.conftest import EXAMPLES
from tests.stubs.deepl import Account, Stub
from tests.stubs.site import Ran, Site

if TYPE_CHECKING:
    import polib

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta")
REMEMBERED = ("rest", "idle", "verdicts")
LAYOUTS = ("terms.po", "{slug}.po", "{category}.po")

Edit = Callable[[Site, st.DataObject], None]


def term(number: int) -> str:
    name, slug = NAMES[number], NAMES[number].lower()
    other = NAMES[(number + 1) % len(NAMES)].lower()
    return f"""\
---
term: {name} Model
slug: {slug}
lang: en
category: {("Methods", "Basics")[number % 2]}
definition: "What {slug} is in a few words."
related: [{other}]
keywords: [{slug}, model]
---

## Why {slug}?

The {slug} model is trained on data, as the [{other} model](/glossary/{other}) is.

It costs less than others. Nobody knows why {slug} does.

- cheap {slug}
- fast {slug}
"""


def site_in(root: Path, stub: Stub, layout: str, publish: str) -> Site:
    """A project in which all is reviewed and built."""
    site = Site(root)
    site.ask(stub)
    site.write(
        "i18n.toml",
        'source = "en"\ntargets = ["ja"]\n'
        f'[paths]\ncatalog = "locales/{{locale}}/{layout}"\n'
        f'[build]\npublish = "{publish}"\n'
        '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
        '[[checks.off]]\ncheck = "untranslated"\nslug = "beta"\nreason = "a trial"\n',
    )
    for number in range(len(NAMES)):
        site.write(f"terms/en/{NAMES[number].lower()}.md", term(number))
    site.write("glossaries/ja.csv", "source,target\ndata,データ\n")
    sync(site)
    for path in catalogs(site):
        site.review(path=path)
    sync(site)
    sync(site)
    return site


def catalogs(site: Site) -> list[str]:
    return sorted(path for path in site.contents() if path.endswith(".po"))


def sync(site: Site) -> Ran:
    return site.report("sync")


def one_of(things: list[str], data: st.DataObject) -> str:
    return things[data.draw(st.integers(0, len(things) - 1))]


def sources(site: Site) -> list[str]:
    return sorted(path for path in site.contents() if path.startswith("terms/en/"))


def pages(site: Site) -> list[str]:
    return sorted(path for path in site.contents() if path.startswith("terms/ja/"))


def replacing(old: str, new: str) -> Edit:
    """An author's edit of one source."""

    def edit(site: Site, data: st.DataObject) -> None:
        path = one_of(sources(site), data)
        site.write(path, site.read(path).replace(old, new, 1))

    return edit


def in_page(site: Site, data: st.DataObject) -> None:
    if found := pages(site):
        path = one_of(found, data)
        site.write(path, site.read(path).replace("model", "人model", 1))


def key_in_page(site: Site, data: st.DataObject) -> None:
    if found := pages(site):
        path = one_of(found, data)
        site.write(path, site.read(path).replace("---\n", "---\nreading: yomi\n", 1))


def page_gone(site: Site, data: st.DataObject) -> None:
    if found := pages(site):
        (site.root / one_of(found, data)).unlink()


def in_catalog(change: Callable[[polib.POEntry], None]) -> Edit:
    """A translator's edit of one unit."""

    def edit(site: Site, data: st.DataObject) -> None:
        path = one_of(catalogs(site), data)
        catalog = site.po(path)
        units = [unit for unit in catalog if not unit.obsolete]
        if units:
            change(units[data.draw(st.integers(0, len(units) - 1))])
            site.write(path, str(catalog))

    return edit


def said_otherwise(unit: polib.POEntry) -> None:
    unit.msgstr += " 人"


def sent_back(unit: polib.POEntry) -> None:
    if not unit.fuzzy:
        unit.flags.append("fuzzy")


def approved(unit: polib.POEntry) -> None:
    if unit.fuzzy:
        unit.flags.remove("fuzzy")


def emptied(unit: polib.POEntry) -> None:
    unit.msgstr = ""


def commented(unit: polib.POEntry) -> None:
    unit.tcomment = "i18n: off untranslated: a name"


def all_approved(site: Site, _data: st.DataObject) -> None:
    for path in catalogs(site):
        site.review(path=path)


def term_gone(site: Site, data: st.DataObject) -> None:
    found = sources(site)
    if len(found) > 3:
        (site.root / one_of(found, data)).unlink()


def term_new(site: Site, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(NAMES) - 1))
    text = term(number).replace(f"slug: {NAMES[number].lower()}", "slug: new")
    site.write("terms/en/new.md", text)


def glossary(site: Site, _data: st.DataObject) -> None:
    site.write("glossaries/ja.csv", "source,target\ndata,資料\nmodel,模型\n")


EDITS: dict[str, Edit] = {
    "sentence": replacing("costs less", "costs much less"),
    "number": replacing("a few words", "5 words"),
    "punctuation": replacing("others. Nobody", "others; Nobody"),
    "typo": replacing("trained", "traned"),
    "typo mended": replacing("traned", "trained"),
    "definition": replacing("What ", "All that "),
    "name": replacing(" Model\n", " Net\n"),
    "category": replacing("category: Methods", "category: Training"),
    "keyword": replacing("keywords: [", "keywords: [more, "),
    "paragraph": replacing("\n- cheap", "\nOne more thing was said.\n\n- cheap"),
    "paragraph gone": replacing("It costs", "\n<!-- nothing -->\nIt costs"),
    "item": replacing("- fast", "- small\n- fast"),
    "link": replacing("data, as", "[data](https://example.org/data), as"),
    "term link": replacing("/glossary/beta", "/glossary/gamma"),
    "related": replacing("related: [", "related: [alpha, "),
    "broken": replacing('definition: "', 'definition: ""'),
    "reflowed": replacing("data, as the", "data,\nas the"),
    "damaged": replacing("Nobody", "NobodyÃ¤"),
    "page": in_page,
    "key in page": key_in_page,
    "page gone": page_gone,
    "text": in_catalog(said_otherwise),
    "sent back": in_catalog(sent_back),
    "approved": in_catalog(approved),
    "emptied": in_catalog(emptied),
    "comment": in_catalog(commented),
    "all approved": all_approved,
    "term gone": term_gone,
    "term new": term_new,
    "glossary": glossary,
}


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Stub(Account(key="k")) as service:
        yield service


@pytest.fixture(scope="module")
def begun(stub: Stub, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Site]:
    known: dict[tuple[str, str], Site] = {}

    def of(layout: str, publish: str) -> Site:
        if (layout, publish) not in known:
            known[layout, publish] = site_in(tmp_path_factory.mktemp("site"), stub, layout, publish)
        return known[layout, publish]

    return of


@pytest.fixture(scope="module", autouse=True)
def _few() -> Iterator[None]:
    """Few terms there are, and all but one of them may have changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "MOST", 1)
        yield


@given(
    st.sampled_from(LAYOUTS),
    st.sampled_from(("reviewed", "drafts")),
    st.lists(st.lists(st.sampled_from(sorted(EDITS)), max_size=2), min_size=1, max_size=4),
    st.data(),
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_it_does_and_tells_what_a_run_on_everything_does(
    begun: Callable[[str, str], Site],
    layout: str,
    publish: str,
    runs: list[list[str]],
    data: st.DataObject,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = begun(layout, publish)
        site, twin = (replace(first, root=Path(folder) / name) for name in ("site", "twin"))
        shutil.copytree(first.root, site.root)
        for edits in runs:
            for edit in edits:
                EDITS[edit](site, data)
            shutil.copytree(site.root, twin.root)
            for name in REMEMBERED:
                shutil.rmtree(twin.root / ".i18n" / name, ignore_errors=True)
            told, expected = sync(site), sync(twin)
            assert site.contents() == twin.contents()
            assert (told.code, told.out, told.err) == (expected.code, expected.out, expected.err)
            shutil.rmtree(twin.root)
