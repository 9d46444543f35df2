"""Which text of an edited page is which of those that we left there."""

from __future__ import annotations

import pytest

from i18n_pipeline.stages.taking.matching import Item, matched, moved

A = "モデルは文をトークンに分けて読み、その順に意味を考えます。"
B = "学習には多くの文書と時間と計算機が要り、費用もかかります。"
C = "小さな層だけを訓練すれば、同じ結果をはるかに安く得られます。"
D = "この段落は日本語の読者のためだけに書かれた補足の説明です。"


def items(texts: list[str | None], sort: str = "paragraph") -> list[Item]:
    return [Item(text or object(), sort, text) for text in texts]


def edited(text: str) -> str:
    return text.replace("。", "のです。")


CASES = {
    "nothing": ([A, B], [A, B], {0: 0, 1: 1}),
    "one edited": ([A, B, C], [A, edited(B), C], {0: 0, 1: 1, 2: 2}),
    "one written anew": ([A, B, C], [A, D, C], {0: 0, 1: 1, 2: 2}),
    "all written anew, in their places": ([A, B], [C, D], {0: 0, 1: 1}),
    "one taken out": ([A, B, C], [A, C], {0: 0, 1: 2}),
    "one taken out, its neighbour edited": ([A, B, C], [edited(B), C], {0: 1, 1: 2}),
    "one added": ([A, B], [A, D, B], {0: 0, 2: 1}),
    "one added, its neighbour edited": ([A, B], [D, edited(A), B], {1: 0, 2: 1}),
    "one taken out, another added elsewhere": ([A, B], [edited(B), D], {0: 1}),
    "one copied, and both edited": ([A, B], [A[:-1] + "よ。", A[:-6] + "か。", B], {0: 0, 2: 1}),
    "one divided": ([A, B], [A[:14], A[14:], B], {2: 1}),
    "one divided, the next taken out": ([A, B], [A[:14], A[14:]], {}),
    "two joined": ([A, B, C], [A + B, C], {1: 2}),
    "two exchanged": ([A, B, C], [B, A, C], {0: 1, 2: 2}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_certain_is_found_and_nothing_else(name: str) -> None:
    old, new, expected = CASES[name]
    found = dict(matched(items(list(old)), items(list(new))))
    if name == "two exchanged":  # one of them stays in its place, it does not matter which
        assert found in ({0: 1, 2: 2}, {1: 0, 2: 2})
    else:
        assert found == expected


def test_other_sorts_are_never_taken_for_each_other() -> None:
    assert matched(items([A]), items([edited(A)], "heading")) == {}


def test_what_is_not_known_counts_for_its_place_only_where_nothing_came_or_went() -> None:
    unknown = items([None, None])
    assert matched(unknown, items([A, B])) == {0: 0, 1: 1}
    assert matched(unknown, items([A, B, C])) == {}


def test_a_page_of_many_texts_written_anew_takes_no_time_worth_mentioning() -> None:
    old = items([f"{n} {A}" for n in range(2000)])
    new = items([f"{B} {n}" for n in range(1999)])
    assert matched(old, new) == {}


def test_of_very_many_that_stand_elsewhere_none_is_guessed() -> None:
    few, many = ([chr(0x4E00 + n) * 20 for n in range(count)] for count in (3, 21))
    for texts, known in ((few, True), (many, False)):
        old, new = items([*texts]), items([*reversed(texts)])
        assert bool(moved(old, new, {})) is known
