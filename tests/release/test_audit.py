"""What is asked of who knows holes: one that is known fails, and so does an audit of nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/audit"
LOCKS = ("", "-dev", "-docs", "-fuzz", "-audit")
CLEAN = "echo 'No known vulnerabilities found'"
HOLED = "echo 'requests 2.0 PYSEC-2018-28 2.20.0'; exit 1"
UNKNOWN = "echo 'requests Dependency not found on PyPI and could not be audited: requests (2.0)'"
OFFLINE = "echo 'ConnectionError: no route' >&2; exit 1"


def audited(root: Path, *, dev: str, others: str) -> subprocess.CompletedProcess[str]:
    """The audit where pip-audit says one thing of the lock of developers, another of all others."""
    for folder in ("scripts", ".venv-audit/bin"):
        (root / folder).mkdir(parents=True)
    script = shutil.copy(SCRIPT, root / "scripts/audit")
    asked = root / ".venv-audit/bin/pip-audit"
    asked.write_text(f'#!/bin/sh\ncase "$*" in *-dev.txt*) {dev};; *) {others};; esac\n', "utf-8")
    asked.chmod(0o700)
    return subprocess.run([script], check=False, capture_output=True, text=True)


def told(dev: str, others: str) -> str:
    """What is said of each lock, in their order."""
    said = (f"requirements{name}.txt: {dev if name == '-dev' else others}\n" for name in LOCKS)
    return "".join(said)


CLEARED = "nothing is known against what it names"
LEFT = "NOT AUDITED: of 1 packages nothing can be learnt from here"
ALONE = "NOT AUDITED: ConnectionError: no route"
BAD = "known against what it names:\nrequests 2.0 PYSEC-2018-28 2.20.0"


@pytest.mark.parametrize(
    ("dev", "others", "says", "code"),
    [
        (CLEAN, CLEAN, told(CLEARED, CLEARED), 0),
        (HOLED, CLEAN, told(BAD, CLEARED), 1),
        (UNKNOWN, CLEAN, told(LEFT, CLEARED), 69),
        (OFFLINE, OFFLINE, told(ALONE, ALONE), 69),
        (HOLED, OFFLINE, told(BAD, ALONE), 1),
        (OFFLINE, HOLED, told(ALONE, BAD), 1),
    ],
)
def test_it_is_green_only_where_somebody_was_asked_and_knows_nothing(
    tmp_path: Path, dev: str, others: str, says: str, code: int
) -> None:
    ran = audited(tmp_path, dev=dev, others=others)
    assert (ran.stdout, ran.returncode) == (says, code)
