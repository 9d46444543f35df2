"""Whether a file is an earlier output: nothing else is ever taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats import earlier
from i18n_pipeline.formats.plan import SCHEMA

ALL = {
    "plan": earlier.is_plan,
    "review": earlier.is_review,
    "memory": earlier.is_memory,
    "termbase": earlier.is_termbase,
    "xliff": earlier.is_package("a.xlf"),
    "csv": earlier.is_package("a.csv"),
    "po": earlier.is_package("a.po"),
    "unnamed": earlier.is_package("a"),
}
each = pytest.mark.parametrize("is_earlier", ALL.values(), ids=ALL)


@each
@given(data=st.binary(max_size=200))
def test_any_bytes_are_judged(is_earlier: earlier.IsEarlier, data: bytes) -> None:
    assert is_earlier(data) is False


@each
@pytest.mark.parametrize(
    "text",
    [
        "",
        "source,target\nLoRA,LoRA\n",
        f'{{"schema": "{SCHEMA}"}}',
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="OmegaT"/><body/></tmx>',
        'msgctxt "lora/term"\nmsgid "LoRA"\nmsgstr ""\n',
        '<xliff version="2.1" trgLang="ja"><file id="f"/></xliff>',
    ],
)
def test_what_others_made_is_no_output_of_ours(is_earlier: earlier.IsEarlier, text: str) -> None:
    assert is_earlier(text.encode()) is False
