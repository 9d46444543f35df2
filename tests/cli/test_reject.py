"""`i18n reject`: a draft is taken back, and nothing like it comes back, whatever is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.stubs import chat
from tests.stubs.deepl import Stub
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, TERMS, Ran, Site

REJECT = ("reject", "--lang", "ja")
SYNC = ("sync", "--lang", "ja")
PO = "locales/ja/terms.po"
FILE = "locales/ja/terms.rejected"
SENTENCE = "A model reads tokens."


@dataclass(frozen=True)
class Rejection:
    """A line of the file."""

    by: str
    unit: str
    words: str


def lines(site: Site) -> list[Rejection]:
    head, blank, *rows = site.read(FILE).splitlines()
    assert (head, blank) == ("i18n-rejected 1", "")
    return [Rejection(*row.split(" ", 4)[2:]) for row in rows]


def billed(ran: Ran) -> int:
    return ran.locale()["billed"]["characters"]


def texts(ran: Ran) -> list[dict[str, str]]:
    found = ran.part("texts")
    assert isinstance(found, list)
    return found


def test_a_rejected_draft_leaves_its_unit_untranslated_with_the_reason(drafted: Site) -> None:
    draft = drafted.unit("token/body", SENTENCE).msgstr
    ran = drafted.run(*REJECT, "--unit", "token/body")
    assert ran.code == 0, ran.err
    assert ran.out == (
        "ja: 1 text rejected, 1 draft in the review file gone\n"
        f"  token/body: DeepL: {draft}\n"
        f"  wrote {PO}\n  wrote {FILE}\n"
    )
    entry = drafted.unit("token/body", SENTENCE)
    assert (entry.msgstr, entry.fuzzy) == ("", False)
    assert "Not used (DeepL): rejected: a person took this text back" in entry.comment
    assert lines(drafted) == [Rejection("DeepL", "token/body", draft)]


def test_it_does_not_come_back_and_its_engine_is_not_paid_again(drafted: Site) -> None:
    drafted.run(*REJECT, "--unit", "token/body")
    before = drafted.tree()
    ran = drafted.report(*SYNC)
    assert (ran.code, billed(ran)) == (0, 0)
    assert ran.locale()["units"]["untranslated"] == 1
    assert drafted.tree() == before
    assert drafted.run(*SYNC, "--frozen").code == 0


def test_it_does_not_come_back_where_the_run_that_brought_it_is_reverted(
    site: Site, deepl: Stub
) -> None:
    repository = Repository(site.root)
    site.ask(deepl)
    site.run("extract", "--lang", "ja")
    repository.commit("units")
    site.run(*SYNC)
    repository.commit("drafts")
    repository.git("revert", "--no-edit", "HEAD")
    assert site.unit("token/body", SENTENCE).msgstr == ""
    ran = site.run(*REJECT, "--provider", "deepl")
    assert ran.code == 0
    assert "0 drafts in the review file gone" in ran.out
    repository.commit("no drafts of DeepL")
    ran = site.report(*SYNC)
    assert (billed(ran), ran.locale()["units"]["needs_review"]) == (0, 0)
    repository.git("checkout", "HEAD~2", "--", PO)  # the drafts are back in the file itself
    ran = site.report(*SYNC)
    assert (billed(ran), ran.locale()["units"]["needs_review"]) == (0, 0)


def test_a_fresh_clone_pays_nobody_for_it_either(drafted: Site) -> None:
    drafted.run(*REJECT, "--unit", "token/body")
    for path in sorted((drafted.root / ".i18n/receipts").rglob("*.jsonl")):
        path.unlink()
    ran = drafted.report(*SYNC)
    assert (ran.code, billed(ran)) == (0, 0)


def test_an_equal_answer_is_refused_again_when_it_is_asked_for_anew(drafted: Site) -> None:
    drafted.run(*REJECT, "--unit", "token/body")
    ran = drafted.report(*SYNC, "--refresh")
    assert billed(ran) > 0
    assert drafted.unit("token/body", SENTENCE).msgstr == ""


def test_nothing_equal_stands_in_any_other_term(site: Site, deepl: Stub) -> None:
    site.write("terms/en/word.md", site.read("terms/en/token.md").replace("oken", "oken2"))
    site.change("terms/en/word.md", "slug: token2", "slug: word")
    site.change("terms/en/word.md", "A model reads token2s.", f"{SENTENCE}\n\n{SENTENCE[:-1]}!")
    site.ask(deepl)
    site.run(*SYNC)
    assert site.unit("word/body", SENTENCE).msgstr
    ran = site.report(*REJECT, "--unit", "token/body")
    assert ran.part("drafts") == ["token/body", "word/body"]
    assert site.unit("word/body", SENTENCE).msgstr == ""
    assert site.unit("word/body", SENTENCE[:-1] + "!").msgstr


def test_another_address_makes_no_other_text_of_it(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run(*SYNC)
    site.run(*REJECT, "--unit", "Fine-tuning takes")
    site.change("terms/en/fine-tuning.md", "example.org/paper", "example.org/other")
    ran = site.report(*SYNC)
    assert billed(ran) == 0
    assert site.unit("fine-tuning/body", "Fine-tuning takes").msgstr == ""


def test_a_text_that_a_person_stands_for_is_never_rejected(drafted: Site) -> None:
    drafted.translate(SENTENCE, drafted.unit("token/body", SENTENCE).msgstr)
    drafted.translate("LoRA", "ローラ", fuzzy=True)
    before = drafted.unit("lora/term", "LoRA")
    ran = drafted.report(*REJECT, "--provider", "deepl")
    assert ran.part("left") == ["lora/term", "token/body"]
    assert drafted.unit("token/body", SENTENCE).msgstr
    assert (drafted.unit("lora/term", "LoRA").msgstr, before.fuzzy) == ("ローラ", True)
    ran = drafted.report(*SYNC)
    assert (ran.locale()["units"]["reviewed"], ran.locale()["units"]["needs_review"]) == (1, 1)


def test_a_text_of_the_memory_is_rejected_like_any_draft(site: Site) -> None:
    site.write("i18n.toml", CONFIG + '[memory]\nexact = "draft"\n')
    site.write("terms/en/word.md", site.read("terms/en/token.md").replace("token", "word"))
    site.change("terms/en/word.md", "A model reads words.", SENTENCE)
    site.run("extract", "--lang", "ja")
    catalog = site.po(PO)
    next(one for one in catalog if one.msgctxt == "token/body").msgstr = "トークンを読む。"
    site.write(PO, str(catalog))
    site.run(*SYNC)
    assert site.unit("word/body", SENTENCE).msgstr == "トークンを読む。"
    ran = site.report(*REJECT, "--provider", "memory")
    assert texts(ran) == [{"unit": "word/body", "by": "memory", "words": "トークンを読む。"}]
    site.run(*SYNC)
    assert site.unit("word/body", SENTENCE).msgstr == ""
    assert site.unit("token/body", SENTENCE).msgstr == "トークンを読む。"


@pytest.fixture
def model() -> Iterator[chat.Stub]:
    with chat.Stub() as stub:
        yield stub


def test_the_next_engine_of_the_chain_is_asked(site: Site, deepl: Stub, model: chat.Stub) -> None:
    site.write("i18n.toml", CONFIG + '[locale.ja]\nprovider = ["deepl", "openai:stub-model"]\n')
    site.ask(deepl)
    site.environment |= {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": model.meter.key}
    site.run(*SYNC)
    spent = deepl.account.billed
    site.run(*REJECT, "--unit", "token/body")
    site.run(*SYNC)  # the stubs say the same, so the model's answer is turned down, too
    assert (deepl.account.billed, bool(model.journal)) == (spent, True)
    assert site.unit("token/body", SENTENCE).msgstr == ""
    paid = len(model.journal)
    assert site.run(*SYNC).code == 0
    assert len(model.journal) == paid


def test_its_other_answer_is_taken(site: Site, deepl: Stub, model: chat.Stub) -> None:
    site.write("i18n.toml", CONFIG + '[locale.ja]\nprovider = ["deepl", "openai:stub-model"]\n')
    site.ask(deepl)
    site.environment |= {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": model.meter.key}
    site.run(*SYNC)
    site.run(*REJECT, "--unit", "token/body")
    model.fail(chat.Fault(change=chat.each(lambda text: f"さて、{text}")), at=1)
    site.run(*SYNC)
    entry = site.unit("token/body", SENTENCE)
    assert entry.msgstr.startswith("さて、")
    assert "machine draft by stub-model" in entry.comment


def test_undone_it_comes_back_for_nothing(drafted: Site) -> None:
    before = drafted.contents()
    drafted.run(*REJECT, "--provider", "deepl")
    assert drafted.run("status", "--lang", "ja").out.startswith("ja: 0 reviewed, 0 to review, ")
    ran = drafted.run(*REJECT, "--undo", "--provider", "deepl")
    assert ran.code == 0
    assert not (drafted.root / FILE).exists()
    ran = drafted.report(*SYNC)
    assert (ran.code, billed(ran)) == (0, 0)
    assert drafted.contents() == before


def test_one_of_several_is_undone_by_its_unit(drafted: Site) -> None:
    drafted.run(*REJECT, "--slug", "token")
    assert len(lines(drafted)) == 3
    rows = drafted.read(FILE).splitlines()[2:]
    assert rows == sorted(rows)
    drafted.run(*REJECT, "--undo", "--unit", "token/body")
    assert {one.unit for one in lines(drafted)} == {"token/term", "token/definition"}
    assert "rejected" not in drafted.unit("token/body", SENTENCE).comment


def test_a_run_is_named_by_its_day_or_by_a_range(drafted: Site) -> None:
    assert texts(drafted.report(*REJECT, "--run", "1999-01-01", "--dry-run")) == []
    assert texts(drafted.report(*REJECT, "--run", "1999-01-01..2001", "--dry-run")) == []
    everything = texts(drafted.report(*REJECT, "--all", "--dry-run"))
    assert texts(drafted.report(*REJECT, "--run", "2..3", "--dry-run")) == everything
    before = drafted.tree()
    assert len(everything) > 10
    assert drafted.tree() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing says which drafts are meant"),
        (("--slug", "tokn"), "there is no term tokn"),
        (("--unit", "tokn/body"), "no unit is 'tokn/body', or begins so"),
        (("--all", "--lang", "fr"), "it is not among the targets"),
    ],
)
def test_what_makes_no_sense_is_refused(drafted: Site, words: tuple[str, ...], said: str) -> None:
    before = drafted.tree()
    ran = drafted.run(*REJECT, *words)
    assert ran.code == 2
    assert said in ran.err
    assert drafted.tree() == before


def test_a_file_that_cannot_be_read_lets_nothing_come_back(drafted: Site) -> None:
    drafted.run(*REJECT, "--unit", "token/body")
    drafted.write(FILE, drafted.read(FILE) + "what is this\n")
    before = drafted.tree()
    ran = drafted.run(*SYNC)
    assert ran.code == 65
    assert f"{FILE}:4:1: rejected-bad-line: not a rejected text: what is this" in ran.err
    assert drafted.tree() == before


def test_branches_that_reject_different_texts_both_count(drafted: Site) -> None:
    repository = Repository(drafted.root)
    drafted.write(".gitattributes", "*.rejected merge=union\n")
    repository.commit("drafts")
    repository.git("checkout", "-q", "-b", "other")
    drafted.run(*REJECT, "--unit", "token/body")
    repository.commit("one")
    repository.git("checkout", "-q", "main")
    drafted.run(*REJECT, "--unit", "lora/definition")
    repository.commit("two")
    assert repository.merge("other")
    assert {one.unit for one in lines(drafted)} == {"token/body", "lora/definition"}
    ran = drafted.report(*SYNC)
    assert (ran.code, ran.locale()["units"]["untranslated"]) == (0, 2)


def test_a_conflict_in_the_file_is_told_and_both_sides_count(drafted: Site) -> None:
    drafted.run(*REJECT, "--unit", "token/body")
    head, blank, row = drafted.read(FILE).splitlines()
    drafted.run(*REJECT, "--unit", "lora/definition")
    (other,) = set(drafted.read(FILE).splitlines()) - {head, blank, row}
    conflict = [head, blank, "<<<<<<< HEAD", row, "=======", other, ">>>>>>> other", ""]
    drafted.write(FILE, "\n".join(conflict))
    ran = drafted.run(*SYNC)
    assert ran.code == 65
    assert f"{FILE}:3:1: conflict-marker" in ran.err
    assert drafted.unit("lora/definition", "A cheap").msgstr == ""
    assert drafted.unit("token/body", SENTENCE).msgstr == ""


def test_a_page_that_says_a_rejected_draft_is_named(drafted: Site) -> None:
    drafted.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    drafted.run(*SYNC)
    ran = drafted.run(*REJECT, "--unit", "token/body")
    assert "  on their pages all the same: token; i18n unpublish takes them back\n" in ran.out
    page = drafted.read("terms/ja/token.md")
    assert drafted.run(*SYNC).code == 0
    assert drafted.read("terms/ja/token.md") == page


def test_a_plan_knows_that_nobody_is_asked(drafted: Site) -> None:
    drafted.run(*REJECT, "--provider", "deepl")
    estimate = drafted.report("plan", "--lang", "ja").part("estimate")
    assert isinstance(estimate, dict)
    assert estimate["requests"] == 0


def test_vocabulary_is_rejected_by_its_field(drafted: Site) -> None:
    ran = drafted.report(*REJECT, "--unit", "category")
    assert {one["unit"] for one in texts(ran)} == {"category"}
    assert drafted.unit("category", "Methods").msgstr == ""


def test_a_person_may_write_what_was_rejected(drafted: Site) -> None:
    text = drafted.unit("token/body", SENTENCE).msgstr
    drafted.run(*REJECT, "--unit", "token/body")
    drafted.translate(SENTENCE, text)
    assert drafted.report(*SYNC).locale()["units"]["reviewed"] == 1
    assert drafted.unit("token/body", SENTENCE).msgstr == text


def test_killed_between_its_writes_the_next_run_finishes_it(drafted: Site) -> None:
    before = drafted.read(PO)
    drafted.run(*REJECT, "--unit", "token/body")
    after = drafted.contents()
    drafted.write(PO, before)
    drafted.run(*SYNC)
    assert drafted.contents() == after


def test_a_unit_that_memory_fills_later_says_nothing_of_it_any_more(drafted: Site) -> None:
    other = TERMS["terms/en/token.md"].replace("slug: token", "slug: piece")
    drafted.write("terms/en/piece.md", other)
    drafted.run("sync", "--lang", "ja")
    assert drafted.run("reject", "--lang", "ja", "--all").code == 0
    catalog = drafted.po()
    entry = next(e for e in catalog if e.msgctxt == "token/body")
    entry.msgstr = "人の訳。"
    drafted.write("locales/ja/terms.po", str(catalog))
    drafted.run("sync", "--lang", "ja")
    assert drafted.unit("piece/body", "A model").msgstr == "人の訳。"
    assert drafted.report("sync", "--lang", "ja").written == []


def test_a_comment_on_a_rejected_text_stays_with_its_term_when_the_text_goes(drafted: Site) -> None:
    catalog = drafted.po()
    unit = next(one for one in catalog if one.msgid == "fast")
    unit.tcomment = "Fast for whom?"
    drafted.write("locales/ja/terms.po", str(catalog))
    assert drafted.run("reject", "--unit", "lora/body", "--lang", "ja").code == 0
    drafted.ask_nobody()
    drafted.change("terms/en/lora.md", "- fast\n", "")
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert "# On lora/body “fast”: Fast for whom?\n" in drafted.read("locales/ja/terms.po")
    assert drafted.report("sync", "--lang", "ja").written == []


def test_rejecting_one_of_two_renderings_approves_the_other_nowhere(site: Site) -> None:
    """Two reviewed terms call it differently; a third has one of both as a draft."""
    heading = "\n## Overview\n\nIt is `{}`.\n"
    for slug in ("fine-tuning", "lora", "token"):
        site.write(f"terms/en/{slug}.md", site.read(f"terms/en/{slug}.md") + heading.format(slug))
    site.run(*SYNC)
    text = site.read(PO)
    for slug, words in (("fine-tuning", "概要"), ("lora", "要点")):
        start = text.index(f'msgctxt "{slug}/body"\nmsgid "Overview"')
        text = text[:start] + text[start:].replace('msgstr ""', f'msgstr "{words}"', 1)
    site.write(PO, text)
    site.run(*SYNC)
    before = site.unit("token/body", "Overview")
    assert before.fuzzy
    other = {"概要": "要点", "要点": "概要"}[before.msgstr]
    assert site.run(*REJECT, "--unit", "token/body").code == 0
    site.run(*SYNC)
    after = site.unit("token/body", "Overview")
    assert (after.msgstr, after.fuzzy) == (other, True)
    site.run(*REJECT, "--undo")
    site.run(*SYNC)
    assert site.unit("token/body", "Overview").fuzzy
