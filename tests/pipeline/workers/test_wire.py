"""What travels to workers and back is what was sent."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from i18n_pipeline import errors
from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadConfig, BadFile, I18nError, Problem
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.model import LockEntry
from i18n_pipeline.pipeline.workers.wire import packed, unpacked
from tests.stubs.site import TERMS


def test_term_files_and_lock_entries_arrive_as_they_were() -> None:
    for path, text in TERMS.items():
        file = read_term(text.encode(), Rules(Fields()), path[9:-3], "en")
        there = unpacked(packed(file))
        assert isinstance(there, TermFile)
        assert "_cut" in vars(file)
        assert "_cut" not in vars(there)  # how it is laid out is worked out where that is asked
        assert there == file
        assert (there.front, there.body) == (file.front, file.body)
    entry = LockEntry("lora", "a", "b", copied=MappingProxyType({"date": "2026"}))
    assert unpacked(packed(entry)) == entry


def test_a_frozen_mapping_stays_frozen() -> None:
    found = unpacked(packed(MappingProxyType({"a": 1})))
    assert isinstance(found, MappingProxyType)
    assert found == {"a": 1}


def made(kind: type[I18nError]) -> I18nError:
    problem = Problem("a.md", 3, 7, "code", "message", "mend")
    if issubclass(kind, BadFile):
        return kind("code", "message", mend="mend", line=3, column=7)
    return kind((problem,)) if issubclass(kind, BadConfig) else kind("message", "hint")


KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, I18nError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_failure_of_ours_arrives_as_it_was(kind: type[I18nError]) -> None:
    failure = made(kind)
    failure.written = ("a.md",)
    there = unpacked(packed(failure))
    assert type(there) is kind
    assert isinstance(there, I18nError)
    assert (there.args, vars(there)) == (failure.args, vars(failure))
