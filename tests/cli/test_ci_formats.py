"""What `i18n check` prints for CI servers, and for people at a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from i18n_pipeline.cli.options import CI_FORMATS
from i18n_pipeline.errors import BadConfig
from i18n_pipeline.reports.forms import FORMS
from tests.stubs.site import Site

WRONG = 'msgid "Token"\nmsgstr "これは<b>トークン"'


def read_sarif(out: str) -> int:
    """The exit code that the document tells."""
    code = json.loads(out)["runs"][0]["invocations"][0]["exitCode"]
    assert isinstance(code, int)
    return code


def read_junit(out: str) -> int:
    """65 where something is wrong: tests tell no exit code."""
    root = Xml.fromstring(out)  # noqa: S314  # we wrote it ourselves
    return 65 if root.get("failures") != "0" or root.get("errors") != "0" else 0


def read_github(out: str) -> int:
    *commands, last = out.splitlines()
    assert last.startswith("i18n check: ")
    return 65 if any(command.startswith("::error ") for command in commands) else 0


READERS = {"sarif": read_sarif, "junit": read_junit, "github": read_github}


def unsafe_text(site: Site) -> None:
    site.run("sync")
    site.change("locales/ja/terms.po", 'msgid "Token"\nmsgstr ""', WRONG)


def broken_emphasis(site: Site) -> None:
    site.run("sync", "--lang", "ja")
    entry = site.unit("fine-tuning/body", "Fine-tuning takes")
    text = "モデルを*「訓練」*する。`data`は[論文](https://example.org/paper)のとおり。"
    site.review({entry.msgid: text})


def broken_source(site: Site) -> None:
    site.write("terms/en/bad.md", "---\nterm: x\n")


def bad_configuration(site: Site) -> None:
    site.write("i18n.toml", 'source = "en"\ntargets = ["ja"]\ncolour = 1\n')


def nothing(site: Site) -> None:
    """The project as it is."""


def test_the_forms_that_may_be_asked_for_are_those_there_are() -> None:
    assert ("text", *FORMS) == CI_FORMATS


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(
    ("arguments", "before", "code"),
    [
        ([], nothing, 0),
        ([], unsafe_text, 65),
        ([], broken_source, 65),
        ([], bad_configuration, 78),
        (["--lang", "xx-not"], nothing, 2),
        (["--nonsense"], nothing, 2),
    ],
)
def test_a_whole_document_is_printed_at_every_exit_code(
    site: Site, form: str, arguments: list[str], before: Callable[[Site], None], code: int
) -> None:
    before(site)
    ran = site.run("check", *arguments, "--format", form)
    assert ran.code == code
    told = READERS[form](ran.out)
    assert told == code if form == "sarif" else bool(told) == bool(code)


def test_all_that_is_wrong_with_the_configuration_is_told(site: Site) -> None:
    site.write("i18n.toml", 'source = "en"\ntargets = ["ja"]\ncolour = 1\nsize = 2\n')
    ran = site.run("check", "--format=github")
    assert ran.code == BadConfig.exit_code
    assert [line.partition(",title")[0] for line in ran.out.splitlines()] == [
        "::error file=i18n.toml,line=3,col=1",
        "::error file=i18n.toml,line=4,col=1",
        "i18n check: 2 errors, 0 warnings, 0 notes",
    ]


def test_a_command_that_has_no_such_form_says_so_in_it(site: Site) -> None:
    ran = site.run("sync", "--format", "sarif")
    assert ran.code == 2
    assert "'sarif' is not one of 'text', 'json'" in ran.err
    assert read_sarif(ran.out) == 2


def test_the_last_form_asked_for_counts(site: Site) -> None:
    bad_configuration(site)
    ran = site.run("check", "--format", "sarif", "--format=json")
    assert ran.json["exit"] == 78


def test_a_term_without_errors_is_a_test_that_passes(site: Site) -> None:
    unsafe_text(site)
    root = Xml.fromstring(site.run("check", "--format", "junit").out)  # noqa: S314  # our own
    cases = {(case.get("classname"), case.get("name")): [*case] for case in root.iter("testcase")}
    terms = ("fine-tuning", "lora", "token")
    assert [*cases] == [(locale, slug) for locale in ("ja", "de") for slug in terms]
    assert [key for key, children in cases.items() if children] == [("ja", "token")]


def test_the_json_says_where_the_words_stand(site: Site) -> None:
    broken_emphasis(site)
    (issue,) = site.report("check", "--lang", "ja").locale()["issues"]
    assert isinstance(issue, dict)
    assert (issue["check"], issue["at"]) == ("emphasis", [4, 10])
    assert issue["text"].startswith("モデルを⟦*「訓練」*⟧する。`data`は")


def test_the_same_state_gives_the_same_document_whatever_surrounds_the_process(site: Site) -> None:
    unsafe_text(site)
    broken_source(site)
    for form in READERS:
        said = {
            site.process("check", "--format", form, **around).out
            for around in (
                {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
                {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "CI": "true", "FORCE_COLOR": "1"},
            )
        }
        assert len(said) == 1


def test_words_that_an_encoding_lacks_end_no_report(site: Site) -> None:
    broken_emphasis(site)
    ran = site.process("check", PYTHONIOENCODING="latin-1")
    assert ran.code == 65
    assert r"\u3092\u27e6*\u300c\u8a13\u7df4\u300d*\u27e7" in ran.out


def test_a_note_is_told_by_check_alone(site: Site) -> None:
    site.write("terms/ja/lora.md", "---\nslug: lora\nlang: ja\nrelated: [token]\n---\n")
    assert "missing-page" not in site.run("sync", "--lang", "ja", "-v").out
    ran = site.run("check", "--lang", "ja")
    assert ran.code == 0
    assert "  1 note (--verbose shows them)\n" in ran.out
    ran = site.run("check", "--lang", "ja", "-v")
    place = "terms/ja/lora.md:4: note: missing-page"
    assert f"{place}: `token` has no page in ja, and lora leads to it [lora/]\n" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with pty")
@pytest.mark.parametrize(
    ("around", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"CI": "true"}, False), ({"TERM": "dumb"}, False)],
)
def test_on_a_terminal_the_words_are_coloured_too(
    site: Site, around: dict[str, str], *, coloured: bool
) -> None:
    broken_emphasis(site)
    said = on_a_terminal(site.root, site.surroundings({"TERM": "xterm", **around}))
    assert "モデルを⟦" in said
    assert ("⟦\x1b[31m\x1b[1m*「訓練」*\x1b[0m⟧" in said) is coloured
    assert ("\x1b" in said) is coloured


def on_a_terminal(folder: Path, environment: dict[str, str]) -> str:
    """What `i18n check` prints where its standard output is a terminal."""
    main, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "i18n_pipeline", "check"],
        cwd=folder,
        env=environment,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(terminal)
        said = b"".join(iter(lambda: read_some(main), b""))
        process.wait(timeout=60)
    os.close(main)
    return said.decode("utf-8")


def read_some(terminal: int) -> bytes:
    """A piece of what a terminal shows; none where its other side is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
