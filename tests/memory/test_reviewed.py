"""What is kept of reviewed texts answers as a memory does that holds all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.memory import Unusable, reviewed
from i18n_pipeline.memory.reviewed import Content, Part, Reviewed, forget, reviewed_in
from i18n_pipeline.model import Key, Kind, Segment, Unit
from i18n_pipeline.origins import adopted
from i18n_pipeline.stages.recall.entries import ANY, Entry, Memory, entries_of, fields_of
from i18n_pipeline.values import replace

TEXTS = st.sampled_from(
    (
        "few weights are trained",
        "few weights were trained",
        "a few weights are trained",
        "few [weights](/weight) are trained",
        "few [weights](/weights) are trained",
        "many models",
        "many model",
        "<https://example.org>",
    )
)
"""Few, so that the same, the same but for an address, and similar ones often meet."""
TMX = Part("memories/agency.tmx")


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """A unit of some term: its body's, or its definition."""
    field = draw(st.sampled_from(("body", "body", "definition")))
    obsolete = draw(st.booleans())
    origin = draw(st.sampled_from((None, adopted("terms/ja/lora.md", placed=True))))
    target, sure = draw(st.sampled_from(("", "訳", "other"))), draw(st.booleans())
    return Unit(
        field, draw(TEXTS), target, reviewed=sure and bool(target), obsolete=obsolete, origin=origin
    )


@st.composite
def files(draw: st.DrawFn) -> dict[Part, tuple[Unit, ...]]:
    """What parts of some catalogs hold: terms in one of all, and some with one of their own."""
    slugs = draw(st.sets(st.sampled_from(("lora", "peft", "token", "gone")), max_size=4))
    found = {}
    for slug in sorted(slugs):
        part = Part("terms.po", slug) if slug in ("lora", "peft") else Part(f"{slug}.po")
        each = draw(st.lists(units(), max_size=4, unique_by=lambda one: (one.context, one.source)))
        found[part] = tuple(replace(one, context=f"{slug}/{one.context}") for one in each)
    return found


IMPORTS = st.lists(
    st.builds(
        Entry, TEXTS, st.sampled_from(("訳", "x")), st.just(ANY), st.just(TMX.path), st.just(False)
    ),
    max_size=3,
).map(tuple)


def segments_of(found: Sequence[Unit]) -> dict[Key, Segment]:
    kinds = {"body": Kind.PARAGRAPH, "definition": Kind.TEXT}
    return {
        one.key: Segment(one.field, kinds[one.field], one.source)
        for one in found
        if not one.obsolete
    }


class World:
    """Catalogs and an import as they are now, and which parts of them were read."""

    def __init__(self) -> None:
        self.files: Mapping[Part, tuple[Unit, ...]] = {}
        self.imports: tuple[Entry, ...] = ()
        self.read: list[Part] = []

    @property
    def marks(self) -> dict[Part, str]:
        """The mark of each part."""
        return {part: repr(each) for part, each in self.files.items()} | {TMX: repr(self.imports)}

    def reading(self, parts: Collection[Part]) -> Iterator[Content]:
        """What parts hold."""
        for part in parts:
            self.read.append(part)
            each = self.files.get(part, ())
            yield Content(part, each, segments_of(each), self.imports if part == TMX else ())

    def kept(self, place: Path | None, here: Collection[Part] = ()) -> Reviewed:
        """What is reviewed elsewhere than in some parts."""
        marks = {part: mark for part, mark in self.marks.items() if part not in here}
        return reviewed_in(place, marks, fields_of(self.segments(here).values()), self.reading)

    def units(self, parts: Collection[Part]) -> tuple[Unit, ...]:
        """The units of some parts."""
        return tuple(one for part in parts for one in self.files[part])

    def segments(self, parts: Collection[Part]) -> dict[Key, Segment]:
        """Their segments."""
        return segments_of(self.units(parts))

    def memory(self) -> Memory:
        """One that holds all."""
        every = self.units(self.files)
        return Memory((*entries_of(every, segments_of(every)), *self.imports), every)

    def partly(self, kept: Reviewed, here: Collection[Part]) -> Memory:
        """One that holds what is here, and asks for the rest."""
        own = entries_of(self.units(here), self.segments(here), kept.fields)
        return Memory(own, self.units(here), elsewhere=kept)


def said(memory: Memory, source: str) -> set[tuple[str, str, str, bool, bool, str]]:
    """What a memory says of a text, and what stands around it there."""
    return {
        (one.target, one.sort, one.where, one.own, one.sure, _around(memory, one))
        for kind in (Kind.PARAGRAPH, Kind.TEXT)
        for one in memory.of(source, kind)
    }


def _around(memory: Memory, one: Entry) -> str:
    return one.around or memory.around(one.where, one.source)


State = tuple[dict[Part, tuple[Unit, ...]], tuple[Entry, ...]]


@st.composite
def histories(draw: st.DrawFn) -> list[State]:
    """States of the files one after the other, of which some parts stay as they were."""
    now, imports = draw(files()), draw(IMPORTS)
    found = [(dict(now), imports)]
    for _ in range(draw(st.integers(1, 4))):
        other = draw(files())
        changed = draw(st.sets(st.sampled_from(sorted({*now, *other})))) if now or other else ()
        now = {**now, **{part: other[part] for part in changed if part in other}}
        now = {part: one for part, one in now.items() if part in other or part not in changed}
        imports = draw(st.sampled_from((imports, draw(IMPORTS))))
        found.append((dict(now), imports))
    return found


@pytest.mark.parametrize("drift", [0, 1, 10])
@given(history=histories(), data=st.data())
def test_it_answers_as_a_memory_of_all(
    tmp_path_factory: pytest.TempPathFactory, drift: int, history: list[State], data: st.DataObject
) -> None:
    place, world = tmp_path_factory.mktemp("kept") / "ja.sqlite", World()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviewed, "_DRIFT", drift)
        for world.files, world.imports in history:
            here = data.draw(st.sets(st.sampled_from(sorted(world.files)))) if world.files else ()
            with closing(world.kept(place, here)) as kept:
                partly, whole = world.partly(kept, here), world.memory()
                assert bool(partly) == bool(whole)
                asked = {one.source for each in world.files.values() for one in each}
                for source in sorted(
                    asked | {one.source for one in world.imports} | {"few models"}
                ):
                    assert said(partly, source) == said(whole, source)
                    for alike, _ in whole.index.alike(source, 60):
                        assert set(partly.sources(alike)) == set(whole.sources(alike))
                    assert partly.index.alike(source, 60) == whole.index.alike(source, 60)


LORA, PEFT = Part("terms.po", "lora"), Part("terms.po", "peft")


def text(slug: str, source: str, target: str = "訳") -> Unit:
    return Unit(f"{slug}/body", source, target, reviewed=True)


@pytest.fixture
def world() -> World:
    found = World()
    found.files = {LORA: (text("lora", "few weights"),), PEFT: (text("peft", "many weights"),)}
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "ja.sqlite"


def targets(world: World, place: Path | None, wording: str = "few weights") -> list[str]:
    with closing(world.kept(place)) as kept:
        return [one.target for one in kept.of(wording)]


def test_what_did_not_change_is_read_once(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewed, "_DRIFT", 1)
    assert targets(world, place) == ["訳"]
    world.read.clear()
    assert targets(world, place) == ["訳"]
    assert world.read == []
    world.files = {**world.files, LORA: (text("lora", "few weights", "x"),)}
    assert targets(world, place) == ["x"]
    assert world.read == [LORA]


def test_where_much_changed_all_is_read_anew(world: World, place: Path) -> None:
    targets(world, place)
    world.read.clear()
    world.files = {**world.files, LORA: (text("lora", "few weights", "x"),)}
    assert targets(world, place) == ["x"]
    assert set(world.read) == {LORA, PEFT, TMX}


def test_what_an_obsolete_text_means_changes_with_the_fields_that_there_are(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewed, "_DRIFT", 1)
    gone = replace(text("lora", "few weights"), context="lora/definition", obsolete=True)
    world.files = {**world.files, LORA: (gone,)}
    assert targets(world, place) == []
    there = replace(text("peft", "what it is"), context="peft/definition")
    world.files = {**world.files, PEFT: (there,)}
    assert targets(world, place) == ["訳"]
    world.files = {**world.files, PEFT: (text("peft", "what it is"),)}
    assert targets(world, place) == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4096])
def test_what_is_damaged_is_made_anew(world: World, place: Path, damage: bytes) -> None:
    targets(world, place)
    place.write_bytes(damage)
    for _ in range(2):
        world.read.clear()
        assert targets(world, place) == ["訳"]
    assert world.read == []


INSIDE = (
    "UPDATE part SET fields = CAST(x'ff' AS TEXT)",
    "UPDATE part SET mark = CAST(x'ff' AS TEXT)",
    "UPDATE part SET fields = '{'",
    'UPDATE part SET fields = \'{"body": "x"}\'',
    "UPDATE part SET fields = 7 WHERE name = 'lora'",
    "UPDATE about SET value = CAST(x'ff' AS TEXT)",
    "CREATE TRIGGER gone AFTER INSERT ON part BEGIN DELETE FROM part; END",
    "CREATE TABLE more (one TEXT)",
    "DROP INDEX entry_by_wording",
    "ALTER TABLE entry RENAME TO other; CREATE VIEW entry AS SELECT * FROM other",
)
"""What may be wrong in it and is found when it is opened."""


@pytest.mark.parametrize("said", INSIDE)
def test_what_is_damaged_inside_is_made_anew(world: World, place: Path, said: str) -> None:
    targets(world, place)
    change(place, said)
    for _ in range(2):
        world.read.clear()
        assert targets(world, place) == ["訳"]
    assert world.read == []


@pytest.mark.parametrize(
    "said",
    [
        "UPDATE entry SET source = NULL",
        "UPDATE entry SET source = x'ff'",
        "UPDATE entry SET source = CAST(x'ff' AS TEXT)",
    ],
)
def test_what_is_damaged_deep_inside_is_told(world: World, place: Path, said: str) -> None:
    targets(world, place)
    change(place, said)
    with closing(world.kept(place)) as kept, pytest.raises(Unusable):
        kept.of("few weights")


@pytest.mark.parametrize("data", [7, "data", b"\xff", None])
def test_damaged_postings_are_made_anew_or_told(world: World, place: Path, data: object) -> None:
    def alike() -> list[str]:
        with closing(world.kept(place)) as kept:
            return [text for text, _ in kept.index(frozenset()).alike("few weights", 60)]

    found = alike()
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE postings SET data = ?", (data,))
    try:
        assert alike() == found
    except Unusable:
        return


def change(place: Path, said: str) -> None:
    """What damage, or somebody, does to the database."""
    with closing(sqlite3.connect(place)) as database:
        database.executescript(said)


def test_what_another_version_kept_counts_for_nothing(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets(world, place)
    world.read.clear()
    monkeypatch.setattr(reviewed, "SCHEMA", "i18n-reviewed/0")
    assert targets(world, place) == ["訳"]
    assert set(world.read) == {LORA, PEFT, TMX}


def test_where_nothing_can_be_kept_it_answers_all_the_same(world: World, place: Path) -> None:
    place.mkdir()
    assert targets(world, place) == targets(world, None) == ["訳"]


def test_another_run_that_has_it_keeps_it(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets(world, place)
    monkeypatch.setattr(reviewed, "_WAIT", 0)
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert targets(world, place) == ["訳"]
        assert other.execute("SELECT COUNT(*) FROM entry").fetchone() == (2,)
    assert place.exists()


def test_nothing_is_kept_of_what_could_not_be_read(world: World, place: Path) -> None:
    def failing(parts: Collection[Part]) -> Iterator[Content]:
        yield from list(world.reading(parts))[:1]
        raise KeyError

    with pytest.raises(KeyError):
        reviewed_in(place, world.marks, {}, failing)
    assert targets(world, place) == ["訳"]


def test_a_failure_in_the_middle_is_told_as_one(world: World, place: Path) -> None:
    kept = world.kept(place)
    kept.close()
    for ask in (lambda: kept.of("few"), lambda: bool(kept), lambda: kept.index(frozenset())):
        with pytest.raises(Unusable):
            ask()


def test_what_no_file_says_is_not_confirmed(world: World, place: Path) -> None:
    with closing(world.kept(place)) as kept:
        (known,) = kept.of("few weights")
        kept.confirm([known])
        for changed in (
            known._replace(target="x"),
            known._replace(where="peft/body"),
            known._replace(sure=False),
            known._replace(own=False),
            known._replace(sort=ANY),
        ):
            with pytest.raises(Unusable):
                kept.confirm([changed])
        with pytest.raises(Unusable):
            kept.confirm([])


@pytest.mark.parametrize(
    "said",
    [
        "UPDATE entry SET target = 'x'",
        "UPDATE entry SET place = 'peft/body'",
        "UPDATE entry SET sort = ''",
        "UPDATE entry SET own = 0",
        "UPDATE entry SET around = 'x'",
    ],
)
def test_a_forged_entry_is_not_confirmed(world: World, place: Path, said: str) -> None:
    targets(world, place)
    change(place, said)
    with closing(world.kept(place)) as kept, pytest.raises(Unusable):
        kept.confirm(kept.of("few weights"))


def test_two_are_confirmed_where_one_does_not_decide(world: World, place: Path) -> None:
    placed = adopted("terms/ja/lora.md", placed=True)
    world.files = {
        part: tuple(replace(one, source="few weights", origin=placed) for one in each)
        for part, each in world.files.items()
    }
    with closing(world.kept(place)) as kept:
        one, other = sorted(kept.of("few weights"))
        assert not one.sure
        world.read.clear()
        kept.confirm([one, other])
        assert world.read == [LORA, PEFT]
        with pytest.raises(Unusable):
            kept.confirm([one, other._replace(where="x/body")])


def test_it_can_be_forgotten(world: World, place: Path) -> None:
    targets(world, place)
    forget(place)
    forget(place)
    assert not place.exists()
