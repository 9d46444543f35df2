"""What jobs run: the action's script and the lines of GitLab's jobs, on a local remote."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.ci.test_files import HOOKS, ROOT, gitlab
from tests.stubs.deepl import Stub
from tests.stubs.nightly import OWNERS, Hosted, hosting
from tests.stubs.site import CONFIG, Ran, Site

pytestmark = pytest.mark.skipif(os.name != "posix", reason="jobs run on POSIX runners")


@pytest.fixture
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture
def hosted(tmp_path: Path, deepl: Stub) -> Iterator[Hosted]:
    with hosting(tmp_path, deepl, CONFIG + OWNERS) as made:
        yield made


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with the programs that jobs find installed: `python` and `i18n`."""
    folder = tmp_path / "tools/bin"
    folder.mkdir(parents=True)
    for name, words in (("python", ""), ("i18n", "-m i18n_pipeline")):
        file = folder / name
        file.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n')
        file.chmod(0o755)
    return folder


def ran(command: list[str], site: Site, tools: Path, **more: str) -> Ran:
    """Run a program in a job's clone, with nobody's git configuration."""
    environment = {
        **site.surroundings(more),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "I18N_VENV": str(tools.parent),
    }
    done = subprocess.run(
        command, cwd=site.root, env=environment, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def action(site: Site, tools: Path, mode: str, **more: str) -> Ran:
    script = str(ROOT / "scripts/ci/run")
    return ran(["bash", script], site, tools, I18N_MODE=mode, **more)


def test_the_action_syncs_as_the_account_of_the_job(hosted: Hosted, tools: Path) -> None:
    told = {"GITHUB_ACTIONS": "true", "I18N_LOCALES": "ja", "I18N_ARGUMENTS": "--max-chars=60\n"}
    done = action(hosted.job(), tools, "sync", **told)
    assert done.code == 0, done.err
    assert "::warning title=i18n ci sync::not all could be done (exit code 3)" in done.out
    assert hosted.forge.open.keys() == {"i18n/ja"}
    author = hosted.git("log", "-1", "--format=%an <%ae>", "i18n/ja").strip()
    assert author == "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"


def test_the_action_syncs_all_locales_together_for_another_branch(
    hosted: Hosted, tools: Path
) -> None:
    hosted.git("branch", "next", "main")
    done = action(hosted.job(), tools, "sync", I18N_TOGETHER="true", I18N_BASE="next")
    assert done.code == 0, done.err
    assert hosted.forge.open["i18n/all"].base == "next"


def test_the_action_checks_and_fails_on_errors_alone(hosted: Hosted, tools: Path) -> None:
    job = hosted.job()
    job.environment.clear()
    assert action(job, tools, "check").code == 0
    job.write("terms/en/bad.md", "---\nterm: [\n---\n")
    done = action(job, tools, "check", I18N_LOCALES="ja")
    assert done.code == 65
    assert done.out.startswith("::error file=terms/en/bad.md,line=")


def test_no_input_of_the_action_is_read_as_a_command(hosted: Hosted, tools: Path) -> None:
    job = hosted.job()
    for name in ("I18N_LOCALES", "I18N_ARGUMENTS", "I18N_DIRECTORY"):
        done = action(job, tools, "check", **{name: "$(touch made); `touch made` && touch made"})
        assert done.code == 2
    assert not (job.root / "made").exists()


def test_an_unknown_mode_is_refused(hosted: Hosted, tools: Path) -> None:
    assert action(hosted.job(), tools, "publish").code == 2


@pytest.mark.parametrize("extras", ["openai;touch made", "$(touch made)", "../x"])
def test_extras_are_names(tmp_path: Path, tools: Path, extras: str) -> None:
    script = ["bash", str(ROOT / "scripts/ci/install")]
    done = ran(script, Site(tmp_path), tools, I18N_EXTRAS=extras)
    assert done.code == 2
    assert not (tmp_path / "made").exists()


def job_of(name: str) -> str:
    """The lines of a job on GitLab as its shell gets them."""
    job = yaml.safe_load(gitlab()[1])[name]
    return "\n".join([*job.get("before_script", []), *job["script"]])


def on_gitlab(site: Site, tools: Path, name: str, **more: str) -> Ran:
    told = {
        "I18N_DIRECTORY": ".",
        "I18N_LOCALES": "ja",
        "I18N_TOGETHER": "false",
        "I18N_MAX_CHARS": "100000",
        "CI_SERVER_HOST": "gitlab.example",
        **more,
    }
    return ran(["bash", "-eo", "pipefail", "-c", job_of(name)], site, tools, **told)


def test_the_job_on_gitlab_opens_a_merge_request(hosted: Hosted, tools: Path) -> None:
    hosted.environment = hosted.forge.gitlab()
    address = str(hosted.remote).removesuffix(".git")
    done = on_gitlab(hosted.job(), tools, "i18n-sync", CI_PROJECT_URL=address)
    assert done.code == 0, done.err
    assert hosted.forge.open.keys() == {"i18n/ja"}
    author = hosted.git("log", "-1", "--format=%an <%ae>", "i18n/ja").strip()
    assert author == "i18n <i18n@gitlab.example>"


def test_the_job_on_gitlab_ends_with_the_code_that_it_may_fail_with(
    hosted: Hosted, tools: Path
) -> None:
    hosted.environment = hosted.forge.gitlab()
    told = {"CI_PROJECT_URL": str(hosted.remote).removesuffix(".git"), "I18N_MAX_CHARS": "60"}
    assert on_gitlab(hosted.job(), tools, "i18n-sync", **told).code == 3
    assert hosted.forge.open.keys() == {"i18n/ja"}


def test_the_token_stands_in_no_file_of_the_clone(hosted: Hosted, tools: Path) -> None:
    hosted.environment = hosted.forge.gitlab()
    job = hosted.job()
    on_gitlab(job, tools, "i18n-sync", CI_PROJECT_URL=str(hosted.remote).removesuffix(".git"))
    token = hosted.environment["GITLAB_TOKEN"].encode()
    assert "GITLAB_TOKEN" in job.read(".git/config")
    assert [p for p in job.root.rglob("*") if p.is_file() and token in p.read_bytes()] == []


def test_the_check_on_gitlab_writes_the_report_that_gitlab_shows(
    hosted: Hosted, tools: Path
) -> None:
    job = hosted.job()
    job.environment.clear()
    done = on_gitlab(job, tools, "i18n-check")
    assert done.code == 0, done.err
    assert job.read("i18n.xml").startswith("<?xml")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_is_content_after_a_sync(hosted: Hosted, tools: Path, hook: dict[str, str]) -> None:
    job = hosted.job()
    assert job.run("sync").code == 0
    assert ran(shlex.split(hook["entry"]), job, tools).code == 0


def test_the_hook_for_frozen_files_stops_a_commit_that_forgot_to_sync(
    hosted: Hosted, tools: Path
) -> None:
    job = hosted.job()
    assert job.run("sync").code == 0
    job.change("terms/en/lora.md", "Only small layers", "Few small layers")
    (hook,) = (one for one in HOOKS if one["id"] == "i18n-sync-frozen")
    assert ran(shlex.split(hook["entry"]), job, tools).code == 4
