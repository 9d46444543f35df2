"""`i18n init` in the folders that site generators leave: it finds sources and translations."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site

SLUGS = ("lora", "token", "agent")
LAYOUTS = {
    "Docusaurus": (
        "docs/glossary/{slug}.md",
        "i18n/{locale}/docusaurus-plugin-content-docs/current/glossary/{slug}.md",
    ),
    "Astro": (
        "src/content/docs/glossary/{slug}.md",
        "src/content/docs/{locale}/glossary/{slug}.md",
    ),
    "Hugo": ("content/en/glossary/{slug}.md", "content/{locale}/glossary/{slug}.md"),
    "Hugo, by name": ("content/glossary/{slug}.md", "content/glossary/{slug}.{locale}.md"),
    "MkDocs": ("docs/glossary/{slug}.mdx", "docs/glossary/{slug}.{locale}.mdx"),
    "ours": ("terms/en/{slug}.md", "terms/{locale}/{slug}.md"),
}


@pytest.fixture
def empty(site: Site) -> Site:
    made = Site(site.root.parent / "made")
    made.root.mkdir()
    return made


def fill(site: Site, pattern: str, text: str, **names: str) -> None:
    for slug in SLUGS:
        path = pattern.replace("{slug}", slug)
        for name, value in names.items():
            path = path.replace(f"{{{name}}}", value)
        site.write(path, f"---\ntitle: {text} {slug}\n---\n\n{text} of {slug}, at length.\n")


@pytest.mark.parametrize("name", LAYOUTS)
def test_sources_and_translations_are_found(empty: Site, name: str) -> None:
    source, target = LAYOUTS[name]
    fill(empty, source, "Text")
    fill(empty, target, "テキスト", locale="ja")
    assert empty.run("init", "--targets", "ja,fr").code == 0
    status = empty.report("status")
    assert status.code == 0
    assert [status.locale(number)["terms"]["total"] for number in (0, 1)] == [3, 3]
    assert [status.locale(number)["terms"]["unadopted"] for number in (0, 1)] == [3, 0]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("docs/{slug}.md", "docs/{slug}.{locale}.md"),
        ("docs/en/{slug}.md", "docs/{locale}/{slug}.md"),
    ],
)
def test_pages_without_front_matter_are_terms_where_they_are_translated(
    empty: Site, source: str, target: str
) -> None:
    for slug in SLUGS:
        empty.write(source.replace("{slug}", slug), f"# {slug}\n\nText of {slug}.\n")
        path = target.replace("{slug}", slug).replace("{locale}", "ja")
        empty.write(path, f"# {slug}\n\n{slug}の文章。\n")
    assert empty.run("init").code == 0
    adopted = empty.report("adopt")
    assert adopted.code == 0
    assert adopted.locale()["units"] == {"untranslated": 0, "needs_review": 0, "reviewed": 6}


def test_pages_of_a_folder_without_front_matter_are_terms_where_targets_are_said(
    empty: Site,
) -> None:
    for slug in SLUGS:
        empty.write(f"terms/{slug}.md", f"# {slug}\n\nText of {slug}.\n")
    assert empty.run("init").code == 2
    assert empty.run("init", "--targets", "ja").code == 0
    assert empty.report("status").locale()["terms"]["total"] == 3


def test_a_readme_in_two_languages_is_no_glossary(empty: Site) -> None:
    empty.write("README.md", "# It\n\nText.\n")
    empty.write("README.ja.md", "# それ\n\n文章。\n")
    assert empty.run("init").code == 2
    assert not (empty.root / "i18n.toml").exists()


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_built_lies_where_the_generator_looks_and_is_no_source(
    empty: Site, name: str
) -> None:
    source, target = LAYOUTS[name]
    fill(empty, source, "Text")
    fill(empty, target, "テキスト", locale="ja")
    empty.run("init", "--targets", "ja,en-XA")
    assert empty.run("sync", "--lang", "en-XA", "--publish", "drafts").code == 0
    for slug in SLUGS:
        path = target.replace("{slug}", slug).replace("{locale}", "en-XA")
        assert (empty.root / path).exists(), path
    status = empty.report("status")
    assert status.locale()["terms"]["total"] == 3


def test_a_plain_folder_is_the_source_of_the_locales_asked_for(empty: Site) -> None:
    fill(empty, "glossary/{slug}.md", "Text")
    empty.write("README.md", "---\ntitle: no term\n---\n")
    assert empty.run("init", "--targets", "ja").code == 0
    assert 'terms = "glossary/{locale}/{slug}.md"' in empty.read("i18n.toml")
    assert empty.report("status").locale()["terms"]["total"] == 3


def test_a_plain_folder_without_a_word_on_targets_is_refused(empty: Site) -> None:
    fill(empty, "glossary/{slug}.md", "Text")
    ran = empty.run("init")
    assert ran.code == 2
    assert "no term files here" in ran.err
    assert not (empty.root / "i18n.toml").exists()


def test_another_source_language_is_taken_as_it_is_said(empty: Site) -> None:
    fill(empty, "docs/{slug}.md", "Text")
    fill(empty, "docs/{slug}.{locale}.md", "Text", locale="en")
    assert empty.run("init", "--source", "de").code == 0
    assert 'source = "de"\n' in empty.read("i18n.toml")
    assert "[locale.de.paths]" in empty.read("i18n.toml")
    assert empty.report("status").code == 0
