"""Which text of a locale's file translates which of the source's: by structure and content."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.body import read_body
from i18n_pipeline.glossary import Entry
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Catalog, Kind, Unit
from i18n_pipeline.stages.adopting.clues import Clues, Names
from i18n_pipeline.stages.adopting.joining import joined
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import Pair, pair_up
from i18n_pipeline.stages.adopting.texts import Row, source_row, target_row
from i18n_pipeline.stages.adopting.vocabulary import Use, vocabulary_of

NAMES = Names(
    Matcher(
        (Entry("token", "トークン", slug="token"), Entry("layer", "層", slug="layer")), (), "en"
    ),
    {"token": ["トークン"], "layer": ["層"]},
    "ja",
)
PARAGRAPHS = {
    "Training adjusts each weight a little.": "学習では各重みを少しずつ調整します。",
    "A token is what the model reads.": "トークンはモデルが読むものです。",
    "In 2017 [a paper](https://example.org/a) changed the field.": (
        "2017年に[ある論文](https://example.org/a)が分野を変えました。"
    ),
    "Call `fit()` to begin, and `stop()` to end.": "`fit()`で始め、`stop()`で終えます。",
    "Each layer passes on what it found.": "各層は見つけたものを次に渡します。",
}
PAIRS = tuple(PARAGRAPHS.items())


def rows(source: str, target: str) -> tuple[Row, Row]:
    one = source_row(read_body(source.encode()), NAMES, DEFAULT_EXTENSIONS)
    other = target_row(
        read_body(target.encode()),
        NAMES,
        DEFAULT_EXTENSIONS,
        one.terms,
        lambda address: address.replace("/ja/", "/"),
    )
    return one, other


def paired(source: str, target: str) -> list[Pair]:
    one, other = rows(source, target)
    return pair_up(one.clues, other.clues, Likeness(0.9))


def positions(source: str, target: str) -> list[tuple[int, int]]:
    return [(pair.source, pair.target) for pair in paired(source, target)]


def body(texts: list[str]) -> str:
    return "\n\n".join(texts) + "\n"


@given(st.lists(st.sampled_from(PAIRS), unique=True, min_size=1), st.data())
def test_paragraphs_left_out_on_either_side_cost_themselves(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    there = [pair for pair in pairs if data.draw(st.booleans())]
    found = positions(body([source for source, _ in pairs]), body([t for _, t in there]) or "\n")
    wanted = {(pairs.index(pair), there.index(pair)) for pair in there}
    certain = {
        (i, j) for i, j in wanted if any(c in pairs[i][0] for c in ("2017", "fit()", "token"))
    }
    assert certain <= set(found)


@given(st.permutations(PAIRS))
def test_each_source_and_each_text_has_one_partner_at_most(pairs: list[tuple[str, str]]) -> None:
    found = positions(body([source for source, _ in PAIRS]), body([target for _, target in pairs]))
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)


def test_a_paragraph_that_was_moved_is_found_by_what_it_holds() -> None:
    (fit, fit_ja), (paper, paper_ja) = PAIRS[3], PAIRS[2]
    others = [PAIRS[0], PAIRS[1], PAIRS[4]]
    source = body([fit, *(one for one, _ in others), paper])
    target = body([*(one for _, one in others), paper_ja, fit_ja])
    found = {(pair.source, pair.target): pair.moved for pair in paired(source, target)}
    assert found[0, 4] is True
    assert found[4, 3] is False


def test_a_heading_is_never_a_paragraph() -> None:
    assert positions("## Training\n\nIt takes days.\n", "数日かかります。\n\n## 学習\n") in (
        [(0, 1)],
        [(1, 0)],
    )


def test_code_with_translated_comments_holds_its_place() -> None:
    code = "```sh\nrun --fast 3  # {}\nrun --slow\n```"
    source = body(["One sentence here.", code.format("start"), "Another sentence."])
    target = body(["ここに一文。", "それと一文。", code.format("開始"), "もう一文。"])
    found = positions(source, target)
    assert (1, 2) in found
    assert (2, 3) in found


def test_a_pair_beside_a_gap_is_less_sure_than_one_that_holds_an_address() -> None:
    sources = ["It helps a lot.", "In 2017 [a paper](https://example.org/a) came.", "It was read."]
    targets = [
        "とても役立ちます。",
        "そして安いです。",
        "2017年に[論文](https://example.org/a)が出ました。",
        "読まれました。",
    ]
    margins = {(p.source, p.target): p.margin for p in paired(body(sources), body(targets))}
    assert margins[1, 2] > 3
    assert min(margins.get((0, 0), 0), margins.get((0, 1), 0)) < 1


@pytest.mark.parametrize("count", [0, 1, 400])
def test_files_of_any_length_are_paired(count: int) -> None:
    source = body([f"Sentence number {n} stands here." for n in range(count)]) if count else "\n"
    target = body([f"ここに文{n}があります。" for n in range(count)]) if count else "\n"
    assert positions(source, target) == [(n, n) for n in range(count)]


def test_values_belong_together_that_stand_in_the_same_files() -> None:
    uses = [
        Use("a", "tags", ("basics", "training"), ("学習", "基礎")),
        Use("b", "tags", ("basics",), ("基礎",)),
        Use("c", "tags", ("training",), ("学習",)),
        Use("d", "tags", ("training", "costs"), ("学習",)),
    ]
    found = vocabulary_of(uses)
    assert found.of(uses[0]) == {"basics": "基礎", "training": "学習"}
    assert {unit.key for unit in found.units(uses)} == {("tags", "basics"), ("tags", "training")}
    assert all(unit.reviewed for unit in found.units(uses))


def test_of_two_names_for_a_value_that_of_most_files_counts_and_the_other_is_told() -> None:
    uses = [Use(f"{n}", "category", ("Methods",), ("手法",)) for n in range(3)]
    odd = Use("odd", "category", ("Methods",), ("方法",))
    found = vocabulary_of([*uses, odd])
    assert found.others(odd) == ("方法",)
    (unit,) = found.units([*uses, odd])
    assert (unit.target, unit.reviewed) == ("手法", True)


def test_where_files_disagree_evenly_somebody_has_to_look() -> None:
    uses = [
        Use("a", "category", ("Methods",), ("手法",)),
        Use("b", "category", ("Methods",), ("方法",)),
    ]
    (unit,) = vocabulary_of(uses).units(uses)
    assert not unit.reviewed


def test_a_text_of_no_words_is_as_long_as_another_one_of_none_alone() -> None:
    none, some = Clues(Kind.PARAGRAPH), Clues(Kind.PARAGRAPH, length=40.0)
    assert Likeness().length(none, none) == 0.0
    assert Likeness().length(none, some) == Likeness().length(some, none) == -1.0


def test_code_whose_comments_were_translated_is_like_its_source_and_the_same_code_more_so() -> None:
    code = "```py\nmodel.train()  # a day\n```\n"
    same, other = rows(code, code), rows(code, code.replace("a day", "un dia"))
    alike = [Likeness().score(one.clues[0], two.clues[0]) for one, two in (same, other)]
    assert alike[0] == 3.0
    assert 0 < alike[1] < alike[0]


def test_what_is_in_the_catalog_already_is_not_asked_for_again() -> None:
    known = Unit("a/reading", "reading", "lectura", reviewed=True)
    gone = replace(known, context="b/reading", obsolete=True)
    asked = [Unit(f"{slug}/reading", "reading") for slug in "abc"]
    assert joined(Catalog((known, gone)), (), asked) == (known, gone, asked[2])


ELSEWHERE = Clues(Kind.PARAGRAPH, length=40.0, links=Counter({"/x": 1}), opaque=Counter({"`a`": 2}))
HEADING, OTHER = Clues(Kind.HEADING, length=20.0), Clues(Kind.ITEM, length=90.0)


def elsewhere(count: int, *more: Clues) -> list[tuple[int, int]]:
    """The pairs that stand elsewhere, of two pages that have one text in common."""
    sources = [ELSEWHERE, *[HEADING] * count]
    targets = [*[OTHER] * count, ELSEWHERE, *more]
    pairs = pair_up(sources, targets, Likeness())
    return [(pair.source, pair.target) for pair in pairs if pair.moved]


def test_a_text_that_stands_elsewhere_is_found_once_and_among_very_many_not_at_all() -> None:
    assert elsewhere(60) == [(0, 60)]
    assert len(elsewhere(60, ELSEWHERE)) == 1
    assert elsewhere(501) == []
