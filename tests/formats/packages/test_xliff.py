"""XLIFF as CAT tools return it: what they add is passed over, what they lose is told."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.packages import Returned
from i18n_pipeline.formats.packages.xliff import read_xliff
from i18n_pipeline.formats.packages.xliff.reader import MOST_ELEMENTS

ID = "u-0123456789abcdef"


def second(content: str, version: str = "2.1") -> bytes:
    core = f"urn:oasis:names:tc:xliff:document:{'2.0' if version < '2.2' else version}"
    return (
        f'<xliff xmlns="{core}" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:x="urn:x"'
        f' version="{version}" srcLang="en" trgLang="es"><file id="f">'
        f'<unit id="{ID}" name="lora/body" x:more="1">{content}</unit></file></xliff>'
    ).encode()


def first(content: str, attributes: str = "", version: str = "1.2") -> bytes:
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:{version}" version="{version}">'
        '<file original="a" source-language="en" target-language="es" datatype="x"><body><group>'
        f'<trans-unit id="f-1_{ID}" resname="lora/body" {attributes}>{content}</trans-unit>'
        "</group></body></file></xliff>"
    ).encode()


def one(data: bytes, codes: dict[str, tuple[str, str]] | None = None) -> Returned:
    package = read_xliff(data, lambda unit: (codes or {}) if unit == ID else {})
    assert package.locale == "es"
    (found,) = package.units
    assert (found.id, found.context) == (ID, "lora/body")
    return found


HALF = (
    '<segment state="final"><source>a</source><target>b</target></segment>'
    '<segment state="initial"><source>c</source></segment>'
)
CUT = (
    "<source>a</source><seg-source><mrk mid='1' mtype='seg'>a</mrk></seg-source>"
    "<target><mrk mid='1' mtype='seg'>b</mrk></target>"
    "<alt-trans><source>a</source><target>z</target></alt-trans>"
)
PAIR = (
    '<source><bpt id="1">**</bpt>a<ept id="1">**</ept></source>'
    '<target><bpt id="1"/>b<ept id="1"/></target>'
)
LONE = '<source>a <x id="1"/> <g id="2">b</g></source><target><g id="2">c</g> <x id="1"/></target>'
ENDS = '<target><bpt id="2"/>b<ept id="2"/> <bx id="2"/>c<ex id="2"/></target>'
DATA = (
    '<originalData><data id="d1">`</data><data id="d2">**</data><data id="d3">[</data>'
    '<data id="d4">]</data><data id="d5">x<cp hex="0001"/></data></originalData>'
)


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ('a <ph id="1" dataRef="d1"/>', '<ph id="1" dataRef="d1"/> b', "` b"),
        ('a <ph id="1" dataRef="d1"/>', '<ph id="1"/> b', "` b"),
        ('a <ph id="1" dataRef="d5"/>', '<ph id="1"/>', "x\x01"),
        ("a", 'b<cp hex="00E9"/>', "bé"),
        ('<pc id="1" dataRefStart="d2" dataRefEnd="d2">a</pc>', '<pc id="1">b</pc>', "**b**"),
        (
            '<pc id="1" dataRefStart="d2" dataRefEnd="d2">a</pc>',
            '<sc id="1"/>b<ec startRef="1"/>',
            "**b**",
        ),
        ('<ph id="1" dataRef="d1"/>', 'b <ph id="7" copyOf="1"/><ph id="1"/>', "b ``"),
        ("a", '<mrk id="m" type="term">b</mrk><sm id="n"/> c<em startRef="n"/>', "b c"),
        ("a", "b<x:own>mine</x:own>", "b"),
        (
            '<pc id="1" dataRefStart="d3" dataRefEnd="d4" subType="i18n:shortcut">LoRA</pc>',
            '<pc id="1" subType="i18n:shortcut">el LoRA</pc>',
            "[el LoRA][LoRA]",
        ),
        (
            '<pc id="1" dataRefStart="d3" dataRefEnd="d4" subType="i18n:shortcut">LoRA</pc>',
            '<pc id="1" subType="i18n:shortcut">LoRA</pc>',
            "[LoRA]",
        ),
    ],
)
def test_codes_are_their_texts_again(version: str, source: str, target: str, expected: str) -> None:
    segment = f"<segment><source>{source}</source><target>{target}</target></segment>"
    found = one(second(DATA + segment, version))
    assert (found.target, found.fault) == (expected, "")


def test_segments_that_a_tool_cut_are_joined_in_their_order() -> None:
    found = one(
        second(
            '<segment id="s1" state="translated"><source>A.</source>'
            '<target order="3">B.</target></segment>'
            "<ignorable><source> </source></ignorable>"
            '<segment id="s2" state="final"><source>C.</source>'
            '<target order="1">D.</target></segment>'
        )
    )
    assert (found.source, found.target, found.done) == ("A. C.", "D. B.", True)


@pytest.mark.parametrize(
    ("segments", "target", "fault", "done"),
    [
        ("<segment><source>a</source></segment>", "", "", False),
        ("<segment><source>a</source><target/></segment>", "", "", False),
        ('<segment state="initial"><source>a</source><target>b</target></segment>', "b", "", False),
        (
            HALF,
            "",
            "only a part of it is translated",
            False,
        ),
        (
            '<segment><source>a<ph id="1"/></source><target>b</target></segment>',
            "",
            "the file does not say what placeholder 1 stands for",
            False,
        ),
        (
            '<segment><source>a</source><target>b<cp hex="D800"/></target></segment>',
            "",
            "a character is said to be D800",
            False,
        ),
    ],
)
def test_what_is_not_finished_or_not_readable_is_told(
    segments: str, target: str, fault: str, done: bool
) -> None:
    found = one(second(segments))
    assert (found.target, found.fault, found.done) == (target, fault, done)


def test_a_code_that_lost_its_text_is_known_from_the_source() -> None:
    segment = '<segment><source>a <ph id="1"/></source><target><ph id="1"/> b</target></segment>'
    assert one(second(segment), {"1": ("`x`", "")}).target == "`x` b"
    lone = (
        '<source>a <x id="1"/> <g id="2">b</g></source><target><g id="2">c</g> <x id="1"/></target>'
    )
    assert one(first(lone), {"1": ("`x`", ""), "2": ("**", "**")}).target == "**c** `x`"


def test_matches_and_metadata_of_others_are_passed_over_and_notes_of_people_kept() -> None:
    found = one(
        second(
            '<mtc:matches><mtc:match ref="#x"><source>a</source><target>z</target></mtc:match>'
            "</mtc:matches>"
            '<notes><note category="i18n:comment">ours</note><note> theirs </note></notes>'
            "<segment><source>a</source><target>b</target></segment>"
        )
    )
    assert (found.target, found.comments) == ("b", ("theirs",))


@pytest.mark.parametrize(
    ("content", "attributes", "target", "done"),
    [
        ("<source>a</source>", "", "", False),
        ("<source>a</source><target>b</target>", "", "b", False),
        ("<source>a</source><target>b</target>", 'approved="yes"', "b", True),
        ('<source>a</source><target state="translated">b</target>', "", "b", True),
        ('<source>a</source><target state="needs-review-translation">b</target>', "", "b", False),
        ('<source>a</source><target state="new">b</target>', 'approved="yes"', "b", False),
        ('<source>a</source><target state="signed-off">b</target>', "", "b", True),
        (CUT, "", "b", False),
        (
            '<source>a <ph id="1">`x`</ph></source><target><ph id="1"/> b</target>',
            "",
            "`x` b",
            False,
        ),
        (PAIR, "", "**b**", False),
        ('<source><it id="1" pos="open">*</it>a</source><target><it id="1" pos="open"/>b</target>',
         "", "*b", False),
    ],
)  # fmt: skip
def test_the_first_generation_is_read_too(
    content: str, attributes: str, target: str, done: bool
) -> None:
    for version in ("1.1", "1.2"):
        found = one(first(content, attributes, version))
        assert (found.source[:1] in "a*`", found.target, found.done) == (True, target, done)


def test_a_pair_of_the_first_generation_that_lost_its_texts_is_known_from_the_source() -> None:
    content = (
        '<source>a</source><target><bpt id="2"/>b<ept id="2"/> <bx id="2"/>c<ex id="2"/></target>'
    )
    assert one(first(content), {"2": ("**", "__")}).target == "**b__ **c__"
    assert read_xliff(first(content)).units == (one(first(content)),)


def problem_of(data: bytes) -> Problem:
    with pytest.raises(BadFile) as caught:
        read_xliff(data)
    return caught.value.problem


@pytest.mark.parametrize(
    ("data", "line", "column", "code"),
    [
        (b"<xliff version='1.2'>\n<file></xliff>", 2, 9, "not-xml"),
        (b"\n<html/>", 2, 1, "not-xliff"),
        (b"<xliff version='3.0'/>", 1, 1, "xliff-version"),
        (b"<xliff/>", 1, 1, "xliff-version"),
        (
            b"<xliff version='1.2' trgLang='es'>\n<file target-language='fr'/></xliff>",
            2,
            1,
            "two-languages",
        ),
        (b'<!DOCTYPE xliff [<!ENTITY a "b">]><xliff/>', 1, 17, "document-type"),
    ],
)
def test_what_is_no_xliff_is_one_error_with_its_place(
    data: bytes, line: int, column: int, code: str
) -> None:
    problem = problem_of(data)
    assert (problem.line, problem.column, problem.code) == (line, column, code)


def test_a_unit_of_elements_without_end_is_refused() -> None:
    assert problem_of(second("<a/>" * (MOST_ELEMENTS + 1))).code == "too-large"


def test_what_stands_between_two_segments_goes_with_their_translations() -> None:
    content = (
        "<segment><source>A</source><target>B</target></segment>"
        "<ignorable><source> </source><target>_</target></ignorable>"
        "<segment><source>C</source><target>D</target></segment>"
    )
    (unit,) = read_xliff(second(content)).units
    assert (unit.source, unit.target) == ("A C", "B_D")
