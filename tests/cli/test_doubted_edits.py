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
        ("TODO: translate", "it says that something is to be done"),
        ("⟦ja:A model re", "it breaks off"),
        ("⟦ja:A piece of text⟧.", "another text of the page says that"),
        ("モデルはトークンを読む。要確認", "it says that something is to be done"),
        ("ãƒ¢ãƒ‡ãƒ«ã¯ãƒˆãƒ¼ã‚¯ãƒ³", "was read in the wrong encoding"),
        ("モデルはト\ufffdクンを読む。", "a character was lost"),
        ("⟦ja:Only small layers are trained⟧.", "it is the translation of another text"),
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


def test_a_page_that_was_saved_in_another_encoding_is_left_alone(reviewed: Site) -> None:
    texts = {
        "A model reads tokens.": "Größere Modelle lesen auch die Wörter später.",
        "A piece of text.": "Ein Stück für größere Wörter.",
        "Token": "Wörter-Stück",
    }
    for source, text in texts.items():
        reviewed.translate(source, text)
    assert reviewed.run(*SYNC).code == 0
    page = reviewed.read(PAGE).encode()
    reviewed.write(PAGE, page.decode("cp1252"))
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "was read in the wrong encoding" in ran.out
    for source, text in texts.items():
        assert [u.msgstr for u in reviewed.po() if u.msgid == source] == [text]


def test_a_field_that_was_taken_out_is_told(reviewed: Site) -> None:
    reviewed.change(PAGE, "definition: " + DEFINITION + "\n", "")
    assert "`definition` is not as it was, and not taken in" in reviewed.run(*SYNC).out


def test_another_terms_page_in_place_of_a_page_is_left_alone(reviewed: Site) -> None:
    source = "terms/en/qlora.md"
    text = reviewed.read("terms/en/lora.md").replace("slug: lora", "slug: qlora")
    for old, new in (
        ("LoRA", "QLoRA"),
        ("cheap way", "cheaper way"),
        ("small layers", "frozen layers"),
    ):
        text = text.replace(old, new)
    reviewed.write(
        source,
        text.replace("- cheap", "- even cheaper than that").replace("- fast", "- slower than that"),
    )
    reviewed.run(*SYNC)
    reviewed.review()
    assert reviewed.run(*SYNC).code == 0
    po = reviewed.read("locales/ja/terms.po")
    page = reviewed.read("terms/ja/qlora.md").replace("slug: qlora", "slug: lora")
    reviewed.write("terms/ja/lora.md", page)
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "most since it is the translation of another text" in ran.out
    assert reviewed.read("locales/ja/terms.po") == po


MARKED = "<<<<<<<< HEAD:a.md\n{}\n========\n{}\n>>>>>>>> main:b.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PAGE, SENTENCE),
        (PAGE, "definition: " + DEFINITION),
        ("terms/en/token.md", "A model reads tokens."),
        ("terms/en/token.md", "category: Basics"),
    ],
)
def test_longer_conflict_markers_are_no_text(reviewed: Site, path: str, text: str) -> None:
    reviewed.change(path, text, MARKED.format(text, text.replace("e", "i")))
    before = reviewed.contents()
    ran = reviewed.report(*SYNC)
    assert ran.code == 65
    assert [error["code"] for error in ran.errors] == ["conflict-marker"]
    assert reviewed.contents() == before


def test_an_open_conflict_of_a_term_that_is_gone_stays_and_stops_nothing(reviewed: Site) -> None:
    reviewed.change(PAGE, SENTENCE, "モデルはトークンを読むよ。")
    reviewed.translate("A model reads tokens.", "モデルはトークンを読むね。")
    assert reviewed.run(*SYNC).code == 3
    reviewed.root.joinpath("terms/en/token.md").unlink()
    for command in ("sync", "status", "check", "extract", "build", "gc"):
        assert reviewed.run(command, "--lang", "ja").code in (0, 3), command
    po = reviewed.read("locales/ja/terms.po")
    assert "モデルはトークンを読むよ。" in po
    assert "モデルはトークンを読むね。" in po
