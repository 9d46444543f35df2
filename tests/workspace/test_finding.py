from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.errors import BadConfig, UsageError
from i18n_pipeline.workspace import find_project, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 'source = "en"\ntargets = ["ja"]\n'


def test_a_project_is_found_upward_from_any_folder_in_it(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(LEAST)
    inner = tmp_path / "terms" / "en"
    inner.mkdir(parents=True)
    (tmp_path / "terms" / "pyproject.toml").write_text("[tool.other]\n")
    found = find_project(inner)
    assert found.root == tmp_path.resolve()
    assert found.config.targets == ("ja",)
    assert open_workspace(inner).root == found.root


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(LEAST)
    inner = tmp_path / "site"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[tool.i18n]\nsource = "de"\ntargets = ["ja"]\n')
    assert find_project(inner).root == inner.resolve()
    assert find_project(inner).config.source == "de"


def test_two_configurations_in_one_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(LEAST)
    (tmp_path / "pyproject.toml").write_text("[tool.i18n]\n")
    with pytest.raises(BadConfig, match="two-configurations"):
        find_project(tmp_path)


def test_no_project_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no i18n\.toml"):
        find_project(tmp_path)
    with pytest.raises(UsageError, match="is no folder"):
        find_project(tmp_path / "missing")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is no folder"):
        find_project(tmp_path / "file")


def test_a_broken_pyproject_of_somebody_else_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(LEAST)
    (tmp_path / "pyproject.toml").write_text("[tool.other\n# i18n")
    assert find_project(tmp_path).config.source == "en"


def test_a_broken_table_of_ours_in_pyproject_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.i18n]\nsource = \n")
    with pytest.raises(BadConfig, match=r"pyproject\.toml:2:10: toml-syntax"):
        find_project(tmp_path)


def test_a_configuration_that_is_not_utf_8_says_so_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_bytes(LEAST.encode() + b"# caf\xe9\n")
    with pytest.raises(BadConfig, match=r"i18n\.toml:3: not-utf-8"):
        find_project(tmp_path)


def test_a_configuration_that_is_a_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").mkdir()
    with pytest.raises(BadConfig, match=r"i18n\.toml: not-a-file"):
        find_project(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_configuration_that_is_a_named_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "i18n.toml")
    with pytest.raises(BadConfig, match=r"i18n\.toml: not-a-file"):
        find_project(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_configuration_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text('source = "s3cr3t"')
    (tmp_path / "project").mkdir()
    (tmp_path / "project/i18n.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(BadConfig, match=r"i18n\.toml: link: .*not followed$"):
        find_project(tmp_path / "project")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_pyproject_that_is_a_link_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(LEAST)
    (tmp_path / "inner").mkdir()
    (tmp_path / "secret.toml").write_text("[tool.i18n]\nsource = 3\n")
    (tmp_path / "inner/pyproject.toml").symlink_to(tmp_path / "secret.toml")
    assert find_project(tmp_path / "inner").root == tmp_path
