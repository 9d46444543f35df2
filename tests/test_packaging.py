"""What is released: the same bytes from everywhere, whole, and at work without a checkout."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import i18n_pipeline
from tests.stubs.site import CONFIG, TERMS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "i18n_pipeline"
EPOCH = "1767225600"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def build(folder: Path, out: Path) -> tuple[Path, Path]:
    """The source archive and the wheel that a folder makes."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What somebody has who downloaded the source archive."""
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built[0]) as archive:
        archive.extractall(place, filter="data")
    return next(place.iterdir())


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_another_folder_at_another_time_makes_the_same_bytes(
    built: tuple[Path, Path], unpacked: Path, tmp_path: Path
) -> None:
    for path in unpacked.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(path.stat().st_mode & 0o700)
    again = build(unpacked, tmp_path / "dist")
    assert [one.name for one in again] == [one.name for one in built]
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in built]


def test_the_wheel_has_every_file_of_the_package_and_nothing_else(
    built: tuple[Path, Path],
) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = f"i18n_pipeline-{i18n_pipeline.__version__}.dist-info"
    facts = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    assert "i18n_pipeline/py.typed" in ours
    assert names(built[1]) == ours | {f"{about}/{name}" for name in facts}


def test_the_source_archive_has_what_its_tests_read_and_no_leftovers(unpacked: Path) -> None:
    there = {path.relative_to(unpacked).parts[0] for path in unpacked.rglob("*")}
    assert {"benchmarks", "docs", "glossaries", "i18n_pipeline", "locales", "tests"} < there
    assert {"CITATION.cff", "LICENSE", "SECURITY.md", "requirements-dev.txt", "website"} < there
    leftovers = re.compile(r"__pycache__|\.i18n/|\.venv|\.hypothesis|\.pyc$|^site/|^dist/")
    paths = (path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*"))
    assert [path for path in paths if leftovers.search(path)] == []


def test_the_wheel_works_without_a_checkout(built: tuple[Path, Path], tmp_path: Path) -> None:
    installed, site = tmp_path / "installed", tmp_path / "site"
    shutil.unpack_archive(built[1], installed, "zip")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*arguments: str) -> str:
        # -P: not even the working folder may lend a module.
        done = subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=site,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        )
        return done.stdout

    where = run("-c", "import i18n_pipeline; print(i18n_pipeline.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    assert run("-m", "i18n_pipeline", "--version") == (
        f"i18n, version {i18n_pipeline.__version__}\n"
    )
    run("-m", "i18n_pipeline", "sync", "--lang", "ja")
    # An edit of an English text reads the word lists, which are no Python.
    source = site / "terms/en/token.md"
    source.write_text(source.read_text(encoding="utf-8").replace("reads", "read"), encoding="utf-8")
    assert "wrote locales/ja/terms.po" in run("-m", "i18n_pipeline", "sync", "--lang", "ja")


NEVER_INSTALLED = {
    "_typeshed",  # type checkers alone know it
    "pytest",  # the provider contract is a test, for packages that bring a provider of their own
}
BROUGHT = {"httpx2": "openai", "markupsafe": "jinja2", "urllib3": "requests"}
"""What one of our dependencies speaks through, and whose it is: pinned there, not here."""


def imported(path: Path) -> Iterator[str]:
    """The top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def plain(requirement: str) -> str:
    """The name of the distribution that a requirement asks for."""
    return re.split(r"[\[<>=;~! ]", requirement)[0].lower().replace("_", "-")


def test_everything_imported_is_a_declared_dependency_and_the_reverse() -> None:
    modules = {name for path in PACKAGE.rglob("*.py") for name in imported(path)}
    foreign = modules - {*sys.stdlib_module_names, *NEVER_INSTALLED, "i18n_pipeline"}
    of = importlib.metadata.packages_distributions()
    used = {plain(of[name][0]) for name in foreign - BROUGHT.keys()}
    extras = PROJECT["optional-dependencies"].values()
    declared = [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]
    assert used == {plain(one) for one in declared} - {"i18n-pipeline"}


@pytest.mark.parametrize(("module", "owner"), BROUGHT.items())
def test_what_is_imported_undeclared_comes_with_its_owner(module: str, owner: str) -> None:
    assert module in {plain(one) for one in importlib.metadata.requires(owner) or ()}


def test_the_citation_names_this_version_and_licence() -> None:
    said = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {i18n_pipeline.__version__}\n" in said
    assert f"\nlicense: {PROJECT['license']}\n" in said
