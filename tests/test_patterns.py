from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.patterns import (
    Pattern,
    glob_folder,
    glob_matches,
    glob_problem,
    is_wild,
    name_problem,
    path_problem,
)

NAMES = st.from_regex(r"[a-zA-Z0-9_é語-]{1,8}", fullmatch=True).filter(
    lambda n: not name_problem(n)
)
TAGS = st.sampled_from(["ja", "pt-BR", "zh_CN", "zh-Hans"])
PATTERNS = st.sampled_from(
    [
        "terms/{locale}/{slug}.md",
        "{slug}/index.{locale}.md",
        "content/{locale}/{slug}/{slug}.md",
        "docs (old)/[x]+/{slug}.{locale}.md",
        "locales/{locale}/{category}/{slug}.po",
    ]
)


@given(PATTERNS, TAGS, st.lists(NAMES, min_size=1, max_size=3).map("/".join), NAMES)
def test_matching_undoes_filling(text: str, locale: str, slug: str, category: str) -> None:
    pattern = Pattern(text)
    values = {"locale": locale, "slug": slug, "category": category}
    found = pattern.match(pattern.fill(**values))
    assert found == {name: values[name] for name in pattern.variables}


@given(PATTERNS, TAGS, NAMES)
def test_every_path_of_a_locale_lies_under_its_prefix(text: str, locale: str, name: str) -> None:
    pattern = Pattern(text)
    prefix = pattern.prefix(locale)
    assert pattern.fill(locale=locale, slug=name, category=name).startswith(prefix)
    assert "{" not in prefix


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("terms/{locale}/{slug}.md", "terms/ja"),
        ("terms/{locale}-{slug}.md", "terms"),
        ("{slug}.md", ""),
        ("i18n/{locale}/docs/current/{slug}.md", "i18n/ja/docs/current"),
        ("glossaries/keep.csv", "glossaries"),
    ],
)
def test_the_prefix_is_the_deepest_folder_that_holds_a_locale(text: str, prefix: str) -> None:
    assert Pattern(text).prefix("ja") == prefix


def test_a_slug_may_be_a_relative_path_and_a_locale_may_not() -> None:
    pattern = Pattern("terms/{locale}/{slug}.md")
    assert pattern.match("terms/ja/ml/loss.md") == {"locale": "ja", "slug": "ml/loss"}
    assert Pattern("x/{locale}.md").match("x/a/b.md") is None


def test_a_variable_named_twice_has_one_value() -> None:
    pattern = Pattern("{slug}/{slug}.md")
    assert pattern.match("loss/loss.md") == {"slug": "loss"}
    assert pattern.match("loss/other.md") is None


@pytest.mark.parametrize("slug", ["..", "a/../../b", "/etc/passwd", "a//b", "con", "a\0b", "a\\b"])
def test_a_value_that_leads_out_of_its_place_is_refused(slug: str) -> None:
    with pytest.raises(BadFile) as caught:
        Pattern("terms/{locale}/{slug}.md").fill(locale="ja", slug=slug)
    assert caught.value.problem.code == "unsafe-path"


def test_a_value_other_than_the_slug_is_one_component() -> None:
    with pytest.raises(BadFile, match="slash"):
        Pattern("locales/{category}.po").fill(category="a/b")


def test_a_path_with_dots_never_matches() -> None:
    assert Pattern("terms/{locale}/{slug}.md").match("terms/ja/../x.md") is None
    assert Pattern("terms/{locale}/{slug}.md").match("terms/ja/...md") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/terms/{slug}.md", "absolute"),
        ("../{slug}.md", "'..'"),
        ("a/../{slug}.md", "'..'"),
        ("terms\\{slug}.md", "\\ cannot"),
        ("terms/{slug}\0.md", "x00"),
        ("terms//{slug}.md", "no name"),
        ("C:/terms/{slug}.md", ": cannot"),
        ("terms/*.md", "* cannot"),
        ("terms/{slug.md", "brace"),
        ("terms/{}.md", "no variable"),
        ("terms/{slug}{locale}.md", "between"),
        (".git/hooks/{slug}", ".git"),
        ("a/.I18N/{slug}", ".I18N"),
        ("nul/{slug}.md", "Windows"),
        ("terms./{slug}.md", "Windows"),
    ],
)
def test_an_unusable_pattern_says_why(text: str, reason: str) -> None:
    assert any(reason in problem for problem in Pattern(text).problems())


@pytest.mark.parametrize("name", ["con", "CON.md", "lpt1", "aux.tar.gz", "com¹", "a.", "a ", "a|b"])
def test_names_that_some_system_refuses_are_refused_everywhere(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize("name", ["console", "com10", "語", ".hidden", "a b", "nul-model"])
def test_ordinary_names_are_fine(name: str) -> None:
    assert name_problem(name) is None
    assert path_problem(f"terms/{name}") is None


GLOBS = [
    ("memories/*.tmx", "memories/a.tmx", True),
    ("memories/*.tmx", "memories/old/a.tmx", False),
    ("memories/*.tmx", "memories/A.TMX", False),
    ("memories/?.tmx", "memories/a.tmx", True),
    ("memories/?.tmx", "memories/ab.tmx", False),
    ("*/x-*/a.tmx", "de/x-1/a.tmx", True),
    ("a[b].tmx", "a[b].tmx", True),
    ("a[b].tmx", "ab.tmx", False),
    ("a.tmx", "a.tmx", True),
]


@pytest.mark.parametrize(("glob", "path", "fits"), GLOBS)
def test_a_star_stands_for_anything_in_one_name(glob: str, path: str, fits: bool) -> None:
    assert glob_problem(glob) is None
    assert glob_matches(glob, path) is fits
    assert path.startswith(glob_folder(glob)) or not fits
    assert is_wild(glob) is ("*" in glob or "?" in glob)


@pytest.mark.parametrize("glob", ["/x/*.tmx", "../*.tmx", "a//b.tmx", ".i18n/*", "a\\*.tmx", ""])
def test_a_star_leads_nowhere_outside_of_the_project(glob: str) -> None:
    assert glob_problem(glob)
