"""What a later version kept in `.i18n/` to save time is not believed, however much it looks alike.

Each is made by this code under the number of a later version, and then spoiled, so that it shows
where it is believed after all.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from i18n_pipeline.desk import remembering
from i18n_pipeline.pipeline import looking, memories, verdicts
from i18n_pipeline.pipeline.by_hand import pasts_of_report
from i18n_pipeline.sealed import sealed
from i18n_pipeline.stages.recall import stored
from i18n_pipeline.stages.recall.entries import Entry
from i18n_pipeline.stages.recall.index import postings_of
from i18n_pipeline.workspace import open_workspace, scanning
from tests.stubs.repository import Repository
from tests.stubs.site import Site

OLD = Path(__file__).parent / "0.1"
REPORT = ("report", "--date", "2026-11-28", "--lang", "ja")
NUMBERS = (
    (looking, "__version__"),
    (verdicts, "__version__"),
    (scanning, "_SCHEMA"),
    (memories, "_SCHEMA"),
    (stored, "SCHEMA"),
    (pasts_of_report, "_SCHEMA"),
    (remembering, "_SCHEMA"),
)
"""What each cache says about the version that wrote it."""


@contextmanager
def later() -> Iterator[None]:
    """Meanwhile a version is at work that is the next one after this."""
    with ExitStack() as stack:
        for module, name in NUMBERS:
            number = f"{getattr(module, name)[:-1]}9"
            stack.enter_context(patch.object(module, name, number))
        yield


@pytest.fixture
def left(tmp_path: Path) -> Site:
    """A project with drafts, reviewed texts, and a translation memory."""
    shutil.copytree(OLD, tmp_path / "site")
    (tmp_path / "site/dot-i18n").rename(tmp_path / "site/.i18n")
    site = Site(tmp_path / "site")
    site.write(".gitignore", ".i18n/\n")
    Repository(site.root).commit("as it was")
    return site


def spoil(site: Site, path: str, old: str, new: str) -> None:
    text = site.read(path)
    assert old in text
    site.write(path, text.replace(old, new))


def reseal(site: Site, path: str, old: str, new: str) -> None:
    """Spoil what is sealed, and seal it again."""
    head, _, body = site.read(path).partition("\n")
    assert old in body
    spoiled = body.replace(old, new).encode()
    site.write(path, sealed(head.rpartition(" ")[0], spoiled))


def reviewed(site: Site) -> object:
    units = site.report("sync", "--lang", "ja").locale()["units"]
    assert isinstance(units, dict)
    return units["reviewed"]


def test_the_report_of_a_run_that_had_nothing_to_do(left: Site) -> None:
    with later():
        left.run("sync", "--lang", "ja")
        reseal(left, ".i18n/idle/sync-ja.json", '"reviewed": 14', '"reviewed": 999')
        assert reviewed(left) == 999
    assert reviewed(left) == 14


def test_what_checks_found(left: Site) -> None:
    left.write("glossaries/ja.csv", "source,target\nprompt,別の言葉\n")
    left.run("sync", "--lang", "ja")
    told = left.run("check", "--lang", "ja").out
    assert "should be `別の言葉`" in told
    with later():
        left.run("sync", "--lang", "ja")
        reseal(left, ".i18n/verdicts/ja.json", "should be", "believed")
        assert "believed" in left.run("check", "--lang", "ja").out
    assert left.run("check", "--lang", "ja").out == told


def test_what_a_report_found(left: Site) -> None:
    with later():
        left.run(*REPORT)
        spoil(left, ".i18n/report/survey.json", '"reviewed":14', '"reviewed":999')
        assert "999" in left.run(*REPORT, "--format", "json").out
    assert "999" not in left.run(*REPORT, "--format", "json").out


def test_how_texts_were_counted_in_the_past(left: Site) -> None:
    kept = left.root / ".i18n/report/coverage.json"
    with later():
        before = left.run(*REPORT, "--format", "json").out
        (name, rows) = next(iter(json.loads(kept.read_bytes()).items()))
        kept.write_text(json.dumps({name: {blob: [999, 0, 0] for blob in rows}}), encoding="utf-8")
        (left.root / ".i18n/report/survey.json").unlink()
        assert "999" in left.run(*REPORT, "--format", "json").out
    assert left.run(*REPORT, "--format", "json").out == before


def test_hashes_of_files(left: Site) -> None:
    workspace = open_workspace(left.root)
    path = "terms/en/lora.md"
    true = workspace.hashes([path])[path]
    with later():
        open_workspace(left.root).hashes([path])
        reseal(left, ".i18n/scan.json", true, "f" * len(true))
        assert open_workspace(left.root).hashes([path])[path] != true
    assert open_workspace(left.root).hashes([path])[path] == true


def test_a_translation_memory_that_was_read(left: Site) -> None:
    kept = left.root / ".i18n/memory/ja.imports"
    with later():
        assert entries(left)
        basis = kept.read_bytes().partition(b" ")[0].decode()
        kept.write_bytes(sealed(basis, b"[]"))
        assert entries(left) == ()
    assert entries(left)


def entries(site: Site) -> Sequence[Entry]:
    return memories.Imports(open_workspace(site.root), "ja").entries


def test_an_index_of_wordings() -> None:
    with later():
        kept = stored.to_bytes(postings_of(["A text.", "Another text."]))
        assert kept is not None
        assert stored.from_bytes(kept) is not None
    assert stored.from_bytes(kept) is None


def test_which_decisions_were_merged_is_neither_believed_nor_overwritten(left: Site) -> None:
    workspace, kept = open_workspace(left.root), left.root / ".i18n/reviews/ja.json"
    with later():
        remembering.keep_marks(workspace, "ja", ["later"])
        assert remembering.read_marks(workspace, "ja") == {"later"}
    before = kept.read_bytes()
    assert remembering.read_marks(workspace, "ja") == frozenset()
    remembering.keep_marks(workspace, "ja", ["ours"])
    assert kept.read_bytes() == before


def test_which_decisions_the_first_version_had_merged_is_known(left: Site) -> None:
    left.write(".i18n/reviews/ja.json", json.dumps(["first"]))
    workspace = open_workspace(left.root)
    remembering.keep_marks(workspace, "ja", ["ours"])
    assert remembering.read_marks(workspace, "ja") == {"first", "ours"}


@pytest.mark.parametrize("junk", ["[1", "7", '{"schema": "i18n-reviews/1", "marks": 7}', "[[]]"])
def test_decisions_whose_record_is_damaged_are_merged_as_if_there_were_none(
    left: Site, junk: str
) -> None:
    left.write(".i18n/reviews/ja.json", junk)
    workspace = open_workspace(left.root)
    assert remembering.read_marks(workspace, "ja") == frozenset()
    remembering.keep_marks(workspace, "ja", ["ours"])
    assert remembering.read_marks(workspace, "ja") == {"ours"}
