"""A first run that takes a few terms at a time does what a run on all of them at once does.

Byte for byte, and it says so, asks for the same texts, and pays no more.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n_pipeline.errors import CannotWrite, Stop, TryLater
from i18n_pipeline.glossary import Glossary, merged
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.pipeline import (
    drafting,
    foreseen,
    full_run,
    locale_run,
    narrowing,
    parts,
    project,
    settling,
)
from i18n_pipeline.pipeline.in_parts import run_in_parts
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.settling import settled
from i18n_pipeline.workspace import Workspace
from tests.conftest import EXAMPLES
from tests.pipeline.test_narrowed import (
    EDITS,
    NAMES,
    Clumsy,
    Manner,
    catalogs,
    new_site,
)
from tests.stubs.account import UNLIMITED
from tests.stubs.deepl import TRANSLATE, Account, Fault, Stub
from tests.stubs.server import Json
from tests.stubs.site import Ran, Site

OF_SOURCES = (
    "name",
    "definition",
    "category",
    "keyword",
    "paragraph",
    "item",
    "link",
    "term link",
    "related",
    "link to what may come",
    "related to what may come",
    "damaged",
    "spelled otherwise",
    "answered badly",
    "shared",
    "another term",
    "glossary",
)
"""Edits of what a project has before its first run."""

MANNERS = (
    Manner(),
    Manner(publish="drafts"),
    Manner("{slug}.po", "drafts"),
    Manner("{category}.po", "drafts"),
    Manner(targets=("ja", "de")),
    Manner("{slug}.po", "drafts", ("ja", "de")),
    Manner(more='[locale.ja]\nmt = "off"\n', targets=("ja", "de")),
    Manner(publish="drafts", more='manual = ["beta"]\n'),
    Manner(publish="drafts", more='priority = ["eta"]\n'),
)


SYNC = ("sync", "--jobs", "1")


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Clumsy(Account(key="k")) as service:
        yield service


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that found something to do, whether it went in parts."""
    monkeypatch.setattr(narrowing, "FEWEST", 1)
    monkeypatch.setattr(narrowing, "MOST", 2)
    found: list[bool] = []

    def noting(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
        done = run_in_parts(order, workspace, looked)
        found.append(done is not None)
        return done

    monkeypatch.setattr(full_run, "run_in_parts", noting)
    return found


@pytest.fixture
def looked_through(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that might look in parts at what the last one wrote, whether it did."""
    found: list[bool] = []

    def noting(
        order: Order, workspace: Workspace, looked: Mapping[str, Looked]
    ) -> Mapping[str, Kept] | None:
        known = settled(order, workspace, looked)
        found.append(known is not None)
        return known

    monkeypatch.setattr(full_run, "settled", noting)
    return found


class Two:
    """A project that goes in parts, and a copy of it that does not."""

    def __init__(self, site: Site, stub: Stub, part: int) -> None:
        self.site, self.stub, self.part = site, stub, part
        self.twin = replace(site, root=site.root.with_name("twin"))
        shutil.copytree(site.root, self.twin.root)

    def run(self, *command: str, limit: int = UNLIMITED, alike: bool = True) -> tuple[Ran, Ran]:
        """What both were told; each had so many characters to spend, and paid for no text twice.

        Not `alike`, they may have spent these on other texts: a part tries again what was answered
        badly before the next one begins. So it may also know that a text is not worth asking for.
        """
        told, asked = self._ran(self.site, self.part, command, limit)
        expected, wanted = self._ran(self.twin, 1000, command, limit)
        assert len(asked) == len(set(asked))
        assert not alike or set(asked) <= set(wanted)
        return told, expected

    def _ran(
        self, site: Site, part: int, command: tuple[str, ...], limit: int
    ) -> tuple[Ran, list[tuple[str, str, str]]]:
        account, before = self.stub.account, len(self.stub.journal)
        account.limit = account.billed + limit
        parts.PART, parts.AT_ONCE = part, 0 if part < len(NAMES) else 1000
        told = site.report(*command)
        account.limit = UNLIMITED
        bodies = [one.body for one in self.stub.journal[before:] if one.path == TRANSLATE]
        return told, [text for body in bodies for text in _texts(body)]


def _texts(body: Json) -> Iterator[tuple[str, str, str]]:
    assert isinstance(body, dict)
    texts = body["text"]
    assert isinstance(texts, list)
    for text in texts:
        yield str(body["target_lang"]), str(text), str(body.get("glossary_id"))


def said(ran: Ran, *, cost: bool = True) -> dict[str, object]:
    """A report without how its texts were put into requests, and where asked without their cost."""
    told = ran.json
    locales = told["locales"]
    assert isinstance(locales, list)
    for locale in locales:
        del locale["billed"]["requests"]
        if not cost:
            del locale["billed"]["characters"]
    return told


def test_it_does_tells_and_asks_what_a_run_on_all_at_once_does(
    stub: Stub, went: list[bool], looked_through: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "NAMED", 1)
    for name in ("PART", "AT_ONCE"):  # they are put back in the end
        monkeypatch.setattr(parts, name, getattr(parts, name))

    @given(
        st.sampled_from(MANNERS),
        st.lists(st.sampled_from(OF_SOURCES), max_size=6),
        st.sampled_from((1, 2, 3)),
        st.sampled_from((UNLIMITED, UNLIMITED, UNLIMITED, 0, 300, 900, None)),
        st.data(),
    )
    @settings(
        max_examples=max(10, EXAMPLES // 3),  # an example is four runs or more
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    def holds(
        manner: Manner, edits: list[str], part: int, budget: int | None, data: st.DataObject
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site = new_site(Path(folder) / "site", stub, manner)
            if budget is None:
                site.ask_nobody()
            limit = UNLIMITED if budget is None else budget
            for edit in edits:
                EDITS[edit](site, data)
            two = Two(site, stub, part)
            alike = limit == UNLIMITED
            cost = edits.count("answered badly") < 2  # one learns from another
            told, expected = two.run(*SYNC, limit=limit, alike=alike)
            if alike:
                assert said(told, cost=cost) == said(expected, cost=cost)
                assert site.contents() == two.twin.contents()
            for _ in range(3):  # the second, and what goes by that
                told, expected = two.run(*SYNC, alike=alike)
                assert site.contents() == two.twin.contents()
                assert not alike or said(told, cost=cost) == said(expected, cost=cost)

    holds()
    # Of each example most runs are those of the copy, or not the first.
    assert sum(went) * 16 >= len(went)
    assert sum(looked_through) * 16 >= len(looked_through)


@pytest.fixture
def two(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Two:
    """A project that goes two terms at a time, and its copy."""
    site = new_site(tmp_path / "site", stub, Manner(publish="drafts"))
    for name in ("PART", "AT_ONCE"):
        monkeypatch.setattr(parts, name, 2)
    monkeypatch.setattr(parts, "NAMED", 1)
    monkeypatch.setattr(narrowing, "FEWEST", 1)
    return Two(site, stub, 2)


def test_what_is_left_is_known_to_the_next_run(two: Two, went: list[bool]) -> None:
    two.site.run(*SYNC)
    assert went == [True]
    assert (two.site.root / ".i18n" / "rest" / "sync-ja.json").exists()
    assert len(catalogs(two.site)) == 1
    assert len(list((two.site.root / "terms" / "ja").iterdir())) == len(NAMES)


def test_a_pseudo_locale_knows_no_terminology_in_parts_either(
    stub: Stub, tmp_path: Path, went: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site(tmp_path / "site", stub, Manner(publish="drafts", targets=("en-XA",)))
    site.write("glossaries/en-XA.csv", "source,target\ndata,figures\n")
    for name in ("PART", "AT_ONCE"):
        monkeypatch.setattr(parts, name, 2)
    told, expected = Two(site, stub, 2).run(*SYNC)
    assert (told.code, went[0]) == (0, True)
    assert said(told) == said(expected)


def test_the_names_of_all_terms_are_made_terminology_once(
    two: Two, went: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Glossary] = []

    def noting(*of: Any) -> Glossary:
        made.append(merged(*of))
        return made[-1]

    monkeypatch.setattr(foreseen, "merged", noting)
    two.site.run(*SYNC)
    assert went == [True]
    assert len(made) == 1
    assert sum(bool(entry.slug) for entry in made[0].entries) == len(NAMES)


@pytest.mark.parametrize("first_in_parts", [True, False])
def test_the_run_after_it_looks_in_parts_at_what_was_written(
    two: Two, went: list[bool], looked_through: list[bool], *, first_in_parts: bool
) -> None:
    parts.AT_ONCE = 2 if first_in_parts else 1000
    two.site.run(*SYNC)
    assert (went, looked_through) == ([first_in_parts], [False])
    parts.AT_ONCE = 2
    told = two.site.report(*SYNC)
    assert (told.code, told.json["changed"]) == (0, False)
    assert looked_through[1:] == [True]
    two.site.report(*SYNC)
    assert len(looked_through) == 2  # nothing was to be done


@pytest.mark.parametrize("name", ["begin", "judge_all", "build_all", "left_by", "_written"])
def test_told_to_stop_it_goes_no_further(
    two: Two, went: list[bool], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    two.site.run(*SYNC)
    before, real, calls = two.site.contents(), getattr(locale_run, name), iter(range(1, 100))

    def breaking(*args: Any, **named: Any) -> Any:
        if next(calls) == 2:
            raise Stop
        return real(*args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(locale_run, name, breaking)
        assert two.site.run(*SYNC).code == TryLater.exit_code
    assert went == [True]
    assert next(calls) == 3
    assert two.site.contents() == before
    assert two.site.run(*SYNC).code == 0


BREAKS = (
    (parts, "read_part", 1, NeedsAll()),
    (parts, "read_part", 3, NeedsAll()),
    (parts, "read_part", 1, Stop()),
    (parts, "read_part", 3, Stop()),
    (parts, "note_names", 1, Stop()),
    (parts, "note_names", 2, Stop()),
    (parts, "kept_after", 2, Stop()),
    (drafting, "_with_named", 1, Stop()),
    (drafting, "_with_named", 2, Stop()),
    (drafting, "_with_named", 3, Stop()),
    (locale_run, "begin", 1, Stop()),
    (locale_run, "begin", 2, Stop()),
    (locale_run, "judge_all", 2, Stop()),
    (locale_run, "left_by", 2, Stop()),
)
"""Where a run breaks off, in which of so many calls, and by what: names are the first turn."""


@pytest.mark.parametrize("at", BREAKS, ids=lambda at: f"{at[1]} {at[2]} {type(at[3]).__name__}")
def test_a_run_that_breaks_off_tells_what_it_has_cost_and_asks_no_more(
    two: Two, monkeypatch: pytest.MonkeyPatch, at: tuple[ModuleType, str, int, BaseException]
) -> None:
    module, name, number, failure = at
    site, account, journal = two.site, two.stub.account, two.stub.journal
    real, calls = getattr(module, name), iter(range(1, 100))
    before, begun, seen = account.billed, len(journal), [0]

    def breaking(*args: Any, **named: Any) -> Any:
        if next(calls) == number:
            seen[0] = len(journal)
            raise failure
        return real(*args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, breaking)
        told = site.report(*SYNC)
    assert told.code == TryLater.exit_code
    assert len(journal) == seen[0]
    billed = told.part("billed")
    assert isinstance(billed, dict)
    assert billed["characters"] == account.billed - before
    pages = [f"terms/ja/{page.name}" for page in (site.root / "terms" / "ja").glob("*.md")]
    assert [path for path in told.written if path.endswith(".md")] == sorted(pages)
    site.run(*SYNC)
    two.twin.run(*SYNC)
    assert site.contents() == two.twin.contents()
    bodies = [one.body for one in journal[begun:] if one.path == TRANSLATE]
    asked = [text for body in bodies for text in _texts(body)]
    assert len(asked) == 2 * len(set(asked))  # once by each of the two


@pytest.mark.parametrize("key", ["0123456789abcdef", "no key of ours"])
@pytest.mark.parametrize("at", [1, 5, 7])
def test_what_an_earlier_run_asked_in_vain_is_told_beside_what_this_one_did(
    two: Two, at: int, key: str
) -> None:
    receipts, journal = Receipts(two.site.root / ".i18n"), two.stub.journal
    receipts.note("ja", {key: 777})
    before = len(journal)
    two.stub.fail(Fault(reset=True), at=len(two.stub.seen()) + at)
    told = two.site.report(*SYNC)
    (lost,) = [one.billed for one in journal[before:] if not one.status]
    assert lost > 0
    assert possibly_billed(told) == 777 + lost
    assert receipts.possibly_billed("ja") == 0
    assert possibly_billed(two.site.report(*SYNC)) == 0


def possibly_billed(told: Ran) -> int:
    billed = told.part("billed")
    assert isinstance(billed, dict)
    return int(billed["possibly_billed"])


def test_a_look_at_what_was_written_leaves_to_the_run_what_is_to_be_told(
    two: Two, looked_through: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    two.site.run(*SYNC)
    receipts = Receipts(two.site.root / ".i18n")
    real, calls = project.read_part, iter(range(100))

    def reading(*args: Any, **named: Any) -> Any:
        if not next(calls):
            receipts.note("ja", {"killed elsewhere": 777})
        return real(*args, **named)

    monkeypatch.setattr(settling, "read_part", reading)
    told = two.site.report(*SYNC)
    assert looked_through == [False, True]
    assert possibly_billed(told) == 777
    assert receipts.possibly_billed("ja") == 0


def test_terms_that_are_left_out_are_not_counted(two: Two, went: list[bool]) -> None:
    for name in NAMES[2:]:
        path = f"terms/en/{name.lower()}.md"
        two.site.write(path, two.site.read(path).replace("lang: en", "lang: en\ndraft: true"))
    assert two.site.run(*SYNC).code == 0
    assert went == [False]


def test_a_disk_that_is_full_ends_the_run_with_what_is_there(
    two: Two, went: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Workspace.save, iter(range(1, 100))

    def full(
        self: Workspace,
        steps: Sequence[Mapping[str, bytes | None]],
        expected: Mapping[str, str] | None = None,
    ) -> tuple[str, ...]:
        is_of_pages = any(path.startswith("terms/") for step in steps for path in step)
        if is_of_pages and next(calls) > 1:
            raise CannotWrite("no room")
        return real(self, steps, expected)

    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "save", full)
        told = two.site.report(*SYNC)
    assert went == [True]
    assert told.code == CannotWrite.exit_code
    terms = told.locale()["terms"]
    assert terms["built"] + terms["stale"] == 2  # stale: they lead to pages that did not come
    two.site.run(*SYNC)
    two.twin.run(*SYNC)
    assert two.site.contents() == two.twin.contents()
