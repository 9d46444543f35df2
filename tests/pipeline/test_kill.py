"""A run is killed at its first, second, third … call that changes a file or uses a connection.

The calls are made by several threads, and whichever makes the n-th ends them all. `make kill`
takes every one of them (`I18N_KILL=all`), otherwise some are left out.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from i18n_pipeline.durable import TEMPORARY as ENDING
from i18n_pipeline.formats.lock import read_lock
from tests.stubs.killed import KILLED, Arm, Killer
from tests.stubs.killing import TEXTS, characters, strays
from tests.stubs.services import SERVICES, Service
from tests.stubs.site import CONFIG, TERMS, Site

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="children are forked"),
    pytest.mark.usefixtures("small"),
]

SYNC = ("sync", "--lang", "ja")
ALL = os.environ.get("I18N_KILL") == "all"


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


@pytest.mark.parametrize(
    ("name", "prepare", "step"),
    [
        ("deepl", first_sync, 29),
        ("deepl", first_build, 11),
        ("deepl", second_build, 5),
        ("deepl", edited_pages, 5),
        ("deepl", moving_units, 5),
        ("openai", first_sync, 47),
        ("house", first_sync, 31),
    ],
)
def test_a_run_killed_anywhere_is_finished_by_the_next(
    killer: Killer, tmp_path: Path, name: str, prepare: Callable[[Site], None], step: int
) -> None:
    template, whole = Site(tmp_path / "template"), Site(tmp_path / "whole")
    provider = f'[locale.ja]\nprovider = ["{SERVICES[name]().provider}"]\n'
    for path, text in {"i18n.toml": CONFIG + provider, **TERMS}.items():
        template.write(path, text)
    with SERVICES[name]().serving() as serving:
        template.environment = whole.environment = serving.environment
        prepare(template)
        shutil.copytree(template.root, whole.root)
        assert whole.run(*SYNC).code == 0
    old, new = template.contents(), whole.contents()
    for at in count(1, 1 if ALL else step):
        site, service = Site(tmp_path / str(at)), SERVICES[name]()
        shutil.copytree(template.root, site.root)
        if not _is_killed(killer, service, site, at):
            break
        assert_whole(site.contents(), old, new)
        _go_on(service, site)
        assert site.contents() == new
        shutil.rmtree(site.root)
    assert at > step


def _is_killed(killer: Killer, service: Service, site: Site, at: int) -> bool:
    """Kill a run; False where it ended before it was killed."""
    with service.serving() as serving:
        site.environment = serving.environment
        ended = killer.run(site, SYNC, Arm(at=at), TEXTS).code
    assert ended in (0, KILLED)
    return ended == KILLED


def _go_on(service: Service, site: Site) -> None:
    """Run again, and once more; what may have been billed twice is told."""
    with service.serving() as serving:
        site.environment = serving.environment
        ran = site.report(*SYNC)
        assert ran.code == 0, ran
        twice = Counter(service.meter) - Counter(dict.fromkeys(service.meter, 1))
        assert characters(twice) <= ran.locale()["billed"]["possibly_billed"]
        requests = serving.requests
        assert site.report(*SYNC).json["changed"] is False
        assert (serving.requests, strays(site)) == (requests, [])
