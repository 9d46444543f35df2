"""What the shell completes: commands and options, and the project's locales and slugs."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from i18n_pipeline.cli import cli
from tests.stubs.site import Site


def completed(site: Site, *words: str, shell: str = "bash") -> list[str]:
    """What bash is offered for the last word."""
    said = ("i18n", *words)
    around = {"COMP_WORDS": " ".join(said), "COMP_CWORD": str(len(said) - 1)}
    ran = site.process(**{"_I18N_COMPLETE": f"{shell}_complete", **around})
    assert ran.err == ""
    return [line.partition(",")[2] for line in ran.out.split()]


def test_locales_and_slugs_are_those_of_the_project(site: Site) -> None:
    assert completed(site, "status", "--lang", "") == ["ja", "de"]
    assert completed(site, "sync", "--slug", "l") == ["lora"]
    assert completed(site, "sync", "--provider", "deep") == ["deepl"]


def test_the_last_word_of_a_list_is_completed_without_those_before_it(site: Site) -> None:
    assert completed(site, "status", "--lang", "ja,") == ["ja,de"]


def test_commands_and_options_are_completed(site: Site) -> None:
    assert completed(site, "rep") == ["report"]
    assert "--summary-md" in completed(site, "sync", "--summ")


def test_the_project_may_be_another_folder(site: Site) -> None:
    folder = site.root / "elsewhere"
    folder.mkdir()
    outside = Site(folder.parent.parent)
    assert completed(outside, "-C", str(site.root), "status", "--lang", "j") == ["ja"]


def test_without_a_project_there_is_nothing_and_no_complaint(site: Site) -> None:
    (site.root / "i18n.toml").write_text("source = 1\n", encoding="utf-8")
    assert completed(site, "status", "--lang", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(site: Site, shell: str) -> None:
    ran = site.process(_I18N_COMPLETE=f"{shell}_source")
    assert (ran.code, ran.err) == (0, "")
    assert "_I18N_COMPLETE" in ran.out


def offered(site: Site, *arguments: str, begun: str = "") -> dict[str, str | None]:
    """The words that any shell is offered, each with what it is said to be."""
    shell = ShellComplete(cli, {}, "i18n", "_I18N_COMPLETE")
    found = shell.get_completions(["-C", str(site.root), *arguments], begun)
    return {one.value: one.help for one in found}


def test_words_are_told_with_what_they_are_in_the_readers_language(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert offered(site, "status", "--lang") == {"ja": "Japanisch", "de": "Deutsch"}
    assert offered(site, "status", "--lang", begun="ja,") == {"ja,de": "Deutsch"}
    assert offered(site, "sync", "--slug", begun="l") == {"lora": None}
    assert offered(site, "sync", "--provider", begun="deep") == {"deepl": None}


def test_outside_of_a_project_there_is_nothing_to_offer(site: Site) -> None:
    site.write("i18n.toml", "source = [\n")
    assert offered(site, "status", "--lang") == {}
