from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from i18n_pipeline.cli import cli
from i18n_pipeline.cli.commands import COMMANDS
from tests.stubs.deepl import Fault, Stub, without_tag
from tests.stubs.site import Site

LOCALE = {
    "locale": str,
    "known": bool,
    "providers": list,
    "units": {"untranslated": int, "needs_review": int, "reviewed": int},
    "terms": {
        "total": int,
        "complete": int,
        "built": int,
        "stale": int,
        "unadopted": int,
        "manual": int,
    },
    "edits": {"kept": int, "patched": int, "anew": int, "review": dict},
    "leveraged": {"exact": int, "fuzzy": int},
    "billed": {
        "requests": int,
        "characters": int,
        "possibly_billed": int,
        "cost": object,
        "free": int,
        "saved": int,
    },
    "drafts": {"whole": list, "waiting": list},
    "live_again": list,
    "written": list,
    "issues": list,
    "notes": list,
}
PLANNED = {"reasons": dict, "saved": dict, "to": dict}
ESTIMATE = {"requests": int, "characters": int, "worst_case_characters": int, "cost": object}
REPORT = {
    "schema": str,
    "command": str,
    "changed": bool,
    "exit": int,
    "errors": list,
    "locales": list,
    "notes": list,
}
ERROR = {"path": str, "line": int, "column": int, "code": str, "message": str}
ISSUE = {
    "check": str,
    "severity": str,
    "path": str,
    "line": int,
    "slug": str,
    "field": str,
    "message": str,
    "text": str,
    "at": object,
}


def assert_shape(found: object, shape: object) -> None:
    """The keys of a document, in this order, and the types of its values."""
    if isinstance(shape, dict):
        assert isinstance(found, dict)
        assert list(found) == list(shape)
        for key, part in shape.items():
            assert_shape(found[key], part)
    else:
        assert isinstance(shape, type)
        assert isinstance(found, shape)


def assert_schema(out: str, command: str) -> None:
    assert out.isascii()
    assert out == json.dumps(json.loads(out), indent=2) + "\n"
    report = json.loads(out)
    assert_shape(report, REPORT)
    assert (report["schema"], report["command"]) == ("i18n/1", command)
    for error in report["errors"]:
        assert_shape(error, ERROR)
    assert report["errors"] == sorted(report["errors"], key=lambda e: [*e.values()])
    for locale in report["locales"]:
        more = {"estimate": ESTIMATE, "planned": PLANNED} if command == "plan" else {}
        assert_shape(locale, {**LOCALE, **more})
        assert locale["written"] == sorted(locale["written"])
        for issue in locale["issues"]:
            assert_shape(issue, ISSUE)


def broken_source(site: Site) -> None:
    site.write("terms/en/bad.md", "---\nterm: x\n")


def unsafe_text(site: Site) -> None:
    site.run("sync")
    site.change("locales/ja/terms.po", 'msgid "Token"\nmsgstr ""', 'msgid "Token"\nmsgstr "<b>x"')


def moved_source(site: Site) -> None:
    site.run("sync")
    site.change("terms/en/token.md", "A model", "One model")


def bad_configuration(site: Site) -> None:
    site.write("i18n.toml", 'source = "en"\ntargets = ["ja"]\ncolour = 1\n[paths]\nterm = ""\n')


def nothing(site: Site) -> None:
    """The project as it is."""


@pytest.mark.parametrize(
    ("arguments", "before", "code"),
    [
        (["sync"], nothing, 0),
        (["plan"], nothing, 0),
        (["status"], nothing, 0),
        (["gc"], nothing, 0),
        (["sync", "--lang", "xx-not"], nothing, 2),
        (["sync", "--nonsense"], nothing, 2),
        (["sync", "--max-chars=0", "--provider=deepl"], nothing, 77),
        (["sync", "--frozen"], moved_source, 4),
        (["sync"], broken_source, 65),
        (["check"], unsafe_text, 65),
        (["build"], bad_configuration, 78),
    ],
)
def test_json_is_printed_at_every_exit_code(
    site: Site, arguments: list[str], before: object, code: int
) -> None:
    assert callable(before)
    before(site)
    ran = site.report(*arguments)
    assert ran.code == code
    assert_schema(ran.out, arguments[0])
    assert ran.json["exit"] == code


def test_json_is_printed_for_what_a_provider_did(site: Site, deepl: Stub) -> None:
    deepl.fail(Fault(change=without_tag), at=1, times=2)
    deepl.account.limit = 250
    site.ask(deepl)
    ran = site.report("sync")
    assert ran.code == 75
    assert_schema(ran.out, "sync")


def test_json_is_printed_for_a_bug_of_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from i18n_pipeline.pipeline import full_run

    def bug(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(full_run, "read_project", bug)
    ran = site.report("sync")
    assert ran.code == 70
    assert_schema(ran.out, "sync")
    assert "ZeroDivisionError" in ran.err
    assert "this is a bug of ours" in ran.err


def test_json_is_printed_for_a_run_that_cannot_write(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from i18n_pipeline.errors import CannotWrite
    from i18n_pipeline.workspace import Workspace

    save = Workspace.save

    def full(workspace: Workspace, steps: list[dict[str, bytes]], *more: object) -> object:
        if any("/de/" in path for step in steps for path in step):
            raise CannotWrite("the disk is full")
        return save(workspace, steps, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "save", full)
    ran = site.report("sync")
    assert ran.code == 73
    assert_schema(ran.out, "sync")
    assert ran.written == ["locales/ja/terms.po"]
    assert ran.json["changed"] is True
    assert [error["code"] for error in ran.errors] == ["cannot-write"]


def test_the_same_state_gives_the_same_json_whatever_surrounds_the_process(site: Site) -> None:
    site.run("sync")
    broken_source(site)
    said = {
        site.process("sync", "--dry-run", "--format", "json", **around).out
        for around in (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Caracas"},
        )
    }
    assert len(said) == 1
    assert_schema(said.pop(), "sync")


def test_the_same_project_gives_the_same_bytes_whatever_surrounds_the_process(
    site: Site, deepl: Stub
) -> None:
    site.ask(deepl)
    trees = []
    for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo")):
        copy = Site(site.root.parent / seed, site.environment)
        for path, data in site.contents().items():
            copy.write(path, data)
        done = copy.process("sync", "--publish=drafts", PYTHONHASHSEED=seed, TZ=zone, LC_ALL="C")
        assert done.code == 0
        trees.append(copy.contents())
    assert trees[0] == trees[1]


def test_quiet_says_only_what_went_wrong(site: Site) -> None:
    assert site.run("sync", "--quiet") == site.run("sync", "--quiet")
    assert site.run("sync", "-q").out == ""
    broken_source(site)
    ran = site.run("sync", "--quiet")
    assert ran.out == ""
    assert ran.err.startswith("terms/en/bad.md:")
    assert ran.err.count("\n") == 1


def test_verbose_names_every_file(site: Site) -> None:
    for number in range(30):
        site.write(
            f"terms/en/t{number:02}.md",
            f"---\nterm: T {number}\nslug: t{number:02}\nlang: en\n---\n",
        )
    config = 'source = "en"\ntargets = ["ja"]\n[paths]\ncatalog = "locales/{locale}/{slug}.po"\n'
    site.write("i18n.toml", config)
    dry = site.run("sync", "--dry-run")
    assert dry.out.count("would write") == 10
    assert "more files" in dry.out
    assert site.run("sync", "--dry-run", "--verbose").out.count("would write") > 30


@pytest.mark.parametrize("around", [{"NO_COLOR": "1"}, {"CI": "true"}])
def test_no_control_code_goes_into_a_pipe(site: Site, around: dict[str, str]) -> None:
    site.write(
        "terms/en/bell.md", "---\nterm: Bell\nslug: bell\nlang: en\n---\n\nA \x1b[31m bell.\n"
    )
    ran = site.process("sync", **around)
    assert ran.code in (0, 65)
    assert not any(ord(character) < 32 and character != "\n" for character in ran.out + ran.err)


def test_what_files_hold_cannot_begin_a_line_of_the_log(site: Site) -> None:
    site.write("terms/en/log.md", "---\nterm: Log\nslug: 'log\\n::error::'\nlang: en\n---\n")
    site.write("terms/en/two.md", '---\nterm: Two\nslug: "two\\n::error::x"\nlang: en\n---\n')
    ran = site.run("sync")
    assert ran.code == 65
    assert not any(line.startswith("::") for line in (ran.out + ran.err).splitlines())


LOADED = """
import sys
from i18n_pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted(sys.modules), file=sys.stderr)
"""


def _loaded(*arguments: str) -> set[str]:
    """The modules that a call of `i18n` imports, itself ending in 0."""
    program = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


def test_help_loads_nothing_heavy() -> None:
    heavy = "deepl rich babel yaml pyromark polib tomlkit frontmatter filelock requests"
    for arguments in (["--help"], ["sync", "--help"], ["--version"]):
        assert not _loaded(*arguments) & set(heavy.split())


def test_a_run_with_nothing_to_do_loads_nothing_that_works(site: Site) -> None:
    works = ["stages", "checks", "markdown", "glossary", "placeholders", "formats.po"]
    heavy = {f"i18n_pipeline.{room}" for room in works} | {"deepl", "babel", "yaml", "polib"}
    for command in ("sync", "extract", "build"):
        call = ("-C", str(site.root), command)
        site.run(command)
        _loaded(*call)  # what wrote nothing is remembered
        assert not _loaded(*call) & heavy


def test_every_command_has_help_that_ends_in_0(site: Site) -> None:
    for command in (
        "init",
        "sync",
        "status",
        "check",
        "plan",
        "extract",
        "translate",
        "build",
        "gc",
    ):
        ran = site.run(command, "--help")
        assert ran.code == 0
        assert f"i18n {command} [OPTIONS]" in ran.out


def test_without_a_command_the_help_is_shown(site: Site) -> None:
    ran = site.process()
    assert ran.code == 2
    assert "Commands:" in ran.out + ran.err


def test_the_version_is_told(site: Site) -> None:
    from i18n_pipeline import __version__

    assert site.process("--version").out == f"i18n, version {__version__}\n"


def test_a_dry_run_says_would_and_what_it_would_send(site: Site) -> None:
    with Stub() as stub:
        site.ask(stub)
        ran = site.run("sync", "--lang", "ja", "--dry-run")
        assert "would write locales/ja/terms.po" in ran.out
        assert "  would send " in ran.out
        assert "wrote" not in ran.out
        assert stub.journal == []


def test_related_slugs_without_a_source_are_told_apart_from_those_without_a_file(
    site: Site,
) -> None:
    site.change("terms/en/token.md", "related: []", "related: [gone, lora]")
    site.run("extract", "--lang", "ja", "--slug", "token")
    site.review({unit.msgid: f"訳{number}" for number, unit in enumerate(site.po())})
    out = site.run("sync", "--lang", "ja", "--slug", "token").out
    assert "related slugs without a source term: gone" in out
    assert "related, and not built in ja yet: lora" in out


def test_verbose_names_every_term_of_a_note(site: Site) -> None:
    for number in range(7):
        site.write(f"terms/ja/t{number}.md", f"---\nterm: T {number}\nslug: t{number}\n---\n")
    short = site.run("status", "--lang", "ja").out
    assert "  without a source: 7 terms: terms/ja/t0.md, " in short
    assert "terms/ja/t4.md and 2 more" in short
    ran = site.run("status", "--lang", "ja", "--verbose").out
    assert "terms/ja/t4.md, terms/ja/t5.md, terms/ja/t6.md\n" in ran


def test_help_tells_of_each_command_what_the_command_tells_of_itself() -> None:
    for name, (_module, line) in COMMANDS.items():
        command = cli.commands[name]
        assert command.name == name
        assert line == ("" if command.hidden else command.get_short_help_str(limit=80))


def test_a_command_loads_no_other() -> None:
    loaded = _loaded("sync", "--help")
    assert {one for one in loaded if one.startswith("i18n_pipeline.cli.")} == {
        f"i18n_pipeline.cli.{module}"
        for module in ("commands", "completing", "exits", "options", "sync", "terminal")
    }


@pytest.mark.parametrize("streams", [">&-", "<&- >&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["extract", "extract --lang xx"])
def test_a_stream_that_is_closed_leads_nowhere_and_all_else_is_as_ever(
    site: Site, command: str, streams: str
) -> None:
    twin = replace(site, root=site.root.with_name(f"{site.root.name}-twin"))
    shutil.copytree(site.root, twin.root)
    expected = twin.run(*command.split())
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m i18n_pipeline {command} {streams}', sys.executable],
        cwd=site.root,
        env=site.surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected.code
    assert done.stdout in ("", expected.out)
    assert done.stderr in ("", expected.err)
    assert site.contents() == twin.contents()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
@pytest.mark.parametrize("command", ["status", "check", "check --format json", "sync"])
def test_who_stops_reading_is_nobodys_fault_and_the_code_is_as_ever(
    site: Site, command: str
) -> None:
    site.report("sync")
    assert _unread(site, command) == (0, "")
    site.write("terms/en/token.md", b"\xff")
    expected = site.run(*command.split())
    assert expected.code == 65
    assert _unread(site, command) == (65, expected.err)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_where_nobody_reads_what_is_wrong_either_the_code_says_it(site: Site) -> None:
    site.write("terms/en/token.md", b"\xff")
    command = f'"{sys.executable}" -m i18n_pipeline check 2>&1 | true; exit ${{PIPESTATUS[0]}}'
    ran = subprocess.run(
        ["bash", "-c", command], cwd=site.root, env=site.surroundings(), check=False
    )
    assert ran.returncode == 65


def _unread(site: Site, command: str) -> tuple[int, str]:
    """The exit code of a command whose output nobody reads, and what it says is wrong."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "i18n_pipeline", *command.split()],
        cwd=site.root,
        env=site.surroundings(),
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    return ran.returncode, ran.stderr
