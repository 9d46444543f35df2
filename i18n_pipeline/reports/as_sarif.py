"""A report as SARIF 2.1.0 (OASIS), for servers that collect what analysers find: ASCII, no dates.

Its messages know two marks of their own, `{0}` and `[words](address)`; here nothing is meant so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline import __version__
from i18n_pipeline.checks import ALL, Rule
from i18n_pipeline.checks.whole.rule import WholeRule
from i18n_pipeline.errors import Problem
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.percent import encode
from i18n_pipeline.model import Severity, digest
from i18n_pipeline.reports.escaping import json_of, spelled
from i18n_pipeline.reports.report import Issue, Report

Json = dict[str, object]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_RULES: Mapping[str, Rule | WholeRule] = {rule.code: rule for rule in ALL}
_OUTSIDE_ADDRESSES = expression(r"[^A-Za-z0-9._~/-]")
_BRACE = expression(r"[{}]")
_LINK = expression(r"(\\*)\](?=\()")

_KEPT_OUT = "It keeps the text out of built files, whoever wrote it."
_FOLLOWS = {
    Severity.ERROR: "It keeps a machine's draft out; about a person's text it is reported.",
    Severity.WARNING: "It is reported, and that is all.",
    Severity.NOTE: "It is told by `i18n check` alone.",
}


def as_sarif(report: Report) -> str:
    """The report as one SARIF document with one run and a final newline."""
    found = tuple(_issues(report))
    codes = _codes(issue for _, issue in found)
    run: Json = {
        "tool": {"driver": _driver(codes, found)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": list(_results(found, codes)),
    }
    document: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_of(document)


def _issues(report: Report) -> Iterator[tuple[str, Issue]]:
    """The issues with their locales: a locale after the other, each by place."""
    for locale in report.locales:
        for issue in sorted(locale.issues, key=_place):
            yield locale.locale, issue


def _place(issue: Issue) -> tuple[str, int, str, str, str]:
    return issue.path, issue.line, issue.check, issue.unit, issue.message


def _codes(issues: Iterator[Issue]) -> Sequence[str]:
    """The codes of all rules there are, and of what was found besides."""
    others = {issue.check for issue in issues} - _RULES.keys()
    return (*_RULES, *sorted(others))


def _driver(codes: Sequence[str], found: Sequence[tuple[str, Issue]]) -> Json:
    severities = {issue.check: issue.severity for _, issue in found}
    rules = [_rule(code, severities.get(code, Severity.WARNING)) for code in codes]
    return {"name": "i18n-pipeline", "version": __version__, "rules": rules}


def _rule(code: str, severity: str) -> Json:
    rule = _RULES.get(code)
    level = rule.severity if rule else Severity(severity)
    described: Json = {"id": spelled(code), "defaultConfiguration": {"level": str(level)}}
    if rule is not None:
        follows = _KEPT_OUT if rule.safety else _FOLLOWS[level]
        described["shortDescription"] = {"text": _sentence(rule.purpose)}
        described["help"] = {"text": f"{_sentence(f'looks for {rule.purpose}')} {follows}"}
    return described


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _invocation(report: Report) -> Json:
    """How the run went: it was no success where a file could not be read or a thing not be done."""
    return {
        "executionSuccessful": not report.errors,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": [_notification(one) for one in sorted(report.errors)],
    }


def _notification(problem: Problem) -> Json:
    mend = f" ({problem.mend})" if problem.mend else ""
    told: Json = {
        "descriptor": {"id": spelled(problem.code)},
        "level": "error",
        "message": _message(f"{problem.message}{mend}"),
    }
    if problem.path:
        told["locations"] = [_location(problem.path, problem.line, problem.column)]
    return told


def _results(found: Sequence[tuple[str, Issue]], codes: Sequence[str]) -> Iterator[Json]:
    indexes = {code: index for index, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    for locale, issue in found:
        hashed = digest(json.dumps([locale, issue.check, issue.unit, issue.message]))
        seen[hashed] += 1
        yield {
            "ruleId": spelled(issue.check),
            "ruleIndex": indexes[issue.check],
            "level": str(issue.severity),
            "message": _message(issue.message),
            "locations": list(_locations(issue)),
            # No line is in it: a text that moves is the same finding.
            "partialFingerprints": {"i18n/v1": f"{hashed}:{seen[hashed]}"},
        }


def _locations(issue: Issue) -> Iterator[Json]:
    place = _location(issue.path, issue.line) if issue.path else {}
    if issue.unit:
        names = {"name": spelled(issue.field), "fullyQualifiedName": spelled(issue.unit)}
        place["logicalLocations"] = [names]
    if place:
        yield place


def _location(path: str, line: int, column: int = 0) -> Json:
    region = {"startLine": max(1, line)} | ({"startColumn": column} if column else {})
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}


def _artifact(path: str) -> Json:
    address = encode(path, _OUTSIDE_ADDRESSES)
    if path.startswith("/"):
        return {"uri": f"file://{address}"}
    return {"uri": address, "uriBaseId": "%SRCROOT%"}


def _message(text: str) -> Json:
    """Words as a message: braces doubled, and no bracket that could open an address (3.11)."""
    literal = _BRACE.sub(lambda found: found[0] * 2, spelled(text))
    return {"text": _LINK.sub(r"\1\1\\]", literal)}
