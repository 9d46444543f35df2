"""The rules that look at a locale as a whole: texts beside each other, and pages."""

from __future__ import annotations

from dataclasses import replace

from i18n_pipeline.checks.whole.leaves_locale import LEAVES_LOCALE
from i18n_pipeline.checks.whole.missing_page import MISSING_PAGE
from i18n_pipeline.checks.whole.renderings import RENDERINGS
from i18n_pipeline.checks.whole.rule import Page, PageLink, Whole, WholeRule
from i18n_pipeline.checks.whole.same_source import SAME_SOURCE
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import Kind, Segment, Unit
from tests.checks.subjects import addresses


def whole(*units: Unit, kind: Kind = Kind.PARAGRAPH, pages: tuple[Page, ...] = ()) -> Whole:
    segments = {unit.key: Segment(unit.field, kind, unit.source, markdown=True) for unit in units}
    terms = Glossary((Entry("token", "トークン", slug="token"),))
    return Whole(units, segments, addresses(), terms, pages)


def found(rule: WholeRule, one: Whole) -> list[tuple[str, str, int]]:
    return [(issue.context, issue.message, issue.line) for issue in rule.find(one)]


def reviewed(context: str, source: str, target: str) -> Unit:
    return Unit(context, source, target, reviewed=True)


SEE_ALSO = (
    reviewed("agent/body", "See also", "関連項目"),
    reviewed("bias/body", "See also", "参照"),
    reviewed("token/body", "See  also", "関連項目"),
)


def test_one_text_is_translated_alike_everywhere() -> None:
    assert found(SAME_SOURCE, whole(*SEE_ALSO)) == [
        ("bias/body", "`See also` is `関連項目` in agent/body, token/body", 0)
    ]


def test_drafts_lists_and_places_of_their_own_are_not_compared() -> None:
    draft = replace(SEE_ALSO[1], reviewed=False)
    placed = replace(SEE_ALSO[1], context="bias/body#12345678")
    assert found(SAME_SOURCE, whole(SEE_ALSO[0], draft)) == []
    assert found(SAME_SOURCE, whole(SEE_ALSO[0], placed)) == []
    assert found(SAME_SOURCE, whole(*SEE_ALSO, kind=Kind.LIST)) == []


def test_links_that_call_a_term_otherwise_are_told() -> None:
    units = (
        reviewed("llm/body", "A [token](/glossary/token)", "[詞元](/glossary/token)"),
        reviewed("rag/body", "Two [tokens](/glossary/token)", "[トークン](/glossary/token)"),
        reviewed("gpu/body", "It [counts](/glossary/token)", "[数える](/glossary/token)"),
    )
    assert found(RENDERINGS, whole(*units)) == [
        (
            "llm/body",
            "`token` is called `詞元` here, and `トークン` in the glossary (2 links name the term)",
            0,
        )
    ]


PAGES = (
    Page(
        "llm",
        "terms/ja/llm.md",
        (
            PageLink("token", 7, related=True),
            PageLink("/glossary/token", 12),
            PageLink("/ja/glossary/token#x", 13),
            PageLink("/glossary/tokenizer", 14),
            PageLink("nothing", 7, related=True),
            PageLink("https://x.example", 15),
        ),
    ),
    Page("token", "terms/ja/token.md", (PageLink("/ja/glossary/tokenizer", 9),)),
)


def test_a_link_stays_in_its_locale_where_the_page_is_there() -> None:
    assert found(LEAVES_LOCALE, whole(pages=PAGES)) == [
        ("llm/", "`/glossary/token` leaves the locale; write `/ja/glossary/token`", 12)
    ]


def test_each_missing_page_is_told_once() -> None:
    assert found(MISSING_PAGE, whole(pages=PAGES)) == [
        ("llm/", "`tokenizer` has no page in ja, and llm, token lead to it", 14),
        ("llm/", "`nothing` is no term of the source, and llm leads to it", 7),
    ]


def test_what_is_said_alike_everywhere_is_nothing_to_tell() -> None:
    assert found(SAME_SOURCE, whole(SEE_ALSO[0], SEE_ALSO[2])) == []
