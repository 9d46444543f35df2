from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.glossary import Entry, Glossary, Learned, Rendered, Status, merged, sightings
from i18n_pipeline.model import Unit


def slug_of(destination: str) -> str | None:
    slug = destination.strip("/").rpartition("/")[2]
    return slug if slug in ("token", "node") else None


def unit(slug: str, source: str, target: str, *, reviewed: bool = True) -> Unit:
    return Unit(f"{slug}/body", source, target, reviewed=reviewed)


UNITS = (
    unit("llm", "[nodes](/node) and [tokens](/token)", "[узлами](/ru/node/) и [токены](/token)"),
    unit("rag", "A [node](/node)", "[**узел**](/node 'x'), ![узлы](/node), [да](/yes)"),
    unit("gpu", "A [node](/node)", "[узлов](/node)", reviewed=False),
    unit("cpu", "A [node](/node)", "узел"),
)


def test_links_say_what_a_term_is_called() -> None:
    seen = [(one.slug, one.words, one.said, one.unit.slug) for one in sightings(UNITS, slug_of)]
    assert seen == [
        ("node", "узлами", "nodes", "llm"),
        ("token", "токены", "tokens", "llm"),
        ("node", "узел", "node", "rag"),
    ]


def test_of_links_that_the_translation_has_more_of_the_source_says_what_all_of_its_own_say() -> (
    None
):
    same = unit(
        "llm", "[Node](/node), [node](/node)", "[узел](/node), [узла](/node), [узлы](/node)"
    )
    other = unit("llm", "[node](/node), [nodes](/node)", "[узел](/node)")
    seen = [(one.words, one.said) for one in sightings((same, other), slug_of)]
    assert seen == [("узел", "Node"), ("узла", "Node"), ("узлы", "Node"), ("узел", "")]


def test_nobody_bears_witness_for_himself() -> None:
    learned = Learned.of(sightings(UNITS, slug_of))
    assert learned.renderings("node", beside="llm") == ("узел",)
    assert learned.renderings("node", beside="rag") == ("узлами",)
    assert learned.renderings("node", beside="other") == ("узел", "узлами")
    assert learned.renderings("nothing", beside="") == ()


def test_a_term_may_be_called_what_the_glossary_says_then_what_was_learned() -> None:
    learned = Learned.of(sightings(UNITS, slug_of))
    entry = Entry("Virtual Node", "Виртуальный узел", forms=("ВУзел",), slug="node")
    glossary = Glossary((entry,), learned=learned)
    assert [*glossary.spellings((entry,), beside="rag")] == [
        "Виртуальный узел",
        "ВУзел",
        "узлами",
        "VN",
        "ВУ",
    ]


def test_both_parts_of_a_name_are_names() -> None:
    names = (
        Entry("Continuous Integration (CI)", "Integración Continua (CI)", slug="ci"),
        Entry("Observability", "オブザーバビリティ(可観測性)", slug="observability"),
        Entry("Transformer (model)", "Transformador (modelo)", slug="transformer"),
    )
    assert [(one.source, one.target, one.forms) for one in merged((), names).entries] == [
        ("Continuous Integration (CI)", "Integración Continua (CI)", ()),
        ("Continuous Integration", "Integración Continua", ()),
        ("CI", "CI", ()),
        (
            "Observability",
            "オブザーバビリティ",
            ("オブザーバビリティ(可観測性)", "可観測性"),
        ),
        ("Transformer (model)", "Transformador (modelo)", ()),
        ("Transformer", "Transformador", ()),
    ]


def test_a_listed_entry_has_the_sense_of_the_term_it_names() -> None:
    name = Entry("Token", "トークン", slug="token", category="Basics", definition="A piece.")
    listed = merged([Entry("token", "詞元")], [name]).entries
    assert [(e.target, e.slug, e.category, e.definition) for e in listed] == [
        ("詞元", "token", "Basics", "A piece."),
    ]


FILES = ("llm", "rag", "gpu", "")  # vocabulary is in no file
SEVERAL = "\n"
WORDS = ("Token", "Tokens", "Basistoken", "Zeichen", "KI", "ki token")
LINKS = st.lists(
    st.tuples(st.sampled_from(["token", "node"]), st.sampled_from(WORDS), st.sampled_from(FILES)),
    max_size=8,
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        source=st.just("token"),
        target=st.sampled_from(WORDS),
        status=st.sampled_from(Status),
        forms=st.lists(st.sampled_from(WORDS), max_size=1).map(tuple),
        slug=st.sampled_from(["token", "node", ""]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
TEXTS = st.lists(st.sampled_from([*WORDS, "Ski", " ", "-"]), max_size=4).map("".join)


@given(ENTRIES, LINKS, TEXTS, st.sampled_from([*FILES, "new"]))
def test_the_evidence_is_all_that_a_verdict_depends_on(
    entries: tuple[Entry, ...], links: list[tuple[str, str, str]], text: str, slug: str
) -> None:
    whole = Glossary(entries, learned=Learned.of_links(links))
    others = ("one", "two")
    told = [
        (to, words, file)
        for to, words, where in whole.evidence
        for file in (others if where == SEVERAL else [where])
    ]
    less = replace(whole, learned=Learned.of_links(told))
    rendered = Rendered(text, "de")
    for some in (entries[:1], entries):
        uses = [rendered.uses_any(one.spellings(some, beside=slug)) for one in (whole, less)]
        assert uses[0] == uses[1]


def test_links_that_say_what_the_terms_entry_says_are_no_evidence() -> None:
    links = [("node", "Knoten", "llm"), ("node", "Punkt", "llm"), ("node", "Punkt", "rag")]
    entries = (Entry("node", "Knoten", slug="node"),)
    assert Glossary(entries, learned=Learned.of_links(links)).evidence == (
        ("node", "punkt", SEVERAL),
    )
    assert not Glossary(learned=Learned.of_links(links)).evidence
    alone = Learned.of_links(links[:2])
    assert Glossary(entries, learned=alone).evidence == (("node", "punkt", "llm"),)
