"""The words of English that come with the package."""

from __future__ import annotations

from i18n_pipeline.pipeline.lexicon import english, rare_english


def test_words_are_there_and_the_licence_is_not_among_them() -> None:
    words = english()
    assert len(words) > 60_000
    assert {"casual", "causal", "affect", "effect", "trained"} <= words
    assert {"map", "pip", "us"} <= words
    assert not {"traned", "langauge", "perceptron"} & words
    assert all(word.isascii() and word.islower() and word.isalpha() for word in words)


def test_rare_words_are_others_and_no_slips() -> None:
    rare = rare_english()
    assert {"typology", "percept", "nutation"} <= rare
    assert not rare & english()
    assert not {"traned", "langauge", "occured", "recieve", "seperate"} & rare
    assert all(word.isascii() and word.islower() and word.isalpha() for word in rare)
