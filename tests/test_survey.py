from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.config import Role, read_config
from i18n_pipeline.errors import CannotWrite, UsageError
from i18n_pipeline.survey import Choices, defects, refuse_configured, survey, write_configuration

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "cncf-glossary"


def make(root: Path, *paths: str, text: str = "---\nterm: A\n---\n\nText.\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is no part of the project")
def test_the_cloud_native_glossary_is_understood() -> None:
    found = survey(CORPUS, Choices())
    proposal, fields = found.proposal, found.proposal.fields
    assert proposal.layout.pattern.text == "{locale}/{slug}.md"
    assert (proposal.layout.source, proposal.targets) == ("en", ("de", "es", "ja"))
    assert (fields.locale, fields.slug, fields.name) == ("", "", "title")
    assert (fields.translate, fields.vocabulary) == (("title",), ("category", "tags"))
    assert (fields.keep, fields.role("layout")) == (("status",), Role.COPY)
    assert fields.skip == {"draft": True}
    assert len(proposal.drafts) == 8
    assert proposal.rewriting.patterns == {"/{slug}/": "/{locale}/{slug}/"}
    assert set(proposal.extensions) == {"shortcode"}
    assert found.broken == ()


def test_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/ja/a.md", "project/terms/en/a.md")
    try:
        (tmp_path / "project/terms/ja").symlink_to(tmp_path / "elsewhere/ja")
        (tmp_path / "project/terms/en/b.md").symlink_to(tmp_path / "elsewhere/ja/a.md")
    except OSError:
        pytest.skip("this system lets us make no links")
    found = survey(tmp_path / "project", Choices(targets=("de",))).proposal
    assert found.layout.files == {"en": {"a": "terms/en/a.md"}}


def test_what_tools_made_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "node_modules/x/en/a.md", "node_modules/x/ja/a.md", ".venv/en/a.md")
    make(tmp_path, "terms/en/a.md")
    found = survey(tmp_path, Choices(targets=("ja",))).proposal
    assert found.layout.pattern.text == "terms/{locale}/{slug}.md"


def test_a_layout_without_front_matter_leaves_the_place_to_the_next(tmp_path: Path) -> None:
    make(tmp_path, "docs/en/a.md", "docs/ja/a.md", "docs/en/b.md", "docs/ja/b.md", text="# A\n")
    make(tmp_path, "words/en/a.md", "words/ja/a.md")
    assert survey(tmp_path, Choices()).proposal.layout.pattern.text == "words/{locale}/{slug}.md"


def test_a_given_pattern_is_looked_at_even_below_a_folder_of_tools(tmp_path: Path) -> None:
    make(tmp_path, "build/en/a.md", "build/ja/a.md")
    found = survey(tmp_path, Choices(terms="build/{locale}/{slug}.md")).proposal
    assert found.targets == ("ja",)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Choices(terms="terms/{locale}/{slug}.txt"), "must end with"),
        (Choices(terms="terms/{slug}.md"), "{locale} is missing"),
        (Choices(terms="{kind}/{locale}/{slug}.md"), "{kind} is not known"),
        (Choices(terms="../{locale}/{slug}.md"), "'..'"),
        (Choices(terms="x/{locale}/{slug}.md"), "no Markdown file here follows"),
        (Choices(source="fr"), "has no fr, it has en, ja"),
        (Choices(source="fr", terms="terms/{locale}/{slug}.md"), "has no fr, it has en, ja"),
    ],
)
def test_choices_that_do_not_fit_are_refused(tmp_path: Path, choices: Choices, words: str) -> None:
    make(tmp_path, "terms/en/a.md", "terms/ja/a.md")
    with pytest.raises(UsageError) as caught:
        survey(tmp_path, choices)
    assert words in caught.value.message


@pytest.mark.parametrize("text", ["", "# only a heading\n"])
def test_a_folder_without_term_files_says_what_was_looked_for(tmp_path: Path, text: str) -> None:
    make(tmp_path, *(["en/a.md", "ja/a.md"] if text else ["notes.md"]), text=text)
    with pytest.raises(UsageError) as caught:
        survey(tmp_path, Choices())
    assert "terms/en/<slug>.md" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("i18n.toml", ""),
        ("pyproject.toml", "[tool.i18n]\n"),
        ("pyproject.toml", "[tool.i18n.x]\n="),
    ],
)
def test_a_configuration_is_never_overwritten(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=f"{name}"):
        refuse_configured(tmp_path)
    with pytest.raises(UsageError):
        write_configuration(tmp_path, "new")
    assert (tmp_path / name).read_text("utf-8") == text


def test_another_projects_tables_are_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    write_configuration(tmp_path, 'source = "en"\n')
    assert (tmp_path / "i18n.toml").read_bytes() == b'source = "en"\n'
    assert sorted(each.name for each in tmp_path.iterdir()) == ["i18n.toml", "pyproject.toml"]


def test_a_folder_that_is_gone_is_told_as_one_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write_configuration(tmp_path / "gone", "text")


def test_a_file_that_cannot_be_opened_is_counted(tmp_path: Path) -> None:
    make(tmp_path, "terms/en/a.md", "terms/en/b.md")
    (tmp_path / "terms/en/b.md").chmod(0)
    try:
        (tmp_path / "terms/en/b.md").read_bytes()
    except PermissionError:
        found = survey(tmp_path, Choices(targets=("ja",)))
        assert [problem.path for problem in found.broken] == ["terms/en/b.md"]
        assert found.proposal.terms == 1
    else:
        pytest.skip("this system, or this user, reads every file")


def test_what_is_wrong_with_the_sources_is_told_before_anybody_translates_them(
    tmp_path: Path,
) -> None:
    sound = "---\nterm: A\nslug: a\nlang: en\n---\n\nText.\n"
    make(tmp_path, "terms/en/a.md", "terms/en/b.md", "terms/en/c.md", text=sound)
    (tmp_path / "terms/en/b.md").write_text(
        "---\nterm: B\nslug: b\nlang: en\n---\n\nA cafÃ©.\n", "utf-8"
    )
    found = survey(tmp_path, Choices(targets=("ja",)))
    (tmp_path / "terms/en/c.md").write_bytes(b"---\nterm: [\n---\n")
    config = read_config('source = "en"\ntargets = ["ja"]\n')
    told = [(one.path, one.line, one.code) for one in defects(tmp_path, found, config)]
    assert told == [("terms/en/b.md", 7, "source-mojibake"), ("terms/en/c.md", 3, "yaml-syntax")]
