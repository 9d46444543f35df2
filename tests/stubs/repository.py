"""A git repository of a test's own: commits by several people, at times that the test names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Repository:
    """A git repository in `root`. Each commit is an hour later than the one before."""

    root: Path
    hours: int = 0

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, fails: bool = False) -> str:
        """Run git; what it printed. `fails`: it may end as it likes."""
        ended = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | self._who("Ada") | {"GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert fails or not ended.returncode, ended.stderr + ended.stdout
        return ended.stdout

    def commit(
        self,
        message: str,
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        author: str = "Ada",
    ) -> str:
        """Write files (None deletes one) and commit all there is; the commit's id."""
        for name, content in (files or {}).items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.hours += 1
        self.git("add", "--all")
        who = self._who(author)
        subprocess.run(
            ["git", "commit", "--quiet", "--allow-empty", "--message", message],
            cwd=self.root,
            env=os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull},
            check=True,
            capture_output=True,
        )
        return self.git("rev-parse", "HEAD").strip()

    def merge(self, branch: str) -> bool:
        """Merge a branch; whether that went without a conflict."""
        self.git("merge", "--no-edit", branch, fails=True)
        return not self.git("diff", "--name-only", "--diff-filter=U").strip()

    def _who(self, name: str) -> dict[str, str]:
        day, hour = divmod(self.hours, 24)
        time = f"2026-01-{day % 28 + 1:02}T{hour:02}:00:00+00:00"
        return {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": f"{name.lower()}@example.org",
            "GIT_AUTHOR_DATE": time,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": f"{name.lower()}@example.org",
            "GIT_COMMITTER_DATE": time,
        }
