"""Glossary files of other programs, what is written of them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.foreign import write_deepl, write_google
from i18n_pipeline.formats.glossaries.listing import (
    in_order,
    read_glossary,
    read_listed,
    write_glossary,
)
from i18n_pipeline.glossary import Entry, Status
from tests.formats.glossaries.entries import LISTS

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "target", "golden"),
    [
        ("google.csv", "ja", "google.ja.csv"),
        ("google.csv", "pt-BR", "google.pt-BR.csv"),
        ("deepl.csv", "de", "deepl.de.csv"),
        ("deepl.csv", "pt-BR", "deepl.pt-BR.csv"),
        ("deepl.tsv", "de", "deepl-tsv.de.csv"),
        ("ours.csv", "de", "ours.csv"),
    ],
)
def test_a_file_of_another_program_is_read_as_this_file_of_ours(
    name: str, target: str, golden: str
) -> None:
    entries = read_glossary((DATA / name).read_bytes(), source="en", target=target)
    assert write_glossary(entries) == (DATA / golden).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "en,de\na,b\n",
        "EN,DE\na,b\n",
        "de;en\nb;a\n",
        "en-US\tde-AT\na\tb\n",
        "description,de,en\n,b,a\n",
        "en,fr,de\na,x,b\n",
        "a,b,EN,DE\n",
        "a,b,en-GB,de\n",
        "a\tb\ten\tde\n",
        "source,target,source_lang,target_lang\na,b,EN,DE\n",
        "a,b\n",
        "a;b\n",
    ],
)
def test_languages_are_found_in_any_order_and_spelling(text: str) -> None:
    assert read_glossary(text.encode(), source="en", target="de") == (Entry("a", "b"),)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("ML,ML\nAI,KI\n", [("ML", "ML"), ("AI", "KI")]),
        ("it,es\nhe,er\n", [("it", "es"), ("he", "er")]),
        ("cat,Katze\n", [("cat", "Katze")]),
    ],
)
def test_two_terms_that_look_like_languages_are_terms(
    text: str, entries: list[tuple[str, str]]
) -> None:
    found = read_glossary(text.encode(), source="en", target="de")
    assert [(entry.source, entry.target) for entry in found] == entries


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "message"),
    [
        (
            "a,b,EN,FR\nb,a,FR,EN\n",
            1,
            1,
            "no-such-languages",
            "the file has EN → FR, FR → EN, not en → de",
        ),
        (
            "en,fr,ja\na,b,c\n",
            1,
            1,
            "no-such-languages",
            "the file has en, fr, ja, not en and de",
        ),
        ("en,fr\na,b\n", 1, 1, "no-such-languages", "the file has en, fr, not en and de"),
        (
            "pos,en,de\nx,a,b,c\n",
            2,
            7,
            "too-many-cells",
            "there are 3 columns, and this is one more cell",
        ),
        (
            "a,b,EN,DE\nc,d,EN\n",
            2,
            5,
            "missing-language",
            "the row does not say its two languages, as the first one does",
        ),
        (
            "a,b,EN,DE\nc,d,EN,jp\n",
            2,
            8,
            "unknown-language",
            "no language is known as 'jp', did you mean 'ja'?",
        ),
        (
            "a,b,EN,DE\na,c,EN,DE\n",
            2,
            1,
            "contradicting-entries",
            "`a` is `c` (preferred) here and `b` (preferred) in line 1",
        ),
        ("a,b,EN,DE\n,c,EN,DE\n", 2, 1, "empty-cell", "the source is empty"),
        (
            "en,de\na,b\na,c\n",
            3,
            1,
            "contradicting-entries",
            "`a` is `c` (preferred) here and `b` (preferred) in line 2",
        ),
        ("source,target,lang\na,b,c\n", 1, 15, "unknown-column", "unknown column `lang`"),
        ("a,b,c\n", 1, 5, "too-many-cells", "there are 2 columns, and this is one more cell"),
        ("a,b\nd,e,,f\n", 2, 6, "too-many-cells", "there are 2 columns, and this is one more cell"),
        ("PK\x03\x04...", 1, 1, "not-a-table", "this is a spreadsheet or an archive"),
    ],
)
def test_a_bad_file_is_one_error_with_its_place(
    text: str, line: int, column: int, code: str, message: str
) -> None:
    with pytest.raises(BadFile) as caught:
        read_glossary(text.encode(), source="en", target="de")
    problem = caught.value.problem
    assert (problem.line, problem.column) == (line, column)
    assert (problem.code, problem.message) == (code, message)


def test_a_place_after_a_byte_order_mark_is_counted_from_the_text() -> None:
    with pytest.raises(BadFile) as caught:
        read_glossary(b"\xef\xbb\xbfa,b\nc,\xff\n")
    assert (caught.value.problem.line, caught.value.problem.column) == (2, 3)
    assert caught.value.problem.message == "byte 0xff is not UTF-8"


def test_each_entry_knows_the_line_where_its_row_begins() -> None:
    text = 'source,target,note\n\na,b,"x\ny"\nc,d,\n'
    assert [listed.line for listed in read_listed(text.encode())] == [3, 5]


def test_only_columns_in_use_are_written_sorted_by_source_then_status() -> None:
    entries = (
        Entry("token", "Marke", Status.DEPRECATED),
        Entry("Model", "Modell", note='say "Modell"'),
        Entry("token", "Token"),
        Entry("model", "KI; Modell", Status.ADMITTED),
    )
    assert write_glossary(entries).decode() == (
        "source,target,status,note\n"
        'Model,Modell,,"say ""Modell"""\n'
        "model,KI; Modell,admitted,\n"
        "token,Token,,\n"
        "token,Marke,deprecated,\n"
    )
    assert write_glossary([Entry("a", "b")], "\t") == b"source\ttarget\na\tb\n"
    assert write_glossary([]) == b"source,target\n"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("", "b"), "empty-cell"),
        (Entry("a", " "), "empty-cell"),
        (Entry("a\nb", "b"), "line-break"),
        (Entry("a", "b\x07"), "control-character"),
        (Entry("a", "b "), "not-to-be-written"),
        (Entry("a", "b", forms=("c|d",)), "not-to-be-written"),
    ],
)
def test_what_no_file_can_hold_is_refused(entry: Entry, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        write_glossary([entry])
    assert caught.value.problem.code == code


@given(LISTS, st.sampled_from(",\t;"))
def test_entries_that_are_written_are_read_the_same(
    entries: tuple[Entry, ...], separator: str
) -> None:
    data = write_glossary(entries, separator)
    assert read_glossary(data, source="en", target="de") == in_order(entries)
    assert write_glossary(read_glossary(data), separator) == data


def preferred(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in in_order(entries) if entry.status is Status.PREFERRED]


@given(LISTS)
def test_what_deepl_gets_is_read_the_same(entries: tuple[Entry, ...]) -> None:
    wanted = {one.source: one.target for one in reversed(preferred(entries))}
    agreeing = len({source.casefold() for source in wanted}) == len(wanted)
    assume(wanted and agreeing)  # DeepL knows no rule of case: `go` and `Go` are two sources
    data = write_deepl(entries, "en", "pt-BR")
    found = read_glossary(data, source="en", target="pt-BR")
    assert {entry.source: entry.target for entry in found} == wanted
    assert all(line.endswith(",en,pt") for line in data.decode().splitlines())


@given(LISTS, LISTS)
def test_what_google_gets_is_read_the_same(
    german: tuple[Entry, ...], japanese: tuple[Entry, ...]
) -> None:
    everything = {one.source for one in preferred(german) + preferred(japanese)}
    assume(len({source.casefold() for source in everything}) == len(everything))
    for entries in (german, japanese):  # Google has no case: of two that differ in it one is told
        assume(len({(e.source, e.pos) for e in preferred(entries)}) == len(preferred(entries)))
    data = write_google({"de": german, "ja": japanese}, "en")
    for locale, entries in (("de", german), ("ja", japanese)):
        found = read_glossary(data, source="en", target=locale)
        wanted = {(one.source, one.pos): one.target for one in preferred(entries)}
        assert {(one.source, one.pos): one.target for one in found} == wanted
    alone = read_glossary(write_google({"de": german}, "en"), source="en", target="de")
    notes = [(one.source, one.target, one.pos, one.note) for one in preferred(german)]
    assert sorted((one.source, one.target, one.pos, one.note) for one in alone) == sorted(notes)


def test_a_torn_file_is_told_as_that_and_empty_cells_too_many_are_none() -> None:
    torn = b"source,target\n<<<<<<< ours\na,b\n=======\na,c\n>>>>>>> theirs\n"
    with pytest.raises(BadFile) as caught:
        read_glossary(torn)
    assert caught.value.problem.line == 2
    assert read_glossary(b"source,target\na,b,,\n") == read_glossary(b"source,target\na,b\n")
