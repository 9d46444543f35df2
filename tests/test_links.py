from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from i18n_pipeline.links import (
    LONGEST,
    Addresses,
    changed_destination,
    scripted,
    with_destinations,
)
from i18n_pipeline.markdown import inline_tokens

SLUGS = frozenset({"token", "tokenizer", "llm", "deep/nested"})


def addresses(
    rewrite: dict[str, str], missing: str = "source", allow: tuple[str, ...] = ()
) -> Addresses:
    return Addresses(rewrite, missing, allow, "ja", SLUGS)


class Case(NamedTuple):
    rewrite: dict[str, str]
    source: str
    locale: str


GLOSSARY = {"/glossary/{slug}": "/{locale}/glossary/{slug}"}
BARE = {"/{slug}/": "/{locale}/{slug}/"}
HOST = {"https://x.example/{slug}.html": "https://{locale}.x.example/t/{slug}"}


@pytest.mark.parametrize(
    "case",
    [
        Case(GLOSSARY, "/glossary/token", "/ja/glossary/token"),
        Case(GLOSSARY, "/glossary/token/", "/ja/glossary/token/"),
        Case(GLOSSARY, "/glossary/token#a/b?c", "/ja/glossary/token#a/b?c"),
        Case(GLOSSARY, "/glossary/token/?a=/glossary/llm", "/ja/glossary/token/?a=/glossary/llm"),
        Case(GLOSSARY, "/glossary/tokenizer", "/ja/glossary/tokenizer"),
        Case(GLOSSARY, "/glossary/deep/nested", "/ja/glossary/deep/nested"),
        Case(BARE, "/token/", "/ja/token/"),
        Case(BARE, "/token", "/ja/token"),
        Case(HOST, "https://x.example/token.html#a", "https://ja.x.example/t/token#a"),
        Case({**GLOSSARY, **BARE}, "/token/", "/ja/token/"),
        Case({"../{slug}.md": "../{slug}.{locale}.md"}, "../token.md", "../token.ja.md"),
    ],
)
def test_a_link_to_a_term_is_rewritten_and_read_back(case: Case) -> None:
    ours = addresses(case.rewrite)
    assert ours.localized(case.source, SLUGS) == case.locale
    assert ours.canonical(case.locale) == case.source
    assert ours.slug_of(case.source) == ours.slug_of(case.locale)


@pytest.mark.parametrize(
    "destination",
    [
        "/glossary/tok",
        "/glossary/tokens",
        "/glossary/",
        "/glossary",
        "/glossary/Token",
        "/glossary/token/x",
        "/a/glossary/token",
        "https://y.example/glossary/token",
        "glossary/token",
        "",
        "#token",
    ],
)
def test_what_is_no_link_to_a_known_term_stays(destination: str) -> None:
    ours = addresses(GLOSSARY)
    assert ours.localized(destination, SLUGS) == destination
    assert ours.canonical(destination) == destination
    assert ours.slug_of(destination) is None


def test_a_term_that_the_locale_lacks_is_linked_by_policy() -> None:
    assert addresses(GLOSSARY).localized("/glossary/llm", {"token"}) == "/glossary/llm"
    rewrite = addresses(GLOSSARY, missing="rewrite")
    assert rewrite.localized("/glossary/llm", {"token"}) == "/ja/glossary/llm"


def test_a_rewriting_that_could_not_be_undone_is_not_done() -> None:
    ours = addresses({"/a/{slug}": "/{locale}/{slug}", "/b/{slug}": "/{locale}/{slug}"})
    assert ours.localized("/a/token", SLUGS) == "/ja/token"
    assert ours.localized("/b/token", SLUGS) == "/b/token"


PATHS = st.one_of(
    st.sampled_from(["/glossary/token", "/token/", "/glossary/llm", "/tok", "/ja/x", ""]),
    st.text("/tokenlm?#-.%a", max_size=12),
)
TAILS = st.sampled_from(["", "/", "#a", "?b=/token", "/?c#d", "//", "&", "ü"])


@given(PATHS, TAILS, st.sampled_from([GLOSSARY, BARE, HOST, {**BARE, **GLOSSARY}]))
def test_canonical_undoes_localized(path: str, tail: str, rewrite: dict[str, str]) -> None:
    ours = addresses(rewrite)
    destination = path + tail
    assume(ours.canonical(destination) == destination)
    assert ours.canonical(ours.localized(destination, SLUGS)) == destination


@pytest.mark.parametrize(
    ("pattern", "destination", "allowed"),
    [
        ("https://ja.wikipedia.org/*", "https://ja.wikipedia.org/wiki/X", True),
        ("https://*.wikipedia.org/*", "https://ja.wikipedia.org/wiki/X", True),
        ("https://*.wikipedia.org/*", "https://evil.example/.wikipedia.org/", False),
        ("https://*.wikipedia.org/*", "https://evil.example\\.wikipedia.org/", False),
        ("https://*.wikipedia.org/*", "https://evil.example?.wikipedia.org/", False),
        ("https://*.wikipedia.org/*", "https://ja.wikipedia.org@evil.example/", False),
        ("https://x.example/*", "https://x.example.evil.example/", False),
        ("https://x.example/*", "http://x.example/", False),
        ("/docs/*", "/docs/a/b", True),
        ("/docs/*", "//docs/a", False),
        ("*", "/docs/a", True),
        ("*", "//evil.example", False),
        ("*", "javascript:alert(1)", False),
        ("*", " JAVA\tSCRIPT:alert(1)", False),
        ("javascript:void*", "javascript:void(0)", True),
        ("mailto:*@x.example", "mailto:a@x.example", True),
    ],
)
def test_allowed_patterns_name_hosts_exactly(pattern: str, destination: str, allowed: bool) -> None:
    assert addresses({}, allow=(pattern,)).allowed(destination) is allowed


@pytest.mark.parametrize(
    ("destination", "scheme"),
    [
        ("javascript:x", "javascript:"),
        ("\x01 Java\u200bScript\n:x", "javascript:"),
        ("data:text/html,x", "data:"),
        ("https://javascript:x", ""),
        ("/javascript:x", ""),
    ],
)
def test_a_scheme_that_runs_code_is_seen_in_any_spelling(destination: str, scheme: str) -> None:
    assert scripted(destination) == scheme


def localized(text: str, definitions: str = "") -> str:
    ours = addresses({**GLOSSARY, **HOST})
    tokens = inline_tokens(text, definitions)
    return with_destinations(text, tokens, lambda one: ours.localized(one, SLUGS))


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a [b](/glossary/token) c", "a [b](/ja/glossary/token) c"),
        ("[漢](/glossary/token)字", "[漢](/ja/glossary/token)字"),
        ('[b]( </glossary/token> "t" )', '[b]( </ja/glossary/token> "t" )'),
        ("![b](/glossary/token)", "![b](/ja/glossary/token)"),
        ("[![b](/glossary/token)](/glossary/llm)", "[![b](/ja/glossary/token)](/ja/glossary/llm)"),
        ("[b](/glossary/token?a=1&amp;b#c\\_d)", "[b](/ja/glossary/token?a=1&amp;b#c\\_d)"),
        ("[b](/glossary/t&#111;ken)", "[b](/ja/glossary/token)"),
        ("[b](/glossary/tok\\*n) [b](/a&amp;b) [b](<c d>)", None),
        ("<https://x.example/token.html>", "<https://ja.x.example/t/token>"),
        ("https://x.example/token.html.", "https://ja.x.example/t/token."),
        ("`[b](/glossary/token)` \\[b](/glossary/token)", None),
        ("[b][c] /glossary/token", None),
        ("[b]()", None),
    ],
)
def test_only_destinations_change(text: str, changed: str | None) -> None:
    expected = text if changed is None else changed
    assert localized(text, "[c]: </glossary/token>") == expected


@pytest.mark.parametrize(
    ("raw", "wanted", "written"),
    [
        ("/a", "/b c", "</b c>"),
        ("/a", "/b)", "/b\\)"),
        ("/a", "/b(c)", "/b(c)"),
        ("/a", "", "<>"),
        ("/a", "/b\nc", "</b%0Ac>"),
        ("/a", "a&amp;b", "a\\&amp;b"),
        ("/a", "a\\", "a\\\\"),
        ("</a>", "/b>", "</b\\>>"),
        ("</a>", "/b", "</b>"),
    ],
)
def test_a_destination_is_written_as_markdown_needs_it(raw: str, wanted: str, written: str) -> None:
    assert changed_destination(raw, lambda _: wanted) == written


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=12))
def test_whatever_is_written_is_read_again(destination: str) -> None:
    for raw in ("/a", "</a>"):
        text = f"[x]({changed_destination(raw, lambda _: destination)})"
        (token, *_) = inline_tokens(text)
        assert token.destination == destination
        assert token.end == len(text)


LINKS = st.sampled_from(
    [
        "[a](/glossary/token)",
        "[b](</glossary/llm#x> 'y')",
        "![i](/glossary/token/?a&amp;b)",
        "<https://x.example/token.html>",
        "**「c」**d",
        "`[e](/glossary/token)`",
        "words 言葉",
        "[f](/other)",
        "](",
        "\\",
    ]
)


@given(st.lists(LINKS, max_size=5).map("".join))
def test_a_localized_text_is_read_back_as_it_was(text: str) -> None:
    ours = addresses({**GLOSSARY, **HOST})
    there = localized(text)
    assert with_destinations(there, inline_tokens(there), ours.canonical) == text


@pytest.mark.parametrize(
    ("destination", "moved"),
    [
        ("/glossary/token#top", "/glossary/piece#top"),
        ("/ja/glossary/token", "/ja/glossary/piece"),
        ("/glossary/tokenizer", "/glossary/tokenizer"),
        ("https://a.example/token", "https://a.example/token"),
    ],
)
def test_an_address_of_a_term_that_moves_leads_to_its_new_one(destination: str, moved: str) -> None:
    assert addresses(GLOSSARY).moved(destination, "token", "piece") == moved


ESCAPED = {"-": ["\\-", "&#45;", "&#x2d;"], "_": ["\\_"], "/": ["&#47;", "&sol;", "\\/"]}
FRAMES = (
    "See [it]({}).",
    'See [it]({} "A title").',
    "See [it](<{}>), and more.",
    "See ![it]({}) and/or others.",
    "See <{}> there.",
    "See {} there.",
    "[one](/a/b/c)[it]({})[two](/glossary/other)",
)


@given(
    st.sampled_from([GLOSSARY, BARE, HOST, {"{slug}.md": "{slug}.{locale}.md"}]),
    st.sampled_from(["fine-tuning", "a_b", "deep/nested", "x", "long" * 50]),
    st.sampled_from(FRAMES),
    st.data(),
)
def test_where_a_term_that_is_not_there_yet_would_be_linked_is_known(
    rewrite: dict[str, str], slug: str, frame: str, data: st.DataObject
) -> None:
    source, locale = next(iter(rewrite.items()))
    pattern = data.draw(st.sampled_from([source, locale.replace("{locale}", "ja")]))
    address = pattern.replace("{slug}", slug) + data.draw(st.sampled_from(["", "/", "#why", "?a"]))
    spelled = "".join(
        data.draw(st.sampled_from([mark, mark, *ESCAPED.get(mark, ())])) for mark in address
    )
    text = frame.format(spelled)
    with_it = Addresses(rewrite, "source", (), "ja", frozenset({slug}))
    found = {with_it.slug_of(token.destination) for token in inline_tokens(text)}
    before = addresses(rewrite)
    if slug in found:
        known = slug[:LONGEST]
        assert any(not one or one.startswith(known) for one in before.slugs_in(text))


def test_what_is_no_beginning_of_an_address_is_none_of_a_link() -> None:
    found = addresses(BARE).slugs_in("and/or, [it](/one/) https://x.example/two")
    assert [*found] == ["one/)", "/x.example/two"]
    assert not [*addresses(GLOSSARY).slugs_in("a glossary of terms/glossary/x")]
