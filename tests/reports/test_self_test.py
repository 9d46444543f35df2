from __future__ import annotations

import json

from i18n_pipeline.checks.faults import Fault, FaultResult, Measured
from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.self_test import (
    LocaleSelfTest,
    SelfTestReport,
    self_test_as_json,
    self_test_as_text,
)

NUMBERS = Fault("number dropped", ("numbers", "length"), lambda _: ())
LINKS = Fault("link dropped", ("links",), lambda _: ())
MEASURED = Measured(250, (FaultResult(NUMBERS, 200, 199, 200), FaultResult(LINKS)), {"numbers": 1})
REPORT = SelfTestReport((LocaleSelfTest("ja", ("links", "numbers"), MEASURED),))

TEXT = """\
ja: 200 faults put into 250 reviewed units
  check    faults  found  recall  alarms  of units
  links         0      0       -       0      0.0%
  numbers     200    199     99%       1      0.4%
"""
FAULTS = """\
  fault           put in  found  recall  noticed  check
  number dropped     200    199     99%      200  numbers
  link dropped         0      0       -        0  links
"""


def test_figures_stand_in_columns_and_only_all_of_it_is_100_percent() -> None:
    assert self_test_as_text(REPORT) == TEXT
    assert self_test_as_text(REPORT, verbose=True) == TEXT + FAULTS


def test_a_locale_without_reviewed_units_has_no_table() -> None:
    empty = LocaleSelfTest("de", ("links",), Measured(0, (FaultResult(LINKS),), {}))
    assert self_test_as_text(SelfTestReport((empty,))) == "de: 0 faults put into 0 reviewed units\n"


def test_the_same_as_json() -> None:
    found = json.loads(self_test_as_json(REPORT))
    assert (found["schema"], found["command"], found["exit"]) == ("i18n/1", "check", 0)
    (locale,) = found["self_test"]
    assert (locale["locale"], locale["units"]) == ("ja", 250)
    assert locale["checks"][0]["recall"] is None
    assert locale["checks"][1] == {
        "check": "numbers",
        "put": 200,
        "found": 199,
        "recall": 0.995,
        "alarms": 1,
        "false_alarms": 0.004,
    }
    assert locale["faults"][0]["checks"] == ["numbers", "length"]
    assert locale["faults"][0]["noticed"] == 200


def test_files_that_cannot_be_read_end_it_with_65() -> None:
    problem = Problem("locales/ja/terms.po", 3, 1, "po-syntax", "bad")
    assert SelfTestReport(errors=(problem,)).exit_code == 65
