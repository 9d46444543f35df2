"""Whatever people do to sources, review files and pages, in any order: nothing of theirs is lost.

A machine of random steps on a project on disk. People's texts are numbered; each has to be found
again verbatim, in a unit, beside one, or in a page, until a person replaces it.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.front_matter import SetText
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import rendering
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline import BUILD, EXTRACT, SYNC, Does, Options, run
from i18n_pipeline.reports.report import Report
from i18n_pipeline.stages.chunks import chunks_of
from i18n_pipeline.stages.conflicts import park, parked, settled
from i18n_pipeline.workspace import open_workspace, saving
from tests.conftest import EXAMPLES
from tests.stages.documents import Block, Document, documents, sentences

SLUGS = ("alpha", "beta")
PO = "locales/ja/terms.po"
RULES = Rules(Fields())
EDITS = ("insert", "remove", "move", "edit", "item", "definition", "repeat")


class Killed(BaseException):
    """The process was killed at some write."""


class Project:
    """A project on disk, and what people do to it."""

    def __init__(self, sources: Sequence[Document]) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="people-"))
        self.sources = {source.slug: source for source in sources}
        self.alive: dict[str, str] = {}
        self.comments: list[str] = []
        self.in_pages: dict[str, list[str]] = {slug: [] for slug in SLUGS}
        self.count = 0
        (self.root / "i18n.toml").write_text('source = "en"\ntargets = ["ja"]\n')
        for slug in self.sources:
            self.write_source(slug)

    def write(self, path: str, data: bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def write_source(self, slug: str) -> None:
        self.write(f"terms/en/{slug}.md", self.sources[slug].markdown())

    def words(self, *, alive: bool = True) -> str:
        """A new text of a person."""
        self.count += 1
        text = f"人{self.count}番の *強い* 文です。"
        if alive:
            self.alive[text] = rendering(text)
        return text

    def forget(self, text: str) -> None:
        """A person has replaced a text, however it is spelled by now."""
        said = rendering(text)
        for known in [one for one, its in self.alive.items() if its == said]:
            del self.alive[known]
        for own in self.in_pages.values():
            own[:] = [one for one in own if rendering(one) != said]

    def units(self) -> tuple[Unit, ...]:
        file = self.root / PO
        return read_po(file.read_bytes()).units if file.exists() else ()

    def put(self, units: Sequence[Unit]) -> None:
        known = read_po((self.root / PO).read_bytes())
        self.write(PO, write_po(replace(known, units=tuple(units))))

    def page(self, slug: str) -> TermFile | None:
        file = self.root / f"terms/ja/{slug}.md"
        return read_term(file.read_bytes(), RULES, slug, "ja") if file.exists() else None

    def pages(self) -> Iterator[TermFile]:
        yield from (page for slug in SLUGS if (page := self.page(slug)) is not None)

    def put_page(self, slug: str, data: bytes) -> None:
        self.write(f"terms/ja/{slug}.md", data)

    def run(self, does: Does, **options: object) -> Report:
        return run(does, open_workspace(self.root), Options(**options))  # type: ignore[arg-type]  # a test's own names

    def state(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and ".i18n" not in path.parts
        }


T = TypeVar("T")


def one_of(things: Sequence[T], data: st.DataObject) -> T:
    """One of several things, told by its number: what fails is short to read."""
    return things[data.draw(st.integers(0, len(things) - 1))]


def found_in(project: Project) -> set[str]:
    """What all texts of the project come to, wherever they stand."""
    said: set[str] = set()
    for unit in project.units():
        said |= {rendering(unit.target), *(rendering(one.text) for one in parked(unit))}
    for page in project.pages():
        said |= {rendering(segment.source) for segment in page.segments}
    return said


class People(RuleBasedStateMachine):
    """Authors, translators, formatters and runs, one after the other."""

    @initialize(one=documents("alpha", 4), other=documents("beta", 3))
    def begin(self, one: Document, other: Document) -> None:
        self.project = Project((one, other))
        self.versions: dict[str, list[bytes]] = {slug: [] for slug in SLUGS}
        self.branch: tuple[tuple[Unit, ...], tuple[Unit, ...]] | None = None
        self.project.run(SYNC)
        self.translate_all()
        self.sync()

    def teardown(self) -> None:
        if hasattr(self, "project"):
            shutil.rmtree(self.project.root)

    @rule()
    def translate_all(self) -> None:
        """A translator translates what is untranslated, and approves the rest."""
        units = [
            unit
            if unit.obsolete or (unit.reviewed and unit.target)
            else replace(unit, target=unit.target or self.project.words(), reviewed=True)
            for unit in self.project.units()
        ]
        self.project.put(units)

    @rule(data=st.data())
    def edit_source(self, data: st.DataObject) -> None:
        slug = data.draw(st.sampled_from(SLUGS))
        source = self.project.sources[slug]
        blocks = list(source.blocks)
        at = data.draw(st.integers(0, len(blocks) - 1)) if blocks else 0
        text = data.draw(sentences)
        match data.draw(st.sampled_from(EDITS)):
            case "insert":
                name = data.draw(st.sampled_from(["paragraph", "heading", "quote"]))
                blocks.insert(at, Block(name, (text,)))
            case "remove" if len(blocks) > 1:
                del blocks[at]
            case "move" if blocks:
                blocks.append(blocks.pop(at))
            case "repeat" if blocks:
                blocks.append(blocks[at])
            case "edit" if blocks:
                texts = list(blocks[at].texts)
                which = data.draw(st.integers(0, len(texts) - 1))
                texts[which] = data.draw(st.sampled_from([text, texts[which] + " More."]))
                blocks[at] = Block(blocks[at].name, tuple(texts))
            case "item" if blocks and blocks[at].name == "list":
                blocks[at] = Block("list", (*blocks[at].texts, text))
            case "definition":
                source = replace(source, definition=text)
        names = [block.name for block in blocks]
        if any(pair == ("list", "list") for pair in itertools.pairwise(names)):
            return
        self.project.sources[slug] = source.with_blocks(blocks)
        self.project.write_source(slug)

    @rule(data=st.data(), approve=st.booleans())
    def edit_po(self, data: st.DataObject, approve: bool) -> None:
        units = list(self.project.units())
        active = [at for at, unit in enumerate(units) if not unit.obsolete]
        if not active:
            return
        at = one_of(active, data)
        self.replaced(units[at])
        units[at] = replace(units[at], target=self.project.words(), reviewed=approve)
        self.project.put(units)

    def replaced(self, unit: Unit) -> None:
        """A person writes over a unit's text, and knows what the pages say there."""
        self.project.forget(unit.target)

    @rule(data=st.data())
    def send_back(self, data: st.DataObject) -> None:
        units = list(self.project.units())
        chosen = [at for at, u in enumerate(units) if u.target and not u.obsolete]
        if chosen:
            at = one_of(chosen, data)
            units[at] = replace(units[at], reviewed=False)
            self.project.put(units)

    @rule(data=st.data())
    def comment(self, data: st.DataObject) -> None:
        units = list(self.project.units())
        chosen = [at for at, u in enumerate(units) if u.target and not u.obsolete]
        if chosen:
            at = one_of(chosen, data)
            words = f"remark {len(self.project.comments)} of a person"
            self.project.comments.append(words)
            units[at] = replace(units[at], comments=(*units[at].comments, words))
            self.project.put(units)

    @rule(data=st.data())
    def edit_page(self, data: st.DataObject) -> None:
        """A text of a page is written anew."""
        slug, page = self.some_page(data)
        if page is None or not page.body.slots:
            return
        slot = one_of(page.body.slots, data)
        own = self.project.in_pages[slug]
        was_own = rendering(slot.segment.source) in map(rendering, own)
        self.project.forget(slot.segment.source)
        text = self.project.words()
        own += [text] if was_own else []
        self.project.put_page(slug, page.render([], [page.body.patch(slot, text)]))

    @rule(data=st.data(), alike=st.booleans())
    def edit_both_sides(self, data: st.DataObject, alike: bool) -> None:
        """Two people edit one text, one in the page, one in the review file."""
        slug, page = self.some_page(data)
        units = list(self.project.units())
        said = {rendering(unit.target): at for at, unit in enumerate(units) if unit.target}
        slots = page.body.slots if page else ()
        slots = tuple(slot for slot in slots if rendering(slot.segment.source) in said)
        if page is None or not slots:
            return
        slot = one_of(slots, data)
        at = said[rendering(slot.segment.source)]
        self.project.forget(slot.segment.source)
        text = self.project.words()
        self.project.put_page(slug, page.render([], [page.body.patch(slot, text)]))
        other = text if alike else self.project.words()
        units[at] = replace(units[at], target=other, reviewed=data.draw(st.booleans()))
        self.project.put(units)

    @rule(data=st.data())
    def edit_definition_in_page(self, data: st.DataObject) -> None:
        slug, page = self.some_page(data)
        if page is None or "definition" not in page.values:
            return
        self.project.forget(str(page.values["definition"]))
        text = self.project.words()
        self.project.put_page(slug, page.render([SetText(("definition",), text)], []))

    @rule(data=st.data())
    def add_paragraph_to_page(self, data: st.DataObject) -> None:
        slug, page = self.some_page(data)
        chunks = chunks_of(page.body) if page else []
        if page is None or not chunks:
            return
        at = one_of(chunks, data).end
        text = self.project.words()
        self.project.in_pages[slug].append(text)
        eol = page.body.eol
        self.project.put_page(slug, page.render([], [(at, at, eol * 2 + text.encode())]))

    @rule(data=st.data())
    def change_code_in_page(self, data: st.DataObject) -> None:
        slug, page = self.some_page(data)
        fences = [c for c in chunks_of(page.body) if c.shape[0] == "CodeBlock"] if page else []
        if page is None or not fences:
            return
        at = page.body.data.rfind(b"```", 0, one_of(fences, data).end)
        text = f"# 人{self.project.count}番の注釈"
        self.project.count += 1
        self.project.in_pages[slug].append(text)
        self.project.put_page(slug, page.render([], [(at, at, text.encode() + page.body.eol)]))

    @rule(data=st.data())
    def add_item_to_page(self, data: st.DataObject) -> None:
        slug, page = self.some_page(data)
        lists = [c for c in chunks_of(page.body) if c.shape[0] == "List"] if page else []
        if page is None or not lists:
            return
        chunk = one_of(lists, data)
        bullet = page.body.data[chunk.start : chunk.start + 2]
        text = self.project.words()
        self.project.in_pages[slug].append(text)
        item = page.body.eol + bullet + text.encode()
        self.project.put_page(slug, page.render([], [(chunk.end, chunk.end, item)]))

    @rule(data=st.data())
    def leave_out_of_page(self, data: st.DataObject) -> None:
        slug, page = self.some_page(data)
        chunks = [c for c in chunks_of(page.body) if c.shape[0] == "Paragraph"] if page else []
        if page is None or len(chunks) < 2:
            return
        chunk = one_of(chunks, data)
        for slot in chunk.slots:
            self.project.forget(slot.segment.source)
        self.project.put_page(slug, page.render([], [(chunk.start, chunk.end, b"")]))

    @rule(data=st.data())
    def restore_page(self, data: st.DataObject) -> None:
        """A page is put back as it once was, with git or from an editor that was still open."""
        slug, page = self.some_page(data)
        versions = self.versions[slug]
        if page is None or not versions:
            return
        old = read_term(one_of(versions, data), RULES, slug, "ja")
        for segment in page.segments:
            if segment not in old.segments:
                self.project.forget(segment.source)
        self.project.in_pages[slug] = [
            text for text in self.project.in_pages[slug] if text in old.data.decode()
        ]
        self.project.put_page(slug, old.data)

    @rule(style=st.sampled_from(["underscores", "bullets", "crlf", "lf", "blanks"]))
    def format_pages(self, style: str) -> None:
        for page in self.project.pages():
            self.project.put_page(page.slug, formatted(page, style))

    @rule()
    def fork(self) -> None:
        """Another branch begins."""
        self.branch = self.project.units(), self.project.units()

    @precondition(lambda self: getattr(self, "branch", None) is not None)
    @rule(data=st.data())
    def edit_on_branch(self, data: st.DataObject) -> None:
        assert self.branch is not None
        base, units = self.branch
        active = [at for at, unit in enumerate(units) if not unit.obsolete]
        if active:
            at = one_of(active, data)
            new = replace(units[at], target=self.project.words(alive=False), reviewed=True)
            self.branch = base, (*units[:at], new, *units[at + 1 :])

    @precondition(lambda self: getattr(self, "branch", None) is not None)
    @rule()
    def merge(self) -> None:
        """The branch's review file comes back, merged unit by unit."""
        assert self.branch is not None
        base, theirs = self.branch
        self.branch = None
        ours = self.project.units()
        merged, arrived = merged_units(base, ours, theirs)
        for text in arrived:
            self.project.alive[text] = rendering(text)
        for old, new in zip(ours, merged, strict=False):
            if old.target != new.target:
                self.replaced(old)
        self.project.put(merged)

    @rule()
    def extract(self) -> None:
        self.project.run(EXTRACT)
        self.nothing_is_lost()

    @rule()
    def build(self) -> None:
        self.project.run(BUILD)
        self.nothing_is_lost()

    @rule()
    def sync(self) -> None:
        report = self.project.run(SYNC)
        assert report.exit_code in (0, 3), report
        self.nothing_is_lost()
        for page in self.project.pages():
            self.versions[page.slug].append(page.data)
        after = self.project.state()
        again = self.project.run(SYNC)
        assert not again.changed, again
        assert self.project.state() == after

    @rule(data=st.data())
    def killed(self, data: st.DataObject) -> None:
        """A run is killed at some write; what it leaves is a project on which all goes on."""
        left = data.draw(st.integers(0, 6))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(saving, "_put_in_place", killing(saving._put_in_place, left))
            with contextlib.suppress(Killed):
                self.project.run(one_of([SYNC, EXTRACT, BUILD], data))
        self.nothing_is_lost()

    @rule(use=st.sampled_from(["po", "other"]))
    def resolve(self, use: str) -> None:
        """A translator settles what people disagree about, in the review file."""
        units = list(self.project.units())
        for at, unit in enumerate(units):
            if others := parked(unit):
                chosen = unit.target if use == "po" else others[0].text
                for text in (unit.target, *(one.text for one in others)):
                    if text != chosen:
                        self.project.forget(text)
                units[at] = replace(settled(unit), target=chosen)
        if units:
            self.project.put(units)

    def some_page(self, data: st.DataObject) -> tuple[str, TermFile | None]:
        slug = data.draw(st.sampled_from(SLUGS))
        return slug, self.project.page(slug)

    def nothing_is_lost(self) -> None:
        found = found_in(self.project)
        lost = [text for text, said in self.project.alive.items() if said not in found]
        assert not lost, lost
        comments = {comment for unit in self.project.units() for comment in unit.comments}
        assert set(self.project.comments) <= comments
        for page in self.project.pages():
            assert not gone_from(page, self.project), page.slug


def gone_from(page: TermFile, project: Project) -> list[str]:
    """What people wrote for a page alone, and that is neither there nor taken for a translation."""
    taken = {rendering(unit.target) for unit in project.units()}
    there = page.data.decode().replace(" _強い_ ", " *強い* ")
    return [
        text
        for text in project.in_pages[page.slug]
        if text not in there and rendering(text) not in taken
    ]


def formatted(page: TermFile, style: str) -> bytes:
    """A page as a formatter spells it."""
    match style:
        case "underscores":
            body = page.body.data.replace("*強い*".encode(), "_強い_".encode())
            return page.render([], [(0, len(page.body.data), body)])
        case "bullets":
            return page.data.replace(b"\n- ", b"\n* ")
        case "crlf":
            return page.data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        case "lf":
            return page.data.replace(b"\r\n", b"\n")
        case _:
            return page.data.rstrip(b"\r\n") + page.body.eol * 2


def merged_units(
    base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]
) -> tuple[list[Unit], list[str]]:
    """Our units with what another branch did to them, and the texts that came with it."""
    was = {(unit.key, unit.obsolete): unit for unit in base}
    now = {(unit.key, unit.obsolete): unit for unit in theirs}
    merged: list[Unit] = []
    arrived: list[str] = []
    for unit in ours:
        key = unit.key, unit.obsolete
        old, new = was.get(key), now.get(key)
        if old is None or new is None or new.target in (old.target, unit.target):
            merged.append(unit)
            continue
        arrived.append(new.target)
        if (unit.target, unit.reviewed) == (old.target, old.reviewed):
            merged.append(replace(unit, target=new.target, reviewed=True))
        else:
            merged.append(park(unit, new.target, "branch"))
    return merged, arrived


def killing(act: Callable[[saving.Change], None], left: int) -> Callable[[saving.Change], None]:
    """The same act, which ends the process once it was done so many times."""
    counts = iter(range(left))

    def act_or_end(change: saving.Change) -> None:
        if ".i18n" not in change.path and next(counts, None) is None:
            raise Killed
        act(change)

    return act_or_end


People.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestPeople = People.TestCase
