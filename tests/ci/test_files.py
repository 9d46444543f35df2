"""What CI servers read of us has the form that they take, and is steered by no text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from i18n_pipeline.cli import cli

ROOT = Path(__file__).parents[2]
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
TEMPLATE = (ROOT / "templates/i18n.yml").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
SCRIPTS = ("scripts/ci/install", "scripts/ci/run")


def steps() -> list[Mapping[str, object]]:
    return list(yaml.safe_load(ACTION)["runs"]["steps"])


def gitlab() -> tuple[Mapping[str, dict[str, object]], str]:
    """The inputs of the template, and its jobs with the defaults filled in."""
    header, jobs = TEMPLATE.split("\n---\n")
    inputs = yaml.safe_load(header)["spec"]["inputs"]
    filled = re.sub(
        r"\$\[\[ inputs\.([\w-]+) \]\]",
        lambda found: str(inputs[found[1]].get("default", "example/i18n:1")),
        jobs,
    )
    return inputs, filled


def workflows() -> Iterator[str]:
    """The workflows that the guide shows."""
    for block in re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        if re.search(r"^on:", block, re.MULTILINE):
            yield block


def conforms(schema: str, *paths: Path) -> None:
    """Assert that files are of a schema that check-jsonschema carries with it."""
    checking = pytest.importorskip("check_jsonschema")
    words = ["--builtin-schema", f"vendor.{schema}", *map(str, paths)]
    done = CliRunner().invoke(checking.main, words)
    assert not done.exit_code, done.output


def test_the_action_is_of_githubs_schema() -> None:
    conforms("github-actions", ROOT / "action.yml")


def test_the_jobs_of_the_template_are_of_gitlabs_schema(tmp_path: Path) -> None:
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(gitlab()[1], encoding="utf-8")
    conforms("gitlab-ci", path)


def test_the_workflows_of_the_guide_are_of_githubs_schema(tmp_path: Path) -> None:
    paths = []
    for number, text in enumerate(workflows()):
        paths.append(tmp_path / f"workflow-{number}.yml")
        paths[-1].write_text(text, encoding="utf-8")
    conforms("github-workflows", *paths)


@pytest.mark.skipif(not shutil.which("actionlint"), reason="actionlint is not on this machine")
@pytest.mark.parametrize("number", range(len(list(workflows()))))
def test_actionlint_finds_nothing_in_the_workflows_of_the_guide(
    number: int, tmp_path: Path
) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(list(workflows())[number], encoding="utf-8")
    done = subprocess.run(
        ["actionlint", "-no-color", str(path)], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout


def test_the_guide_shows_a_workflow_for_each_mode() -> None:
    modes = {re.findall(r"mode: (\w+)", one)[0] for one in workflows()}
    assert modes == {"check", "sync"}


def test_the_workflows_of_the_guide_use_inputs_that_there_are() -> None:
    known = yaml.safe_load(ACTION)["inputs"].keys()
    for one in workflows():
        for job in yaml.safe_load(one)["jobs"].values():
            ours = [step for step in job["steps"] if "i18n-pipeline" in step.get("uses", "")]
            assert ours
            assert all(step.get("with", {}).keys() <= known for step in ours)


def test_every_input_is_described_in_the_guide_and_no_other() -> None:
    for title, names in (
        ("### Inputs of the action", yaml.safe_load(ACTION)["inputs"].keys()),
        ("### Inputs of the template", gitlab()[0].keys()),
    ):
        table = GUIDE.split(title)[1].split("\n#")[0]
        assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == names


@pytest.mark.parametrize("step", steps(), ids=lambda step: str(step["name"]))
def test_no_input_is_part_of_a_command(step: Mapping[str, object]) -> None:
    assert "${{" not in str(step.get("run", ""))


@pytest.mark.parametrize("text", [ACTION, *workflows()], ids=lambda text: text[:20])
def test_actions_of_others_are_pinned_by_hash(text: str) -> None:
    used = re.findall(r"\buses: (\S+)", text)
    others = [one for one in used if "i18n-pipeline" not in one]
    assert others
    assert [one for one in others if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one)] == []


def test_checking_gets_no_secret_and_no_cache() -> None:
    for step in steps():
        if step.get("if") == "inputs.mode != 'sync'":
            assert "TOKEN" not in str(step)
    caching = [step for step in steps() if "cache" in str(step.get("uses", ""))]
    assert len(caching) == 2
    assert all("inputs.mode == 'sync'" in str(step["if"]) for step in caching)


def test_what_saves_money_and_time_is_kept_of_a_run_that_failed_too() -> None:
    (saving,) = (step for step in steps() if "cache/save" in str(step.get("uses", "")))
    assert "always()" in str(saving["if"])
    sync = yaml.safe_load(gitlab()[1])["i18n-sync"]
    assert sync["cache"]["when"] == "always"
    assert sync["cache"]["paths"] == ["./.i18n/"]


def test_gitlab_takes_for_neutral_what_we_do() -> None:
    from i18n_pipeline.reports.delivery.delivered import NEUTRAL

    jobs = yaml.safe_load(gitlab()[1])
    assert tuple(jobs["i18n-sync"]["allow_failure"]["exit_codes"]) == NEUTRAL


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_every_hook_is_a_command_that_there_is(hook: Mapping[str, object]) -> None:
    assert hook.keys() <= {
        *("id", "name", "description", "entry", "language", "pass_filenames"),
        *("require_serial", "files"),
    }
    program, command, *options = str(hook["entry"]).split()
    assert (program, hook["language"], hook["pass_filenames"]) == ("i18n", "python", False)
    known = {option for parameter in cli.commands[command].params for option in parameter.opts}
    assert set(options) <= known
    assert re.search(str(hook["files"]), "locales/ja/terms.po")


def test_the_hooks_are_of_pre_commits_schema() -> None:
    pytest.importorskip("pre_commit")
    path = str(ROOT / ".pre-commit-hooks.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_good_bash(name: str) -> None:
    done = subprocess.run(["bash", "-n", str(ROOT / name)], capture_output=True, check=False)
    assert not done.returncode, done.stderr
    assert (ROOT / name).stat().st_mode & 0o111


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not on this machine")
@pytest.mark.parametrize("name", [*SCRIPTS, "scripts/demo", "scripts/setup"])
def test_shellcheck_finds_nothing_in_a_script(name: str) -> None:
    done = subprocess.run(
        ["shellcheck", str(ROOT / name)], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout


def pins(name: str) -> dict[str, str]:
    """The versions that a file of requirements pins, by name."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z][\w.-]*)==(\S+)", text, re.MULTILINE))


def test_what_ci_installs_is_all_that_we_need_as_it_is_tested() -> None:
    ours, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[ ;]", one)[0].lower() for one in project["dependencies"]}
    assert wanted <= ours.keys()
    assert ours.items() <= tested.items()


def test_the_container_copies_what_is_there_and_what_is_not_ignored() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in kept
