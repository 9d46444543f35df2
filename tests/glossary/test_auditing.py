from __future__ import annotations

from collections.abc import Iterable

import pytest

from i18n_pipeline.glossary import Entry, Glossary, Sighting, Status
from i18n_pipeline.glossary.auditing import Evidence, Fault, audit
from i18n_pipeline.glossary.usage import Text, uses_of
from i18n_pipeline.model import Unit

NAME = Entry("Token", "詞元", slug="token")


def findings(
    *entries: Entry,
    names: tuple[Entry, ...] = (),
    keep: tuple[str, ...] = (),
    texts: Iterable[Text] = (),
    links: tuple[Sighting, ...] = (),
) -> list[tuple[str, str, str]]:
    glossary = Glossary(entries)
    uses = uses_of(glossary, texts, "ja")
    evidence = Evidence(glossary, "ja", names, keep, uses, links)
    return [(str(one.fault), one.source, one.message) for one in audit(evidence)]


def text(slug: str, source: str, target: str) -> Text:
    return Text(Unit(f"{slug}/body", source, target, reviewed=True), (), target)


def link(slug: str, words: str, said: str, context: str = "llm/body") -> Sighting:
    return Sighting(slug, words, said, Unit(context, "", ""))


def test_a_glossary_and_a_page_that_contradict_each_other() -> None:
    assert findings(Entry("token", "トークン"), names=(NAME,)) == [
        ("contradiction", "Token", "is `トークン` in the glossary, and its page is called `詞元`")
    ]
    assert findings(Entry("token", "トークン", forms=("詞元",)), names=(NAME,)) == []


def test_a_name_to_keep_that_has_a_rendering() -> None:
    assert findings(Entry("LoRA", "ローラ"), keep=("LoRA",)) == [
        ("contradiction", "LoRA", "is `ローラ` here, and a name to keep in every locale")
    ]
    assert findings(Entry("LoRA", "LoRA"), keep=("LoRA",)) == []


def test_a_rendering_both_accepted_and_refused() -> None:
    entries = (
        Entry("token", "トークン", forms=("トークン数",)),
        Entry("token", "トークン数", Status.DEPRECATED),
    )
    assert findings(*entries) == [
        ("contradiction", "token", "`トークン数` is both accepted and deprecated")
    ]


@pytest.mark.parametrize(
    ("pairs", "circle"),
    [
        ([("model", "Muster"), ("Muster", "model")], "model → Muster → model"),
        ([("a", "b"), ("b", "c"), ("c", "A")], "a → b → c → a"),
        ([("a", "b"), ("b", "c")], ""),
        ([("a", "a")], ""),
    ],
)
def test_terms_that_are_renderings_of_each_other(pairs: list[tuple[str, str]], circle: str) -> None:
    found = findings(*(Entry(source, target) for source, target in pairs))
    assert [message for fault, _, message in found if fault == "cycle"] == (
        [f"goes round in a circle: {circle}"] if circle else []
    )


def test_sources_that_differ_in_case_alone() -> None:
    assert findings(Entry("Token", "記号"), Entry("token", "トークン")) == [
        (
            "case",
            "Token",
            "differs from another in case alone: `Token` is `記号`, `token` is `トークン`",
        )
    ]
    exact = Entry("Token", "記号", case_sensitive=True)
    assert findings(exact, Entry("token", "トークン")) == []


def test_a_rendering_that_nobody_uses() -> None:
    texts = [text("llm", "Two tokens", "二つの詞元"), text("rag", "A token", "詞元")]
    assert findings(Entry("token", "トークン"), texts=texts) == [
        ("unused", "token", "`トークン` is never used for it: llm/body, rag/body")
    ]
    texts.append(text("gpu", "A token", "トークン"))
    assert findings(Entry("token", "トークン"), texts=texts) == []


def test_one_rendering_of_two_terms() -> None:
    assert findings(Entry("weight", "重み"), Entry("parameter", "重み")) == [
        ("same-target", "weight", "`重み` is the rendering of `parameter` too")
    ]
    one = (Entry("A (B)", "甲", slug="a"), Entry("A", "甲", slug="a"))
    assert findings(*one) == []


def test_what_links_call_a_term_is_counted() -> None:
    links = (
        link("token", "トークン", "tokens"),
        link("token", "詞元", "token"),
        link("token", "トークンの数", "token"),
        link("token", "数える", "counts"),
    )
    assert findings(Entry("token", "トークン", slug="token"), links=links) == [
        ("renderings", "token", "links say `トークン` 2, `詞元` 1")
    ]


def test_a_term_that_is_refused_is_not_missed_and_what_links_agree_on_is_not_told() -> None:
    refused = Entry("token", "印", Status.DEPRECATED)
    assert findings(refused, texts=[text("llm", "a token", "記号")]) == []
    agreed = (link("token", "詞元", "token"), link("token", "詞元", "token", "rag/body"))
    assert findings(NAME, links=agreed) == []


def test_what_cannot_be_meant_is_an_error_and_what_may_be_is_none() -> None:
    assert {one for one in Fault if one.is_error} == {Fault.CONTRADICTION, Fault.CYCLE}
