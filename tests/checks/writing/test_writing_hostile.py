"""The rules about writing on long texts of one piece: no pattern looks back again and again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.config import Style
from tests.checks.subjects import subject
from tests.checks.test_writing import WRITING

STYLE = Style(formality="formal", spacing="tight", spelling={"サーバー": ("サーバ",)})


@pytest.mark.parametrize("locale", ["ja", "ko", "fr", "es", "ru"])
@pytest.mark.parametrize("piece", ["言葉 ", "「a", "a , ", "a? ", "Cер", "« ", "(a", "だ。", "¿a"])
def test_a_long_text_is_judged_to_the_end(piece: str, locale: str) -> None:
    one = subject("Words", piece * 20_000 + "x", markdown=False, locale=locale)
    one = replace(one, style=STYLE)
    for rule in WRITING:
        list(rule.find(one))
