"""What is not asked of a line is said on it with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from release.locks import ROOT

_LEFT_OUT = re.compile(r"# noqa: ?(?P<codes>[A-Z]+\d+(?:, ?[A-Z]+\d+)*)(?P<reason>.*)")
_REASON = re.compile(r"\s+(?:-|#) \w.{4,}")
_FOLDERS = ("i18n_pipeline", "benchmarks", "release", "tests", "website")


def left_out(path: Path) -> list[str]:
    """The lines of a file on which a rule about security is switched off without a reason."""
    found = (
        (number, line, _LEFT_OUT.search(line))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    )
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for number, line, noqa in found
        if noqa and re.search(r"\bS\d", noqa["codes"]) and not _REASON.match(noqa["reason"])
    ]


@pytest.mark.parametrize("folder", _FOLDERS)
def test_no_rule_about_security_is_switched_off_without_a_reason(folder: str) -> None:
    paths = sorted(path for path in (ROOT / folder).rglob("*.py") if ".peers" not in path.parts)
    assert paths
    assert [line for path in paths for line in left_out(path)] == []
