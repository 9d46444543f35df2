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

from tests.stubs.killed import KILLED, Arm, Killer
from tests.stubs.killing import TEXTS, characters, strays
from tests.stubs.preparing import (
    SYNC,
    assert_whole,
    edited_pages,
    first_build,
    first_sync,
    moving_units,
    second_build,
)
from tests.stubs.services import SERVICES, Service
from tests.stubs.site import CONFIG, TERMS, Site

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="children are forked"),
    pytest.mark.usefixtures("small"),
]

ALL = os.environ.get("I18N_KILL") == "all"


@pytest.mark.parametrize(
    "case",
    [
        ("deepl", first_sync, 37),
        ("deepl", first_build, 19),
        ("deepl", second_build, 17),
        ("deepl", edited_pages, 17),
        ("deepl", moving_units, 17),
        ("openai", first_sync, 59),
        ("house", first_sync, 41),
    ],
    ids=lambda case: f"{case[0]}-{case[1].__name__}",
)
def test_a_run_killed_anywhere_is_finished_by_the_next(
    killer: Killer,
    tmp_path: Path,
    case: tuple[str, Callable[[Site], None], int],
    record_property: Callable[[str, object], None],
) -> None:
    name, prepare, step = case
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
    record_property("kills", len(range(1, at, 1 if ALL else step)))


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
