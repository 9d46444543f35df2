"""What a repository says of its glossary's past: the sources as each day left them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.year import Day
from i18n_pipeline.config import Config
from i18n_pipeline.workspace import open_workspace

_GIT = shutil.which("git") or "git"
_LOG = ("log", "--reverse", "--first-parent", "--format=%cs %H")


def history_of(repo: Path, root: Path) -> Iterator[Day]:
    """The sources of a repository as the last commit of each day left them, oldest first.

    Puts its configuration into the project in `root`, or what `init` proposes for its last commit.
    Ends the program where there is no such repository.
    """
    if not _has_commits(repo):
        sys.exit(f"{repo}: no git repository with a commit: name the folder that has .git in it")
    config = _configured(repo, root)
    last = dict(line.split() for line in _git(repo, *_LOG).decode().splitlines())
    blobs: dict[str, bytes] = {}
    for day, commit in sorted(last.items()):
        yield Day(day, _sources(repo, commit, config, blobs))


def _configured(repo: Path, root: Path) -> Config:
    clone = root.with_name("clone")
    _git(repo, "clone", "--quiet", str(repo.resolve()), str(clone))
    if not (clone / "i18n.toml").exists():
        command = (
            sys.executable,
            "-m",
            "i18n_pipeline",
            "-C",
            str(clone),
            "init",
            "--targets",
            "ja",
        )
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
    shutil.copy(clone / "i18n.toml", root / "i18n.toml")
    if (clone / "glossaries").is_dir():
        shutil.copytree(clone / "glossaries", root / "glossaries")
    return open_workspace(root).config


def _has_commits(repo: Path) -> bool:
    asked = [_GIT, "-C", str(repo), "rev-parse", "--quiet", "--verify", "HEAD"]
    return repo.is_dir() and not subprocess.run(asked, capture_output=True, check=False).returncode


def _git(repo: Path, *words: str) -> bytes:
    return subprocess.run([_GIT, "-C", str(repo), *words], capture_output=True, check=True).stdout


def _sources(
    repo: Path, commit: str, config: Config, blobs: dict[str, bytes]
) -> Mapping[str, bytes]:
    """The source files of a commit by path; a blob is read once."""
    pattern = config.settings(config.source).paths.terms
    found: dict[str, bytes] = {}
    for entry in _git(repo, "ls-tree", "-r", "-z", commit).split(b"\0"):
        about, _, name = entry.decode("utf-8", "replace").partition("\t")
        said = pattern.match(name)
        if said is None or said.get("locale", config.source) != config.source:
            continue
        blob = about.split()[2]
        if blob not in blobs:
            blobs[blob] = _git(repo, "cat-file", "blob", blob)
        found[name] = blobs[blob]
    return found
