"""Projects at the moment when a run is disturbed, and what must be true of any after it."""

from __future__ import annotations

from i18n_pipeline.durable import TEMPORARY as ENDING
from i18n_pipeline.formats.lock import read_lock
from tests.stubs.site import Site

SYNC = ("sync", "--lang", "ja")


def first_sync(site: Site) -> None:
    """Nothing is there but the terms: everything is asked for."""
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")


def first_build(site: Site) -> None:
    """All is reviewed, nothing is built, one source has moved on."""
    first_sync(site)
    site.run(*SYNC)
    site.review()
    site.change("terms/en/lora.md", "- fast", "- quick\n- new")


def second_build(site: Site) -> None:
    """All is built; texts were corrected, a term is gone and its file is to go too."""
    first_build(site)
    site.run(*SYNC)
    site.review({"A piece of text.": "文の一部。", "cheap": "安い"})
    site.write("i18n.toml", site.read("i18n.toml") + '[build]\norphan = "delete"\n')
    (site.root / "terms/en/fine-tuning.md").unlink()


def edited_pages(site: Site) -> None:
    """All is built; people corrected pages and review file, and one page has a block of its own."""
    first_build(site)
    site.run(*SYNC)
    site.review()
    site.run(*SYNC)
    site.review({"A piece of text.": "文の一部。", "It costs less than training.": "安い。"})
    head, _, body = site.read("terms/ja/lora.md").rpartition("\n---\n")
    body = body.replace("\n- ", "\n日本語だけの段落。\n\n- ", 1)
    site.write("terms/ja/lora.md", f"{head}\n---\n{body}")
    head, _, body = site.read("terms/ja/token.md").rpartition("\n---\n")
    site.write("terms/ja/token.md", f"{head}\n---\n{body.replace('⟧.', '⟧。直した。')}")


def moving_units(site: Site) -> None:
    """Terms swap the catalogs that hold their reviewed units."""
    by_category = '[paths]\ncatalog = "locales/{locale}/{category}.po"\n'
    site.write("i18n.toml", site.read("i18n.toml") + by_category)
    site.run(*SYNC)
    for name in ("basics", "methods"):
        site.review(path=f"locales/ja/{name}.po")
    site.change("terms/en/token.md", "category: Basics", "category: Methods")
    site.change("terms/en/lora.md", "category: Methods", "category: Basics")


def assert_whole(after: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Every file is as it was or as it was to be; the lock may be on its way, and catalogs that
    exchange units hold them all.
    """
    for path in {*after, *old, *new}:
        if path.endswith(".lock") and path in after:
            read_lock(after[path])
        elif not path.endswith(ENDING):
            moving = path.endswith(".po") and "{category}" in new["i18n.toml"].decode()
            assert after.get(path) in (old.get(path), new.get(path)) or moving, path
