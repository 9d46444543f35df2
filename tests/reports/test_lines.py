"""Reports in lines: what is more than fits is counted, and what failed is told once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from i18n_pipeline.errors import Problem
from i18n_pipeline.glossary import Entry
from i18n_pipeline.history import Commit
from i18n_pipeline.model import Kind, Severity
from i18n_pipeline.reports.adopted import adoption_lines
from i18n_pipeline.reports.as_github import warning
from i18n_pipeline.reports.as_json import as_json
from i18n_pipeline.reports.as_summary import summary
from i18n_pipeline.reports.as_text import as_text, errors_of_checks
from i18n_pipeline.reports.catalogs import (
    AdoptedCatalog,
    CatalogsReport,
    LeftText,
    OtherText,
    catalogs_as_text,
)
from i18n_pipeline.reports.changes import Details, Treated
from i18n_pipeline.reports.edited import EditedReport, SourceEdit, edited_as_text
from i18n_pipeline.reports.exchanged import (
    ExportedMemory,
    ImportedMemory,
    Purged,
    PurgeReport,
    memory_export_as_text,
    memory_import_as_text,
    purge_as_text,
)
from i18n_pipeline.reports.interchanged import Imported, imported_as_text
from i18n_pipeline.reports.live import LiveReport, LiveText, LocaleLive, live_as_text
from i18n_pipeline.reports.memories import HeldFile, Match, Searched, search_as_text
from i18n_pipeline.reports.moved import Mention, MoveReport, moved_as_text
from i18n_pipeline.reports.packages import ImportedLocale, ImportReport, Waiting
from i18n_pipeline.reports.packages import imported_as_text as package_as_text
from i18n_pipeline.reports.prepared import Prepared, prepared_as_json, prepared_as_text
from i18n_pipeline.reports.renamed import RenamedText, RenameReport, renamed_as_text
from i18n_pipeline.reports.report import (
    Adoption,
    Billed,
    Different,
    EditedPage,
    Issue,
    LocaleReport,
    OpenConflict,
    Report,
    Units,
)
from i18n_pipeline.reports.reviewed import Applied, Fate, ReviewReport, reviewed_as_text
from i18n_pipeline.reports.standing import Rendering
from i18n_pipeline.reports.termbases import LocaleTerms, TermsReport, terms_as_json, terms_as_text
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.traced import (
    Passed,
    Provenances,
    TracedStep,
    TracedUnit,
    Why,
    provenances_as_text,
    why_as_text,
)
from i18n_pipeline.reports.unpublished import (
    LocaleUnpublished,
    UnpublishReport,
    unpublished_as_text,
)
from i18n_pipeline.reports.view import View
from i18n_pipeline.stages.adopting import LeftOver
from i18n_pipeline.stages.edits import EditKind, Run
from i18n_pipeline.stages.edits.differing import Side

MANY = range(12)
BAD = (Problem("a.po", 1, 1, "not-utf-8", "byte 0xff is not UTF-8"),)


def adopted(most: int | None) -> str:
    left = tuple(LeftOver("a", "a.md", n, Kind.PARAGRAPH, "text") for n in MANY)
    return "\n".join(adoption_lines(Adoption(remaining=left), Tongue("en"), most))


def catalogs(*, verbose: bool) -> str:
    others = tuple(OtherText(f"a/{n}", n) for n in MANY)
    left = tuple(LeftText(n, "source", "target", "no such text") for n in MANY)
    report = CatalogsReport("ja", (AdoptedCatalog("a.po", kept=others, left=left),))
    return catalogs_as_text(report, verbose=verbose)


def live(*, verbose: bool) -> str:
    texts = tuple(LiveText(f"a/{n}", "reviewed", "human", "", "s", "t") for n in range(60))
    return live_as_text(LiveReport((LocaleLive("ja", texts),)), verbose=verbose)


def moved(*, verbose: bool) -> str:
    mentions = tuple(Mention("a.md", n, "text") for n in MANY)
    return moved_as_text(MoveReport("a", "b", mentions=mentions), verbose=verbose)


def package(*, verbose: bool) -> str:
    waiting = tuple(Waiting("refused", "a.xlf", n, "a/body", "why") for n in MANY)
    return package_as_text(ImportReport((ImportedLocale("ja", waiting=waiting),)), verbose=verbose)


def purged(*, verbose: bool) -> str:
    gone = tuple(Purged("a.tmx", f"text {n}", ()) for n in MANY)
    return purge_as_text(PurgeReport(gone), verbose=verbose)


def renamed(*, verbose: bool) -> str:
    texts = tuple(RenamedText(f"a/{n}", "old words", "new words") for n in MANY)
    return renamed_as_text(RenameReport("ja", "token", "old", "new", texts), verbose=verbose)


@pytest.mark.parametrize("told", [catalogs, live, moved, package, purged, renamed])
def test_what_is_more_than_fits_is_counted_and_verbose_tells_all(told: Callable[..., str]) -> None:
    short, whole = told(verbose=False), told(verbose=True)
    assert "(--verbose shows all)" in short
    assert "--verbose" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())


def test_of_what_is_left_of_adopted_pages_too() -> None:
    assert adopted(None).count("a.md") == 12
    assert adopted(10).count("a.md") == 10
    assert adopted(10).endswith("  … and 2 more texts (--verbose shows all)")


def test_where_nothing_was_done_the_errors_alone_are_told() -> None:
    assert memory_import_as_text(ImportedMemory("a.tmx", errors=BAD)) == ""
    assert purge_as_text(PurgeReport(errors=BAD)) == ""
    assert imported_as_text(Imported("ja", "ja.csv", errors=BAD)) == ""
    assert moved_as_text(MoveReport("a", "b", errors=BAD)) == (
        "nothing was done: mend the errors first\n"
    )
    refused = LocaleUnpublished("ja", refused="it is not built")
    assert unpublished_as_text(UnpublishReport("a", (refused,))) == (
        "ja: a: nothing was done: it is not built\n"
    )


def test_a_memory_that_is_there_already_is_not_imported_again() -> None:
    known = ImportedMemory("a.tmx", known=True)
    assert memory_import_as_text(known) == "a.tmx is this very memory: nothing to do\n"


def test_what_was_left_out_of_a_memory_and_who_does_not_use_it_is_told() -> None:
    held = HeldFile("a.tmx", 1_200, {"without a letter": 3})
    report = ImportedMemory("a.tmx", {"ja": held}, others=("de",), written=("i18n.toml",), dry=True)
    assert memory_import_as_text(report).splitlines() == [
        "ja: 1,200 pairs",
        "  3 left out: a text without a letter",
        "de has `tmx` of its own, and uses it only where that names it",
        "  would write i18n.toml",
    ]
    exported = ExportedMemory(counts=(("ja", 1),), left_out=2)
    assert memory_export_as_text(exported, "out.tmx") == (
        "ja: 1 text\n  2 left out: XML cannot hold them\nwrote out.tmx\n"
    )


def test_a_page_taken_back_is_told_with_what_it_is_now() -> None:
    commit = Commit("0123456789abcdef", "Aiko", "", "2026-01-02T03:04:05Z", "a build")
    back = LocaleUnpublished("ja", restored=commit, sent_back=("a/body",))
    assert unpublished_as_text(UnpublishReport("a", (back,))).splitlines() == [
        "ja: a: as it stood on 2026-01-02 (0123456789ab, a build): all of it reviewed",
        "  1 text sent back to review",
        "  held: no sync builds it before everything in it is reviewed",
    ]
    given = LocaleUnpublished("ja", reviewed_again=("a/body",), written=("a.lock",))
    told = unpublished_as_text(UnpublishReport("a", (given,), undo=True, dry=True))
    assert told.splitlines() == [
        "ja: a: would be given back; the next sync may build it",
        "  1 text would be reviewed again",
        "  would write a.lock",
    ]


def test_what_makes_git_merge_by_unit_is_told_as_it_was_or_is() -> None:
    new, old = Prepared(attributes=True, driver=True), Prepared(attributes=False)
    assert prepared_as_text(new).splitlines() == [
        "wrote .gitattributes: commit it",
        "the merge driver is installed, for all work trees of this clone",
        "every other clone needs it once: i18n init --git",
    ]
    assert prepared_as_text(old).splitlines()[:2] == [
        ".gitattributes is as it should be",
        "the merge driver was installed already, for all work trees of this clone",
    ]
    assert prepared_as_text(Prepared(attributes=True, dry=True)) == (
        "would write .gitattributes: commit it\n"
    )
    written = [json.loads(prepared_as_json(one))["git"]["written"] for one in (new, old)]
    assert written == [[".gitattributes"], []]


def test_of_what_checks_found_the_errors_can_be_told_alone() -> None:
    found = [
        Issue("links", str(severity), "a.po", 3, "a", "body", f"it is {severity}")
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    report = Report("sync", (LocaleReport("ja", issues=tuple(found)),))
    assert errors_of_checks(report) == "  a.po:3: error: links: it is error [a/body]\n"


def test_an_edit_of_a_source_is_explained_where_that_is_asked_for() -> None:
    runs = (Run(Side.BOTH, "A "), Run(Side.OLD, "small"), Run(Side.NEW, "large"))
    edit = SourceEdit(
        *("a/body", "a.md", 7, EditKind.REWRITE, (EditKind.REWRITE,)),
        *("A small", "A large", runs, "", ("ja",)),
    )
    report = EditedReport(revision="main", commit="0123456789abcdef", edits=(edit,), new=2)
    lines = edited_as_text(report).splitlines()
    assert lines[0].startswith("1 edit since main (0123456789)")
    assert lines[0].endswith("; 2 texts came")
    assert lines[1:] == ["  a.md:7: a/body: rewrite (ja)"]
    explained = edited_as_text(replace(report, explained=True)).splitlines()
    assert explained[:3] == [*lines, "    A [-small-]{+large+}"]


def test_what_a_text_would_find_is_told_the_best_first_or_that_there_is_nothing() -> None:
    match = Match(93, "Of low\nrank.", "Niedrig.", "lora/body", own=True)
    told = search_as_text(Searched("Of any rank.", {"de": (match,), "ja": ()}))
    assert told.splitlines() == [
        "de: 93% lora/body", "  Of low⏎rank.", "  Niedrig.", "ja: nothing like it",
    ]  # fmt: skip


def test_a_warning_about_no_file_is_a_command_of_github() -> None:
    assert warning("No key", "nobody, was: asked\n") == (
        r"::warning title=No key::nobody, was: asked\u000a"
    )


def test_a_day_that_is_none_is_told_as_it_is() -> None:
    view = View(tongue=Tongue("en"), at_terminal=True)
    assert view.day("2026-01-02") == "Jan 2, 2026"
    assert view.day("never") == "never"
    assert View().day("2026-01-02") == "2026-01-02"


def test_what_was_spent_is_told_apart_from_what_may_have_been() -> None:
    billed = Billed(
        requests=3, characters=3_000, possibly_billed=50, cost=1.5, free=1_000, saved=700
    )
    one = LocaleReport("ja", ("deepl", "apertium"), drafted=2, refused=1, billed=billed)
    assert (
        "  deepl + apertium: 2 drafts, 3 requests, 3,000 characters sent, 2,000 billed, €1.50, "
        "answered before: 700 characters, possibly billed: 50 characters, 1 answer not used"
    ) in as_text(Report("sync", (one,), currency="EUR")).splitlines()
    told = as_text(Report("build", (replace(one, billed=Billed(), drafted=0),)))
    assert "  1 answer of machines turned down (--verbose says why)" in told.splitlines()


def test_what_waits_for_a_person_is_in_the_summary_the_most_urgent_first() -> None:
    errors = tuple(Problem(f"{n:02}.md", 1, 1, "yaml", "bad") for n in MANY)
    one = LocaleReport(
        "ja",
        issues=(Issue("links", "error", "a.po", 3, "a", "body", "m"),),
        conflicts=(OpenConflict("a.po", 3, "a/body", "One.", "Eins."),),
        edited=(EditedPage("a.md", left="it cannot be read"),),
        refused=2,
        units=Units(0, 4, 0),
    )
    _, _, wanted = summary(Report("sync", (one,), errors=errors)).partition("**Needs a person**")
    lines = [line for line in wanted.splitlines() if line.startswith("- ")]
    assert lines[8:] == [
        "- … and 4 more errors",
        "- `ja`: people disagree about 1 text: <code>a.po&#58;3</code>",
        "- `ja`: 1 error found by checks: links",
        "- `ja`: edited by hand and left alone: <code>a.md</code>",
        "- `ja`: 2 texts whose drafts failed a check",
        "- `ja`: 4 texts to review",
    ]


def test_decisions_that_wait_are_told_with_both_texts() -> None:
    applied = tuple(
        Applied(Fate.CONFLICT, f"a/{n}", "One.", "Eins.", "it changed", "Ein.") for n in range(40)
    )
    lines = reviewed_as_text(ReviewReport("ja", applied)).splitlines()
    assert lines[:4] == [
        "ja: 40 in conflict",
        "  in conflict: a/0: One.",
        "    it changed; the review says: Eins.",
        "    the review file says: Ein.",
    ]
    assert lines[-1].endswith("more (--verbose shows all)")
    whole = reviewed_as_text(ReviewReport("ja", applied), verbose=True)
    assert len(whole.splitlines()) == 1 + 3 * 40
    assert reviewed_as_text(ReviewReport("ja")) == "ja: no decisions\n"


def test_a_list_of_terms_says_what_links_teach_and_its_json_says_all() -> None:
    entry = Entry("token", "トークン", slug="token", note="read")
    one = LocaleTerms("ja", (entry,), ("LoRA",), {"token": ("トークン列",)})
    report = TermsReport("glossary list", (one,))
    assert terms_as_text(report, verbose=True).splitlines() == [
        "ja: 1 entry, 1 name to keep",
        "  token → トークン",
        "      links say: トークン列",
        "      note: read",
        "  LoRA (kept)",
    ]
    (told,) = json.loads(terms_as_json(report))["locales"]
    assert told["keep"] == ["LoRA"]
    (listed,) = told["entries"]
    assert (listed["source"], listed["target"]) == ("token", "トークン")
    assert (listed["learned"], listed["note"]) == (["トークン列"], "read")


def test_a_change_that_is_not_committed_has_no_author_yet_and_a_passed_limit_names_its_units() -> (
    None
):
    steps = (TracedStep(("reviewed",), "", "0123456789abcdef", "Aiko", "2026-01-02T03:04:05Z"),)
    unit = TracedUnit("ja", "a/body", "One.", "一。", "reviewed", "human", steps=steps)
    assert "  2026-01-02 03:04 Aiko 0123456" in why_as_text(Why((unit,)))
    anew = replace(unit, steps=(TracedStep(("edited",), ""),))
    assert why_as_text(Why((anew,))).splitlines()[-1] == "  not committed yet: edited"
    passed = Passed("ja", "max_machine", "rule 1: 1 of 0 allowed", ("a/body",))
    assert provenances_as_text(Provenances(passed=(passed,), checked=True)).splitlines() == [
        "ja: rule 1: 1 of 0 allowed", "  a/body",
    ]  # fmt: skip
    assert provenances_as_text(Provenances(checked=True)) == "the policy holds\n"


def test_what_became_of_each_text_is_in_the_json_where_it_is_known() -> None:
    treated = Treated("a/body", "One", "new", is_draft=True, is_new=True)
    one = LocaleReport("ja", details=Details(treated=(treated,)))
    (told,) = json.loads(as_json(Report("sync", (one,))))["locales"]
    assert told["treated"] == [
        {"unit": "a/body", "begins": "One", "why": "new", "is_draft": True, "is_new": True}
    ]
    (other,) = json.loads(as_json(Report("sync", (LocaleReport("ja"),))))["locales"]
    assert "treated" not in other


def test_how_many_links_name_a_term_counts_those_with_other_words_too() -> None:
    assert Rendering("token", ("トークン",), 3, (("トークン列", 2), ("断片", 1))).links == 6


def test_what_people_made_otherwise_is_named_and_what_is_more_is_counted() -> None:
    different = tuple(Different(n, "a block of its own") for n in range(60))
    one = LocaleReport("ja", edited=(EditedPage("a.md", different=different),))
    lines = as_text(Report("sync", (one,))).splitlines()
    kept = [line for line in lines if "kept: a.md" in line]
    assert kept[:2] == ["  kept: a.md: a block of its own", "  kept: a.md:1: a block of its own"]
    assert f"  … and {60 - len(kept)} more" in lines
