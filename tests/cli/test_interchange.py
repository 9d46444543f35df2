"""`i18n glossary import` and `export`: what comes in, what goes out, and what stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.formats.glossaries.listing import read_glossary
from i18n_pipeline.formats.glossaries.tbx import read_tbx
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.pipeline.by_hand import interchange
from i18n_pipeline.workspace.locking import run_lock
from tests.stubs.site import Ran, Site

IMPORT, EXPORT = ("glossary", "import"), ("glossary", "export")
DE = "glossaries/de.csv"
OURS = "source;target;note\r\nmodel;Modell;\r\ntoken;Token;das"
TBX = """\
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body>
<conceptEntry id="c1">
<langSec xml:lang="en"><termSec><term>token</term><termNote type="partOfSpeech">noun</termNote>
</termSec></langSec>
<langSec xml:lang="de">
<termSec><term>Marke</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
</termSec>
<termSec><term>Token</term></termSec>
</langSec>
</conceptEntry>
<conceptEntry id="c2">
<langSec xml:lang="en"><termSec><term>prompt</term></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Prompt</term></termSec></langSec>
</conceptEntry>
</body></text>
</tbx>
"""


@pytest.fixture
def listed(site: Site) -> Site:
    """The project with two German entries."""
    site.write(DE, OURS)
    return site


def conflicts(ran: Ran) -> list[dict[str, object]]:
    found = ran.json["conflicts"]
    assert isinstance(found, list)
    return found


def test_new_entries_follow_the_last_row_and_known_ones_are_counted(listed: Site) -> None:
    listed.write("theirs.csv", "model,Modell,EN,DE\nmodel,モデル,EN,JA\nprompt,Prompt,EN,DE\n")
    ran = listed.report(*IMPORT, "theirs.csv", "--lang", "de")
    assert (ran.code, ran.json["schema"], ran.json["command"]) == (0, "i18n/1", "glossary import")
    assert (ran.json["written"], ran.json["changed"], ran.json["known"]) == ([DE], True, 1)
    assert ran.json["added"] == [{"source": "prompt", "target": "Prompt", "status": "preferred"}]
    assert listed.read(DE) == OURS + "\r\nprompt;Prompt;"


def test_a_second_import_finds_nothing_to_do(listed: Site) -> None:
    listed.write("theirs.csv", "en,de\nprompt,Prompt\n")
    listed.run(*IMPORT, "theirs.csv", "--lang", "de")
    before = listed.tree()
    ran = listed.report(*IMPORT, "theirs.csv", "--lang", "de")
    assert (ran.code, ran.json["known"], ran.json["written"]) == (0, 1, [])
    assert listed.tree() == before


def test_what_contradicts_is_shown_with_both_sides_and_the_rest_is_written(listed: Site) -> None:
    listed.write("theirs.tbx", TBX)
    ran = listed.report(*IMPORT, "theirs.tbx", "--lang", "de")
    assert ran.code == 3
    first, second = conflicts(ran)
    assert first == {
        "source": "token",
        "target": "Marke",
        "status": "preferred",
        "there": {"source": "token", "target": "Token", "status": "preferred", "where": f"{DE}:3"},
    }
    assert (second["target"], second["status"]) == ("Token", "admitted")
    assert listed.read(DE) == OURS + "\r\nprompt;Prompt;"
    text = listed.run(*IMPORT, "theirs.tbx", "--lang", "de")
    assert text.out == (
        "de: 0 entries added, 1 known, 2 not taken\n"
        f"  not taken: token → Marke (preferred); {DE}:3 has Token (preferred)\n"
        f"  not taken: token → Token (admitted); {DE}:3 has Token (preferred)\n"
    )


def test_many_contradictions_are_counted_after_the_first_ten(listed: Site) -> None:
    rows = "".join(f"term {number},x{number}\n" for number in range(13))
    listed.write(DE, "source,target\n" + rows)
    listed.write("theirs.csv", rows.replace("x", "y"))
    told = listed.run(*IMPORT, "theirs.csv", "--lang", "de")
    assert told.out.count("not taken: ") == 10
    assert "… and 3 contradictions more (--verbose shows all)" in told.out
    told = listed.run(*IMPORT, "theirs.csv", "--lang", "de", "--verbose")
    assert told.out.count("not taken: ") == 13


def test_columns_that_are_needed_come_with_the_first_entry_that_needs_them(listed: Site) -> None:
    listed.write("theirs.csv", "source,target,status,pos\nagent,Vertreter,deprecated,noun\n")
    assert listed.run(*IMPORT, "theirs.csv", "--lang", "de").code == 0
    assert listed.read(DE) == (
        "source;target;note;status;pos\r\nmodel;Modell;\r\ntoken;Token;das"
        "\r\nagent;Vertreter;;deprecated;noun"
    )


def test_a_glossary_that_is_not_there_is_made(site: Site) -> None:
    site.write("theirs.csv", "source,target,note\nprompt,Prompt,a word\n")
    told = site.run(*IMPORT, "theirs.csv", "--lang", "de", "--verbose")
    assert told.out == f"de: 1 entry added, 0 known\n  prompt → Prompt\n  wrote {DE}\n"
    assert site.read(DE) == "source,target,note\nprompt,Prompt,a word\n"


def test_a_dry_run_says_what_it_would_write(listed: Site) -> None:
    listed.write("theirs.csv", "prompt,Prompt\n")
    before = listed.tree()
    told = listed.run(*IMPORT, "theirs.csv", "--lang", "de", "--dry-run")
    assert told.out == f"de: 1 entry would be added, 0 known\n  would write {DE}\n"
    assert listed.tree() == before
    assert not (listed.root / ".i18n").exists()


def test_names_that_are_kept_or_reviewed_are_known_or_contradicted(reviewed: Site) -> None:
    reviewed.write("glossaries/keep.csv", "source\nGo\n")
    reviewed.write("theirs.csv", "source,target,case\nGo,Go,yes\nToken,⟦ja:Token⟧,\nLoRA,ローラ,\n")
    ran = reviewed.report(*IMPORT, "theirs.csv", "--lang", "ja")
    assert (ran.code, ran.json["known"], ran.json["added"]) == (3, 2, [])
    (conflict,) = conflicts(ran)
    there = conflict["there"]
    assert isinstance(there, dict)
    assert (there["target"], there["where"]) == ("⟦ja:LoRA⟧", "the name of a term")


def test_a_name_to_keep_counts_whether_or_not_a_file_says_that_case_does(listed: Site) -> None:
    listed.write("glossaries/keep.csv", "source\nHAProxy\nStripe\n")
    listed.write("theirs.csv", "source,target\nHAProxy,HA-Proxy\nStripe,Stripe\n")
    ran = listed.report(*IMPORT, "theirs.csv", "--lang", "ja")
    assert (ran.code, ran.json["known"]) == (3, 1)
    (conflict,) = conflicts(ran)
    assert conflict["target"] == "HA-Proxy"


def test_another_glossary_of_the_project_may_be_added_to(listed: Site) -> None:
    listed.write("theirs.csv", "prompt,Prompt\n")
    told = listed.run(*IMPORT, "theirs.csv", "--lang", "de", "--into", "glossaries/ja.csv")
    assert told.code == 0
    assert listed.read("glossaries/ja.csv") == "source,target\nprompt,Prompt\n"


@pytest.mark.parametrize(
    "path", ["glossaries/keep.csv", "terms/en/token.md", "../x.csv", "new.csv"]
)
def test_no_other_file_is_added_to(listed: Site, path: str) -> None:
    listed.write("theirs.csv", "prompt,Prompt\n")
    before = listed.tree()
    ran = listed.run(*IMPORT, "theirs.csv", "--lang", "de", "--into", path)
    assert ran.code == 2
    assert "is no glossary of this project" in ran.err
    assert listed.tree() == before


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("x.csv", "en,fr\na,b\n", 65, "x.csv:1:1: no-such-languages: the file has en, fr"),
        ("x.csv", 'a,b\n"c,d\n', 65, "x.csv:2:1: bad-quoting"),
        ("x.tbx", "<tbx>\n<a></tbx>", 65, "x.tbx:2:6: not-xml: it is no XML: mismatched tag"),
        ("x.tbx", '<!DOCTYPE tbx SYSTEM "x.dtd"><tbx/>', 65, "x.tbx:1:29: document-type"),
        ("x.tbx", "", 65, "x.tbx:1:1: not-xml: it is no XML: no element found"),
        ("x.csv", "<?xml version='1.0'?>\n<a/>", 65, "x.csv:2:1: not-tbx"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    listed: Site, name: str, text: str, code: int, said: str
) -> None:
    listed.write(name, text)
    before = listed.tree()
    ran = listed.run(*IMPORT, name, "--lang", "de")
    assert ran.code == code
    assert ran.err.startswith(said)
    assert listed.report(*IMPORT, name, "--lang", "de").errors[0]["path"] == name
    assert listed.tree() == before


def test_a_cell_may_begin_like_an_element(listed: Site) -> None:
    listed.write("theirs.csv", "<br>,<br/>\n")
    assert listed.run(*IMPORT, "theirs.csv", "--lang", "de").code == 0
    assert listed.read(DE).endswith("\r\n<br>;<br/>;")


def test_a_glossary_that_cannot_be_read_is_not_added_to(listed: Site) -> None:
    listed.write(DE, "source,target\na,b\na,c\n")
    listed.write("theirs.csv", "prompt,Prompt\n")
    ran = listed.report(*IMPORT, "theirs.csv", "--lang", "de")
    assert (ran.code, ran.json["changed"]) == (65, False)
    assert ran.errors[0]["path"] == DE


def test_a_glossary_of_another_program_takes_what_it_has_columns_for(listed: Site) -> None:
    listed.write(DE, "en,fr,de\nmodel,modèle,Modell\n")
    listed.write("theirs.csv", "prompt,Prompt\n")
    assert listed.run(*IMPORT, "theirs.csv", "--lang", "de").code == 0
    assert listed.read(DE) == "en,fr,de\nmodel,modèle,Modell\nprompt,,Prompt\n"
    listed.write("theirs.csv", "source,target,status\nagent,Vertreter,deprecated\n")
    ran = listed.report(*IMPORT, "theirs.csv", "--lang", "de")
    assert (ran.code, ran.errors[0]["code"]) == (65, "missing-column")
    assert ran.errors[0]["path"] == DE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no.csv", "--lang", "de"), "no.csv cannot be read"),
        (("x.csv",), "Missing option '--lang'"),
        (("x.csv", "--lang", "fr"), "it is not among the targets: ja, de"),
    ],
)
def test_a_command_line_that_makes_no_sense_exits_2(
    site: Site, arguments: tuple[str, ...], said: str
) -> None:
    site.write("x.csv", "a,b\n")
    ran = site.run(*IMPORT, *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_import_waits_for_another_run(listed: Site) -> None:
    listed.write("theirs.csv", "prompt,Prompt\n")
    folder = listed.root / ".i18n"
    folder.mkdir()
    with run_lock(folder, 0):
        assert listed.run(*IMPORT, "theirs.csv", "--lang", "de").code == 75
    assert listed.read(DE) == OURS
    assert listed.run(*IMPORT, "theirs.csv", "--lang", "de").code == 0


def test_a_glossary_that_changes_meanwhile_is_left_as_it_is(
    listed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> bytes:
        listed.write(DE, "source,target\nby,jemand\n")
        return b"source,target\nprompt,Prompt\n"

    monkeypatch.setattr(interchange, "with_entries", slow)
    listed.write("theirs.csv", "prompt,Prompt\n")
    ran = listed.run(*IMPORT, "theirs.csv", "--lang", "de")
    assert ran.code == 75
    assert f"{DE} has changed" in ran.err
    assert listed.read(DE) == "source,target\nby,jemand\n"


ENTRIES = (
    Entry("model", "Modell", note="das"),
    Entry("token", "Token", pos="noun", forms=("Tokens", "Token")),
    Entry("token", "Marke", Status.DEPRECATED, "noun"),
    Entry("Go", "Go", case_sensitive=True),
)
FULL = (
    "source,target,status,pos,case,forms,note\n"
    "model,Modell,,,,,das\n"
    "token,Token,,noun,,Tokens|Token,\n"
    "token,Marke,deprecated,noun,,,\n"
)


@pytest.fixture
def full(site: Site) -> Site:
    """The project with German entries of every kind, and a name to keep."""
    site.write(DE, FULL)
    site.write("glossaries/keep.csv", "source\nGo\n")
    return site


@pytest.mark.parametrize(
    ("to", "text"),
    [
        (
            "csv",
            FULL.replace("note\n", "note\nGo,Go,,,yes,,\n"),
        ),
        ("deepl-csv", "Go,Go,en,de\nmodel,Modell,en,de\ntoken,Token,en,de\n"),
        ("google-csv", "en,de,pos,description\nGo,Go,,\nmodel,Modell,,das\ntoken,Token,noun,\n"),
    ],
)
def test_an_export_is_printed_and_told_of_beside_it(full: Site, to: str, text: str) -> None:
    before = full.tree()
    ran = full.run(*EXPORT, "--lang", "de", "--to", to)
    assert (ran.code, ran.out) == (0, text)
    assert ran.err.startswith("de: 4 entries\n" if to == "csv" else "de: 3 entries\n")
    assert ("1 left out" in ran.err) is (to != "csv")
    assert full.run(*EXPORT, "--lang", "de", "--to", to, "--quiet").err == ""
    assert full.tree() == before
    assert full.process(*EXPORT, "--lang", "de", "--to", to).out == text


def test_an_export_to_a_file_reports_as_json(full: Site) -> None:
    ran = full.report(*EXPORT, "--lang", "de", "--to", "tsv", "-o", "out.tsv")
    assert ran.json == {
        "schema": "i18n/1",
        "command": "glossary export",
        "changed": False,
        "exit": 0,
        "errors": [],
        "to": "tsv",
        "path": "out.tsv",
        "locales": [{"locale": "de", "entries": 4}],
        "notes": [],
    }
    assert full.read("out.tsv").startswith("source\ttarget\tstatus\t")


@pytest.mark.parametrize("to", ["csv", "tsv", "tbx"])
def test_what_is_exported_is_imported_the_same(full: Site, to: str) -> None:
    name = f"out.{to}"
    full.run(*EXPORT, "--lang", "de", "--to", to, "-o", name)
    ran = full.report(*IMPORT, name, "--lang", "de")
    assert (ran.code, ran.json["known"], ran.json["added"]) == (0, 4, [])
    full.write(DE, "")
    full.write("glossaries/keep.csv", "")
    assert full.run(*IMPORT, name, "--lang", "de").code == 0
    assert set(read_glossary(full.read(DE).encode())) == set(ENTRIES)


def test_a_termbase_has_the_terms_that_people_reviewed_by_their_slugs(reviewed: Site) -> None:
    reviewed.write(DE, "source,target\ntoken,Token\n")
    ran = reviewed.run(*EXPORT, "--to", "tbx")
    assert ran.err == "ja: 3 entries\nde: 1 entry\n"
    data = ran.out.encode()
    assert [entry.source for entry in read_tbx(data, source="en", target="de")] == ["token"]
    names = read_tbx(data, source="en", target="ja")
    assert {entry.target for entry in names} == {
        "⟦ja:Fine-Tuning⟧",
        "⟦ja:LoRA⟧",
        "⟦ja:Token⟧",
    }
    assert '<conceptEntry id="lora">' in ran.out
    assert '<descrip type="subjectField">Methods</descrip>' in ran.out
    assert '<descrip type="definition">A cheap way of fine-tuning.</descrip>' in ran.out
    assert '<descrip type="definition">⟦ja:A piece of text⟧.</descrip>' in ran.out


def test_sets_of_terms_hold_several_locales(full: Site) -> None:
    full.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
    full.write("glossaries/keep.csv", "")
    assert full.run(*EXPORT, "--to", "google-csv").out == (
        "en,ja,de,pos\nmodel,モデル,Modell,\ntoken,,Token,noun\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "csv"), "csv holds one locale, and these are ja, de"),
        (("--to", "xml"), "Invalid value for '--to'"),
        (("--to", "tbx", "--format", "json"), "--format json needs -o FILE"),
        (("--to", "csv", "--lang", "de", "-o", DE), "is a file of the project"),
        (("--to", "csv", "--lang", "de", "-o", "terms/de/x.md"), "is a file of the project"),
    ],
)
def test_an_export_that_makes_no_sense_exits_2(
    full: Site, arguments: tuple[str, ...], said: str
) -> None:
    before = full.tree()
    ran = full.run(*EXPORT, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert full.tree() == before


def test_terminology_that_cannot_be_read_is_not_exported(full: Site) -> None:
    full.write(DE, "source,target\na,b\na,c\n")
    ran = full.run(*EXPORT, "--lang", "de", "--to", "csv", "-o", "out.csv")
    assert (ran.code, ran.out) == (65, "")
    assert ran.err.startswith(f"{DE}:3:1: contradicting-entries")
    assert not Path(full.root, "out.csv").exists()


def test_a_run_uses_the_glossary_of_another_program_as_it_is(reviewed: Site) -> None:
    reviewed.write("glossaries/ja.csv", "en,fr,ja\nlayers,couches,レイヤー\n")
    ran = reviewed.report("check", "--lang", "ja")
    issues = ran.locale()["issues"]
    assert "レイヤー" in str(issues)
