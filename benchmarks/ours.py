"""Our own runs on a site: each scenario as a user would call it."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

from benchmarks.aside import put_aside
from benchmarks.corpus import TARGET
from benchmarks.edits import edit, paragraphs
from benchmarks.measure import Command, Contender, Job, Scenario
from i18n_pipeline import __version__

NAME = "i18n_pipeline"
EACH = "i18n_pipeline, a PO each"
_SYNC = ("sync", "--provider", "pseudo")


def ours(root: Path, site: Path, name: str = NAME) -> Contender:
    """The pipeline in `root` at work on a site; by its `name` the two layouts are told apart."""
    own = _Ours(root, site)
    return Contender(
        name,
        __version__,
        {
            Scenario.HELP: Job((own.command("--help"),)),
            Scenario.EXTRACT: Job((own.command("extract"),), own.fresh),
            Scenario.FIRST: Job((own.command(*_SYNC),), own.fresh),
            Scenario.REBUILD: Job((own.command("build"),), own.without_files),
            Scenario.IDLE: Job((own.command(*_SYNC),), own.settled),
            Scenario.ONE_EDIT: Job((own.command(*_SYNC),), own.one_edit),
            Scenario.EDITED: Job((own.command(*_SYNC),), own.edits),
        },
    )


class _Ours:
    def __init__(self, root: Path, site: Path) -> None:
        self._root, self._site = root, site
        self._places = paragraphs(list((site / "terms" / "en").glob("*.md")))

    def command(self, *words: str) -> Command:
        """A command of ours on the site."""
        start = (sys.executable, "-m", "i18n_pipeline", *words)
        return Command(start, self._site, {"PYTHONPATH": str(self._root)})

    def fresh(self, _round: int) -> None:
        """Sources alone, as after a clone of a glossary that nobody has translated."""
        put_aside(self._site, ".i18n", "locales", f"terms/{TARGET}")

    def without_files(self, number: int) -> None:
        """Everything reviewed, and no file built."""
        if not number:
            self._approve()
        put_aside(self._site, f"terms/{TARGET}", f"locales/{TARGET}/terms.lock")

    def settled(self, number: int) -> None:
        """A site that runs have brought up to date, all committed, and that one more found so."""
        if number:
            return
        for _ in range(2):
            self.command(*_SYNC).measured()
        self._commit()
        for _ in range(2):
            self.command(*_SYNC).measured()

    def one_edit(self, number: int) -> None:
        """One paragraph edited since the last run."""
        edit(self._places, 1, number)

    def edits(self, number: int) -> None:
        """One paragraph in a hundred edited since the last run."""
        edit(self._places, len(self._places) // 100, 100 + number)

    def _commit(self) -> None:
        """Put the site into a git repository, as a glossary is in one."""
        (self._site / ".gitignore").write_text(".i18n/\n.cost.json\n.messages\n", "utf-8")
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "all"]):
            run(["git", *who, *words], cwd=self._site, check=True)  # noqa: S607 - the one there is

    def _approve(self) -> None:
        """Take off the flag from every draft, as an editor does."""
        for catalog in (self._site / "locales" / TARGET).glob("*.po"):
            catalog.write_bytes(catalog.read_bytes().replace(b"#, fuzzy\n", b""))
