"""What an earlier version left behind is gone on with: nothing is billed, nothing changes.

`<version>/` is a project as that version left it, `dot-i18n/` its `.i18n/`: reviewed texts, drafts,
a changed source, obsolete units, a block of a person's own, a page that is held, a rejected draft,
a translation memory, receipts; a plan, and decisions of a reviewer about the draft that waits.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from i18n_pipeline.formats.po import read_po
from i18n_pipeline.origins import OriginKind, kind_of
from tests.stubs.deepl import Stub
from tests.stubs.site import Site

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if path.name[0].isdigit())
MACHINE = OriginKind.MACHINE
CACHES = ("scan.json", "idle", "verdicts", "memory")


@pytest.fixture
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture(params=VERSIONS)
def left(request: pytest.FixtureRequest, tmp_path: Path, deepl: Stub) -> Site:
    """A project as an earlier version left it, and a DeepL to ask."""
    shutil.copytree(HERE / request.param, tmp_path / "site")
    (tmp_path / "site/dot-i18n").rename(tmp_path / "site/.i18n")
    site = Site(tmp_path / "site")
    site.ask(deepl)
    return site


def spoil(site: Site, path: str, old: str, new: str) -> None:
    """Have a file say that a later version wrote it."""
    text = site.read(path)
    assert old in text
    site.write(path, text.replace(old, new, 1))


def receipts(site: Site, locale: str) -> list[str]:
    folder = site.root / ".i18n/receipts" / locale
    return [path.relative_to(site.root).as_posix() for path in sorted(folder.glob("*.jsonl"))]


@pytest.mark.parametrize("gone", [(), CACHES], ids=["with its caches", "without them"])
def test_a_sync_bills_nothing_and_changes_nothing(
    left: Site, deepl: Stub, gone: tuple[str, ...]
) -> None:
    for name in gone:
        path = left.root / ".i18n" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = left.contents()
    ran = left.report("sync")
    assert (ran.code, ran.json["changed"]) == (0, False)
    assert left.contents() == before
    assert deepl.account.billed == 0
    assert left.run("check", "--lang", "de").code == 0


def test_what_it_says_is_what_that_version_said(left: Site) -> None:
    ja, de = (left.report("status").locale(at) for at in (0, 1))
    assert ja["units"] == {"untranslated": 0, "needs_review": 5, "reviewed": 14}
    assert de["units"] == {"untranslated": 1, "needs_review": 9, "reviewed": 9}
    assert (ja["terms"]["built"], de["terms"]["built"]) == (2, 1)


@pytest.mark.parametrize("locale", ["ja", "de"])
def test_whose_each_text_was_it_still_is(left: Site, locale: str) -> None:
    """A draft of that version is one that a run may replace; a person's text is a person's."""
    units = read_po((left.root / f"locales/{locale}/terms.po").read_bytes()).units
    waiting = [unit for unit in units if unit.target and not unit.reviewed and not unit.obsolete]
    machines = {one.target for one in waiting if one.is_draft and kind_of(one.origin) is MACHINE}
    assert machines == {one.target for one in waiting if one.target.startswith("⟦")}
    assert len(machines) > 2


def test_answers_that_were_paid_for_come_back_from_its_receipts(left: Site, deepl: Stub) -> None:
    source = "A prompt is a text."
    before = left.unit("prompt/body", source).msgstr
    assert before
    left.translate(source, "")
    left.run("sync")
    assert left.unit("prompt/body", source).msgstr == before
    assert deepl.account.billed == 0


def test_what_was_rejected_and_held_stays_so(left: Site, deepl: Stub) -> None:
    shutil.rmtree(left.root / ".i18n")
    left.run("sync", "--lang", "de")
    assert left.unit("prompt/body", "It may", "locales/de/terms.po").msgstr == ""
    assert not (left.root / "terms/de/fine-tuning.md").exists()
    assert "日本の読者への注。" in left.read("terms/ja/lora.md")


def test_its_plan_is_followed_and_its_decisions_are_merged(left: Site, deepl: Stub) -> None:
    assert left.run("sync", "--plan", "plan.json").code == 0
    ran = left.report("review", "--apply", "decisions.json")
    assert ran.code == 0
    assert not left.unit("prompt/body", "It may be long.").fuzzy
    assert deepl.account.billed == 0


@pytest.mark.parametrize(
    ("path", "number", "told"),
    [
        ("locales/ja/terms.lock", "lock 1", "lock-newer"),
        ("locales/ja/terms.lock", "segmenter 1", "lock-newer"),
        ("locales/de/terms.rejected", "rejected 1", "rejected-newer"),
    ],
)
def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(
    left: Site, deepl: Stub, path: str, number: str, told: str
) -> None:
    spoil(left, path, number, number.replace("1", "2"))
    before = left.contents()
    ran = left.run("sync")
    assert (ran.code, left.contents()) == (65, before)
    assert ran.err.startswith(f"{path}:1:1: {told}: written by a newer i18n")
    assert "update i18n-pipeline" in ran.err
    assert deepl.account.billed == 0


@pytest.mark.parametrize(
    ("path", "command"),
    [("plan.json", ("sync", "--plan")), ("decisions.json", ("review", "--apply"))],
)
def test_so_is_a_plan_and_so_are_decisions(left: Site, path: str, command: tuple[str, ...]) -> None:
    spoil(left, path, "/1", "/2")
    before = left.contents()
    ran = left.run(*command, path)
    assert (ran.code, left.contents()) == (65, before)
    assert "written by a newer i18n" in ran.err
    assert "update i18n-pipeline" in ran.err


def test_receipts_of_a_later_version_are_not_paid_for_again(left: Site, deepl: Stub) -> None:
    for path in receipts(left, "ja"):
        spoil(left, path, "i18n-receipts/1", "i18n-receipts/2")
    left.translate("A prompt is a text.", "")
    left.translate("A prompt is a text.", "", lang="de")
    ran = left.run("sync")
    assert ran.code == 65
    assert f"{receipts(left, 'ja')[0]}:1:1: receipt-newer: written by a newer i18n" in ran.err
    assert left.unit("prompt/body", "A prompt").msgstr == ""
    assert left.unit("prompt/body", "A prompt", "locales/de/terms.po").msgstr
    assert deepl.account.billed == 0


def test_a_cache_of_a_later_version_is_not_believed(left: Site, deepl: Stub) -> None:
    found = [path for name in CACHES for path in (left.root / ".i18n").glob(f"{name}*")]
    files = [path for one in found for path in (one.rglob("*") if one.is_dir() else [one])]
    for path in (path for path in files if path.is_file()):
        path.write_text(json.dumps({"schema": "i18n-cache/99", "found": 1, "report": []}))
    before = left.contents()
    ran = left.report("sync")
    assert (ran.code, ran.errors, left.contents()) == (0, [], before)
    assert deepl.account.billed == 0
