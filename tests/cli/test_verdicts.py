"""Verdicts are kept by rules and texts: nothing is judged twice, and nothing stale is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from i18n_pipeline.checks import Subject, check
from i18n_pipeline.model import draft_hash
from i18n_pipeline.sealed import sealed
from tests.stubs.account import Account
from tests.stubs.deepl import Stub
from tests.stubs.refusal import Json
from tests.stubs.site import CONFIG, Site

PATH = ".i18n/verdicts/ja.json"


@pytest.fixture
def judged(site: Site) -> Site:
    """A project with two translations, one of which lacks its code."""
    site.write("glossaries/ja.csv", "source,target\ntoken,トークン\n")
    site.run("extract")
    site.translate("A model reads tokens.", "モデルは詞元を読む。")
    site.translate("Token", "トークン")
    site.run("sync", "--lang", "ja")
    return site


def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of all texts that are judged from now on, as often as they are."""
    found: list[str] = []

    def spy(subject: Subject, *rest: object) -> object:
        found.append(subject.source)
        return check(subject, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("i18n_pipeline.pipeline.verdicts.check", spy)
    monkeypatch.setattr("i18n_pipeline.pipeline.judging.check", spy)
    return found


def test_what_did_not_change_is_not_judged_again(
    judged: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = judged.run("check", "--lang", "ja").out
    assert "terminology: `token` should be `トークン`" in before
    seen = asked(monkeypatch)
    assert judged.run("check", "--lang", "ja").out == before
    assert seen == []
    judged.translate("Token", "詞元")
    judged.run("check", "--lang", "ja")
    assert set(seen) == {"Token"}


def test_another_term_judges_terminology_anew(judged: Site) -> None:
    judged.write("glossaries/ja.csv", "source,target\ntoken,詞元\n")
    told = judged.run("check", "--lang", "ja").out
    assert "[token/body]" not in told
    assert "terminology: `token` should be `詞元` [token/term]" in told


@pytest.mark.parametrize("change", ["i18n.toml", "terms/en/more.md"])
def test_other_settings_or_terms_judge_all_anew(
    judged: Site, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    if change == "i18n.toml":
        judged.write(change, judged.read(change) + '\n[locale.ja.style]\nspacing = "tight"\n')
    else:
        judged.write(change, judged.read("terms/en/token.md").replace("slug: token", "slug: more"))
    seen = asked(monkeypatch)
    judged.run("check", "--lang", "ja")
    assert "A model reads tokens." in seen


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"a": 5}', '{"a": [["no-such-rule", "x", null, null]]}', "null"],
)
def test_a_store_of_another_shape_is_as_good_as_none(judged: Site, damage: str) -> None:
    before = judged.run("check", "--lang", "ja").out
    basis = judged.read(PATH).partition(" ")[0]
    judged.write(PATH, sealed(basis, damage.encode()))
    assert judged.run("check", "--lang", "ja").out == before


@pytest.mark.parametrize(("old", "new"), [("should be", "must not be"), ('[["', '[],"x":[["')])
def test_a_finding_that_was_changed_since_is_not_believed(judged: Site, old: str, new: str) -> None:
    before = judged.run("check", "--lang", "ja").out
    judged.change(PATH, old, new)
    assert judged.run("check", "--lang", "ja").out == before


def test_a_draft_that_is_touched_is_judged_anew(judged: Site) -> None:
    judged.translate("A model reads tokens.", "モデルは`code`トークンを読む。")
    assert "placeholders" in judged.run("check", "--lang", "ja").out


def test_a_draft_that_fails_a_rule_of_today_goes_and_its_page_stays_as_it_was(
    drafted: Site,
) -> None:
    drafted.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    assert drafted.run("sync", "--lang", "ja").code == 0
    page = drafted.read("terms/ja/token.md")
    assert "A model reads tokens" in page
    text = "モデルは`何か`を読む。"
    unit = drafted.unit("token/body", "A model reads")
    drafted.change("locales/ja/terms.po", unit.msgstr, text)
    drafted.change("locales/ja/terms.po", draft_hash(unit.msgstr), draft_hash(text))
    shutil.rmtree(drafted.root / ".i18n")  # or the answer that was turned into the draft is back
    drafted.ask_nobody()
    assert drafted.run("sync", "--lang", "ja").code == 0
    unit = drafted.unit("token/body", "A model reads")
    assert unit.msgstr == ""
    assert "Not used (DeepL): placeholders: " in unit.comment
    assert drafted.read("terms/ja/token.md") == page


class Slipping(Stub):
    """A DeepL whose answers end in broken characters."""

    def translate(self, body: Json) -> list[tuple[str, int]]:
        return [(f"{text}Ã¤", price) for text, price in super().translate(body)]


@pytest.fixture
def slipping() -> Iterator[Stub]:
    with Slipping(Account(key="k")) as stub:
        yield stub


def comment(site: Site, text: str) -> None:
    """Have each unit of the Japanese catalog say something of a translator's."""
    catalog = site.po()
    for unit in catalog:
        unit.tcomment = text
    site.write("locales/ja/terms.po", str(catalog))


def test_a_check_that_a_comment_switches_off_while_a_text_is_drafted_judges_it_afterwards(
    site: Site, slipping: Stub
) -> None:
    site.run("extract")
    comment(site, "i18n: off mojibake: a trial")
    site.ask(slipping)
    site.run("sync", "--lang", "ja")
    comment(site, "")
    site.review()
    here = site.run("check", "--lang", "ja")
    shutil.rmtree(site.root / ".i18n")
    anew = site.run("check", "--lang", "ja")
    assert "mojibake" in anew.out
    assert (here.code, here.out) == (anew.code, anew.out)


def test_a_check_that_the_configuration_switches_off_is_told_of_drafts_too(
    site: Site, slipping: Stub
) -> None:
    off = '[[checks.off]]\ncheck = "mojibake"\nreason = "a trial"\n'
    site.write("i18n.toml", f"{site.read('i18n.toml')}\n{off}")
    site.ask(slipping)
    told = site.run("sync", "--lang", "ja").out
    assert "mojibake is off" in told
    assert "mojibake is off" in site.run("check", "--lang", "ja").out
