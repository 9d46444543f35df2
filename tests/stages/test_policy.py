"""Which units a rule of the policy is about."""

from __future__ import annotations

from i18n_pipeline.config import PolicyRule
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.stages.policy import Judged, violations

UNITS = tuple(Unit(context, "One.") for context in ("basics/token/body", "lora/body", "lora/term"))
SEGMENTS = {one.key: Segment(one.field, Kind.PARAGRAPH, one.source) for one in UNITS}


def about(rule: PolicyRule) -> list[str]:
    """The contexts of the units with which a rule's limit is passed."""
    judged = Judged(UNITS, SEGMENTS, (), lambda _unit: False)
    return [unit.context for found in violations([rule], judged) for unit in found.units]


def test_a_rule_is_about_the_terms_and_the_field_it_names() -> None:
    assert about(PolicyRule(max_unreviewed=0)) == [one.context for one in UNITS]
    assert about(PolicyRule(max_unreviewed=0, slug="basics/*")) == ["basics/token/body"]
    assert about(PolicyRule(max_unreviewed=0, field="Term")) == ["lora/term"]
    assert about(PolicyRule(max_unreviewed=0, slug="lora", field="body")) == ["lora/body"]
    assert about(PolicyRule(max_unreviewed=1, slug="lora", field="body")) == []


def test_a_rule_that_asks_what_a_term_says_is_not_about_units_without_one() -> None:
    assert about(PolicyRule(max_unreviewed=0, where={"status": "new"})) == []
