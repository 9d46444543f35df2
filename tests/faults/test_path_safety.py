"""Names that lead out of the project, wherever a project or a request can say one.

Python's own audit events say what is opened, listed, renamed and removed (tests/stubs/audited.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from i18n_pipeline.desk.answers import Desk, NotFound
from i18n_pipeline.desk.queue import Filter
from i18n_pipeline.desk.session import Session
from i18n_pipeline.errors import I18nError
from i18n_pipeline.workspace import open_workspace
from tests.stubs.audited import listening
from tests.stubs.deepl import Stub
from tests.stubs.figures import FULL
from tests.stubs.scenarios import PO, built, decided
from tests.stubs.site import CONFIG, TERMS, TOKENS, Site

OUTSIDE = "what-lies-outside-3f2a"
Record = Callable[[str, object], None]

NAMES = (
    "../outside/token",
    "../../outside/token",
    "x/../../outside/token",
    "./../outside/token",
    "/outside/token",
    "{outside}/token",
    "..",
    ".",
    "../project-evil/token",
    "terms-evil",
    "..\\outside\\token",
    "C:\\outside\\token",
    "C:token",
    "\\\\server\\share\\token",
    "file:///etc/passwd",
    "~/token",
    "%2e%2e/outside/token",
    "..%2foutside%2ftoken",
    ".git/config",
    ".i18n/run",
    "con",
    "NUL.md",
    "com1",
    "token.",
    "token ",
    "a\0b",
    "a\nb",
    "\u202etoken",
    "to\u0301ken",
    "x" * 300,
    "-rf",
    "--exec=x",
    "$(touch x)",
    "a;b",
)


@dataclass
class World:
    """A project, and what lies beside it and is none of ours."""

    root: Path
    site: Site

    @property
    def outside(self) -> dict[str, tuple[bytes, int]]:
        """Everything that is not the project's, with its times."""
        return {
            path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.root.rglob("*")
            if path.is_file() and not path.is_relative_to(self.site.root)
        }

    def assert_kept(self, act: Callable[[], str]) -> None:
        """What is done touches nothing outside, and tells nothing of it."""
        before = self.outside
        with listening() as heard:
            told = act()
        assert heard.outside(self.site.root) == []
        assert self.outside == before
        assert OUTSIDE not in told
        inside = (path for path in self.site.root.rglob("*") if path.is_file())
        assert not [
            path
            for path in inside
            if not path.is_symlink() and OUTSIDE.encode() in path.read_bytes()
        ]

    def run(self, *commands: tuple[str, ...]) -> str:
        """What commands say; none of them ends in a traceback."""
        told = ""
        for command in commands:
            ran = self.site.run(*command)
            assert "Traceback" not in ran.err, (command, ran.err)
            told += ran.out + ran.err
        return told


@pytest.fixture
def world(tmp_path: Path, template: Site) -> World:
    site = Site(tmp_path / "project")
    for path, data in template.contents().items():
        site.write(path, data)
    for place in ("outside", "project-evil/terms/en", "project-evil", "terms-evil"):
        for name in ("token.md", "token", "terms.po", "terms.lock", "ja.csv", "a.tmx", "keep.csv"):
            other = tmp_path / place / name
            other.parent.mkdir(parents=True, exist_ok=True)
            other.write_text(TOKENS.replace("A model reads tokens.", OUTSIDE), "utf-8")
    return World(tmp_path, site)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A project with everything in it that a name could be put into."""
    site = Site(tmp_path_factory.mktemp("template"))
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        site.write(path, text)
    with Stub() as stub:
        site.ask(stub)
        built(site)
    site.ask_nobody()
    return site


def tried() -> Sequence[int]:
    """The numbers of the names: all of them in full, else one that climbs, and an absolute one."""
    return range(1, len(NAMES) + 1) if FULL else (1, 1 + NAMES.index("{outside}/token"))


def spelled(world: World, number: int) -> str:
    return NAMES[number - 1].replace("{outside}", str(world.root / "outside"))


ALL = (
    ("status",),
    ("check",),
    ("sync",),
    ("plan",),
    ("doctor",),
    ("gc",),
    ("adopt",),
    ("glossary", "check"),
)

KEYS = ("terms", "catalog", "lock", "glossary", "keep", "rejected")


@pytest.mark.parametrize("key", [*KEYS, "tmx"])
def test_no_name_in_the_configuration_leads_out(
    world: World, key: str, record_property: Record
) -> None:
    numbers = tried()
    endings = {"terms": "/{locale}/{slug}.md", "glossary": "/{locale}.csv", "keep": ".csv"}
    for number in numbers:
        name = json.dumps(spelled(world, number) + endings.get(key, "/{locale}/terms.po"))
        table = f"[memory]\ntmx = [{name}]\n" if key == "tmx" else f"[paths]\n{key} = {name}\n"
        world.site.write("i18n.toml", CONFIG + table)
        world.assert_kept(lambda: world.run(*ALL))
    record_property("names", len(numbers))


FIELDS = ("slug", "lang", "category", "related")


@pytest.mark.parametrize("field", FIELDS)
def test_no_name_in_front_matter_leads_out(
    world: World, field: str, record_property: Record
) -> None:
    numbers = tried()
    by_category = (
        '[paths]\ncatalog = "locales/{locale}/{category}.po"\n[build]\norphan = "delete"\n'
    )
    world.site.write("i18n.toml", CONFIG + by_category)
    for number in numbers:
        name = json.dumps(spelled(world, number))
        value = f"[{name}]" if field == "related" else name
        lines = TOKENS.splitlines(keepends=True)
        text = "".join(
            f"{field}: {value}\n" if line.startswith(f"{field}:") else line for line in lines
        )
        world.site.write("terms/en/token.md", text)
        world.assert_kept(lambda: world.run(*ALL))
    record_property("names", len(numbers))


def test_no_name_in_a_review_file_or_lock_leads_out(world: World, record_property: Record) -> None:
    numbers = tried()
    po, lock = world.site.read(PO), world.site.read("locales/ja/terms.lock")
    world.site.write("i18n.toml", CONFIG + '[build]\norphan = "delete"\n')
    for number in numbers:
        name = spelled(world, number)
        quoted = json.dumps(name, ensure_ascii=False)[1:-1].replace("\\u0000", "\0")
        world.site.write(
            PO,
            po.replace("terms/en/token.md", name.replace("\n", ""))
            + f'\nmsgctxt "{quoted}/term"\nmsgid "x"\nmsgstr "y"\n',
        )
        world.site.write("locales/ja/terms.lock", lock.replace("\ntoken\n", f"\n{name}\n"))
        world.assert_kept(lambda: world.run(*ALL))
    record_property("names", len(numbers))


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("sync", "--slug", "{}"),
    ("mv", "token", "{}"),
    ("mv", "{}", "token2"),
    ("unpublish", "{}", "--lang", "ja"),
    ("reject", "{}", "--lang", "ja"),
    ("glossary", "rename", "--lang", "ja", "{}", "a", "b"),
    ("memory", "import", "job.tmx", "--name", "{}"),
    ("glossary", "import", "job.csv", "--lang", "ja", "--into", "{}"),
    ("provenance", "{}"),
    ("status", "--lang", "{}"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_name_on_the_command_line_that_means_a_term_or_a_place_in_the_project_leads_out(
    world: World, command: tuple[str, ...], record_property: Record
) -> None:
    numbers = tried()
    world.site.write("job.csv", "source,target\nmodel,モデル\n")
    world.site.write("job.tmx", TMX)
    for number in numbers:
        words = tuple(word.format(spelled(world, number)) for word in command)
        world.assert_kept(lambda: world.run(words))  # noqa: B023 - called at once
    record_property("names", len(numbers))


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en">
<seg>Token</seg></tuv><tuv xml:lang="ja"><seg>トークン</seg></tuv></tu></body></tmx>
"""


@pytest.mark.parametrize("form", ["xliff", "csv", "po"])
def test_no_name_in_a_package_leads_out(world: World, form: str, record_property: Record) -> None:
    ending = {"xliff": "xlf"}.get(form, form)
    options = ("--lang", "ja", "--state", "reviewed", "--as", form)
    assert world.site.run("export", *options, "-o", f"out/job.{ending}").code == 0
    package = world.site.read(f"out/job.{ending}")
    numbers = tried()
    for number in numbers:
        name = spelled(world, number)
        spoiled = package.replace("token/", f"{name}/").replace("terms/en/token.md", name)
        world.site.write(f"out/job.{ending}", spoiled.replace('id="token', f'id="{name}'))
        world.assert_kept(lambda: world.run(("import", f"out/job.{ending}"), ("sync",)))
    record_property("names", len(numbers))


def test_no_name_in_a_file_of_decisions_or_a_plan_leads_out(
    world: World, record_property: Record
) -> None:
    decided(world.site)
    world.site.ask_nobody()
    world.site.run("plan", "-o", "plan.json")
    decisions = json.loads(world.site.read("decisions.json"))
    numbers = tried()
    for number in numbers:
        name = spelled(world, number)
        one = {**decisions["decisions"][0], "unit": f"{name}/body"}
        world.site.write("decisions.json", json.dumps({**decisions, "decisions": [one]}))
        world.site.write("other.json", json.dumps({**decisions, "locale": name}))
        plan = {"schema": "i18n-plan/1", "provider": "", "sources": {name: "0"}, "locales": []}
        world.site.write("plan.json", json.dumps(plan))
        world.assert_kept(
            lambda: world.run(
                ("review", "--apply", "decisions.json"),
                ("review", "--apply", "other.json"),
                ("sync", "--plan", "plan.json"),
            )
        )
    record_property("names", len(numbers))


def test_no_name_in_a_request_to_the_desk_leads_out(world: World, record_property: Record) -> None:
    desk = Desk(Session(open_workspace(world.site.root), "ja"), Filter(), "Aiko")
    numbers = tried()

    def asked(name: str) -> str:
        told = ""
        for ask in (desk.page, desk.detail, desk.history):
            try:
                told += json.dumps(ask(name))
            except (NotFound, I18nError) as failure:
                told += str(failure)
        decision = {"unit": f"{name}/body", "source": "x", "shown": "0", "verb": "approve"}
        try:
            told += repr(desk.decide({**decision, "text": "y"}))
        except I18nError as failure:
            told += str(failure)
        return told

    for number in numbers:
        name = spelled(world, number)
        world.assert_kept(lambda: asked(name))  # noqa: B023 - called at once
    record_property("names", len(numbers))


LINKED = (
    "terms",
    "terms/en",
    "terms/ja",
    "terms/en/token.md",
    "terms/ja/token.md",
    "locales",
    "locales/ja",
    PO,
    "locales/ja/terms.lock",
    "glossaries",
    "glossaries/ja.csv",
    ".i18n",
    ".i18n/receipts",
    ".i18n/receipts/ja",
    ".i18n/scan.json",
    ".i18n/verdicts",
    ".i18n/idle",
    ".i18n/run.lock",
    ".i18n/run.holder",
)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("way", ["link", "loop", "hard link"])
@pytest.mark.parametrize("path", LINKED if FULL else LINKED[1::4])
def test_no_link_leads_out(world: World, path: str, way: str, record_property: Record) -> None:
    world.site.run("sync", "--lang", "ja")
    place, outside = world.site.root / path, world.root / "outside" / path
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch() if place.suffix else place.mkdir()
    if way == "hard link" and place.is_dir():
        return
    outside.parent.mkdir(parents=True, exist_ok=True)
    place.rename(outside)
    if way == "hard link":
        place.hardlink_to(outside)
    else:
        place.symlink_to(outside if way == "link" else place)
    source = world.site.root / "terms/en/lora.md"
    if way == "hard link" or not path.startswith("terms"):
        source.write_bytes(source.read_bytes() + b"\nMore.\n")
    world.assert_kept(lambda: world.run(*ALL))
    record_property("links", 1)
