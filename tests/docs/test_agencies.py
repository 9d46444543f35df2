"""The page for who works with an agency says what happens."""

from __future__ import annotations

from pathlib import Path

from i18n_pipeline.stages.receiving import Fate
from tests.docs.pages import DOCS, Follower, blocks
from tests.stubs.site import Site


def test_who_does_what_the_page_says_sees_what_it_shows(tmp_path: Path) -> None:
    reader = Follower(Site(tmp_path))
    reader.site.write("i18n.toml", 'source = "en"\ntargets = ["es"]\n')
    found = [*blocks((DOCS / "agencies.md").read_text(encoding="utf-8"))]
    followed = [one for one in found if one.info != ("po",)]
    assert len(followed) == len(found) - 1 == 5
    for block in followed:
        reader.follow(block)


def test_every_fate_of_a_unit_is_described() -> None:
    page = (DOCS / "reference" / "interchange.md").read_text(encoding="utf-8")
    assert [fate.name for fate in Fate if f"`{fate.name.lower()}`" not in page] == []
