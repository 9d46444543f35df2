"""What a run depends on is known at a glance while nothing was touched, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from i18n_pipeline.workspace import Discovery, Glance, Workspace, open_workspace
from tests.pipeline.test_narrowed import site_in, sync
from tests.stubs.deepl import Account, Stub
from tests.stubs.repository import Repository
from tests.stubs.site import Site

SEEN = ".i18n/idle/seen-ja.txt"
LISTED = ".i18n/idle/files-ja.txt"
TMX = """\
<tmx version="1.4"><header srclang="en" datatype="plaintext" segtype="sentence" adminlang="en"
 o-tmf="x" creationtool="x" creationtoolversion="1"/><body/></tmx>
"""
BESIDE = {
    "glossaries/ja.csv": "source,target\nSomething,何か\n",
    "memories/old.tmx": TMX,
    "glossaries/keep.csv": "",
}
"""Files that a run reads besides sources, pages and catalogs."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A project in order, of which the last run has hashed all files."""
    with Stub(Account(key="k")) as stub:
        found = site_in(tmp_path, stub, "terms.po", "reviewed")
        found.write("i18n.toml", found.read("i18n.toml") + '[memory]\ntmx = ["memories/*.tmx"]\n')
        for path, text in BESIDE.items():
            found.write(path, text)
        sync(found)
        until_old(found)
        sync(found)
        assert (found.root / SEEN).exists()
        yield found


@pytest.mark.parametrize("command", [["sync"], ["sync", "--frozen"], ["check"], ["status"]])
def test_what_a_clone_brought_along_says_nothing(site: Site, command: list[str]) -> None:
    repository = Repository(site.root)
    repository.git("init", "--quiet")
    repository.commit("all")
    assert site.run(*command).code == 0
    repository.git("add", "--force", SEEN)
    repository.commit("it may say anything")
    ran = site.run(*command)
    assert ran.code == 65
    assert f"{SEEN}: `.i18n/` is a machine's own" in ran.err
    assert "git rm -r --cached .i18n" in ran.err


def test_what_a_submodule_brought_along_says_nothing(site: Site, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    (site.root / ".i18n").rename(other.root / "idle-and-all")
    other.commit("forged")
    repository = Repository(site.root)
    adding = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    repository.git(*adding, str(other.root), ".i18n")
    repository.commit("all")
    ran = site.run("sync", "--frozen")
    assert (ran.code, "`.i18n/` is a machine's own" in ran.err) == (65, True)


def test_where_nobody_can_ask_git_what_was_kept_says_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, discovered: list[str]
) -> None:
    Repository(site.root).commit("all")
    sync(site)
    discovered.clear()
    assert site.run("sync").code == 0
    assert discovered == []
    monkeypatch.setenv("PATH", "")
    assert site.run("sync").code == 0
    assert discovered


def files(site: Site, folder: str = "") -> Iterator[Path]:
    return (path for path in (site.root / folder).rglob("*") if path.is_file())


def until_old(site: Site) -> None:
    """Let the file system's clock go on until every file is older than it."""
    workspace = open_workspace(site.root)
    youngest = max(path.lstat().st_ctime_ns for path in files(site))
    while workspace.now() <= youngest:
        pass


@pytest.fixture
def discovered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locales whose files were looked for, in order."""
    known: list[str] = []
    original = Workspace.discover

    def discover(workspace: Workspace, locale: str) -> Discovery:
        known.append(locale)
        return original(workspace, locale)

    monkeypatch.setattr(Workspace, "discover", discover)
    return known


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many files the hashes were asked for, each time."""
    known: list[int] = []
    original = Workspace.hashes

    def hashes(
        workspace: Workspace, paths: Sequence[str], glance: Glance | None = None
    ) -> Mapping[str, str]:
        known.append(len(paths))
        return original(workspace, paths, glance)

    monkeypatch.setattr(Workspace, "hashes", hashes)
    return known


def test_where_nothing_was_touched_no_file_is_looked_for(
    site: Site, discovered: list[str], hashed: list[int]
) -> None:
    before = sync(site)
    assert (discovered, hashed) == ([], [])
    (site.root / SEEN).unlink()
    assert sync(site).out == before.out
    assert discovered == []
    assert len(hashed) == 1
    (site.root / SEEN).unlink()
    (site.root / LISTED).unlink()
    assert sync(site).out == before.out
    assert discovered == ["en", "ja"]
    assert len(set(hashed)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "terms/en/beta.md",
        "terms/ja/beta.md",
        "locales/ja/terms.po",
        "locales/ja/terms.lock",
        *BESIDE,
    ],
)
def test_a_file_that_was_touched_is_looked_at(
    site: Site, discovered: list[str], hashed: list[int], path: str
) -> None:
    (site.root / path).touch()
    assert sync(site).json["changed"] is False
    assert hashed
    assert discovered == []


@pytest.mark.parametrize(
    "path",
    ["terms/en/new.md", "terms/ja/new.md", "locales/ja/terms.rejected", "memories/new.tmx"],
)
def test_a_file_that_came_is_looked_at(site: Site, discovered: list[str], path: str) -> None:
    text = TMX if path.endswith(".tmx") else ""
    site.write(path, text)
    site.run("sync", "--lang", "ja")
    assert discovered


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-1] + "0", lambda _: "", lambda text: text[9:]]
)
def test_what_is_damaged_says_nothing(
    site: Site, discovered: list[str], hashed: list[int], spoil: Callable[[str], str]
) -> None:
    told = sync(site).out
    site.write(SEEN, spoil(site.read(SEEN)))
    assert sync(site).out == told
    assert hashed
    site.write(SEEN, "")
    site.write(LISTED, spoil(site.read(LISTED)))
    assert sync(site).out == told
    assert discovered == ["en", "ja"]


def test_a_file_that_was_away_while_the_others_were_looked_for_is_found_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program moves it away and back; a run must not forget it."""
    original = Workspace.discover
    path, away = site.root / "terms/en/beta.md", site.root / "beta.md"

    def discover(workspace: Workspace, locale: str) -> Discovery:
        path.rename(away)
        try:
            return original(workspace, locale)
        finally:
            away.rename(path)

    (site.root / SEEN).unlink()
    (site.root / LISTED).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "discover", discover)
        site.run("status", "--lang", "ja")
        site.run("sync", "--lang", "ja")
    assert not (site.root / LISTED).exists()
    site.write("terms/en/beta.md", site.read("terms/en/beta.md") + "\nOne more paragraph.\n")
    assert "locales/ja/terms.po" in sync(site).locale()["written"]


def test_a_file_as_young_as_the_run_is_not_known_by_its_times(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.root / SEEN).unlink()
    seen = (path for folder in ("terms", "locales", "glossaries") for path in files(site, folder))
    youngest = max(path.lstat().st_ctime_ns for path in seen)
    monkeypatch.setattr(Workspace, "now", lambda _: youngest)
    sync(site)
    assert not (site.root / SEEN).exists()


def test_files_chosen_by_another_configuration_are_not_what_was_known(site: Site) -> None:
    ours = site.read("i18n.toml")
    source = site.read("terms/en/beta.md").replace("beta", "gamma-ray").replace("Beta", "Gamma Ray")
    site.write("terms/en/gamma-ray.md", source)
    site.change("i18n.toml", "[paths]", '[paths]\nexclude = ["gamma-ray"]')
    until_old(site)
    for command in ("build", "extract"):
        assert site.run(command, "--lang", "ja").code == 0
    site.write("i18n.toml", ours)
    assert sync(site).locale()["terms"]["total"] == 8


def test_who_only_looks_keeps_nothing(site: Site) -> None:
    (site.root / SEEN).unlink()
    site.run("status", "--lang", "ja")
    site.run("sync", "--frozen", "--lang", "ja")
    assert not (site.root / SEEN).exists()


def test_other_options_are_not_what_was_known(site: Site, discovered: list[str]) -> None:
    site.run("sync", "--lang", "ja", "--verbose")
    assert discovered
