from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.model import Edit, Origin, QualityIssue, Severity, Unit, draft_hash
from i18n_pipeline.stages.mending import mended


def issue(check: str, edit: Edit | None = None) -> QualityIssue:
    return QualityIssue(check, Severity.WARNING, safety=False, message=check, edit=edit)


def spaces(unit: Unit) -> Sequence[QualityIssue]:
    """Wants no double spaces."""
    text = unit.target
    places = (at for at in range(len(text)) if text.startswith("  ", at))
    return [issue("spacing", Edit(at, at + 2, " ")) for at in places]


def unit(target: str, *, reviewed: bool = True, origin: Origin | None = None) -> Unit:
    return Unit("llm/body", "source", target, reviewed=reviewed, origin=origin)


def test_all_edits_go_in_at_once() -> None:
    found = mended(unit("a  b  c"), spaces)
    assert found is not None
    assert (found.after.target, found.after.reviewed) == ("a b c", True)
    assert found.checks == ("spacing",)


def test_where_nothing_is_wrong_nothing_changes() -> None:
    assert mended(unit("a b"), spaces) is None
    assert mended(unit("a b"), lambda _: [issue("numbers")]) is None


def test_an_edit_that_makes_another_check_complain_is_not_made() -> None:
    def judge(one: Unit) -> Sequence[QualityIssue]:
        return [*spaces(one), *([] if "  " in one.target else [issue("numbers")])]

    assert mended(unit("a  b"), judge) is None


def test_edits_that_do_no_good_together_are_tried_one_by_one() -> None:
    def judge(one: Unit) -> Sequence[QualityIssue]:
        """The first double space has to stay."""
        return [*spaces(one), *([] if one.target.startswith("a  ") else [issue("structure")])]

    found = mended(unit("a  b  c"), judge)
    assert found is not None
    assert found.after.target == "a  b c"


def test_edits_that_touch_are_not_made_together() -> None:
    def judge(one: Unit) -> Sequence[QualityIssue]:
        wrong = [issue("x", Edit(0, 2, "")), issue("x", Edit(1, 3, ""))]
        return wrong if one.target == "abc" else [issue("x")] if one.target == "c" else []

    found = mended(unit("abc"), judge)
    assert found is not None
    assert found.after.target == "c"


def test_a_draft_stays_a_draft() -> None:
    origin = Origin("machine draft by DeepL", draft_hash("a  b"))
    found = mended(unit("a  b", reviewed=False, origin=origin), spaces)
    assert found is not None
    assert found.after.is_draft


def test_what_a_person_wrote_stays_theirs() -> None:
    origin = Origin("machine draft by DeepL", draft_hash("something else"))
    found = mended(unit("a  b", reviewed=False, origin=origin), spaces)
    assert found is not None
    assert not found.after.is_draft
