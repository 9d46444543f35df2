from __future__ import annotations

from i18n_pipeline.glossary import Entry, Glossary, Sighting
from i18n_pipeline.glossary.suggesting import Seen, suggest
from i18n_pipeline.glossary.usage import Text, uses_of
from i18n_pipeline.model import Unit

CONTEXTS = ("llm/body", "rag/body", "tpu/body")
TOKEN = Entry("token", "トークン", slug="token")


def proposals(seen: Seen) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    found = suggest(seen)
    return [(one.source, one.target, one.words, str(one.why), one.places) for one in found]


def link(words: str, said: str, context: str) -> Sighting:
    return Sighting("token", words, said, Unit(context, "", ""))


def text(slug: str, source: str, target: str) -> Text:
    return Text(Unit(f"{slug}/body", source, target, reviewed=True), (), target)


def test_links_propose_forms_of_the_term_and_entries_for_other_words() -> None:
    links = (
        link("詞元", "tokens", "llm/body"),
        link("トークン", "tokens", "rag/body"),
        link("断片", "pieces", "gpu/body"),
        link("断片", "Pieces", "cpu/body"),
        link("欠片", "shards", "cpu/body"),
    )
    assert proposals(Seen(Glossary((TOKEN,)), "ja", links=links)) == [
        ("pieces", "", "断片", "links", ("gpu/body", "cpu/body")),
        ("token", "トークン", "詞元", "links", ("llm/body",)),
    ]


def test_keywords_propose_other_spellings_of_the_name() -> None:
    entry = Entry("fine-tuning", "Fine-Tuning", slug="fine-tuning")
    unit = Unit("fine-tuning/keywords", "", "Finetuning\nFine-Tuning\nTraining", reviewed=True)
    assert proposals(Seen(Glossary((entry,)), "de", keywords=(unit,))) == [
        ("fine-tuning", "Fine-Tuning", "Finetuning", "keywords", ("fine-tuning/keywords",))
    ]


def test_what_stands_where_the_rendering_does_not_is_proposed() -> None:
    glossary = Glossary((Entry("base model", "Basismodell"),))
    texts = (
        text("llm", "A base model is large.", "Ein Grundmodell ist groß."),
        text("rag", "Base models answer.", "Die Grundmodelle antworten."),
        text("tpu", "It is a base model.", "Es ist ein Grundmodell."),
        text("gpu", "It is large.", "Es ist groß."),
        text("cpu", "A base model.", "Ein Basismodell."),
    )
    uses = uses_of(glossary, texts, "de")
    assert proposals(Seen(glossary, "de", texts=texts, uses=uses)) == [
        ("base model", "Basismodell", "Grundmodell", "left standing", CONTEXTS)
    ]


def test_runs_of_one_script_are_words_where_nothing_parts_them() -> None:
    glossary = Glossary((TOKEN,))
    texts = (
        text("llm", "A token is short.", "詞元は短い。"),
        text("rag", "Tokens are cheap.", "これらの詞元は安い。"),
        text("tpu", "Two tokens.", "二つの詞元。"),
        text("gpu", "It is short.", "それは短い。"),
    )
    uses = uses_of(glossary, texts, "ja")
    assert [one.words for one in suggest(Seen(glossary, "ja", texts=texts, uses=uses))] == ["詞元"]


def test_words_that_have_something_of_the_term_need_fewer_witnesses() -> None:
    glossary = Glossary((Entry("cloud app", "Cloud-Applikation"),))
    texts = (
        text("llm", "A cloud app.", "Somit eine Cloud-Anwendung."),
        text("rag", "Cloud apps.", "Cloud-Anwendungen somit."),
    )
    uses = uses_of(glossary, texts, "de")
    found = suggest(Seen(glossary, "de", texts=texts, uses=uses))
    assert [one.words for one in found] == ["Cloud-Anwendung"]


def test_one_witness_is_none() -> None:
    glossary = Glossary((TOKEN,))
    texts = (text("llm", "Tokens of a token.", "詞元の詞元。"),)
    uses = uses_of(glossary, texts, "ja")
    assert suggest(Seen(glossary, "ja", texts=texts, uses=uses)) == ()


def test_a_link_whose_words_hold_another_term_teaches_nothing() -> None:
    other = Glossary((Entry("piece", "断片"), TOKEN))
    links = tuple(link("断片", "small pieces", context) for context in CONTEXTS)
    assert proposals(Seen(other, "ja", links=links)) == []
