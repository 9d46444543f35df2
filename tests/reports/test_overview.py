"""A whole project in lines and as badges: what is missing or old is told, locale by locale."""

from __future__ import annotations

from i18n_pipeline.reports.as_overview import overview_as_text
from i18n_pipeline.reports.badges import badge, badges
from i18n_pipeline.reports.overview import LocaleOverview, Overview, StalePage
from i18n_pipeline.reports.report import LocaleReport
from i18n_pipeline.reports.standing import SourceTerm, TermStanding, TermState
from i18n_pipeline.reports.view import View

STANDINGS = (
    TermStanding("lora", TermState.STALE, "terms/ja/lora.md"),
    TermStanding("token", TermState.UNTRANSLATED),
)
TERMS = (
    SourceTerm("lora", "terms/en/lora.md", "LoRA", links=("token",)),
    SourceTerm("token", "terms/en/token.md", "Token"),
)


def overview(*stale: StalePage) -> Overview:
    one = LocaleOverview(LocaleReport("ja", standings=STANDINGS), stale=stale)
    return Overview("glossary", "en", "2026-01-03", (one,), TERMS)


def test_a_page_that_others_lead_to_and_the_oldest_stale_one_are_told() -> None:
    told = overview_as_text(overview(StalePage("lora", "2026-01-02", "0a1b")), View())
    assert "1 missing page that others lead to" in told
    assert "oldest stale page: lora, since Jan 2, 2026" in told
    assert "oldest" not in overview_as_text(overview(StalePage("lora")), View())


def test_each_locale_has_a_badge_and_all_of_them_one_together() -> None:
    drawn = badges(overview())
    assert drawn == {"ja.svg": badge("ja", 0.0), "all.svg": badge("translations", 0.0)}
