"""What a page says: with its links elsewhere, and without a text to look for."""

from __future__ import annotations

from dataclasses import replace

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.stages.live import PageTexts
from tests.stages.documents import target_of

PAGE = b"---\nterm: A\nslug: term\nlang: de\n---\n\nSiehe [hier](/de/b).\n"
SEGMENT = Segment("body", Kind.PARAGRAPH, "See [here](/b).", markdown=True)


def test_a_page_says_a_text_wherever_its_links_lead_and_never_an_empty_one() -> None:
    page = PageTexts.of(target_of(PAGE), DEFAULT_EXTENSIONS)
    unit = Unit("a/body", SEGMENT.source, "Siehe [hier](/b).")
    assert page.says(unit, SEGMENT)
    assert not page.says(replace(unit, target="Siehe [dort](/b)."), SEGMENT)
    assert not page.says(replace(unit, target=""), SEGMENT)
    assert not page.says(replace(unit, target="A"), SEGMENT)
