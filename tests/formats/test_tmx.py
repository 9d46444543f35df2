"""Translation memories as TMX: what is read, what is refused, what is written, what is cut."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.tmx import (
    Pair,
    Place,
    TmxUnit,
    Variant,
    can_be_written,
    read_tmx,
    without,
    write_tmx,
)

UNIT = (
    '<tu><tuv xml:lang="en"><seg>A model.</seg></tuv>'
    '<tuv xml:lang="ja"><seg>モデル。</seg></tuv></tu>'
)
DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'


def tmx(*units: str, head: str = DOCTYPE, tool: str = "Other") -> bytes:
    """A file of another program, or with `tool` of ours."""
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
    header = f'<header creationtool="{tool}" srclang="en-US"/>'
    return (
        f'{declared}{head}<tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'.encode()
    )


def unit(source: str, target: str, tags: tuple[str, str] = ("en", "ja")) -> str:
    one, other = tags
    return (
        f'<tu><tuv xml:lang="{one}"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{other}"><seg>{target}</seg></tuv></tu>'
    )


def pairs(data: bytes, target: str = "ja") -> tuple[Pair, ...]:
    return read_tmx(data, "en", [target])[target].pairs


def left_out(data: bytes) -> dict[str, int]:
    return dict(read_tmx(data, "en", ["ja"])["ja"].left_out)


def test_a_pair_is_read_with_the_languages_of_the_file() -> None:
    found = read_tmx(tmx(UNIT), "en", ["ja", "de"])
    assert found["ja"].pairs == (Pair("A model.", "モデル。"),)
    assert found["ja"].tags == found["de"].tags == ("en", "ja")
    assert found["de"].pairs == ()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xff\xfe" + text.replace("UTF-8", "UTF-16").encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(DOCTYPE, "").encode(),
        lambda text: text.replace("tmx14.dtd", "http://www.lisa.org/tmx/tmx14.dtd").encode(),
        lambda text: text.replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ').encode(),
        lambda text: text.replace("xml:lang", "lang").encode(),
    ],
)
def test_encodings_document_types_and_versions_that_other_programs_write_are_read(
    encode: object,
) -> None:
    assert callable(encode)
    data = encode(tmx(UNIT).decode())
    assert pairs(data) == (Pair("A model.", "モデル。"),)
    cut, gone = without(data, lambda _: True)
    assert len(gone) == 1
    assert pairs(cut) == ()


BAD = {
    "not-xml": (b"<tmx>\n<body></tmx>", 2, 9),
    "not-tmx": (b"<tbx/>", 1, 1),
    "document-type": (b'<!DOCTYPE tmx [<!ENTITY a "b">]>\n<tmx/>', 1, 15),
    "unknown-entity": (tmx(unit("a &who; b", "c")), 3, 102),
    "no-language": (b"<tmx><body><tu>\n<tuv><seg/></tuv></tu></body></tmx>", 2, 1),
    "nested-unit": (b"<tmx><body><tu>\n <tu/></tu></body></tmx>", 2, 2),
    "too-deep": (b"<tmx>" + b"<a>" * 64 + b"</a>" * 64 + b"</tmx>", 1, 195),
    "not-utf-8": (b"<tmx>\n \xff</tmx>", 2, 2),
}


@pytest.mark.parametrize(("code", "bad"), BAD.items())
def test_what_cannot_be_read_is_one_error_with_its_place(
    code: str, bad: tuple[bytes, int, int]
) -> None:
    data, line, column = bad
    with pytest.raises(BadFile) as caught:
        read_tmx(data, "en", ["ja"])
    problem = caught.value.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE tmx [<!ELEMENT tmx ANY>]>",
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE html SYSTEM "tmx14.dtd">',
        '<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>',
        '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_type_that_declares_anything_is_refused(head: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_tmx(tmx(UNIT, head=head), "en", ["ja"])
    assert caught.value.problem.code == "document-type"


@given(
    st.binary(max_size=200)
    | st.text(alphabet='<>/tmxuvseg &;!"[]= \n', max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, b"<tmx><body>" + data + b"</body></tmx>"):
        try:
            message = f"{len(read_tmx(text, 'en', ['ja']))} read"
        except BadFile as failure:
            message = failure.message
        assert_said(message)


def assert_said(message: str) -> None:
    assert message


LANGUAGES = [
    ("ja", "ja", True),
    ("ja", "JA", True),
    ("ja", "ja-JP", True),
    ("de", "de-DE", True),
    ("de", "de-AT", False),
    ("de-CH", "de", False),
    ("pt", "pt-BR", False),
    ("pt-BR", "pt", False),
    ("pt-BR", "pt_br", True),
    ("pt-BR", "pt-PT", None),
    ("zh-Hans", "zh-Hant", None),
    ("zh-Hans", "zh-TW", None),
    ("zh-Hans", "zh-CN", True),
    ("zh-Hant", "zh-TW", True),
    ("zh-Hant", "zh-HK", False),
    ("zh-Hant", "zh", None),
    ("no", "nb", True),
]


@pytest.mark.parametrize(("target", "tag", "exact"), LANGUAGES)
def test_languages_are_matched_as_bcp_47_has_them(
    target: str, tag: str, exact: bool | None
) -> None:
    found = pairs(tmx(unit("a", "b", ("en-GB", tag))), target)
    assert found == (() if exact is None else (Pair("a", "b", exact),))


def test_of_several_varieties_the_own_one_counts() -> None:
    both = unit("a", "b", ("en", "pt-BR")).replace(
        "</tu>", '<tuv xml:lang="pt"><seg>c</seg></tuv></tu>'
    )
    assert pairs(tmx(both), "pt") == (Pair("a", "c"),)
    assert pairs(tmx(both), "pt-BR") == (Pair("a", "b"),)


INLINE = [
    ("a <bpt i='1'>**</bpt>bold<ept i='1'>**</ept> word", "a **bold** word"),
    ("see <bpt>[</bpt>it<ept>](https://a.org)</ept>", "see [it](https://a.org)"),
    ("use <ph>`peft`</ph>", "use `peft`"),
    ("a<ph>&lt;br&gt;</ph>b", "a<br>b"),
    ("<it pos='begin'>{{ page }}</it> is", "{{ page }} is"),
    ("plain <hi>words</hi> here", "plain words here"),
    ("<ph>$x^2$</ph> grows", "$x^2$ grows"),
    ("a <bpt i='1'>{\\b </bpt>bold<ept i='1'>}</ept>", None),
    ("a <ph x='1'/> b", None),
    ("a <ph>1</ph> b", None),
    ("a <ph>`x`<sub>alt</sub></ph> b", None),
    ("a <b>bold</b> b", None),
    ("a <ut>\\par</ut>", None),
]


@pytest.mark.parametrize(("segment", "text"), INLINE)
def test_inline_codes_are_text_where_they_are_markdown_and_else_the_unit_is_counted(
    segment: str, text: str | None
) -> None:
    data = tmx(unit(segment, "x"))
    assert pairs(data) == (() if text is None else (Pair(text, "x"),))
    assert left_out(data) == ({} if text else {"holds codes of another program": 1})


def test_layout_is_not_text_but_in_a_file_of_ours_every_blank_is_meant() -> None:
    laid_out = unit("\n   A long\n   text. ", " b ")
    assert pairs(tmx(laid_out)) == (Pair("A long text.", "b"),)
    assert pairs(tmx(laid_out, tool="i18n-pipeline")) == (Pair("\n   A long\n   text. ", " b "),)


def test_what_says_nothing_or_cannot_be_kept_is_counted() -> None:
    data = tmx(unit("", "x"), unit("a", " "), unit("a&#x85;b", "x"), unit("a", "b&#13;c"), UNIT)
    assert pairs(data) == (Pair("A model.", "モデル。"),)
    assert left_out(data) == {"is empty": 2, "holds control characters": 2}


def test_what_a_file_says_twice_is_one_pair_and_what_it_says_otherwise_another() -> None:
    data = tmx(UNIT, UNIT, unit("A model.", "型。"))
    assert pairs(data) == (Pair("A model.", "モデル。"), Pair("A model.", "型。"))


HEADER = (
    '<header creationtool="i18n-pipeline" creationtoolversion="1" segtype="block"'
    ' o-tmf="i18n-pipeline" adminlang="en" datatype="plaintext" srclang="en"/>'
)
WRITTEN = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
{HEADER}
<body>
<tu>
<prop type="x-i18n-context">lora/body</prop>
<prop type="x-i18n-kind">table cell</prop>
<prop type="x-i18n-around">00ff</prop>
<tuv xml:lang="en"><seg>a &lt;br&gt; &amp; b</seg></tuv>
<tuv xml:lang="ja"><seg>a &lt;br&gt; &amp; b </seg></tuv>
<tuv xml:lang="pt-BR"><seg>c</seg></tuv>
</tu>
<tu>
<tuv xml:lang="en"><seg>x
y</seg></tuv>
<tuv xml:lang="ja"><seg>z</seg></tuv>
</tu>
</body>
</tmx>
"""
UNITS = (
    TmxUnit(
        (Variant("en", "a <br> & b"), Variant("ja", "a <br> & b "), Variant("pt_br", "c")),
        Place("lora/body", "table cell", "00ff"),
    ),
    TmxUnit((Variant("en", "x\ny"), Variant("ja", "z"))),
)


def test_units_are_written_with_where_they_stood() -> None:
    assert write_tmx(UNITS, "en").decode() == WRITTEN


def test_what_was_written_is_read_again() -> None:
    assert pairs(WRITTEN.encode()) == (
        Pair("a <br> & b", "a <br> & b ", place=Place("lora/body", "table cell", "00ff")),
        Pair("x\ny", "z"),
    )


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029")
)


@given(st.lists(st.tuples(words, words, words), max_size=6))
def test_any_text_comes_back_as_it_was(texts: list[tuple[str, str, str]]) -> None:
    said = [(a, b, c) for a, b, c in texts if a.strip() and b.strip()]
    units = [TmxUnit((Variant("en", a), Variant("ja", b)), Place(c)) for a, b, c in said]
    data = write_tmx(units, "en")
    assert pairs(data) == tuple(dict.fromkeys(Pair(a, b, place=Place(c)) for a, b, c in said))
    assert write_tmx(units, "en") == data


@given(st.text())
def test_what_can_be_written_is_xml(text: str) -> None:
    if can_be_written(text):
        data = write_tmx([TmxUnit((Variant("en", text), Variant("ja", "x")))], "en")
        found = ElementTree.fromstring(data).findtext("body/tu/tuv/seg")  # noqa: S314 - our own file
        assert found == text or not text


# TMX 1.4b: for each element what it must have, what it may have, and the order of its children
RULES: dict[str, tuple[set[str], set[str], list[str]]] = {
    "tmx": ({"version"}, set(), ["header", "body"]),
    "header": (
        {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
         "datatype"},
        {"o-encoding", "creationdate", "creationid", "changedate", "changeid"},
        ["note", "prop", "ude"],
    ),
    "body": (set(), set(), ["tu"]),
    "tu": (set(), {"tuid", "datatype", "segtype", "srclang"}, ["prop", "tuv"]),
    "tuv": ({"{http://www.w3.org/XML/1998/namespace}lang"}, set(), ["prop", "seg"]),
    "prop": ({"type"}, set(), []),
    "seg": (set(), set(), []),
}  # fmt: skip


def test_what_is_written_keeps_the_rules_of_the_format() -> None:
    root = ElementTree.fromstring(WRITTEN)  # noqa: S314 - our own file
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    for element in root.iter():
        needed, more, children = RULES[element.tag]
        assert needed <= set(element.keys()) <= needed | more, element.tag
        order = [children.index(child.tag) for child in element]
        assert order == sorted(order), element.tag
    assert [one.get("segtype") for one in root.iter("header")] == ["block"]
    assert all(len(one.findall("tuv")) > 1 for one in root.iter("tu"))
    assert all(len(one.findall("seg")) == 1 for one in root.iter("tuv"))


_DTD = "".join(
    f"<!ELEMENT {name} {model}>"
    for name, model in {
        "tmx": "(header, body)", "header": "(note | prop | ude)*", "body": "(tu*)",
        "tu": "((note | prop)*, tuv+)", "tuv": "((note | prop)*, seg)", "note": "(#PCDATA)",
        "prop": "(#PCDATA)", "seg": "(#PCDATA)", "ude": "EMPTY",
    }.items()
) + (
    "<!ATTLIST tmx version CDATA #FIXED '1.4'>"
    "<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED"
    " segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED"
    " adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>"
    "<!ATTLIST tuv xml:lang CDATA #REQUIRED><!ATTLIST prop type CDATA #REQUIRED>"
)  # fmt: skip


@pytest.mark.skipif(not shutil.which("xmllint"), reason="xmllint is not installed")
def test_xmllint_finds_what_is_written_valid(tmp_path: Path) -> None:
    (tmp_path / "tmx14.dtd").write_text(_DTD, "utf-8")
    file = tmp_path / "memory.tmx"
    for text, code in ((WRITTEN, 0), (WRITTEN.replace(' segtype="block"', ""), 3)):
        file.write_text(text, "utf-8")
        command = ["xmllint", "--noout", "--nonet", "--dtdvalid", "tmx14.dtd", file.name]
        assert (
            subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode
            == code
        )


def test_translate_toolkit_reads_what_is_written_and_writes_what_is_read() -> None:
    toolkit = pytest.importorskip("translate.storage.tmx")
    store = toolkit.tmxfile.parsefile(BytesIO(WRITTEN.encode()))
    assert [(str(one.source), str(one.target)) for one in store.units] == [
        ("a <br> & b", "a <br> & b "),
        ("x\ny", "z"),
    ]
    own = toolkit.tmxfile()
    own.addtranslation("A model.", "en", "モデル。", "ja")
    own.addtranslation("a < b & c", "en", "d", "ja")
    assert pairs(bytes(own)) == (Pair("A model.", "モデル。"), Pair("a < b & c", "d"))


CUT = """\
<tmx version="1.4"><header/><body>
  <!-- about b -->
  <tu tuid="1" ><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ja"><seg>あ</seg></tuv></tu>
  <tu><tuv xml:lang="en"><seg>b</seg></tuv><tuv xml:lang="ja"><seg>い</seg></tuv></tu >
\t<tu><tuv xml:lang="en"><seg>c</seg></tuv><tuv xml:lang="ja"><seg>う</seg></tuv></tu></body></tmx>
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_units_go_with_their_lines_and_every_other_byte_stays(end: str, encoding: str) -> None:
    lines = CUT.splitlines()

    def whole(kept: list[str], last: str = "") -> bytes:
        return (end.join(kept) + (last or end)).encode(encoding)

    def left(*texts: str) -> bytes:
        return without(whole(lines), lambda one: one.variants[0].text in texts)[0]

    assert left("a") == whole([*lines[:2], *lines[3:]])
    assert left("b") == whole([*lines[:3], *lines[4:]])
    assert left("c") == whole([*lines[:3], lines[3] + "</body></tmx>"])
    assert left() == whole(lines)
    assert pairs(left("a", "b", "c")) == ()


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.frozensets(st.sampled_from("abcd")))
def test_what_stays_is_what_is_not_cut(texts: list[str], gone: frozenset[str]) -> None:
    units = [TmxUnit((Variant("en", text), Variant("ja", text))) for text in texts]
    data, cut = without(write_tmx(units, "en"), lambda one: one.variants[0].text in gone)
    assert data == write_tmx([one for one in units if one.variants[0].text not in gone], "en")
    assert len(cut) == sum(text in gone for text in texts)


def test_a_note_beside_the_texts_is_passed_over() -> None:
    with_note = unit("A", "B").replace("<tu>", "<tu><note>why</note><prop>of nobody</prop>")
    assert pairs(tmx(with_note)) == pairs(tmx(unit("A", "B")))
