"""Many processes at once on one project: runs, reviewers at the desk, and people with editors.

One process loads the package, forks a child for each of them, and lets them go together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import NoReturn

import polib

from tests.stubs.editing import SAVES
from tests.stubs.killed import _load
from tests.stubs.site import Ran, Site

PO = "locales/ja/terms.po"
WAIT = "900"
"""Seconds for which whoever can wait for the run lock does."""


@dataclass(frozen=True, slots=True)
class Racer:
    """Who takes part: a command line; or somebody who gives units their texts, by source.

    `way` is "desk", or how an editor saves (editing.py).
    """

    arguments: tuple[str, ...] = ()
    way: str = ""
    texts: tuple[tuple[str, str], ...] = ()


class Race:
    """Starts the process that forks, and has races run."""

    def __enter__(self) -> Race:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stubs.racing"],
            env=Site(Path(__file__).parent).surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=60)

    def run(self, site: Site, racers: Sequence[Racer]) -> list[Ran]:
        """What became of each of them."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = site.root.with_name(f"{site.root.name}.said")
        said.mkdir(exist_ok=True)
        order = [str(site.root), str(said), site.environment, [asdict(one) for one in racers]]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        codes = json.loads(self._process.stdout.readline())
        files = [[said / f"{number}.{stream}" for stream in (1, 2)] for number in range(len(codes))]
        texts = [[path.read_text("utf-8", "replace") for path in pair] for pair in files]
        return [Ran(code, *pair) for code, pair in zip(codes, texts, strict=True)]


def _race(root: Path, said: Path, environment: dict[str, str], racers: list[Racer]) -> list[int]:
    ready, go = os.pipe()
    children = []
    for number, racer in enumerate(racers):
        child = os.fork()
        if child == 0:
            os.close(go)
            _child(racer, root, said / str(number), environment, ready)
        children.append(child)
    os.close(ready)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _child(
    racer: Racer, root: Path, said: Path, environment: dict[str, str], ready: int
) -> NoReturn:
    """Wait for the start, and do it; nothing comes back from here, or there would be two of us."""
    code = 1
    try:
        os.environ.update(environment)
        for stream in (1, 2):
            handle = os.open(said.with_suffix(f".{stream}"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, stream)
        os.read(ready, 1)
        code = _run(racer, root)
    except BaseException:  # noqa: BLE001 - whatever it was, the test shows it
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run(racer: Racer, root: Path) -> int:
    from i18n_pipeline.cli import main as run

    if racer.way == "desk":
        return _review(root, racer.texts)
    if racer.way:
        return _edit(root, racer)
    try:
        run(["-C", str(root), *racer.arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _review(root: Path, texts: Sequence[tuple[str, str]]) -> int:
    """Approve texts at the desk, each as often as it takes."""
    from i18n_pipeline.desk.outcomes import Done
    from i18n_pipeline.desk.session import Session
    from i18n_pipeline.workspace import open_workspace
    from tests.desk.deciding import decision, unit_of

    session = Session(open_workspace(root), "ja", lock_timeout=float(WAIT))
    for source, text in texts:
        while not isinstance(session.decide(decision(unit_of(session, source), text)), Done):
            sleep(0.001)
    return 0


def _edit(root: Path, racer: Racer) -> int:
    """Give units their texts as an editor does, which reads the file, and saves all of it."""
    for source, text in racer.texts:
        catalog = polib.pofile((root / PO).read_text("utf-8"), wrapwidth=0)
        for entry in catalog:
            if entry.msgid == source and not entry.obsolete:
                entry.msgstr, entry.flags = text, []
        SAVES[racer.way](root / PO, str(catalog).encode())
        sleep(0.01)
    return 0


def main() -> None:
    """Run races until there are none."""
    _load()
    for line in sys.stdin:
        root, said, environment, racers = json.loads(line)
        found = [
            Racer(tuple(one["arguments"]), one["way"], tuple(map(tuple, one["texts"])))
            for one in racers
        ]
        print(json.dumps(_race(Path(root), Path(said), environment, found)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
