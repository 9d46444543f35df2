"""Changes to a glossary file: what they are about, and every other byte as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.editing import (
    Rendering,
    columns_needed,
    with_columns,
    with_entries,
    with_targets,
)
from i18n_pipeline.formats.glossaries.formulas import defused
from i18n_pipeline.formats.glossaries.listing import cells_of, read_glossary, read_listed
from i18n_pipeline.formats.glossaries.table import read_table, write_table
from i18n_pipeline.glossary import Entry, Status
from tests.formats.glossaries.entries import LISTS, texts

NEW = Entry("new", "neu")
FULL = Entry("new", "neu", Status.ADMITTED, "noun", case_sensitive=True, forms=("x", "y"), note="z")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("source,target\na,b\n", "source,target\na,b\nnew,neu\n"),
        ("source,target\na,b", "source,target\na,b\nnew,neu"),
        ("source;target\r\na;b\r\n", "source;target\r\na;b\r\nnew;neu\r\n"),
        ("source\ttarget\ra\tb", "source\ttarget\ra\tb\rnew\tneu"),
        ("\ufeffsource,target\n", "\ufeffsource,target\nnew,neu\n"),
        (
            'note,"target" , source,forms\n"x\r\ny",b,a\n\n\n',
            'note,"target" , source,forms\n"x\r\ny",b,a\n\n\n,neu,new,\n',
        ),
        ("a;b\n", "a;b\nnew;neu\n"),
        ("", "source,target\nnew,neu\n"),
        ("\ufeff", "\ufeffsource,target\nnew,neu\n"),
        ("\n\n", "\n\nsource,target\nnew,neu\n"),
        ("a,b,EN,DE\nc,d,EN,FR\n", "a,b,EN,DE\nc,d,EN,FR\nnew,neu,EN,DE\n"),
        ("fr,description,de,en\nx,,b,a\n", "fr,description,de,en\nx,,b,a\n,,neu,new\n"),
    ],
)
def test_an_entry_is_added_as_the_file_has_its_rows(before: str, after: str) -> None:
    assert with_entries(before.encode(), [NEW], source="en", target="de") == after.encode()


def test_nothing_added_changes_nothing() -> None:
    assert with_entries(b"\xef\xbb\xbf a ,b\r", []) == b"\xef\xbb\xbf a ,b\r"
    assert with_entries(b"", []) == b""


def test_what_an_entry_says_goes_into_the_columns_there_are() -> None:
    data = b"source,target,note,case,forms,pos,status\na,b\n"
    assert with_entries(data, [FULL]) == data + b"new,neu,z,yes,x|y,noun,admitted\n"
    assert with_entries(b"", [FULL]).splitlines()[0] == (
        b"source,target,status,pos,case,forms,note"
    )
    google = b"en,de,pos,description\n"
    entry = Entry("new", "neu", pos="noun", note="z")
    added = with_entries(google, [entry], source="en", target="de")
    assert added == google + b"new,neu,noun,z\n"


def test_a_column_that_is_missing_is_an_error_until_it_is_added() -> None:
    data = b"source;target\r\na;b\r\n"
    with pytest.raises(BadFile) as caught:
        with_entries(data, [FULL])
    assert caught.value.problem.message == "there is no column `status`"
    names = columns_needed(data, [FULL])
    assert names == ("status", "pos", "case", "forms", "note")
    wider = with_columns(data, names)
    assert wider == b"source;target;status;pos;case;forms;note\r\na;b\r\n"
    assert read_glossary(with_entries(wider, [FULL])) == (Entry("a", "b"), FULL)


def test_a_file_without_a_header_gets_one_with_its_first_further_column() -> None:
    assert with_columns(b"a\tb\n", ["note"]) == b"source\ttarget\tnote\na\tb\n"
    assert with_columns(b"a\tb\n", ["target"]) == b"a\tb\n"


@pytest.mark.parametrize("text", ["a,b,EN,DE\n", "en,de\na,b\n"])
def test_a_file_of_another_program_gets_no_further_columns(text: str) -> None:
    with pytest.raises(BadFile) as caught:
        with_entries(text.encode(), [FULL], source="en", target="de")
    assert caught.value.problem.code == "missing-column"


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (Entry("a", "c"), "contradicting-entries"),
        (Entry("a", "b"), "duplicate-entry"),
        (Entry("x", ""), "empty-cell"),
        (Entry("x", "y\nz"), "line-break"),
        (Entry("x ", "y"), "not-to-be-written"),
    ],
)
def test_an_addition_that_the_reader_would_refuse_is_refused(added: Entry, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        with_entries(b"source,target\na,b\n", [added])
    assert caught.value.problem.code == code


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("source,target\na,b\n", Rendering("x"), "source,target\na,x\n"),
        ("source,target\na , b \n", Rendering("x"), "source,target\na , x \n"),
        ('source,target\na, "b" \n', Rendering('x"y'), 'source,target\na, "x""y" \n'),
        ("source;target\r\na;b", Rendering("x;y"), 'source;target\r\na;"x;y"'),
        ("source,forms,target\na,,b\n", Rendering(None, ("x",)), "source,forms,target\na,x,b\n"),
        ("source,forms,target\na,x|y,b\n", Rendering("c", ()), "source,forms,target\na,,c\n"),
        (
            "source,target,pos,forms\na,b\n",
            Rendering("c", ("x", "y")),
            "source,target,pos,forms\na,c,,x|y\n",
        ),
        ("source,target\na,b\n", Rendering("c", ()), "source,target\na,c\n"),
        ("source,target\na,b\n", Rendering(), "source,target\na,b\n"),
        ("de,fr,en\nb,f,a\n", Rendering("x"), "de,fr,en\nx,f,a\n"),
        ("c,d,DE,EN\na,b,EN,DE\n", Rendering("x"), "c,d,DE,EN\na,x,EN,DE\n"),
    ],
)  # fmt: skip
def test_a_cell_changes_and_no_other_byte(before: str, change: Rendering, after: str) -> None:
    found = with_targets(before.encode(), {2: change}, source="en", target="de")
    assert found == after.encode()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({4: Rendering("x")}, "no-such-entry"),
        ({1: Rendering("x")}, "no-such-entry"),
        ({2: Rendering(forms=("x",))}, "missing-column"),
        ({2: Rendering("")}, "empty-cell"),
        ({2: Rendering("x\ny")}, "line-break"),
        ({2: Rendering(" x")}, "not-to-be-written"),
        ({2: Rendering("c")}, "duplicate-entry"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(changes: dict[int, Rendering], code: str) -> None:
    data = b"source,target,status\na,b,admitted\na,c,admitted\n"
    with pytest.raises(BadFile) as caught:
        with_targets(data, changes)
    assert caught.value.problem.code == code


NAMES = ("source", "target", "status", "pos", "case", "forms", "note")
SHAPES = st.tuples(
    st.permutations(NAMES),
    st.sampled_from(",\t;"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)


def shaped(
    entries: tuple[Entry, ...], shape: tuple[list[str], str, str, bool, bytes], quote: bool
) -> bytes:
    """A file of these entries in some column order, with some separator and line end."""
    names, separator, line_end, ended, mark = shape
    rows = [names, *([defused(cells_of(entry)[name]) for name in names] for entry in entries)]
    if quote:
        lines = [
            separator.join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows
        ]
    else:
        lines = [write_table([row], separator).decode()[:-1] for row in rows]
    return mark + (line_end.join(lines) + line_end * ended).encode()


@given(LISTS, LISTS, SHAPES, st.booleans())
def test_every_byte_of_a_file_stays_before_what_is_added(
    entries: tuple[Entry, ...],
    added: tuple[Entry, ...],
    shape: tuple[list[str], str, str, bool, bytes],
    quote: bool,
) -> None:
    data = shaped(entries, shape, quote)
    try:
        changed = with_entries(data, added)
    except BadFile as failure:  # one of them is there, or says something else
        assert failure.problem.code in ("duplicate-entry", "contradicting-entries")  # noqa: PT017
        return
    assert changed.startswith(data)
    assert read_glossary(changed) == (*entries, *added)
    if added:
        assert changed.endswith(shape[2].encode()) is shape[3]


@given(LISTS, SHAPES, st.booleans(), st.data())
def test_every_byte_stays_but_those_of_the_cells_that_change(
    entries: tuple[Entry, ...],
    shape: tuple[list[str], str, str, bool, bytes],
    quote: bool,
    draw: st.DataObject,
) -> None:
    assume(entries)
    data = shaped(entries, shape, quote)
    listed = read_listed(data)
    chosen = draw.draw(st.sampled_from(listed))
    target = draw.draw(texts(extra="ü"))
    forms = draw.draw(st.lists(texts(), max_size=2).map(tuple))
    change = Rendering(target, forms)
    try:
        changed = with_targets(data, {chosen.line: change})
    except BadFile as failure:
        assert failure.problem.code in ("duplicate-entry", "contradicting-entries")  # noqa: PT017
        return
    wanted = [
        replace(one.entry, target=target, forms=forms) if one == chosen else one.entry
        for one in listed
    ]
    assert list(read_glossary(changed)) == wanted
    back = Rendering(chosen.entry.target, chosen.entry.forms)
    line = next(
        one.line for one in read_listed(changed) if one.entry == wanted[listed.index(chosen)]
    )
    if quote:
        assert with_targets(changed, {line: back}) == data
    assert read_glossary(with_targets(changed, {line: back})) == entries


def test_the_file_of_another_program_gets_no_column_and_no_row_changes_nothing() -> None:
    with pytest.raises(BadFile):
        with_columns(b"en,de\na,b\n", ["note"], source="en", target="de")
    assert with_columns(b"source,target\na,b\n", ["note"]) == b"source,target,note\na,b\n"
    assert read_table(b"source,target\na,b").extended([]) == b"source,target\na,b"
