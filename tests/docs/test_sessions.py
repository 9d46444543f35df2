"""Every command that a page tells readers to type is typed, and what the page shows comes of it.

A page's blocks are done from top to bottom in one project. What no test can do (installing from the
network, asking a real engine) says so in the page, above its fence: `<!-- not run: REASON -->`.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from i18n_pipeline.cli import cli
from tests.docs.pages import DOCS, Block, Follower, blocks
from tests.docs.projects import PROJECTS, everything
from tests.stubs.deepl import Stub
from tests.stubs.site import Site

ROOT = DOCS.parent
PAGES = {path.relative_to(ROOT).as_posix(): path for path in DOCS.rglob("*.md")} | {
    path.name: path for path in ROOT.glob("*.md")
}
ELSEWHERE = {
    "README.md": "test_readme.py",
    "docs/agencies.md": "test_agencies.py",
    "docs/tutorial.md": "test_tutorial.py",
}
"""Pages that a test of their own does, because more has to be looked at there."""

_SPAN = re.compile(r"`(i18n [^`…]+)`")
_LINE = re.compile(r"^(?:\$ |- run: |  script: )?(i18n [^\n]+)$", re.MULTILINE)


def read(name: str) -> str:
    return PAGES[name].read_text(encoding="utf-8")


def sessions(name: str) -> list[Block]:
    return [block for block in blocks(read(name)) if block.is_session and not block.not_run]


@pytest.mark.parametrize("name", sorted(PROJECTS))
def test_who_types_what_a_page_says_sees_what_it_shows(name: str, tmp_path: Path) -> None:
    assert sessions(name)
    with Stub() as stub:
        site = Site(tmp_path / "my-site")
        site.root.mkdir()
        PROJECTS[name](site, stub)
        reader = Follower(site)
        for block in blocks(read(name)):
            reader.follow(block)


def test_no_page_has_a_command_that_nobody_types() -> None:
    done = {*PROJECTS, *ELSEWHERE}
    assert [name for name in sorted(PAGES) if sessions(name) and name not in done] == []


@pytest.mark.parametrize(("name", "test"), ELSEWHERE.items())
def test_a_page_done_elsewhere_is_done_there(name: str, test: str) -> None:
    assert sessions(name)
    assert Path(name).name in (Path(__file__).parent / test).read_text(encoding="utf-8")


def commands(page: str) -> Iterator[str]:
    """Calls of ours that a page names, in its prose and in whatever blocks."""
    yield from _SPAN.findall(page)
    yield from (
        found.partition("  ")[0].partition(" > ")[0]
        for block in blocks(page)
        if block.info and block.info[0] in ("sh", "console", "yaml")
        for found in _LINE.findall(block.text)
    )


def missing(command: str) -> str:
    """What a call names that there is not, "" where all of it is there."""
    named: click.Command = cli
    for word in command.split()[1:]:
        if word.startswith("-"):
            options = {flag for one in named.params for flag in (*one.opts, *one.secondary_opts)}
            if word.partition("=")[0] not in {*options, "--help", "-h", "--version"}:
                return word
        elif isinstance(named, click.Group) and word.isascii() and word.islower():
            inner = named.commands.get(word)
            if inner is None:
                return word
            named = inner
    return ""


CALLS = sorted({(name, call) for name in PAGES for call in commands(read(name))})


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_commands_and_options_that_a_page_names_are_there(name: str, call: str) -> None:
    assert missing(call) == ""


STANDS_FOR = {
    "FILE": "agency.csv",
    "FORM": "tbx",
    "L": "ja",
    "NEW": "low-rank",
    "OLD": "lora",
    "REV": "HEAD",
    "SLUG": "token",
    "UNIT": "token/body",
}
"""What readers put in the place of the words that stand for something."""

NAMED = frozenset(
    {
        "i18n adopt --from",
        "i18n ci sync",  # needs a clone with a remote
        "i18n ci sync --neutral",
        "i18n export",
        "i18n export --format json",
        "i18n glossary export",
        "i18n glossary import",
        "i18n glossary rename",
        "i18n init",
        "i18n import",
        "i18n memory import",
        "i18n mv",
        "i18n mv --alias",
        "i18n plan -o",
        "i18n reject",
        "i18n reject --undo",
        "i18n review",
        "i18n status --slug",
        "i18n status --why",
        "i18n unpublish",
    }
)
"""Calls that prose names without what they need; all others can be made as they stand."""

FIRST = {"i18n mv NEW OLD": "i18n mv OLD NEW"}
"""What has to be done before a call."""

STAYS = frozenset({"i18n review --lang ja"})
"""Calls that stay until somebody ends them; `tests/desk` makes them."""

PROSE = {
    call.partition(" > ")[0]
    for name in PAGES
    for call in _SPAN.findall(read(name))
    if "%" not in call and call not in STAYS
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A project in which everything can be done; whoever changes it works on a copy."""
    with Stub() as stub:
        site = Site(tmp_path_factory.mktemp("whole") / "my-site")
        everything(site, stub)
        yield site


@pytest.mark.parametrize("call", sorted(PROSE))
def test_a_call_in_prose_can_be_made_unless_it_is_only_named(
    call: str, whole: Site, tmp_path: Path
) -> None:
    shutil.copytree(whole.root, tmp_path / "my-site")
    site = Site(tmp_path / "my-site", whole.environment)
    for made in filter(None, (FIRST.get(call), call)):
        ran = site.run(*(STANDS_FOR.get(word, word) for word in shlex.split(made)[1:]))
    assert (ran.code == 2) is (call in NAMED), ran.err
    assert ran.code != 70, ran.err


def test_every_target_of_make_that_a_page_names_is_there_and_told_of() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r"@echo 'make ([a-z-]+)", makefile))
    there = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", read(page))}
    assert named <= told <= there


@pytest.mark.parametrize(
    ("call", "lacks"),
    [
        ("i18n synchronise", "synchronise"),
        ("i18n sync --forzen", "--forzen"),
        ("i18n glossary list --tbx", "--tbx"),
        ("i18n glossary rename --lang ja token a b", ""),
    ],
)
def test_a_call_of_what_there_is_not_is_found_out(call: str, lacks: str) -> None:
    assert missing(call) == lacks
