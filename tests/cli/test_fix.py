"""`i18n check --fix`: shows what is mechanical, writes it when told to, and nothing else."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site

FIX = ("check", "--lang", "ja", "--fix")


@pytest.fixture
def faulty(site: Site) -> Site:
    """A project whose translations hold what can be mended, and what cannot."""
    site.run("extract")
    site.translate("A model reads tokens.", "モデルは トークンを読む.")
    site.translate("It costs less than training.", "訓練より 安い。", fuzzy=True)
    site.translate("A piece of text.", "``text``の断片。")
    site.run("sync", "--lang", "ja")
    return site


def test_the_changes_are_shown_and_nothing_is_written(faulty: Site) -> None:
    before = faulty.tree()
    ran = faulty.run(*FIX)
    assert "  -モデルは トークンを読む.\n  +モデルはトークンを読む。\n" in ran.out
    assert "  would write locales/ja/terms.po\n" in ran.out
    assert "nothing was written: --yes writes 2 changes\n" in ran.err
    assert faulty.tree() == before


def test_they_are_written_when_somebody_says_yes(faulty: Site) -> None:
    ran = faulty.run(*FIX, "--yes")
    assert "  wrote locales/ja/terms.po\n" in ran.out
    entry = faulty.unit("token/body", "A model")
    assert (entry.msgstr, entry.fuzzy) == ("モデルはトークンを読む。", False)
    entry = faulty.unit("fine-tuning/body", "It costs")
    assert (entry.msgstr, entry.fuzzy) == ("訓練より安い。", True)
    assert faulty.unit("token/definition", "A piece").msgstr == "``text``の断片。"
    after = faulty.tree()
    assert faulty.run(*FIX, "--yes").err == ""
    assert faulty.tree() == after


def test_only_the_terms_asked_for_are_mended(faulty: Site) -> None:
    faulty.run(*FIX, "--yes", "--slug", "fine-tuning")
    assert faulty.unit("token/body", "A model").msgstr == "モデルは トークンを読む."
    assert faulty.unit("fine-tuning/body", "It costs").msgstr == "訓練より安い。"


def test_the_report_has_them_as_json(faulty: Site) -> None:
    ran = faulty.report(*FIX)
    fixes = ran.part("fixes")
    assert isinstance(fixes, list)
    assert [(one["unit"], one["before"], one["after"]) for one in fixes] == [
        ("fine-tuning/body", "訓練より 安い。", "訓練より安い。"),
        ("token/body", "モデルは トークンを読む.", "モデルはトークンを読む。"),
    ]


def test_what_a_source_has_become_since_is_not_written(faulty: Site) -> None:
    faulty.change("terms/en/token.md", "A model reads tokens.", "A model reads many tokens.")
    faulty.run(*FIX, "--yes")
    assert "A model reads many tokens." not in faulty.read("locales/ja/terms.po")


def test_quiet_tells_what_is_wrong_and_nothing_else(site: Site) -> None:
    site.run("extract")
    site.translate("A model reads tokens.", "[x](https://evil.example)")
    ran = site.run("check", "--lang", "ja", "--quiet")
    assert (ran.code, "error: destinations" in ran.out) == (65, True)
    assert "reviewed" not in ran.out
