"""Two versions of a page as one: texts and blocks of both sides, and nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from i18n_pipeline.config import read_config
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.stages.merging import Pages, left_out, merge_pages

FIELDS = read_config('source = "en"\ntargets = ["ja"]\n').base.fields
read = partial(read_term, rules=Rules(FIELDS), slug="lora", locale="ja")

PAGE = """\
---
term: "LoRA"   # the name
slug: lora
lang: ja
category: 手法
definition: "安い調整。"
related: [a, b]
date: 2026-01-01
---

## 概要

小さな層を
学習する。

- 安い
- 速い

```python
train()
```

終わり。
"""


def merged(ours: str, theirs: str, base: str = PAGE) -> str | None:
    pages = Pages(*(read(text.encode()) for text in (base, ours, theirs)))
    data = merge_pages(pages, FIELDS, read)
    return None if data is None else data.decode()


def changed(*pairs: tuple[str, str], page: str = PAGE) -> str:
    for old, new in pairs:
        assert page.count(old) == 1
        page = page.replace(old, new)
    return page


ONE = [
    ('"LoRA"', '"ローラ"'),
    ('"安い調整。"', '"安価な調整。"'),
    ("小さな層を\n学習する。", "薄い層を\n学習する。"),
    ("- 安い", "- 安価"),
    ("train()", "train(model)"),
    ("終わり。\n", "終わり。\n\nもう一つ。\n"),
    ("## 概要\n", "はじめに。\n\n## 概要\n"),
    ("```python\ntrain()\n```\n\n", ""),
    ("2026-01-01", "2026-02-02"),
    ("related: [a, b]\n", "related: [a, b, c]\n"),
    ("slug: lora\n", "slug: lora\nreading: ろーら\n"),
    ("category: 手法\n", ""),
    ("  # the name", "  # a name"),
]


@pytest.mark.parametrize("change", ONE)
def test_what_changed_on_one_side_is_taken_with_its_bytes(change: tuple[str, str]) -> None:
    page = changed(change)
    assert merged(page, PAGE) == page
    taken = merged(PAGE, page)
    # comments and quotes in front matter are for lines to merge
    assert taken == (None if "name" in change[1] else page)


CODE = "train()"
PAIRS = [
    (one, other)
    for one in ONE[:-1]
    for other in ONE[:-1]
    if one is not other and not (CODE in one[0] and CODE in other[0])
]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_two_changes_of_different_things_are_both_there(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    both = merged(changed(ours), changed(theirs))
    assert both == changed(ours, theirs)


def test_of_two_texts_in_one_place_ours_stays_and_the_other_is_told_of() -> None:
    ours = changed(("終わり。", "おしまい。"), ('"LoRA"', '"A"'))
    theirs = changed(("終わり。", "完。"), ('"LoRA"', '"B"'), ("- 速い", "- 迅速"))
    both = merged(ours, theirs)
    assert both == changed(("終わり。", "おしまい。"), ('"LoRA"', '"A"'), ("- 速い", "- 迅速"))
    pages = Pages(*(read(text.encode()) for text in (PAGE, ours, theirs)))
    assert left_out(pages, read((both or "").encode())) == ("B", "完。")


def test_lists_of_slugs_meet_item_by_item() -> None:
    both = merged(changed(("[a, b]", "[a, b, c]")), changed(("[a, b]", "[b, d]")))
    assert both == changed(("[a, b]", "[b, c, d]"))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("2026-01-01", "2026-02-02"), ("2026-01-01", "2026-03-03")),
        (("train()", "train(a)"), ("train()", "train(b)")),
        (("終わり。\n", "終わり。\n\n甲。\n"), ("終わり。\n", "終わり。\n\n乙。\n")),
        (("終わり。\n", ""), ("終わり。", "完。")),
    ],
)
def test_where_both_changed_what_is_no_text_nothing_is_guessed(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    assert merged(changed(ours), changed(theirs)) is None


def test_line_ends_are_ours() -> None:
    ours = changed(("- 安い", "- 安価")).replace("\n", "\r\n")
    both = merged(ours, changed(("- 速い", "- 迅速")))
    assert both == changed(("- 安い", "- 安価"), ("- 速い", "- 迅速")).replace("\n", "\r\n")


def test_what_both_changed_alike_stays_beside_what_one_changed() -> None:
    date = ("2026-01-01", "2026-02-02")
    assert merged(changed(date), changed(date, ("終わり。", "完。"))) == changed(
        date, ("終わり。", "完。")
    )
    assert merged(changed(date, ("[a, b]", "[a]")), changed(date)) == changed(
        date, ("[a, b]", "[a]")
    )


def test_texts_of_one_table_are_merged_one_by_one() -> None:
    page = PAGE.replace("lang: ja\n", "lang: ja\nseo:\n  title: 題\n  words: 語\n")
    one, other = ("title: 題", "title: 表題"), ("words: 語", "words: 単語")
    both = merged(changed(one, page=page), changed(other, page=page), page)
    assert both == changed(one, other, page=page)


BARE = Rules(replace(FIELDS, slug="", locale=""))


def bare(base: str, ours: str, theirs: str) -> str | None:
    known = partial(read_term, rules=BARE, slug="lora", locale="ja")
    data = merge_pages(Pages(*(known(one.encode()) for one in (base, ours, theirs))), FIELDS, known)
    return None if data is None else data.decode()


def test_pages_without_front_matter_are_merged_and_one_that_gets_some_is_for_the_lines() -> None:
    page = "一。\n\n二。\n"
    assert bare(page, "一つ。\n\n二。\n", "一。\n\n二つ。\n") == "一つ。\n\n二つ。\n"
    front = "---\nterm: A\n---\n"
    assert bare(page, f"{front}{page}", "一。\n\n二つ。\n") == f"{front}一。\n\n二つ。\n"
    assert bare(page, "一つ。\n\n二。\n", f"{front}{page}") is None


def test_a_page_that_would_not_read_is_no_merge() -> None:
    def refuse(_data: bytes) -> TermFile:
        raise BadFile("yaml", "it cannot be read")

    pages = Pages(*(read(text.encode()) for text in (PAGE, PAGE, changed(("終わり。", "完。")))))
    assert merge_pages(pages, FIELDS, refuse) is None
