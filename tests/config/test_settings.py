from __future__ import annotations

import pytest

from i18n_pipeline import markdown
from i18n_pipeline.config import EXTENSIONS, Fields, Markdown, Role


def test_the_extensions_are_those_that_the_markdown_room_knows() -> None:
    assert frozenset(EXTENSIONS) == markdown.EXTENSIONS
    assert Markdown().extensions == markdown.DEFAULT_EXTENSIONS


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("lang", Role.LOCALE),
        ("slug", Role.SLUG),
        ("term", Role.TRANSLATE),
        ("Definition", Role.TRANSLATE),
        ("CATEGORY", Role.VOCABULARY),
        ("keywords", Role.LOCALIZE),
        ("Related", Role.LINKS),
        ("weight", Role.COPY),
        ("", Role.COPY),
    ],
)
def test_the_role_of_a_field_does_not_depend_on_case(name: str, role: Role) -> None:
    assert Fields(locale="Lang").role(name) is role


def test_a_field_is_spelled_as_configured() -> None:
    fields = Fields(keep=("SEO.Image",))
    assert fields.spelled("seo.image") == "SEO.Image"
    assert fields.spelled("Weight") == "Weight"


def test_the_name_of_the_term_is_translated_though_not_listed() -> None:
    fields = Fields(name="title", translate=("definition",))
    assert fields.of(Role.TRANSLATE) == ("title", "definition")
    assert fields.role("title") is Role.TRANSLATE


def test_a_field_switched_off_has_no_role() -> None:
    assert Fields(locale="").of(Role.LOCALE) == ()
