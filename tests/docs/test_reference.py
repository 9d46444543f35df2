"""The reference pages say what the code says: every key, exit code, field and option, no more."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline import model
from i18n_pipeline.checks import ALL
from i18n_pipeline.cli import cli
from i18n_pipeline.cli.options import CI_FORMATS
from i18n_pipeline.config import CHECKS, read_config
from i18n_pipeline.config.kinds import Choice, Kind, ListOf
from i18n_pipeline.config.settings import ENGINES, RUN, TABLES, Settings, kinds
from i18n_pipeline.errors import PRECEDENCE, Problem
from i18n_pipeline.formats.plan import Plan, PlannedLocale, PlannedText, write_plan
from i18n_pipeline.providers import names
from i18n_pipeline.reports.as_json import as_json
from i18n_pipeline.reports.changes import Details, Treated
from i18n_pipeline.reports.forms import FORMS
from i18n_pipeline.reports.report import (
    Adoption,
    Different,
    EditedPage,
    Estimate,
    Issue,
    LocaleReport,
    OpenConflict,
    OtherText,
    Report,
)
from i18n_pipeline.reports.standing import Blocker, TermStanding, TermState
from i18n_pipeline.stages.adopting import LeftOver
from tests.docs.pages import DOCS, blocks
from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, Site
from website import reference

REFERENCE = DOCS / "reference"
PLAN_FILE = "## The plan file"
ABOVE = 'source = "en"\ntargets = ["ja", "de"]\n'


def read(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def sections(page: str) -> Iterator[tuple[str, str]]:
    """Headings of the second level, and what stands below each."""
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    yield "", parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)


def rows(section: str) -> Iterator[list[str]]:
    """The cells of the rows of a section's tables, without their headers."""
    for table in re.findall(r"^\|---.*\n((?:\|.*\n)+)", section, flags=re.MULTILINE):
        for line in table.splitlines():
            yield [cell.strip("` ") for cell in line.strip("|").split(" | ")]


def described() -> Mapping[tuple[str, str], list[str]]:
    """Rows of the page on configuration, by table and key."""
    known = {"", *TABLES, "locale", *RUN, *(f"provider.{name}" for name in ENGINES)}
    return {
        (title, cells[0]): cells
        for title, section in sections(read("configuration.md"))
        if title in known
        for cells in rows(section)
    }


def configured() -> Mapping[tuple[str, str], tuple[Kind, object]]:
    """What each key of i18n.toml may hold, and its default."""
    engines = {f"provider.{name}": table for name, table in ENGINES.items()}
    found = {
        (title, key): (kind, getattr(table(), key))
        for title, table in {**TABLES, **RUN, **engines}.items()
        for key, kind in kinds(table).items()
    }
    own = kinds(Settings, everywhere=False)
    return found | {("locale", key): (kind, getattr(Settings(), key)) for key, kind in own.items()}


def test_every_key_of_the_configuration_is_described_and_no_other() -> None:
    assert {*described()} == {("", "source"), ("", "targets"), *configured()}


@pytest.mark.parametrize(("place", "key"), configured().items())
def test_the_default_of_a_key_is_the_one_described(
    place: tuple[str, str], key: tuple[Kind, object]
) -> None:
    kind, default = key
    words = described()[place][2]
    assert (
        words == "none"
        if default is None
        else kind.read(tomllib.loads(f"said = {words}")["said"]) == default
    )


@pytest.mark.parametrize(("place", "key"), configured().items())
def test_all_words_a_key_may_hold_are_named(
    place: tuple[str, str], key: tuple[Kind, object]
) -> None:
    kind = key[0].kind if isinstance(key[0], ListOf) else key[0]
    words = tuple(filter(None, kind.options)) if isinstance(kind, Choice) else ()
    words = names() if place == ("locale", "provider") else words
    row = " ".join(described()[place])
    assert [word for word in words if word not in row] == []


def test_every_example_of_a_configuration_is_one() -> None:
    examples = [one for one in blocks(read("configuration.md")) if one.info == ("toml",)]
    assert len(examples) > len(TABLES)
    for example in examples:
        text = example.text if example.text.startswith("source") else ABOVE + example.text
        assert read_config(text).source == "en"


def test_every_table_of_a_configuration_on_any_page_is_one() -> None:
    examples = {
        f"{path.relative_to(DOCS)}:{block.line}": block.text
        for path in DOCS.rglob("*.md")
        for block in blocks(path.read_text(encoding="utf-8"))
        if block.info == ("toml",) and "[project" not in block.text
    }
    assert len(examples) > len(TABLES)
    for place, text in examples.items():
        above = ABOVE.replace('"de"', '"de", "es"')
        whole = text if text.startswith("source") else above + text
        assert read_config(whole).source == "en", place


def test_every_exit_code_is_described_and_no_other() -> None:
    page = read("exit-codes.md")
    assert sorted(int(cells[0]) for cells in rows(page)) == sorted(PRECEDENCE)


def test_the_order_of_exit_codes_is_the_one_described() -> None:
    said = re.search(r"When several apply: ([\d >]+)\.", read("exit-codes.md"))
    assert said
    among_others = tuple(code for code in PRECEDENCE if code not in (130, 2, 0))
    assert tuple(map(int, said[1].split(" > "))) == among_others


def test_every_field_of_the_json_is_described_and_no_other() -> None:
    issue = Issue("links", "error", "a.po", 1, "lora", "term", "is missing")
    locale = LocaleReport(
        "ja",
        issues=(issue,),
        edited=(EditedPage("a.md", different=(Different(1, "a block"),)),),
        conflicts=(OpenConflict("a.po", 1, "lora/body", "s", "t", (OtherText("a.md", "t"),)),),
        estimate=Estimate(),
        planned=PlannedLocale("ja", 0, None),
        adoption=Adoption(remaining=(LeftOver("lora", "a.md", 1, model.Kind.PARAGRAPH, "Text."),)),
        standings=(TermStanding("lora", TermState.STALE, blockers=(Blocker("w", "w"),)),),
        details=Details(treated=(Treated("lora/body", "Text.", "why"),)),
    )
    report = Report("plan", (locale,), errors=(Problem("a.md", 1, 1, "code", "message"),))
    shown = set(re.findall(r'"(\w+)"(?=: )', as_json(report)))
    page, _ = read("json.md").split(PLAN_FILE)
    named = (name for cells in rows(page) for name in cells[0].split("`, `"))
    assert {name.rpartition(".")[2] for name in named} == shown


def test_what_is_said_of_the_forms_for_ci_servers_is_so() -> None:
    place = ("locales/ja/terms.po", 67, "token", "body")
    issue = Issue("links", "error", *place, "the link to `/glossary/llm` is missing")
    problem = Problem("a.md", 1, 1, "code", "message")
    report = Report("check", (LocaleReport("ja", issues=(issue,)),))
    page = read("ci-formats.md")
    (example,) = (block.text for block in blocks(page) if block.info == ("text",))
    assert example == FORMS["github"](report)
    shown = FORMS["sarif"](replace(report, errors=(problem,)))
    (sarif,) = (section for title, section in sections(page) if title == "SARIF")
    named = {cells[0].rpartition(".")[2] for cells in rows(sarif)}
    assert [name for name in named if f'"{name}": ' not in shown] == []
    assert {cells[0] for cells in rows(page)} >= {f"--format {name}" for name in CI_FORMATS[2:]}


def test_every_field_of_a_plan_file_is_described_and_no_other() -> None:
    text = PlannedText("lora/body", "hash", "new", "deepl", 1, 2)
    plan = Plan({"a.md": "hash"}, (PlannedLocale("ja", 1, None, {}, (text,)),))
    document = json.loads(write_plan(plan))
    _, page = read("json.md").split(PLAN_FILE)
    described = {cells[0]: cells[1] for cells in rows(page)}
    assert described.keys() == document.keys() | {"texts"}
    (locale,) = document["locales"]
    assert [key for key in locale if f"`{key}" not in described["locales"]] == []
    assert [key for key in locale["texts"][0] if f"`{key}" not in described["texts"]] == []


def test_the_example_of_the_json_is_what_a_first_sync_prints(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        site.write(path, text)
    with Stub() as stub:
        site.ask(stub)
        printed = site.report("sync", "--lang", "ja").json
    example = next(one for one in blocks(read("json.md")) if one.info == ("json",))
    assert json.loads(example.text) == printed


def test_every_check_is_described_and_no_other() -> None:
    said = [cells[:3] for cells in rows(read("checks.md"))]
    safety = {True: "kept out of files", False: "no"}
    assert sorted(said) == sorted([r.code, str(r.severity), safety[r.safety]] for r in ALL)


def test_what_a_check_looks_for_is_said_everywhere_in_the_same_words() -> None:
    said = {cells[0]: cells[3] for cells in rows(read("checks.md"))}
    assert {rule.code: rule.purpose for rule in ALL} == said


def test_every_check_but_those_of_safety_can_be_switched_off() -> None:
    assert {rule.code for rule in ALL if not rule.safety} == {*CHECKS}


@pytest.mark.parametrize("name", reference.WRITTEN)
def test_what_the_code_knows_better_is_as_make_reference_writes_it(name: str) -> None:
    page = (DOCS.parent / name).read_text(encoding="utf-8")
    assert reference.WRITTEN[name](page) == page


def test_a_command_without_a_section_gets_one_and_prose_stays() -> None:
    page = read("commands.md")
    before, rest = page.split("## build\n")
    after = rest[rest.index("## export\n") :]
    section = reference.commands_page(before + after).split("## build\n")[1].split("## export\n")[0]
    assert section == f"\n```text\n{reference.help_of('build')}```\n\n"
    assert reference.commands_page(before + "## gone\n\nProse.\n\n## build\n" + rest) == page


def test_the_help_of_every_command_is_shown_as_it_is() -> None:
    paths = (path for command in cli.commands.values() for path in reference.called(command))
    pages = [reference.help_of(), *(reference.help_of(*path) for path in paths)]
    shown = [block.text for block in blocks(read("commands.md")) if block.info == ("text",)]
    assert shown == pages
