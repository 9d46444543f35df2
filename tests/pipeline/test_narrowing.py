"""Which terms a run looks at after an edit, and when it has to look at all of them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline.checks.exempting import Hidden
from i18n_pipeline.formats.po import skim_po
from i18n_pipeline.glossary import Authority, Entry
from i18n_pipeline.memory import Unusable, reviewed
from i18n_pipeline.model import Edit, QualityIssue, Severity, Unit
from i18n_pipeline.pipeline import beginning, elsewhere, narrowing
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.rest import Share
from i18n_pipeline.pipeline.rest_kept import SCHEMA, Kept, read_kept, write_kept
from i18n_pipeline.sealed import sealed
from i18n_pipeline.workspace import Workspace, open_workspace
from tests.pipeline.test_narrowed import catalogs, site_in, sync
from tests.stubs.deepl import Account, Fault, Stub
from tests.stubs.repository import Repository
from tests.stubs.site import Ran, Site

ISSUE = QualityIssue(
    "spaces", Severity.WARNING, False, "two", "a/body", "A  b", "terms/en/a.md", "B  c", (1, 3),
    Edit(1, 3, " "), 7,
)  # fmt: skip
SHARE = Share(
    slug="a",
    path="terms/en/a.md",
    called="a",
    page="terms/ja/a.md",
    home="locales/ja/terms.po",
    name="A",
    vocabulary=(("category", "Methods"),),
    names=(Entry("A", "エー", authority=Authority.PROPOSED, slug="a", category="M"),),
    links=(("b", "ビー"),),
    states=(0, 1, 2),
    complete=True,
    stale=True,
    kept=("reading",),
    live=("a/body",),
    issues=(ISSUE, replace(ISSUE, at=None, edit=None)),
    hidden=(Hidden("spaces", "a trial", "a"),),
    remembered="0011223344556677",
    waiting="00112233",
    leads=("b",),
)
KEPT = Kept(
    Looked("about", "receipts", {"terms/en/a.md": "00"}),
    (SHARE,),
    "terms",
    "drafts",
    frozenset({"a"}),
    {"locales/ja/terms.po": {"a": "11"}},
    frozenset({"skipped"}),
    {"terms/en/a.md": ("the field `term` is spelled `Term` here",)},
    (replace(ISSUE, context="category"),),
    frozenset({"gone"}),
)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub(Account(key="k")) as stub:
        yield stub


@pytest.fixture
def site(tmp_path: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(narrowing, "FEWEST", 1)
    monkeypatch.setattr(narrowing, "MOST", 1)
    return site_in(tmp_path, stub, "terms.po", "reviewed")


def in_german_too(site: Site) -> None:
    """The project has two targets, and all is in order in both."""
    site.change("i18n.toml", '["ja"]', '["ja", "de"]')
    sync(site)
    site.review(path="locales/de/terms.po")
    for _ in range(2):
        assert sync(site).code == 0


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources and pages that are read, in order."""
    known: list[str] = []
    original = Workspace.read

    def reads(workspace: Workspace, path: str) -> bytes:
        known.append(path)
        return original(workspace, path)

    monkeypatch.setattr(Workspace, "read", reads)
    return known


def edit(site: Site, slug: str = "beta") -> None:
    site.change(f"terms/en/{slug}.md", "It costs less", "It costs far less")


def test_what_is_kept_is_read_as_it_was_written() -> None:
    assert read_kept(bytes(write_kept(KEPT))) == KEPT


def test_a_row_is_written_as_it_was_read() -> None:
    data = bytes(write_kept(KEPT))
    kept = read_kept(data)
    assert kept is not None
    assert kept.shares[0].row in data
    assert bytes(write_kept(kept)) == data
    edited = replace(kept.shares[0], name="Another", row=b"")
    again = read_kept(bytes(write_kept(replace(kept, shares=(edited, kept.shares[0])))))
    assert again is not None
    assert [share.name for share in again.shares] == ["Another", "A"]


def test_a_locale_of_no_term_is_kept_too() -> None:
    kept = replace(KEPT, shares=())
    assert read_kept(bytes(write_kept(kept))) == kept


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"i18n-rest/1 00\n[]", bytes(write_kept(KEPT))[:-1] + b" "]
)
def test_what_is_not_as_it_was_written_is_none(data: bytes) -> None:
    assert read_kept(data) is None


@pytest.mark.parametrize(
    "body",
    [
        *(b"[", b"null", b"5", b"[]", b"[" * 100_000),
        *(
            b'[["", "", {}], "", "", [], {}, [], {}, [], []]\n' + row
            for row in (b"", b"5", b"[[]]", b"[],[]")
        ),
    ],
)
def test_what_is_sealed_and_of_another_shape_is_none(body: bytes) -> None:
    assert read_kept(sealed(SCHEMA, body)) is None


def test_after_an_edit_the_edited_term_alone_is_read(site: Site, read: list[str]) -> None:
    edit(site)
    done = sync(site)
    assert done.written == ["locales/ja/terms.po"]
    assert set(read) == {"terms/en/beta.md", "terms/ja/beta.md"}


def test_after_a_review_the_reviewed_term_alone_is_read(site: Site, read: list[str]) -> None:
    edit(site)
    sync(site)
    read.clear()
    site.review({"It costs far less than others. Nobody knows why beta does.": "人が書いた。"})
    done = sync(site)
    assert "人が書いた。" in site.read("terms/ja/beta.md")
    assert "terms/ja/beta.md" in done.written
    assert set(read) == {"terms/en/beta.md", "terms/ja/beta.md"}


def test_what_a_run_wrote_is_looked_at_once_more_and_then_no_more(
    site: Site, read: list[str]
) -> None:
    edit(site)
    sync(site)
    read.clear()
    assert sync(site).written == []
    assert "terms/en/beta.md" in read
    assert "terms/en/alpha.md" not in read
    read.clear()
    assert sync(site).written == []
    assert read == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("terms/en/beta.md", "term: Beta Model", "term: Beta Net"),
        ("terms/en/beta.md", "category: Basics", "category: Methods"),
        ("terms/en/beta.md", "slug: beta", "slug: better"),
        ("glossaries/ja.csv", "data,データ", "data,資料"),
        ("i18n.toml", "reviewed", "drafts"),
        ("locales/ja/terms.lock", "\n\nbeta\n", "\n\n\nbeta\n"),
    ],
)
def test_what_concerns_others_too_is_looked_at_with_all(
    site: Site, read: list[str], path: str, old: str, new: str
) -> None:
    site.change(path, old, new)
    sync(site)
    assert "terms/en/zeta.md" in read


def test_new_vocabulary_has_its_terms_looked_at_by_the_next_run(
    site: Site, read: list[str]
) -> None:
    site.change("terms/en/beta.md", "category: Basics", "category: Solo")
    sync(site)
    assert "terms/en/zeta.md" in read
    read.clear()
    sync(site)
    assert sources_in(read) == {"terms/en/beta.md"}
    read.clear()
    sync(site)
    assert read == []


def test_a_term_that_comes_is_looked_at_and_one_that_goes_with_all(
    site: Site, read: list[str]
) -> None:
    site.write("terms/en/new.md", site.read("terms/en/eta.md").replace("slug: eta", "slug: new"))
    sync(site)
    assert "terms/en/new.md" in read
    assert "terms/en/zeta.md" not in read
    read.clear()
    (site.root / "terms/en/alpha.md").unlink()
    sync(site)
    assert "terms/en/zeta.md" in read


def add(site: Site, slug: str, text: str) -> None:
    """A new paragraph in a term."""
    site.change(f"terms/en/{slug}.md", f"- cheap {slug}", f"{text}\n\n- cheap {slug}")


def waiting_in(site: Site, **texts: str) -> None:
    """Nobody is asked, new texts wait for a person, and a run has found that so."""
    site.ask_nobody()
    for slug, text in texts.items():
        add(site, slug, text)
    sync(site)
    assert sync(site).locale()["units"]["untranslated"] == len(texts)


def sources_in(read: list[str]) -> set[str]:
    return {path for path in read if path.startswith("terms/en/")}


def test_where_texts_wait_elsewhere_the_edited_term_alone_is_read(
    site: Site, read: list[str]
) -> None:
    waiting_in(site, eta="One more paragraph.", zeta="Another one is here.")
    read.clear()
    edit(site)
    add(site, "beta", "Nobody knows this one yet.")
    done = sync(site)
    assert done.locale()["units"]["untranslated"] == 3
    assert sources_in(read) == {"terms/en/beta.md"}


def test_a_text_that_found_nothing_is_not_looked_for_again_while_the_memory_is_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting_in(site, eta="One more paragraph.")
    monkeypatch.setattr(beginning, "filler_of", None)
    edit(site, "eta")
    assert sync(site).locale()["units"]["untranslated"] == 1


@pytest.mark.parametrize(
    ("text", "fuzzy"),
    [("Many people ask about this.", False), ("Many people ask about that.", True)],
)
def test_a_text_elsewhere_that_a_translation_fills_is_looked_at_too(
    site: Site, read: list[str], text: str, *, fuzzy: bool
) -> None:
    waiting_in(site, alpha="Nothing is alike.", beta="Many people ask about this.", eta=text)
    (path,) = catalogs(site)
    catalog = site.po(path)
    (unit,) = [one for one in catalog if one.msgctxt == "beta/body" and not one.msgstr]
    unit.msgstr = "人が書いた。"
    site.write(path, str(catalog))
    read.clear()
    done = sync(site)
    filled = site.unit("eta/body", text)
    assert (filled.msgstr, filled.fuzzy) == ("人が書いた。", fuzzy)
    assert done.locale()["units"]["untranslated"] == 1
    assert sources_in(read) == {"terms/en/beta.md", "terms/en/eta.md"}


@pytest.fixture(params=["terms.po", "{slug}.po"])
def laid_out(
    tmp_path: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Site:
    """A project with one catalog, or one for each term, of which little changes at a time."""
    for name in ("FEWEST", "MOST"):
        monkeypatch.setattr(narrowing, name, 1)
    monkeypatch.setattr(reviewed, "_DRIFT", 1)
    return site_in(tmp_path, stub, request.param, "reviewed")


def test_of_what_is_reviewed_elsewhere_no_more_is_read_than_changed(
    laid_out: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(laid_out, "beta", "Nobody knows this one yet.")
    for _ in range(2):
        sync(laid_out)
    skimmed: set[str] = set()

    def skims(data: bytes) -> Iterator[Unit]:
        for unit in skim_po(data):
            skimmed.add(unit.slug)
            yield unit

    monkeypatch.setattr(elsewhere, "skim_po", skims)
    add(laid_out, "eta", "fast gamma")
    assert sync(laid_out).locale()["leveraged"] == {"exact": 1, "fuzzy": 0}
    assert skimmed == {"beta", "gamma"}, "what is filled is confirmed by its catalog"


def test_what_is_kept_of_them_may_fail_at_any_time(
    laid_out: Site, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: reviewed.Reviewed, _wording: str) -> list[object]:
        raise Unusable

    monkeypatch.setattr(reviewed.Reviewed, "of", fails)
    add(laid_out, "beta", "Fast alpha, and slow beta.")
    done = sync(laid_out)
    assert done.locale()["billed"]["requests"] == 1
    assert sources_in(read) > {"terms/en/beta.md"}
    assert not list((laid_out.root / ".i18n/memory").glob("*.sqlite*"))


def test_no_run_fails_for_want_of_what_saves_the_next_one_time(site: Site) -> None:
    for name in ("idle", "rest", "verdicts", "memory"):
        shutil.rmtree(site.root / ".i18n" / name, ignore_errors=True)
        site.write(f".i18n/{name}", "in the way")
    edit(site)
    assert [sync(site).code for _ in range(3)] == [0, 0, 0]


def test_a_forged_database_makes_no_text_reviewed(laid_out: Site) -> None:
    add(laid_out, "beta", "Nobody knows this one yet.")
    for _ in range(2):
        sync(laid_out)
    (place,) = (laid_out.root / ".i18n/memory").glob("*.sqlite")
    with closing(sqlite3.connect(place)) as forged:
        forged.execute("UPDATE entry SET target = 'forged' WHERE source = 'fast gamma'")
        forged.commit()
    add(laid_out, "eta", "fast gamma")
    assert sync(laid_out).locale()["leveraged"] == {"exact": 1, "fuzzy": 0}
    assert not any("forged" in laid_out.read(path) for path in catalogs(laid_out))


def test_a_machine_is_asked_for_the_edited_term_alone(
    site: Site, stub: Stub, read: list[str]
) -> None:
    add(site, "beta", "Nobody knows this one yet.")
    before = len(stub.seen())
    done = sync(site)
    assert done.locale()["billed"]["requests"] == 1
    assert [one.body["text"] for one in stub.seen()[before:]] == [["Nobody knows this one yet."]]
    assert sources_in(read) == {"terms/en/beta.md"}


def test_a_run_that_finds_nothing_to_do_tells_of_a_text_that_waits_as_the_one_before(
    site: Site,
) -> None:
    site.write("i18n.toml", site.read("i18n.toml") + '[locale.ja.provider]\nbody = ["memory"]\n')
    add(site, "beta", "Nobody knows this one yet.")
    for _ in range(2):
        sync(site)
    again = sync(site)
    assert again.part("drafts") == {"whole": [], "waiting": ["beta"]}
    assert again.out == sync(site).out


def test_odd_spellings_and_unsafe_texts_on_their_pages_are_told_of_without_a_look(
    site: Site, read: list[str]
) -> None:
    site.change("terms/en/eta.md", "term: Eta", "Term: Eta")
    page = site.read("terms/ja/zeta.md").split("\n")
    link = "[ここ](https://example.com/elsewhere)"
    page[page.index("## ⟦ja:Why zeta⟧?") + 2] = f"人が{link}、[エータ](/ja/glossary/eta)。"
    site.write("terms/ja/zeta.md", "\n".join(page))
    for path in ("terms.po", "terms.lock"):
        (site.root / "locales/ja" / path).unlink()
    assert site.run("adopt").code == 0
    site.review()
    for _ in range(3):
        before = sync(site)
    assert any(issue["check"] == "destinations" for issue in _issues(before))
    read.clear()
    edit(site)
    after = sync(site)
    assert sources_in(read) == {"terms/en/beta.md"}
    assert _issues(after) == _issues(before)
    told = site.run("sync")  # that beta is as it should be
    assert "terms/en/eta.md: the field `term` is spelled `Term` here" in told.out + told.err
    assert sources_in(read) == {"terms/en/beta.md"}


def _issues(ran: Ran) -> list[dict[str, object]]:
    """What was found, without the lines, which an edit moves."""
    found = ran.part("issues")
    assert isinstance(found, list)
    return [{**issue, "line": 0} for issue in found]


def test_what_only_a_look_can_tell_of_a_term_has_that_looked_at_by_each_run(
    site: Site, stub: Stub, read: list[str]
) -> None:
    no_answer = Fault(change=lambda texts: ["" for _ in texts])
    stub.fail(no_answer, at=len(stub.seen()) + 1, times=9)
    add(site, "eta", "Nobody knows this one yet.")
    assert sync(site).code == 3
    sync(site)
    for number in range(2):
        read.clear()
        site.change("terms/en/beta.md", "It costs", f"{number} It costs")
        assert sync(site).code == 3
        assert sources_in(read) == {"terms/en/beta.md", "terms/en/eta.md"}


def test_a_machine_is_asked_for_two_terms_in_the_order_of_all_links_without_reading_all(
    site: Site, read: list[str]
) -> None:
    for slug in ("beta", "gamma"):
        add(site, slug, f"The {slug} is new.")
    assert sync(site).locale()["billed"]["requests"] > 0
    assert sources_in(read) == {"terms/en/beta.md", "terms/en/gamma.md"}


def test_a_machine_is_asked_for_a_name_with_all(site: Site, read: list[str]) -> None:
    (path,) = catalogs(site)
    catalog = site.po(path)
    for unit in catalog:
        unit.msgstr = "" if unit.msgctxt == "beta/term" else unit.msgstr
    site.write(path, str(catalog))
    sync(site)
    assert "terms/en/zeta.md" in read


def test_a_page_that_drafts_may_complete_is_looked_at_with_all(
    site: Site, stub: Stub, read: list[str]
) -> None:
    waiting_in(site, beta="Nobody knows this one yet.")
    (site.root / "terms/ja/beta.md").unlink()
    site.ask(stub)
    site.change("i18n.toml", "reviewed", "drafts")
    sync(site)
    assert "terms/en/zeta.md" in read


def test_a_machine_that_is_told_the_terms_of_another_locale_is_asked_with_all(
    site: Site, read: list[str]
) -> None:
    in_german_too(site)
    for _ in range(2):
        site.report("sync", "--lang", "ja")
    for number in range(2):
        read.clear()
        add(site, "beta", f"Nobody knows this one yet, nor number {number}.")
        site.report("sync", "--lang", "ja")
        assert "terms/en/zeta.md" in read


def test_a_small_project_is_looked_at_as_a_whole_and_nothing_is_kept_of_it(
    site: Site, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.root / ".i18n/rest/sync-ja.json").unlink()
    monkeypatch.setattr(narrowing, "FEWEST", 100)
    for name in ("beta", "gamma"):
        read.clear()
        edit(site, name)
        sync(site)
        assert "terms/en/zeta.md" in read
    assert not (site.root / ".i18n/rest/sync-ja.json").exists()


def test_more_than_one_in_ten_terms_are_looked_at_with_all(
    site: Site, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "MOST", 4)
    edit(site, "beta")
    edit(site, "gamma")
    sync(site)
    assert "terms/en/zeta.md" in read


def test_what_is_remembered_may_be_lost(site: Site, read: list[str]) -> None:
    for file in (site.root / ".i18n/rest").iterdir():
        file.write_bytes(file.read_bytes()[:-20])
    edit(site)
    assert sync(site).code == 0
    assert "terms/en/zeta.md" in read


def test_a_catalog_laid_out_otherwise_is_read_whole(site: Site, read: list[str]) -> None:
    (path,) = catalogs(site)
    site.write(path, site.read(path).replace("\n", "\r\n"))
    edit(site)
    assert sync(site).code == 0
    assert "terms/en/zeta.md" in read


def test_a_term_that_only_one_locale_knows_to_be_gone_is_looked_for_in_both(site: Site) -> None:
    in_german_too(site)
    (site.root / "terms/en/eta.md").unlink()
    for _ in range(2):
        assert site.report("sync", "--lang", "ja").code == 0
    done = sync(site)
    assert done.code == 0
    assert "locales/de/terms.po" in done.written
    gone = [unit for unit in site.po("locales/de/terms.po") if unit.msgctxt.startswith("eta/")]
    assert gone
    assert all(unit.obsolete for unit in gone)


def test_vocabulary_that_only_one_locale_knows_to_be_gone_is_put_away_in_both(site: Site) -> None:
    site.change("terms/en/beta.md", "category: Basics", "category: Solo")
    in_german_too(site)
    site.change("terms/en/beta.md", "category: Solo", "category: Methods")
    site.report("sync", "--lang", "ja")
    sync(site)
    (solo,) = [unit for unit in site.po("locales/de/terms.po") if unit.msgid == "Solo"]
    assert solo.obsolete


def test_a_field_of_the_locale_alone_that_an_edited_source_has_is_refused(site: Site) -> None:
    site.write("i18n.toml", site.read("i18n.toml") + '[locale.ja.fields]\nextra = ["reading"]\n')
    sync(site)
    sync(site)
    before = site.contents()
    site.change("terms/en/beta.md", "category:", "reading: be\ncategory:")
    assert sync(site).code == 78
    assert {**before, "terms/en/beta.md": b""} == {**site.contents(), "terms/en/beta.md": b""}


def test_fields_of_the_locale_alone_that_nobody_fills_wait_for_nobody(
    site: Site, read: list[str]
) -> None:
    site.write("i18n.toml", site.read("i18n.toml") + '[locale.ja.fields]\nextra = ["reading"]\n')
    sync(site)
    sync(site)
    read.clear()
    edit(site)
    assert sync(site).locale()["units"]["untranslated"] == 0
    assert "terms/en/zeta.md" not in read


def test_a_catalog_that_another_program_wrapped_is_written_whole(site: Site) -> None:
    (path,) = catalogs(site)
    ours = site.read(path)
    wrapped = ours.replace('msgid "It costs less', 'msgid ""\n"It costs less')
    site.write(path, wrapped)
    sync(site)
    edit(site)
    sync(site)
    assert 'msgid ""\n"It costs' not in site.read(path)
    assert site.read(path).count("It costs") >= ours.count("It costs")


def test_reviews_of_other_terms_that_are_lost_since_head_are_asked_about(site: Site) -> None:
    repository = Repository(site.root)
    repository.commit("all reviewed")
    (path,) = catalogs(site)
    catalog = site.po(path)
    for unit in catalog:
        if unit.msgctxt.startswith(("beta/", "gamma/", "delta/")):
            unit.flags = ["fuzzy"]
    site.write(path, str(catalog))
    repository.commit("sent back")
    sync(site)
    sync(site)
    repository.git("reset", "--soft", "HEAD~1")
    before = site.read(path)
    edit(site, "alpha")
    assert sync(site).code == 3
    assert site.read(path) == before


def test_what_is_known_of_a_catalog_that_was_written_in_part_is_what_lies_there(
    site: Site, read: list[str]
) -> None:
    before = narrowing.recall(open_workspace(site.root), "ja")
    add(site, "beta", "Nobody knows this one yet.")
    sync(site)
    assert sources_in(read) == {"terms/en/beta.md"}
    after = narrowing.recall(open_workspace(site.root), "ja")
    assert before is not None
    assert after is not None
    (path,) = catalogs(site)
    assert after.rows != before.rows
    assert after.rows[path] == narrowing._rows_of((site.root / path).read_bytes())


def test_a_new_term_of_the_same_name_has_the_texts_judged_that_lead_to_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FEWEST", "MOST"):
        monkeypatch.setattr(narrowing, name, 1)
    site = Site(tmp_path / "site")
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
    site.write("i18n.toml", f'source = "en"\ntargets = ["ja"]\n{rewrite}')

    def add(slug: str, name: str, body: str) -> None:
        front = f"---\nterm: {name}\nslug: {slug}\nlang: en\n---\n"
        site.write(f"terms/en/{slug}.md", f"{front}\n{body}\n")

    add("beta", "Beta", "One thing.")
    for at in range(4):
        add(f"more-{at}", f"More {at}", f"Nothing {at}.")
    for slug in ("gamma", "delta"):
        add(slug, slug.title(), f"A [Beta](/glossary/beta) is no {slug}.")
    site.run("sync")
    site.translate("Beta", "ベータ")
    for slug in ("gamma", "delta"):
        source = f"A [Beta](/glossary/beta) is no {slug}."
        site.translate(source, f"[別名](/glossary/beta)は{slug}ではありません。")
    for _ in range(3):
        site.run("sync")
    add("alpha", "Beta", "Another thing.")
    twin = replace(site, root=tmp_path / "twin")
    shutil.copytree(site.root, twin.root)
    shutil.rmtree(twin.root / ".i18n")
    told, expected = (one.report("sync") for one in (site, twin))
    issues = told.part("issues")
    assert isinstance(issues, list)
    assert [one["check"] for one in issues] == ["terminology", "terminology"]
    assert told.json["locales"] == expected.json["locales"]
    assert site.contents() == twin.contents()


def test_a_name_that_a_person_approved_is_not_the_proposed_one() -> None:
    proposed = Entry("LoRA", "ローラ", authority=Authority.PROPOSED, slug="lora")
    reviewed = replace(proposed, authority=Authority.REVIEWED)
    assert proposed == reviewed
    before = replace(KEPT.shares[0], names=(proposed,))
    after = replace(before, names=(reviewed,)).like(before)
    assert [one.authority for one in after.names] == [Authority.REVIEWED]
    assert replace(before, names=(replace(proposed),)).like(before).names is before.names
