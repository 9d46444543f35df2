"""Fenced blocks of the documentation's pages, and a reader who does what they say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.stubs.site import Site

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(
    r"(?:^<!-- not run: (?P<why>[^\n]+) -->\n)?^```(?P<info>[^`\n]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `info` are the words behind its fence, `line` the fence's own, from 1.

    `not_run` is the reason why nobody does what it says, "" where it is done.
    """

    info: tuple[str, ...]
    text: str
    line: int
    not_run: str = ""

    @property
    def is_session(self) -> bool:
        """Whether it shows commands to type."""
        return self.info in (("console",), ("sh",))


def _any_commit(session: str) -> str:
    """A session without the ids of commits, which change with every byte of what is committed."""
    return re.sub(r"\b[0-9a-f]{10}\b", "0" * 10, session)


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    for found in _FENCE.finditer(page):
        line = page.count("\n", 0, found.start("info")) + 1
        yield Block(tuple(found["info"].split()), found["text"], line, found["why"] or "")


@dataclass
class Follower:
    """Somebody who reads a page from top to bottom and does what its blocks say.

    ============================ ==========================================================
    ```` ```console ````         types what stands after `$`, and sees what follows it
    ```` ```sh ````              types every line, and all goes well
    ```` ```md PATH ````         writes the file
    ```` ```po in PATH ````      finds these lines in the file
    ```` ```po becomes ````      puts these lines in the place of the lines found last
    any other                    is only read, and so is one below `<!-- not run: REASON -->`
    ============================ ==========================================================
    """

    site: Site
    code: int = 0
    found: tuple[str, str] = ("", "")

    def follow(self, block: Block) -> None:
        """Do what a block says. Raises AssertionError where the page does not tell the truth."""
        if block.not_run:
            return
        match block.info:
            case ("sh",):
                for command in block.text.replace("\\\n", "").splitlines():
                    told = self.type(command)
                    assert self.code == 0, f"line {block.line} of the page: {command}\n{told}"
            case ("console",):
                happened, shown = map(_any_commit, (self.session(block.text), block.text))
                assert happened == shown, f"line {block.line} of the page"
            case (_, "in", path):
                assert block.text in self.site.read(path), f"line {block.line} of the page"
                self.found = path, block.text
            case (_, "becomes"):
                path, before = self.found
                self.site.change(path, before, block.text)
            case (_, path):
                self.site.write(path, block.text)

    def session(self, text: str) -> str:
        """What the terminal shows in the end, when the commands of a session are typed."""
        commands = [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
        return "".join(f"$ {command}\n{self.type(command)}" for command in commands)

    def type(self, command: str) -> str:
        """What a command prints."""
        match shlex.split(command.partition("  #")[0]):
            case ["i18n", *arguments]:
                ran = self.site.run(*arguments)
                self.code = ran.code
                return ran.out + ran.err
            case ["git", *arguments]:
                return self.git(*arguments)
            case ["cat", path]:
                return self.site.read(path)
            case ["echo", "$?"]:
                return f"{self.code}\n"
            case ["export", setting]:
                name, _, value = setting.partition("=")
                if value != "…":  # the reader's own key, which whoever prepares the page has set
                    self.site.environment[name] = value
                return ""
        raise AssertionError(f"nobody here knows the command: {command}")

    def git(self, *arguments: str) -> str:
        """What git prints, which has been told the reader's name and nothing else."""
        names = {
            f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        who = dict.fromkeys(names, "reader") | {"GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.site.root,
            env={**self.site.surroundings(), **who},
            capture_output=True,
            text=True,
            check=False,
        )
        self.code = done.returncode
        return done.stdout + done.stderr
