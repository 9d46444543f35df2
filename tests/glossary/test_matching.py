from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.glossary import Entry, Glossary, Status, merged
from i18n_pipeline.glossary.matching import may_occur
from i18n_pipeline.markdown import inline_tokens

TERMS = (
    "token",
    "prompt",
    "prompt engineering",
    "fine-tuning",
    "language model",
    "large language model",
    "LLM",
    "C++",
    "Node.js",
    "CI/CD",
    "memory",
    "batch",
    "hypothesis",
    "naïve Bayes",
)


def glossary(*sources: str, keep: tuple[str, ...] = ()) -> Glossary:
    return Glossary(tuple(Entry(source, f"<{source}>") for source in sources), keep)


def occurring(text: str, terms: Glossary) -> list[str]:
    return [entry.source for entry in terms.occurring(text, inline_tokens(text))]


def kept(text: str, terms: Glossary) -> list[str]:
    return [text[start:end] for start, end in terms.kept_spans(text, inline_tokens(text))]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A token, a Token and TOKENS.", ["token"]),
        ("tokenizer, subtoken, token_x, étoken", []),
        ("token's (token)-“token”", ["token"]),
        ("Prompt engineering is no prompt", ["prompt engineering", "prompt"]),
        ("Fine tuning and Fine\u2011Tuning and fine -  tuning", ["fine-tuning"]),
        ("finetuning", []),
        ("Large language models, language models", ["large language model", "language model"]),
        ("LLMs and LLM; llm, Llm", ["LLM"]),
        ("llm", []),
        ("C++ but C and c++", ["C++"]),
        ("Node.js, not Node js", ["Node.js"]),
        ("Node. js", []),
        ("CI/CD", ["CI/CD"]),
        ("memories, batches, hypotheses", ["memory", "batch", "hypothesis"]),
        ("Naïve Bayes", ["naïve Bayes"]),
        ("`token` <b token> {{ token }} https://x.example/token [x](/token 'token')", []),
        ("[token](/x) **token** *prompt*-engineering", ["token", "prompt"]),
        ("[LLM](/x)s", ["LLM"]),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words(text: str, terms: list[str]) -> None:
    assert occurring(text, glossary(*TERMS)) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("大規模言語モデルのトークンです", ["大規模言語モデル", "トークン"]),
        ("言語モデル", ["言語モデル"]),
        ("โทเค็นของแบบจำลอง", ["แบบจำลอง"]),
        ("LLMのRAG構成", ["RAG"]),
    ],
)
def test_scripts_without_spaces_are_matched_inside_the_text(text: str, terms: list[str]) -> None:
    there = glossary("言語モデル", "大規模言語モデル", "トークン", "แบบจำลอง", "RAG")
    assert occurring(text, there) == terms


def test_marks_of_indic_scripts_belong_to_their_letters() -> None:
    assert occurring("हिंदी भाषा", glossary("हिंदी")) == ["हिंदी"]
    assert occurring("हिंदी", glossary("ह", "द")) == []


def test_a_letter_that_is_two_when_its_case_is_folded_is_found() -> None:
    glossary = merged([Entry("İşlem", "process")], source_locale="tr")
    assert [one.source for one in glossary.occurring("Her İşlem yeni.", ())] == ["İşlem"]


def test_case_counts_where_the_entry_says_so() -> None:
    there = Glossary((Entry("Go", "Go", case_sensitive=True),))
    assert occurring("go on, GO", there) == []
    assert occurring("write Go", there) == ["Go"]


def test_all_renderings_of_a_term_are_given() -> None:
    entries = (
        Entry("token", "Token"),
        Entry("token", "Marke", Status.DEPRECATED),
        Entry("Token", "Jeton", Status.ADMITTED),
    )
    assert Glossary(entries).occurring("a token", ()) == entries


def test_names_to_keep_match_as_they_are_written() -> None:
    there = glossary("LoRA adapter", keep=("LoRA", "Go", "T5", "Attention Is All You Need"))
    text = "Go on: go, LoRA, lora, T5, T5s, `T5`, “Attention Is All You Need”"
    assert kept(text, there) == ["Go", "LoRA", "T5", "Attention Is All You Need"]


def test_a_name_that_is_part_of_a_longer_term_is_not_kept() -> None:
    there = glossary("LoRA adapter", "all", keep=("LoRA", "Attention Is All You Need"))
    assert kept("LoRA adapters and LoRA", there) == ["LoRA"]
    assert occurring("Attention Is All You Need, all", there) == ["all"]
    assert occurring("Attention Is All You Need", there) == []


def test_of_three_sources_the_first_wins() -> None:
    there = merged(
        [
            Entry("fine-tuning", "Feinabstimmung"),
            Entry("prompt", "Eingabe", Status.DEPRECATED),
        ],
        [
            Entry("Fine-Tuning", "Feintuning"),
            Entry("Token", "Token"),
            Entry("Prompt", "Prompt"),
            Entry("LLM", ""),
        ],
        ["Token", "prompt", "LLM", "fine-tuning", "Prompt"],
    )
    assert [(entry.source, entry.target) for entry in there.entries] == [
        ("fine-tuning", "Feinabstimmung"),
        ("prompt", "Eingabe"),
        ("Token", "Token"),
        ("Prompt", "Prompt"),
    ]
    assert there.keep == ("Token", "LLM", "Prompt")


def test_pairs_are_the_preferred_ones_sorted_and_each_source_once() -> None:
    there = Glossary(
        (
            Entry("b", "1"),
            Entry("a", "2", Status.ADMITTED),
            Entry("a", "3"),
            Entry("b", "4", pos="verb"),
            Entry("c", "5", Status.DEPRECATED),
        )
    )
    assert there.pairs() == (("a", "3"), ("b", "1"))


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary().occurring("token", ()) == ()
    assert Glossary().kept_spans("token", ()) == ()
    assert occurring("- ‐", glossary("-")) == []


@given(
    st.lists(st.text("ab C-.é言葉", min_size=1, max_size=8), max_size=8),
    st.text("ab C-.é言葉*`[]()", max_size=40),
)
def test_found_places_are_ordered_and_disjoint(names: list[str], text: str) -> None:
    spans = Glossary(keep=tuple(names)).kept_spans(text, inline_tokens(text))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)


@given(
    st.text("ab C-.é言葉", min_size=1, max_size=8).map(str.strip).filter(lambda s: s.strip("- "))
)
def test_a_term_is_found_in_itself(term: str) -> None:
    assert term in [entry.source for entry in glossary(term).occurring(f"({term})", ())]


@pytest.mark.parametrize(
    ("source", "piece", "may"),
    [
        ("language model", "two language models", True),
        ("memory", "of memories", True),
        ("LLM", "an llm", True),
        ("language model", "a model", False),
        ("C++", "a C", False),
    ],
)
def test_a_term_may_occur_in_a_piece_that_has_all_its_words(
    source: str, piece: str, may: bool
) -> None:
    assert may_occur(Entry(source, "x"), piece) is may


def test_places_have_the_rendering_that_is_preferred() -> None:
    entries = (
        Entry("token", "印", Status.DEPRECATED),
        Entry("token", "トークン"),
        Entry("prompt", "促し", Status.DEPRECATED),
    )
    text = "A token of a prompt."
    assert Glossary(entries).renderings(text, inline_tokens(text)) == {(2, 7): "トークン"}
