"""Every example of docs/reference/checks.md is what its check says, and every check has one."""

from __future__ import annotations

import re

import pytest

from i18n_pipeline.checks import RULES, Subject
from i18n_pipeline.checks.rule import Rule
from i18n_pipeline.config import Style
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, Unit
from tests.docs.pages import DOCS

PAGE = (DOCS / "reference" / "checks.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(
    r"^### `(?P<check>[a-z-]+)`\n.*?^```text in (?P<locale>[\w-]+)\n"
    r"en  (?P<source>[^\n]+)\n(?P=locale)  (?P<target>[^\n]+)\n    (?P<says>[^\n]+)\n```$",
    re.MULTILINE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|n)")
EXAMPLES = {found["check"]: found for found in _EXAMPLE.finditer(PAGE)}
BY_CODE = {rule.code: rule for rule in RULES}
GLOSSARY = Glossary((Entry("token", "Token"),), keep=("LoRA",))
STYLE = Style(spelling={"サーバー": ("サーバ",)})
REWRITE = {"/glossary/{slug}": "/{locale}/glossary/{slug}"}
SLUGS = frozenset({"token", "model"})


def test_every_check_of_a_text_has_an_example() -> None:
    assert EXAMPLES.keys() == BY_CODE.keys()


def _plain(text: str) -> str:
    """A text with what cannot be seen on a page, written `\\u202e` or `\\n` there."""
    return re.sub(
        r"\\(u[0-9a-f]{4}|n)", lambda m: f"\\{m[1]}".encode().decode("unicode_escape"), text
    )


def says(rule: Rule, locale: str, source: str, target: str) -> list[str]:
    """What a check says of an example."""
    segment = Segment("body", Kind.PARAGRAPH, source, markdown=True)
    addresses = Addresses(
        {"/glossary/{slug}": "/{locale}/glossary/{slug}"}, "source", (), locale, SLUGS
    )
    unit = Unit("model/body", source, target)
    subject = Subject(unit, segment, locale, DEFAULT_EXTENSIONS, addresses, GLOSSARY, style=STYLE)
    return [finding.message for finding in rule.find(subject)]


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_an_example_is_what_its_check_says(code: str) -> None:
    found = EXAMPLES[code]
    texts = _plain(found["source"]), _plain(found["target"])
    assert says(BY_CODE[code], found["locale"], *texts) == [found["says"]]
