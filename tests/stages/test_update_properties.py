"""What holds for the units of any term, whatever its author and its translators do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.model import Catalog, Kind, Origin, State, Unit, draft_hash
from i18n_pipeline.pipeline.lexicon import english
from i18n_pipeline.stages.carrying import Carrying, carry
from i18n_pipeline.stages.edits import Ground
from i18n_pipeline.stages.leverage import leverage
from i18n_pipeline.stages.update import Updated, update
from tests.stages.documents import Block, Document, documents, names, sentences, term_of

CARRYING = Carrying(Ground(words=english))


def updated(catalog: Catalog, *sources: Document) -> Updated:
    result = update(catalog, [term_of(source) for source in sources])
    return replace(result, units=carry(result, catalog, CARRYING).units)


def reviewed(units: tuple[Unit, ...]) -> Catalog:
    """All active units with a text of their own, reviewed."""
    return Catalog(
        tuple(
            unit if unit.obsolete else replace(unit, target=f"<{unit.source}>", reviewed=True)
            for unit in units
        )
    )


def all_reviewed(source: Document) -> Catalog:
    return reviewed(updated(Catalog(), source).units)


def waiting(result: Updated) -> list[Unit]:
    return [u for u in result.units if not u.obsolete and u.state is not State.REVIEWED]


def prose(document: Document) -> list[str]:
    return [text for block in document.blocks if block.name != "code" for text in block.texts]


@given(documents(), st.data())
def test_a_second_update_changes_nothing(source: Document, data: st.DataObject) -> None:
    first = updated(all_reviewed(source), data.draw(edits(source)))
    second = updated(Catalog(first.units), source)
    third = updated(Catalog(second.units), source)
    assert third.units == second.units


@given(documents(), st.data())
def test_writing_and_reading_the_review_file_makes_no_difference(
    source: Document, data: st.DataObject
) -> None:
    edit = data.draw(edits(source))
    units = updated(all_reviewed(source), edit).units
    assert updated(read_po(write_po(Catalog(units))), edit).units == units


@given(documents(), sentences, st.data())
def test_an_inserted_paragraph_is_all_that_is_asked_for(
    source: Document, text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(source.blocks)))
    blocks = [*source.blocks[:at], Block("paragraph", (text,)), *source.blocks[at:]]
    result = updated(all_reviewed(source), source.with_blocks(blocks))
    wanted = [] if text in prose(source) else [text]
    assert [unit.source for unit in waiting(result)] == wanted


@given(documents(), st.data())
def test_a_removed_or_moved_block_leaves_all_others_reviewed(
    source: Document, data: st.DataObject
) -> None:
    blocks = list(source.blocks)
    block = blocks.pop(data.draw(st.integers(0, len(blocks) - 1)))
    removed = updated(all_reviewed(source), source.with_blocks(blocks))
    assert waiting(removed) == []
    blocks.insert(data.draw(st.integers(0, len(blocks))), block)
    moved = updated(Catalog(removed.units), source.with_blocks(blocks))
    assert waiting(moved) == []
    assert [unit for unit in moved.units if unit.obsolete] == []


@given(documents(), st.integers(20, 60))
def test_wrapping_lines_anew_changes_nothing(source: Document, width: int) -> None:
    catalog = all_reviewed(source)
    wrapped = update(catalog, [term_of(source.markdown(width=width, bullet="*"), "term")])
    assert {u.key: u for u in wrapped.units} == catalog.by_key


@given(documents(), st.data())
def test_an_edited_text_is_the_only_one_to_review(source: Document, data: st.DataObject) -> None:
    at = data.draw(
        st.sampled_from([i for i, b in enumerate(source.blocks) if b.name == "paragraph"])
    )
    old = source.blocks[at].texts[0]
    edited = old.removesuffix(".") + " anew."
    blocks = [*source.blocks[:at], Block("paragraph", (edited,)), *source.blocks[at + 1 :]]
    result = updated(all_reviewed(source), source.with_blocks(blocks))
    (unit,) = waiting(result)
    assert (unit.source, unit.target, unit.previous) == (edited, f"<{old}>", old)
    assert unit.state is State.NEEDS_REVIEW
    assert not unit.is_draft
    (gone,) = [unit for unit in result.units if unit.obsolete]
    assert (gone.source, gone.target, gone.reviewed) == (old, f"<{old}>", True)


@given(documents(), documents(slug="other"))
def test_a_term_that_was_away_comes_back_with_the_same_units(
    source: Document, other: Document
) -> None:
    catalog = reviewed(updated(Catalog(), source, other).units)
    away = updated(catalog, other)
    assert all(unit.obsolete for unit in away.units if unit.slug == source.slug)
    back = updated(Catalog(away.units), source, other)
    assert {unit.key: unit for unit in back.units} == catalog.by_key


@st.composite
def edits(draw: st.DrawFn, source: Document) -> Document:
    """A document after one edit of its author."""
    blocks = list(source.blocks)
    at = draw(st.integers(0, len(blocks) - 1)) if blocks else 0
    match draw(st.sampled_from(EDITS)):
        case "insert":
            name = draw(st.sampled_from(["paragraph", "heading", "quote"]))
            blocks.insert(at, Block(name, (draw(sentences),)))
        case "remove" if blocks:
            del blocks[at]
        case "move" if blocks:
            blocks.append(blocks.pop(at))
        case "repeat" if blocks:
            blocks.append(blocks[at])
        case "edit" if blocks:
            texts = list(blocks[at].texts)
            where = draw(st.integers(0, len(texts) - 1))
            texts[where] = draw(sentences) if draw(st.booleans()) else texts[where] + " More."
            blocks[at] = Block(blocks[at].name, tuple(texts))
        case "harmless" if blocks:
            texts = list(blocks[at].texts)
            where = draw(st.integers(0, len(texts) - 1))
            texts[where] = draw(st.sampled_from(HARMLESS))(texts[where])
            blocks[at] = Block(blocks[at].name, tuple(texts))
        case "field":
            return replace(
                source,
                name=draw(names),
                definition=draw(sentences | st.just(source.definition)),
                category=draw(st.sampled_from(["Basics", "The basics", "Training"])),
                keywords=tuple(draw(st.lists(names, max_size=2))),
            )
    return source.with_blocks(blocks)


EDITS = ("insert", "remove", "move", "repeat", "edit", "harmless", "harmless", "field")


def linked(text: str) -> str:
    """The text with its first word as a link, or with that link leading elsewhere."""
    if text.startswith("["):
        return text.replace("](/a)", "](/b)") if "](/a)" in text else text.replace("](/b)", "](/a)")
    first, _, rest = text.partition(" ")
    return f"[{first}](/a) {rest}".strip()


HARMLESS: tuple[Callable[[str], str], ...] = (
    linked,
    lambda text: text + "!",
    lambda text: text.rstrip("!.") + ".",
    lambda text: text.replace(" ", ", ", 1),
    lambda text: text.replace("model", "modle"),
    lambda text: text.replace("modle", "model"),
    lambda text: text.replace("learning", "lerning"),
    lambda text: text.replace("lerning", "learning"),
)
"""What authors do without meaning anything else by it."""


@dataclass
class World:
    """Two terms, their units, and every text that a person is proud of."""

    sources: dict[str, Document]
    history: list[dict[str, Document]] = field(default_factory=list)
    catalog: Catalog = field(default_factory=Catalog)
    texts: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)

    def run(self, *, partial: bool = False) -> None:
        chosen = sorted(self.sources)[:1] if partial else sorted(self.sources)
        terms = [term_of(self.sources[slug]) for slug in chosen]
        slugs = {unit.slug for unit in self.catalog.units if unit.slug}
        untouched = frozenset(slugs - set(chosen)) if partial else frozenset()
        result = update(self.catalog, terms, untouched=untouched, partial=partial)
        carried = carry(result, self.catalog, CARRYING)
        units = leverage(carried.units, result.segments).units
        self.catalog = Catalog(units)

    def person(self, unit: Unit, doing: str, text: str) -> Unit:
        if doing == "draft":
            return unit if unit.target else drafted(unit)
        if doing == "approve":
            return replace(unit, reviewed=bool(unit.target), previous=None)
        if doing == "comment":
            return replace(unit, comments=(*unit.comments, text))
        if doing == "doubt":
            return replace(unit, reviewed=False)
        return replace(unit, target=text, reviewed=doing == "review", previous=None)

    def act(self, data: st.DataObject, step: int) -> None:
        units = []
        for number, unit in enumerate(self.catalog.units):
            doing = "" if unit.obsolete else data.draw(st.sampled_from(PERSON))
            units.append(self.person(unit, doing, f"text {step}.{number}") if doing else unit)
        pairs = zip(self.catalog.units, units, strict=True)
        # what people overwrite themselves is gone, though a draft elsewhere may say the same
        # and a machine's draft whose approval they take back is a machine's again
        gone = [old for old, new in pairs if old.target != new.target or not a_persons(new)]
        self.texts -= {old.target for old in gone}
        self.catalog = Catalog(tuple(units))
        self.texts |= {unit.target for unit in units if a_persons(unit)}
        self.comments |= {note for unit in units for note in unit.comments if "“" not in note}


def a_persons(unit: Unit) -> bool:
    """Whether a person wrote or approved a text: told by its words, not by what is tested."""
    return bool(unit.target) and (unit.reviewed or not unit.target.startswith(DRAFT))


DRAFT = "draft of "
PERSON = ("", "", "review", "touch", "approve", "draft", "comment", "doubt")


def drafted(unit: Unit) -> Unit:
    target = f"{DRAFT}{unit.source}"
    return replace(unit, target=target, origin=Origin("machine draft", draft_hash(target)))


@settings(max_examples=150)
@given(documents(blocks=4), documents(slug="other", blocks=2), st.data())
def test_no_text_and_no_comment_of_a_person_is_ever_lost(
    one: Document, other: Document, data: st.DataObject
) -> None:
    world = World({"term": one, "other": other})
    for step in range(data.draw(st.integers(2, 6))):
        world.run(partial=data.draw(st.booleans()))
        world.act(data, step)
        world.history.append(dict(world.sources))
        doing = data.draw(st.sampled_from(["edit", "edit", "edit", "delete", "restore"]))
        slug = data.draw(st.sampled_from(sorted(world.sources) or ["term"]))
        if doing == "edit" and slug in world.sources:
            world.sources[slug] = data.draw(edits(world.sources[slug]))
        elif doing == "delete":
            world.sources.pop(slug, None)
        else:
            world.sources = dict(data.draw(st.sampled_from(world.history)))
        world.run()
        check(world)
        before = world.catalog
        world.run()
        assert world.catalog == before


def check(world: World) -> None:
    units = world.catalog.units
    assert world.texts <= {unit.target for unit in units}
    if not units:  # there is nothing left that a comment could stand at
        world.comments.clear()
    # beside a text that is gone and nobody translated they say what they are about
    assert world.comments <= {note.rpartition("”: ")[2] for u in units for note in u.comments}
    assert len({unit.key for unit in units}) == len(units)
    wanted = {(unit_key) for source in world.sources.values() for unit_key in keys_of(source)}
    assert {unit.key for unit in units if not unit.obsolete} == wanted
    assert all(unit.target for unit in units if unit.obsolete)


def keys_of(source: Document) -> set[tuple[str, str]]:
    file = term_of(source).file
    return {
        (s.field if s.kind is Kind.VOCABULARY else f"{source.slug}/{s.field}", s.source)
        for s in file.segments
    }
