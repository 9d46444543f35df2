"""Termbases: what is read of them, what is written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.glossaries.listing import in_order, read_glossary, write_glossary
from i18n_pipeline.formats.glossaries.tbx import About, concepts_of, read_tbx, write_tbx
from i18n_pipeline.formats.glossaries.tbx.categories import read_own
from i18n_pipeline.formats.safe_xml import LARGEST
from i18n_pipeline.glossary import Entry, Status
from tests.formats.glossaries.entries import LISTS

DATA = Path(__file__).parent / "data"
ABOUT = {"token": About("token", "Basics & more", {"en": "A piece of text."})}


def read(text: str | bytes, source: str = "en", target: str = "de") -> tuple[Entry, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_tbx(data, source=source, target=target)


def problem_of(text: str | bytes) -> Problem:
    with pytest.raises(BadFile) as caught:
        read(text)
    return caught.value.problem


def termbase(*concepts: str) -> str:
    """A small termbase of these concepts, on one line."""
    body = "".join(f"<conceptEntry>{concept}</conceptEntry>" for concept in concepts)
    return f"<tbx><text><body>{body}</body></text></tbx>"


def section(tag: str, *terms: str) -> str:
    """A language section; a term may go on with what stands behind it."""
    parts = "".join(f"<termSec><term>{term}</termSec>" for term in terms)
    return f'<langSec xml:lang="{tag}">{parts}</langSec>'


def of(status: str) -> str:
    return f'<termNote type="administrativeStatus">{status}</termNote>'


@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("termbase.tbx", "termbase.de.csv"),
        ("martif.tbx", "martif.de.csv"),
        ("tagged.tbx", "tagged.de.csv"),
        ("ours.tbx", "ours.csv"),
    ],
)
def test_a_termbase_is_read_as_this_file_of_ours(name: str, golden: str) -> None:
    assert write_glossary(read((DATA / name).read_bytes())) == (DATA / golden).read_bytes()


def test_entries_are_written_as_this_termbase() -> None:
    entries = read_glossary((DATA / "ours.csv").read_bytes())
    written = write_tbx(concepts_of({"de": entries}, "en", ABOUT), "en")
    assert written.decode() == (DATA / "ours.tbx").read_text(encoding="utf-8")


@given(LISTS)
def test_entries_survive_a_termbase(entries: tuple[Entry, ...]) -> None:
    data = write_tbx(concepts_of({"de": entries}, "en", ABOUT), "en")
    found = read(data) if entries else ()
    assert sorted(found, key=repr) == sorted(entries, key=repr)
    assert write_tbx(concepts_of({"de": found}, "en", ABOUT), "en") == data or not entries


@given(LISTS, LISTS)
def test_a_termbase_holds_several_locales(
    german: tuple[Entry, ...], japanese: tuple[Entry, ...]
) -> None:
    concepts = concepts_of({"de": german, "ja": japanese}, "en", {})
    assert len({concept.about.id for concept in concepts}) == len(concepts)
    data = write_tbx(concepts, "en")
    for locale, entries in (("de", german), ("ja", japanese)):
        if entries:
            found = read(data, target=locale)
            assert write_glossary(found) == write_glossary(in_order(found))
            assert sorted(found, key=repr) == sorted(entries, key=repr)


def test_every_source_term_in_use_is_paired_with_every_target_term() -> None:
    text = termbase(
        section("en", f"a</term>{of('preferredTerm-admn-sts')}", "b</term>",
                f"c</term>{of('deprecatedTerm-admn-sts')}")
        + section("de", f"x</term>{of('admittedTerm-admn-sts')}", "y</term>", "z</term>")
    )  # fmt: skip
    admitted = Status.ADMITTED
    assert read(text) == (
        *(Entry("a", "x", admitted), Entry("a", "y"), Entry("a", "z", admitted)),
        *(Entry("b", "x", admitted), Entry("b", "y"), Entry("b", "z", admitted)),
    )


def test_of_several_preferred_terms_the_first_stays_it() -> None:
    preferred = of("preferredTerm-admn-sts")
    text = termbase(
        section("en", "a</term>")
        + section("de", "w</term>", f"x</term>{preferred}", f"y</term>{preferred}")
    )
    assert [(entry.target, entry.status) for entry in read(text)] == [
        ("w", Status.ADMITTED),
        ("x", Status.PREFERRED),
        ("y", Status.ADMITTED),
    ]


def test_two_concepts_may_say_different_things_and_the_same_thing_once() -> None:
    one = section("en", "bank</term>") + section("de", "Bank</term>")
    two = section("en", "bank</term>") + section("de", "Ufer</term>")
    found = read(termbase(one, two, one))
    assert [entry.target for entry in found] == ["Bank", "Ufer"]


def test_utf_16_is_read_as_its_mark_says() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + termbase(
        section("en", "a</term>") + section("de", "ä</term>")
    )
    assert read(text.encode("utf-16")) == (Entry("a", "ä"),)


BAD_NOTE = '<note>i18n-pipeline {"forms": 1}</note>'


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "message"),
    [
        ("<tbx>\n  <text></tbx>", 2, 11, "not-xml", "it is no XML: mismatched tag"),
        ("", 1, 1, "not-xml", "it is no XML: no element found"),
        ("<tbx>\n é &nbsp;</tbx>", 2, 4, "not-xml", "it is no XML: undefined entity"),
        ("\n<html/>", 2, 1, "not-tbx", "its root is `html`, not `tbx` or `martif`"),
        ("<tbx/>", 1, 1, "no-such-languages", "the file has no terms, not en and de"),
        (
            termbase(section("en", "a</term>") + section("fr", "b</term>")),
            1,
            1,
            "no-such-languages",
            "the file has en, fr, not en and de",
        ),
        (
            "<tbx><conceptEntry>\n<langSec/></conceptEntry></tbx>",
            2,
            1,
            "no-language",
            "`langSec` does not say its language",
        ),
        (termbase("\n" + section("en", "</term>")), 2, 24, "empty-term", "a term has no text"),
        (
            termbase(section("en", "a\x85b</term>")),
            1,
            73,
            "control-character",
            "control character U+0085 in `term`",
        ),
        (
            termbase(section("en", f"a</term>{BAD_NOTE}")),
            1,
            55,
            "bad-note",
            "the note that begins with `i18n-pipeline` cannot be read: `forms` is no list",
        ),
        (
            '<?xml version="1.0" encoding="shift_jis"?><tbx/>',
            1,
            1,
            "not-xml",
            "its encoding cannot be read",
        ),
        (
            '<?xml version="1.0" encoding="nobody"?><tbx/>',
            1,
            1,
            "not-xml",
            "its encoding cannot be read",
        ),
    ],
)
def test_a_bad_termbase_is_one_error_with_its_place(
    text: str, line: int, column: int, code: str, message: str
) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.message) == (code, message)
    assert (problem.line, problem.column) == (line, column)


BOMB = """\
<?xml version="1.0"?>
<!DOCTYPE tbx [
  <!ENTITY a "aaaaaaaaaa">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<tbx><term>&c;</term></tbx>
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BOMB, 2),
        ('<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx/>', 1),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>', 1),
        ('<!DOCTYPE tbx PUBLIC "x" "http://192.0.2.1/x.dtd"><tbx/>', 1),
        ('\n\n<!DOCTYPE tbx [<!ENTITY % x SYSTEM "http://192.0.2.1/x">%x;]><tbx/>', 3),
    ],
)
def test_a_document_type_is_refused_where_it_begins(text: str, line: int) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.line) == ("document-type", line)
    assert "<!DOCTYPE" in problem.mend


def test_elements_nested_without_end_are_refused() -> None:
    problem = problem_of("<tbx>" + "<a>" * 100_000)
    assert (problem.code, problem.line, problem.column) == ("too-deep", 1, 303)
    inner = termbase(section("en", f"{'<hi>' * 100_000}a</term>"))
    assert problem_of(inner).code == "too-deep"


def test_a_note_nested_without_end_is_refused() -> None:
    note = f'<note>i18n-pipeline {{"forms": {"[" * 100_000}</note>'
    problem = problem_of(termbase(section("en", f"a</term>{note}")))
    assert problem.code == "bad-note"


def test_a_file_of_three_mebibytes_is_read() -> None:
    pair = section("en", "a {0}</term>") + section("de", "b {0}</term>")
    text = termbase(*(pair.format(number) for number in range(22_000)))
    assert len(text) > 3 * 1024 * 1024
    assert len(read(text)) == 22_000
    long = termbase(section("en", "a" * 3 * 1024 * 1024 + "</term>") + section("de", "b</term>"))
    assert len(read(long)[0].source) == 3 * 1024 * 1024


def test_a_file_that_is_too_large_is_not_begun() -> None:
    assert problem_of(b" " * (LARGEST + 1)).code == "too-large"


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(BadFile) as caught:
        write_tbx(concepts_of({"de": [Entry("a\uffff", "b")]}, "en", {}), "en")
    assert caught.value.problem.code == "not-to-be-written"
    noted = (Entry("a", "b", note="x\uffffy"),)
    assert read(write_tbx(concepts_of({"de": noted}, "en", {}), "en")) == noted


def test_a_name_that_is_no_xml_name_is_no_id() -> None:
    about = {"3D": About("3d-model")}
    (concept,) = concepts_of({"de": [Entry("3D", "3D")]}, "en", about)
    assert concept.about.id.startswith("c-")


@pytest.mark.parametrize(
    "said", ["7", '{"forms": [7]}', '{"pos": []}', '{"note": "a\\u0007b"}', '{"note": "\\ud800"}']
)
def test_a_note_of_ours_that_was_spoilt_is_refused(said: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_own(said)
