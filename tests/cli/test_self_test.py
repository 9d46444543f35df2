from __future__ import annotations

import json

from tests.stubs.site import Site


def test_the_checks_are_tested_on_reviewed_texts_and_nothing_is_kept(reviewed: Site) -> None:
    before = reviewed.tree()
    ran = reviewed.report("check", "--self-test", "--lang", "ja")
    (locale,) = json.loads(ran.out)["self_test"]
    assert (ran.code, locale["locale"], locale["units"]) == (0, "ja", 16)
    rules = {rule["check"]: rule for rule in locale["checks"]}
    assert rules["links"]["recall"] == rules["placeholders"]["recall"] == 1.0
    assert reviewed.tree() == before


def test_a_locale_without_reviewed_texts_has_no_figures(site: Site) -> None:
    ran = site.run("check", "--self-test", "--lang", "de")
    assert (ran.code, ran.out) == (0, "de: 0 faults put into 0 reviewed units\n")


def test_a_file_that_cannot_be_read_is_told(reviewed: Site) -> None:
    reviewed.write("locales/ja/terms.po", 'msgid "a\n')
    ran = reviewed.run("check", "--self-test")
    assert ran.code == 65
    assert "locales/ja/terms.po" in ran.err


def test_what_means_nothing_together_is_refused(site: Site) -> None:
    for more in (["--fix"], ["--slug", "token"], ["--format", "sarif"]):
        assert site.run("check", "--self-test", *more).code == 2
