"""Whose a file is, told by hashes alone."""

from __future__ import annotations

from i18n_pipeline.model import Lock, LockEntry
from i18n_pipeline.stages.take_in import take_in
from i18n_pipeline.stages.term import Standing

LOCK = Lock(
    {
        "built": LockEntry("built", "s", "aaaa"),
        "edited": LockEntry("edited", "s", "aaaa"),
        "pending": LockEntry("pending", "s", "aaaa", pending="bbbb"),
        "deleted": LockEntry("deleted", "s", "aaaa"),
        "never-built": LockEntry("never-built", "s", ""),
    }
)
FILES = {
    "built": "aaaa",
    "edited": "cccc",
    "pending": "bbbb",
    "foreign": "aaaa",
    "orphan": "aaaa",
    "another-orphan": "cccc",
    "never-built": "aaaa",
}
SLUGS = ["pending", "built", "new", "foreign", "edited", "deleted", "never-built"]


def test_each_file_is_told_by_the_lock_whose_it_is() -> None:
    assert take_in(SLUGS, FILES, LOCK).standing == {
        "built": Standing.OURS,
        "deleted": Standing.NONE,
        "edited": Standing.EDITED,
        "foreign": Standing.FOREIGN,
        "never-built": Standing.EDITED,
        "new": Standing.NONE,
        "pending": Standing.OURS,
    }


def test_only_a_strangers_file_keeps_the_run_from_its_term() -> None:
    taken = take_in(SLUGS, FILES, LOCK)
    assert taken.of(Standing.FOREIGN) == {"foreign"}
    assert taken.adopted == set(SLUGS) - {"foreign"}


def test_the_order_of_slugs_makes_no_difference() -> None:
    assert take_in(SLUGS, FILES, LOCK) == take_in(SLUGS[::-1], FILES, LOCK)
