"""Catalogs that po4a, mdpo and translate-toolkit wrote arrive by what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Key, Kind, Segment, State, Unit
from i18n_pipeline.origins import adopted, machine
from i18n_pipeline.pipeline.by_hand.adopting_catalogs import AdoptCatalogs, adopt_catalogs
from i18n_pipeline.pipeline.by_hand.receiving import File
from i18n_pipeline.reports.catalogs import CatalogsReport, catalogs_as_json, catalogs_as_text
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.foreign import (
    Foreign,
    Match,
    Matches,
    Place,
    foreign_units,
    matched,
    taken,
)
from i18n_pipeline.stages.foreign.splitting import pieces
from i18n_pipeline.stages.foreign.wording import Likeness, in_our_words, readings, tokens_in
from i18n_pipeline.workspace import open_workspace
from tests.stubs.site import Site

DATA = Path(__file__).parent / "data"
PO = "locales/es/terms.po"
BREAK = (
    "Usa H<sub>2</sub>O, una [referencia][ref] y <br> un salto.\\\nOtra línea & más.",
    "reviewed",
)
LOST_BREAK = (
    "Usa H<sub>2</sub>O, una [referencia][ref] y <br> un salto. Otra línea & más.",
    "needs review",
)
WEIGHTS = (
    "Solo se entrenan unos pocos pesos, de **rango bajo**, según [el artículo]"
    '(https://arxiv.org/abs/2106.09685 "LoRA"); la biblioteca es `peft`, y funciona _de verdad_.'
)
EXPECTED = {
    ("category", "Basics"): "Conceptos",
    ("category", "Methods"): "Métodos",
    ("lora/term", "LoRA"): "LoRA",
    ("lora/definition", "A cheap way of fine-tuning."): "Una manera barata de ajuste fino.",
    ("lora/body", "How it works"): "Cómo funciona",
    ("lora/body", "cheap to train"): "barato de entrenar",
    ("lora/body", "fast to load, see [tokens](/glossary/token)"): (
        "rápido de cargar, véase [tokens](/glossary/token)"
    ),
    ("lora/body", "Small is beautiful."): "Lo pequeño es hermoso.",
    ("lora/body", "method"): "método",
    ("lora/body", "cost"): "coste",
    ("lora/body", "LoRA"): "LoRA",
    ("lora/body", "low"): "bajo",
    ("lora/body", "full"): "entero",
    ("lora/body", "high"): "alto",
    ("token/term", "Token"): "Token",
    ("token/definition", "A piece of text."): "Un trozo de texto.",
    ("token/body", "A model reads tokens, not words; see [LoRA](/glossary/lora)."): (
        "Un modelo lee tokens, no palabras; véase [LoRA](/glossary/lora)."
    ),
    ("token/body", "Cut the text."): "Corta el texto.",
    ("token/body", "Count the pieces."): "Cuenta los trozos.",
    ("token/body", "Small is beautiful."): "Lo breve es bello.",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.write("i18n.toml", 'source = "en"\ntargets = ["es"]\n')
    for file in DATA.glob("en/*.md"):
        made.write(f"terms/en/{file.name}", file.read_bytes())
    return made


def adopt(site: Site, *names: str, dry_run: bool = False) -> CatalogsReport:
    files = tuple(File(name, (DATA / name).read_bytes()) for name in names)
    return adopt_catalogs(open_workspace(site.root), AdoptCatalogs(files, "es", dry_run))


def texts(site: Site) -> dict[Key, tuple[str, str]]:
    """Translations with their states, by unit."""
    return {
        (entry.msgctxt, entry.msgid): (
            entry.msgstr,
            "needs review" if entry.fuzzy else "reviewed",
        )
        for entry in site.po(PO)
        if not entry.obsolete
    }


@pytest.mark.parametrize(
    ("tool", "ending"),
    [
        ("po4a", "po"),
        ("mdpo", "po"),
        ("toolkit", "po"),
        ("toolkit-plain", "po"),
        ("toolkit", "xlf"),
    ],
)
def test_what_another_program_holds_arrives(site: Site, tool: str, ending: str) -> None:
    report = adopt(site, f"{tool}-lora.{ending}", f"{tool}-token.{ending}")
    assert (report.exit_code, report.errors, report.written) == (0, (), (PO,))
    found = texts(site)
    weights = next(key for key in found if key[1].startswith("Only a few"))
    breaks = next(key for key in found if key[1].startswith("It uses"))
    said = WEIGHTS.replace("_de verdad_", "*de verdad*") if tool == "mdpo" else WEIGHTS
    assert found.pop(weights) == (said, "reviewed")
    assert found.pop(breaks) == (LOST_BREAK if tool == "mdpo" else BREAK)
    assert found == {key: (target, "reviewed") for key, target in EXPECTED.items()}
    assert not site.run("check", "--lang", "es").code
    assert "Origin: adopted from " in site.read(PO)


def test_what_is_left_is_listed_with_its_line_and_the_reason(site: Site) -> None:
    report = adopt(site, "po4a-lora.po")
    assert catalogs_as_text(report) == (
        "es: po4a-lora.po: 15 reviewed, 0 to review, 0 known\n"
        '  po4a-lora.po:99: left: peft.load("lora"): code is not translated\n'
        "  po4a-lora.po:111: left: [ref]: https://example.org/ref: no unit says this\n"
        f"  wrote {PO}\n"
    )
    assert '"command": "adopt"' in catalogs_as_json(report)


def test_adopting_twice_changes_nothing(site: Site) -> None:
    names = ("mdpo-lora.po", "mdpo-token.po")
    adopt(site, *names)
    before = site.tree()
    report = adopt(site, *names)
    assert (report.written, site.tree()) == ((), before)
    assert sum(one.known for one in report.catalogs) == 22


def test_a_dry_run_writes_nothing(site: Site) -> None:
    before = site.tree()
    report = adopt(site, "po4a-lora.po", dry_run=True)
    assert (report.written, site.tree()) == ((PO,), before)
    assert "would write" in catalogs_as_text(report)


def test_a_persons_text_stays_and_a_draft_gives_way(site: Site) -> None:
    site.run("extract", "--lang", "es")
    catalog = site.po(PO)
    for entry in catalog:
        if entry.msgid == "cheap to train":
            entry.msgstr = "barato"
        if entry.msgid == "low":
            entry.msgstr, entry.flags = "poco", ["fuzzy"]
            words = machine("DeepL", "poco")
            entry.comment += f"\nOrigin: {words.words} (draft {words.draft})"
    site.write(PO, str(catalog))
    report = adopt(site, "po4a-lora.po")
    found = texts(site)
    assert found["lora/body", "cheap to train"] == ("barato", "reviewed")
    assert found["lora/body", "low"] == ("bajo", "reviewed")
    assert report.exit_code == 3
    assert [other.unit for other in report.catalogs[0].parked] == ["lora/body"]
    line = report.catalogs[0].parked[0].line
    assert (
        "  1 further text beside units, for somebody to choose: i18n resolve --lang es\n"
        f"    po4a-lora.po:{line}: lora/body\n"
    ) in catalogs_as_text(report)
    assert "# i18n: | barato de entrenar\n" in site.read(PO)
    before = site.read(PO)
    adopt(site, "po4a-lora.po")
    assert site.read(PO) == before
    assert "barato de entrenar" in site.run("resolve", "--lang", "es").out


def test_what_nobody_calls_finished_does_not_wait_beside_a_persons_text(site: Site) -> None:
    site.run("extract", "--lang", "es")
    catalog = site.po(PO)
    for entry in catalog:
        entry.msgstr = "poco" if entry.msgid == "low" else entry.msgstr
    site.write(PO, str(catalog))
    data = b'#, fuzzy\nmsgid "low"\nmsgstr "bajo"\n'
    order = AdoptCatalogs((File("some.po", data),), "es")
    report = adopt_catalogs(open_workspace(site.root), order)
    assert (report.exit_code, report.written) == (0, ())
    assert catalogs_as_text(report) == (
        "es: some.po: 0 reviewed, 0 to review, 0 known\n"
        "  1 text not taken, unfinished or of a source not quite ours: the unit has another one "
        "of a person's, which stays\n"
        "    some.po:2: lora/body\n"
    )


def test_what_is_said_of_other_units_stays(site: Site) -> None:
    adopt(site, "po4a-token.po")
    like = "A model reads tokens, and not words; see [LoRA](/glossary/lora)."
    head = "---\nterm: Rank\nslug: rank\nlang: en\ncategory: Basics\ndefinition: A size.\n---\n\n"
    site.write("terms/en/rank.md", f"{head}{like}\n")
    assert site.report("sync", "--lang", "es").part("leveraged") == {"exact": 1, "fuzzy": 1}
    assert "#. Differs: " in site.read(PO)
    assert adopt(site, "po4a-lora.po").written == (PO,)
    before = site.read(PO)
    assert "#. Differs: " in before
    site.run("sync", "--lang", "es")
    assert site.read(PO) == before


def test_catalogs_may_come_before_the_pages_and_touch_none(site: Site) -> None:
    for file in DATA.glob("es/*.md"):
        site.write(f"terms/es/{file.name}", file.read_bytes())
    before = site.contents()
    adopt(site, "po4a-lora.po")
    found = texts(site)
    assert found["lora/body", "How it works"] == ("Cómo funciona", "reviewed")
    assert {context.partition("/")[0] for context, _ in found} == {"lora", "category"}
    assert {path: data for path, data in site.contents().items() if path != PO} == before
    kept = site.read(PO)
    assert site.run("sync", "--lang", "es").code == 0
    assert site.read(PO) == kept


def test_a_term_without_translations_is_not_begun_while_its_page_is_a_persons(site: Site) -> None:
    for file in DATA.glob("es/*.md"):
        site.write(f"terms/es/{file.name}", file.read_bytes())
    site.write("small.po", 'msgid "Cut the text."\nmsgstr "Corta."\n')
    files = (File("small.po", (site.root / "small.po").read_bytes()),)
    adopt_catalogs(open_workspace(site.root), AdoptCatalogs(files, "es"))
    assert {context.partition("/")[0] for context, _ in texts(site)} == {"token", "category"}


def test_a_bad_catalog_is_one_line_and_the_others_go_on(site: Site) -> None:
    bad = File("bad.po", b'msgid "a"\nmsgstr "b\n')
    other = File("de.po", b'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "low"\nmsgstr "wenig"\n')
    table = File("a.csv", b"source,target\n")
    good = File("po4a-lora.po", (DATA / "po4a-lora.po").read_bytes())
    order = AdoptCatalogs((bad, other, table, good), "es")
    report = adopt_catalogs(open_workspace(site.root), order)
    assert report.exit_code == 65
    assert [(one.path, one.line, one.code) for one in report.errors] == [
        ("bad.po", 2, "po-unterminated-string"),
        ("de.po", 1, "package-language"),
        ("a.csv", 1, "not-a-catalog"),
    ]
    assert texts(site)["lora/body", "low"] == ("bajo", "reviewed")


# single translations


def place(source: str, field: str = "body", *, path: str = "terms/en/lora.md") -> Place:
    segment = Segment(field, Kind.PARAGRAPH, source, markdown=field == "body")
    return Place(segment, path)


def find(*foreign: Foreign, source: str, field: str = "body") -> Matches:
    places = {(f"lora/{field}", source): place(source, field)}
    return matched(foreign, places, DEFAULT_EXTENSIONS)


@pytest.mark.parametrize(
    ("theirs", "ours", "likeness"),
    [
        ("A  text\nof two lines", "A text of two lines", Likeness.SAME),
        ("so *really* __bold__", "so _really_ **bold**", Likeness.MARKUP),
        ("5 * 3 & more", r"5 \* 3 &amp; more", Likeness.MARKUP),
        ("What is LoRA", "What is LoRA?", Likeness.LETTERS),
        ("see [tokens]", "see [tokens](/glossary/token)", Likeness.LETTERS),
        ("a break. And", "a break.\\\nAnd", Likeness.LETTERS),
    ],
)
def test_a_source_is_ours_whatever_its_spelling_and_counts_as_reviewed_as_far_as_it_is_sure(
    theirs: str, ours: str, likeness: Likeness
) -> None:
    found = find(Foreign(theirs, "t", done=True), source=ours).found
    assert found["lora/body", ours][0].likeness is likeness
    assert found["lora/body", ours][0].is_done is (likeness is not Likeness.LETTERS)


@pytest.mark.parametrize(
    ("source", "target", "ours", "expected"),
    [
        ("see [it]{1}", "ve [eso]{1}", "see [it](/x)", "ve [eso](/x)"),
        ("H{1}2{2}O", "{1}2{2} de H", "H<sub>2</sub>O", "<sub>2</sub> de H"),
        ("{1} is code", "es {1}", "<br> is code", "es <br>"),
        ("a{1}", "{1}b", 'a![i](/j "k")', '![i](/j "k")b'),
        ("see {1} and {1}", "{1}, {1}", "see <b> and <b>", "<b>, <b>"),
        ("see {1} and {1}", "{1}", "see <b> and <i>", None),
        ("a {1}{2}", "{2}{1}", "a <b><i>", None),
        ("other {1}", "{1}", "see <b>", None),
        ("see {1}", "{2}", "see <b>", None),
        ("use {1} here", "aquí {1}", "use {1} here", "aquí {1}"),
        ("no number", "ninguno {1}", "no number", None),
        ("a {1} b {2} c", "{1} y {2}", "a <x> d <y> c", None),
    ],
)
def test_numbered_placeholders_are_what_stands_between_the_same_words(
    source: str, target: str, ours: str, expected: str | None
) -> None:
    assert in_our_words(source, target, ours) == expected


THEIRS = st.lists(st.sampled_from(["a", "{1}", "{2}", "b ", "c", "\n"]), max_size=8).map("".join)
OURS = st.lists(st.sampled_from(["a", "<x>", "b ", "c", "(/d)"]), max_size=8).map("".join)


@given(THEIRS, OURS)
def test_what_is_put_in_stands_in_ours(source: str, ours: str) -> None:
    result = in_our_words(source, source, ours)
    if result is not None and "{" in source:
        assert result.strip() == ours.strip()


def test_front_matter_that_is_one_text_is_its_values_by_key() -> None:
    source = '---\nterm: LoRA\nseo:\n  title: "A: b"\nkeywords: [a, b]\nslug: lora\n---\n\n'
    target = '---\nterm: LoRa\nseo:\n  title: "C: d"\nkeywords: [c]\nslug: lora\n---\n\n'
    found = pieces(Foreign(source, target, done=True), DEFAULT_EXTENSIONS)
    assert [(one.field, one.source, one.target) for one in found] == [
        ("term", "LoRA", "LoRa"),
        ("seo.title", "A: b", "C: d"),
        ("keywords", "a\nb", "c"),
        ("keywords", "a", "c"),
        ("slug", "lora", "lora"),
    ]
    assert pieces(Foreign("not: a\nblock", "x", done=True), DEFAULT_EXTENSIONS) == (
        Foreign("not: a\nblock", "x", done=True),
    )


def test_a_value_of_the_front_matter_is_only_its_fields() -> None:
    value = Foreign("LoRA", "LoRa", done=True, field="term")
    assert find(value, source="LoRA", field="term").found
    assert find(value, source="LoRA", field="title").left


def test_blocks_are_cut_only_where_both_sides_have_the_same() -> None:
    both = Foreign("> a\n\n- b\n- c\n", "> x\n\n- y\n- z\n", done=True)
    found = pieces(both, DEFAULT_EXTENSIONS)
    assert [(one.source, one.target) for one in found] == [("a", "x"), ("b", "y"), ("c", "z")]
    other = Foreign("- b\n- c\n", "- y\n", done=True)
    assert pieces(other, DEFAULT_EXTENSIONS) == (other,)


def test_of_several_translations_the_own_documents_comes_first_and_none_is_dropped() -> None:
    one = Foreign("a", "x", done=True, file="f.po", line=1, paths=("en/token.md",))
    two = Foreign("a", "y", done=True, file="f.po", line=5, paths=("en/lora.md",))
    three = Foreign("a", "z", done=False, file="f.po", line=9)
    key = ("lora/body", "a")
    found = find(one, two, three, source="a")
    result = taken([Unit(*key)], found.found, lambda _unit: True)
    (unit,) = result.units
    assert (unit.target, unit.reviewed, unit.origin) == ("y", True, adopted("f.po"))
    assert [(p.where, p.text) for p in parked(unit)] == [("f.po:9", "z")]
    assert [(other.foreign, other.reason) for other in found.left] == [
        (one, "it is another document's, and that is not here")
    ]
    without = find(one, replace(one, target="w"), source="a").found
    assert [match.target for match in without[key]] == ["x", "w"]
    places = {key: place("a"), ("token/body", "a"): place("a", path="terms/en/token.md")}
    both = matched([one, two], places, DEFAULT_EXTENSIONS).found
    assert {key: [m.target for m in matches] for key, matches in both.items()} == {
        ("lora/body", "a"): ["y"],
        ("token/body", "a"): ["x"],
    }


def test_one_text_of_many_documents_is_theirs_and_no_others() -> None:
    data = b'#: en/lora.md:1 en/token.md:7\nmsgid "a"\nmsgstr "x"\n'
    (foreign,) = foreign_units(data, "f.po", "es")
    assert foreign.paths == ("en/lora.md", "en/token.md")
    places = {
        (f"{slug}/body", "a"): place("a", path=f"terms/en/{slug}.md")
        for slug in ("lora", "token", "rank")
    }
    found = matched([foreign], places, DEFAULT_EXTENSIONS).found
    assert set(found) == {("lora/body", "a"), ("token/body", "a")}


def test_a_text_marked_there_or_damaged_here_waits_for_review() -> None:
    key = ("lora/body", "a")
    marked, damaged = (Foreign("a", "x", done=done) for done in (False, True))
    for foreign, judge in ((marked, lambda _unit: True), (damaged, lambda _unit: False)):
        match = Match(foreign, "x", Likeness.SAME)
        (unit,) = taken([Unit(*key)], {key: (match,)}, judge).units
        assert (unit.target, unit.state, unit.is_draft) == ("x", State.NEEDS_REVIEW, False)


def test_comments_of_translators_come_along_and_none_that_means_something_to_us() -> None:
    data = b'# Is it?\n# i18n: off numbers: x\nmsgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr ""\n'
    (foreign,) = foreign_units(data, "f.po", "es")
    found = find(foreign, source="a").found
    (unit,) = taken([Unit("lora/body", "a")], found, lambda _unit: True).units
    assert unit.comments == ("Is it?",)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("a.po", "a.xlf"):
        try:
            assert all(one.target for one in foreign_units(data, name, "es"))
        except BadFile:
            continue


def test_of_a_picture_no_letter_is_read_whatever_stands_in_its_words() -> None:
    text = "![a &amp; b](/x) a&szlig;"
    tokens = tokens_in(text, "", DEFAULT_EXTENSIONS)
    assert dict(readings(text, tokens))[Likeness.LETTERS] == "ass"


def test_of_a_front_matter_what_is_left_is_told_of_our_fields_alone() -> None:
    whole = Foreign(
        "---\nterm: LoRA\ntitle: Old\nweight: 1\n---", "---\nterm: LoRa\ntitle: V\nweight: 1\n---",
        done=True,
    )  # fmt: skip
    places = {
        (f"lora/{field}", source): place(source, field)
        for field, source in (("term", "LoRA"), ("title", "New"))
    }
    found = matched([whole], places, DEFAULT_EXTENSIONS)
    assert [key for key, _ in found.found.items()] == [("lora/term", "LoRA")]
    assert [(left.foreign.field, left.foreign.source) for left in found.left] == [("title", "Old")]


def test_what_a_locale_says_beyond_the_source_and_signs_are_found_by_no_other_text() -> None:
    extra = Place(Segment("reading", Kind.EXTRA, "reading"), "terms/en/lora.md")
    one = Foreign("reading", "lectura", done=True)
    assert matched([one], {("lora/reading", "reading"): extra}, DEFAULT_EXTENSIONS).found == {}
    assert find(Foreign("…", "……", done=True), source="—").found == {}
    assert find(Foreign("—", "–", done=True), source="—").found
