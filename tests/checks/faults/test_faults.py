from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from i18n_pipeline.checks import ALL, RULES, check
from i18n_pipeline.checks.faults import FAULTS, Fault, Sound, measure
from i18n_pipeline.checks.whole.rule import WholeRule
from i18n_pipeline.glossary import Entry, Glossary
from tests.checks.faults.sounds import TERMS, sounds
from tests.checks.subjects import subject

SOUND = sounds()
NEEDS_A_SOURCE = {"source-mojibake"}
"""What is wrong with a source: no fault of a translation."""


def damaged(fault: Fault) -> list[tuple[Sound, str]]:
    return [(one, text) for one in SOUND for text in fault.put(one) if text != one.target]


def test_every_rule_of_a_single_unit_has_a_fault() -> None:
    named = {fault.checks[0] for fault in FAULTS}
    single = {rule.code for rule in ALL if not isinstance(rule, WholeRule)}
    assert single - NEEDS_A_SOURCE == named


def test_names_of_faults_are_their_own() -> None:
    assert [name for name, count in Counter(f.name for f in FAULTS).items() if count > 1] == []


def test_the_sound_texts_are_sound() -> None:
    codes = {rule.code for rule in RULES} - {"negation"}  # `nicht` may stand anywhere
    for one in SOUND:
        issues = [(i.check, i.message) for i in check(one.subject) if i.check in codes]
        assert issues == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_put_into_a_text_and_its_rule_reports_it(fault: Fault) -> None:
    texts = damaged(fault)
    assert texts
    found = Counter[bool]()
    for one, text in texts:
        unit = replace(one.subject.unit, target=text)
        issues = check(replace(one.subject, unit=unit))
        found[fault.checks[0] in {issue.check for issue in issues}] += 1
    assert found[True] >= found[False], texts[:3]


def test_the_same_text_gets_the_same_faults() -> None:
    assert list(map(damaged, FAULTS)) == list(map(damaged, FAULTS))


def test_what_is_measured_is_counted_by_rule_and_unit() -> None:
    bad = Sound(subject("A model reads tokens.", "モデルは\u200b読みます。"))
    measured = measure([*SOUND, bad], [fault for fault in FAULTS if fault.name == "code dropped"])
    (result,) = measured.faults
    assert (result.put, result.found, result.noticed) == (3, 3, 3)
    assert measured.recall("placeholders") == 1.0
    assert measured.recall("links") is None
    assert measured.units == len(SOUND) + 1
    assert measured.alarms == {"control-characters": 1}
    assert measured.false_alarms("control-characters") == 1 / measured.units


def test_a_rule_that_says_of_a_fault_what_it_says_anyway_has_not_found_it() -> None:
    one = Sound(subject("Two of 512.", "二つ、\u200b513のうち。"))
    nothing = Fault("nothing", ("control-characters",), lambda sound: [f"{sound.target}と"])
    (result,) = measure([one], [nothing]).faults
    assert (result.put, result.found) == (1, 0)


def test_a_glossary_without_reviewed_texts_has_no_figures() -> None:
    measured = measure([], FAULTS)
    assert (measured.units, measured.false_alarms("numbers")) == (0, 0.0)
    assert measured.recall("numbers") is None


NO_FAULT = [
    ("entity that became a tag", "The tag", "Das Tag &lt;b&gt;"),
    ("term called otherwise", "One token", "Ein Token"),
    ("rendering that is refused", "A language model", "Es rechnet"),
    ("name to keep changed", "Use PyTorch", "Nimm `PyTorch`"),
    ("link to another address", "No link", "[Nichts](/glossary/token)"),
    ("unit changed", "Twice eight gigabytes", "Zweimal 8 GB"),
    ("emphasis dropped", "None", "**Viel**"),
]


@pytest.mark.parametrize(("name", "source", "target"), NO_FAULT)
def test_what_would_be_no_fault_is_not_put_in(name: str, source: str, target: str) -> None:
    one = Sound(subject(source, target, locale="de", glossary=TERMS))
    (fault,) = (fault for fault in FAULTS if fault.name == name)
    assert list(fault.put(one)) == []


def test_a_term_is_called_otherwise_where_there_is_another_rendering_to_call_it() -> None:
    (fault,) = (fault for fault in FAULTS if fault.name == "term called otherwise")
    alone, other = Entry("token", "Marke"), Entry("weight", "Gewicht")

    def put(*entries: Entry) -> list[str]:
        glossary = Glossary(entries)
        one = subject("One token", "Eine Marke", locale="de", glossary=glossary)
        return list(fault.put(Sound(one)))

    assert put(alone) == []
    assert put(alone, other) == ["Eine Gewicht"]
