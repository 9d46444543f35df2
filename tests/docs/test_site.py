"""The documentation as a site: every page is on it, and reads there as in the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.docs.pages import DOCS
from website import prepare
from website.markdown import anchors_of, outside_code, parts
from website.prepare import BrokenLink, Places, page, pages_of

ROOT = DOCS.parent
PLACES = Places(pages_of(ROOT), {"docs/ideas.md": "Ideas"})
CONFIG = (ROOT / "website/mkdocs.yml").read_text(encoding="utf-8")
SOURCES = sorted(name for name in PLACES.pages if name.endswith(".md"))


def laid_out(name: str, text: str) -> str:
    """A page of a made-up text, as the generator gets it."""
    return page(name, text, PLACES)


def test_every_page_has_its_place_in_the_navigation() -> None:
    config = prepare.navigation(CONFIG, PLACES.pages)
    named = re.findall(r"([\w/-]+\.md)$", config, re.MULTILINE)
    pages = {place for place in PLACES.pages.values() if place.endswith(".md")}
    assert sorted(named) == sorted(pages - {"decisions/000-template.md"})


def test_a_link_to_a_page_leads_to_where_it_is_on_the_site() -> None:
    text = (
        "[a](../README.md) [b](../CONTRIBUTING.md#how-to-add) [c](decisions/) [d](translators.md)\n"
    )
    assert laid_out("docs/tutorial.md", text) == (
        "[a](index.md) [b](project/contributing.md#how-to-add) [c](decisions/index.md)"
        " [d](translators.md)\n"
    )


def test_a_link_to_code_leads_into_the_repository_or_is_words() -> None:
    text = "shown by [`test_it`](../tests/test_api.py), [x](https://example.org/a)\n"
    words = "shown by `test_it`, [x](https://example.org/a)\n"
    assert laid_out("docs/ideas.md", text) == words
    known = Places(PLACES.pages, {}, "https://example.org/tree/main")
    address = "https://example.org/tree/main/tests/test_api.py"
    assert page("docs/ideas.md", text, known) == text.replace("../tests/test_api.py", address)


def test_a_page_called_by_its_file_is_called_by_its_title() -> None:
    text = "[ideas.md](ideas.md) [ideas](ideas.md)\n"
    assert laid_out("docs/tutorial.md", text) == "[Ideas](ideas.md) [ideas](ideas.md)\n"


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(BrokenLink, match="nowhere"):
        laid_out("docs/ideas.md", "[x](nowhere.md)\n")


def test_what_looks_like_a_link_in_code_is_left_alone() -> None:
    text = "`[a](nowhere.md)` and\n\n```md\n[b](nowhere.md)\n```\n"
    assert laid_out("docs/ideas.md", text) == text


def test_a_file_shown_has_its_name_above_it() -> None:
    text = "```md terms/en/a.md\na\n```\n\n```po in b.po\nb\n```\n\n```po becomes\nc\n```\n"
    assert laid_out("docs/ideas.md", text) == (
        '```md title="terms/en/a.md"\na\n```\n\n```po title="b.po"\nb\n```\n\n'
        '```po title="becomes"\nc\n```\n'
    )
    assert laid_out("docs/ideas.md", "```text in de\na\n```\n") == "```text\na\n```\n"


def test_headings_have_the_anchors_that_they_have_on_github() -> None:
    text = "# What `-o` names\n\n## A [link](ideas.md), twice\n\n## A link, twice\n"
    assert list(anchors_of(text)) == ["what--o-names", "a-link-twice", "a-link-twice-1"]
    assert laid_out("docs/ideas.md", text).splitlines()[0] == "# What `-o` names {#what--o-names}"


@pytest.mark.parametrize("name", SOURCES)
def test_the_pieces_of_a_page_are_the_page(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "".join(part for _, part in parts(text)) == text
    assert outside_code(lambda prose: prose, text) == text


SITE = next(
    (str(path) for path in [ROOT / ".venv-docs/bin/zensical"] if path.exists()),
    shutil.which("zensical") or "",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SITE:
        pytest.skip("the site's generator is not installed (make docs)")
    folder = tmp_path_factory.mktemp("build")
    prepare.prepare(ROOT, folder)
    subprocess.run(
        [SITE, "build", "--strict", "-f", str(folder / "mkdocs.yml")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


def test_no_page_asks_anybody_for_anything(built: Path) -> None:
    loads = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"?(?:https?:)?//")
    pages = [*(built / "site").rglob("*.html")]
    assert len(pages) > len(SOURCES)
    assert [p.name for p in pages if loads.search(p.read_text(encoding="utf-8"))] == []


def counted(html: str) -> dict[str, int]:
    """How often what Markdown readers may see differently is there."""
    tags = ("li", "table", "tr", "td", "pre", "h2", "h3", "strong", "em", "blockquote")
    return {tag: len(re.findall(f"<{tag}[ >]", html)) for tag in tags}


# The first page has cards of the generator's own making.
@pytest.mark.parametrize("name", [name for name in SOURCES if name != "docs/README.md"])
def test_the_generator_sees_what_commonmark_sees(built: Path, name: str) -> None:
    place = Path(PLACES.pages[name])
    source = (built / "docs" / place).read_text(encoding="utf-8")
    html = (built / "site" / place.with_suffix(".html")).read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article")]
    oracle = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert counted(article) == counted(oracle.render(source))
