"""A hosted glossary: a bare remote, people's clones of it, and a CI job that runs at night."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.stubs.deepl import Stub
from tests.stubs.forge import Forge
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, TERMS, Ran, Site

OWNERS = '[locale.ja]\nowner = "@hana"\nreviewers = ["kenji", "acme/japanese"]\n'
"""Who is asked to review the Japanese."""


@dataclass
class Hosted:
    """A remote in `folder`, the service that shows it, and a DeepL."""

    folder: Path
    forge: Forge
    deepl: Stub
    environment: dict[str, str] = field(default_factory=dict)
    people: int = 0

    def begin(self, config: str = CONFIG) -> None:
        """Put the project on the remote's main branch."""
        first = Repository(self.folder / "first")
        first.commit("The glossary", {"i18n.toml": config, **TERMS})
        first.git("push", "--quiet", str(self.remote), "main")

    @property
    def remote(self) -> Path:
        """The bare repository."""
        return self.forge.remote

    def person(self, name: str, branch: str = "main") -> Person:
        """Somebody with a fresh clone, on a branch."""
        self.people += 1
        work = self.folder / f"{name.lower()}-{self.people}"
        repository = Repository(work, hours=24 * self.people)
        repository.git("remote", "add", "origin", str(self.remote))
        repository.git("fetch", "--quiet", "origin")
        repository.git("checkout", "--quiet", "-B", branch, f"origin/{branch}")
        return Person(name, branch, repository, Site(work))

    def night(self, *arguments: str, depth: int = 0) -> Ran:
        """Run the job on a fresh clone, with the receipts of the night before."""
        job = self.job(depth=depth)
        ran = job.run("ci", "sync", *arguments)
        self.keep(job)
        return ran

    def keep(self, job: Site) -> None:
        """Keep what a job left in `.i18n/`, as the service's cache does."""
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        if (job.root / ".i18n").is_dir():
            shutil.copytree(job.root / ".i18n", kept)

    def job(self, *, depth: int = 0) -> Site:
        """The clone of a job."""
        work = self.folder / "job"
        shutil.rmtree(work, ignore_errors=True)
        deep = [f"--depth={depth}", f"file://{self.remote}"] if depth else [str(self.remote)]
        Repository(self.folder / "cloning").git("clone", "--quiet", *deep, str(work))
        if (kept := self.folder / "kept").is_dir():
            shutil.copytree(kept, work / ".i18n")
        site = Site(work, {"GIT_CONFIG_GLOBAL": os.devnull, **self.environment})
        site.ask(self.deepl)
        return site

    def approve(self, branch: str = "i18n/ja", texts: Mapping[str, str] | None = None) -> None:
        """Have a translator approve all drafts on a branch, some with texts of their own."""
        hana = self.person("Hana", branch)
        hana.site.review(texts)
        hana.push("All reviewed")

    def hook(self, name: str, script: str) -> None:
        """Have the remote run a script of this name on a push."""
        file = self.remote / "hooks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def git(self, *arguments: str) -> str:
        """Ask the remote."""
        return Repository(self.folder / "asking").git(f"--git-dir={self.remote}", *arguments)

    def show(self, branch: str, path: str) -> str:
        """A file of the remote."""
        return self.git("show", f"{branch}:{path}")

    def commits(self, branch: str) -> list[str]:
        """What the commits of a branch are called, the newest first."""
        return self.git("log", "--format=%an: %s", branch).splitlines()


def became(ran: Ran) -> dict[str, str]:
    """What became of each locale, as a night's report says."""
    rows = (line for line in ran.out.splitlines() if not line.startswith(" "))
    return {row.split(":")[0]: row.split(":")[1].strip() for row in rows}


@contextmanager
def hosting(folder: Path, deepl: Stub, config: str = CONFIG) -> Iterator[Hosted]:
    """Three English terms on the main branch of a remote in a folder, and a service for it."""
    remote = folder / "remote.git"
    Repository(folder / "making").git("init", "--quiet", "--bare", "-b", "main", str(remote))
    with Forge(remote) as forge:
        made = Hosted(folder, forge, deepl, forge.environment())
        made.begin(config)
        yield made


@dataclass
class Person:
    """Somebody at work in a clone, on one branch."""

    name: str
    branch: str
    repository: Repository
    site: Site

    def push(self, message: str) -> str:
        """Commit all there is, and push it."""
        commit = self.repository.commit(message, author=self.name)
        self.repository.git("push", "--quiet", "origin", f"HEAD:{self.branch}")
        return commit
