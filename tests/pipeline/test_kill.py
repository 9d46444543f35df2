"""A run is killed at its first, second, third … call that changes a file or sends a request.

`I18N_KILL=all` takes every one of them, otherwise every fifth.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from i18n_pipeline.durable import TEMPORARY as ENDING
from i18n_pipeline.formats.lock import read_lock
from tests.stubs.deepl import Stub
from tests.stubs.engine import bill
from tests.stubs.killed import KILLED, Killer
from tests.stubs.site import CONFIG, TERMS, Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")

SYNC = ("sync", "--lang", "ja")
STEP = 1 if os.environ.get("I18N_KILL") == "all" else 5


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with Killer() as process:
        yield process


def first_sync(site: Site, _: Stub) -> None:
    """Nothing is there but the terms: everything is asked for."""
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")


def first_build(site: Site, stub: Stub) -> None:
    """All is reviewed, nothing is built, one source has moved on."""
    first_sync(site, stub)
    site.run(*SYNC)
    site.review()
    site.change("terms/en/lora.md", "- fast", "- quick\n- new")


def second_build(site: Site, stub: Stub) -> None:
    """All is built; texts were corrected, a term is gone and its file is to go too."""
    first_build(site, stub)
    site.run(*SYNC)
    site.review({"A piece of text.": "文の一部。", "cheap": "安い"})
    site.write("i18n.toml", CONFIG + '[build]\norphan = "delete"\n')
    (site.root / "terms/en/fine-tuning.md").unlink()


def moving_units(site: Site, stub: Stub) -> None:
    """Terms swap the catalogs that hold their reviewed units."""
    site.write("i18n.toml", CONFIG + '[paths]\ncatalog = "locales/{locale}/{category}.po"\n')
    site.run(*SYNC)
    for name in ("basics", "methods"):
        site.review(path=f"locales/ja/{name}.po")
    site.change("terms/en/token.md", "category: Basics", "category: Methods")
    site.change("terms/en/lora.md", "category: Methods", "category: Basics")


def at_rest(site: Site) -> None:
    """Nothing half-written is left, wherever it may lie."""
    left = [path.name for path in site.root.rglob("*") if "tmp" in path.name]
    assert left == []


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


@pytest.mark.parametrize("prepare", [first_sync, first_build, second_build, moving_units])
def test_a_run_killed_anywhere_is_finished_by_the_next(
    prepare: Callable[[Site, Stub], None], killer: Killer, tmp_path: Path
) -> None:
    template = Site(tmp_path / "template")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        template.write(path, text)
    with Stub() as stub:
        template.ask(stub)
        prepare(template, stub)
        old = template.contents()
        whole = Site(tmp_path / "whole", template.environment)
        shutil.copytree(template.root, whole.root)
        assert whole.run(*SYNC).code == 0
        new = whole.contents()
        for at in count(1, STEP):
            site = Site(tmp_path / str(at))
            shutil.copytree(template.root, site.root)
            if not _killed(killer, site, at, old, new):
                break
            shutil.rmtree(site.root)
    assert at > STEP


def _killed(
    killer: Killer, site: Site, at: int, old: dict[str, bytes], new: dict[str, bytes]
) -> bool:
    """Kill a run and do the next one; False where it ended before it was killed."""
    with Stub() as stub:
        site.ask(stub)
        ended = killer.run(site, SYNC, at)
        if ended != KILLED:
            assert ended == 0
            return False
        assert_whole(site.contents(), old, new)
        next_run = site.report(*SYNC)
        assert next_run.code == 0, next_run
        assert site.contents() == new
        at_rest(site)
        twice = sum(bill(text for _, text in stub.account.billed_twice()))
        assert twice <= next_run.locale()["billed"]["possibly_billed"]
        assert site.report(*SYNC).json["changed"] is False
        return True
