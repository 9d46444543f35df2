"""Adopting: what people translated before becomes units, and not a byte of it changes."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats import term_file
from tests.stubs.repository import Repository
from tests.stubs.site import Site

CONFIG = """\
source = "en"
targets = ["ja"]

[fields]
keep = ["status"]

[links.rewrite]
"/terms/{slug}/" = "/{locale}/terms/{slug}/"
"""

EN = """\
---
term: Fine-Tuning
slug: fine-tuning
lang: en
category: Methods
definition: Further training of a model.
status: done
---

## What it is

Fine-tuning takes a trained model and trains it for 3 more days on `data`.

A [token](/terms/token/) is a piece of text that the model reads one after another.

It costs less than training a model from nothing, and needs fewer examples.

```sh
tune --steps 100  # start
```

- Cheap to run on one machine
- Fast, as the paper of 2021 says
"""

JA = """\
---
term: ファインチューニング   # the name
slug: fine-tuning
lang: ja
category: 手法
definition: モデルの追加学習。
status: 確認中
reading: ふぁいんちゅーにんぐ
---

## これは何か

ファインチューニングは、学習済みのモデルを`data`で
さらに3日間学習させます。

[トークン](/ja/terms/token/)はモデルが順に読むテキストの断片です。

モデルを一から学習させるより安く、必要な例も少なくて済みます。

```sh
tune --steps 100  # 開始
```

* 1台の機械で安く動く
* 2021年の論文が言うように速い
"""

PIECE_EN = """\
---
term: Token
slug: token
lang: en
category: Basics
definition: A piece of text.
---

A model reads tokens.
"""

PIECE_JA = """\
---
term: トークン
slug: token
lang: ja
category: 基礎
definition: テキストの断片。
---

モデルはトークンを読みます。
"""

FILES = {
    "i18n.toml": CONFIG,
    "terms/en/fine-tuning.md": EN,
    "terms/ja/fine-tuning.md": JA,
    "terms/en/token.md": PIECE_EN,
    "terms/ja/token.md": PIECE_JA,
}
NUMBER = "Fine-tuning takes"


@pytest.fixture
def site(site: Site) -> Site:
    for path in ("terms/en/lora.md", "terms/en/token.md", "terms/en/fine-tuning.md"):
        (site.root / path).unlink()
    for path, text in FILES.items():
        site.write(path, text)
    return site


@pytest.fixture
def repository(site: Site) -> Repository:
    made = Repository(site.root)
    made.commit("A term, and its translation")
    return made


def pages(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.contents().items() if path.startswith("terms/ja")}


def adopted(site: Site) -> dict[str, int]:
    ran = site.report("adopt")
    assert ran.code == 0, ran.out
    found = ran.part("adopted")
    assert isinstance(found, dict)
    return found


def test_a_translation_becomes_reviewed_units_and_keeps_its_bytes(site: Site) -> None:
    before = pages(site)
    assert adopted(site) == {
        "files": 2,
        "segments": 13,
        "reviewed": 13,
        "needs_review": 0,
        "left": 0,
        "older": 0,
    }
    assert pages(site) == before
    unit = site.unit("fine-tuning/body", "A [token]")
    assert unit.msgstr == "[トークン](/terms/token/)はモデルが順に読むテキストの断片です。"
    assert not unit.fuzzy
    assert "adopted from terms/ja/fine-tuning.md" in unit.comment


def test_after_it_nothing_is_left_to_do_and_the_files_stay(site: Site) -> None:
    before = pages(site)
    adopted(site)
    assert site.run("sync", "--frozen").code == 0
    assert site.report("sync").written == []
    assert pages(site) == before
    assert adopted(site)["files"] == 0


def test_a_dry_run_says_the_same_and_writes_nothing(site: Site) -> None:
    before = site.tree()
    dry = site.report("adopt", "--dry-run")
    assert site.tree() == before
    assert dry.part("adopted") == adopted(site)


def test_a_correction_in_the_review_file_reaches_the_page_and_nothing_else_moves(
    site: Site,
) -> None:
    adopted(site)
    site.translate("Cheap to run on one machine", "機械1台で安く動く")
    assert site.run("sync").code == 0
    expected = JA.replace("1台の機械で安く動く", "機械1台で安く動く")
    assert site.read("terms/ja/fine-tuning.md") == expected


def test_a_paragraph_more_or_less_costs_that_paragraph_alone(site: Site) -> None:
    more = "モデルを一から"
    site.change("terms/ja/fine-tuning.md", more, f"詳しくは1995年の記録をご覧ください。\n\n{more}")
    site.change("terms/en/fine-tuning.md", NUMBER, f"Mind the bill of the machine.\n\n{NUMBER}")
    found = adopted(site)
    assert (found["reviewed"], found["needs_review"], found["left"]) == (13, 0, 1)
    ran = site.run("adopt")
    assert ran.code == 0
    assert site.unit("fine-tuning/body", "Mind the bill").msgstr == ""
    assert site.unit("fine-tuning/body", "It costs less").msgstr.startswith(more)


def test_what_does_not_fit_is_told_with_both_sides(site: Site) -> None:
    more = "モデルを一から"
    site.change("terms/ja/fine-tuning.md", more, f"詳しくは1995年の記録をご覧ください。\n\n{more}")
    site.change("terms/en/fine-tuning.md", "- Cheap", "Mind the bill.\n\n- Cheap")
    out = site.run("adopt").out
    assert (
        "terms/ja/fine-tuning.md:18: left over: paragraph: 詳しくは1995年の記録をご覧ください。"
        in out
    )
    line = site.read("terms/en/fine-tuning.md").split("\n").index("Mind the bill.") + 1
    told = f"terms/en/fine-tuning.md:{line}: source without a translation: paragraph: Mind"
    assert told in out


def test_what_is_told_does_not_depend_on_how_many_files_are_held(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.change("terms/en/fine-tuning.md", "- Cheap", "Mind the bill.\n\n- Cheap")
    told = site.run("adopt", "--dry-run").out
    monkeypatch.setattr(term_file, "_looked_at", term_file._LookedAt())
    monkeypatch.setattr(term_file, "_AT_ONCE", 0)
    assert site.run("adopt", "--dry-run").out == told


def test_a_text_that_is_still_english_is_no_translation(site: Site) -> None:
    english = "It costs less than training a model from nothing, and needs fewer examples."
    japanese = "モデルを一から学習させるより安く、必要な例も少なくて済みます。"
    site.change("terms/ja/fine-tuning.md", japanese, english)
    assert "left over (still in the source language)" in site.run("adopt", "--dry-run").out
    found = adopted(site)
    assert (found["reviewed"], found["left"]) == (12, 1)
    assert site.unit("fine-tuning/body", "It costs less").msgstr == ""


def test_a_file_that_was_only_copied_is_translated_from_the_start(site: Site) -> None:
    site.write("terms/ja/token.md", PIECE_EN.replace("lang: en", "lang: ja"))
    found = adopted(site)
    assert (found["segments"], found["reviewed"]) == (12, 9)
    assert site.unit("token/term", "Token").msgstr == ""


def test_fields_that_only_the_locale_has_stay(site: Site) -> None:
    adopted(site)
    site.translate("Fine-Tuning", "微調整")
    assert site.run("sync").code == 0
    page = site.read("terms/ja/fine-tuning.md")
    assert "term: 微調整   # the name" in page
    assert "status: 確認中\nreading: ふぁいんちゅーにんぐ\n" in page


def test_a_value_that_other_files_call_otherwise_is_left_over_with_its_line(site: Site) -> None:
    for slug in ("one", "two"):
        for path, text in (("en", PIECE_EN), ("ja", PIECE_JA)):
            site.write(f"terms/{path}/{slug}.md", text.replace("slug: token", f"slug: {slug}"))
    site.change("terms/ja/token.md", "基礎", "土台")
    assert (
        "terms/ja/token.md:5: left over (other files call it otherwise): vocabulary: 土台"
    ) in site.run("adopt", "--dry-run").out


def test_an_edit_of_the_source_since_then_is_seen_in_gits_history(
    site: Site, repository: Repository
) -> None:
    edited = EN.replace("for 3 more days", "for 5 more days")
    repository.commit("Five days", {"terms/en/fine-tuning.md": edited})
    repository.commit("A comma", {"terms/ja/token.md": PIECE_JA.replace("読みます", "読む")})
    found = adopted(site)
    assert (found["reviewed"], found["needs_review"], found["older"]) == (12, 1, 1)
    unit = site.unit("fine-tuning/body", NUMBER)
    assert unit.fuzzy
    assert "3 more days" in (unit.previous_msgid or "")
    assert "3日間" in unit.msgstr
    assert "Origin: adopted from terms/ja/fine-tuning.md" in unit.comment
    assert adopted_in(site) == len(site.po().translated_entries()) + 1


def adopted_in(site: Site) -> int:
    """How many units are adopted, as the account says."""
    lines = site.run("provenance", "--lang", "ja", "--format", "csv").out.splitlines()
    return sum(",adopted," in line for line in lines)


def test_a_link_that_a_run_had_patched_is_no_conflict_with_the_text_before(
    site: Site, repository: Repository
) -> None:
    assert site.run("adopt").code == 0
    repository.commit("Adopted")
    repository.commit("A link", {"terms/en/token.md": PIECE_EN + "\n[More](/terms/token/).\n"})
    moved = EN.replace("(/terms/token/)", "(/terms/fine-tuning/)")
    repository.commit("Another link", {"terms/en/fine-tuning.md": moved})
    assert site.report("sync").part("edits") == {"kept": 0, "patched": 1, "anew": 0, "review": {}}
    repository.commit("Patched")
    before = site.read("locales/ja/terms.po")
    (site.root / "locales/ja/terms.lock").unlink()
    assert site.run("adopt").code == 0
    assert site.run("resolve").out == "people disagree about nothing\n"
    assert site.read("locales/ja/terms.po") == before


def test_touching_a_page_elsewhere_does_not_hide_an_edit_nobody_translated(
    site: Site, repository: Repository
) -> None:
    repository.commit("Five days", {"terms/en/fine-tuning.md": EN.replace("for 3", "for 5")})
    other = JA.replace("安く動く", "安く動きます")
    repository.commit("Politer", {"terms/ja/fine-tuning.md": other}, author="Grace")
    assert adopted(site)["needs_review"] == 1
    assert site.unit("fine-tuning/body", NUMBER).fuzzy
    assert not site.unit("fine-tuning/body", "Cheap").fuzzy


def test_an_edit_that_was_translated_is_done(site: Site, repository: Repository) -> None:
    repository.commit("Five days", {"terms/en/fine-tuning.md": EN.replace("for 3", "for 5")})
    other = JA.replace("3日間", "5日間")
    repository.commit("Five days in Japanese", {"terms/ja/fine-tuning.md": other})
    assert adopted(site)["needs_review"] == 0
    assert not site.unit("fine-tuning/body", NUMBER).fuzzy


def test_new_addresses_in_all_pages_do_not_make_old_texts_new(
    site: Site, repository: Repository
) -> None:
    repository.commit("Five days", {"terms/en/fine-tuning.md": EN.replace("for 3", "for 5")})
    moved = JA.replace("/ja/terms/token/", "/ja/terms/token/#top")
    repository.commit("New addresses", {"terms/ja/fine-tuning.md": moved})
    assert site.run("adopt").code == 0
    assert site.unit("fine-tuning/body", NUMBER).fuzzy


def test_a_page_made_from_an_older_source_is_read_beside_that_one(
    site: Site, repository: Repository
) -> None:
    """The English page was rebuilt around one paragraph; the Japanese one is still the old one."""
    rebuilt = EN[: EN.index("## What")] + (
        "Nowadays everything is told in one paragraph, in other words, about other things.\n\n"
        "A [token](/terms/token/) is a piece of text that the model reads one after another.\n"
    )
    repository.commit("Told anew", {"terms/en/fine-tuning.md": rebuilt})
    found = adopted(site)
    assert found["left"] == 0
    assert not site.unit("fine-tuning/body", "A [token]").fuzzy
    assert site.unit("fine-tuning/body", "Nowadays").msgstr == ""
    obsolete = {entry.msgid: entry.msgstr for entry in site.po().obsolete_entries()}
    assert obsolete["Cheap to run on one machine"] == "1台の機械で安く動く"


def test_a_source_that_was_renamed_has_its_history(site: Site, repository: Repository) -> None:
    old = EN.replace("fine-tuning", "tuning").replace("for 3", "for 2")
    repository.commit(
        "As it was",
        {
            "terms/en/fine-tuning.md": None,
            "terms/ja/fine-tuning.md": None,
            "terms/en/tuning.md": old,
            "terms/ja/tuning.md": JA.replace("fine-tuning", "tuning").replace("3日", "2日"),
        },
    )
    repository.commit("Three", {"terms/en/tuning.md": old.replace("for 2", "for 3")})
    repository.commit(
        "Renamed",
        {
            "terms/en/tuning.md": None,
            "terms/ja/tuning.md": None,
            "terms/en/fine-tuning.md": EN,
            "terms/ja/fine-tuning.md": JA.replace("3日", "2日"),
        },
    )
    assert site.run("adopt").code == 0
    unit = site.unit("fine-tuning/body", NUMBER)
    assert unit.fuzzy
    assert "2 more days" in (unit.previous_msgid or "")


def test_without_git_it_says_what_it_could_not_see(site: Site) -> None:
    assert "this is no git repository, so edits of sources" in site.run("adopt").out


def test_in_a_shallow_clone_it_says_so(site: Site, repository: Repository) -> None:
    repository.commit("Five", {"terms/en/fine-tuning.md": EN.replace("for 3", "for 5")})
    shallow = site.root.parent / "shallow"
    repository.git("clone", "--quiet", "--depth=1", f"file://{site.root}", str(shallow))
    ran = Site(shallow).run("adopt")
    assert ran.code == 0
    assert "git fetch --unshallow" in ran.out


def test_what_a_person_reviewed_already_stays_and_the_other_text_waits_beside_it(
    site: Site,
) -> None:
    (site.root / "terms/ja/token.md").unlink()
    site.run("extract")
    site.translate("A model reads tokens.", "人の訳。")
    site.write("terms/ja/token.md", PIECE_JA)
    site.run("adopt")
    unit = site.unit("token/body", "A model")
    assert unit.msgstr == "人の訳。"
    assert "モデルはトークンを読みます。" in unit.tcomment


def test_a_page_that_cannot_be_read_is_one_error_and_the_others_are_adopted(site: Site) -> None:
    site.write("terms/ja/token.md", PIECE_JA.replace("slug: token", "slug: [x"))
    ran = site.report("adopt")
    assert ran.code == 65
    assert [error["path"] for error in ran.errors] == ["terms/ja/token.md"]
    found = ran.part("adopted")
    assert isinstance(found, dict)
    assert (found["files"], found["reviewed"]) == (1, 9)
    assert site.read("terms/ja/token.md").count("slug: [x") == 1


def test_one_term_can_be_adopted_alone(site: Site) -> None:
    ran = site.report("adopt", "--slug", "token")
    found = ran.part("adopted")
    assert isinstance(found, dict)
    assert found["files"] == 1
    assert ran.locale()["terms"]["unadopted"] == 1


def test_two_texts_for_one_source_are_told_apart_by_their_places(site: Site) -> None:
    twice = "\n## {}\n\nSee below for more.\n"
    site.write("terms/en/token.md", PIECE_EN + twice.format("Step 1") + twice.format("Step 2"))
    places = "\n## 手順1\n\n下を参照。\n\n## 手順2\n\n以下をご覧ください。\n"
    site.write("terms/ja/token.md", PIECE_JA + places)
    before = pages(site)
    assert adopted(site)["needs_review"] == 0
    found = [e.msgstr for e in site.po() if e.msgid == "See below for more." and not e.obsolete]
    assert sorted(found) == sorted(["下を参照。", "以下をご覧ください。"])
    assert site.report("sync").code == 0
    assert pages(site) == before


def test_an_address_of_the_translators_own_is_told_with_the_line_that_allows_it(
    site: Site,
) -> None:
    linked = PIECE_JA.replace("トークンを", "[トークン](https://example.jp/)を")
    site.write("terms/ja/token.md", linked)
    ran = site.run("adopt")
    assert ran.code == 0
    assert '[links] allow = ["https://example.jp/"]' in ran.out
    assert site.read("terms/ja/token.md") == linked


def test_values_that_differ_per_locale_survive_every_later_build(site: Site) -> None:
    own = "date: 2024-05-01\nrelated: [lora, token]\nweight: 7\n"
    site.write("terms/en/token.md", PIECE_EN.replace("---\n\nA", f"{OURS}---\n\nA"))
    site.write("terms/ja/token.md", PIECE_JA.replace("---\n\nモ", f"{own}---\n\nモ"))
    adopted(site)
    site.translate("A model reads tokens.", "モデルはトークンを読む。")
    assert site.report("sync").written == ["locales/ja/terms.lock", "terms/ja/token.md"]
    assert own in site.read("terms/ja/token.md")
    site.change("terms/en/token.md", "date: 2025-01-01", "date: 2025-02-02")
    site.change("terms/en/token.md", "[token, lora]", "[token, lora, fine-tuning]")
    site.run("sync")
    expected = own.replace("[lora, token]", "[lora, token, fine-tuning]")
    assert expected in site.read("terms/ja/token.md")


OURS = "date: 2025-01-01\nrelated: [token, lora]\nweight: 3\n"


PO_OF_ANOTHER_TOOL = """\
msgid ""
msgstr ""
"Language: ja\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. type: Plain text
#: terms/en/token.md:10
msgid "A model reads tokens."
msgstr "モデルはトークンを読む。"

#. type: Plain text
#: terms/en/token.md:12
msgid "No page says this."
msgstr "どこにもない。"
"""


def test_a_catalog_of_another_tool_becomes_units_by_what_it_says(site: Site) -> None:
    (site.root / "terms/ja/token.md").unlink()
    site.write("old/ja.po", PO_OF_ANOTHER_TOOL)
    ran = site.run("adopt", "--from", "old/ja.po", "--lang", "ja")
    assert ran.code == 0, ran.err
    assert site.unit("token/body", "A model").msgstr == "モデルはトークンを読む。"
    assert "No page says this." in ran.out
    again = site.report("adopt", "--from", "old/ja.po", "--lang", "ja")
    assert again.json["changed"] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "old/ja.po"),
        ("--from", "missing.po", "--lang", "ja"),
        ("--from", "old/ja.po", "--lang", "ja", "--slug", "token"),
    ],
)
def test_a_catalog_needs_a_locale_and_no_term(site: Site, arguments: tuple[str, ...]) -> None:
    site.write("old/ja.po", PO_OF_ANOTHER_TOOL)
    ran = site.run("adopt", *arguments)
    assert ran.code == 2
    assert ran.err.startswith("i18n: ")


def test_a_block_without_texts_that_a_page_does_not_have_is_not_put_into_it(site: Site) -> None:
    code = JA.index("```sh")
    page = JA[:code] + JA[JA.index("* 1台") :]
    site.write("terms/ja/fine-tuning.md", page)
    adopted(site)
    site.translate("Cheap to run on one machine", "機械1台で安く動く")
    assert site.run("sync").code == 0
    expected = page.replace("1台の機械で安く動く", "機械1台で安く動く")
    assert site.read("terms/ja/fine-tuning.md") == expected


def test_a_field_that_an_adopted_page_does_not_have_is_not_put_into_it(site: Site) -> None:
    site.write("terms/ja/token.md", PIECE_JA.replace("definition: テキストの断片。\n", ""))
    adopted(site)
    formatted = site.read("terms/ja/token.md").replace("\n---\n\nモ", "\n---\n\n\nモ")
    site.write("terms/ja/token.md", formatted)
    assert site.run("sync").code == 0
    site.translate("A model reads tokens.", "モデルはトークンを読む。")
    assert site.run("sync").code == 0
    assert "definition" not in site.read("terms/ja/token.md")
