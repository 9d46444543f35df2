"""In which order money is spent."""

from __future__ import annotations

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.spending import by_slug, fairly, in_order, links_to, matches
from i18n_pipeline.stages.term import Term


def term(slug: str, body: str = "", related: str = "") -> Term:
    text = f"---\nterm: {slug}\nslug: {slug}\nlang: en\nrelated: [{related}]\n---\n\n{body}\n"
    file = read_term(text.encode(), Rules(Fields()), slug, "en")
    return Term(slug, f"terms/en/{slug}.md", "", file)


TERMS = (term("a"), term("b", "[a](/t/a) and [b](/t/b)"), term("c", "[a](/t/a)", "b, a"), term("d"))


def slug_of(destination: str) -> str | None:
    return destination.removeprefix("/t/") or None


def test_a_term_counts_every_other_term_that_leads_to_it_once() -> None:
    assert links_to(TERMS, Fields(), slug_of, DEFAULT_EXTENSIONS) == {"a": 2, "b": 1}


def test_named_terms_come_first_then_live_pages_then_the_most_linked() -> None:
    linked = links_to(TERMS, Fields(), slug_of, DEFAULT_EXTENSIONS)

    def order(named: tuple[str, ...] = (), live: frozenset[str] = frozenset()) -> list[str]:
        return [one.slug for one in in_order(TERMS, named, live, linked)]

    assert order() == ["a", "b", "c", "d"]
    assert order(live=frozenset("d")) == ["d", "a", "b", "c"]
    assert order(named=("c", "*"), live=frozenset("d")) == ["c", "d", "a", "b"]


def test_patterns_name_slugs_as_shells_name_files() -> None:
    assert matches("basics/token", ("lora", "basics/*"))
    assert not matches("Lora", ("lora",))


def test_every_queue_has_its_turn_until_all_are_empty() -> None:
    assert list(fairly([[1, 2, 3], [], [4], iter([5, 6])])) == [1, 4, 5, 2, 6, 3]


def test_units_are_grouped_by_their_term_and_vocabulary_by_none() -> None:
    units = [Unit("a/term", "A"), Unit("category", "X"), Unit("a/body", "B")]
    assert by_slug(units) == {"a": [units[0], units[2]], "": [units[1]]}
