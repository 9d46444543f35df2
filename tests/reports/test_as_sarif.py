"""SARIF as section 3 of the standard (2.1.0) has it; the shapes name each property we may write."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import unquote

from hypothesis import given

from i18n_pipeline import __version__
from i18n_pipeline.checks import ALL
from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.as_sarif import as_sarif
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.report import Issue, LocaleReport, Report
from tests.reports.hostile import all_issues, reports

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

LEVEL = re.compile("error|warning|note")
NAME = re.compile(".*", re.DOTALL)
TEXT = {"text": str}
PHYSICAL = {
    "artifactLocation": {"uri": re.compile(r"(file://)?[A-Za-z0-9._~/%-]+"), "uriBaseId?": str},
    "region": {"startLine": 1, "startColumn?": 1},
}
LOGICAL = [{"name": NAME, "fullyQualifiedName": NAME}]
LOCATION = {"physicalLocation?": PHYSICAL, "logicalLocations?": LOGICAL}
RULE = {
    "id": NAME,
    "defaultConfiguration": {"level": LEVEL},
    "shortDescription?": TEXT,
    "help?": TEXT,
}
NOTIFICATION = {
    "descriptor": {"id": NAME},
    "level": re.compile("error"),
    "message": TEXT,
    "locations?": [LOCATION],
}
RESULT = {
    "ruleId": NAME,
    "ruleIndex": 0,
    "level": LEVEL,
    "message": TEXT,
    "locations": [LOCATION],
    "partialFingerprints": {"i18n/v1": re.compile(r"[0-9a-f]{32}:[1-9]\d*")},
}
RUN = {
    "tool": {"driver": {"name": re.compile("i18n-pipeline"), "version": NAME, "rules": [RULE]}},
    "columnKind": re.compile("unicodeCodePoints"),
    "invocations": [
        {"executionSuccessful": bool, "exitCode": int, "toolExecutionNotifications": [NOTIFICATION]}
    ],
    "results": [RESULT],
}
LOG = {
    "$schema": re.compile("https://.*/sarif-schema-2.1.0.json"),
    "version": re.compile(r"2\.1\.0"),
    "runs": [RUN],
}


def assert_is(found: object, shape: object) -> None:
    """A value is as its shape: a type, a least number, a pattern, items, or named properties."""
    match shape:
        case dict():
            assert isinstance(found, dict)
            known = {name.removesuffix("?"): part for name, part in shape.items()}
            assert found.keys() <= known.keys()
            assert {name for name in shape if not name.endswith("?")} <= found.keys()
            for name, value in found.items():
                assert_is(value, known[name])
        case [item]:
            assert isinstance(found, list)
            for value in found:
                assert_is(value, item)
        case re.Pattern():
            assert isinstance(found, str)
            assert shape.fullmatch(found)
        case type():
            assert type(found) is shape
        case int():
            assert isinstance(found, int)
            assert found >= shape


def run_of(report: Report) -> dict[str, list[dict[str, Json]]]:
    text = as_sarif(report)
    assert text.isascii()
    document = json.loads(text)
    assert_is(document, LOG)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def issue(message: str = "it is wrong", line: int = 7) -> Issue:
    return Issue("html", "error", "locales/日/a b.po", line, "token", "body", message)


def report_of(*issues: Issue, locale: str = "ja") -> Report:
    return Report("check", (LocaleReport(locale, issues=issues),))


def fingerprints(report: Report) -> list[Json]:
    return [result["partialFingerprints"] for result in run_of(report)["results"]]


def test_an_issue_is_a_result_at_its_place() -> None:
    (result,) = run_of(report_of(issue()))["results"]
    assert result == {
        "ruleId": "html",
        "ruleIndex": [rule.code for rule in ALL].index("html"),
        "level": "error",
        "message": {"text": "it is wrong"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "locales/%E6%97%A5/a%20b.po",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 7},
                },
                "logicalLocations": [{"name": "body", "fullyQualifiedName": "token/body"}],
            }
        ],
        "partialFingerprints": result["partialFingerprints"],
    }


def test_every_check_is_a_rule_that_says_what_it_looks_for_and_what_follows() -> None:
    document = json.loads(as_sarif(Report("check")))
    driver = document["runs"][0]["tool"]["driver"]
    assert driver["version"] == __version__
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in ALL]
    assert driver["rules"][0] == {
        "id": "empty",
        "defaultConfiguration": {"level": "error"},
        "shortDescription": {"text": "A translation of white space alone."},
        "help": {
            "text": "Looks for a translation of white space alone. "
            "It keeps a machine's draft out; about a person's text it is reported."
        },
    }


def test_a_run_that_found_issues_went_well_and_one_that_could_not_read_a_file_did_not() -> None:
    codes = (65,)
    (well,) = run_of(replace(report_of(issue()), codes=codes))["invocations"]
    assert well == {"executionSuccessful": True, "exitCode": 65, "toolExecutionNotifications": []}
    problem = Problem("terms/en/bad.md", 2, 5, "bad-yaml", "cannot be read", "close it")
    (ill,) = run_of(Report("check", errors=(problem,), codes=codes))["invocations"]
    assert ill["executionSuccessful"] is False
    assert ill["toolExecutionNotifications"] == [
        {
            "descriptor": {"id": "bad-yaml"},
            "level": "error",
            "message": {"text": "cannot be read (close it)"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "terms/en/bad.md", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 2, "startColumn": 5},
                    }
                }
            ],
        }
    ]


def test_an_issue_that_moves_stays_the_same_one() -> None:
    assert fingerprints(report_of(issue(line=7))) == fingerprints(report_of(issue(line=900)))
    assert fingerprints(report_of(issue("a"))) != fingerprints(report_of(issue("b")))
    assert fingerprints(report_of(issue())) != fingerprints(report_of(issue(), locale="de"))


def test_equal_issues_of_one_unit_are_told_apart() -> None:
    first, second = fingerprints(report_of(issue(line=7), issue(line=9)))
    assert first != second


def test_results_are_sorted_by_place() -> None:
    moved = report_of(issue("b", 9), issue("a", 9), issue("c", 1))
    lines = [result["message"] for result in run_of(moved)["results"]]
    assert lines == [{"text": "c"}, {"text": "a"}, {"text": "b"}]


def test_a_file_outside_the_project_has_an_address_of_its_own() -> None:
    report = Report("check", errors=(Problem("/srv/plan 1.json", 1, 1, "x", "y"),))
    assert '"uri": "file:///srv/plan%201.json"\n' in as_sarif(report)


def test_backslashes_before_what_looks_like_a_link_stay() -> None:
    (result,) = run_of(report_of(issue("C:\\](https://x.example)")))["results"]
    assert result["message"] == {"text": "C:\\\\\\](https://x.example)"}
    assert message(result) == "C:\\](https://x.example)"


def test_words_are_never_taken_for_a_placeholder_or_a_link() -> None:
    (result,) = run_of(report_of(issue("`{0}` and [here](https://x.example)")))["results"]
    assert result["message"] == {"text": "`{{0}}` and [here\\](https://x.example)"}


@given(reports())
def test_exactly_what_was_found_comes_out_whatever_texts_hold(report: Report) -> None:
    run = run_of(report)
    codes = re.findall(r'^ {14}"id": (".*"),$', as_sarif(report), re.MULTILINE)
    for one in run["results"]:
        assert json.loads(codes[int(str(one["ruleIndex"]))]) == one["ruleId"]
    found = all_issues(report)
    assert sorted(str(one["level"]) for one in run["results"]) == sorted(
        str(one.severity) for one in found
    )
    assert sorted(message(one) for one in run["results"]) == sorted(
        spelled(one.message) for one in found
    )
    uris = [unquote(uri) for uri in re.findall(r'"uri": "(?!file://)(.*)"', as_sarif(report))]
    paths = [*(one.path for one in found), *(one.path for one in report.errors)]
    paths = [path for path in paths if path and not path.startswith("/")]
    printable = [path.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for path in paths]
    assert sorted(uris) == sorted(printable)
    marks = [json.dumps(one["partialFingerprints"]) for one in run["results"]]
    assert len(set(marks)) == len(marks)


def message(result: dict[str, Json]) -> str:
    """A message as a viewer shows it that knows placeholders and links: there are none."""
    assert isinstance(result["message"], dict)
    text = str(result["message"]["text"])
    assert re.search(r"(?<!\\)(?:\\\\)*\]\(", text) is None
    assert re.search(r"(?<!\{)(?:\{\{)*\{\d", text.replace("{{", "")) is None
    plain = text.replace("{{", "{").replace("}}", "}")
    return re.sub(r"(\\*)\\\](?=\()", lambda found: found[1][::2] + "]", plain)


def test_a_finding_about_no_file_and_no_unit_has_no_place() -> None:
    issue = Issue("policy", "error", "", 0, "", "", "there is no policy")
    report = Report("check", (LocaleReport("ja", issues=(issue,)),))
    (run,) = json.loads(as_sarif(report))["runs"]
    assert [result["locations"] for result in run["results"]] == [[]]
