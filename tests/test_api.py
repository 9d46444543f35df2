from __future__ import annotations

import pytest

import i18n_pipeline
from i18n_pipeline.errors import BadConfig, BadFile, NotAuthorised, UsageError
from tests.stubs.deepl import Stub
from tests.stubs.site import TERMS, Site


def test_a_sync_from_python_reports_values(site: Site) -> None:
    report = i18n_pipeline.sync(site.root, locales=["ja"])
    assert (report.exit_code, report.changed) == (0, True)
    (japanese,) = report.locales
    assert japanese.units.untranslated == 16
    assert japanese.written == ("locales/ja/terms.po",)
    assert i18n_pipeline.sync(str(site.root), locales=["ja"]).changed is False


def test_keys_of_the_process_are_not_used(
    site: Site, deepl: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPL_AUTH_KEY", deepl.account.key)
    monkeypatch.setenv("DEEPL_SERVER_URL", deepl.url)
    i18n_pipeline.sync(site.root)
    assert deepl.journal == []


def test_keys_that_are_handed_over_are_used(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    report = i18n_pipeline.sync(site.root, locales=["ja"], environment=site.environment)
    assert report.locales[0].billed.characters == deepl.account.billed > 0


def test_python_and_the_command_line_come_to_the_same(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    i18n_pipeline.sync(site.root, environment=site.environment)
    before = site.tree()
    assert site.report("sync").json["changed"] is False
    assert site.tree() == before


def test_a_dry_run_from_python_writes_nothing(site: Site) -> None:
    before = site.tree()
    assert i18n_pipeline.sync(site.root, dry_run=True).changed
    assert site.tree() == before


def test_what_stops_the_run_is_an_exception(site: Site) -> None:
    with pytest.raises(UsageError, match="fr"):
        i18n_pipeline.sync(site.root, locales=["fr"])
    with pytest.raises(NotAuthorised, match="DEEPL_AUTH_KEY"):
        i18n_pipeline.sync(site.root, provider=["deepl"])
    site.write("i18n.toml", "colour = 1\n")
    with pytest.raises(BadConfig, match="colour"):
        i18n_pipeline.sync(site.root)


def test_what_is_wrong_with_one_file_stands_in_the_report(site: Site) -> None:
    site.write("terms/en/token.md", "---\n")
    report = i18n_pipeline.sync(site.root)
    assert report.exit_code == 65
    assert [problem.path for problem in report.errors] == ["terms/en/token.md"]


def test_status_from_python_changes_nothing(site: Site) -> None:
    before = site.tree()
    report = i18n_pipeline.status(site.root)
    assert [locale.terms.total for locale in report.locales] == [3, 3]
    assert site.tree() == before
    assert not (site.root / ".i18n").exists()


def test_a_catalog_edited_with_polib_is_built(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    i18n_pipeline.sync(site.root, locales=["ja"], environment=site.environment)
    (catalog,) = i18n_pipeline.read_catalogs(site.root, "ja").values()
    for entry in catalog.fuzzy_entries():
        entry.flags.remove("fuzzy")
    catalog.save()
    report = i18n_pipeline.sync(site.root, locales=["ja"])
    assert report.locales[0].terms.built == 3
    assert i18n_pipeline.read_term(site.root, "token", "ja")["lang"] == "ja"


def test_reading_refuses_what_polib_would_guess(site: Site) -> None:
    i18n_pipeline.sync(site.root)
    site.write("locales/ja/terms.po", site.read("locales/ja/terms.po").removesuffix('"\n'))
    with pytest.raises(BadFile):
        i18n_pipeline.read_catalogs(site.root, "ja")
    with pytest.raises(UsageError, match="no terms/ja"):
        i18n_pipeline.read_term(site.root, "token", "ja")


def test_a_plan_from_python_estimates_sends_and_writes_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    before = site.tree()
    report = i18n_pipeline.plan(site.root, locales=["ja"], environment=site.environment)
    assert (site.tree(), deepl.journal) == (before, [])
    estimate = report.locales[0].estimate
    assert estimate is not None
    i18n_pipeline.sync(site.root, locales=["ja"], environment=site.environment)
    assert estimate.characters == deepl.account.billed > 0


def test_a_check_from_python_returns_what_is_wrong(site: Site) -> None:
    i18n_pipeline.sync(site.root)
    site.translate("A model reads tokens.", "[トークン](https://other.example/)を読む。")
    before = site.tree()
    report = i18n_pipeline.check(site.root, locales=["ja"])
    assert report.exit_code == 65
    assert [issue.check for issue in report.locales[0].issues if issue.safety] == ["destinations"]
    assert site.tree() == before


def test_adopting_from_python_reads_pages_and_changes_none(site: Site) -> None:
    page = TERMS["terms/en/token.md"].replace("lang: en", "lang: ja")
    page = page.replace("A model reads tokens.", "モデルはトークンを読む。")
    site.write("terms/ja/token.md", page)
    assert i18n_pipeline.adopt(site.root, locales=["ja"], dry_run=True).changed
    assert not (site.root / "locales").exists()
    adoption = i18n_pipeline.adopt(site.root, locales=["ja"]).locales[0].adoption
    assert adoption is not None
    assert adoption.files == 1
    assert site.read("terms/ja/token.md") == page
    assert site.unit("token/body", "A model reads").msgstr == "モデルはトークンを読む。"
