"""What git is told: the right files, in our own lines, and everybody else's stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.config import read_config
from i18n_pipeline.formats.git_attributes import merge_attributes, with_attributes
from tests.stubs.repository import Repository

PLAIN = read_config('source = "en"\ntargets = ["ja", "pt-BR"]\n')


def test_our_lines_come_after_those_that_are_there() -> None:
    text = with_attributes("*.png binary\n", PLAIN)
    assert text == (
        "*.png binary\n"
        "\n"
        "# Translations merge by unit (i18n init --git); without the driver, by lines.\n"
        "/locales/*/terms.po text eol=lf merge=i18n\n"
        "/locales/*/terms.lock text eol=lf merge=i18n\n"
        "/terms/ja/**/*.md merge=i18n\n"
        "/terms/pt-BR/**/*.md merge=i18n\n"
    )
    assert with_attributes(text, PLAIN) == text
    assert with_attributes(text + "*.md text\n", PLAIN) == text + "*.md text\n"


def test_lines_of_an_earlier_configuration_go() -> None:
    text = with_attributes("a b\n", PLAIN) + "*.md text\n"
    fewer = read_config('source = "en"\ntargets = ["ja"]\n')
    again = with_attributes(text, fewer)
    assert "pt-BR" not in again
    assert "a b\n" in again
    assert "*.md text\n" in again
    assert with_attributes(again, fewer) == again


def test_line_ends_of_the_file_are_kept() -> None:
    text = with_attributes("*.png binary\r\n", PLAIN)
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("paths", "merged", "others"),
    [
        (
            'terms = "content/{locale}/{slug}.md"',
            [
                "content/ja/a.md",
                "content/ja/b/c.md",
                "locales/ja/terms.po",
                "locales/ja/terms.lock",
            ],
            ["content/en/a.md", "x/content/ja/a.md", "content/ja/a.txt"],
        ),
        (
            'terms = "{slug}.{locale}.md"\ncatalog = "po/{locale}/{category}.po"',
            ["a.ja.md", "b/c.ja.md", "po/ja/methods.po"],
            ["a.en.md", "po/ja/x/methods.po"],
        ),
        (
            'terms = "docs [x]/{slug}/index.{locale}.md"',
            ["docs [x]/a/index.ja.md", "docs [x]/a/b/index.ja.md"],
            ["docs x/a/index.ja.md", "docs [x]/a/index.en.md"],
        ),
    ],
)
def test_git_finds_the_files_that_are_meant_and_no_other(
    paths: str, merged: list[str], others: list[str], tmp_path: Path
) -> None:
    config = read_config(f'source = "en"\ntargets = ["ja"]\n[paths]\n{paths}\n')
    repository = Repository(tmp_path)
    (tmp_path / ".gitattributes").write_text(with_attributes("", config), encoding="utf-8")
    shown = repository.git("check-attr", "-z", "merge", "--", *merged, *others).split("\0")
    found = dict(zip(shown[::3], shown[2::3], strict=False))
    assert {path for path, value in found.items() if value == "i18n"} == set(merged)


def test_a_repositorys_own_lines_name_the_project_from_its_top_folder() -> None:
    flat = read_config('source = "en"\ntargets = ["ja"]\n[paths]\nterms = "{locale}/{slug}"\n')
    assert merge_attributes(PLAIN, "docs/").splitlines()[:3] == [
        "/docs/locales/ja/terms.po merge=i18n",
        "/docs/locales/ja/terms.lock merge=i18n",
        "/docs/terms/ja/**/*.md merge=i18n",
    ]
    assert merge_attributes(flat, "").splitlines()[-1] == "/ja/**/* merge=i18n"
