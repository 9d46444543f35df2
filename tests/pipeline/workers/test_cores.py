"""How many cores there are to use, as control groups limit them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from i18n_pipeline.pipeline.workers.cores import cores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="control groups are Linux's")
ALL = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own"
    file.write_text("0::/job/step\n")
    return file


def limited(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


@pytest.mark.parametrize(
    ("limit", "count"),
    [
        ("max 100000", ALL),
        ("100000 100000", 1),
        ("1000 100000", 1),
        ("6400000 100000", ALL),
        ("100000 0", ALL),
        ("what is this", ALL),
    ],
)
@pytest.mark.parametrize("group", ["", "job", "job/step"])
def test_the_least_quota_of_all_groups_above_counts(
    tmp_path: Path, own: Path, group: str, limit: str, count: int
) -> None:
    limited(tmp_path / "groups" / group, cpu__max=limit + "\n")
    assert cores(tmp_path / "groups", own) == count


def test_version_1_of_control_groups_is_read_too(tmp_path: Path, own: Path) -> None:
    own.write_text("4:memory:/job\n3:cpu,cpuacct:/job\n")
    folder = tmp_path / "groups" / "cpu" / "job"
    limited(folder, cpu__cfs_quota_us="-1\n", cpu__cfs_period_us="100000\n")
    assert cores(tmp_path / "groups", own) == ALL
    limited(folder, cpu__cfs_quota_us="50000\n")
    assert cores(tmp_path / "groups", own) == 1


def test_where_there_are_no_groups_all_cores_count(tmp_path: Path) -> None:
    assert cores(tmp_path / "none", tmp_path / "nothing") == ALL
