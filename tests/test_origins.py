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


@pytest.mark.parametrize("doubts", ["", "links differ"])
@pytest.mark.parametrize("placed", [False, True])
def test_an_adopted_text_says_where_it_was_and_what_it_rests_on(doubts: str, placed: bool) -> None:
    origin = origins.adopted("terms/ja/lora.md", doubts, placed=placed)
    assert origins.path_of(origin) == "terms/ja/lora.md"
    assert origins.is_placed(origin) is placed
    assert not origins.is_placed(origins.edited("by its place"))


def test_no_origin_is_of_no_kind() -> None:
    assert kind_of(None) is None


def test_only_a_text_read_out_of_a_file_says_which() -> None:
    assert origins.path_of(origins.adopted("terms/ja/lora.md", "a copy", placed=True)) == (
        "terms/ja/lora.md"
    )
    assert origins.path_of(origins.edited("terms/ja/lora.md")) == "terms/ja/lora.md"
    assert origins.path_of(origins.imported("agency.xlf")) == ""
    assert origins.path_of(None) == ""


def test_only_a_machines_text_names_an_engine() -> None:
    assert origins.engine_of(origins.machine("DeepL", "text")) == "DeepL"
    assert origins.engine_of(origins.exact("lora/body", "text")) == ""
    assert origins.engine_of(None) == ""
