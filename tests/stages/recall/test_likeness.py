"""How alike two sources are: what letters say, and what they do not weigh."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from i18n_pipeline.stages.recall.likeness import likeness
from i18n_pipeline.stages.recall.wording import wording_of


def alike(new: str, old: str, locale: str = "en") -> int:
    return likeness(new, old, fuzz.ratio(wording_of(new), wording_of(old)), locale)


DENIED = [
    ("A model can answer this.", "A model cannot answer this."),
    ("The weights are not trained.", "The weights are trained."),
    ("It does not forget what it read.", "It doesn't forget, and never what it read."),
    ("It runs without a network.", "It runs with a network."),
    ("Nobody labels the examples.", "Somebody labels the examples."),
    ("Supervised learning needs labels.", "Unsupervised learning needs labels."),
    ("A linear layer comes first.", "A non-linear layer comes first."),
    ("The result is accurate enough.", "The result is inaccurate enough."),
    ("It needs at least 5 examples.", "It needs at most 5 examples."),
    ("It takes no more than 8 bits.", "It takes more than 8 bits."),
    ("Use it unless it is slow.", "Use it when it is slow."),
]


@pytest.mark.parametrize(("new", "old"), DENIED)
def test_what_one_text_denies_and_the_other_says_is_not_alike(new: str, old: str) -> None:
    assert fuzz.ratio(new, old) > 75
    assert alike(new, old) == alike(old, new) == 0


WEIGHTY = [
    ("It was released in 2023.", "It was released in 2021."),
    ("It has 1,000 layers of neurons.", "It has 10,000 layers of neurons."),
    ("It has two encoders side by side.", "It has three encoders side by side."),
    ("The second of them is the decoder.", "The first of them is the decoder."),
    ("It takes millions of examples.", "It takes billions of examples."),
    ("A higher temperature gives variety.", "A lower temperature gives variety."),
    ("The encoder reads the sentence.", "The decoder reads the sentence."),
    ("The loss increases with each step.", "The loss decreases with each step."),
]


@pytest.mark.parametrize(("new", "old"), WEIGHTY)
def test_a_number_or_an_opposite_makes_nearly_the_same_less_alike(new: str, old: str) -> None:
    letters = int(fuzz.ratio(new, old))
    assert letters >= 85
    assert alike(new, old) == alike(old, new) == letters - 15


HARMLESS = [
    ("Only few weights are trained.", "Only a few weights are trained."),
    ("It isn't a model that one trains.", "It is not a model that one trains."),
    ("A model reads tokens, then words.", "A model reads tokens and then words."),
    ("In 2021 it was called LoRA.", "In 2021, it was called LoRA."),
    ("It has 4,096 rows in all.", "It has 4096 rows in all."),
]


@pytest.mark.parametrize(("new", "old"), HARMLESS)
def test_other_differences_weigh_as_much_as_their_letters(new: str, old: str) -> None:
    assert alike(new, old) == int(fuzz.ratio(new, old)) > 75


def test_a_link_that_leads_elsewhere_takes_one_percent_away_whatever_numbers_are_in_it() -> None:
    new = "See [the paper](https://arxiv.org/abs/2305.14314) for more."
    old = "See [the paper](https://arxiv.org/abs/2106.09685) for more."
    assert alike(new, old) == 99


def test_the_same_text_is_all_alike() -> None:
    assert alike("It is not 5.", "It is not 5.") == 100


def test_other_source_languages_have_their_own_words_of_denial() -> None:
    assert alike("Das Modell lernt nicht daraus.", "Das Modell lernt daraus.", "de") == 0
    assert alike("モデルは学習しない。", "モデルは学習する。", "ja") == 0
    assert alike("Das Modell lernt viel daraus.", "Das Modell lernt daraus.", "de") > 75
