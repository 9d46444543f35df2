"""Where names of terms stand in a text, whether a few texts are looked at or many."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from i18n_pipeline.config import read_config
from i18n_pipeline.glossary import Entry
from i18n_pipeline.markdown import Span
from i18n_pipeline.pipeline.grounds import ground_of
from i18n_pipeline.pipeline.project import Project

CONFIG = read_config('source = "en"\ntargets = ["ja"]\n')
MANY = 20
WORDS = """
    Go go GO fly flies analysis analyses basis İstanbul straße STRASSE AI AIs k-means .NET 機械 学習
    機 city cities (CI) (AI) )y )ies -y -ies ß-y of is ises sis ses y ies x tuning fine हिन्दी _ C++
"""
words = st.sampled_from(WORDS.split())
texts = st.lists(words, min_size=1, max_size=6).map(" ".join)


def spans(names: dict[str, str], text: str, *, listed: str, keep: str) -> list[list[Span]]:
    """What is found in one text when it is asked about again and again."""
    project = cast("Project", SimpleNamespace(config=CONFIG, names=names, rests={}))
    ground = ground_of(project, [Entry(listed, "x")], [keep])
    return [list(ground.names(text, ())) for _ in range(MANY)]


@given(st.lists(texts, max_size=8), texts, words, words)
@example(["Continuous go (CI) (fly)"], "the CI is", "of", "Go")
@example(["Fly"], "two flies", "of", "Go")
@example(["Sis"], "two ses", "of", "Go")
@example(["Go"], "GO on", "of", "GO")
@example(["İstanbul"], "in i\u0307stanbul", "of", "Go")
def test_few_texts_and_many_are_told_the_same(
    names: list[str], text: str, listed: str, keep: str
) -> None:
    named = {str(at): name for at, name in enumerate(names)}
    found = spans(named, text, listed=listed, keep=keep)
    assert all(each == found[-1] for each in found)


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Fine-tuning", "by fine tuning it", "fine tuning"),
        ("Continuous integration (CI)", "CIs run", "CIs"),
        ("Analysis", "two analyses", "analyses"),
    ],
)
def test_found_in_a_few_texts(name: str, text: str, stands: str) -> None:
    start = text.index(stands)
    found = spans({"a": name}, text, listed="elsewhere", keep="Nowhere")
    assert found[0] == [(start, start + len(stands))]
