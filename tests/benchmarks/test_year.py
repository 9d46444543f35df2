from itertools import pairwise

import pytest

from benchmarks.corpus import RULES, new_terms, own_terms
from benchmarks.variation import stock_of
from benchmarks.year import Day, year
from i18n_pipeline.formats.term_file import read_term

DAYS = 60


def a_year(seed: int = 0) -> list[Day]:
    made = [(f"terms/en/{slug}.md", text) for slug, text in new_terms(own_terms(), 14)]
    own = [read_term(data, RULES, slug, "en") for slug, data in sorted(own_terms().items())]
    stock = stock_of(segment for file in own for segment in file.segments)
    return list(year(dict(made[:10]), made[10:], stock, DAYS, seed))


@pytest.fixture(scope="module")
def days() -> list[Day]:
    return a_year()


def test_the_same_seed_gives_the_same_year_and_another_seed_another(days: list[Day]) -> None:
    assert a_year() == days
    assert a_year(1) != days


def test_a_year_begins_as_given_and_nearly_every_day_changes_something(days: list[Day]) -> None:
    assert [day.name for day in days] == [str(number) for number in range(DAYS + 1)]
    changed = sum(old.files != new.files for old, new in pairwise(days))
    assert changed > DAYS * 3 // 4
    assert max(len(day.files) for day in days) > len(days[0].files) == 10


def test_whatever_authors_do_every_file_can_be_read(days: list[Day]) -> None:
    for day in days:
        for path, data in day.files.items():
            slug = path.rpartition("/")[2].removesuffix(".md")
            assert read_term(data, RULES, slug, "en").name
