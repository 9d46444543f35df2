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
from tests.stubs.at_hand import AtHand
from tests.stubs.deepl import Stub
from tests.stubs.nightly import OWNERS, Hosted, hosting
from tests.stubs.site import CONFIG, TERMS, Ran, Site

pytestmark = pytest.mark.skipif(os.name != "posix", reason="jobs run on POSIX runners")


@pytest.fixture
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture
def hosted(tmp_path: Path, deepl: Stub) -> Iterator[Hosted]:
    with hosting(tmp_path, deepl, CONFIG + OWNERS) as made:
        yield made


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the programs that jobs find installed: `python` and `i18n`."""
    folder = tmp_path_factory.mktemp("tools") / "bin"
    folder.mkdir()
    with AtHand() as hand:
        for name in ("python", "i18n"):
            hand.put(folder / name)
        yield folder


@pytest.fixture
def interpreter(tmp_path: Path) -> Path:
    """The same with an interpreter that begins with nothing, as it is on a server."""
    folder = tmp_path / "tools/bin"
    folder.mkdir(parents=True)
    file = folder / "python"
    file.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
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


def test_the_action_syncs_as_the_account_of_the_job(hosted: Hosted, interpreter: Path) -> None:
    told = {"GITHUB_ACTIONS": "true", "I18N_LOCALES": "ja", "I18N_ARGUMENTS": "--max-chars=60\n"}
    done = action(hosted.job(), interpreter, "sync", **told)
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


@pytest.mark.parametrize("name", ["I18N_LOCALES", "I18N_ARGUMENTS", "I18N_DIRECTORY"])
def test_no_input_of_the_action_is_read_as_a_command(
    tmp_path: Path, tools: Path, name: str
) -> None:
    job = Site(tmp_path)
    job.write("i18n.toml", CONFIG)
    done = action(job, tools, "check", **{name: "$(touch made); `touch made` && touch made"})
    assert done.code == 2
    assert not (job.root / "made").exists()


def test_an_unknown_mode_is_refused(tmp_path: Path, tools: Path) -> None:
    assert action(Site(tmp_path), tools, "publish").code == 2


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


def test_hooks_are_content_after_a_sync_and_stop_a_commit_that_forgot_to(
    tmp_path: Path, tools: Path
) -> None:
    site = Site(tmp_path / "site")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        site.write(path, text)
    entries = {str(hook["id"]): shlex.split(hook["entry"]) for hook in HOOKS}
    assert site.run("sync", "--provider", "memory").code == 0
    assert {ran(entry, site, tools).code for entry in entries.values()} == {0}
    site.change("terms/en/lora.md", "Only small layers", "Few small layers")
    assert ran(entries["i18n-sync-frozen"], site, tools).code == 4
