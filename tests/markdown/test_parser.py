from __future__ import annotations

import pyromark
import pytest

from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, EXTENSIONS, parse
from i18n_pipeline.markdown.parser import MOST_EVENTS
from i18n_pipeline.markdown.references import definitions


class PanicException(BaseException):
    """Stands for a panic of the parser, under pyo3's name: no Exception, on purpose."""


def test_a_panic_of_the_parser_is_one_bad_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object, **__: object) -> object:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(pyromark, "events_with_range", panic)
    with pytest.raises(BadFile) as refused:
        _ = parse(b"text").events
    assert refused.value.problem.code == "markdown-panic"
    assert "index out of bounds" in refused.value.problem.message


def test_an_interrupt_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(pyromark, "events_with_range", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _ = parse(b"text").events


@pytest.mark.parametrize(
    "text",
    ["- a\n" * (MOST_EVENTS // 2), "|" + "a|" * 700 + "\n|" + "-|" * 700 + "\n" + "|c|\n" * 4_000],
    ids=["items", "a small table that is filled up with empty cells"],
)
def test_more_than_anybody_writes_is_refused_before_it_costs_much(text: str) -> None:
    with pytest.raises(BadFile) as refused:
        _ = parse(text.encode()).events
    assert refused.value.problem.code == "too-much-markup"


def test_every_extension_changes_what_is_read() -> None:
    text = (
        "|a|\n|-|\n\n[^1] $x$ ~~y~~ {z}\n\n[^1]: f\n\n- [ ] t\n\nw\n: d\n\n# h {#i}\n\n"
        "> [!NOTE]\n> n\n\n{{< s >}}\nt\n"
    )
    whole = parse(text.encode(), EXTENSIONS).events
    for name in EXTENSIONS - {"shortcode"}:  # mdx hides what shortcode would
        assert parse(text.encode(), EXTENSIONS - {name}).events != whole
    both = (frozenset[str](), frozenset({"shortcode"}))
    assert parse(text.encode(), both[0]).events != parse(text.encode(), both[1]).events


def test_a_collapsed_reference_ends_behind_its_brackets() -> None:
    events = parse(b"a [ref][]\n\n[ref]: /u\n").events
    assert [(e.start, e.end) for e in events if e.name == "Link" and e.phase == "start"] == [(2, 9)]


def test_definitions_are_found_by_label() -> None:
    parsed = parse("é\n\n[a]: /u\n\n> [b]: /v\n".encode())
    cut = {label: parsed.data[start:end] for label, (start, end) in parsed.references.items()}
    assert cut == {"a": b"[a]: /u", "b": b"[b]: /v"}


def test_the_default_extensions_are_known_ones() -> None:
    assert DEFAULT_EXTENSIONS < EXTENSIONS


def test_a_definition_that_cannot_be_cut_up_is_one_without_parts() -> None:
    (found,) = definitions(parse(b"[a]: <b\\>c>\n\n[a]\n"))
    assert (found.label, found.destination, found.title) == ("a", None, None)


def test_lines_of_a_component_are_no_text_where_they_stand_in_another() -> None:
    data = b"<Box\n  a={1}\nimport x from 'y'\n/>\n\nWords.\n"
    texts = [e.detail["text"] for e in parse(data, frozenset({"mdx"})).events if e.name == "Text"]
    assert texts == ["Words."]


def test_a_component_within_what_is_exported_is_no_text_either() -> None:
    data = b"export const a = 1\n<Box />\n\nWords.\n"
    texts = [e.detail["text"] for e in parse(data, frozenset({"mdx"})).events if e.name == "Text"]
    assert texts == ["Words."]
