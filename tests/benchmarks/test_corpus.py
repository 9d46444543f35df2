from pathlib import Path

import pytest

from benchmarks.corpus import RULES, make_site, new_terms, own_terms, size_of
from i18n_pipeline.formats.term_file import read_term
from tests.stubs.site import Site

COUNT = 120


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(new_terms(own_terms(), COUNT))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(made: dict[str, bytes]) -> None:
    assert dict(new_terms(own_terms(), COUNT)) == made
    assert dict(new_terms(own_terms(), COUNT, seed=1)) != made


def test_every_term_can_be_read_under_its_own_slug_and_name(made: dict[str, bytes]) -> None:
    terms = [read_term(data, RULES, slug, "en") for slug, data in made.items()]
    assert len(terms) == COUNT
    assert len({term.name for term in terms}) == COUNT
    assert not any(term.skipped or term.notices for term in terms)


def test_a_term_keeps_the_build_of_the_one_it_is_made_from(made: dict[str, bytes]) -> None:
    own = [read_term(data, RULES, slug, "en") for slug, data in sorted(own_terms().items())]
    for number, (slug, data) in enumerate(made.items()):
        base = own[number % len(own)]
        term = read_term(data, RULES, slug, "en")
        assert [segment.kind for segment in term.segments] == [
            segment.kind for segment in base.segments
        ]


def test_every_link_leads_to_a_term_of_the_site(made: dict[str, bytes]) -> None:
    for slug, data in made.items():
        term = read_term(data, RULES, slug, "en")
        linked = {part.partition(")")[0] for part in data.decode().split("](/glossary/")[1:]}
        assert linked | set(term.list_items("related")) <= set(made)


def test_texts_are_varied_and_not_copies(tmp_path: Path) -> None:
    make_site(tmp_path / "site", COUNT)
    size = size_of(tmp_path / "site")
    assert size.terms == COUNT
    assert size.segments > 10 * COUNT
    assert size.share > 0.8


def test_a_site_is_translated_and_built_without_a_word_of_complaint(tmp_path: Path) -> None:
    make_site(tmp_path / "site", 12)
    ran = Site(tmp_path / "site").report("sync", "--provider", "pseudo")
    assert ran.code == 0
    assert not ran.errors
    assert not ran.locale()["issues"]
    assert ran.locale()["terms"]["built"] == 12


def test_names_do_not_run_out() -> None:
    few = b"---\nterm: A\nslug: a\nlang: en\ndefinition: Cats sleep.\n---\n\nCats sleep.\n"
    assert list(dict(new_terms({"a": few}, 3))) == ["sleep-sleep", "sleep-sleep-2", "sleep-sleep-3"]
