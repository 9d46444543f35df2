"""A cluster of other processes: the same bytes and the same report as without."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.test_executors import CONFIG, SYNC, copy, eagerly
from tests.stubs.site import Site

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="the extra `distributed` is missing"
)
PATIENCE = 60.0


@dataclass
class Cluster:
    """A scheduler and its workers, as processes on loopback."""

    folder: Path
    environment: Mapping[str, str]
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def executor(self) -> str:
        """What `--executor` takes."""
        deadline, file = time.monotonic() + PATIENCE, self.folder / "scheduler.json"
        while True:
            try:
                address = json.loads(file.read_text())["address"]
            except (FileNotFoundError, ValueError):
                assert time.monotonic() < deadline
                time.sleep(0.1)
            else:
                assert isinstance(address, str)
                return address.replace("tcp://", "dask://")

    def work(self, count: int) -> None:
        """Let so many workers begin."""
        address = self.executor.replace("dask://", "tcp://")
        words = ("worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
        self.workers += [self._begin(*words) for _ in range(count)]

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        return begin(self.folder, self.environment, *words)

    def end(self) -> None:
        """Let all of it end."""
        for one in (*self.workers, self.scheduler):
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def begin(folder: Path, environment: Mapping[str, str], *words: str) -> subprocess.Popen[bytes]:
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=folder,
            env=dict(environment),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


@pytest.fixture
def cluster(tmp_path: Path, site: Site) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    environment = site.surroundings()
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    file = ("--scheduler-file", "scheduler.json")
    made = Cluster(folder, environment, begin(folder, environment, "scheduler", *words, *file))
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def pseudo(site: Site) -> Site:
    site.write("i18n.toml", CONFIG)
    return site


@needs_dask
@pytest.mark.xdist_group("cluster")
def test_a_cluster_gives_the_bytes_and_the_report_of_one_process(
    pseudo: Site, cluster: Cluster
) -> None:
    cluster.work(2)
    other = copy(pseudo, "other")
    for words in (SYNC, ("check", "--format", "json")):
        alone = eagerly(pseudo, "nothing", *words, "--executor", "one")
        many = eagerly(other, "nothing", *words, "--executor", cluster.executor)
        assert (many.code, many.out) == (alone.code, alone.out), many.err
        assert many.err == ""
        assert other.contents() == pseudo.contents()


@needs_dask
@pytest.mark.xdist_group("cluster")
def test_a_worker_that_dies_is_replaced_by_another(pseudo: Site, cluster: Cluster) -> None:
    cluster.work(2)
    other = copy(pseudo, "other")
    alone = eagerly(pseudo, "nothing", *SYNC, "--executor", "one")
    victim = {"CLUSTER": str(cluster.workers[0].pid)}
    many = eagerly(other, "cluster-dies", *SYNC, "--executor", cluster.executor, **victim)
    assert cluster.workers[0].wait(PATIENCE) == -signal.SIGKILL
    assert (many.code, many.out) == (alone.code, alone.out), many.err
    assert other.contents() == pseudo.contents()


@needs_dask
@pytest.mark.xdist_group("cluster")
def test_a_cluster_that_dies_in_the_middle_costs_time_alone(pseudo: Site, cluster: Cluster) -> None:
    cluster.work(1)
    other = copy(pseudo, "other")
    eagerly(pseudo, "nothing", *SYNC, "--executor", "one")
    environment = {
        "CLUSTER": " ".join(str(one.pid) for one in (*cluster.workers, cluster.scheduler))
    }
    words = ("sync", "--provider", "pseudo", "--executor", cluster.executor)
    many = eagerly(other, "cluster-dies", *words, **environment)
    assert many.code == 0, many.err
    assert "the cluster was lost" in many.out
    assert other.contents() == pseudo.contents()


@needs_dask
@pytest.mark.xdist_group("cluster")
def test_a_worker_with_other_code_refuses(pseudo: Site, cluster: Cluster, tmp_path: Path) -> None:
    package = Path(__file__).parents[2]
    older = tmp_path / "older"
    ours = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package / "i18n_pipeline", older / "i18n_pipeline", ignore=ours)
    with (older / "i18n_pipeline" / "model.py").open("a") as file:
        file.write("\n# another version\n")
    cluster.environment = {**cluster.environment, "PYTHONPATH": str(older)}
    cluster.work(1)
    ran = eagerly(pseudo, "nothing", *SYNC, "--executor", cluster.executor)
    assert ran.code == 69, ran.err
    assert "a worker has i18n-pipeline" in ran.out
    assert "terms/ar-XB/lora.md" not in pseudo.contents()


@needs_dask
def test_a_cluster_that_is_not_there_is_said_before_anything_is_written(pseudo: Site) -> None:
    ran = eagerly(pseudo, "impatient", *SYNC, "--executor", "dask://127.0.0.1:9")
    assert ran.code == 69, ran.err
    assert "the cluster at tcp://127.0.0.1:9 cannot be reached" in ran.out
    assert "terms/ar-XB/lora.md" not in pseudo.contents()


@pytest.mark.skipif(
    importlib.util.find_spec("distributed") is not None, reason="the extra is there"
)
def test_without_the_extra_its_name_is_said(pseudo: Site) -> None:
    ran = pseudo.run("sync", "--executor", "dask://127.0.0.1:9")
    assert ran.code == 2
    assert "pipx install --force '.[distributed]'" in ran.err
