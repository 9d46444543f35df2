"""`i18n status --live`: which texts pages say, whose they are, and which are like one of them."""

from __future__ import annotations

import pytest

from tests.stubs.site import CONFIG, Ran, Site

LIVE = ("status", "--lang", "ja", "--live")
SENTENCE = "A model reads tokens."


def shown(ran: Ran) -> list[dict[str, str]]:
    found = ran.part("live")
    assert isinstance(found, list)
    return found


def units(ran: Ran) -> set[str]:
    return {one["unit"] for one in shown(ran)}


@pytest.fixture
def corrected(reviewed: Site) -> Site:
    """The project with one text by a person."""
    reviewed.translate(SENTENCE, "モデルはトークンを読む。")
    reviewed.run("sync", "--lang", "ja")
    return reviewed


def test_live_texts_are_listed_with_their_origin(corrected: Site) -> None:
    ran = corrected.report(*LIVE, "--slug", "token")
    assert [(one["unit"], one["origin"], one["state"]) for one in shown(ran)] == [
        ("token/body", "human", "reviewed"),
        ("token/definition", "machine", "reviewed"),
        ("token/term", "machine", "reviewed"),
    ]
    out = corrected.run(*LIVE, "--slug", "token").out
    assert out.startswith("ja: 3 live texts: 1 human, 2 machine\n  token/body: モデルは")


def test_those_of_a_provider_are_found(corrected: Site) -> None:
    by_deepl = units(corrected.report(*LIVE, "--origin", "deepl"))
    assert by_deepl == units(corrected.report(*LIVE, "--origin", "machine"))
    assert "lora/term" in by_deepl
    assert "token/body" not in by_deepl
    assert units(corrected.report(*LIVE, "--origin", "human")) == {"token/body"}
    assert units(corrected.report(*LIVE, "--origin", "apertium")) == set()


def test_what_no_page_says_is_not_live(corrected: Site) -> None:
    corrected.translate(SENTENCE, "まだ出ていない。", fuzzy=True)
    assert "token/body" not in units(corrected.report(*LIVE))
    (corrected.root / "terms/ja/lora.md").unlink()
    assert not any(unit.startswith("lora/") for unit in units(corrected.report(*LIVE)))


def test_a_text_of_the_memory_is_the_memorys(corrected: Site) -> None:
    text = corrected.read("terms/en/token.md").replace("token", "word").replace("Token", "Word")
    corrected.write("terms/en/word.md", text.replace("A model reads words.", SENTENCE))
    corrected.run("sync", "--lang", "ja")
    corrected.review()
    corrected.run("sync", "--lang", "ja")
    assert units(corrected.report(*LIVE, "--origin", "memory")) == {"word/body", "word/definition"}
    like = shown(corrected.report(*LIVE, "--like", "token/body"))
    assert [(one["unit"], one["like"]) for one in like] == [("word/body", "same text")]


def test_texts_like_one_are_those_of_its_run_and_engine(corrected: Site) -> None:
    like = shown(corrected.report(*LIVE, "--like", "lora/definition"))
    assert {one["like"] for one in like} == {"same run"}
    assert "lora/definition" not in {one["unit"] for one in like}
    for path in sorted((corrected.root / ".i18n/receipts").rglob("*.jsonl")):
        path.unlink()
    like = shown(corrected.report(*LIVE, "--like", "lora/definition"))
    assert {one["like"] for one in like} == {"same engine"}


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_listed(corrected: Site) -> None:
    corrected.write("terms/ja/lora.md", "---\nterm: [\n---\n")
    ran = corrected.report(*LIVE)
    assert ran.code == 65
    assert ran.errors[0]["path"] == "terms/ja/lora.md"
    assert "token/term" in units(ran)


@pytest.mark.parametrize("words", [("--like", "tokn"), ("--slug", "tokn"), ("--lang", "fr")])
def test_what_makes_no_sense_is_refused(corrected: Site, words: tuple[str, str]) -> None:
    assert corrected.run(*LIVE, *words).code == 2


def test_drafts_that_are_published_are_live_too(drafted: Site) -> None:
    drafted.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    drafted.run("sync", "--lang", "ja")
    before = drafted.tree()
    states = {one["state"] for one in shown(drafted.report(*LIVE))}
    assert states == {"needs review"}
    assert drafted.tree() == before
