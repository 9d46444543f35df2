"""A page learns under which address it was found before, and says all else as it did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.stages.aliases import with_alias
from tests.stages.documents import target_of

RULES = Rules(replace(Fields(), aliases="aliases"))
YAML = b"---\nterm: A\nslug: term\nlang: de\n---\n\nWorte.\n"
TOML = b'+++\nterm = "A"\nslug = "term"\nlang = "de"\n+++\n\nWorte.\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (YAML, YAML.replace(b"lang: de\n", b'lang: de\naliases: ["/old/"]\n')),
        (TOML, TOML.replace(b'term = "A"', b'aliases = ["/old/"]\nterm = "A"')),
    ],
)
def test_an_alias_is_a_line_more_and_is_there_once(before: bytes, after: bytes) -> None:
    made = with_alias(target_of(before, rules=RULES), RULES, "term", "/old/")
    assert made.data == after
    assert with_alias(made, RULES, "term", "/old/").data == after


def test_a_page_without_front_matter_has_no_place_for_one() -> None:
    bare = Rules(replace(RULES.fields, slug="", locale=""))
    page = target_of(b"Worte.\n", rules=bare)
    assert with_alias(page, bare, "term", "/old/") == page


def test_an_alias_is_put_behind_those_that_are_there() -> None:
    page = YAML.replace(b"lang: de\n", b"lang: de\naliases: [/a/]\n")
    made = with_alias(target_of(page, rules=RULES), RULES, "term", "/old/")
    assert made.list_items("aliases") == ("/a/", "/old/")
    assert made.data == page.replace(b"[/a/]", b"[/a/, /old/]")


def test_a_name_that_another_format_reads_as_a_path_is_no_place_for_one() -> None:
    nested = Rules(replace(RULES.fields, aliases="seo.aliases"))
    with pytest.raises(BadFile) as refused:
        with_alias(target_of(TOML, rules=nested), nested, "term", "/old/")
    assert refused.value.problem.code == "front-matter-unwritable"
