"""Edits made in built files come back: into the PO file, and never out of the page."""

from __future__ import annotations

import re

import pytest

from i18n_pipeline.formats.lock import read_lock, write_lock
from tests.stubs.repository import Repository
from tests.stubs.site import Ran, Site

PO = "locales/ja/terms.po"
LOCK = "locales/ja/terms.lock"
PAGE = "terms/ja/token.md"
LORA = "terms/ja/lora.md"
BUILT = "terms/ja/fine-tuning.md"
SYNC = ("sync", "--lang", "ja")


def listed(ran: Ran, name: str) -> list[dict[str, object]]:
    """What a locale's report lists under a name."""
    found = ran.part(name)
    assert isinstance(found, list)
    return found


def texts_beside(ran: Ran) -> list[str]:
    """The texts that wait beside the units in conflict."""
    says = [one["says"] for one in listed(ran, "conflicts")]
    assert all(isinstance(one, list) for one in says)
    return [text["text"] for one in says if isinstance(one, list) for text in one]


def does_nothing(site: Site, code: int = 0) -> None:
    """A further run writes nothing."""
    before = site.tree()
    ran = site.report(*SYNC)
    assert (ran.code, ran.written) == (code, [])
    assert site.tree() == before


def test_a_text_edited_in_the_page_is_reviewed_in_the_po_file(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    page = reviewed.read(PAGE)
    ran = reviewed.report(*SYNC)
    assert ran.code == 0
    (edited,) = listed(ran, "edited")
    assert (edited["path"], edited["texts"]) == (PAGE, 1)
    unit = reviewed.unit("token/body", "A model")
    assert unit.msgstr.startswith("モデルが読むのは")
    assert not unit.fuzzy
    assert f"Origin: edited in {PAGE}" in unit.comment
    assert reviewed.read(PAGE) == page
    does_nothing(reviewed)


def test_the_report_says_how_many_texts_it_took_in(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "学習より安い。")
    assert "would take in 2 texts from 2 edited files" in reviewed.run("status").out
    assert "would take in 2 texts" in reviewed.run(*SYNC, "--dry-run").out
    ran = reviewed.run(*SYNC, "-v")
    assert "took in 2 texts from 2 edited files" in ran.out
    assert f"{PAGE}: 1 text\n" in ran.out


@pytest.mark.parametrize("command", ["sync", "extract", "translate", "build"])
def test_every_command_that_writes_takes_in(reviewed: Site, command: str) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    page = reviewed.read(PAGE)
    assert reviewed.run(command, "--lang", "ja").code == 0
    assert reviewed.unit("token/body", "A model").msgstr.startswith("モデルが読むのは")
    assert reviewed.read(PAGE) == page
    reviewed.run(*SYNC)
    does_nothing(reviewed)


def test_frozen_is_not_content_with_an_edit_that_was_not_taken_in(reviewed: Site) -> None:
    assert reviewed.run(*SYNC, "--frozen").code == 0
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    before = reviewed.contents()
    assert reviewed.run(*SYNC, "--frozen").code == 4
    assert reviewed.contents() == before


def test_only_the_terms_asked_for_are_taken_in(reviewed: Site) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    assert reviewed.report(*SYNC, "--slug", "lora").written == []
    assert reviewed.report(*SYNC, "--slug", "token").written != []
    does_nothing(reviewed)


def test_fields_come_back_too(reviewed: Site) -> None:
    reviewed.change(BUILT, '"⟦ja:Further training of a model⟧."', "追加の学習。")
    reviewed.change(BUILT, "  - ⟦ja:training⟧", "  - 学習\n  - もう一つ")
    page = reviewed.read(BUILT)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("fine-tuning/definition", "Further").msgstr == "追加の学習。"
    assert reviewed.unit("fine-tuning/keywords", "fine").msgstr.split("\n")[1:] == [
        "学習",
        "もう一つ",
    ]
    assert reviewed.read(BUILT) == page
    does_nothing(reviewed)


def test_vocabulary_edited_in_one_of_its_pages_waits_for_a_choice(reviewed: Site) -> None:
    reviewed.change(LORA, "⟦ja:Methods⟧", "手法")
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert f"{LORA}:5: it stands on 1 more of the locale's pages" in ran.out
    assert "手法" in reviewed.read(LORA)
    assert "手法" not in reviewed.read(BUILT)
    does_nothing(reviewed, code=3)
    assert reviewed.run("resolve", "category", "--use", "file").code == 0
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("category", "Methods").msgstr == "手法"
    assert "category: 手法" in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_vocabulary_edited_in_all_its_pages_alike_is_taken_in(reviewed: Site) -> None:
    reviewed.change(LORA, "⟦ja:Methods⟧", "手法")
    reviewed.change(BUILT, "⟦ja:Methods⟧", "手法")
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("category", "Methods").msgstr == "手法"
    does_nothing(reviewed)


def test_vocabulary_edited_in_two_pages_differently_waits_for_a_choice(reviewed: Site) -> None:
    reviewed.change(LORA, "⟦ja:Methods⟧", "手法")
    reviewed.change(BUILT, "⟦ja:Methods⟧", "方法")
    ran = reviewed.report(*SYNC)
    assert ran.code == 3
    assert "手法" in reviewed.read(LORA)
    assert "方法" in reviewed.read(BUILT)
    assert texts_beside(ran) == ["方法", "手法"]
    does_nothing(reviewed, code=3)


def test_a_new_field_and_a_copied_one_stay_as_a_person_has_them(reviewed: Site) -> None:
    reviewed.change(PAGE, "slug: token\n", "slug: token\nauthor: 花子\n")
    reviewed.change(BUILT, "date: 2026-02-10", "date: 2026-03-01")
    pages = reviewed.read(PAGE), reviewed.read(BUILT)
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert "2 files changed by hand or by a formatter, but in no text: kept as they are" in ran.out
    assert (reviewed.read(PAGE), reviewed.read(BUILT)) == pages
    does_nothing(reviewed)
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "It costs much less")
    reviewed.run(*SYNC)
    reviewed.review()
    reviewed.run(*SYNC)
    assert "date: 2026-03-01" in reviewed.read(BUILT)


def test_links_are_read_in_the_sources_form(reviewed: Site) -> None:
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + rewrite)
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "[LoRA](/ja/glossary/lora)が読むのは")
    page = reviewed.read(PAGE)
    assert reviewed.run(*SYNC).code == 0
    assert "[LoRA](/glossary/lora)が" in reviewed.unit("token/body", "A model").msgstr
    assert reviewed.read(PAGE) == page
    does_nothing(reviewed)


def test_an_edit_of_both_sides_alike_is_nothing_to_choose(reviewed: Site) -> None:
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "学習より安い。")
    reviewed.review({"It costs less than training.": "学習より安い。"})
    page = reviewed.read(BUILT)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(BUILT) == page
    does_nothing(reviewed)


def in_conflict(site: Site) -> Site:
    """The page and the review file say two things about one text, and one about another."""
    site.change(BUILT, "⟦ja:It costs less than training⟧.", "頁の文。")
    site.review(
        {"It costs less than training.": "カタログの文。", "Further training of a model.": "定義。"}
    )
    return site


def test_of_two_texts_none_is_chosen_and_all_else_goes_on(reviewed: Site) -> None:
    in_conflict(reviewed)
    ran = reviewed.report(*SYNC)
    assert ran.code == 3
    unit = reviewed.unit("fine-tuning/body", "It costs")
    assert (unit.msgstr, "頁の文。" in unit.tcomment) == ("カタログの文。", True)
    assert "頁の文。" in reviewed.read(BUILT)
    assert "カタログの文。" not in reviewed.read(BUILT)
    assert "定義。" in reviewed.read(BUILT)
    assert listed(ran, "conflicts")[0]["unit"] == "fine-tuning/body"
    does_nothing(reviewed, code=3)
    assert reviewed.run("check", "--lang", "ja").code == 3
    assert reviewed.run("status").code == 0


def test_a_conflict_is_settled_by_deleting_the_comment(reviewed: Site) -> None:
    in_conflict(reviewed).run(*SYNC)
    comments = [line for line in reviewed.read(PO).split("\n") if not line.startswith("# i18n:")]
    reviewed.write(PO, "\n".join(comments))
    assert reviewed.run(*SYNC).code == 0
    assert "カタログの文。" in reviewed.read(BUILT)
    assert "頁の文。" not in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_a_conflict_is_settled_by_saying_the_same(reviewed: Site) -> None:
    in_conflict(reviewed).run(*SYNC)
    reviewed.review({"It costs less than training.": "頁の文。"})
    page = reviewed.read(BUILT)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(BUILT) == page
    assert "i18n: conflict" not in reviewed.read(PO)
    does_nothing(reviewed)


def test_a_conflict_is_settled_in_the_page_too(reviewed: Site) -> None:
    in_conflict(reviewed).run(*SYNC)
    reviewed.change(BUILT, "頁の文。", "カタログの文。")
    assert reviewed.run(*SYNC).code == 0
    assert "i18n: conflict" not in reviewed.read(PO)
    does_nothing(reviewed)


def test_a_third_text_takes_the_place_of_the_second(reviewed: Site) -> None:
    in_conflict(reviewed).run(*SYNC)
    reviewed.change(BUILT, "頁の文。", "頁の新しい文。")
    ran = reviewed.report(*SYNC)
    assert ran.code == 3
    assert texts_beside(ran) == ["頁の新しい文。"]


def test_an_added_paragraph_stays_where_it_is_in_every_later_build(reviewed: Site) -> None:
    own = "日本語だけの段落。"
    reviewed.change(BUILT, "\n\n⟦ja:It costs", f"\n\n{own}\n\n⟦ja:It costs")
    page = reviewed.read(BUILT)
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert f"kept: {BUILT}:18: a block that the source does not have" in ran.out
    assert reviewed.read(BUILT) == page
    does_nothing(reviewed)
    assert "fine-tuning (1 of its own)" in reviewed.run(*SYNC).out
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "A new one.\n\nIt costs much less")
    reviewed.run(*SYNC)
    reviewed.translate("A new one.", "新しい文。")
    reviewed.translate("It costs much less than training.", "ずっと安い。")
    assert reviewed.run(*SYNC).code == 0
    assert f"\n\n{own}\n\n新しい文。\n\nずっと安い。\n" in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_altered_code_and_an_added_item_stay(reviewed: Site) -> None:
    reviewed.change("terms/en/lora.md", "- cheap\n", "```py\n# English\n```\n\n- cheap\n")
    reviewed.run(*SYNC)
    reviewed.change(LORA, "# English", "# 日本語")
    reviewed.change(LORA, "- ⟦ja:fast⟧\n", "- ⟦ja:fast⟧\n- おまけ\n")
    page = reviewed.read(LORA)
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert reviewed.read(LORA) == page
    does_nothing(reviewed)
    reviewed.change("terms/en/lora.md", "Only small", "Only very small")
    reviewed.change("terms/en/lora.md", "- cheap\n", "- cheaper\n")
    reviewed.run(*SYNC)
    reviewed.translate("Only very small layers are trained.", "ごく小さな層。")
    reviewed.translate("cheaper", "より安い")
    assert reviewed.run(*SYNC).code == 0
    text = reviewed.read(LORA)
    assert "ごく小さな層。\n\n```py\n# 日本語\n```\n\n- より安い\n- ⟦ja:fast⟧\n- おまけ\n" in text
    does_nothing(reviewed)


def test_a_paragraph_left_out_stays_out(reviewed: Site) -> None:
    reviewed.change(BUILT, "\n\n⟦ja:It costs less than training⟧.", "")
    page = reviewed.read(BUILT)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(BUILT) == page
    does_nothing(reviewed)
    reviewed.review({"Further training of a model.": "定義。"})
    assert reviewed.run(*SYNC).code == 0
    assert "定義。" in reviewed.read(BUILT)
    assert "⟦ja:It costs" not in reviewed.read(BUILT)


def test_an_edit_of_a_page_whose_source_moved_on_goes_to_the_text_it_was_made_from(
    reviewed: Site,
) -> None:
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "It costs much less")
    reviewed.run(*SYNC)
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "学習より安い。")
    ran = reviewed.report(*SYNC)
    assert ran.code == 0
    assert listed(ran, "edited")[0]["texts"] == 1
    gone = next(one for one in reviewed.po() if one.obsolete and "costs less" in one.msgid)
    assert (gone.msgstr, gone.fuzzy) == ("学習より安い。", False)
    heir = reviewed.unit("fine-tuning/body", "It costs much")
    assert (heir.msgstr, heir.fuzzy) == ("学習より安い。", True)
    assert "学習より安い。" in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_source_and_page_edited_at_once(reviewed: Site) -> None:
    reviewed.change("terms/en/fine-tuning.md", "It costs less", "It costs much less")
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "学習より安い。")
    assert reviewed.run(*SYNC).code == 0
    heir = reviewed.unit("fine-tuning/body", "It costs much")
    assert (heir.msgstr, heir.fuzzy) == ("学習より安い。", True)
    assert "学習より安い。" in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_a_text_that_may_not_stand_is_told_with_its_line_and_the_page_left_alone(
    reviewed: Site,
) -> None:
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "[悪い](https://evil.example)")
    reviewed.change(PAGE, "⟦ja:A piece of text⟧.", "文の一部。")
    page = reviewed.read(PAGE)
    ran = reviewed.report(*SYNC)
    assert ran.code == 65
    (error,) = ran.errors
    assert (error["path"], error["line"], error["code"]) == (PAGE, 10, "unsafe-edit")
    assert reviewed.read(PAGE) == page
    assert reviewed.unit("token/definition", "A piece").msgstr == "文の一部。"
    assert "悪い" not in reviewed.read(PO)
    reviewed.change(PAGE, "[悪い](https://evil.example)", "モデルは語を読む")
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("token/body", "A model").msgstr.startswith("モデルは語を")
    does_nothing(reviewed)


def test_a_page_that_cannot_be_read_is_one_error_and_stays(reviewed: Site) -> None:
    reviewed.change(PAGE, "slug: token\n", "slug: token\nslug: token\n")
    page = reviewed.read(PAGE)
    ran = reviewed.report(*SYNC)
    assert ran.code == 65
    assert [error["path"] for error in ran.errors] == [PAGE]
    notes = str(ran.part("notes"))
    assert "left alone since they cannot be read: token; see the errors" in notes
    assert "put the same texts" not in notes
    assert reviewed.read(PAGE) == page


def test_a_page_written_anew_is_left_alone(reviewed: Site) -> None:
    text = reviewed.read(PAGE)
    front = text[: text.index("\n---\n", 4) + 5]
    reviewed.write(PAGE, f"{front}\nまったく別の文。\n\nもう一つの段落。\n\n三つ目。\n")
    page = reviewed.read(PAGE)
    ran = reviewed.run(*SYNC)
    assert ran.code == 3
    assert "edited by hand and left alone: token (too little of it is as it was)" in ran.out
    assert reviewed.read(PAGE) == page


def test_a_text_that_stands_twice_is_edited_in_one_place(reviewed: Site) -> None:
    body = "\n## Other\n\nA model reads tokens.\n"
    reviewed.write("terms/en/token.md", reviewed.read("terms/en/token.md") + body)
    reviewed.run(*SYNC)
    reviewed.translate("Other", "その他")
    reviewed.run(*SYNC)
    text = reviewed.read(PAGE)
    at = text.rindex("⟦ja:A model reads tokens⟧")
    reviewed.write(PAGE, text[:at] + text[at:].replace("⟦ja:A model reads tokens⟧", "後の文", 1))
    page = reviewed.read(PAGE)
    assert reviewed.run(*SYNC).code == 0
    contexts = [one.msgctxt for one in reviewed.po() if one.msgid == "A model reads tokens."]
    assert len(contexts) == 2
    assert reviewed.read(PAGE) == page
    does_nothing(reviewed)


def test_a_text_that_stands_twice_under_one_heading_is_the_pages_own_where_edited(
    reviewed: Site,
) -> None:
    reviewed.change("terms/en/lora.md", "- fast\n", "- fast\n- cheap\n")
    reviewed.run(*SYNC)
    text = reviewed.read(LORA)
    at = text.rindex("⟦ja:cheap⟧")
    reviewed.write(LORA, f"{text[:at]}格安{text[at + len('⟦ja:cheap⟧') :]}")
    page = reviewed.read(LORA)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(LORA) == page
    does_nothing(reviewed)


def old_lock(site: Site) -> None:
    """The lock as earlier versions wrote it."""
    known = read_lock(site.read(LOCK).encode())
    from dataclasses import replace

    entries = [replace(entry, written=(), blocks=(), fields={}) for entry in known.entries.values()]
    site.write(LOCK, write_lock(known.replace(entries)))


def test_an_older_lock_is_helped_by_the_units(reviewed: Site) -> None:
    old_lock(reviewed)
    reviewed.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("token/body", "A model").msgstr.startswith("モデルが読むのは")
    does_nothing(reviewed)


def test_with_an_older_lock_and_units_that_moved_on_nothing_is_chosen(reviewed: Site) -> None:
    old_lock(reviewed)
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "頁の文。")
    reviewed.review({"Further training of a model.": "定義。"})
    ran = reviewed.report(*SYNC)
    assert ran.code == 3
    assert {one["unit"] for one in listed(ran, "conflicts")} == {
        "fine-tuning/body",
        "fine-tuning/definition",
    }


def test_with_an_older_lock_git_knows_what_was_written(reviewed: Site) -> None:
    old_lock(reviewed)
    repository = Repository(reviewed.root)
    repository.commit("built")
    reviewed.change(BUILT, "⟦ja:It costs less than training⟧.", "頁の文。")
    repository.commit("edited")
    reviewed.review({"Further training of a model.": "定義。"})
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("fine-tuning/body", "It costs").msgstr == "頁の文。"
    assert "定義。" in reviewed.read(BUILT)
    does_nothing(reviewed)


def test_an_unreviewed_draft_that_was_published_is_replaced_by_the_pages_text(
    drafted: Site,
) -> None:
    drafted.write("i18n.toml", drafted.read("i18n.toml") + '[build]\npublish = "drafts"\n')
    drafted.run(*SYNC)
    drafted.change(PAGE, "⟦ja:A model reads tokens⟧", "モデルが読むのは")
    assert drafted.run(*SYNC).code == 0
    unit = drafted.unit("token/body", "A model")
    assert (unit.msgstr[:8], unit.fuzzy) == ("モデルが読むのは", False)
    assert drafted.unit("token/definition", "A piece").fuzzy
    does_nothing(drafted)


def test_a_lock_of_an_earlier_version_is_no_reason_to_write(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "A model reads tokens.", "No model reads anything else.")
    reviewed.run("sync", "--lang", "ja")
    lock = reviewed.read("locales/ja/terms.lock")
    earlier = re.sub(r" (fields\.\w+|written|blocks|omitted)=\S+", "", lock)
    assert earlier != lock
    reviewed.write("locales/ja/terms.lock", earlier)
    assert reviewed.run("sync", "--lang", "ja", "--frozen").code == 0
    assert reviewed.report("sync", "--lang", "ja").written == []
