"""What a page says is not always what a person meant: it is asked about, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import Site

PAGE = "terms/ja/token.md"
BUILT = "terms/ja/fine-tuning.md"
SYNC = ("sync", "--lang", "ja")
SENTENCE = "⟦ja:A model reads tokens⟧."
DEFINITION = '"⟦ja:A piece of text⟧."'


def says(site: Site) -> str:
    """What the review file says of the sentence, if somebody reviewed it."""
    unit = site.unit("token/body", "A model")
    return "" if unit.fuzzy else unit.msgstr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A model reads tokens.", "it says what the source says"),
        ("TODO: translate", "it is a note that something is to be done"),
        ("⟦ja:A model re", "it breaks off"),
        ("⟦ja:A piece of text⟧.", "another text of the page says that"),
        ("文", "says much less than before"),
    ],
)
def test_an_edit_that_may_be_a_mistake_waits_beside_the_reviewed_text(
    reviewed: Site, text: str, why: str
) -> None:
    reviewed.change(PAGE, SENTENCE, text)
    page = reviewed.read(PAGE)
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert why in ran.out
    assert says(reviewed) == SENTENCE
    assert reviewed.read(PAGE) == page
    before = reviewed.tree()
    assert reviewed.run(*SYNC).code == 3
    assert reviewed.tree() == before
    assert reviewed.run("resolve", "token/body", "--use", "po").code == 0
    assert reviewed.run(*SYNC).code == 0
    assert SENTENCE in reviewed.read(PAGE)


def test_who_meant_it_says_so(reviewed: Site) -> None:
    reviewed.change(PAGE, SENTENCE, "A model reads tokens.")
    assert reviewed.run(*SYNC).code == 3
    assert reviewed.run("resolve", "token/body", "--use", "file").code == 0
    assert reviewed.run(*SYNC).code == 0
    assert says(reviewed) == "A model reads tokens."


def test_a_rejected_text_does_not_come_back_by_way_of_a_page(reviewed: Site) -> None:
    assert reviewed.run("reject", "--unit", "token/body", "--lang", "ja").code == 0
    reviewed.translate("A model reads tokens.", "モデルはトークンを読む。")
    assert reviewed.run(*SYNC).code == 0
    reviewed.change(PAGE, "モデルはトークンを読む。", SENTENCE)
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "it was rejected" in ran.out
    assert says(reviewed) == "モデルはトークンを読む。"


def test_a_page_that_is_put_back_as_we_once_wrote_it_is_built_anew(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("as it was drafted")
    reviewed.translate("A model reads tokens.", "モデルはトークンを読む。")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("reviewed")
    page = reviewed.read(PAGE)
    repository.git("checkout", "HEAD~1", "--", "terms/ja")
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert "it is as we wrote it before" in ran.out
    assert says(reviewed) == "モデルはトークンを読む。"
    assert reviewed.read(PAGE) == page


def test_a_text_that_stood_in_the_page_before_waits_beside_the_one_since(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("as it was drafted")
    reviewed.translate("A model reads tokens.", "モデルはトークンを読む。")
    assert reviewed.run(*SYNC).code == 0
    repository.commit("reviewed")
    reviewed.change(PAGE, "モデルはトークンを読む。", SENTENCE)
    reviewed.change(PAGE, DEFINITION, "文の一部です。")
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "it stood there before, and something else since" in ran.out
    assert says(reviewed) == "モデルはトークンを読む。"
    assert reviewed.unit("token/definition", "A piece").msgstr == "文の一部です。"


def test_a_copy_of_the_source_in_place_of_a_page_is_left_alone_as_a_whole(reviewed: Site) -> None:
    before = reviewed.read("locales/ja/terms.po")
    reviewed.write(BUILT, reviewed.read("terms/en/fine-tuning.md"))
    assert reviewed.run(*SYNC).code == 65, "it says that it is English"
    reviewed.change(BUILT, "lang: en", "lang: ja")
    copy = reviewed.read(BUILT)
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "edited texts are in doubt, most since it says what the source says" in ran.out
    assert reviewed.read("locales/ja/terms.po") == before
    assert reviewed.read(BUILT) == copy
    assert "⟦ja:Methods⟧" in reviewed.read("terms/ja/lora.md")
    reviewed.root.joinpath(BUILT).unlink()
    assert reviewed.run(*SYNC).code == 0
    assert "⟦ja:It costs less than training⟧." in reviewed.read(BUILT)
