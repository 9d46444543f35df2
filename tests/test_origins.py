"""Origins say in their words what they are."""

from __future__ import annotations

import pytest

from i18n_pipeline import origins
from i18n_pipeline.model import Origin, draft_hash
from i18n_pipeline.origins import OriginKind, kind_of


@pytest.mark.parametrize(
    ("origin", "kind"),
    [
        (origins.machine("deepl", "text"), OriginKind.MACHINE),
        (origins.exact("lora/body", "text"), OriginKind.EXACT),
        (origins.fuzzy(87, "lora/body", "text"), OriginKind.FUZZY),
        (origins.adopted("terms/ja/lora.md"), OriginKind.ADOPTED),
        (origins.edited("terms/ja/lora.md"), OriginKind.EDITED),
        (origins.imported("agency.xlf"), OriginKind.IMPORTED),
        (origins.patched("link destination"), OriginKind.PATCHED),
        (Origin("from my head"), OriginKind.OTHER),
    ],
)
def test_an_origin_is_told_by_its_words(origin: Origin, kind: OriginKind) -> None:
    assert kind_of(origin) is kind


def test_only_what_a_run_may_replace_bears_the_hash_of_its_text() -> None:
    drafts = [origins.machine("x", "t"), origins.exact("c", "t"), origins.fuzzy(80, "c", "t")]
    assert {one.draft for one in drafts} == {draft_hash("t")}
    assert {
        one.draft for one in (origins.adopted("p"), origins.edited("p"), origins.patched("q"))
    } == {""}


def test_no_origin_is_of_no_kind() -> None:
    assert kind_of(None) is None
