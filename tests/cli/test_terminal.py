"""Who sits at a terminal is told in lines that fit it, names and numbers as they write them."""

from __future__ import annotations

import sys

import pytest

from i18n_pipeline.reports.view import columns
from tests.stubs.site import Site

if sys.platform == "win32":
    pytest.skip("needs a terminal as POSIX has them", allow_module_level=True)

from tests.stubs.terminal import at_terminal

GERMAN, JAPANESE = {"LANG": "de_DE.UTF-8"}, {"LC_ALL": "ja_JP.UTF-8", "LANG": "de_DE.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "ja", "de"),
    [
        (GERMAN, "Japanisch (ja): ", "Deutsch (de): "),
        (JAPANESE, "日本語 (ja): ", "ドイツ語 (de): "),
        ({"LANG": "C"}, "Japanese (ja): ", "German (de): "),
        ({"LANG": "xx_YY"}, "Japanese (ja): ", "German (de): "),
    ],
)
def test_locales_are_called_by_the_names_that_the_reader_has_for_them(
    site: Site, environment: dict[str, str], ja: str, de: str
) -> None:
    told = at_terminal(site, "status", width=120, environment=environment)
    begun = [line for line in told if line[:1] != " "]
    assert begun[0].startswith(ja)
    assert begun[1].startswith(de)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "command", [("status",), ("plan", "--provider", "deepl"), ("sync", "--dry-run"), ("report",)]
)
def test_no_line_is_wider_than_the_terminal(
    site: Site, command: tuple[str, ...], width: int
) -> None:
    site.write("terms/en/bad.md", "---\nterm: x\n")
    told = at_terminal(site, *command, width=width, environment=JAPANESE)
    assert [line for line in told if columns(line) > width] == []
    assert any("日本語 (ja)" in line for line in told)


def test_columns_of_the_environment_count_more_than_those_of_the_terminal(site: Site) -> None:
    told = at_terminal(site, "status", width=200, environment={"COLUMNS": "50"})
    assert max(map(columns, told)) <= 50


def test_large_numbers_are_written_as_the_reader_writes_them(site: Site) -> None:
    words = " ".join(f"It has the number {number}." for number in range(200))
    site.change("terms/en/token.md", "A model reads tokens.", words)
    plan = ("plan", "--provider", "deepl", "--lang", "ja")
    told = "\n".join(at_terminal(site, *plan, width=200, environment=GERMAN))
    assert "would send 4." in told
    piped = site.process(*plan, **GERMAN)
    assert "ja: " in piped.out
    assert "would send 4," in piped.out


def test_a_program_that_reads_json_is_told_the_same_wherever_it_runs(site: Site) -> None:
    told = at_terminal(site, "status", "--format", "json", width=60, environment=JAPANESE)
    assert told == site.process("status", "--format", "json").out.splitlines()
