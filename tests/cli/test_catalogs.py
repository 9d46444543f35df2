from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stubs.site import CONFIG, Site

if TYPE_CHECKING:
    import pytest

BY_SLUG = '[paths]\ncatalog = "locales/{locale}/{slug}.po"\n'
BY_CATEGORY = '[paths]\ncatalog = "locales/{locale}/{category}.po"\n'


def split(site: Site, paths: str) -> None:
    site.write("i18n.toml", CONFIG + paths)


def words(site: Site) -> dict[str, list[tuple[str, str, bool]]]:
    return {
        path.removeprefix("locales/ja/"): [
            (unit.msgctxt, unit.msgstr, unit.fuzzy) for unit in site.po(path)
        ]
        for path in site.contents()
        if path.startswith("locales/ja/") and path.endswith(".po")
    }


def test_a_catalog_a_term_has_the_vocabulary_beside_it(site: Site) -> None:
    split(site, BY_SLUG)
    assert site.run("sync", "--lang", "ja").code == 0
    found = words(site)
    assert set(found) == {"_vocabulary.po", "fine-tuning.po", "lora.po", "token.po"}
    assert [context for context, _, _ in found["_vocabulary.po"]] == ["category", "category"]
    assert {context.partition("/")[0] for context, _, _ in found["lora.po"]} == {"lora"}
    before = site.tree()
    assert site.report("sync", "--lang", "ja").json["changed"] is False
    assert site.tree() == before


def test_a_term_that_changes_its_category_takes_its_translations_along(drafted: Site) -> None:
    split(drafted, BY_CATEGORY)
    (drafted.root / "locales/ja/terms.po").unlink()
    drafted.run("sync", "--lang", "ja")
    for path in ("methods", "basics", "_vocabulary"):
        drafted.review(path=f"locales/ja/{path}.po")
    drafted.run("sync", "--lang", "ja")
    before = words(drafted)
    drafted.change("terms/en/lora.md", "category: Methods", "category: Basics")
    ran = drafted.report("sync", "--lang", "ja")
    assert ran.code == 0
    assert ran.locale()["billed"]["requests"] == 0
    after = words(drafted)
    moved = [unit for unit in before["methods.po"] if unit[0].startswith("lora/")]
    assert moved
    assert after["basics.po"] == moved + before["basics.po"]
    assert after["methods.po"] == [unit for unit in before["methods.po"] if unit not in moved]


def test_terms_that_swap_their_catalogs_lose_nothing(drafted: Site) -> None:
    split(drafted, BY_CATEGORY)
    (drafted.root / "locales/ja/terms.po").unlink()
    drafted.run("sync", "--lang", "ja")
    for path in ("methods", "basics"):
        drafted.review(path=f"locales/ja/{path}.po")
    drafted.run("sync", "--lang", "ja")
    before = sorted(unit for units in words(drafted).values() for unit in units)
    drafted.change("terms/en/token.md", "category: Basics", "category: Methods")
    for path in ("lora", "fine-tuning"):
        drafted.change(f"terms/en/{path}.md", "category: Methods", "category: Basics")
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert sorted(unit for units in words(drafted).values() for unit in units) == before
    tree = drafted.tree()
    drafted.run("sync", "--lang", "ja")
    assert drafted.tree() == tree


def test_a_unit_that_moves_stands_in_both_files_while_they_are_written(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from i18n_pipeline.workspace import Workspace

    split(drafted, BY_CATEGORY)
    (drafted.root / "locales/ja/terms.po").unlink()
    drafted.run("sync", "--lang", "ja")
    drafted.review(path="locales/ja/basics.po")
    drafted.change("terms/en/token.md", "category: Basics", "category: Methods")
    seen: list[bool] = []
    save = Workspace.save

    def watched(*arguments: object) -> object:
        written = save(*arguments)  # type: ignore[arg-type]
        texts = "".join(str(words(drafted)))
        seen.append("⟦ja:A model reads tokens⟧" in texts)
        return written

    monkeypatch.setattr(Workspace, "save", watched)
    drafted.run("sync", "--lang", "ja")
    assert len(seen) > 2
    assert all(seen)
