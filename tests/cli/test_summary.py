"""What a run did, for a pull request and for `--verbose`: by text, with the reason, as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.cli.hosting import address_of_files
from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, Site

SENTENCE = "A model reads tokens."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "summary.md"


def summary(site: Site, file: Path, *arguments: str) -> str:
    site.run("sync", "--lang", "ja", "--summary-md", str(file), *arguments)
    return file.read_text(encoding="utf-8")


def test_it_says_that_pages_do_not_change_where_only_drafts_are_new(
    site: Site, deepl: Stub, file: Path
) -> None:
    site.ask(deepl)
    said = summary(site, file)
    assert said.startswith("## Translations: drafts only (16), no page changes\n")
    assert "| Japanese (`ja`) | 0 | 16 | 0 | 16 | 0 | 0% | " in said
    assert "- `ja`: 16 texts to review, 16 of them drafts\n" in said
    assert "<code>machine draft by DeepL, to be reviewed</code>" in said


def test_it_shows_source_and_translation_of_what_is_published(drafted: Site, file: Path) -> None:
    drafted.review({SENTENCE: "モデルはトークンを読む。"})
    said = summary(drafted, file)
    assert said.startswith("## Translations: publishes 3 pages\n")
    assert "<b><code>Token</code></b> Japanese, new page, " in said
    assert (
        f"| <code>body</code> | <code>{SENTENCE}</code> | <code>モデルはトークンを読む。</code> |"
        in said
    )


def test_of_a_page_that_changes_it_shows_what_is_new(reviewed: Site, file: Path) -> None:
    reviewed.translate(SENTENCE, "モデルはトークンを一つずつ読む。")
    said = summary(reviewed, file)
    assert said.startswith("## Translations: publishes 1 page\n")
    assert "Japanese, changed page, 1 text</summary>" in said
    assert "モデルはトークンを一つずつ読む。" in said


def test_a_draft_that_the_page_does_not_say_is_not_published(
    reviewed: Site, deepl: Stub, file: Path
) -> None:
    reviewed.ask(deepl)
    source = reviewed.read("terms/en/token.md")
    reviewed.write("terms/en/token.md", f"{source}\nNobody counts them.\n")
    reviewed.run("sync")
    reviewed.translate(SENTENCE, "モデルはトークンを一つずつ読む。")
    said = summary(reviewed, file)
    assert "Nobody counts them" not in reviewed.read("terms/ja/token.md")
    assert "Japanese, changed page, 1 text</summary>" in said
    assert (
        "⟦ja:Nobody counts them⟧"
        not in said.partition("changed page")[2].partition("</details>")[0]
    )


def test_a_run_with_nothing_to_do_says_so(reviewed: Site, file: Path) -> None:
    assert summary(reviewed, file).startswith("## Translations: nothing changed\n")


def test_a_dry_run_says_what_would_be(drafted: Site, file: Path) -> None:
    drafted.review()
    said = summary(drafted, file, "--dry-run")
    assert said.startswith("## Translations: would publish 3 pages\n")


def test_it_is_never_longer_than_a_pull_request_takes(site: Site, deepl: Stub, file: Path) -> None:
    body = "\n\n".join(f"Paragraph {number} {'of many words ' * 30}." for number in range(40))
    for number in range(30):
        front = f"---\nterm: T{number}\nslug: t{number}\nlang: en\n---\n\n"
        site.write(f"terms/en/t{number}.md", f"{front}{body}\n")
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.review()
    said = summary(site, file)
    assert len(said) < 65_536
    assert " more parts that would be too long for this page." in said
    assert said.count("<details>") == said.count("</details>")


def test_files_are_linked_where_the_server_shows_them(
    drafted: Site, file: Path, tmp_path: Path
) -> None:
    drafted.environment |= {
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "acme/glossary",
        "GITHUB_REF_NAME": "i18n/ja",
    }
    drafted.write("i18n.toml", CONFIG + '[site]\nurl = "https://acme.example/{locale}/{slug}"\n')
    drafted.review()
    said = summary(drafted, file)
    assert "](https://github.com/acme/glossary/blob/i18n/ja/terms/ja/token.md)" in said
    assert "[the page](https://acme.example/ja/token)" in said


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ({}, ""),
        ({"GITHUB_SERVER_URL": "https://g", "GITHUB_REPOSITORY": "a/b"}, ""),
        (
            {
                "GITHUB_SERVER_URL": "https://g",
                "GITHUB_REPOSITORY": "a/b",
                "GITHUB_HEAD_REF": "mine",
                "GITHUB_REF_NAME": "7/merge",
            },
            "https://g/a/b/blob/mine/",
        ),
        (
            {"CI_PROJECT_URL": "https://lab/a/b", "CI_COMMIT_REF_NAME": "main"},
            "https://lab/a/b/-/blob/main/",
        ),
    ],
)
def test_where_files_are_shown(said: dict[str, str], base: str) -> None:
    assert address_of_files(said) == base


def test_verbose_says_of_each_text_why_it_is_as_it_is(drafted: Site) -> None:
    drafted.change("terms/en/token.md", SENTENCE, "A model reads tokens, one by one.")
    out = drafted.run("sync", "--lang", "ja", "--verbose").out
    assert "  lora/term: machine draft by DeepL, waits for review [LoRA]\n" in out
    assert "  token/body: its source was edited (" in out
    out = drafted.run("status", "--lang", "de", "--verbose").out
    assert "  token/term: no translation, nobody to ask [Token]\n" in out


def test_verbose_names_the_reviewed_only_where_something_became_of_them(reviewed: Site) -> None:
    reviewed.translate("LoRA", "ローラ", fuzzy=True)
    out = reviewed.run("status", "--lang", "ja", "--verbose").out
    assert "  lora/term: a person's text, waits for review [LoRA]\n" in out
    assert "  15 reviewed texts stand as they were\n" in out


def test_what_a_check_turned_down_says_so(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.translate(SENTENCE, "[ここ](https://evil.example)")
    out = site.run("sync", "--lang", "ja", "--verbose").out
    assert "  token/body: destinations keeps it out of the page [A model reads tokens.]\n" in out


def test_an_idle_run_tells_as_much_as_one_that_looks(reviewed: Site) -> None:
    quiet = reviewed.run("sync", "--lang", "ja").out
    assert "16 reviewed texts stand as they were" not in quiet
    assert "  16 reviewed texts stand as they were\n" in (
        reviewed.run("sync", "--lang", "ja", "--verbose").out
    )
