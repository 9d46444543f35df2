"""One bad file: one line about it, everything else as if it were good, and nothing lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.bad_input.brought import BROUGHT, Brought
from tests.cli.bad_input.table import CASES, GLOSSARY, KEEP, PO, TERM, TOML, Case
from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, TOKENS, Ran, Site

Files = dict[str, bytes]

LINKS = '[links.rewrite]\n"/{slug}/" = "/{locale}/{slug}/"\n'


@dataclass(frozen=True)
class Base:
    """A project with all reviewed and built and one more edit waiting; and what comes of it."""

    root: Path
    before: Files
    clean: Files

    def copy(self, to: Path) -> Site:
        """The project before the run."""
        shutil.copytree(self.root, to)
        return Site(to)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    site = Site(tmp_path_factory.mktemp("bad") / "site")
    for path, text in {TOML: CONFIG + LINKS, **TERMS}.items():
        site.write(path, text)
    # a neighbour that leads to the term which is going to be bad
    site.change("terms/en/fine-tuning.md", "It costs less", "[Its tokens](/token/) cost less")
    with Stub() as stub:
        site.ask(stub)
        site.run("sync")
        for locale in ("ja", "de"):
            site.review(path=f"locales/{locale}/terms.po")
        assert site.run("sync").code == 0
    site.ask_nobody()
    assert "](/ja/token/)" in site.read("terms/ja/fine-tuning.md")
    site.change("terms/en/lora.md", "- fast", "- quick and fast")
    clean = Site(site.root.parent / "clean")
    shutil.copytree(site.root, clean.root)
    before = site.contents()
    assert clean.run("sync").code == 0
    assert clean.contents() != before
    return Base(site.root, before, clean.contents())


def expected(base: Base, bad: Case) -> Files:
    """What lies there after a run: as clean as the bad file leaves it."""
    if bad.path == TOML:
        found = base.before
    elif bad.path == TERM:
        found = base.clean
    elif bad.path == KEEP:
        found = base.before
    else:
        found = {
            p: base.before.get(p, data) if "/ja/" in p else data for p, data in base.clean.items()
        }
    return {**found, bad.path: bad.data}


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_a_bad_file_is_named_in_one_line_and_costs_nothing_else(
    base: Base, bad: Case, tmp_path: Path
) -> None:
    site = base.copy(tmp_path / "site")
    good = base.before.get(bad.path)
    site.write(bad.path, bad.data)
    ran = site.run("sync")
    assert ran.code == (78 if bad.path == TOML else 65)
    lines = ran.err.splitlines()
    if bad.path != TOML:  # where what is wrong often says it all: `{locale}` is missing
        assert [line for line in lines if not line.endswith(")")] == []
    if bad.path == KEEP:  # it holds for every locale, and is told once
        assert len(set(lines)) == len(lines) == 1
    assert [line[: len(bad.line) + 1] for line in lines] == [f"{bad.line}:"]
    assert site.contents() == expected(base, bad)
    # the same again, and then mended
    assert site.run("sync").err == ran.err
    assert site.contents() == expected(base, bad)
    if good is None:
        (site.root / bad.path).unlink()
    else:
        site.write(bad.path, good)
    assert site.run("sync").code == 0
    assert site.contents() == base.clean


def test_the_table_is_long_enough() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.name for case in BROUGHT}) == len(BROUGHT)
    assert len(CASES) + len(BROUGHT) >= 190


@pytest.mark.parametrize("bad", BROUGHT, ids=lambda bad: bad.name)
def test_a_bad_file_that_is_brought_is_named_in_one_line_and_changes_nothing(
    base: Base, bad: Brought
) -> None:
    site = Site(base.root)
    site.write(bad.path, bad.data)
    before = site.tree()
    ran = site.run(*bad.command, bad.path)
    (line,) = ran.err.replace(f"{site.root}/", "").splitlines()
    assert ran.code == 65
    assert line.startswith(bad.path + bad.told)
    assert line.endswith(")"), "it does not say how to mend it"
    assert site.tree() == before
    (site.root / bad.path).unlink()


def run_with(base: Base, folder: Path, change: Callable[[Site], None]) -> tuple[Site, Ran]:
    site = base.copy(folder / "site")
    change(site)
    return site, site.run("sync")


def test_two_files_with_one_slug_are_both_left_alone(base: Base, tmp_path: Path) -> None:
    def add(site: Site) -> None:
        site.write("terms/en/more/token.md", TOKENS)

    site, ran = run_with(base, tmp_path, add)
    assert ran.code == 65
    (line,) = ran.err.splitlines()
    assert line.startswith(
        "terms/en/token.md: duplicate-slug: `token` is the slug of terms/en/more"
    )
    assert site.contents() == {**base.clean, "terms/en/more/token.md": TOKENS.encode()}


def test_names_that_differ_in_case_only_are_both_left_alone(base: Base, tmp_path: Path) -> None:
    def add(site: Site) -> None:
        site.write("terms/en/Token.md", TOKENS)

    site, ran = run_with(base, tmp_path, add)
    if len(list((site.root / "terms/en").iterdir())) == 3:
        pytest.skip("the file system has room for one of them")
    assert ran.code == 65
    assert [line.split(": ")[:2] for line in ran.err.splitlines()] == [
        ["terms/en/Token.md", "same-name"],
        ["terms/en/token.md", "same-name"],
    ]
    assert site.contents() == {**base.clean, "terms/en/Token.md": TOKENS.encode()}


def test_a_name_that_windows_keeps_for_itself_is_refused(base: Base, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("it cannot be made there")

    def add(site: Site) -> None:
        site.write("terms/en/con.md", TOKENS)

    _, ran = run_with(base, tmp_path, add)
    assert ran.code == 65
    assert ran.err.startswith("terms/en/con.md: unportable-name:")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("path", [TERM, PO, GLOSSARY, "terms/ja/token.md"])
def test_a_link_is_not_followed(base: Base, tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(TOKENS.encode())

    def link(site: Site) -> None:
        (site.root / path).unlink(missing_ok=True)
        (site.root / path).parent.mkdir(exist_ok=True)
        (site.root / path).symlink_to(secret)

    site, ran = run_with(base, tmp_path, link)
    assert ran.code == 65
    assert [line.startswith(f"{path}: link:") for line in ran.err.splitlines()] == [True]
    assert secret.read_bytes() == TOKENS.encode()
    assert (site.root / path).is_symlink()
    after = site.contents()
    assert {p: d for p, d in after.items() if "/de/" in p} == {
        p: d for p, d in base.clean.items() if "/de/" in p
    }
    assert {p: d for p, d in after.items() if p.startswith("terms/ja") and p != path} == {
        p: d for p, d in base.before.items() if p.startswith("terms/ja") and p != path
    }


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("folder", ["terms/en", "terms/ja", "locales/ja"])
def test_a_linked_folder_makes_no_term_look_deleted(
    base: Base, tmp_path: Path, folder: str
) -> None:
    def link(site: Site) -> None:
        moved = tmp_path / "moved"
        (site.root / folder).rename(moved)
        (site.root / folder).symlink_to(moved, target_is_directory=True)

    site, ran = run_with(base, tmp_path, link)
    assert ran.code in (65, 73)
    assert all(f"{folder} is a link" in line for line in ran.err.splitlines())
    assert [entry for entry in site.po("locales/de/terms.po") if entry.obsolete][1:] == []
    inside = {p.name: p.read_bytes() for p in (tmp_path / "moved").iterdir()}
    assert inside == {
        path.removeprefix(f"{folder}/"): data
        for path, data in base.before.items()
        if path.startswith(f"{folder}/")
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_exits_73_and_loses_nothing(
    base: Base, tmp_path: Path
) -> None:
    site = base.copy(tmp_path / "site")
    (site.root / "locales/ja").chmod(0o555)
    ran = site.run("sync")
    (site.root / "locales/ja").chmod(0o755)
    assert ran.code == 73
    assert "locales/ja/terms.po cannot be written" in ran.err
    assert site.run("sync").code == 0
    assert site.contents() == base.clean


def test_a_file_in_the_place_of_a_folder_exits_73(base: Base, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    for path in (TOML, *TERMS):
        site.write(path, base.before[path])
    site.write("locales", "no folder")
    ran = site.run("sync")
    assert ran.code == 73
    assert ran.err.count("\n") == 2
    assert "locales/ja/terms.po cannot be written" in ran.err
    assert site.read("locales") == "no folder"


def test_mojibake_is_reported_and_never_sent(base: Base, tmp_path: Path) -> None:
    site = base.copy(tmp_path / "site")
    site.change(TERM, "A model reads", "A model â€” any â€” reads")
    with Stub() as stub:
        site.ask(stub)
        (site.root / PO).unlink()
        (site.root / "locales/ja/terms.lock").unlink()
        shutil.rmtree(site.root / "terms/ja")
        shutil.rmtree(site.root / ".i18n")
        ran = site.run("sync", "--lang", "ja")
        assert ran.code == 3
        assert "source-mojibake" in ran.out
        assert not any("â€" in str(seen.body) for seen in stub.journal)
    unit = site.unit("token/body", "A model")
    assert unit.msgstr == ""
    assert "source-mojibake" in unit.comment
    assert "â€” any â€”" in site.read(TERM)


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, "*_" * 50_000, "word " * 200_000])
def test_a_monstrous_body_stops_nobody(base: Base, tmp_path: Path, text: str) -> None:
    site, ran = run_with(
        base, tmp_path, lambda site: site.change(TERM, "A model reads tokens.", text)
    )
    assert ran.code in (0, 65)
    neighbours = {p: d for p, d in site.contents().items() if "lora" in p and "terms/" in p}
    assert neighbours == {p: d for p, d in base.clean.items() if p in neighbours}
    assert site.unit("lora/body", "quick and fast").fuzzy
