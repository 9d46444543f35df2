"""The order in which a run writes, and what it says in between: whoever ends it ends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.model import digest
from i18n_pipeline.workspace import Workspace
from tests.stubs.site import Site

PO, LOCK, PAGE = "locales/ja/terms.po", "locales/ja/terms.lock", "terms/ja/token.md"
SENTENCE = "A model reads tokens."
Steps = list[dict[str, bytes | None]]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> tuple[Steps, dict[str, str]]:
    """What is written from now on, step by step, and what each file was expected to be."""
    made: Steps = []
    hashes: dict[str, str] = {}
    save = Workspace.save

    def saving(
        workspace: Workspace,
        told: Sequence[Mapping[str, bytes | None]],
        expected: Mapping[str, str] | None = None,
    ) -> tuple[str, ...]:
        ours = [dict(step) for step in told if step and not next(iter(step)).startswith(".i18n")]
        made.extend(ours)
        for path, hashed in (expected or {}).items():
            hashes.setdefault(path, hashed)
        return save(workspace, told, expected)

    monkeypatch.setattr(Workspace, "save", saving)
    return made, hashes


def entry(data: bytes | None, slug: str = "token") -> tuple[str, str]:
    """What a lock says of a page: as what it is known, and as what it is about to be."""
    found = read_lock(data or b"").get(slug)
    assert found is not None
    return found.built, found.pending


def test_a_new_page_is_announced_before_it_is_written(
    drafted: Site, steps: tuple[Steps, dict[str, str]]
) -> None:
    drafted.review()
    made, hashes = steps
    drafted.run("sync", "--lang", "ja")
    assert [sorted(step) for step in made[-3:]] == [[LOCK], sorted(made[-2]), [LOCK]]
    page = made[-2][PAGE]
    assert page is not None
    assert entry(made[-3][LOCK]) == ("", digest(page))
    assert entry(made[-1][LOCK]) == (digest(page), "")
    assert hashes[PAGE] == ""


def test_a_page_that_changes_is_known_as_it_was_and_as_it_will_be(
    reviewed: Site, steps: tuple[Steps, dict[str, str]]
) -> None:
    made, hashes = steps
    old = (reviewed.root / PAGE).read_bytes()
    reviewed.translate(SENTENCE, "モデルはトークンを読む。")
    reviewed.run("sync", "--lang", "ja")
    page = made[-2][PAGE]
    assert page is not None
    assert [list(step) for step in made[-3:]] == [[LOCK], [PAGE], [LOCK]]
    assert entry(made[-3][LOCK]) == (digest(old), digest(page))
    assert entry(made[-3][LOCK], "lora") == entry(made[-1][LOCK], "lora")
    assert entry(made[-1][LOCK]) == (digest(page), "")
    assert hashes[PAGE] == digest(old)


def test_edited_pages_reach_the_po_file_before_the_lock_knows_them(
    reviewed: Site, steps: tuple[Steps, dict[str, str]]
) -> None:
    made, _ = steps
    head, _, _ = reviewed.read(PAGE).rpartition("\n---\n")
    reviewed.write(PAGE, f"{head}\n---\n\nトークンを読む。\n")
    reviewed.run("build", "--lang", "ja")
    assert [list(step) for step in made] == [[PO], [LOCK]]
    units = read_po(made[0][PO] or b"").units
    assert "トークンを読む。" in {unit.target for unit in units if unit.source == SENTENCE}
    assert entry(made[1][LOCK]) == (digest((reviewed.root / PAGE).read_bytes()), "")


def test_what_was_written_before_a_failure_is_told_with_it(
    reviewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed.translate(SENTENCE, "モデルはトークンを読む。")
    save = Workspace.save

    def failing(
        workspace: Workspace,
        told: Sequence[Mapping[str, bytes | None]],
        expected: Mapping[str, str] | None = None,
    ) -> tuple[str, ...]:
        if any(PAGE in step for step in told):
            raise CannotWrite(f"{PAGE} cannot be written")
        return save(workspace, told, expected)

    monkeypatch.setattr(Workspace, "save", failing)
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.code == 73
    written: object = ran.locale()["written"]
    assert written == [LOCK]
    assert f"{PAGE} cannot be written" in str(ran.errors)


def test_what_people_say_at_the_head_of_a_review_file_stays_there(reviewed: Site) -> None:
    assert reviewed.read(PO).startswith("# Japanese translations of the glossary.\n")
    reviewed.change(PO, "# Japanese translations of the glossary.\n", "# Ours. 花子\n")
    reviewed.change(PO, '"Language: ja\\n"\n', '"Language: ja\\n"\n"X-Team: Tokyo\\n"\n')
    reviewed.change("terms/en/token.md", SENTENCE, "Nothing of this kind was there before.")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    text = reviewed.read(PO)
    assert "Nothing of this kind" in text
    assert text.startswith("# Ours. 花子\n")
    assert '"X-Team: Tokyo\\n"\n' in text


def test_a_build_takes_in_texts_and_updates_no_other_unit(reviewed: Site) -> None:
    reviewed.change("terms/en/lora.md", "Only small layers are trained.", "All are, by now.")
    head, _, _ = reviewed.read(PAGE).rpartition("\n---\n")
    reviewed.write(PAGE, f"{head}\n---\n\nトークンを読む。\n")
    reviewed.run("build", "--lang", "ja")
    text = reviewed.read(PO)
    assert "トークンを読む。" in text
    assert "All are, by now." not in text


def test_a_term_whose_source_is_gone_is_gone_from_the_lock(
    reviewed: Site, steps: tuple[Steps, dict[str, str]]
) -> None:
    made, _ = steps
    config = reviewed.read("i18n.toml")
    reviewed.write("i18n.toml", f'{config}[build]\norphan = "delete"\n')
    (reviewed.root / "terms/en/token.md").unlink()
    reviewed.run("sync", "--lang", "ja")
    assert made[-2] == {PAGE: None}
    assert read_lock(made[-1][LOCK] or b"").get("token") is None
