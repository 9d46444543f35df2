"""`.i18n/` only saves time and money: whatever stands in it, no run stumbles over it."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site

DEEP = b"[" * 100_000
NUMBER = b"1" * 5_000


@pytest.mark.parametrize(
    "junk",
    [b"", b"\xff\xfe", b"null", b"[[]]", b'{"seen": 1, "basis": 1}', DEEP, NUMBER],
    ids=["empty", "no-text", "nothing", "list", "table", "deep", "number"],
)
def test_junk_in_every_file_of_it_changes_nothing(reviewed: Site, junk: bytes) -> None:
    reviewed.ask_nobody()
    for command in ("sync", "check", "report"):
        reviewed.run(command)
    wanted = reviewed.contents()
    kept = [path for path in (reviewed.root / ".i18n").rglob("*") if path.is_file()]
    assert len(kept) > 3
    for command in ("sync", "check", "status", "report"):
        for path in kept:
            path.write_bytes(junk)
        done = reviewed.run(command)
        assert done.code in (0, 65)
        assert {error["code"] for error in reviewed.report(command).errors} <= {"receipt-damaged"}
        assert reviewed.contents() == wanted
