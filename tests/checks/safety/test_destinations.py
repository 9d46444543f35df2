from __future__ import annotations

import pytest

from i18n_pipeline.checks.safety.destinations import DESTINATIONS
from tests.checks.subjects import found, subject

SOURCE = "See [tokens](/glossary/token#how), https://example.org/a and ![x](/i.png) or a@b.example."
REFUSED = "is neither in the source nor allowed by `[links] allow`"


@pytest.mark.parametrize(
    "target",
    [
        SOURCE,
        "[トークン](/glossary/token#how)",
        "[トークン](/ja/glossary/token#how)",
        "![図](/i.png)と[図](/i.png)",
        "https://example.org/aを参照してください。",
        "詳細はhttps://example.org/aで",
        "（https://example.org/a）を参照、https://example.org/aも",
        "連絡先はa@b.exampleまで。",
        "`https://evil.example` はコードです",
        "JavaScript: 言語です。データ: 数値です。",
    ],
)
def test_destinations_of_the_source_may_stand_anywhere_in_the_target(target: str) -> None:
    assert found(DESTINATIONS, subject(SOURCE, target)) == []


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("[x](https://evil.example)", "https://evil.example"),
        ("[x](//evil.example)", "//evil.example"),
        ("[x](/glossary/token_x)", "/glossary/token_x"),
        ("[x](<https://evil.example/a b>)", "https://evil.example/a b"),
        ("<https://evil.example>", "https://evil.example"),
        ("www.evil.example", "www.evil.example"),
        ("詳細はhttps://evil.exampleで", "https://evil.exampleで"),
        ("HTTPS://EVIL.EXAMPLE", "HTTPS://EVIL.EXAMPLE"),
        ("ftp://evil.example/x", "ftp://evil.example/x"),
        ("https\\://evil.example", "https://evil.example"),
        ("https&#58;//evil.example", "https://evil.example"),
        ("https://example.org/aの．evil.example", "https://example.org/aの．evil.example"),
        ("https://example.org.evil.example", "https://example.org.evil.example"),
        ("https://example.orgｅvil.example/a", "https://example.orgｅvil.example/a"),
        ("https://example.org/aとhttps://evil.example", "https://evil.example"),
        ("[https://example.org/a](https://evil.example)", "https://evil.example"),
        ("mallory@evil.example", "mallory@evil.example"),
        ("[x](ｊavascript:alert)", "ｊavascript:alert"),
    ],
)
def test_a_destination_of_the_targets_own_is_refused(target: str, address: str) -> None:
    assert found(DESTINATIONS, subject(SOURCE, target)) == [f"`{address}` {REFUSED}"]


@pytest.mark.parametrize(
    "target",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x73;cript&colon;alert(1))",
        "[x](<java\u200bscript:alert(1)>)",
        "[x](&#1;javascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "javascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
    ],
)
def test_a_scheme_that_runs_code_is_named_even_where_everything_is_allowed(target: str) -> None:
    messages = found(DESTINATIONS, subject("Words.", target, allow=("*",)))
    assert messages
    assert all("runs code" in message for message in messages)


@pytest.mark.parametrize("address", ["/ja/glossary/llm", "/glossary/llm", "/glossary/llm#how"])
def test_translators_may_link_another_term_of_their_glossary(address: str) -> None:
    assert found(DESTINATIONS, subject(SOURCE, f"[x]({address})")) == []


@pytest.mark.parametrize("target", ["[x](/glossary/llm?x=1)", "![x](/glossary/llm)"])
def test_only_a_plain_link_to_a_term_is_free(target: str) -> None:
    assert len(found(DESTINATIONS, subject(SOURCE, target))) == 1


def test_what_the_configuration_allows_may_be_added() -> None:
    allow = ("https://*.wikipedia.org/wiki/*", "/glossary/*")
    for target in ("[x](https://ja.wikipedia.org/wiki/字句)", "[x](/ja/glossary/llm)"):
        assert found(DESTINATIONS, subject(SOURCE, target, allow=allow)) == []
    evil = "https://evil.example/.wikipedia.org/wiki/x"
    assert found(DESTINATIONS, subject(SOURCE, f"[x]({evil})", allow=allow)) == [
        f"`{evil}` {REFUSED}"
    ]


@pytest.mark.parametrize("address", ["https://evil.example/p.gif", "/glossary/token#how"])
def test_what_the_source_only_links_must_not_become_an_image(address: str) -> None:
    assert found(DESTINATIONS, subject(SOURCE, f"![x]({address})")) == [
        f"`{address}` is neither an image of the source nor allowed by `[links] allow`"
    ]


def test_plain_text_has_no_code_spans_to_hide_an_address_in() -> None:
    one = subject("A model.", "`https://evil.example`", markdown=False)
    assert found(DESTINATIONS, one) == [f"`https://evil.example` {REFUSED}"]


def test_a_reference_leads_where_the_source_defines_it() -> None:
    definitions = "[lab]: <https://example.org>"
    one = subject("[a][lab]", "[あ][lab]", definitions=definitions)
    assert found(DESTINATIONS, one) == []


def test_a_script_of_the_source_is_the_authors_business() -> None:
    assert found(DESTINATIONS, subject("[a](javascript:x)", "[あ](javascript:x)")) == []


def test_an_address_behind_a_component_is_an_address() -> None:
    target = "<\\\n\n<A\nb={1}\n/>  \nwww.evil.example"
    one = subject("Words", target, extensions=frozenset({"mdx"}))
    (message,) = found(DESTINATIONS, one)
    assert message.startswith("`www.evil.example` is neither in the source")
