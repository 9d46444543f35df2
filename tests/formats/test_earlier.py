"""Whether a file is an earlier output: nothing else is ever taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats import earlier
from i18n_pipeline.formats.packages import ENDINGS, write_package
from i18n_pipeline.formats.plan import SCHEMA, Plan, write_plan
from tests.formats.packages.samples import PACKAGE

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


@pytest.mark.parametrize("ending", [".xlf", ".csv", ".po"])
def test_a_package_is_ours_until_somebody_works_on_it(ending: str) -> None:
    (form,) = (form for form, end in ENDINGS.items() if end == ending)
    data = write_package(form, PACKAGE)
    is_earlier = earlier.is_package(f"work{ending}")
    assert is_earlier(data)
    assert not is_earlier(data.replace(b"Una manera barata.", b"Otra."))


def test_what_runs_write_for_people_to_read_may_be_written_anew() -> None:
    assert earlier.is_plan(write_plan(Plan({}, ())))
    assert earlier.is_summary(b"\n")
    assert earlier.is_summary(b"## Translations: all is done\n")
    assert not earlier.is_summary(b"## Notes\n")
    assert earlier.is_badge(b"<svg><title>90 % of terms reviewed</title></svg>")
    assert not earlier.is_badge(b"<svg/>")


def test_what_tells_nothing_of_where_it_is_from_is_nobodys_to_replace_but_on_request() -> None:
    assert not earlier.nothing(b"source,target\n")
    assert earlier.anything(b"source,target\n")
