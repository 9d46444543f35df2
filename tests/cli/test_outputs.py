"""What `-o` names: no command writes over the project's files, or over anybody's work."""

from __future__ import annotations

import pytest

from tests.stubs.agency import only_of, work
from tests.stubs.site import Site

COMMANDS = {
    "plan": ("plan", "--lang", "ja", "--provider", "deepl"),
    "package": ("export", "--lang", "ja", "--as", "xliff"),
    "memory": ("memory", "export", "--lang", "ja"),
    "glossary": ("glossary", "export", "--lang", "ja", "--to", "csv"),
}
every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)

OWN = (
    "i18n.toml",
    "pyproject.toml",
    ".gitattributes",
    "sub/.gitignore",
    ".git/config",
    ".i18n/receipts/x",
    "README.md",
    "terms/en/lora.md",
    "terms/fr/lora.json",
    "TERMS/en/package",
    "locales/ja/terms.po",
    "locales/ja/work.xlf",
    "locales/ja/terms.lock",
    "glossaries/keep.csv",
    "glossaries/ja.csv",
    "memories/agency.tmx",
)


@pytest.fixture
def project(site: Site) -> Site:
    """A project with a memory, and with others' files in its folder."""
    site.write("i18n.toml", site.read("i18n.toml") + '[memory]\ntmx = ["memories/*.tmx"]\n')
    site.write("pyproject.toml", "[project]\nname = 'x'\n")
    site.write("notes", "not ours")
    assert site.run("extract").code == 0
    return site


@every_command
@pytest.mark.parametrize("path", OWN)
def test_no_output_goes_onto_what_a_project_is_made_of(
    project: Site, command: tuple[str, ...], path: str
) -> None:
    before = project.tree()
    for force in ((), ("--force",)):
        ran = project.run(*command, "-o", path, *force)
        assert (ran.code, ran.out) == (2, "")
        assert f"{path} is not written: " in ran.err
    assert project.tree() == before


@every_command
def test_a_file_that_is_no_earlier_output_goes_only_where_that_is_said(
    project: Site, command: tuple[str, ...]
) -> None:
    ran = project.run(*command, "-o", "notes")
    assert (ran.code, "notes is not written: it is there" in ran.err) == (2, True)
    assert project.read("notes") == "not ours"
    assert project.run(*command, "-o", "notes", "--force").code == 0
    assert project.read("notes") != "not ours"


@every_command
def test_an_earlier_output_is_made_anew(project: Site, command: tuple[str, ...]) -> None:
    for _ in range(2):
        assert project.run(*command, "-o", "out/made").code == 0
    if "glossary" not in command:  # a table of terms does not say where it is from
        project.change("terms/en/token.md", "A model reads", "Each model reads")
        project.translate("A cheap way of fine-tuning.", "安い調整")
        before = project.read("out/made")
        assert project.run(*command, "-o", "out/made").code == 0
        assert project.read("out/made") != before


def test_a_termbase_is_made_anew(project: Site) -> None:
    order = ("glossary", "export", "--lang", "ja", "--to", "tbx", "-o", "out.tbx")
    assert project.run(*order).code == 0
    project.translate("LoRA", "ローラ")
    assert project.run(*order).code == 0
    assert "ローラ" in project.read("out.tbx")


@every_command
def test_the_way_through_a_link_leads_nowhere_else(project: Site, command: tuple[str, ...]) -> None:
    (project.root / "out").symlink_to(project.root / "locales" / "ja")
    (project.root / "page").symlink_to(project.root / "terms" / "en" / "lora.md")
    before = project.contents()
    for path in ("out/work.xlf", "page", "terms/../locales/ja/terms.po", "out"):
        assert project.run(*command, "-o", path).code == 2
    assert project.contents() == before


def test_links_that_lead_in_a_circle_are_a_failure_in_words(project: Site) -> None:
    (project.root / "ring").symlink_to("ring")
    ran = project.run("memory", "export", "-o", "ring/out.tmx")
    assert ran.code in (2, 73)  # Python 3.13 follows them as far as it can
    assert "ring/out.tmx" in ran.err


@pytest.mark.parametrize("ending", ["xlf", "csv", "po"])
def test_a_package_that_somebody_worked_on_is_not_replaced(project: Site, ending: str) -> None:
    order = ("export", "--lang", "ja", "-o", f"work/ja.{ending}")
    assert project.run(*order).code == 0
    work(project.root / f"work/ja.{ending}", only_of("lora/term"))
    worked_on = project.contents()
    ran = project.run(*order)
    assert (ran.code, "somebody worked on it" in ran.err) == (2, True)
    assert project.contents() == worked_on


def test_of_several_packages_none_is_written_where_one_has_no_place(project: Site) -> None:
    project.write("work/ja.xlf", "somebody's")
    ran = project.run("export", "-o", "work/")
    assert (ran.code, "work/ja.xlf is not written" in ran.err) == (2, True)
    assert not (project.root / "work/de.xlf").exists()


def test_a_plan_without_a_place_is_refused_before_anything_is_planned(project: Site) -> None:
    project.write("terms/en/broken.md", "---\nslug: [\n---\n")
    ran = project.run("plan", "-o", "terms/en/plan.json")
    assert (ran.code, ran.out, "broken" in ran.err) == (2, "", False)


@pytest.mark.parametrize("name", ["job.docx", "job", "job.xlsx"])
def test_a_name_that_says_no_form_is_refused_and_those_known_are_named(
    project: Site, name: str
) -> None:
    ran = project.run("export", "--lang", "ja", "-o", name)
    assert (ran.code, ".xlf, .csv, .po" in ran.err) == (2, True)
    assert project.run("export", "--lang", "ja", "-o", name, "--as", "csv").code == 0
    assert project.read(name).startswith("\ufeffid,locale,")


def test_a_name_that_says_another_form_than_the_option_is_refused(project: Site) -> None:
    ran = project.run("export", "--lang", "ja", "-o", "job.xlf", "--as", "csv")
    assert (ran.code, "say different things" in ran.err) == (2, True)
