"""What verdicts are known by: what they depend on, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks import Subject, check
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.pipeline.verdicts import _key

REWRITES: tuple[dict[str, str], ...] = (
    {"/glossary/{slug}": "/{locale}/glossary/{slug}"},
    {"/{slug}.html": "/{locale}/{slug}.html"},
    {"https://e.org/{slug}/": "https://{locale}.e.org/{slug}/"},
    {"/{slug}": "/{locale}/{slug}"},
    {},
)
PIECES = (
    *("words", "a", "token", "[x](", "![i](", ")", " ", "[x][r]", "[r]", "<", ">", "`", '"', "\n"),
    *("/glossary/a", "/ja/glossary/token", "/glossary/a?x", "/glossary/a#x", "%2Fglossary%2Fa"),
    *("&#47;glossary&#47;a", "\\/glossary\\/a", "/glossary/&#97;", "/a", "/a.html", "/ja/a"),
    *("https://e.org/a/", "https&#58;//e.org/token/", "https\\://e.org/a/", "www.e.org/a"),
    *("mail@e.org", "{{ x }}"),
)
DEFINITIONS = ("", "[r]: </glossary/a>", "[r]: </a>")
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
slugs = st.frozensets(st.sampled_from(["a", "token", "other"]))


def subject(addresses: Addresses, source: str, target: str, definitions: str = "") -> Subject:
    segment = Segment("body", Kind.PARAGRAPH, source, True, definitions=definitions)
    unit = Unit("llm/body", source, target, path="terms/en/llm.md")
    return Subject(unit, segment, "ja", DEFAULT_EXTENSIONS, addresses)


@given(
    st.tuples(texts, texts, st.sampled_from(DEFINITIONS)), st.sampled_from(REWRITES), slugs, slugs
)
def test_texts_of_one_key_have_one_verdict_whatever_terms_there_are(
    said: tuple[str, str, str],
    rewrite: dict[str, str],
    then: frozenset[str],
    now: frozenset[str],
) -> None:
    one, other = (
        subject(Addresses(rewrite, "source", (), "ja", known), *said) for known in (then, now)
    )
    if _key(one) == _key(other):
        assert check(one) == check(other)


@pytest.mark.parametrize(
    ("target", "depends"),
    [
        ("Only words: 10/12, https://elsewhere.org/a.", False),
        ("[a link](https://elsewhere.org/glossary) elsewhere", False),
        ("[a link](/glossary/a) to a term", True),
        ("[a link](&#47;glossary/a) to a term", True),
        ("/glossary/a", True),
    ],
)
def test_a_new_term_concerns_texts_that_may_lead_to_terms(target: str, *, depends: bool) -> None:
    keys = {
        _key(subject(Addresses(REWRITES[0], "source", (), "ja", known), "Words.", target))
        for known in (frozenset({"a"}), frozenset({"a", "b"}))
    }
    assert len(keys) == 1 + depends
