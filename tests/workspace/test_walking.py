from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from i18n_pipeline.workspace import Workspace

    Make = Callable[..., Workspace]

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs names other systems refuse")
links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def found(workspace: Workspace, locale: str) -> list[tuple[str, str]]:
    return [(file.path, file.slug) for file in workspace.discover(locale).files]


def codes(workspace: Workspace, locale: str = "en") -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in workspace.discover(locale).problems]


def test_a_locale_has_the_files_its_pattern_matches_in_order_of_path(project: Make) -> None:
    workspace = project(
        {
            "terms/en/loss.md": "",
            "terms/en/ml/adam.md": "",
            "terms/en/notes.txt": "",
            "terms/en/_index.md": "",
            "terms/en/_drafts/x.md": "",
            "terms/en/.loss.md.i18n-tmp": "",
            "terms/ja/loss.md": "",
            "terms/fr/loss.md": "",
        }
    )
    assert found(workspace, "en") == [
        ("terms/en/loss.md", "loss"),
        ("terms/en/ml/adam.md", "ml/adam"),
    ]
    assert found(workspace, "ja") == [("terms/ja/loss.md", "loss")]
    assert found(workspace, "de") == []
    assert workspace.discover("en").files[0].locale == "en"
    assert codes(workspace) == []


def test_exclude_names_files_with_or_without_ending_and_folders(project: Make) -> None:
    workspace = project(
        {"terms/en/README.md": "", "terms/en/old/x.md": "", "terms/en/a.md": ""},
        '[paths]\nexclude = ["README", "old"]',
    )
    assert found(workspace, "en") == [("terms/en/a.md", "a")]


def test_exclude_says_nothing_about_the_folders_of_the_pattern_itself(project: Make) -> None:
    workspace = project({"_terms/en/a.md": ""}, '[paths]\nterms = "_terms/{locale}/{slug}.md"')
    assert found(workspace, "en") == [("_terms/en/a.md", "a")]


def test_a_path_belongs_to_the_locale_whose_pattern_says_most(project: Make) -> None:
    workspace = project(
        {"docs/a.md": "", "docs/ja/a.md": "", "docs/sub/b.md": "", "docs/c.de.md": ""},
        '[locale.en.paths]\nterms = "docs/{slug}.md"\n'
        '[locale.ja.paths]\nterms = "docs/ja/{slug}.md"\n'
        '[locale.de.paths]\nterms = "docs/{slug}.de.md"\n',
    )
    assert found(workspace, "en") == [("docs/a.md", "a"), ("docs/sub/b.md", "sub/b")]
    assert found(workspace, "ja") == [("docs/ja/a.md", "a")]
    assert found(workspace, "de") == [("docs/c.de.md", "c")]


def test_a_folder_whose_name_only_begins_alike_is_another(project: Make) -> None:
    workspace = project({"terms/en/a.md": "", "terms/en-evil/b.md": "", "terms-evil/en/c.md": ""})
    assert found(workspace, "en") == [("terms/en/a.md", "a")]


def test_git_and_our_own_folder_are_never_looked_into(project: Make) -> None:
    workspace = project(
        {".git/en.md": "", ".i18n/en.md": "", "a/en.md": ""}, 'paths.terms = "{slug}/{locale}.md"'
    )
    assert found(workspace, "en") == [("a/en.md", "a")]


@links
def test_links_are_refused_and_the_others_go_on(project: Make) -> None:
    workspace = project({"terms/en/a.md": "", "outside/b.md": ""})
    terms = workspace.root / "terms/en"
    (terms / "b.md").symlink_to(workspace.root / "outside/b.md")
    (terms / "sub").symlink_to(workspace.root / "outside")
    (terms / "loop").symlink_to(terms)
    (terms / "self.md").symlink_to(terms / "self.md")
    (terms / "picture.png").symlink_to(workspace.root / "outside/b.md")
    assert found(workspace, "en") == [("terms/en/a.md", "a")]
    assert codes(workspace) == [
        ("terms/en/b.md", "link"),
        ("terms/en/loop", "link"),
        ("terms/en/self.md", "link"),
        ("terms/en/sub", "link"),
    ]
    assert workspace.discover("en").hidden == ("terms/en/loop", "terms/en/sub")


@links
def test_a_linked_folder_of_a_locale_is_refused_as_a_whole(project: Make) -> None:
    workspace = project({"outside/ja/a.md": ""})
    (workspace.root / "terms").symlink_to(workspace.root / "outside")
    assert found(workspace, "ja") == []
    assert codes(workspace, "ja") == [("terms/ja", "link")]
    assert workspace.discover("ja").hidden == ("terms/ja",)


@linux
def test_paths_that_differ_in_case_or_accents_only_are_refused_both(project: Make) -> None:
    nfc, nfd = "caf\u00e9.md", "cafe\u0301.md"
    workspace = project(
        {f"terms/en/{name}": "" for name in ("Loss.md", "loss.md", "a.md", nfc, nfd)}
    )
    assert found(workspace, "en") == [("terms/en/a.md", "a")]
    problems = workspace.discover("en").problems
    assert [problem.code for problem in problems] == ["same-name"] * 4
    told = {problem.path: problem.message for problem in problems}
    assert "terms/en/loss.md" in told["terms/en/Loss.md"]
    assert "terms/en/Loss.md" in told["terms/en/loss.md"]


@linux
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("con.md", "unportable-name"),
        ("a:b.md", "unportable-name"),
        ("a\\b.md", "unportable-name"),
        ("a\nb.md", "unportable-name"),
        ("cafe\u0301.md", "name-not-nfc"),
    ],
)
def test_a_name_that_not_every_system_takes_is_refused(project: Make, name: str, code: str) -> None:
    workspace = project({f"terms/en/{name}": "", "terms/en/a.md": ""})
    assert found(workspace, "en") == [("terms/en/a.md", "a")]
    assert [problem.code for problem in workspace.discover("en").problems] == [code]


@linux
def test_a_name_that_is_not_utf_8_is_refused_in_words_that_can_be_printed(project: Make) -> None:
    workspace = project({"terms/en/a.md": ""})
    (workspace.root / "terms/en" / os.fsdecode(b"\xff.md")).touch()
    assert codes(workspace) == [("terms/en/\\xff.md", "name-not-utf-8")]
    assert str(workspace.discover("en").problems[0]).encode()


def test_a_file_over_two_mebibytes_is_refused_without_being_read(project: Make) -> None:
    workspace = project({"terms/en/big.md": "", "terms/en/most.md": ""})
    os.truncate(workspace.root / "terms/en/big.md", 2 * 1024**2 + 1)
    os.truncate(workspace.root / "terms/en/most.md", 2 * 1024**2)
    assert codes(workspace) == [("terms/en/big.md", "too-large")]
    assert found(workspace, "en") == [("terms/en/most.md", "most")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_named_pipe_is_refused_and_never_waited_for(project: Make) -> None:
    workspace = project({"terms/en/a.md": ""})
    os.mkfifo(workspace.root / "terms/en/pipe.md")
    os.mkfifo(workspace.root / "terms/en/pipe.txt")
    assert codes(workspace) == [("terms/en/pipe.md", "not-a-file")]


def test_a_folder_that_cannot_be_read_is_a_problem(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project({"terms/en/a.md": "", "terms/en/sub/b.md": ""})
    real = os.scandir

    def scandir(path: os.PathLike[str]) -> object:
        if os.fspath(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert codes(workspace) == [("terms/en/sub", "cannot-read")]
    assert workspace.discover("en").hidden == ("terms/en/sub",)
    assert found(workspace, "en") == [("terms/en/a.md", "a")]


def test_catalogs_are_found_by_pattern_whatever_is_excluded(project: Make) -> None:
    workspace = project({"locales/ja/_vocabulary.po": "", "locales/ja/model.po": "", "x": ""})
    split = Pattern("locales/{locale}/{category}.po")
    assert workspace.find(split, "ja") == ("locales/ja/_vocabulary.po", "locales/ja/model.po")
    assert workspace.find(split, "de") == ()
    assert workspace.find(Pattern("locales/{locale}/model.po"), "ja") == ("locales/ja/model.po",)
    assert workspace.find(Pattern("locales/{locale}/other.po"), "ja") == ()


def test_a_file_that_may_not_be_read_is_a_problem(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project({"terms/en/a.md": "", "terms/en/b.md": ""})
    for path in ("a.md", "b.md"):  # whom a mode does not let read is asked for
        (workspace.root / "terms/en" / path).chmod(0o600)
    monkeypatch.setattr(os, "access", lambda path, _: path.name == "a.md")
    assert codes(workspace) == [("terms/en/b.md", "cannot-read")]
    assert found(workspace, "en") == [("terms/en/a.md", "a")]
