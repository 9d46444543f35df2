"""A move changes links and lists that name the term, and the way back gives every byte back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Review, Unit, approved_hash
from i18n_pipeline.origins import fuzzy
from i18n_pipeline.stages.moving import Move, Moving
from i18n_pipeline.stages.moving_units import MovingUnits

RULES = Rules(Fields())
REWRITE = {"/glossary/{slug}": "/{locale}/glossary/{slug}"}
ADDRESSES = Addresses(REWRITE, "source", (), "ja", frozenset({"token", "piece", "lora"}))


def moving(old: str = "token", new: str = "piece", *, folder: str = "") -> Moving:
    return Moving(Move(old, new, folder + old, folder + new), (ADDRESSES,), RULES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("token", "piece"),
        ("token/", "piece/"),
        ("token.md", "piece.md"),
        ("./token#a", "./piece#a"),
        ("../token/", "../piece/"),
        ("../token/?x=token#token", "../piece/?x=token#token"),
        ("/glossary/token", "/glossary/piece"),
        ("/glossary/token/#a", "/glossary/piece/#a"),
        ("/ja/glossary/token", "/ja/glossary/piece"),
    ],
)
def test_addresses_of_the_term_lead_to_its_new_slug(before: str, after: str) -> None:
    assert moving().relink("lora")(before) == after
    assert moving("piece", "token").relink("lora")(after) == before


@pytest.mark.parametrize(
    "address",
    [
        "tokens", "token-b", "a-token", "token.png", "token/part", "/token", "//token", "#token",
        "?token", "https://example.org/token", "mailto:token", "/de/glossary/token", "../a/token",
        "", "/", "..", ".md", "token.md/",
    ],
)  # fmt: skip
def test_other_addresses_stay(address: str) -> None:
    assert moving().relink("lora")(address) == address


def test_a_page_in_a_folder_is_reached_from_where_it_stands() -> None:
    relink = moving(folder="basics/").relink("methods/lora")
    assert relink("../basics/token.md") == "../basics/piece.md"
    assert relink("../../basics/token/") == "../../basics/piece/"
    assert relink("basics/token") == "basics/piece"
    assert relink("../other/token.md") == "../other/token.md"


words = st.sampled_from(["token", "a `token`", "*tokens*", "\\|", "次の", "&amp;", "x < y"])
links = st.builds(
    "[{}]({}{}{})".format,
    words,
    st.sampled_from(["", "../", "./", "/glossary/", "/ja/glossary/", "/other/", "https://a.b/"]),
    st.sampled_from(["token", "tokens", "lora"]),
    st.sampled_from(["", "/", ".md", "#a", "?b#c", ' "token"']),
)
spans = st.one_of(words, links)
lines = st.lists(spans, min_size=1, max_size=4).map(" ".join)
blocks = st.one_of(
    st.lists(lines, min_size=1, max_size=3).map("\n".join),
    lines.map("# {}".format),
    st.lists(lines, min_size=1, max_size=3).map(lambda each: "\n".join(f"- {one}" for one in each)),
    st.lists(lines, min_size=1, max_size=3).map(lambda each: "\n".join(f"> {one}" for one in each)),
    lines.map("| a | b |\n|---|---|\n| {} | token |".format),
    st.just("```\n[token](token)\n```"),
    st.just("[ref]: /glossary/token 'token'"),
)
bodies = st.lists(blocks, max_size=6).map("\n\n".join)
related = st.sampled_from(["[token]", "[ lora,  'token' ]", "\n  - token\n  - lora", "token", "[]"])


@given(bodies, related, st.sampled_from(["\n", "\r\n"]))
def test_the_way_back_gives_every_byte_back(body: str, lists: str, eol: str) -> None:
    head = f"---\nterm: T\nslug: lora\nlang: ja\nrelated: {lists} # token\n---\n"
    head = head.replace(" # token", "") if "\n  -" in lists else head
    data = f"{head}\n{body}\n".replace("\n", eol).encode()
    file = read_term(data, RULES, "lora", "ja")
    moved = moving().file(file, "lora")
    assert named(moved) == ["piece" if one == "token" else one for one in named(file)]
    assert [one.kind for one in moved.segments] == [one.kind for one in file.segments]
    assert moving("piece", "token").file(moved, "lora").data == data


def named(file: TermFile) -> list[str]:
    return list(file.list_items("related"))


def test_a_link_whose_place_in_folded_lines_is_not_certain_is_written_with_its_text_alone() -> None:
    # a text of so many words is written in one line, unless only an address in it is replaced
    long = "eins zwei\n" * 600 + "[乙](用語)"
    data = f"---\nslug: lora\nlang: ja\n---\n\n[甲](用語)の用\n語。\n\n{long}\n"
    file = read_term(data.encode(), RULES, "lora", "ja")
    moved = moving("用語", "語句").file(file, "lora")
    assert moved.data.decode() == data.replace("(用語)", "(語句)")


def test_a_slug_with_which_a_page_would_read_otherwise_is_refused() -> None:
    data = b"---\nslug: lora\nlang: ja\n---\n\n| a |\n|---|\n| [x](token) |\n"
    file = read_term(data, RULES, "lora", "ja")
    with pytest.raises(BadFile) as refused:
        moving("token", "pie|ce").file(file, "lora")
    assert refused.value.problem.code == "would-not-read-back"


UNIT = Unit("token/body", "See [it](token).", "[それ](token)。", reviewed=True)


def moved_unit(unit: Unit) -> Unit:
    moves = MovingUnits(
        moving(), {}, {}, {}, ("token.md", "piece.md"), ("https://a.b/token", "https://a.b/piece")
    )
    return moves.unit(unit)


def test_a_unit_that_moves_is_still_approved_by_who_approved_it() -> None:
    review = Review("Aiko", approved_hash(UNIT.source, UNIT.target))
    moved = moved_unit(replace(UNIT, review=review))
    assert (moved.context, moved.source, moved.target) == (
        "piece/body", "See [it](piece).", "[それ](piece)。",
    )  # fmt: skip
    assert moved.reviewer == "Aiko"
    assert moved_unit(replace(UNIT, review=Review("Aiko", "0" * 12))).reviewer == ""


def test_a_draft_that_moves_is_still_one_and_names_the_text_it_is_made_of() -> None:
    draft = replace(UNIT, reviewed=False, origin=fuzzy(93, "token/definition", UNIT.target))
    moved = moved_unit(draft)
    assert moved.origin == fuzzy(93, "piece/definition", moved.target)
    assert moved.is_draft
    other = replace(draft, origin=fuzzy(93, "lora/token", UNIT.target))
    assert moved_unit(other).origin == fuzzy(93, "lora/token", moved.target)


def test_the_page_of_a_term_that_moves_is_told_by_its_new_address() -> None:
    noted = replace(UNIT, notes=("Page: https://a.b/token", "paragraph"))
    assert moved_unit(noted).notes == ("Page: https://a.b/piece", "paragraph")
    elsewhere = replace(noted, context="lora/body")
    assert moved_unit(elsewhere).notes == noted.notes
