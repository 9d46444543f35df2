"""The translation memory from the command line: what is reused, shown, exchanged and forgotten."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.stubs.deepl import Account, Stub
from tests.stubs.site import TOKENS, Ran, Site

OLD = "Only a few weights are trained, of **low rank**; the library is `peft`."
NEW = "Only a few weights are trained, of **low rank**; the library is `unsloth`."
TARGET = "**低ランク**の重みだけを訓練します。ライブラリは`peft`です。"
FOREIGN = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-US"/><body>
  <tu><tuv xml:lang="en-US"><seg>A model reads tokens.</seg></tuv>
    <tuv xml:lang="ja"><seg>モデルはトークンを読みます。</seg></tuv></tu>
  <tu><tuv xml:lang="en-US"><seg>Much is known of it by now.</seg></tuv>
    <tuv xml:lang="ja"><seg>多くのことが知られています。</seg></tuv>
    <tuv xml:lang="de"><seg>Vieles ist bekannt.</seg></tuv></tu>
  <tu><tuv xml:lang="en-US"><seg>Press <ph>{\\b}</ph>.</seg></tuv>
    <tuv xml:lang="ja"><seg>押す。</seg></tuv></tu>
</body></tmx>
"""


def term(slug: str, body: str) -> str:
    return f"---\nterm: {slug.upper()}\nslug: {slug}\nlang: en\n---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A project in which one text is reviewed, and a term with a similar one has come."""
    made = Site(tmp_path)
    made.write("i18n.toml", 'source = "en"\ntargets = ["ja"] # so far\n')
    made.write("terms/en/lora.md", term("lora", OLD))
    assert made.run("sync").code == 0
    made.translate(OLD, TARGET)
    made.write("terms/en/qlora.md", term("qlora", NEW))
    return made


def leveraged(ran: Ran) -> object:
    return ran.part("leveraged")


def test_a_similar_text_is_proposed_with_all_that_a_translator_needs(site: Site) -> None:
    assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": 1}
    entry = site.unit("qlora/body", NEW)
    assert entry.msgstr == TARGET.replace("peft", "unsloth")
    assert (entry.fuzzy, entry.previous_msgid) == (True, OLD)
    notes = entry.comment.splitlines()
    assert notes[0] == "paragraph"
    assert notes[1] == "Differs: “peft” → “unsloth”"
    assert notes[2].startswith("Origin: fuzzy match 93 % of lora/body (draft ")


def test_a_second_run_writes_nothing_and_reuses_nothing(site: Site) -> None:
    site.run("sync")
    before = site.tree()
    assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": 0}
    assert leveraged(site.report("sync", "--slug", "qlora")) == {"exact": 0, "fuzzy": 0}
    assert site.tree() == before


def test_a_proposal_that_somebody_touched_is_theirs(site: Site) -> None:
    site.run("sync")
    site.translate(NEW, "わたしの言葉`unsloth`", fuzzy=True)
    site.change("locales/ja/terms.po", TARGET, TARGET.replace("訓練", "学習"))
    site.run("sync")
    entry = site.unit("qlora/body", NEW)
    assert (entry.msgstr, entry.fuzzy) == ("わたしの言葉`unsloth`", True)


def test_the_text_says_how_many_and_a_plan_counts_them(site: Site) -> None:
    assert leveraged(site.report("plan")) == {"exact": 0, "fuzzy": 1}
    assert "reused: 0 exact, 1 fuzzy" in site.run("sync", "--dry-run").out
    assert site.unit("lora/body", OLD).msgstr == TARGET


@pytest.mark.parametrize("command", ["status", "check", "build"])
def test_what_writes_no_units_proposes_none(site: Site, command: str) -> None:
    assert leveraged(site.report(command)) == {"exact": 0, "fuzzy": 0}


@pytest.mark.parametrize(("key", "fuzzy"), [("fuzzy = 93", 1), ("fuzzy = 94", 0), ("fuzzy = 0", 0)])
def test_how_alike_a_text_must_be_is_configured(site: Site, key: str, fuzzy: int) -> None:
    site.change("i18n.toml", "# so far\n", f"\n[memory]\n{key}\n")
    assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": fuzzy}


def test_a_machine_is_asked_unless_a_text_is_nearly_the_same(site: Site) -> None:
    with Stub(Account("stub-key")) as stub:
        site.ask(stub)
        found = site.report("plan")
        assert leveraged(found) == {"exact": 0, "fuzzy": 0}
        site.change("i18n.toml", "# so far\n", "\n[memory]\ninstead_of_machine = 93\n")
        planned = site.report("plan").part("planned")
        assert isinstance(planned, dict)
        assert planned["saved"] == {"memory": len(NEW), "receipts": 0}
        ran = site.report("sync")
        assert leveraged(ran) == {"exact": 0, "fuzzy": 1}
        billed = ran.part("billed")
        site.change("i18n.toml", "= 93", "= 0")
        assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": 0}
    assert isinstance(billed, dict)
    assert billed["characters"] == len("LORA") + len("QLORA")
    assert site.unit("qlora/body", NEW).comment.count("fuzzy match") == 1


def test_what_is_left_to_people_gets_similar_texts_though_a_machine_is_there(site: Site) -> None:
    site.environment["DEEPL_AUTH_KEY"] = "unused"
    assert leveraged(site.report("extract", "--dry-run")) == {"exact": 0, "fuzzy": 0}
    site.change("i18n.toml", "# so far\n", '\n[locale.ja]\nonly = ["other"]\n')
    assert leveraged(site.report("extract", "--dry-run")) == {"exact": 0, "fuzzy": 1}
    site.change("i18n.toml", 'only = ["other"]', 'mt = "off"')
    assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": 1}


def test_what_a_check_would_stop_is_not_proposed(site: Site) -> None:
    text = "Only a few weights are trained, of **low rank**; the library is `a` or `b`."
    site.write("terms/en/qlora.md", term("qlora", text))
    assert leveraged(site.report("sync")) == {"exact": 0, "fuzzy": 0}
    assert site.unit("qlora/body", text).msgstr == ""


# files of other programs


def imported(site: Site, *options: str, name: str = "agency.tmx", text: str = FOREIGN) -> Ran:
    file = site.root.parent / name
    file.write_text(text, "utf-8")
    return site.report("memory", "import", str(file), *options)


def test_an_import_is_a_file_of_the_project_that_the_configuration_names(site: Site) -> None:
    done = imported(site)
    assert (done.code, done.json["written"]) == (0, ["i18n.toml", "memories/agency.tmx"])
    assert done.locale() == {
        "locale": "ja", "pairs": 2, "left_out": {"holds codes of another program": 1}
    }  # fmt: skip
    assert site.read("memories/agency.tmx") == FOREIGN
    wanted = 'source = "en"\ntargets = ["ja"] # so far\n\n[memory]\ntmx = ["memories/agency.tmx"]\n'
    assert site.read("i18n.toml") == wanted


def test_a_second_import_of_the_same_does_nothing(site: Site) -> None:
    imported(site)
    before = site.tree()
    for name in ("agency.tmx", "renamed.tmx"):
        again = imported(site, name=name)
        assert (again.code, again.json["known"], again.json["changed"]) == (0, True, False)
    assert site.tree() == before


def test_a_dry_import_says_what_it_would_write(site: Site) -> None:
    before = site.tree()
    assert imported(site, "--dry-run").json["written"] == ["i18n.toml", "memories/agency.tmx"]
    assert site.tree() == before


def test_a_name_that_is_taken_is_not_written_over(site: Site) -> None:
    imported(site)
    done = imported(site, text=FOREIGN.replace("Much", "Little"))
    assert (done.code, done.errors[0]["code"]) == (65, "memory-exists")
    assert site.read("memories/agency.tmx") == FOREIGN
    other = imported(site, "--name", "second", text=FOREIGN.replace("Much", "Little"))
    assert other.json["written"] == ["i18n.toml", "memories/second.tmx"]
    assert '"memories/agency.tmx", "memories/second.tmx"' in site.read("i18n.toml")


@pytest.mark.parametrize("name", ["../x", "a/b.tmx", "con", 'a"b'])
def test_a_name_that_is_no_file_name_is_refused(site: Site, name: str) -> None:
    file = site.root.parent / "agency.tmx"
    file.write_text(FOREIGN, "utf-8")
    before = site.tree()
    assert site.run("memory", "import", str(file), "--name", name).code == 2
    assert site.tree() == before


def test_where_a_pattern_names_it_already_the_configuration_stays(site: Site) -> None:
    site.change("i18n.toml", "# so far\n", '\n[memory]\ntmx = ["memories/*.tmx"]\n')
    assert imported(site).json["written"] == ["memories/agency.tmx"]


def test_a_locale_that_names_its_own_memories_is_told_of(site: Site) -> None:
    site.change("i18n.toml", "# so far\n", "\n[locale.ja.memory]\ntmx = []\n")
    assert imported(site).json["not_used_by"] == ["ja"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<tbx/>", "not-tmx"),
        ("no XML", "not-xml"),
        (FOREIGN.replace('"ja"', '"fr"'), "no-such-languages"),
        (FOREIGN.replace('"tmx14.dtd"', '"a" [<!ENTITY x "y">]'), "document-type"),
    ],
)
def test_what_cannot_be_used_is_one_error_and_nothing_is_written(
    site: Site, text: str, code: str
) -> None:
    before = site.tree()
    done = imported(site, text=text)
    assert (done.code, [one["code"] for one in done.errors]) == (65, [code])
    assert done.errors[0]["line"]
    assert site.tree() == before


def test_texts_of_an_import_are_drafts_and_reviewed_where_that_is_configured(site: Site) -> None:
    imported(site)
    text = "A model reads tokens."
    site.write("terms/en/token.md", term("token", text))
    assert leveraged(site.report("sync", "--slug", "token")) == {"exact": 1, "fuzzy": 0}
    entry = site.unit("token/body", text)
    assert (entry.msgstr, entry.fuzzy) == ("モデルはトークンを読みます。", True)
    assert "Origin: exact match of memories/agency.tmx (draft" in entry.comment
    site.change("i18n.toml", "[memory]\n", '[memory]\nimported = "reviewed"\n')
    site.write("terms/en/model.md", term("model", text))
    site.run("sync", "--slug", "model")
    assert not site.unit("model/body", text).fuzzy


def test_a_memory_that_cannot_be_read_is_one_error_and_everything_else_goes_on(site: Site) -> None:
    imported(site)
    site.write("memories/agency.tmx", "<tmx><body></tmx>")
    for _ in range(2):
        ran = site.report("sync")
        assert ran.code == 65
        assert [(one["path"], one["line"]) for one in ran.errors] == [("memories/agency.tmx", 1)]
    assert site.unit("qlora/body", NEW).msgstr
    (site.root / "memories/agency.tmx").unlink()
    assert [one["code"] for one in site.report("status").errors] == ["not-found"]


def test_a_changed_memory_is_noticed_by_a_run_that_had_nothing_to_do(site: Site) -> None:
    imported(site)
    site.run("sync")
    assert site.report("sync").json["changed"] is False
    site.change("memories/agency.tmx", "A model reads tokens.", "QLORA")
    assert leveraged(site.report("sync")) == {"exact": 1, "fuzzy": 0}


def test_what_is_kept_of_memories_may_be_lost_or_damaged_at_any_time(site: Site) -> None:
    imported(site)
    site.run("sync")
    kept = site.root / ".i18n/memory/ja.imports"
    wanted = site.contents()
    for data in (b"", b"junk", kept.read_bytes().replace(b"reads", b"roads")):
        kept.write_bytes(data)
        site.write("terms/en/token.md", term("token", "A model reads tokens."))
        site.run("sync")
        assert site.unit("token/body", "A model").msgstr == "モデルはトークンを読みます。"
        (site.root / "terms/en/token.md").unlink()
        site.run("sync")
        assert site.contents() == wanted


# what is remembered


def test_the_numbers_say_what_is_remembered_and_from_where(site: Site) -> None:
    imported(site)
    again = TARGET.replace("訓練", "学習")
    site.run("sync")
    site.write("terms/en/other.md", term("other", OLD))
    site.run("sync", "--slug", "other")
    site.change("locales/ja/terms.po", "#. Origin: exact match of lora/body\n", "")
    catalog = site.po()
    next(one for one in catalog if one.msgctxt == "other/body").msgstr = again
    site.write("locales/ja/terms.po", str(catalog))
    (site.root / "terms/en/lora.md").unlink()
    site.run("sync")
    found = site.report("memory", "stats")
    assert found.part("entries") == {"reviewed": 1, "obsolete": 1, "imported": 2}
    assert (found.part("texts"), found.part("characters")) == (3, len(OLD) + 48)
    assert found.part("conflicts") == [
        {
            "source": OLD,
            "renderings": [
                {"target": again, "units": ["other/body"]},
                {"target": TARGET, "units": ["lora/body"]},
            ],
        }
    ]
    text = site.run("memory", "stats", "-v").out
    assert "ja: 1 reviewed, 1 obsolete, 2 imported; 3 texts" in text
    assert "1 text reviewed in several wordings" in text
    assert again in text


def test_reviewed_values_and_lists_are_told_of_though_they_serve_for_no_other_text(
    site: Site,
) -> None:
    site.write("terms/en/token.md", TOKENS)
    site.run("sync")
    before = site.report("memory", "stats")
    site.translate("Basics", "基礎")
    site.run("sync")
    after = site.report("memory", "stats")
    assert after.part("entries") == before.part("entries")
    assert (before.part("in_place"), after.part("in_place")) == (0, 1)
    assert "1 more unit reviewed, for no other text" in site.run("memory", "stats").out


def test_a_search_shows_what_a_run_would_find_and_writes_nothing(site: Site) -> None:
    imported(site)
    before = site.tree()
    found = site.report("memory", "search", NEW, "--lang", "ja").part("matches")
    assert found == [
        {"percent": 93, "source": OLD, "target": TARGET, "where": "lora/body", "own": True}
    ]
    same = site.report("memory", "search", "A model reads tokens.").part("matches")
    assert isinstance(same, list)
    assert [(one["percent"], one["own"]) for one in same] == [(100, False)]
    assert site.run("memory", "search", "Nothing of the kind").out == "ja: nothing like it\n"
    less = site.report("memory", "search", "A model eats tokens.", "--least", "50").part("matches")
    assert isinstance(less, list)
    assert less[0]["source"] == "A model reads tokens."
    assert site.run("memory", "search", " ").code == 2
    assert site.tree() == before


def test_an_export_is_what_people_reviewed_and_the_same_bytes_each_time(site: Site) -> None:
    out = site.root.parent / "out.tmx"
    site.run("sync")
    assert site.report("memory", "export", "-o", str(out)).part("entries") == 1
    data = out.read_bytes()
    root = ElementTree.fromstring(data)  # noqa: S314 - our own file
    assert [one.text for one in root.iter("seg")] == [OLD, TARGET]
    assert [one.text for one in root.iter("prop")][:2] == ["lora/body", "paragraph"]
    assert site.run("memory", "export").out.encode() == data
    assert b"20" not in data.partition(b"<body>")[0].replace(b"i18n", b"")


def test_an_export_taken_in_elsewhere_gives_the_texts_and_taken_in_here_nothing(site: Site) -> None:
    out = site.root.parent / "out.tmx"
    site.run("memory", "export", "-o", str(out))
    other = Site(site.root.parent / "other")
    other.write("i18n.toml", 'source = "en"\ntargets = ["ja"]\n')
    other.write("terms/en/mine.md", term("mine", OLD))
    assert other.run("memory", "import", str(out)).code == 0
    other.run("sync")
    assert other.unit("mine/body", OLD).msgstr == TARGET
    site.run("memory", "import", str(out))
    site.run("sync")
    assert site.unit("qlora/body", NEW).comment.count("of lora/body") == 1


def test_an_export_does_not_go_into_a_file_of_the_project(site: Site) -> None:
    imported(site)
    before = site.tree()
    ran = site.run("memory", "export", "-o", "memories/agency.tmx")
    assert ran.code == 2
    assert site.run("memory", "export", "--format", "json").code == 2
    assert site.tree() == before


# what is to be forgotten


def purged(site: Site, *options: str) -> Ran:
    return site.report("memory", "purge", *options)


def test_an_entry_leaves_its_file_and_every_other_byte_stays(site: Site) -> None:
    imported(site)
    dry = purged(site, "--source", "A model  reads tokens.", "--dry-run")
    assert site.read("memories/agency.tmx") == FOREIGN
    done = purged(site, "--source", "A model  reads tokens.")
    assert dry.json["gone"] == done.json["gone"] == [
        {"path": "memories/agency.tmx", "unit": "", "source": "A model reads tokens.",
         "targets": ["モデルはトークンを読みます。"]}
    ]  # fmt: skip
    assert dry.json["written"] == done.json["written"] == ["memories/agency.tmx"]
    lines = FOREIGN.splitlines(keepends=True)
    assert site.read("memories/agency.tmx") == "".join(lines[:3] + lines[5:])
    assert purged(site, "--source", "A model reads tokens.").json["changed"] is False


def test_a_bad_translation_leaves_alone(site: Site) -> None:
    again = FOREIGN.replace("</body>", FOREIGN.partition("<body>")[2].partition("</tu>")[0]
                            .replace("モデルは", "型は") + "</tu>\n</body>")  # fmt: skip
    imported(site, text=again)
    purged(site, "--target", "型はトークンを読みます。")
    left = site.report("memory", "search", "A model reads tokens.").part("matches")
    assert isinstance(left, list)
    assert [one["target"] for one in left] == ["モデルはトークンを読みます。"]


def test_a_unit_with_other_languages_than_those_asked_for_stays_and_is_told_of(site: Site) -> None:
    site.change("i18n.toml", '["ja"]', '["ja", "de"]')
    imported(site)
    done = purged(site, "--source", "Much is known of it by now.", "--lang", "de")
    assert (done.json["gone"], len(json.dumps(done.json["kept"])) > 2) == ([], True)
    assert site.read("memories/agency.tmx") == FOREIGN
    assert purged(site, "--source", "Much is known of it by now.").json["gone"]


def test_obsolete_units_leave_through_the_review_file_and_reviewed_ones_in_use_stay(
    site: Site,
) -> None:
    in_use = purged(site, "--source", OLD)
    assert (in_use.json["gone"], in_use.json["changed"]) == ([], False)
    assert "still there: locales/ja/terms.po [lora/body]" in site.run(
        "memory", "purge", "--source", OLD
    ).out  # fmt: skip
    (site.root / "terms/en/lora.md").unlink()
    site.run("sync")
    assert purged(site, "--obsolete", "--source", "other").json["gone"] == []
    assert purged(site, "--obsolete").json["written"] == ["locales/ja/terms.po"]
    assert TARGET not in site.read("locales/ja/terms.po")


def test_what_is_kept_of_memories_beside_them_is_forgotten_with_a_purge(site: Site) -> None:
    imported(site)
    site.run("sync")
    kept = [site.root / f".i18n/memory/ja.{kind}" for kind in ("imports", "index", "sqlite")]
    for path in kept:
        path.parent.mkdir(exist_ok=True)
        path.write_text("kept", "utf-8")
    purged(site, "--source", "Nobody said this.")
    assert all(path.exists() for path in kept)
    purged(site, "--source", "A model reads tokens.")
    assert not any(path.exists() for path in kept)


def test_a_whole_memory_leaves_with_its_name_in_the_configuration(site: Site) -> None:
    before = site.read("i18n.toml")
    imported(site)
    done = purged(site, "--file", "agency.tmx")
    assert done.json["written"] == ["i18n.toml", "memories/agency.tmx"]
    assert not (site.root / "memories/agency.tmx").exists()
    assert site.read("i18n.toml") == before + "\n[memory]\ntmx = []\n"


@pytest.mark.parametrize(
    "options", [(), ("--file", "nothing.tmx"), ("--file", "a", "--obsolete"), ("--lang", "xx")]
)
def test_a_purge_that_makes_no_sense_is_refused(site: Site, options: tuple[str, ...]) -> None:
    assert site.run("memory", "purge", *options).code == 2


def test_nothing_is_purged_where_a_file_cannot_be_read(site: Site) -> None:
    imported(site)
    site.write("memories/broken.tmx", "<tmx>")
    site.change("i18n.toml", '["memories/agency.tmx"]', '["memories/*.tmx"]')
    before = site.tree()
    done = purged(site, "--source", "A model reads tokens.")
    assert (done.code, done.errors[0]["path"]) == (65, "memories/broken.tmx")
    assert site.tree() == before


def test_nothing_is_purged_where_a_review_file_cannot_be_read(site: Site) -> None:
    imported(site)
    site.change("locales/ja/terms.po", f'msgstr "{TARGET}"', 'msgstr "')
    before = site.tree()
    done = purged(site, "--source", "A model reads tokens.")
    assert (done.code, done.errors[0]["path"]) == (65, "locales/ja/terms.po")
    assert site.tree() == before
