"""The JSON Schema for editors says of a configuration what reading it says, as far as it can."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from i18n_pipeline.config.reading import read_config
from i18n_pipeline.config.schema import schema
from i18n_pipeline.errors import BadConfig
from tests.docs.pages import DOCS, blocks

ROOT = Path(__file__).parents[2]
ABOVE = 'source = "en"\ntargets = ["ja", "de"]\n'
EXAMPLES = [
    block.text if block.text.startswith("source") else ABOVE + block.text
    for block in blocks((DOCS / "reference" / "configuration.md").read_text(encoding="utf-8"))
    if block.info == ("toml",)
]


def faults(text: str) -> list[str]:
    found = Draft4Validator(json.loads(schema())).iter_errors(tomllib.loads(text))
    return sorted(".".join(map(str, fault.absolute_path)) for fault in found)


def test_it_is_a_schema_and_the_one_in_the_documentation() -> None:
    Draft4Validator.check_schema(json.loads(schema()))
    assert (DOCS / "reference" / "i18n.schema.json").read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize("text", [*EXAMPLES, (ROOT / "i18n.toml").read_text(encoding="utf-8")])
def test_every_configuration_that_is_read_fits(text: str) -> None:
    read_config(text)
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('targets = ["ja"]\n', ""),
        (ABOVE + "unknown = 1\n", ""),
        (ABOVE + '[build]\npublish = "all"\n', "build.publish"),
        (ABOVE + "[memory]\nfuzzy = 101\n", "memory.fuzzy"),
        (ABOVE + '[budget]\nmax_chars = "much"\n', "budget.max_chars"),
        (ABOVE + '[fields]\ntranslate = "term"\n', "fields.translate"),
        (ABOVE + '[locale.ja]\nmt = "on"\n', "locale.ja.mt"),
        (ABOVE + '[site]\nurl = "example.org/{slug}"\n', "site.url"),
        (ABOVE + '[links.rewrite]\n"/a/{slug}" = "/b"\n', "links.rewrite./a/{slug}"),
        (ABOVE + '[[checks.off]]\ncheck = "links"\n', "checks.off.0"),
        (ABOVE + '[paths]\nexclude = ["a/b"]\n', "paths.exclude.0"),
        (ABOVE + "[provider.deepl]\nprice = -1\n", "provider.deepl.price"),
    ],
)
def test_what_is_refused_does_not_fit(text: str, at: str) -> None:
    with pytest.raises(BadConfig):
        read_config(text)
    assert faults(text) == [at]
