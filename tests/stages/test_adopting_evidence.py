"""What of a page is believed: a text that shows whose translation it is, and not its place."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats.body import read_body
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.stages.adopting.clues import Names
from i18n_pipeline.stages.adopting.copies import Copies
from i18n_pipeline.stages.adopting.evidence import Judged, judged
from i18n_pipeline.stages.adopting.lexicon import Lexicon, Page, lexicon_of, lexis_of
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import pair_up
from i18n_pipeline.stages.adopting.texts import Row, source_row, target_row

NAMES = Names(Matcher((), (), "en"), {}, "de")
LINKED = ("See [the paper](https://example.org/a) first.", "Siehe [Papier](https://example.org/a).")
CODE = ("Call `fit()` to begin.", "Mit `fit()` geht es los.")
PLAIN = ("It helps a lot.", "Das hilft sehr.")
OTHER = ("It was read.", "Er ging weg.")


def rows(source: str, target: str) -> tuple[Row, Row]:
    one = source_row(read_body(source.encode()), NAMES, DEFAULT_EXTENSIONS)
    other = target_row(
        read_body(target.encode()), NAMES, DEFAULT_EXTENSIONS, (), lambda address: address
    )
    return one, other


def read(source: list[str], target: list[str], lexicon: Lexicon | None = None) -> Judged:
    one, other = rows("\n\n".join(source) + "\n", "\n\n".join(target) + "\n")
    like = Likeness(1.0).on(lexicon or Lexicon(), "page", one.clues)
    pairs = pair_up(one.clues, other.clues, like)
    return judged(pairs, one.clues, other.clues, like)


def sure(found: Judged) -> set[tuple[int, int]]:
    return {(pair.source, pair.target) for pair, one in found.verdicts.items() if not one.doubts}


def sides(*pairs: tuple[str, str]) -> tuple[list[str], list[str]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_a_page_that_nothing_marks_is_looked_at_whole() -> None:
    found = read(*sides(PLAIN, OTHER))
    assert not found.believed
    assert sure(found) == set()


def test_one_text_between_two_that_show_whose_they_are_is_believed_for_its_place() -> None:
    found = read(*sides(LINKED, PLAIN, CODE))
    assert sure(found) == {(0, 0), (1, 1), (2, 2)}
    placed = {pair.source for pair, one in found.verdicts.items() if one.placed}
    assert placed == {1}


@pytest.mark.parametrize("exchanged", [False, True])
def test_two_alike_between_them_may_have_been_exchanged(exchanged: bool) -> None:
    source, target = sides(LINKED, PLAIN, OTHER, CODE)
    if exchanged:
        target[1:3] = target[2:0:-1]
    assert sure(read(source, target)) == {(0, 0), (3, 3)}


def test_two_sections_without_marks_may_have_been_exchanged() -> None:
    source = [LINKED[0], "## Costs", PLAIN[0], "## Usage", OTHER[0], CODE[0]]
    target = [LINKED[1], "## Nutzen", OTHER[1], "## Preise", PLAIN[1], CODE[1]]
    assert sure(read(source, target)) == {(0, 0), (5, 5)}


def test_list_items_that_nothing_tells_apart_are_looked_at() -> None:
    source, target = sides(LINKED, ("- Cheap to run\n- Easy to use", "- Leicht\n- Billig"), CODE)
    assert sure(read(source, target)) == {(0, 0), (3, 3)}


def test_columns_that_nothing_tells_apart_are_looked_at() -> None:
    table = "| {} | {} |\n|---|---|\n| {} | {} |"
    source = [LINKED[0], table.format("Price", "Usage", "low", "rare"), CODE[0]]
    target = [LINKED[1], table.format("Nutzung", "Preis", "selten", "klein"), CODE[1]]
    assert sure(read(source, target)) == {(0, 0), (5, 5)}


def test_a_page_with_one_of_two_paragraphs_may_have_either() -> None:
    source, target = sides(LINKED, PLAIN, OTHER, CODE)
    del target[1]
    assert sure(read(source, target)) == {(0, 0), (3, 2)}


def test_a_text_split_in_two_is_looked_at_though_it_shows_whose_it_is() -> None:
    long = "In 2017 [a paper](https://example.org/a) changed the field, and nothing was as before."
    parts = ["2017 änderte [ein Papier](https://example.org/a) das Feld.", "Nichts war wie zuvor."]
    found = read([CODE[0], long, CODE[0]], [CODE[1], *parts, CODE[1]])
    assert {pair.source for pair, one in found.verdicts.items() if one.doubts} == {1}


def test_two_texts_made_one_are_looked_at() -> None:
    one = "2017 änderte [ein Papier](https://example.org/a) das Feld. Nichts war wie zuvor."
    parts = ["In 2017 [a paper](https://example.org/a) changed it.", "Nothing was as before then."]
    found = read([CODE[0], *parts, CODE[0]], [CODE[1], one, CODE[1]])
    assert all(verdict.doubts for pair, verdict in found.verdicts.items() if pair.target == 1)


def page(*pairs: tuple[str, str]) -> Page:
    return [(lexis_of(one), lexis_of(other)) for one, other in pairs]


SITE = {
    f"{number}": page(
        ("Problem it addresses", "Welches Leid es lindert"),
        ("How it helps", "Wie es das tut"),
        ("Many a weight", "Manches Gewicht") if number < 3 else ("Nothing", "Nichts"),
    )
    for number in range(10)
}


def test_what_other_pages_say_is_evidence() -> None:
    source = ["## Problem it addresses", "Each weight.", "## How it helps", "It was read here."]
    target = ["## Welches Leid es lindert", "Jedes Gewicht.", "## Wie es das tut", "Er war da."]
    lexicon = lexicon_of(SITE)
    words = lexicon.on("page", [lexis_of(one) for one in source])
    assert words.score(lexis_of("Each weight."), lexis_of("Jedes Gewicht.")) > 0
    assert words.score(lexis_of("How it helps"), lexis_of("Welches Leid es lindert")) < 0
    exchanged = [target[2], target[1], target[0], target[3]]
    found = read([LINKED[0], *source], [LINKED[1], *exchanged], lexicon)
    headings = {(1, 1), (3, 3)}
    assert sure(found).isdisjoint(headings)
    assert headings <= sure(read([LINKED[0], *source], [LINKED[1], *target], lexicon))


def test_no_page_is_evidence_for_itself() -> None:
    pages = {"page": page(("Zeal", "Eifer")), "other": page(("Zeal", "Eifer"))}
    pages |= {str(number): page(("", "")) for number in range(9)}
    assert lexicon_of(pages).on("page", ()).score(lexis_of("Zeal"), lexis_of("Eifer")) == 0
    assert lexicon_of(pages).on("third", ()).score(lexis_of("Zeal"), lexis_of("Eifer")) > 0


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("API", True),
        ("Kubernetes", True),
        ("service mesh", True),
        ("Cluster", True),
        ("Use", False),
        ("Go", True),
        ("go", False),
        ("Overview", False),
        ("Raft\nKubernetes", True),
        ("Raft\nOverview", False),
        ("", True),
    ],
)
def test_a_copy_is_a_name_where_people_write_it_so(text: str, is_name: bool) -> None:
    copies = Copies(
        frozenset({"Raft"}), ("Ein Service Mesh in Go auf Clustern, used.", "Kubernetesは、速い。")
    )
    assert copies.are_names(text) is is_name
