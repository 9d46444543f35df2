from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import Kind, Origin, Segment, Unit, draft_hash
from i18n_pipeline.stages.renaming import Rename, Renamed, Renamer, unmarked

ENTRIES = (
    Entry("token", "トークン", slug="token", forms=("トークン列",)),
    Entry("token limit", "トークン上限"),
    Entry("tokenizer", "トークナイザー"),
)


def renamer(old: str = "トークン", new: str = "詞元", locale: str = "ja") -> Renamer:
    terms = Glossary(ENTRIES if locale == "ja" else (Entry("token", old), Entry("token", new)))
    mine = tuple(entry for entry in terms.entries if entry.source == "token")
    return Renamer(Rename("token", old, new), terms, mine, locale)


def unit(source: str, target: str, *, context: str = "llm/body", reviewed: bool = True) -> Unit:
    return Unit(context, source, target, reviewed=reviewed)


def one(found: list[Renamed]) -> Renamed:
    (only,) = found
    return only


def over(rename: Renamer, *units: Unit, kind: Kind = Kind.PARAGRAPH) -> list[Renamed]:
    segments = {u.key: Segment(u.field, kind, u.source, markdown=True) for u in units}
    return list(rename.over(units, segments))


@pytest.mark.parametrize(
    ("source", "target", "after"),
    [
        ("Two tokens", "二つのトークン", "二つの詞元"),
        ("A [token](/glossary/token)", "[トークン](/トークン)", "[詞元](/トークン)"),
        ("A token: `token`", "トークン: `トークン`", "詞元: `トークン`"),
        ("A token and a token limit", "トークンとトークン上限", "詞元とトークン上限"),
        ("A token", "**トークン**とトークン", "**詞元**と詞元"),
    ],
)
def test_the_words_change_and_nothing_else(source: str, target: str, after: str) -> None:
    found = one(over(renamer(), unit(source, target)))
    assert (found.after.target, found.by_hand, found.after.reviewed) == (after, False, False)
    assert found.after.comments[0].startswith("i18n: renamed token: トークン → 詞元 (")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A word", "トークン"),
        ("A token", "一つの断片"),
        ("A tokenizer", "トークナイザー"),
        ("A token limit", "トークン上限"),
        ("A token", ""),
    ],
)
def test_texts_that_do_not_say_it_stay(source: str, target: str) -> None:
    assert over(renamer(), unit(source, target)) == []


@pytest.mark.parametrize(
    ("locale", "old", "new", "target"),
    [
        ("ja", "トークン", "詞元", "トークンと詞元"),
        ("de", "Token", "Marke", "Eine Tokenlänge"),
        ("es", "modelo base", "modelo fundacional", "los modelos base"),
    ],
)
def test_what_cannot_be_taken_back_is_left_to_a_person(
    locale: str, old: str, new: str, target: str
) -> None:
    found = one(over(renamer(old, new, locale), unit("A token", target)))
    assert found.by_hand
    assert (found.after.target, found.after.reviewed) == (target, False)


def test_the_first_letter_is_as_large_as_it_was() -> None:
    rename = renamer("modelo base", "modelo fundacional", "es")
    found = one(over(rename, unit("Token", "Modelo base y modelo base.")))
    assert found.after.target == "Modelo fundacional y modelo fundacional."


def test_names_and_keywords_of_the_term_are_its_own() -> None:
    keywords = unit("tokenization\nBPE", "トークン\nBPE", context="token/keywords")
    found = one(over(renamer(), keywords, kind=Kind.LIST))
    assert found.after.target == "詞元\nBPE"
    elsewhere = unit("tokenization\nBPE", "トークン\nBPE", context="llm/keywords")
    assert over(renamer(), elsewhere, kind=Kind.LIST) == []


def test_a_draft_that_nobody_touched_stays_a_draft() -> None:
    origin = Origin("machine draft by DeepL", draft_hash("トークン"))
    draft = Unit("llm/body", "A token", "トークン", origin=origin)
    found = one(over(renamer(), draft))
    assert found.after.is_draft
    assert one(over(renamer("詞元", "トークン"), found.after)).after == draft


def test_what_a_person_did_since_is_not_taken_back() -> None:
    renamed = one(over(renamer(), unit("A token", "トークンです"))).after
    accepted = unit("A token", renamed.target)
    accepted = Unit(
        accepted.context, accepted.source, accepted.target, reviewed=True, comments=renamed.comments
    )
    back = one(over(renamer("詞元", "トークン"), accepted))
    assert not back.undone
    assert back.after.target == "トークンです"
    assert len(back.after.comments) == 2
    assert unmarked(accepted).comments == ()
    assert unmarked(renamed) == renamed


def test_taking_back_leaves_alone_who_said_so_before() -> None:
    units = (unit("A token", "トークン"), unit("Two tokens", "詞元"))
    (renamed,) = over(renamer(), *units)
    inverse = renamer("詞元", "トークン")
    assert [found.after for found in over(inverse, renamed.after, units[1])] == [units[0]]
    accepted = replace(renamed.after, reviewed=True, comments=())
    found = over(inverse, accepted, units[1])
    assert [one.after.target for one in found] == ["トークン", "トークン"]


WORDS = st.sampled_from(
    [
        "トークン",
        "詞元",
        "トークン列",
        "トークン上限",
        " ",
        "の",
        "`トークン`",
        "[トークン](/トークン)",
        "**",
        "です",
    ]
)
SPACED = st.sampled_from(["Token", "token", "Marke", "Tokens", "Tokenlänge", " ", "die", "`Token`"])


@given(
    st.lists(WORDS, min_size=1, max_size=6).map("".join),
    st.booleans(),
    st.lists(st.sampled_from(["a remark", "i18n: off length: so"]), max_size=2, unique=True),
)
def test_the_inverse_gives_everything_back(target: str, reviewed: bool, remarks: list[str]) -> None:
    before = Unit("llm/body", "A token", target, reviewed=reviewed, comments=tuple(remarks))
    for found in over(renamer(), before):
        assert one(over(renamer("詞元", "トークン"), found.after)).after == before


@given(st.lists(SPACED, min_size=1, max_size=6).map("".join))
def test_the_inverse_gives_everything_back_between_spaces(target: str) -> None:
    before = unit("A token", target)
    for found in over(renamer("Token", "Marke", "de"), before):
        assert one(over(renamer("Marke", "Token", "de"), found.after)).after == before


@given(
    st.lists(WORDS, min_size=1, max_size=6).map("".join),
    st.sampled_from(["トークン", "詞", "詞元の詞元", "元トークン", "token"]),
)
def test_two_renames_are_taken_back_one_after_the_other(target: str, last: str) -> None:
    before = unit("A token", target)
    for first in over(renamer(), before):
        for second in over(renamer("詞元", last), first.after):
            back = one(over(renamer(last, "詞元"), second.after)).after
            assert back == first.after or second.undone
