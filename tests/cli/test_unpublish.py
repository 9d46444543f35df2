"""`i18n unpublish`: a page goes back to its last reviewed bytes, or away, and stays there."""

from __future__ import annotations

import shutil

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.failing import MOVE, Calls, Refusing
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, TOKENS, Ran, Site

SYNC = ("sync", "--lang", "ja")
BACK = ("unpublish", "token", "--lang", "ja")
PAGE = "terms/ja/token.md"
LOCK = "locales/ja/terms.lock"
PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."


def state(site: Site, context: str = "token/body", source: str = SENTENCE) -> tuple[str, bool]:
    entry = site.unit(context, source)
    return entry.msgstr, entry.fuzzy


def part(ran: Ran, name: str) -> object:
    return ran.part(name)


@pytest.fixture
def published(site: Site, deepl: Stub) -> Site:
    """A project that publishes drafts, in git."""
    site.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    site.ask(deepl)
    assert site.run(*SYNC).code == 0
    assert (site.root / PAGE).exists()
    return site


def test_a_page_of_drafts_goes_away_and_no_sync_brings_it_back(published: Site) -> None:
    Repository(published.root).commit("drafts")
    ran = published.run(*BACK)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "ja: token: taken away\n"
        "  held: no sync builds it before everything in it is reviewed\n"
        f"  wrote {LOCK}\n  wrote {PO}\n  wrote {PAGE}\n"
    )
    assert not (published.root / PAGE).exists()
    before = published.tree()
    ran = published.run(*SYNC, "--publish", "drafts")
    assert ran.code == 0
    assert "  taken back, not built before everything in it is reviewed: token\n" in ran.out
    assert published.tree() == before
    assert "Page taken back" in published.unit("token/body", SENTENCE).comment
    assert "Page taken back" not in published.unit("lora/term", "LoRA").comment


def test_a_held_page_is_built_when_all_of_it_is_reviewed(published: Site) -> None:
    published.run(*BACK)
    published.translate(SENTENCE, "モデルはトークンを読む。")
    published.run(*SYNC)
    assert not (published.root / PAGE).exists()
    published.review()
    ran = published.run(*SYNC)
    assert "taken back" not in ran.out
    assert "モデルはトークンを読む。" in published.read(PAGE)
    assert "held=" not in published.read(LOCK)
    assert "Page taken back" not in published.read(PO)
    before = published.tree()
    assert published.run(*SYNC).code == 0
    assert published.tree() == before


def test_a_page_of_drafts_goes_back_to_what_was_reviewed_last(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("reviewed")
    good = reviewed.read(PAGE)
    reviewed.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    reviewed.change("terms/en/token.md", SENTENCE, "A model writes tokens, too.\n\nAnd more.")
    reviewed.run(*SYNC)
    repository.commit("a draft is live")
    assert reviewed.read(PAGE) != good
    ran = reviewed.report(*BACK)
    assert ran.code == 0
    assert part(ran, "restored") == repository.git("rev-parse", "HEAD~1").strip()
    assert part(ran, "sent_back") == []
    assert reviewed.read(PAGE) == good
    before = reviewed.tree()
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.tree() == before
    reviewed.review()
    reviewed.run(*SYNC)
    assert "And more" in reviewed.read(PAGE)
    assert "held=" not in reviewed.read(LOCK)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("reviewed", "reviewed): all of it reviewed\n"),
        ("", "the page does not): reviewed, in part for an older source\n"),
    ],
)
def test_a_page_that_was_behind_its_source_is_not_told_as_reviewed_for_it(
    reviewed: Site, first: str, told: str
) -> None:
    repository = Repository(reviewed.root)
    if first:
        repository.commit(first)
    good = reviewed.read(PAGE)
    reviewed.change("terms/en/token.md", SENTENCE, "A model never reads tokens.")
    reviewed.run(*SYNC)
    repository.commit("the source says something else, the page does not")
    reviewed.review({"A model never reads tokens.": "モデルはトークンを読まない。"})
    reviewed.run(*SYNC)
    repository.commit("both say it")
    ran = reviewed.run(*BACK)
    assert (reviewed.read(PAGE), ran.code) == (good, 0)
    assert told in ran.out


def test_a_draft_that_was_approved_as_it_is_counts_as_reviewed_from_then_on(
    published: Site,
) -> None:
    repository = Repository(published.root)
    repository.commit("drafts")
    drafts = published.read(PAGE)
    published.review()
    repository.commit("approved, and nothing built since")
    published.run(*SYNC)
    repository.commit("built")
    assert published.read(PAGE) == drafts
    published.change("terms/en/token.md", SENTENCE, "A model writes tokens.\n\nAnd more.")
    published.run(*SYNC)
    repository.commit("drafts again")
    assert published.run(*BACK).code == 0
    assert published.read(PAGE) == drafts


def test_a_text_that_was_corrected_and_never_built_is_not_what_the_page_said(
    published: Site,
) -> None:
    repository = Repository(published.root)
    repository.commit("drafts")
    published.review({SENTENCE: "モデルはトークンを読む。"})
    repository.commit("corrected, and nothing built since")
    published.run(*SYNC)
    published.change("terms/en/token.md", SENTENCE, "A model writes tokens.\n\nAnd more.")
    published.run(*SYNC)
    repository.commit("built and edited at once")
    assert "taken away" in published.run(*BACK).out


def test_a_reviewed_page_goes_back_one_version_and_its_units_to_review(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("reviewed")
    first = reviewed.read(PAGE)
    reviewed.translate(SENTENCE, "まちがい。")
    reviewed.run(*SYNC)
    repository.commit("approved by mistake")
    assert "まちがい。" in reviewed.read(PAGE)
    ran = reviewed.report(*BACK)
    assert ran.code == 0
    assert part(ran, "sent_back") == ["token/body", "token/definition", "token/term"]
    assert reviewed.read(PAGE) == first
    assert state(reviewed) == ("まちがい。", True)
    reviewed.run(*SYNC)  # the name is no required term any more, so a note about it goes
    before = reviewed.tree()
    assert reviewed.run(*SYNC, "--publish", "drafts").code == 0
    assert reviewed.tree() == before
    assert reviewed.read(PAGE) == first
    reviewed.review({SENTENCE: "ただしい。"})
    reviewed.run(*SYNC)
    assert "ただしい。" in reviewed.read(PAGE)


def test_undone_the_units_are_reviewed_again_and_the_page_is_built(reviewed: Site) -> None:
    before = reviewed.contents()
    assert reviewed.run(*BACK).code == 0
    assert not (reviewed.root / PAGE).exists()
    reviewed.run(*SYNC)
    ran = reviewed.report(*BACK, "--undo")
    assert (ran.code, part(ran, "reviewed_again")) == (
        0,
        ["token/body", "token/definition", "token/term"],
    )
    reviewed.run(*SYNC)
    assert reviewed.contents() == before


def test_what_a_person_wrote_meanwhile_is_not_reviewed_by_an_undo(reviewed: Site) -> None:
    reviewed.run(*BACK)
    reviewed.translate(SENTENCE, "あたらしい。", fuzzy=True)
    ran = reviewed.report(*BACK, "--undo")
    assert part(ran, "reviewed_again") == ["token/definition", "token/term"]
    assert state(reviewed) == ("あたらしい。", True)


def test_away_takes_it_away_whatever_was_there_before(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("reviewed")
    reviewed.translate(SENTENCE, "まちがい。")
    reviewed.run(*SYNC)
    repository.commit("approved by mistake")
    assert reviewed.run(*BACK, "--away").code == 0
    assert not (reviewed.root / PAGE).exists()


def test_outside_of_git_it_goes_away_and_that_is_said(reviewed: Site) -> None:
    ran = reviewed.run(*BACK)
    assert "ja: token: taken away; this is no git repository\n" in ran.out


def test_a_dry_run_writes_nothing(reviewed: Site) -> None:
    before = reviewed.tree()
    ran = reviewed.report(*BACK, "--dry-run")
    assert (ran.code, part(ran, "written")) == (0, [LOCK, PO, PAGE])
    assert reviewed.tree() == before


def test_the_hold_survives_a_merge_with_a_branch_that_built_another_term(
    published: Site,
) -> None:
    repository = Repository(published.root)
    repository.commit("drafts")
    repository.git("checkout", "-q", "-b", "other")
    published.change("terms/en/lora.md", "- fast", "- quick")
    published.run(*SYNC)
    repository.commit("lora")
    repository.git("checkout", "-q", "main")
    published.run(*BACK)
    repository.commit("token is taken back")
    assert repository.merge("other")
    before = published.tree()
    assert published.run(*SYNC).code == 0
    assert published.tree() == before
    assert not (published.root / PAGE).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("edited", "somebody edited it since it was built"),
        ("foreign", "it is a person's file, not adopted"),
        ("marked", "it is left to people (manual)"),
    ],
)
def test_a_persons_page_is_refused_with_the_reason(reviewed: Site, change: str, said: str) -> None:
    if change == "edited":
        reviewed.write(PAGE, reviewed.read(PAGE) + "\n追加。\n")
    if change == "foreign":
        (reviewed.root / LOCK).unlink()
    if change == "marked":
        reviewed.write("i18n.toml", CONFIG + '[locale.ja]\nmanual = ["token"]\n')
    before = reviewed.tree()
    ran = reviewed.run(*BACK)
    assert (ran.code, said in ran.out) == (3, True), ran.out
    assert reviewed.tree() == before
    assert reviewed.run(*BACK, "--undo").code == 3


OWN = {
    "a block of its own (line 12)": lambda page: page + "\n日本語だけの段落。\n",
    "a block made otherwise (line 12)": lambda page: page + "\n```\nprint(2)\n```\n",
    "its own `author`": lambda page: page.replace("slug: token", "slug: token\nauthor: 花子"),
    "its own `related`": lambda page: page.replace("related: []", "related: [lora]"),
}


@pytest.mark.parametrize("what", OWN)
def test_a_page_with_what_only_it_has_is_taken_away_by_no_run(reviewed: Site, what: str) -> None:
    if "otherwise" in what:
        reviewed.write("terms/en/token.md", TOKENS + "\n```\nprint(1)\n```\n")
        reviewed.run(*SYNC)
        reviewed.write(PAGE, reviewed.read(PAGE).replace("\n```\nprint(1)\n```\n", ""))
    reviewed.write(PAGE, OWN[what](reviewed.read(PAGE)))
    reviewed.run(*SYNC)
    before = reviewed.tree()
    for command in (BACK, (*BACK, "--away"), (*BACK, "--dry-run")):
        ran = reviewed.run(*command)
        assert (ran.code, f"it alone has {what}; if that may go" in ran.out) == (3, True), ran.out
    assert reviewed.tree() == before
    (reviewed.root / PAGE).unlink()
    assert reviewed.run(*BACK).code == 0
    reviewed.run(*SYNC)
    assert not (reviewed.root / PAGE).exists()


@pytest.mark.parametrize("what", OWN)
def test_where_orphans_are_deleted_one_with_what_only_it_has_is_kept(
    reviewed: Site, what: str
) -> None:
    reviewed.write("i18n.toml", CONFIG + '[build]\norphan = "delete"\n')
    if "otherwise" in what:
        reviewed.write("terms/en/token.md", TOKENS + "\n```\nprint(1)\n```\n")
        reviewed.run(*SYNC)
        reviewed.write(PAGE, reviewed.read(PAGE).replace("\n```\nprint(1)\n```\n", ""))
    reviewed.write(PAGE, OWN[what](reviewed.read(PAGE)))
    reviewed.run(*SYNC)
    page = reviewed.read(PAGE)
    (reviewed.root / "terms/en/token.md").unlink()
    ran = reviewed.run(*SYNC)
    assert f"{PAGE} is not deleted, since it alone has {what}" in ran.out
    assert reviewed.read(PAGE) == page
    (reviewed.root / "terms/en/lora.md").unlink()
    reviewed.run(*SYNC)
    assert not (reviewed.root / "terms/ja/lora.md").exists()


def test_a_page_goes_back_to_one_that_has_its_own_paragraph_too(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    reviewed.write(PAGE, reviewed.read(PAGE) + "\n日本語だけの段落。\n")
    reviewed.run(*SYNC)
    repository.commit("with a paragraph")
    good = reviewed.read(PAGE)
    reviewed.translate(SENTENCE, "モデルはトークンを読む。")
    reviewed.run(*SYNC)
    repository.commit("and a text")
    assert reviewed.run(*BACK).code == 0
    assert reviewed.read(PAGE) == good


def test_a_term_that_nobody_knows_is_a_mistake(reviewed: Site) -> None:
    ran = reviewed.run("unpublish", "tokn", "--lang", "ja")
    assert (ran.code, "did you mean token?" in ran.err) == (2, True)


def test_a_live_text_that_was_sent_back_to_review_is_told(reviewed: Site) -> None:
    target, _ = state(reviewed)
    reviewed.translate(SENTENCE, target, fuzzy=True)
    page = reviewed.read(PAGE)
    ran = reviewed.run("status", "--lang", "ja")
    assert "  1 text that is live waits for review again (--verbose names them)\n" in ran.out
    out = reviewed.run("status", "--lang", "ja", "--verbose").out
    assert "review again\n    token/body\n" in out
    assert reviewed.report(*SYNC).part("live_again") == ["token/body"]
    assert reviewed.report(*SYNC).part("live_again") == ["token/body"]
    assert reviewed.read(PAGE) == page
    reviewed.translate(SENTENCE, "べつの文。", fuzzy=True)
    assert reviewed.report(*SYNC).part("live_again") == []


def test_a_text_whose_source_changed_is_no_text_sent_back(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", SENTENCE, "A model reads many tokens.")
    assert reviewed.report(*SYNC).part("live_again") == []


def test_a_run_that_could_not_write_the_review_file_is_finished_by_the_same_command(
    reviewed: Site,
) -> None:
    twin = Site(reviewed.root.with_name("twin"))
    shutil.copytree(reviewed.root, twin.root)
    assert twin.run(*BACK).code == 0
    with Calls(reviewed.root, Refusing(MOVE, "terms.po")).counted():
        assert reviewed.run(*BACK).code == 73
    assert reviewed.run(*BACK).code == 0
    assert reviewed.contents() == twin.contents()
