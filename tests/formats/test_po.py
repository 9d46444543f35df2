"""PO: what we write is what gettext and polib write, and is read again as it was."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from i18n_pipeline.errors import I18nError
from i18n_pipeline.formats.po import new_header, read_po, unit_lines, write_po, written_alone
from i18n_pipeline.formats.po.reader import read_foreign_po
from i18n_pipeline.model import (
    Catalog,
    Origin,
    Review,
    State,
    Unit,
    approved_hash,
    draft_hash,
)

DATA = Path(__file__).parent / "data"
HEADER = new_header("ja", "glossary")

SAMPLES = [
    "ファインチューニングは、事前学習済みモデルを追加データで学習させる手法です。" * 4,
    "الضبط الدقيق \u200fLoRA\u200e (2021)",
    "👩🏽\u200d🔬 emoji, flags 🇯🇵",
    "see [docs](https://example.org/" + "path/" * 30 + "?q=a&b=%20#frag) and go on",
    'tab\there, "quotes", back\\slash, \\n that is none, \\\\',
    "\nstarts and ends with a line\n",
    "two\nlines",
    "a\n\n\nb",
    "\n",
    "\\",
    '"',
    "  spaces around  ",
    "#, not a comment",
    'msgid "not a keyword"',
    "word " * 60,
    "Cafe\u0301 \xa0 \u3000 \ufeff",
]
PIECES = ["\n", "\t", '"', "\\", "\\n", " ", "あ", "ع", "😀", "x" * 30, "#", "%", "https://e.org/"]
# polib starts a new line of the file after these, msgcat does not
BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
CONTROL = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) + "\u2028\u2029"

words = st.text(st.characters(codec="utf-8", exclude_characters=CONTROL), min_size=1, max_size=20)
texts = (
    st.sampled_from(SAMPLES) | st.lists(st.sampled_from(PIECES), min_size=1).map("".join) | words
)
lines = words.map(str.strip).filter(bool)
origins = st.builds(
    Origin, lines.filter(lambda text: text[-1] not in ")\\"), st.just("") | words.map(draft_hash)
)
# what gettext calls its own first character of a comment must not stand right after `#`
comments = lines.filter(lambda text: not text.endswith("\\")) | st.sampled_from(
    ["Origin: not ours", "Reviewed by: nobody (text 0123456789ab)"]
)
names = lines.filter(lambda text: text[-1] != "\\")
flag_sets = st.sampled_from([(), ("no-wrap",), ("c-format",), ("python-format", "no-wrap")])
keys = st.tuples(st.just("") | lines | texts, texts)


@st.composite
def units(draw: st.DrawFn, key: tuple[str, str]) -> Unit:
    """A unit as reading gives it: an obsolete one has only what PO keeps of it."""
    target = draw(st.just("") | texts)
    unit = Unit(
        context=key[0],
        source=key[1],
        target=target,
        reviewed=bool(target) and draw(st.booleans()),
        comments=tuple(draw(st.lists(comments, max_size=2))),
        flags=draw(flag_sets),
    )
    if target and draw(st.booleans()):
        return replace(unit, obsolete=True)
    previous = draw(st.none() | texts)
    return replace(
        unit,
        origin=draw(st.none() | origins) if target else None,
        previous=previous,
        previous_context=draw(st.none() | texts) if previous else None,
        notes=tuple(draw(st.lists(comments, max_size=2))),
        path=draw(st.just("") | words),
        review=draw(st.none() | reviews(unit)) if unit.reviewed else None,
    )


def reviews(unit: Unit) -> st.SearchStrategy[Review]:
    """Somebody's approval of what a unit says."""
    return st.builds(Review, names, st.just(approved_hash(unit.source, unit.target)))


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    found = draw(st.lists(keys, max_size=8, unique=True))
    drawn = [draw(units(key)) for key in found]
    drawn.sort(key=lambda unit: unit.obsolete)
    return Catalog(tuple(drawn), HEADER, tuple(draw(st.lists(comments, max_size=2))))


OTHER_HEADER = r"""
#, fuzzy
msgid ""
msgstr ""
"X-Generator: Poedit 3.4\n"
"X-10: ten\n"
"X-9: nine\n"
"PO-Revision-Date: 2024-01-01 10:00+0000\n"
"Last-Translator: A <a@example.org>\n"
"POT-Creation-Date: 2024-01-01 10:00+0000\n"
"Language-Team: ja \n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"Language: ja\n"
"""
OUR_HEADER = r"""#
msgid ""
msgstr ""
"Language-Team: ja\n"
"Language: ja\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"X-9: nine\n"
"X-10: ten\n"
"""


def of(*found: Unit) -> Catalog:
    return Catalog(found, HEADER)


def body(catalog: Catalog) -> str:
    """What stands below the header."""
    return write_po(catalog).decode().partition("\n\n")[2]


def read(text: str) -> tuple[Unit, ...]:
    header = write_po(of()).decode()
    return read_po(f"{header}\n{text}".encode()).units


def gettext(command: str, data: bytes) -> bytes:
    """Output of a gettext tool. One call reads many units: starting it is what takes time."""
    return subprocess.run(command.split(), input=data, capture_output=True, check=True).stdout


def saved_by_polib(data: bytes, folder: Path) -> bytes:
    file = folder / "terms.po"
    file.write_bytes(data)
    polib.pofile(str(file), wrapwidth=0).save()
    return file.read_bytes()


few = settings(max_examples=40)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(catalogs())
def test_a_catalog_survives_po(catalog: Catalog) -> None:
    assert read_po(write_po(catalog)) == catalog


@given(catalogs())
def test_writing_what_was_read_gives_the_same_bytes(catalog: Catalog) -> None:
    data = write_po(catalog)
    assert write_po(read_po(data)) == data


@given(catalogs())
def test_a_bom_and_crlf_change_nothing(catalog: Catalog) -> None:
    data = b"\xef\xbb\xbf" + write_po(catalog).replace(b"\n", b"\r\n")
    assert read_po(data) == catalog


@few
@given(catalogs())
def test_msgcat_saves_the_same_bytes(catalog: Catalog) -> None:
    data = write_po(catalog)
    assert gettext("msgcat --force-po --no-wrap -", data).decode() == data.decode()


@one_folder
@given(catalog=catalogs())
def test_polib_saves_the_same_bytes(catalog: Catalog, tmp_path: Path) -> None:
    # polib takes a header comment that begins with one of these for flags or references.
    assume(not any(line.startswith((",", ":")) for line in catalog.header_comments))
    data = write_po(catalog)
    assert saved_by_polib(data, tmp_path).decode() == data.decode()


@few
@given(catalogs())
def test_msgfmt_accepts_it(catalog: Catalog) -> None:
    sound = tuple(replace(unit, target=unit.target and unit.source) for unit in catalog.units)
    gettext("msgfmt --check --output-file=/dev/null -", write_po(replace(catalog, units=sound)))


@few
@given(odd=st.lists(st.text(st.sampled_from(BREAKS + "\x07\x08ab\n")), min_size=1, unique=True))
def test_odd_breaks_keep_their_layout_in_msgcat_and_their_content_in_polib(
    odd: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    catalog = of(*(Unit(f"c{n}", text + "z", "y" + text) for n, text in enumerate(odd)))
    data = write_po(catalog)
    assert read_po(data) == catalog
    assert gettext("msgcat --force-po --no-wrap -", data) == data
    file = tmp_path_factory.mktemp("po") / "terms.po"
    plain = [text.translate({7: None, 8: None}) for text in odd]
    file.write_bytes(write_po(of(*(Unit(f"c{n}", t + "z", "y" + t) for n, t in enumerate(plain)))))
    found = polib.pofile(str(file))
    assert [(entry.msgid, entry.msgstr) for entry in found] == [(t + "z", "y" + t) for t in plain]


def test_the_golden_file_is_what_every_tool_writes(tmp_path: Path) -> None:
    data = (DATA / "terms.po").read_bytes()
    assert write_po(read_po(data)) == data
    assert gettext("msgcat --force-po --no-wrap -", data) == data
    assert saved_by_polib(data, tmp_path) == data


def test_the_golden_file_reads_as_these_units() -> None:
    draft = "**ファインチューニング**は\n「微調整」とも呼ばれます。"
    catalog = read_po((DATA / "terms.po").read_bytes())
    assert catalog.header_comments == ("Japanese translation of the glossary.", "")
    assert dict(catalog.header)["X-Poedit-Basepath"] == ".."
    assert catalog.units == (
        Unit(
            "fine-tuning/term",
            "Fine-tuning",
            "ファインチューニング",
            reviewed=True,
            comments=("Decided with the team, do not change.",),
            notes=("name of the term", "https://example.org/ja/glossary/fine-tuning"),
            path="terms/en/fine tuning.md",
        ),
        Unit(
            "fine-tuning/body",
            "**Fine-tuning** is\nalso called “tuning”.",
            draft,
            origin=Origin("machine draft by DeepL", draft_hash(draft)),
            previous="**Fine-tuning** is",
            previous_context="finetuning/body",
            notes=("paragraph, Introduction > Names",),
            path="terms/en/fine tuning.md",
            flags=("no-wrap",),
        ),
        Unit("lora/term", "LoRA", notes=("name of the term",), path="terms/en/lora.md"),
        Unit("category", "Technique", "手法", reviewed=True, obsolete=True),
        Unit("old/body", "Gone.", "なくなった。", comments=("a person's",), obsolete=True),
    )
    assert catalog.units[1].is_draft


def test_a_machine_draft_that_was_edited_is_a_persons_text_but_keeps_its_origin() -> None:
    draft = Unit("a/body", "x", "y", origin=Origin("machine draft", draft_hash("y")))
    data = write_po(of(draft)).replace(b'msgstr "y"', b'msgstr "y!"')
    (edited,) = read_po(data).units
    assert edited.by_person
    assert edited.state is State.NEEDS_REVIEW
    assert edited.origin == draft.origin


def test_removing_the_flag_makes_a_unit_reviewed() -> None:
    data = write_po(of(Unit("a/body", "x", "y"))).replace(b"#, fuzzy\n", b"")
    assert read_po(data).units[0].state is State.REVIEWED


def test_an_empty_target_is_never_marked_and_has_no_origin() -> None:
    unit = Unit("a/body", "x", "", origin=Origin("machine draft", "0" * 12))
    assert body(of(unit)) == 'msgctxt "a/body"\nmsgid "x"\nmsgstr ""\n'
    (found,) = read('#, fuzzy\nmsgctxt "a/body"\nmsgid "x"\nmsgstr ""\n')
    assert found.state is State.UNTRANSLATED
    assert not found.reviewed
    assert found.flags == ()


def test_obsolete_units_stand_last_and_lose_what_comes_from_us() -> None:
    gone = Unit(
        "a/body",
        "x",
        "y",
        origin=Origin("machine draft", "0" * 12),
        previous="w",
        notes=("paragraph",),
        comments=("mine",),
        path="a.md",
        obsolete=True,
    )
    empty = Unit("b/body", "x", obsolete=True)
    assert body(of(gone, empty, Unit("c/body", "z", "z", reviewed=True))) == (
        'msgctxt "c/body"\nmsgid "z"\nmsgstr "z"\n\n'
        '# mine\n#, fuzzy\n#~ msgctxt "a/body"\n#~ msgid "x"\n#~ msgstr "y"\n'
    )


def test_volatile_header_fields_are_read_and_not_written_and_others_stay() -> None:
    catalog = read_po(OTHER_HEADER.encode())
    assert dict(catalog.header)["Last-Translator"] == "A <a@example.org>"
    assert write_po(catalog).decode() == OUR_HEADER


def test_translators_comments_of_any_form_keep_their_words() -> None:
    (found,) = read('#\n#  set in\n#tight\n#~\n## two\n# \t\nmsgid "x"\nmsgstr "y"\n')
    assert found.comments == ("", " set in", "tight", "# two", "\t")
    assert body(of(found)).startswith("#\n#  set in\n# tight\n# # two\n# \t\nmsgid")


def test_notes_become_lines_without_control_characters_and_never_an_origin() -> None:
    notes = ("one\n\n two \\", "esc\x1b[31m\x9bX\u2028Y", "Origin: from Latin", "\n")
    unit = Unit("a/body", "x", "y", reviewed=True, notes=notes, origin=Origin("by\nhand"))
    assert body(of(unit)).splitlines()[:5] == [
        "#. one",
        "#. two",
        "#. esc [31m X Y",
        "#.  Origin: from Latin",
        "#. Origin: by hand",
    ]
    (found,) = read_po(write_po(of(unit))).units
    assert found.notes == ("one", "two", "esc [31m X Y", "Origin: from Latin")
    assert found.origin == Origin("by hand")


def test_blank_notes_of_other_tools_are_left_out() -> None:
    assert read('#.\n#.   \n#.tight\nmsgid "x"\nmsgstr "y"\n')[0].notes == ("tight",)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("#: terms/en/a.md", "terms/en/a.md"),
        ("#: terms/en/a.md:12", "terms/en/a.md"),
        ("#: a.md:1 b.md:2", "a.md"),
        ("#: \u2068a b.md\u2069:4 c.md", "a b.md"),
        ("#: a%20b%3A7", "a b:7"),
        ("#: 100%.md", "100%.md"),
        ("#:", ""),
    ],
)
def test_the_path_of_a_unit_is_its_first_reference(line: str, path: str) -> None:
    assert read(f'{line}\nmsgid "x"\nmsgstr "y"\n')[0].path == path


def test_layouts_of_other_tools_are_read() -> None:
    indented = (
        'msgctxt "a"\n  msgid   "one "\n          "two"\n\tmsgstr\t""\n  "x"\n\n"y"\n'
        'msgid "no blank line between"\nmsgstr "z"\n#~ msgid "gone"\n#~ msgstr ""\n#~ "y"'
    )
    assert read(indented) == (
        Unit("a", "one two", "xy", reviewed=True),
        Unit("", "no blank line between", "z", reviewed=True),
        Unit("", "gone", "y", reviewed=True, obsolete=True),
    )


def test_previous_texts_of_obsolete_units_are_read_over() -> None:
    (found,) = read('#~| msgid "w"\n#~| "v"\n#~ msgid "x"\n#~ msgstr "y"\n')
    assert found == Unit("", "x", "y", reviewed=True, obsolete=True)


def test_flags_keep_their_order_also_on_lines_of_newer_gettext() -> None:
    (found,) = read('#, fuzzy,  no-wrap\n#= c-format,no-wrap\nmsgid "x"\nmsgstr "y"\n')
    assert found.flags == ("no-wrap", "c-format")
    assert not found.reviewed


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\n\t\"\\", '\n\t"\\'),
        (r"\a\b\f\r\v", "\a\b\f\r\v"),
        (r"\101\x41\12", "AA\n"),
        (r"\343\201\202\xe3\x81\x84", "あい"),
        ('\\11"\n"2', "\t2"),
        (r"\\x41 \\n", r"\x41 \n"),
        ("tab\tas it is", "tab\tas it is"),
        ("\u2028 \u2029 \x85", "\u2028 \u2029 \x85"),
    ],
)
def test_escapes_are_read_as_gettext_reads_them(written: str, text: str) -> None:
    (found,) = read(f'msgid "{written}"\nmsgstr ""\n')
    assert found.source == text
    canonical = gettext("msgcat --force-po --no-wrap -", write_po(of(found)))
    assert canonical == write_po(of(found))


@pytest.mark.parametrize(
    "bad",
    [
        (Unit("a/body", ""),),
        (Unit("a/body", "x"), Unit("a/body", "x", "y", obsolete=True)),
        (Unit("a/body", "x", "\x1b[31m"),),
        (Unit("a/body", "x", "\ud800"),),
    ],
)
def test_what_nothing_could_read_again_is_not_written(bad: tuple[Unit, ...]) -> None:
    with pytest.raises(I18nError):
        write_po(of(*bad))


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ja", "ja"),
        ("pt-BR", "pt_BR"),
        ("pt_br", "pt_BR"),
        ("zh-Hans", "zh_CN"),
        ("zh-hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr@latin"),
        ("sr-Latn-RS", "sr_RS@latin"),
        ("es-419", "es_419"),
        ("ca-valencia", "ca@valencia"),
        ("de-x-formal", "de@formal"),
        ("en-XA", "en_XA"),
    ],
)
def test_the_language_is_named_as_gettext_names_it(locale: str, language: str) -> None:
    assert dict(new_header(locale))["Language"] == language


def test_msgfmt_finds_no_fault_with_a_new_header_but_the_fields_nobody_needs() -> None:
    data = write_po(Catalog((), new_header("pt-BR", "glossary")))
    command = ["msgfmt", "--check", "--output-file=/dev/null", "-"]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    warned = {line.split("'")[1] for line in run.stderr.decode().splitlines()}
    assert warned == {"PO-Revision-Date", "Last-Translator", "Language-Team"}


def test_every_active_unit_is_found_at_its_line() -> None:
    data = write_po(read_po((DATA / "terms.po").read_bytes()))
    lines = data.decode().split("\n")
    found = unit_lines(data)
    active = [unit for unit in read_po(data).units if not unit.obsolete]
    assert list(found) == [unit.key for unit in active]
    for (context, _), line in found.items():
        assert lines[line - 1] == f'msgctxt "{context}"'


def test_a_unit_without_msgctxt_is_found_at_its_msgid_and_an_obsolete_one_not_at_all() -> None:
    lines = [
        'msgid "One."',
        'msgstr "Eins."',
        "",
        "# by a person",
        'msgctxt "a/body"',
        'msgid "Two."',
    ]
    lines += ['msgstr ""', "", '#~ msgctxt "a/body"', '#~ msgid "Three."', '#~ msgstr "Drei."', ""]
    header = write_po(Catalog((), new_header("de")))
    above = header.count(b"\n") + 1
    found = unit_lines(header + b"\n" + "\n".join(lines).encode())
    assert found == {("", "One."): above + 1, ("a/body", "Two."): above + 5}


def test_units_are_read_wherever_they_come_from_with_their_lines_and_places() -> None:
    text = (
        '#: a.md:1 b.md\n#: c.md\nmsgid "One"\nmsgstr "Eins"\n\n'
        'msgid "One"\nmsgstr "Eines"\n\nmsgctxt "x"\nmsgid "Two"\nmsgstr ""\n'
    )
    found = [
        (unit.source, unit.target, line, words)
        for unit, line, words in read_foreign_po(text.encode())
    ]
    assert found == [
        ("One", "Eins", 3, ("a.md:1", "b.md", "c.md")),
        ("One", "Eines", 6, ()),
        ("Two", "", 9, ()),
    ]


def test_a_unit_alone_is_what_stands_of_it_in_its_file() -> None:
    one, other = Unit("a/term", "One", "Eins", reviewed=True), Unit("b/term", "Two", "Zwei")
    data = write_po(Catalog((one, other), HEADER))
    assert data.endswith(b"\n\n" + written_alone(one) + b"\n\n" + written_alone(other) + b"\n")
