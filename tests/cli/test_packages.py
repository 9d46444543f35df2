"""`i18n export` and `import`: work goes out and comes back, and nobody's words are lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.safe_xml import ANEW
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.workspace.locking import run_lock
from tests.stubs.agency import ENDINGS, everything, only_of, work
from tests.stubs.deepl import Stub
from tests.stubs.site import Ran, Site

JA = "locales/ja/terms.po"
FORMS = pytest.mark.parametrize("form", ENDINGS)
NO_TYPE = "delete the line with <!DOCTYPE: nothing in it is needed to read the texts"
DEFINITION = "Further training of a model."


@pytest.fixture
def extracted(site: Site) -> Site:
    """The project with its Japanese units, all untranslated."""
    assert site.run("extract", "--lang", "ja").code == 0
    return site


def exported(site: Site, form: str, *options: str) -> str:
    """Export to a file; its path."""
    out = f"out/job.{ENDINGS[form]}"
    assert site.run("export", "--lang", "ja", "-o", out, *options).code == 0
    return out


def counts(ran: Ran) -> dict[str, int]:
    """How many units had which fate, without those that none had."""
    return {fate: count for fate, count in ran.locale()["units"].items() if count}


def waiting(ran: Ran) -> list[tuple[str, str, str]]:
    found = ran.part("waiting")
    assert isinstance(found, list)
    return [(one["fate"], one["unit"], one["reason"]) for one in found]


@FORMS
def test_a_package_that_comes_back_as_it_went_changes_no_byte(reviewed: Site, form: str) -> None:
    reviewed.change("terms/en/lora.md", "- fast", "- quick")
    reviewed.change("terms/en/token.md", "A model reads", "Any model reads")
    reviewed.ask_nobody()
    assert reviewed.run("sync", "--lang", "ja").code == 0
    for states in (("untranslated",), ("untranslated", "needs-review", "reviewed")):
        out = exported(reviewed, form, "--state", ",".join(states))
        before = reviewed.contents()
        ran = reviewed.report("import", out)
        assert (ran.code, ran.json["changed"], ran.part("written")) == (0, False, [])
        assert set(counts(ran)) <= {"same", "empty"}
        assert reviewed.contents() == before


@FORMS
def test_a_translated_package_builds_what_translating_the_review_file_builds(
    extracted: Site, tmp_path: Path, form: str
) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, everything)
    direct = Site(tmp_path / "direct")
    for path, data in extracted.contents().items():
        direct.write(path, data)
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (0, {"reviewed": 16})
    work(direct.root / JA, everything)
    for one in (extracted, direct):
        assert one.run("sync", "--lang", "ja").code == 0
    assert len([path for path in extracted.contents() if path.startswith("terms/ja/")]) == 3
    for path, data in direct.contents().items():
        if path.startswith(("terms/", "locales/ja/terms.lock")):
            assert extracted.contents()[path] == data
    entry = extracted.unit("fine-tuning/definition", "Further")
    assert (entry.msgstr, entry.fuzzy) == (f"X: {DEFINITION}", False)
    assert f"Origin: imported from job.{ENDINGS[form]}" in entry.comment


@FORMS
def test_a_second_import_changes_nothing(extracted: Site, form: str) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, everything, done=False)
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (0, {"needs_review": 16})
    assert extracted.unit("lora/definition", "A cheap").fuzzy
    before = extracted.tree()
    again = extracted.report("import", out)
    assert (again.code, counts(again), again.part("written")) == (0, {"same": 16}, [])
    assert extracted.tree() == before


@FORMS
def test_the_options_decide_whether_translations_count_as_reviewed(
    extracted: Site, form: str
) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, only_of("lora/definition"), done=False)
    extracted.run("import", out, "--reviewed")
    assert not extracted.unit("lora/definition", "A cheap").fuzzy
    work(extracted.root / out, only_of("lora/term"))
    extracted.run("import", out, "--draft")
    assert extracted.unit("lora/term", "LoRA").fuzzy
    ran = extracted.run("import", out, "--draft", "--reviewed")
    assert (ran.code, "--reviewed and --draft" in ran.err) == (2, True)


@FORMS
def test_approving_a_draft_without_a_change_is_an_approval_and_sending_it_back_is_none(
    drafted: Site, form: str
) -> None:
    drafted.ask_nobody()
    out = exported(drafted, form)
    before = drafted.contents()
    assert counts(drafted.report("import", out, "--reviewed")) == {"same": 16}
    assert drafted.contents() == before
    path = drafted.root / out
    marks = {
        "xliff": (b'state="initial" subState="i18n:machine-draft"', b'state="translated"'),
        "csv": (b",needs review,", b",approved,"),
        "po": (b"#, fuzzy\n", b""),
    }
    path.write_bytes(path.read_bytes().replace(*marks[form]))
    assert counts(drafted.report("import", out)) == {"reviewed": 16}
    entry = drafted.unit("fine-tuning/definition", "Further")
    assert not entry.fuzzy
    assert "Origin: machine draft by DeepL" in entry.comment


@FORMS
def test_a_translation_of_a_source_that_changed_waits_for_review_beside_it(
    extracted: Site, form: str
) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, everything)
    extracted.change("terms/en/lora.md", "A cheap way of", "A very cheap way of")
    extracted.change("terms/en/lora.md", "\n- fast\n", "\n")
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (0, {"reviewed": 14, "changed": 1, "kept": 1})
    entry = extracted.unit("lora/definition", "A very cheap")
    assert (entry.msgstr, entry.fuzzy) == ("X: A cheap way of fine-tuning.", True)
    assert entry.previous_msgid == "A cheap way of fine-tuning."
    kept = {(one.msgid, one.msgstr, one.fuzzy) for one in extracted.po() if one.obsolete}
    assert kept == {
        ("fast", "X: fast", False),
        ("A cheap way of fine-tuning.", "X: A cheap way of fine-tuning.", False),
    }
    before = extracted.tree()
    assert counts(extracted.report("import", out)) == {"same": 16}
    assert extracted.tree() == before


@FORMS
def test_of_two_persons_texts_the_later_stays_and_the_other_waits_beside_it(
    extracted: Site, form: str
) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, everything)
    extracted.translate(DEFINITION, "追加の学習。")
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (3, {"reviewed": 15, "conflict": 1})
    assert waiting(ran) == [
        ("conflict", "fine-tuning/definition", "the unit has another text by now")
    ]
    (unit,) = (
        one
        for one in read_po(extracted.read(JA).encode()).units
        if one.context == "fine-tuning/definition"
    )
    assert (unit.target, unit.reviewed) == ("追加の学習。", True)
    assert [(one.where, one.text) for one in parked(unit)] == [
        (f"job.{ENDINGS[form]}", f"X: {DEFINITION}")
    ]
    before = extracted.tree()
    again = extracted.run("import", out)
    assert (again.code, extracted.tree() == before) == (3, True)
    line = extracted.read(JA).partition(f'msgid "{DEFINITION}"')[0].count("\n")
    assert f"both texts stand in {JA}:{line}\n" in again.out


@FORMS
def test_a_draft_that_a_machine_made_meanwhile_gives_way(
    extracted: Site, deepl: Stub, form: str
) -> None:
    out = exported(extracted, form)
    work(extracted.root / out, everything)
    extracted.ask(deepl)
    assert extracted.run("sync", "--lang", "ja").code == 0
    assert extracted.unit("lora/definition", "A cheap").fuzzy
    assert counts(extracted.report("import", out)) == {"reviewed": 16}


def test_a_damaged_translation_is_refused_with_the_reason_and_the_others_go_on(
    extracted: Site,
) -> None:
    out = exported(extracted, "csv")
    work(extracted.root / out, everything)
    path = extracted.root / out
    path.write_bytes(path.read_bytes().replace(b"X: Fine-tuning takes", b"X: `rm -rf` takes"))
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (3, {"reviewed": 15, "refused": 1})
    ((fate, unit, reason),) = waiting(ran)
    assert (fate, unit) == ("refused", "fine-tuning/body")
    assert reason.startswith("placeholders: ")
    assert extracted.unit("fine-tuning/body", "Fine-tuning takes").msgstr == ""


def test_units_nobody_knows_are_named_with_their_lines(extracted: Site) -> None:
    extracted.write(
        "out/job.csv",
        "id,locale,term,field,source,target\n"
        ",ja,lora,definition,A cheap way of fine-tuning.,安い方法。\n"
        ",ja,lora,definition,Somebody else's.,だれか。\n"
        "u-0123456789abcdef,ja,lora,definition,Nobody's.,だれも。\n",
    )
    ran = extracted.run("import", "out/job.csv")
    assert (ran.code, ran.err) == (3, "")
    assert ran.out == (
        "ja: 1 to review, 2 unknown\n"
        "  out/job.csv:3: unknown: lora/definition: no unit has this place and this source\n"
        "  out/job.csv:4: unknown: lora/definition: its source is gone, and the file does not say"
        " what it was\n"
        f"  wrote {JA}\n"
    )
    assert extracted.unit("lora/definition", "A cheap").msgstr == "安い方法。"


def test_one_bad_file_is_one_line_and_the_others_go_on(extracted: Site) -> None:
    out = exported(extracted, "xliff")
    work(extracted.root / out, everything)
    extracted.write("out/bad.xlf", '<xliff version="2.1">\n<file></xliff>')
    extracted.write("out/typed.xlf", '<!DOCTYPE x [<!ENTITY a "b">]>\n<xliff/>')
    ran = extracted.run("import", "out/bad.xlf", "out/typed.xlf", out)
    assert ran.code == 65
    assert ran.err.splitlines() == [
        f"out/bad.xlf:2:9: not-xml: it is no XML: mismatched tag ({ANEW})",
        f"out/typed.xlf:1:13: document-type: it declares a document type ({NO_TYPE})",
    ]
    assert extracted.unit("lora/term", "LoRA").msgstr == "X: LoRA"


def test_a_language_that_is_no_target_or_not_the_one_asked_for_is_refused(
    extracted: Site,
) -> None:
    extracted.write("a.csv", "source,target,locale\na,b,fr\n")
    extracted.write("b.csv", "source,target\na,b\n")
    ran = extracted.run("import", "a.csv", "b.csv")
    targets = "say which with --lang; the targets are ja, de"
    assert ran.code == 65
    assert ran.err.splitlines() == [
        f"a.csv:1:1: package-language: it holds fr, which is no target ({targets})",
        f"b.csv:1:1: package-language: it names no language ({targets})",
    ]
    assert extracted.run("import", "a.csv", "--lang", "ja").code == 65
    assert extracted.run("import", "b.csv", "--lang", "ja").code == 3
    assert extracted.run("import", "b.csv", "--lang", "fr").code == 2
    assert extracted.run("import", "none.csv").code == 2


def test_a_package_of_another_source_language_is_refused(extracted: Site) -> None:
    out = exported(extracted, "xliff")
    work(extracted.root / out, everything)
    extracted.change(out, 'srcLang="en"', 'srcLang="en-US"')
    assert extracted.run("import", out, "--dry-run").code == 0
    extracted.change(out, 'srcLang="en-US"', 'srcLang="fr"')
    before = extracted.contents()
    ran = extracted.run("import", out)
    message = "it is translated from fr, and the project's source is en"
    mend = "export it from en, or import it where its source is fr"
    assert (ran.code, ran.err) == (65, f"{out}:1:1: package-language: {message} ({mend})\n")
    assert extracted.contents() == before


def test_a_sheet_of_which_columns_were_sorted_alone_brings_no_text_to_another_unit(
    extracted: Site,
) -> None:
    out = exported(extracted, "csv")
    path = extracted.root / out
    work(path, everything)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))
    at = rows[0].index("source")
    moved = sorted(row[at : at + 2] for row in rows[1:])
    together = [row[:at] + pair + row[at + 2 :] for row, pair in zip(rows[1:], moved, strict=True)]
    out_text = io.StringIO()
    csv.writer(out_text).writerows([rows[0], *together])
    path.write_text(out_text.getvalue())
    ran = extracted.report("import", out, "--verbose")
    fits = sum(row == old for row, old in zip(together, rows[1:], strict=True))
    assert (ran.code, counts(ran)) == (3, {"reviewed": fits, "refused": 16 - fits})
    for entry in extracted.po():
        assert entry.msgstr in ("", f"X: {entry.msgid}")


@FORMS
def test_a_text_approved_while_its_package_was_away_stays_and_a_correction_waits(
    drafted: Site, form: str
) -> None:
    out = exported(drafted, form)
    drafted.review()
    work(drafted.root / out, only_of("lora/definition"))
    before = drafted.unit("lora/definition", "A cheap").msgstr
    ran = drafted.report("import", out)
    assert (ran.code, counts(ran)["conflict"]) == (3, 1)
    assert waiting(ran)[0][2] == "somebody reviewed what stands there after it went out"
    unit = drafted.unit("lora/definition", "A cheap")
    assert (unit.msgstr, unit.fuzzy) == (before, False)
    assert "i18n: | X: A cheap way of fine-tuning." in unit.tcomment


@FORMS
def test_a_correction_of_a_reviewed_text_is_taken_and_the_text_before_is_kept_beside_it(
    reviewed: Site, form: str
) -> None:
    out = exported(reviewed, form, "--state", "reviewed")
    before = reviewed.unit("lora/definition", "A cheap").msgstr
    work(reviewed.root / out, only_of("lora/definition"))
    ran = reviewed.report("import", out)
    assert (ran.code, counts(ran)["conflict"]) == (3, 1)
    unit = reviewed.unit("lora/definition", "A cheap")
    assert (unit.msgstr, unit.fuzzy) == ("X: A cheap way of fine-tuning.", False)
    assert f"# i18n: conflict: the text before says\n# i18n: | {before}\n" in reviewed.read(JA)
    assert reviewed.run("import", out).code == 0
    assert reviewed.run("resolve", "--use", "the text before").code == 0
    assert reviewed.unit("lora/definition", "A cheap").msgstr == before


@FORMS
def test_a_package_that_went_out_before_a_term_was_renamed_finds_it(
    reviewed: Site, form: str
) -> None:
    out = exported(reviewed, form, "--state", "reviewed")
    work(reviewed.root / out, only_of("lora/definition"))
    assert reviewed.run("mv", "lora", "qlora").code == 0
    ran = reviewed.report("import", out)
    assert (ran.code, counts(ran)["conflict"]) == (3, 1)
    unit = reviewed.unit("qlora/definition", "A cheap")
    assert unit.msgstr == "X: A cheap way of fine-tuning."
    assert not [unit for unit in reviewed.po() if unit.obsolete]


def rearranged(data: bytes) -> bytes:
    """An XLIFF file as a tool may save it: the other way round, with elements of its own."""
    root = ET.fromstring(data)  # noqa: S314  # we wrote it
    files = list(root)
    for file in files:
        units = list(file)
        file[:] = [unit for number, unit in enumerate(reversed(units)) if number % 2 == 0]
        for unit in file:
            unit.set("{urn:tool}confirmed", "yes")
            unit.insert(0, ET.Element("{urn:tool}history", {"by": "me"}))
    root[:] = [file for file in reversed(files) if len(file)]
    return ET.tostring(root)


def test_order_and_number_of_units_and_what_a_tool_adds_mean_nothing(extracted: Site) -> None:
    out = exported(extracted, "xliff")
    path = extracted.root / out
    work(path, everything)
    whole = Site(extracted.root.with_name("whole"))
    for name, data in extracted.contents().items():
        whole.write(name, data)
    path.write_bytes(rearranged(path.read_bytes()))
    ran = extracted.report("import", out)
    assert (ran.code, counts(ran)) == (0, {"reviewed": 9})
    assert whole.report("import", out).code == 0
    assert counts(extracted.report("import", "../whole/out/job.xlf")) == {
        "reviewed": 7,
        "same": 9,
    }
    assert extracted.read(JA) == whole.read(JA)


def test_a_file_may_spell_the_language_as_its_tool_does(site: Site) -> None:
    site.write("i18n.toml", 'source = "en"\ntargets = ["es", "zh-Hans", "pt-BR", "pt-PT"]\n')
    site.run("extract")
    for said, target in (("es-ES", "es"), ("zh-CN", "zh-Hans"), ("pt-BR", "pt-BR")):
        site.write("job.csv", f"locale,term,field,source,target\n{said},lora,term,LoRA,X\n")
        assert site.run("import", "job.csv").code == 0
        assert site.unit("lora/term", "LoRA", f"locales/{target}/terms.po").msgstr == "X"
    site.write("job.csv", "locale,term,field,source,target\npt,lora,term,LoRA,Y\n")
    ran = site.run("import", "job.csv")
    assert (ran.code, "it holds pt, which is pt-BR or pt-PT" in ran.err) == (65, True)
    assert site.run("import", "job.csv", "--lang", "pt-PT").code == 0
    for form in ENDINGS:
        site.run("export", "--lang", "zh-Hans", "-o", f"made.{ENDINGS[form]}")
        assert site.run("import", f"made.{ENDINGS[form]}").code == 0


def test_of_a_copy_of_the_review_file_only_what_is_new_is_certain(extracted: Site) -> None:
    extracted.write("copy.po", extracted.read(JA))
    work(extracted.root / "copy.po", lambda _unit, source: "X: " if len(source) > 20 else None)
    extracted.translate(DEFINITION, "追加の学習。")
    ran = extracted.report("import", "copy.po")
    assert counts(ran) == {"reviewed": 5, "empty": 10, "conflict": 1}
    ((_, unit, _),) = waiting(ran)
    assert unit == "fine-tuning/definition"


def test_a_dry_run_says_what_would_be_and_does_nothing(extracted: Site) -> None:
    out = exported(extracted, "po")
    work(extracted.root / out, everything)
    before = extracted.tree()
    ran = extracted.run("import", out, "--dry-run")
    assert (ran.code, ran.out) == (0, f"ja: 16 reviewed\n  would write {JA}\n")
    assert extracted.tree() == before


def test_a_dry_run_names_the_lines_that_the_import_will_give_them(extracted: Site) -> None:
    out = exported(extracted, "csv")
    work(extracted.root / out, everything)
    extracted.translate("A piece of text.", "別の文。")
    before = extracted.report("import", out, "--dry-run")
    after = extracted.report("import", out)
    assert extracted.read(JA).count("i18n: conflict") == 1
    assert before.part("waiting") == after.part("waiting") != []


def test_an_import_waits_for_another_run(extracted: Site) -> None:
    out = exported(extracted, "po")
    work(extracted.root / out, everything)
    with run_lock(extracted.root / ".i18n", 0):
        assert extracted.run("import", out).code == 75
    assert extracted.run("import", out).code == 0


def test_comments_of_translators_come_along(extracted: Site) -> None:
    out = exported(extracted, "xliff")
    path = extracted.root / out
    notes = b'<notes>\n        <note id="n1" category="i18n:description">name of the term'
    data = path.read_bytes()
    assert data.count(notes) == 3
    path.write_bytes(data.replace(notes, b"<notes><note>Is this a name?</note>" + notes[7:], 1))
    assert extracted.run("import", out).code == 0
    assert extracted.unit("fine-tuning/term", "Fine").tcomment == "Is this a name?"
    before = extracted.tree()
    assert extracted.run("import", out).code == 0
    assert extracted.tree() == before


def test_files_nobody_adopted_are_neither_exported_nor_written_for(site: Site) -> None:
    site.run("extract", "--lang", "ja")
    out = exported(site, "csv")
    work(site.root / out, everything)
    site.write("terms/ja/lora.md", "---\nterm: ローラ\nslug: lora\nlang: ja\n---\n\n本文。\n")
    ran = site.report("import", out)
    assert {fate for fate, unit, _ in waiting(ran)} == {"refused"}
    assert {unit.partition("/")[0] for _, unit, _ in waiting(ran)} == {"lora"}
    told = site.run("export", "--lang", "ja", "-o", out)
    assert "people's files, not adopted: 1 term" in told.out


def test_several_locales_are_files_of_a_folder(extracted: Site) -> None:
    ran = extracted.run("export", "-o", "work/", "--as", "csv")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "ja: 16 units of 3 terms, 340 characters",
        "  wrote work/ja.csv",
        "de: 16 units of 3 terms, 340 characters",
        "  wrote work/de.csv",
    ]
    assert extracted.run("export").code == 2
    assert extracted.run("export", "-o", "work.xlf").code == 2
    assert extracted.run("import", "work/ja.csv", "work/de.csv").code == 0


def test_an_export_writes_into_no_file_of_the_project(extracted: Site) -> None:
    ran = extracted.run("export", "--lang", "ja", "-o", JA)
    assert (ran.code, "is a file of the project" in ran.err) == (2, True)
    assert extracted.run("export", "--lang", "ja", "--state", "fuzzy").code == 2
    assert extracted.run("export", "--lang", "ja", "--slug", "nobody").code == 2


def test_a_package_of_one_term_is_printed_where_no_file_is_named(extracted: Site) -> None:
    ran = extracted.run("export", "--lang", "ja", "--slug", "token", "--as", "po")
    assert ran.code == 0
    assert ran.err == "ja: 4 units of 1 term, 48 characters\n"
    assert {unit.slug for unit in read_po(ran.out.encode()).units} == {"token", ""}


def test_nobody_is_paid_for_what_memory_knows(reviewed: Site) -> None:
    reviewed.ask_nobody()
    reviewed.write(
        "terms/en/extra.md",
        "---\nterm: Extra\nslug: extra\nlang: en\ncategory: Basics\n---\n\nA model reads tokens.\n",
    )
    ran = reviewed.report("export", "--lang", "ja", "-o", "job.xlf")
    assert ran.part("units") == 1
    assert "A model reads tokens." not in reviewed.read("job.xlf")


def test_reports_are_stable_documents(extracted: Site) -> None:
    ran = extracted.report("export", "--lang", "ja", "-o", "job.po")
    assert ran.json == {
        "schema": "i18n/1",
        "command": "export",
        "changed": False,
        "exit": 0,
        "errors": [],
        "as": "po",
        "locales": [
            {
                "locale": "ja",
                "path": "job.po",
                "units": 16,
                "terms": 3,
                "characters": 340,
                "unadopted": [],
            }
        ],
    }
    assert extracted.report("export", "--lang", "ja").code == 2
    ran = extracted.report("import", "job.po")
    assert ran.json["command"] == "import"
    assert list(ran.locale()["units"]) == [
        "reviewed",
        "needs_review",
        "changed",
        "kept",
        "same",
        "empty",
        "conflict",
        "refused",
        "unknown",
    ]
