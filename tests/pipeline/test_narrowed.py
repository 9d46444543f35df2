"""A run that looks at a few terms does what a run on everything does, byte for byte, and says so.

The oracle is the same project without what earlier runs remembered of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n_pipeline.memory import reviewed
from i18n_pipeline.pipeline import full_run, narrowing
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowed_run import run_narrowed
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.workspace import Workspace
from tests.conftest import EXAMPLES
from tests.stubs.account import UNLIMITED
from tests.stubs.deepl import TRANSLATE, Account, Seen, Stub
from tests.stubs.repository import Repository
from tests.stubs.server import Json
from tests.stubs.site import Ran, Site

if TYPE_CHECKING:
    import polib

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta")
REMEMBERED = ("rest", "idle", "verdicts")

SHARED = (
    "Many people ask about this every day.",
    "Many people ask about that every day.",
    "Nothing of this is known to anybody yet.",
)
"""Paragraphs that several terms may come to have: two of them are nearly the same."""


ALLOWANCES = (UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, 0, 100)
"""Characters that the machine's account holds: mostly enough, else none, or too few."""


AGENCY = """\
<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>One more thing was said.</seg></tuv>
<tuv xml:lang="ja"><seg>もう一つ言われました。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>It costs more than others.</seg></tuv>
<tuv xml:lang="ja"><seg>他のものより高い。</seg></tuv></tu>
</body></tmx>
"""
"""What an agency translated: a manner's configuration may name it."""
CLUMSY = "clumsily"
"""To a text with this word the machine has no answer."""

SYNC = ("sync", "--jobs", "1", "--summary-md", "summary.md")
LOOKS = ((), ("status",), ("plan",), ("sync", "--frozen"), ("sync", "--dry-run"))
"""What somebody asks before a run: it looks at a few terms too, and changes nothing."""


@dataclass(frozen=True)
class Manner:
    """How a project is set up: where its catalogs are, what is published, and for whom."""

    layout: str = "terms.po"
    publish: str = "reviewed"
    targets: tuple[str, ...] = ("ja",)
    more: str = ""


MANNERS = (
    Manner(),
    Manner(publish="drafts"),
    Manner("{slug}.po"),
    Manner("{category}.po", "drafts"),
    Manner(targets=("ja", "de")),
    Manner(more='[locale.ja]\nmt = "redraft"\nonly = ["alpha", "beta", "gamma", "eta"]\n'),
    Manner("{category}.po", more='[locale.ja.provider]\ndefinition = ["memory"]\n'),
    Manner("{slug}.po", more='[memory]\ntmx = ["memories/agency.tmx"]\n'),
)

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
    return site_of(root, stub, Manner(layout, publish))


def new_site(root: Path, stub: Stub, manner: Manner) -> Site:
    """A project that nobody has translated."""
    site = Site(root)
    site.ask(stub)
    targets = ", ".join(f'"{one}"' for one in manner.targets)
    site.write(
        "i18n.toml",
        f'source = "en"\ntargets = [{targets}]\n'
        f'[paths]\ncatalog = "locales/{{locale}}/{manner.layout}"\n'
        f'[build]\npublish = "{manner.publish}"\n'
        '[provider.deepl]\nproject = "terms"\n'
        f"{manner.more}"
        '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
        '[[checks.off]]\ncheck = "untranslated"\nslug = "beta"\nreason = "a trial"\n',
    )
    for number in range(len(NAMES)):
        site.write(f"terms/en/{NAMES[number].lower()}.md", term(number))
    site.write("glossaries/ja.csv", "source,target\ndata,データ\n")
    site.write("memories/agency.tmx", AGENCY)
    return site


def site_of(root: Path, stub: Stub, manner: Manner) -> Site:
    """A project in which all is reviewed and built."""
    site = new_site(root, stub, manner)
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


def key_in_page(line: str) -> Edit:
    """A field of its own that somebody gives a page."""

    def edit(site: Site, data: st.DataObject) -> None:
        if found := pages(site):
            path = one_of(found, data)
            site.write(path, site.read(path).replace("---\n", f"---\n{line}\n", 1))

    return edit


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


def linked_elsewhere(unit: polib.POEntry) -> None:
    """What may not stand in a built file."""
    unit.msgstr += " [人](https://example.com/elsewhere)" if unit.msgstr else ""


def vocabulary(site: Site, data: st.DataObject) -> None:
    """A category is called otherwise, and ill."""
    path = one_of(catalogs(site), data)
    catalog = site.po(path)
    units = [one for one in catalog if "/" not in one.msgctxt and not one.obsolete]
    if units:
        units[data.draw(st.integers(0, len(units) - 1))].msgstr += "  人:"
        site.write(path, str(catalog))


def switched_in_vain(unit: polib.POEntry) -> None:
    unit.tcomment = "i18n: off nothing: a slip"


def in_another_catalog(site: Site, data: st.DataObject) -> None:
    """A unit that somebody moved, or pasted, into a catalog that is not its own."""
    paths = catalogs(site)
    old, new = one_of(paths, data), one_of(paths, data)
    here, there = site.po(old), site.po(new)
    units = [unit for unit in here if not unit.obsolete]
    if old != new and units:
        unit = units[data.draw(st.integers(0, len(units) - 1))]
        there.append(unit)
        site.write(new, str(there))
        if data.draw(st.booleans()):
            here.remove(unit)
            site.write(old, str(here))


def copied_page(site: Site, data: st.DataObject) -> None:
    """A page that says what another one says, in a text or in all of them."""
    found = pages(site)
    if len(found) > 1:
        one, other = one_of(found, data), one_of(found, data)
        texts, others = site.read(one).split("\n\n"), site.read(other).split("\n\n")
        at = data.draw(st.integers(1, 3))
        few = slice(at, at + 1) if data.draw(st.booleans()) else slice(1, None)
        texts[few] = others[few]
        site.write(one, "\n\n".join(texts))


def term_back(site: Site, data: st.DataObject) -> None:
    """A term that was deleted is there again, perhaps in another category."""
    gone = [n for n in range(len(NAMES)) if f"terms/en/{NAMES[n].lower()}.md" not in sources(site)]
    if gone:
        number = gone[data.draw(st.integers(0, len(gone) - 1))]
        text = term(number)
        if data.draw(st.booleans()):
            text = text.replace("category: Methods", "category: Basics")
        site.write(f"terms/en/{NAMES[number].lower()}.md", text)


def as_another_said(site: Site, data: st.DataObject) -> None:
    """A paragraph that another term has, or had."""
    other = one_of(list(NAMES), data).lower()
    text = f"It costs less than others. Nobody knows why {other} does."
    replacing("\n- cheap", f"\n{text}\n\n- cheap")(site, data)


def taken_back(site: Site, data: st.DataObject) -> None:
    if found := pages(site):
        slug = Path(one_of(found, data)).stem
        site.run("unpublish", slug, "--lang", "ja", "--away")


def forgotten(site: Site, data: st.DataObject) -> None:
    """The lock does not know a page any more: it is a person's."""
    path = "locales/ja/terms.lock"
    if (site.root / path).exists():
        head, *rows, end = site.read(path).split("\n\n")
        row = one_of(rows, data) if rows else ""
        site.write(path, "\n\n".join([head, *(one for one in rows if one != row), end]))


def disputed(site: Site, data: st.DataObject) -> None:
    """A page and its catalog come to say a text otherwise, each in its own way."""
    if found := pages(site):
        path = one_of(found, data)
        site.write(path, site.read(path).replace("fast", "人fast", 1))
        for one in catalogs(site):
            site.write(one, site.read(one).replace("fast", "他fast"))


def translated(site: Site, data: st.DataObject) -> None:
    """A translator's first word on a text that waits for one."""
    waiting = [
        (path, at)
        for path in catalogs(site)
        for at, unit in enumerate(site.po(path))
        if not (unit.msgstr or unit.obsolete)
    ]
    if waiting:
        path, at = waiting[data.draw(st.integers(0, len(waiting) - 1))]
        catalog = site.po(path)
        catalog[at].msgstr = f"人{catalog[at].msgid}"
        site.write(path, str(catalog))


def much_emptied(site: Site, data: st.DataObject) -> None:
    """As where people translate a part, and have not come to the rest."""
    every = data.draw(st.integers(2, 5))
    for path in catalogs(site):
        catalog = site.po(path)
        for unit in [one for one in catalog if not one.obsolete][::every]:
            unit.msgstr = ""
        site.write(path, str(catalog))


def shared(site: Site, data: st.DataObject) -> None:
    """The same paragraph, or nearly the same, in two terms."""
    for _ in range(2):
        text = one_of(list(SHARED), data)
        replacing("\n- cheap", f"\n{text}\n\n- cheap")(site, data)


def rejected(site: Site, data: st.DataObject) -> None:
    """A draft that must not come back."""
    drafts = [unit for path in catalogs(site) for unit in site.po(path) if unit.fuzzy]
    if drafts:
        unit = drafts[data.draw(st.integers(0, len(drafts) - 1))]
        site.run("reject", "--unit", unit.msgctxt)


def nobody_to_ask(site: Site, _data: st.DataObject) -> None:
    site.ask_nobody()


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


def another_term(site: Site, data: st.DataObject) -> None:
    """A term that nobody knew, that leads to others, and sorts before or after them."""
    slug, name = one_of(["aleph", "new", "zoo"], data), one_of(["Aleph", "Own Thing", "LoRA"], data)
    text = term(data.draw(st.integers(0, 1))).replace("Alpha", name).replace("Beta", name)
    for old in ("alpha", "beta"):
        text = text.replace(f"slug: {old}", f"slug: {slug}").replace(f"the {old} ", f"the {name} ")
    site.write(f"terms/en/{slug}.md", text)


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
    "link to what may come": replacing("/glossary/delta", "/glossary/new"),
    "related to what may come": replacing("related: [", "related: [new, "),
    "broken": replacing('definition: "', 'definition: ""'),
    "reflowed": replacing("data, as the", "data,\nas the"),
    "damaged": replacing("Nobody", "NobodyÃ¤"),
    "spelled otherwise": replacing("term: ", "Term: "),
    "answered badly": replacing("knows why", f"knows {CLUMSY} why `fit()`"),
    "left to people": key_in_page("manual: true"),
    "page": in_page,
    "key in page": key_in_page("reading: yomi"),
    "page gone": page_gone,
    "text": in_catalog(said_otherwise),
    "sent back": in_catalog(sent_back),
    "approved": in_catalog(approved),
    "emptied": in_catalog(emptied),
    "comment": in_catalog(commented),
    "linked elsewhere": in_catalog(linked_elsewhere),
    "vocabulary": vocabulary,
    "in another catalog": in_another_catalog,
    "copied page": copied_page,
    "term back": term_back,
    "as another said": as_another_said,
    "switched in vain": in_catalog(switched_in_vain),
    "taken back": taken_back,
    "forgotten": forgotten,
    "disputed": disputed,
    "translated": translated,
    "much emptied": much_emptied,
    "shared": shared,
    "rejected": rejected,
    "nobody to ask": nobody_to_ask,
    "all approved": all_approved,
    "term gone": term_gone,
    "term new": term_new,
    "another term": another_term,
    "glossary": glossary,
}


RUNS = st.tuples(
    st.lists(st.sampled_from(sorted(EDITS)), max_size=2),
    st.sampled_from(ALLOWANCES),
    st.sampled_from(LOOKS),
)
"""Edits, how many characters the machine's account holds then, what somebody asks first."""


class Clumsy(Stub):
    """A machine of which an answer or two has to be turned down."""

    def translate(self, body: Json) -> list[tuple[str, int]]:
        """What it answers to each text, and the price of that."""
        answers, asked = super().translate(body), body["text"]
        assert isinstance(asked, list)
        pairs = zip(asked, answers, strict=True)
        return [("", price) if CLUMSY in one else (text, price) for one, (text, price) in pairs]


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Clumsy(Account(key="k")) as service:
        yield service


@pytest.fixture(scope="module")
def begun(stub: Stub, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Manner, bool], Site]:
    """Projects in which all is reviewed and found so, with somebody to ask or without."""
    known: dict[tuple[Manner, bool], Site] = {}

    def of(manner: Manner, asks: bool) -> Site:
        if (manner, asks) not in known:
            site = site_of(tmp_path_factory.mktemp("site"), stub, manner)
            if not asks:
                site.ask_nobody()
                sync(site)
            known[manner, asks] = site
        return known[manner, asks]

    return of


@pytest.fixture
def narrowed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that found something to do, whether it looked at a few terms."""
    monkeypatch.setattr(narrowing, "FEWEST", 1)
    monkeypatch.setattr(narrowing, "MOST", 1)  # there are few terms: all but one may change
    monkeypatch.setattr(reviewed, "_DRIFT", 1)
    found: list[bool] = []

    def noting(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
        done = run_narrowed(order, workspace, looked)
        found.append(done is not None)
        return done

    monkeypatch.setattr(full_run, "run_narrowed", noting)
    return found


@dataclass(frozen=True)
class Bench:
    """A project and a stub that serves it; each run is that of a copy without memories too."""

    site: Site
    stub: Stub

    def run(self, allowance: int, *command: str) -> None:
        """Both do, tell and ask the same, as far as so many characters go."""
        twin = replace(self.site, root=self.site.root.with_name("twin"))
        shutil.copytree(self.site.root, twin.root)
        for name in REMEMBERED:
            shutil.rmtree(twin.root / ".i18n" / name, ignore_errors=True)
        account = self.stub.account
        billed = account.billed
        account.limit = billed + allowance
        told, asked = self._ran(self.site, command)
        account.billed = billed
        expected, wanted = self._ran(twin, command)
        account.limit = UNLIMITED
        assert self.site.contents() == twin.contents()
        assert (told.code, told.out, told.err) == (expected.code, expected.out, expected.err)
        assert _texts(asked) == _texts(wanted)
        assert not [one for one in wanted if "glossaries" in one.path and one.method != "GET"]
        shutil.rmtree(twin.root)

    def _ran(self, site: Site, command: tuple[str, ...]) -> tuple[Ran, list[Seen]]:
        before = len(self.stub.journal)
        is_sync = command[:2] == SYNC[:2]
        told = site.report(*command) if is_sync else site.run(*command)
        return told, self.stub.journal[before:]


def _texts(asked: list[Seen]) -> list[object]:
    """What was asked to be translated, in order."""
    return [one.body for one in asked if one.path == TRANSLATE]


def test_it_does_tells_and_asks_what_a_run_on_everything_does(
    begun: Callable[[Manner, bool], Site], stub: Stub, narrowed: list[bool]
) -> None:
    @given(
        st.sampled_from(MANNERS),
        st.booleans(),
        st.lists(RUNS, min_size=2, max_size=4),
        st.data(),
    )
    @settings(
        max_examples=max(10, EXAMPLES // 3),  # an example is four to eight runs
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    def holds(
        manner: Manner,
        asks: bool,
        runs: list[tuple[list[str], int, tuple[str, ...]]],
        data: st.DataObject,
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site = Site(Path(folder) / "site")
            shutil.copytree(begun(manner, asks).root, site.root)
            if asks:
                site.ask(stub)
            for edits, allowance, look in runs:
                for edit in edits:
                    EDITS[edit](site, data)
                if look:
                    Bench(site, stub).run(UNLIMITED, *look)
                Bench(site, stub).run(allowance, *SYNC)

    holds()
    # Half of the runs are those of the copy, which remembers nothing, and many edits concern all.
    assert sum(narrowed) * 32 >= len(narrowed)


@pytest.mark.parametrize("manner", MANNERS[:3])
def test_a_new_term_has_no_more_read_than_itself_and_what_may_link_to_it(
    begun: Callable[[Manner, bool], Site],
    stub: Stub,
    narrowed: list[bool],
    tmp_path: Path,
    manner: Manner,
) -> None:
    site = Site(tmp_path / "site")
    shutil.copytree(begun(manner, True).root, site.root)
    site.ask(stub)
    bench = Bench(site, stub)
    path = "terms/en/beta.md"
    site.write(path, site.read(path).replace("/glossary/gamma", "/glossary/zoo"))
    bench.run(UNLIMITED, *SYNC)
    site.write("terms/en/zoo.md", term(0).replace("alpha", "zoo").replace("Alpha", "Own Thing"))
    bench.run(UNLIMITED, *SYNC)
    assert narrowed[-2:] == [True, False]  # the other is that of the copy, which knows nothing
    for catalog in catalogs(site):
        led = {  # where it leads now, a person has to say
            unit.msgid: unit.msgstr.replace("/gamma", "/zoo")
            for unit in site.po(catalog)
            if "/glossary/zoo" in unit.msgid
        }
        site.review(led, path=catalog)
    bench.run(UNLIMITED, *SYNC)
    bench.run(UNLIMITED, *SYNC)
    assert "/ja/glossary/zoo" in site.read("terms/ja/beta.md")


@pytest.fixture
def bench(
    begun: Callable[[Manner, bool], Site],
    stub: Stub,
    narrowed: list[bool],
    tmp_path: Path,
) -> Bench:
    """A project in which all is in order, with its twin; nobody is asked."""
    site = Site(tmp_path / "site")
    shutil.copytree(begun(MANNERS[0], False).root, site.root)
    return Bench(site, stub)


def settled(bench: Bench) -> None:
    """Everything reviewed, built, and found so."""
    for _ in range(2):
        for path in catalogs(bench.site):
            bench.site.review(path=path)
        sync(bench.site)
    sync(bench.site)


def test_commands_that_only_look_tell_of_a_page_that_comes(bench: Bench) -> None:
    site = bench.site
    replace_in(site, "beta", "/glossary/gamma", "/glossary/zoo")
    replace_in(site, "gamma", "related: [delta]", "related: [zoo]")
    site.write("terms/en/zoo.md", term(0).replace("alpha", "zoo").replace("Alpha", "Zoo"))
    sync(site)
    filled = site.po()
    for unit in filled:
        unit.msgstr = unit.msgstr or f"人{unit.msgid}"
        approved(unit)
    (last,) = [one for one in filled if one.msgctxt == "zoo/definition"]
    last.msgstr = ""
    site.write("locales/ja/terms.po", str(filled))
    sync(site)
    sync(site)
    assert not (site.root / "terms/ja/zoo.md").exists()
    last.msgstr = "人"
    site.write("locales/ja/terms.po", str(filled))
    for command in LOOKS[1:]:
        bench.run(UNLIMITED, *command)
    bench.run(UNLIMITED, *SYNC)
    assert (site.root / "terms/ja/zoo.md").exists()


def test_what_led_nearly_to_a_term_is_led_there_when_one_is_called_so(
    bench: Bench, narrowed: list[bool]
) -> None:
    site = bench.site
    replace_in(site, "beta", "/glossary/gamma", "/glossary/zetas")
    for _ in range(2):
        bench.run(UNLIMITED, *SYNC)
    assert "/glossary/zetas" not in site.read("terms/ja/beta.md")
    site.write("terms/en/zetas.md", term(5).replace("zeta", "zetas").replace("Zeta", "Zetas"))
    bench.run(UNLIMITED, *SYNC)
    assert narrowed[-2:] == [True, False]
    assert "/glossary/zetas" in site.read("terms/ja/beta.md")


def test_a_page_without_a_source_is_called_as_the_whole_lock_says(bench: Bench) -> None:
    site = bench.site
    page = site.read("terms/ja/eta.md")
    site.write("terms/ja/old/eta.md", page)
    site.write("terms/ja/old/zoo.md", page.replace("slug: eta", "slug: zoo"))
    replace_in(site, "beta", "/glossary/gamma", "/glossary/old/zoo")
    settled(bench)
    replace_in(site, "alpha", "It costs", "See [it](/glossary/old/eta). It costs")
    fill(site)
    bench.run(UNLIMITED, *SYNC)
    site.write("terms/en/zoo.md", term(0).replace("alpha", "zoo").replace("Alpha", "Zoo"))
    sync(site)
    fill(site)
    for _ in range(3):
        bench.run(UNLIMITED, *SYNC)


@pytest.mark.usefixtures("narrowed")
def test_reviews_of_units_that_moved_to_another_catalog_are_missed_as_well(
    begun: Callable[[Manner, bool], Site], stub: Stub, tmp_path: Path
) -> None:
    site = Site(tmp_path / "site")
    shutil.copytree(begun(MANNERS[3], False).root, site.root)
    bench, repository = Bench(site, stub), Repository(site.root)
    site.write(".gitignore", ".i18n/\n")
    repository.commit("reviewed")
    for slug in ("beta", "delta"):
        replace_in(site, slug, "category: Basics", "category: Methods")
    sync(site)
    (path,) = [one for one in catalogs(site) if one.endswith("methods.po")]
    catalog = site.po(path)
    for unit in catalog:
        if unit.msgctxt.startswith(("beta/", "delta/")):
            sent_back(unit)
    site.write(path, str(catalog))
    repository.commit("moved, and sent back")
    for _ in range(3):
        sync(site)
    repository.git("reset", "--quiet", "--soft", "HEAD~1")
    replace_in(site, "alpha", "It costs", "It now costs")
    bench.run(UNLIMITED, "status")
    assert "reviewed in HEAD" in site.run("status").out
    bench.run(UNLIMITED, *SYNC)


def replace_in(site: Site, slug: str, old: str, new: str) -> None:
    """An author's edit of a source."""
    site.change(f"terms/en/{slug}.md", old, new)


def fill(site: Site) -> None:
    """A translator's word on each text that waits, after a run has found these."""
    sync(site)
    for path in catalogs(site):
        catalog = site.po(path)
        for unit in catalog:
            unit.msgstr = unit.msgstr or f"人{unit.msgid}"
            approved(unit)
        site.write(path, str(catalog))
