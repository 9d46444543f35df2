"""What an author's edit costs: nothing, a look, or a translation, and how it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, LORA, TERMS, Site

PAPER = "https://example.org/paper"
LINKED = "Fine-tuning takes a *trained* model"


def reviewed(root: Path, config: str = CONFIG) -> Site:
    """A project of which all is translated and reviewed in Japanese, and built."""
    site = Site(root)
    site.write("i18n.toml", config)
    for path, text in TERMS.items():
        site.write(path, text)
    assert site.run("sync", "--lang", "ja").code == 0
    catalog = site.po()
    for entry in catalog:
        entry.msgstr = f"訳 {entry.msgid}"
    site.write("locales/ja/terms.po", str(catalog))
    assert site.run("sync", "--lang", "ja").code == 0
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return reviewed(tmp_path)


def test_a_changed_address_reaches_the_page_without_machine_cost_or_review(
    site: Site, deepl: Stub
) -> None:
    site.ask(deepl)
    site.change("terms/en/fine-tuning.md", PAPER, f"{PAPER}/v2")
    ran = site.report("sync", "--lang", "ja")
    assert ran.part("edits") == {"kept": 0, "patched": 1, "anew": 0, "review": {}}
    assert ran.part("units") == {"untranslated": 0, "needs_review": 0, "reviewed": 16}
    assert ran.locale()["billed"]["requests"] == 0
    assert f"]({PAPER}/v2)" in site.read("terms/ja/fine-tuning.md")
    assert site.unit("fine-tuning/body", LINKED).comment.endswith(
        "Origin: patched: link destination"
    )


def test_a_kept_text_has_a_note_and_a_second_run_writes_nothing(site: Site) -> None:
    site.change("terms/en/lora.md", "layers are trained.", "layers are trained!")
    ran = site.run("sync", "--lang", "ja")
    assert "  source edits: 1 kept\n" in ran.out
    unit = site.unit("lora/body", "Only small")
    assert not unit.fuzzy
    assert unit.previous_msgid == "Only small layers are trained."
    assert unit.comment == (
        "paragraph\nKept through an edit of the source: punctuation and case "
        "(“are trained.” → “are trained!”)\n"
        "Check untranslated: `Only small layers are trained` is still the source's: translate it"
    )
    before = site.tree()
    assert site.report("sync", "--lang", "ja").written == []
    assert site.tree() == before


def test_an_edit_undone_leaves_every_byte_as_it_was(site: Site) -> None:
    before = site.contents()
    site.change("terms/en/lora.md", "layers are trained.", "layers are trained!")
    site.run("sync", "--lang", "ja")
    site.write("terms/en/lora.md", LORA)
    site.run("sync", "--lang", "ja")
    assert site.contents()["locales/ja/terms.po"] == before["locales/ja/terms.po"]
    assert site.contents()["terms/ja/lora.md"] == before["terms/ja/lora.md"]


def test_a_denial_is_for_a_person_however_alike_the_texts_are(site: Site) -> None:
    site.change("terms/en/token.md", "A model reads tokens.", "A model never reads tokens.")
    ran = site.report("sync", "--lang", "ja")
    assert ran.part("edits") == {
        "kept": 0,
        "patched": 0,
        "anew": 0,
        "review": {"negation or modality": 1},
    }
    assert site.unit("token/body", "A model").fuzzy


def test_a_comma_in_doubt_is_for_a_person(site: Site) -> None:
    site.change("terms/en/lora.md", "Only small layers", "Only small, layers")
    ran = site.report("sync", "--lang", "ja")
    assert ran.part("edits") == {
        "kept": 0,
        "patched": 0,
        "anew": 0,
        "review": {"punctuation or case in doubt": 1},
    }
    assert site.unit("lora/body", "Only small").fuzzy


@pytest.mark.parametrize(("listed", "fuzzy"), [("", True), ("layers,layers\n", False)])
def test_a_word_gets_its_link_where_the_terminology_keeps_it(
    tmp_path: Path, listed: str, fuzzy: bool
) -> None:
    site = reviewed(tmp_path, CONFIG.replace('"ja", "de"', '"ja", "nl"'))
    site.write("glossaries/nl.csv", f"source,target\n{listed}")
    assert site.run("sync", "--lang", "nl").code == 0
    po = "locales/nl/terms.po"
    site.review({"Only small layers are trained.": "Alleen kleine layers leren."}, po)
    assert site.run("sync", "--lang", "nl").code == 0
    site.change("terms/en/lora.md", "layers are", "[layers](https://example.org) are")
    site.run("sync", "--lang", "nl")
    assert site.unit("lora/body", "Only small", po).fuzzy is fuzzy


def test_a_text_that_would_fail_a_check_is_for_a_person(site: Site) -> None:
    site.review({"A model reads tokens.": "訳。`x`を読みます。"})
    site.change("terms/en/token.md", "A model reads tokens.", "A model reads tokens!")
    site.run("sync", "--lang", "ja")
    assert site.unit("token/body", "A model").fuzzy


def test_what_a_project_wants_to_see_is_not_kept(tmp_path: Path) -> None:
    config = f'{CONFIG}\n[changes]\npunctuation = "review"\nplaceholders = "review"\n'
    site = reviewed(tmp_path, config)
    site.change("terms/en/lora.md", "layers are trained.", "layers are trained!")
    site.change("terms/en/fine-tuning.md", PAPER, f"{PAPER}/v2")
    ran = site.report("sync", "--lang", "ja")
    assert ran.part("edits") == {
        "kept": 0,
        "patched": 0,
        "anew": 0,
        "review": {"link destination": 1, "punctuation and case": 1},
    }


def test_nothing_lets_a_number_pass(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("i18n.toml", f'{CONFIG}\n[changes]\nnumber = "keep"\n')
    ran = site.run("sync")
    assert ran.code == 78
    assert "number" in ran.err


def test_a_draft_of_a_text_whose_link_changed_is_not_paid_again(
    tmp_path: Path, deepl: Stub
) -> None:
    site = Site(tmp_path)
    site.write("i18n.toml", CONFIG)
    for path, text in TERMS.items():
        site.write(path, text)
    site.ask(deepl)
    assert site.run("sync", "--lang", "ja").code == 0
    site.change("terms/en/fine-tuning.md", PAPER, f"{PAPER}/v2")
    ran = site.report("sync", "--lang", "ja")
    assert ran.locale()["billed"]["requests"] == 0
    assert ran.part("edits") == {"kept": 0, "patched": 1, "anew": 0, "review": {}}
    unit = site.unit("fine-tuning/body", LINKED)
    assert f"{PAPER}/v2" in unit.msgstr
    assert unit.fuzzy
    assert site.report("sync", "--lang", "ja").written == []


def test_status_lists_the_edited_texts_that_wait_and_explains_them(site: Site) -> None:
    site.change("terms/en/token.md", "A model reads tokens.", "A model never reads tokens.")
    assert site.run("status", "--stale", "--lang", "ja").out == (
        "ja: 1 edited text to review: 1 negation or modality\n"
        "  locales/ja/terms.po: token/body: negation or modality\n"
    )
    site.run("sync", "--lang", "ja")
    before = site.tree()
    assert site.run("status", "--stale", "--explain", "--lang", "ja").out == (
        "ja: 1 edited text to review: 1 negation or modality\n"
        "  locales/ja/terms.po:115: token/body: negation or modality\n"
        "    source: A model {+never +}reads tokens.\n"
        "    says:   訳 A model reads tokens.\n"
        "    to do:  the translation may say the opposite now: correct it first\n"
    )
    assert site.tree() == before


def test_a_text_remembered_of_another_term_is_no_edited_one(site: Site) -> None:
    site.write(
        "terms/en/vector.md",
        "---\nterm: Vector\nslug: vector\nlang: en\ncategory: Basics\n"
        'definition: "A row."\n---\n\nA model reads the tokens.\n',
    )
    assert site.report("sync", "--lang", "ja").part("leveraged") == {"exact": 0, "fuzzy": 1}
    assert site.run("status", "--stale", "--explain", "--lang", "ja").out == (
        "ja: 0 edited texts to review\n"
    )


def test_status_as_json_holds_the_difference_run_by_run(site: Site) -> None:
    site.change("terms/en/token.md", "A model reads tokens.", "A model never reads tokens.")
    found = site.report("status", "--explain", "--lang", "ja").part("stale")
    assert found == [
        {
            "path": "locales/ja/terms.po",
            "line": 0,
            "slug": "token",
            "field": "body",
            "kind": "negation or modality",
            "old": "A model reads tokens.",
            "new": "A model never reads tokens.",
            "kinds": ["addition or removal", "negation or modality"],
            "diff": [
                {"side": "both", "text": "A model "},
                {"side": "new", "text": "never "},
                {"side": "both", "text": "reads tokens."},
            ],
            "translation": "訳 A model reads tokens.",
            "todo": "the translation may say the opposite now: correct it first",
        }
    ]


def test_status_since_a_revision_tells_all_edits_and_whom_they_touch(tmp_path: Path) -> None:
    site = reviewed(tmp_path)
    repository = Repository(tmp_path)
    commit = repository.commit("Before")
    site.change("terms/en/fine-tuning.md", PAPER, f"{PAPER}/v2")
    site.change("terms/en/lora.md", "Only small layers", "Only 3 small layers")
    site.change("terms/en/lora.md", "- fast\n", "- fast\n- something else entirely\n")
    (tmp_path / "terms/en/token.md").unlink()
    ran = site.run("status", "--since", commit, "--explain")
    assert ran.out == (
        f"2 edits since {commit} ({commit[:10]}): 1 number, 1 link destination; "
        "1 text came; 4 texts went\n"
        "  terms/en/fine-tuning.md:16: fine-tuning/body: link destination (ja)\n"
        "    … `data`, as [the paper[-](https://example.org/paper)-]"
        "{+](https://example.org/paper/v2)+} says.\n"
        "  terms/en/lora.md:10: lora/body: number (ja)\n"
        "    Only {+3 +}small layers are trained.\n"
    )
    since = site.report("status", "--since", "HEAD", "--slug", "lora").json["since"]
    assert isinstance(since, dict)
    assert (since["commit"], since["new"], since["gone"]) == (commit, 1, 0)


def test_a_term_that_is_left_alone_now_or_stands_elsewhere_is_not_gone(tmp_path: Path) -> None:
    site = reviewed(tmp_path)
    draft = TERMS["terms/en/token.md"].replace("slug: token", "slug: drafted\ndraft: true")
    site.write("terms/en/drafted.md", draft)
    commit = Repository(tmp_path).commit("Before")
    site.change("terms/en/token.md", "lang: en", "lang: en\ndraft: true")
    (tmp_path / "terms/en/drafted.md").unlink()
    site.change("terms/en/lora.md", "- fast", "- something else entirely")
    (tmp_path / "terms/en/models").mkdir()
    (tmp_path / "terms/en/lora.md").rename(tmp_path / "terms/en/models/lora.md")
    ran = site.report("status", "--since", commit)
    since = ran.json["since"]
    assert isinstance(since, dict)
    assert (since["new"], since["gone"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "HEAD..HEAD"), "`HEAD..HEAD` is a range, and one revision is wanted"),
        (("--since", "HEAD~3...HEAD"), "the edits since then are told: --since HEAD~3"),
        (("--since", "v9"), "git knows no revision `v9`"),
        (("--since", "--all"), "git knows no revision `--all`"),
        (("--since", "HEAD", "--stale"), "ask for different things"),
        (("--stale", "--fail-under", "90"), "--fail-under is about all units"),
        (("--stale", "--slug", "tokn"), "there is no term tokn"),
    ],
)
def test_what_cannot_be_told_is_an_error(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    site = Site(tmp_path)
    site.write("i18n.toml", CONFIG)
    for path, text in TERMS.items():
        site.write(path, text)
    Repository(tmp_path).commit("All of it")
    ran = site.run("status", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_without_git_since_says_so(site: Site) -> None:
    ran = site.run("status", "--since", "HEAD")
    assert ran.code == 2
    assert "--since needs git: this is no git repository" in ran.err


def test_a_source_that_cannot_be_read_is_told_and_the_others_are_looked_at(site: Site) -> None:
    site.change("terms/en/token.md", "A model reads tokens.", "A model never reads tokens.")
    site.write("terms/en/lora.md", "---\nterm: [\n---\n")
    ran = site.run("status", "--stale", "--lang", "ja")
    assert ran.code == 65
    assert "token/body: negation or modality" in ran.out
    assert "terms/en/lora.md:3" in ran.err
