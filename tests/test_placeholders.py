from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.markdown import EXTENSIONS, inline_tokens, plain_tokens
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.placeholders import (
    Form,
    Protected,
    pieces,
    protect,
    restore,
    shortened,
    tokens_of,
)
from tests.stubs.documents import extensions, fragments, paragraphs, scraps

REFERENCES = "[ref]: </u>\n[^1]: x"
NO_MDX = EXTENSIONS - {"mdx"}


def protected(text: str) -> Protected:
    return protect(text, inline_tokens(text, REFERENCES, NO_MDX))


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("words", "words"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("the `code` here", 'the <x id="1"/> here'),
        ("**bold** words", '<g id="1">bold</g> words'),
        ("[a *b*](u)", '<g id="1">a <g id="2">b</g></g>'),
        ("***a** b*", '<g id="1"><g id="2">a</g> b</g>'),
        ('[a](u "T")', '<g id="1">a<g id="2">T</g></g>'),
        ('![](u "T")', '<g id="1"><g id="2">T</g></g>'),
        ("![](u)", '<x id="1"/>'),
        ("a{{ b }}c[^1]", 'a<x id="1"/>c<x id="2"/>'),
        ("a &amp; b", 'a <x id="1"/> b'),
        ("a\\\nb", 'a<x id="1"/>b'),
        ('[x]({{< ref "a" >}})', '<g id="1">x</g>'),
        ("  a  ", "a"),
        ("", ""),
    ],
)
def test_an_engine_gets_words_and_numbered_tags(text: str, sent: str) -> None:
    assert protected(text).text == sent


@given(st.one_of(paragraphs(), scraps, st.text()), extensions)
def test_what_was_protected_and_comes_back_unchanged_is_the_text(
    text: str, known: frozenset[str]
) -> None:
    for tokens in (inline_tokens(text, REFERENCES, known), plain_tokens(text)):
        sent = protect(text, tokens)
        assert restore(sent, sent.text).text == text
        assert restore(sent, sent.text).fault == ""


@given(st.lists(fragments, min_size=1, max_size=5).map(" ".join), st.data())
def test_names_to_keep_are_protected_or_left_alone_but_never_torn(
    text: str, data: st.DataObject
) -> None:
    place = st.integers(0, len(text))
    keep = data.draw(st.lists(st.tuples(place, place), max_size=3))
    sent = protect(text, inline_tokens(text, REFERENCES, NO_MDX), keep)
    assert restore(sent, sent.text).text == text


def test_a_name_to_keep_travels_as_a_tag() -> None:
    sent = protect(
        "Use LoRA or **LoRA**", inline_tokens("Use LoRA or **LoRA**"), [(4, 8), (14, 18)]
    )
    assert sent.text == 'Use <x id="1"/> or <g id="2"><x id="3"/></g>'


def test_names_at_the_beginning_and_right_behind_each_other_are_kept_each() -> None:
    sent = protect("LoRAPEFT x", (), [(0, 4), (4, 8), (9, 9)])
    assert sent.text == '<x id="1"/><x id="2"/> x'


def test_a_name_inside_code_is_protected_with_it() -> None:
    sent = protect("`LoRA` x", inline_tokens("`LoRA` x"), [(1, 5)])
    assert sent.text == '<x id="1"/> x'


@pytest.mark.parametrize(
    ("text", "answer", "restored"),
    [
        ("the `code` here", 'hier <x id="1"/>', "hier `code`"),
        ("the `code` here", 'hier <x id="1"></x>', "hier `code`"),
        ("the `code` here", '\n hier <x id="1" /> ', "hier `code`"),
        ("a **b** `c`", '<x id="2"/> <g id="1">B</g>', "`c` **B**"),
        ("[a](u 'T')", '<g id="1"><g id="2">t</g>A</g>', "[A](u 't')"),
        ("[ref] x", '<g id="1">Bezug</g> x', "[Bezug][ref] x"),
        ("[ref] x", '<g id="1">ref</g> y', "[ref] y"),
        ("[ref][] x", '<g id="1">Bezug</g> x', "[Bezug][ref] x"),
        ("[a][ref] x", '<g id="1">A</g> x', "[A][ref] x"),
        ("a & b", "A &amp; B &lt; &quot;C&quot;", 'A & B < "C"'),
        (" a ", "A", " A "),
    ],
)
def test_an_answer_becomes_the_text_it_stands_for(text: str, answer: str, restored: str) -> None:
    result = restore(protected(text), answer)
    assert (result.text, result.fault) == (restored, "")


@pytest.mark.parametrize(
    ("text", "answer", "fault"),
    [
        ("the `code` here", "hier", "1 (`code`) is missing"),
        ("the `code` here", '<x id="1"/> <x id="1"/>', "1 (`code`) appears twice"),
        ("the `code` here", '<x id="2"/>', "2 was not sent"),
        ("the `code` here", '<x id="0"/>', "0 was not sent"),
        ("the `code` here", "<x/>", "0 was not sent"),
        ("the `code` here", '<g id="1">x</g>', "1 (`code`) changed its form"),
        ("the `code` here", '<x id="1">', "1 (`code`) changed its form"),
        ("**b** c", '<x id="1"/> c', "1 (**…**) changed its form"),
        ("**b** c", '<g id="1"/> c', "1 (**…**) was emptied"),
        ("**b** c", '<g id="1">b c', "1 (**…**) is not closed"),
        ("**b** c", 'b</g> <g id="1">c', "closed that was not opened"),
        ("**b** c", '<g id="1">b</x> c', "closed that was not opened"),
        ("a", "<b>a</b>", "markup that was not sent"),
        ("a", "a <", "markup that was not sent"),
        ("a", "<!-- a -->", "markup that was not sent"),
        ("[a](u 'T') b", '<g id="1">A</g> <g id="2">t</g> b', "left its link"),
    ],
)
def test_an_answer_that_lost_something_stands_for_no_text(
    text: str, answer: str, fault: str
) -> None:
    result = restore(protected(text), answer)
    assert result.text == ""
    assert result.fault.endswith(fault)
    assert result.fault.startswith(("placeholder ", "a placeholder ", "the answer "))


@given(st.text(alphabet='ab<>/gx id="12&;', max_size=40))
def test_no_answer_raises_and_none_smuggles_markup_in(answer: str) -> None:
    result = restore(protected("the **bold** `code`"), answer)
    if not result.fault:
        assert result.text.count("`code`") == 1
        assert result.text.count("**") == 2


def test_billed_characters_are_those_of_the_words() -> None:
    assert protected("a & `code` **bd**").characters == len("a &  bd")


def test_a_segment_says_which_tokens_its_texts_have() -> None:
    plain = Segment("term", Kind.NAME, "a *b* `c`")
    markdown = Segment("body", Kind.PARAGRAPH, "a *b* [r]", markdown=True, definitions="[r]: <u>")
    assert len(tokens_of(plain, plain.source, NO_MDX)) == 1
    assert len(tokens_of(markdown, markdown.source, NO_MDX)) == 2


@given(st.one_of(paragraphs(), scraps), extensions, st.sampled_from(Form))
def test_the_pieces_of_every_form_joined_again_are_the_text(
    text: str, known: frozenset[str], form: Form
) -> None:
    sent = protect(text, inline_tokens(text, REFERENCES, known))
    joined = "".join(piece.text for piece in pieces(sent, form))
    assert restore(sent, joined, form).text == text


@given(st.one_of(paragraphs(), scraps), extensions)
def test_pieces_that_are_asked_hold_words_without_tags_or_blanks_at_their_ends(
    text: str, known: frozenset[str]
) -> None:
    sent = protect(text, inline_tokens(text, REFERENCES, known))
    if sent.placeholders:
        for piece in pieces(sent, Form.SPLIT):
            if piece.asked:
                assert "<" not in piece.text
                assert piece.text == piece.text.strip()
                assert any(character.isalpha() for character in piece.text)


@given(st.one_of(paragraphs(), scraps), extensions, st.integers(1, 40))
def test_a_text_cut_short_joins_to_itself_and_no_cut_is_inside_a_pair(
    text: str, known: frozenset[str], most: int
) -> None:
    sent = protect(text, inline_tokens(text, REFERENCES, known))
    parts = shortened(sent.text, lambda part: len(part) <= most)
    assert "".join(part.text for part in parts) == sent.text
    for part in parts:
        assert part.text.count("<g ") == part.text.count("</g>")


def test_a_text_is_cut_behind_its_first_letter_if_need_be() -> None:
    assert [part.text for part in shortened("。一二三", lambda part: len(part) <= 3)] == [
        "。",
        "一二三",
    ]


def test_a_text_is_cut_at_lines_before_sentences_before_blanks() -> None:
    def cut(text: str, most: int) -> list[str]:
        return [part.text for part in shortened(text, lambda part: len(part) <= most)]

    assert cut("One. Two.\nThree. Four.", 12) == ["One. Two.", "\n", "Three. Four."]
    assert cut("One.\n  Two.", 6) == ["One.", "\n", "  ", "Two."]
    assert cut("One.\n \n \nTwo.", 6) == ["One.", "\n \n", " \n", "Two."]
    assert cut("One. Two. Three.", 10) == ["One. Two.", " ", "Three."]
    assert cut("一文。二文。", 3) == ["一文。", "二文。"]
    assert cut("one two three", 8) == ["one two", " ", "three"]
    assert cut("unbreakable", 4) == ["unbreakable"]


def test_terms_come_back_as_their_renderings_wherever_they_stand() -> None:
    text = "A *model* and `model`, a model."
    tokens = inline_tokens(text, REFERENCES, NO_MDX)
    places = {(3, 8): "モデル", (25, 30): "モデル", (15, 20): "never"}
    sent = protect(text, tokens, (), places)
    assert sent.text == 'A <g id="1"><x id="2"/></g> and <x id="3"/>, a <x id="4"/>.'
    assert restore(sent, sent.text).text == "A *モデル* and `model`, a モデル."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[the manual](u)", '<g id="1"></g>the manual'),
        ("**bold** words", '<g id="1"> </g>bold words'),
        ('[a](u "T")', '<g id="1">a<g id="2"></g></g>'),
    ],
)
def test_words_that_left_their_pair_are_a_fault(text: str, answer: str) -> None:
    assert "was emptied" in restore(protected(text), answer).fault


def test_a_pair_around_nothing_may_stay_around_nothing() -> None:
    assert restore(protected("[ ](u)"), '<g id="1"> </g>').fault == ""


def said(text: str, answer: str, form: Form) -> tuple[str, str]:
    found = restore(protected(text), answer, form)
    return found.text, found.fault


def test_words_in_place_of_what_stands_alone_are_no_answer() -> None:
    other = 'use <x id="1">peft</x>'
    assert said("use `lora`", other, Form.TAGS)[1] == "placeholder 1 (`lora`) changed its form"
    assert said("use `lora`", other, Form.CONTENT)[1] == "placeholder 1 (`lora`) changed its form"
    assert (
        said("a `x`", '<x id="1">`x`</x>', Form.TAGS)[1] == "placeholder 1 (`x`) changed its form"
    )
    assert said("a `x`", 'ein <x id="2">`x`</x>', Form.CONTENT)[1] == "placeholder 2 was not sent"
    assert said("a `x`", 'ein <x id="0">`x`</x>', Form.CONTENT)[1] == "placeholder 0 was not sent"


def test_what_stands_alone_may_come_back_with_its_own_text() -> None:
    sent = 'ein <x id="1"> `&quot;&amp;` </x>'
    assert said('a `"&`', sent, Form.CONTENT) == ('ein `"&`', "")
    assert said('a `"&`', 'ein <x id="1"> </x>', Form.CONTENT) == ('ein `"&`', "")


def test_a_title_stays_with_its_link_however_deep_that_stands() -> None:
    text = "**see *[a](u 'T')* now**"
    sent = protected(text)
    assert sent.text == '<g id="1">see <g id="2"><g id="3">a<g id="4">T</g></g></g> now</g>'
    turned = '<g id="1">nun <g id="2"><g id="3"><g id="4">t</g>A</g></g></g>'
    assert restore(sent, turned).text == "**nun *[A](u 't')***"


def test_of_several_open_pairs_the_innermost_is_named() -> None:
    found = restore(protected("**a *b* c**"), '<g id="1">A <g id="2">B C')
    assert found.fault == "placeholder 2 (*…*) is not closed"


def test_a_text_has_the_tokens_of_what_its_site_generator_knows() -> None:
    segment = Segment("body", Kind.PARAGRAPH, "$x$ {{ y }}", markdown=True)
    assert [token.start for token in tokens_of(segment, "$x$ {{ y }}", EXTENSIONS)] == [0, 4]
    assert [token.start for token in tokens_of(segment, "$x$ {{ y }}", frozenset())] == [4]


def test_in_the_split_form_words_alone_are_asked_each_without_its_blanks() -> None:
    sent = protected('"1" **One two** `x` 3 &quot; more.')
    assert [(piece.text, piece.asked) for piece in pieces(sent, Form.SPLIT)] == [
        ('"1" ', False),
        ('<g id="1">', False),
        ("One two", True),
        ("</g>", False),
        (" ", False),
        ('<x id="2"/>', False),
        (" 3 ", False),
        ('<x id="3"/>', False),
        (" ", False),
        ("more.", True),
    ]
    assert [piece.text for piece in pieces(protected("A `b`"), Form.TAGS)] == ['A <x id="1"/>']
    quoted = Protected('&quot;1&quot; <x id="1"/> x', sent.placeholders)
    assert pieces(quoted, Form.SPLIT)[0].asked is False


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("**A b. C d.** E f. G h.", 24, ['<g id="1">A b. C d.</g>', " ", "E f.", " ", "G h."]),
        (
            "`a`. **B c. D e.** F g.",
            24,
            ['<x id="1"/>.', " ", '<g id="2">B c. D e.</g>', " ", "F g."],
        ),
        ("`a`. **B c. D e.** F g.", 34, ['<x id="1"/>.', " ", '<g id="2">B c. D e.</g> F g.']),
        (
            "*a **b. c** d. e* f. G h.",
            40,
            ['<g id="1">a <g id="2">b. c</g> d. e</g>', " ", "f.", " ", "G h."],
        ),
        (
            "*a* `b` **c. d. e.**",
            30,
            ['<g id="1">a</g> <x id="2"/>', " ", '<g id="3">c. d. e.</g>'],
        ),
        ("A.B `c` d", 16, ["A.B", " ", '<x id="1"/> d']),
    ],
)
def test_no_cut_is_inside_of_a_pair_or_a_tag(text: str, most: int, parts: list[str]) -> None:
    found = shortened(protected(text).text, lambda part: len(part) <= most)
    assert [part.text for part in found] == parts
    assert [part.asked for part in found] == [bool(part.strip()) for part in parts]


def test_blanks_that_are_too_long_are_asked_for_of_nobody() -> None:
    found = shortened("One. \n\n\n   ", lambda part: len(part) <= 4)
    assert [part.text for part in found if part.asked] == ["One."]
    assert "".join(part.text for part in found) == "One. \n\n\n   "
