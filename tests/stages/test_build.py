"""Building and correcting, case by case: what is merged, kept, refused, marked and placed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile
from i18n_pipeline.model import Kind, LockEntry, digest
from i18n_pipeline.stages.build import Built, build, correct, entry_of, is_up_to_date
from i18n_pipeline.stages.front_merge import merged_links
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import Layout, Whose, with_blocks
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.site import Site
from tests.stages.documents import RULES, site, target_of, term_of

HEAD = "---\nterm: A\nslug: term\nlang: en\n"
BODY = "---\n\nOne two.\n"
EN = f"{HEAD}{BODY}"
DE = EN.replace("lang: en", "lang: de")
SITE = site()


def texts_of(source: str, said: dict[str, str | None], where: Site) -> list[str | None]:
    """What a source says itself, but for the texts given."""
    segments = term_of(source.encode(), rules=where.rules).file.segments
    return [said.get(segment.source, segment.source) for segment in segments]


def built(
    source: str,
    existing: str | None = None,
    before: str | None = None,
    said: dict[str, str | None] | None = None,
    where: Site = SITE,
) -> Built:
    """The file of a source, on top of one that was built from `before` (or from the same)."""
    term = term_of(source.encode(), rules=where.rules)
    there = None if existing is None else existing_file(existing, before or source, where)
    return build(Localized.of(term, texts_of(source, said or {}, where), where), there)


def existing_file(existing: str, before: str, where: Site) -> tuple[TermFile, LockEntry]:
    then = term_of(before.encode(), rules=where.rules)
    entry = entry_of(then, where, existing.encode())
    return target_of(existing.encode(), rules=where.rules), entry


def marked(source: str, existing: str | None, where: Site) -> bytes:
    """The file of a source that holds drafts."""
    there = None if existing is None else existing_file(existing, source, where)
    term, texts = term_of(source.encode()), texts_of(source, {}, where)
    return build(Localized.of(term, texts, where, drafts=True), there).data


def with_front(front: str, text: str = EN) -> str:
    return text.replace("\n---\n\n", f"\n{front}\n---\n\n")


@pytest.mark.parametrize(
    "source",
    [
        EN,
        "\ufeff" + EN,
        EN.replace("\n", "\r\n"),
        EN.rstrip("\n"),
        with_front("definition: >\n  folded\n  text\nkeywords: [a, '', b]"),
        with_front("category: yes and no\nrelated: lora\nempty:\nno: 0123"),
        with_front("keywords: a single one"),
    ],
)
def test_what_is_said_as_in_the_source_keeps_every_byte_but_the_locale(source: str) -> None:
    assert built(source).data == source.encode().replace(b"lang: en", b"lang: de")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_byte_order_mark_and_line_ends_of_the_target_stay(mark: str, eol: str) -> None:
    existing = mark + DE.replace("\n", eol)
    source = EN.replace("One two.", "One three.\n\n- new item\n- another")
    result = built(source, existing, EN)
    expected = mark + source.replace("lang: en", "lang: de").replace("\n", eol)
    assert result.data == expected.encode()


@pytest.mark.parametrize("spelled", ["DE", "de", "' De '"])
def test_a_locale_spelled_in_the_files_own_way_stays(spelled: str) -> None:
    existing = DE.replace("lang: de", f"lang: {spelled}")
    assert built(EN, existing).data == existing.encode()


def test_a_copied_field_that_a_person_took_out_stays_out() -> None:
    source = with_front("level: 1")
    assert built(source, DE).data == DE.encode()
    assert b"level" not in built(source.replace("1", "2"), DE, source).data


def test_a_translated_field_that_a_person_took_out_is_put_in_again() -> None:
    source = with_front("definition: Words.")
    _, entry = existing_file(with_front("definition: Worte.", DE), source, SITE)
    texts = texts_of(source, {"Words.": "Worte."}, SITE)
    there = (target_of(DE.encode()), entry)
    made = build(Localized.of(term_of(source.encode()), texts, SITE), there)
    assert b"definition: Worte." in made.data


def test_a_translated_field_that_the_file_never_had_stays_out() -> None:
    source = with_front("definition: Words.")
    assert built(source, DE, said={"Words.": "Worte."}).data == DE.encode()


def test_a_field_of_the_files_own_stays_also_where_the_source_gets_one_of_that_name() -> None:
    existing = with_front("level: hoch", DE)
    result = built(with_front("level: 1"), existing, EN)
    assert (result.data, result.kept) == (existing.encode(), ("level",))


def test_a_kept_field_stays_whatever_the_source_does() -> None:
    where = site(Rules(replace(Fields(), keep=("image",))))
    existing = with_front("image: de.png", DE)
    for source in (with_front("image: en.png"), EN):
        assert built(source, existing, with_front("image: old.png"), where=where).data == (
            existing.encode()
        )


def test_a_vanished_field_goes_only_as_it_was_built() -> None:
    before = with_front("seo:\n  description: Words\n  image: a.png")
    where = site(Rules(replace(Fields(), translate=("term", "seo.description"))))
    ours = with_front("seo:\n  description: Worte\n  image: a.png", DE)
    assert built(EN, ours, before, where=where).data == DE.encode()
    theirs = ours.replace("a.png", "de.png")
    result = built(EN, theirs, before, where=where)
    assert (result.data, result.kept) == (theirs.encode(), ("seo",))


def test_a_persons_part_of_a_nested_field_stays_while_its_text_is_translated_anew() -> None:
    where = site(Rules(replace(Fields(), translate=("term", "seo.description"))))
    source = with_front("seo:\n  description: Words\n  image: b.png")
    existing = with_front("seo:\n  image: mine.png\n  description: Worte", DE)
    result = built(
        source, existing, source.replace("b.png", "a.png"), {"Words": "Neue Worte"}, where
    )
    assert result.data == existing.replace("Worte", "Neue Worte").encode()
    assert result.kept == ("seo",)


def test_a_list_of_mappings_that_a_person_changed_is_not_overwritten_by_a_longer_one() -> None:
    where = site(Rules(replace(Fields(), translate=("term", "faq.q"))))
    before = with_front("faq:\n  - q: Why?\n    url: /a")
    existing = with_front("faq:\n  - q: Warum?\n    url: /mine", DE)
    source = before.replace("    url: /a", "    url: /a\n  - q: How?\n    url: /b")
    result = built(source, existing, before, {"Why?": "Warum?", "How?": "Wie?"}, where)
    assert (result.data, result.kept) == (existing.encode(), ("faq",))


def test_field_names_match_without_regard_to_case_and_are_not_doubled() -> None:
    source = with_front("Definition: Words.\nRelated: [lora]")
    existing = with_front("definition: Worte.\nrelated: [lora, mine]", DE)
    result = built(
        source.replace("[lora]", "[lora, new]"), existing, source, {"Words.": "Neue Worte."}
    )
    front = "definition: Neue Worte.\nrelated: [lora, mine, new]"
    assert result.data == with_front(front, DE).encode()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("ab", "ab", "ba", "ba"),
        ("ab", "abc", "ba", "bac"),
        ("ab", "b", "bxa", "bx"),
        ("ab", "ab", "a", "a"),
        ("", "ab", "bx", "bxa"),
        ("ab", "", "ab", ""),
        ("a", "acc", "a", "ac"),
    ],
)
def test_slugs_merge_three_ways(base: str, ours: str, theirs: str, expected: str) -> None:
    assert merged_links(base, ours, theirs) == tuple(expected)


def test_a_list_of_links_that_the_source_drops_leaves_a_persons_extras() -> None:
    before = with_front("related: [lora]")
    mine = with_front("related: [lora, mine]", DE)
    assert b"related: [mine]" in built(EN, mine, before).data
    assert built(EN, with_front("related: [lora]", DE), before).data == DE.encode()


def test_links_that_are_more_than_slugs_are_copied_as_they_are() -> None:
    before = with_front("related:\n  - slug: lora\n    why: x")
    source = before.replace("why: x", "why: y")
    existing = before.replace("lang: en", "lang: de")
    assert built(source, existing, before).data == source.replace("lang: en", "lang: de").encode()


def test_a_localized_list_is_written_when_it_has_a_text_even_the_sources_own() -> None:
    source, existing = with_front("keywords: [a, b]"), with_front("keywords: [alt]", DE)
    assert built(source, existing, said={"a\nb": None}).data == existing.encode()
    assert (
        built(source, existing, said={"a\nb": "p\nq\nr"}).data
        == existing.replace("[alt]", "[p, q, r]").encode()
    )
    assert built(source, existing).data == existing.replace("[alt]", "[a, b]").encode()


def test_a_single_value_that_is_localized_stays_one() -> None:
    source = with_front("keywords: a, b")
    assert b"keywords: x, y\n" in built(source, said={"a, b": "x, y"}).data
    existing = with_front("keywords: alt", DE)
    assert b"keywords: x, y\n" in built(source, existing, said={"a, b": "x, y"}).data


@pytest.mark.parametrize("own", ["", "draft: false"])
def test_a_file_with_drafts_is_marked_and_the_mark_goes_with_them(own: str) -> None:
    where = site(draft_mark={"draft": True})
    source = with_front(own) if own else EN
    unmarked = source.replace("lang: en", "lang: de").encode()
    for existing in (None, unmarked.decode()):
        data = marked(source, existing, where)
        assert target_of(data).values["draft"] == "true"
        assert marked(source, data.decode(), where) == data
        assert built(source, data.decode(), where=where).data == unmarked


def test_toml_takes_the_mark_as_a_truth_value() -> None:
    where = site(draft_mark={"draft": True})
    source = '+++\nterm = "A"\nslug = "term"\nlang = "en"\n+++\n\nOne two.\n'
    data = marked(source, None, where)
    assert b"\ndraft = true\n" in data
    unmarked = source.replace('"en"', '"de"').encode()
    assert built(source, data.decode(), where=where).data == unmarked


def test_front_matter_of_another_kind_is_replaced_unless_a_person_would_lose_by_it() -> None:
    toml = '+++\nterm = "A"\nslug = "term"\nlang = "de"\n+++\n\nOne\ntwo.\n'
    assert built(EN, toml).data == DE.replace("One two", "One\ntwo").encode()
    with pytest.raises(BadFile, match="mine would be lost"):
        built(EN, toml.replace("+++\n\n", "mine = 1\n+++\n\n"))


def test_a_text_that_ends_its_block_is_refused() -> None:
    with pytest.raises(BadFile) as failure:
        built(EN, said={"One two.": "<div>"})
    assert failure.value.problem.code == "would-not-read-back"


@pytest.mark.parametrize(
    ("before", "existing", "source"),
    [
        ("one\n***\n\ntwo", "one\n\n---\n\ntwo", "one\n\nnew\n***\n\ntwo"),
        ("* a b", "- a b", "- new\n\n  list\n\n* a b"),
    ],
)
def test_a_layout_that_cannot_hold_the_texts_is_written_anew(
    before: str, existing: str, source: str
) -> None:
    then, now = EN.replace("One two.", before), EN.replace("One two.", source)
    result = built(now, DE.replace("One two.", existing), then)
    assert result.data == now.replace("lang: en", "lang: de").encode()


def test_a_key_spelled_in_the_files_own_way_is_reported_where_it_would_be_replaced() -> None:
    before = with_front("Level: 1")
    existing = with_front("level: 1", DE)
    result = built(with_front("Level: 2"), existing, before)
    assert (result.data, result.kept) == (existing.encode(), ("Level",))


REWRITE = {"/glossary/{slug}": "/{locale}/g/{slug}"}


def test_links_are_localized_in_texts_fields_and_definitions() -> None:
    rules = Rules(replace(Fields(), markdown=("definition",)))
    where = site(rules, rewrite=REWRITE)
    links = "[a](/glossary/lora?x=1#y) [b](/glossary/none) [c](</glossary/lora>) [d][e]"
    source = with_front(f'definition: "{links}"').replace(
        "One two.", f"{links}\n\n[e]: /glossary/lora/ 'Title'"
    )
    data = built(source, where=where).data.decode()
    assert data.count("[a](/de/g/lora?x=1#y) [b](/glossary/none) [c](</de/g/lora>) [d][e]") == 2
    assert "[e]: /de/g/lora/ 'Title'" in data


def test_patterns_without_a_slash_are_rewritten_too() -> None:
    where = site(rewrite={"{slug}.html": "{slug}.{locale}.html"})
    source = EN.replace("One two.", "One [two](lora.html).")
    assert b"(lora.de.html)" in built(source, where=where).data


def test_a_link_title_keeps_its_quotes_and_reads_back() -> None:
    source = EN.replace("One two.", "One [two].\n\n[two]: /x 'Title'")
    data = built(source, said={"Title": 'It\'s "so"'}).data
    assert b"[two]: /x 'It\\'s \"so\"'" in data


STALE = EN.replace("One two.", "A a a.\n\nB b b.\n\nC c c.\n\n- D d d.")


def corrected(
    now: str, said: dict[str, str | None], then: str = STALE, where: Site = SITE
) -> Built:
    """A file built from `then` word for word, with reviewed texts of the source of now."""
    term = term_of(now.encode(), rules=where.rules)
    first = built(then, where=where)
    texts = [said.get(segment.source) for segment in term.file.segments]
    there = target_of(first.data, rules=where.rules), first.entry
    return correct(Localized.of(term, texts, where), there)


def body_of(result: Built) -> list[str]:
    return [slot.segment.source for slot in target_of(result.data).body.slots]


@pytest.mark.parametrize(
    ("now", "said", "body", "unplaced"),
    [
        (STALE, {"B b b.": "B!"}, ["A a a.", "B!", "C c c.", "D d d."], 0),
        (
            STALE.replace("A a a.", "X x."),
            {"C c c.": "C!"},
            ["A a a.", "B b b.", "C!", "D d d."],
            0,
        ),
        (STALE.replace("A a a.", "X x."), {"X x.": "X!"}, ["X!", "B b b.", "C c c.", "D d d."], 0),
        (STALE.replace("A a a.\n", "A a a.\n\nX x.\n"), {"X x.": "X!"}, None, 1),
        (
            STALE.replace("A a a.\n\n", ""),
            {"B b b.": "B!"},
            ["A a a.", "B!", "C c c.", "D d d."],
            0,
        ),
        (
            STALE.replace("A a a.\n\n", "").replace("- D", "A a a.\n\n- D"),
            {"A a a.": "A!"},
            ["A!", "B b b.", "C c c.", "D d d."],
            0,
        ),
        (STALE.replace("- D d d.", "X x."), {"X x.": "X!"}, None, 1),
        (STALE.replace("A a a.\n\nB b b.", "X x.\n\nY y."), {"X x.": "X!"}, None, 1),
        (STALE, {"B b b.": "- B!"}, ["A a a.", "\\- B!", "C c c.", "D d d."], 0),
    ],
)
def test_a_correction_lands_where_its_text_stands_or_waits(
    now: str, said: dict[str, str | None], body: list[str] | None, unplaced: int
) -> None:
    result = corrected(now, said)
    assert body_of(result) == (body or ["A a a.", "B b b.", "C c c.", "D d d."])
    assert len(result.unplaced) == unplaced


def test_without_a_base_no_place_in_a_body_is_certain() -> None:
    first = built(STALE)
    term = term_of(STALE.encode())
    entry = replace(first.entry, segments=())
    texts: list[str | None] = ["B!" if s.source == "B b b." else None for s in term.file.segments]
    result = correct(Localized.of(term, texts, SITE), (target_of(first.data), entry))
    assert (result.data, len(result.unplaced)) == (first.data, 1)


def test_corrections_reach_name_vocabulary_and_localized_lists_of_a_stale_file() -> None:
    then = with_front("category: C\ndefinition: Words.\nkeywords: [a, b]")
    now = with_front("Category: C\ndefinition: More words.\nKEYWORDS: [a, b]")
    now = now.replace("One two.", "Edited.")
    result = corrected(now, {"A": "Ä", "C": "K", "a\nb": "x"}, then)
    front = "category: K\ndefinition: Words.\nkeywords: [x]"
    assert result.data == with_front(front, DE).replace("term: A", "term: Ä").encode()


def test_an_item_of_a_list_is_not_corrected_in_anothers_place() -> None:
    where = site(Rules(replace(Fields(), translate=("term", "aliases"))))
    then = with_front("aliases: [Aa, Bb]")
    shorter = corrected(with_front("aliases: [Bb]"), {"Bb": "B!"}, then, where)
    assert b"aliases: [Aa, Bb]" in shorter.data
    assert len(shorter.unplaced) == 1
    partial = corrected(with_front("aliases: [Bb, Aa]"), {"Bb": "B!"}, then, where)
    assert b"aliases: [Aa, Bb]" in partial.data
    complete = corrected(then, {"Aa": "A!", "Bb": "B!"}, then, where)
    assert b"aliases: [A!, B!]" in complete.data


def test_a_new_field_of_the_source_waits_for_the_whole_term() -> None:
    result = corrected(with_front("definition: Words."), {"Words.": "Worte."}, EN)
    assert (result.data, result.unplaced) == (DE.encode(), (1,))


def test_a_correction_that_would_break_the_file_is_refused() -> None:
    with pytest.raises(BadFile):
        corrected(STALE, {"B b b.": "<div>"})


def test_the_lock_remembers_what_the_next_build_compares_with() -> None:
    source = with_front("category: C\nrelated: [lora]\nlevel: 1\nkeywords: [a]\nlocalname: x")
    where = site(Rules(replace(Fields(), keep=("localname",))))
    entry = built(source, where=where).entry
    assert set(entry.copied) == {"term", "slug", "category", "level", "keywords"}
    assert dict(entry.links) == {"related": ("lora",)}
    assert len(entry.segments) == 1
    assert RULES.fields.role("level") is where.fields.role("level")
    assert {s.kind for s in term_of(source.encode()).file.segments} >= {Kind.NAME, Kind.LIST}


def test_a_file_is_known_to_be_up_to_date_until_anything_it_was_made_from_changes() -> None:
    term = term_of(EN.encode())
    texts = texts_of(EN, {}, SITE)
    now = Localized.of(term, texts, SITE)
    entry = build(now).entry
    assert is_up_to_date(now, entry)
    assert not is_up_to_date(now, replace(entry, pending="0" * 8))
    other = texts_of(EN, {"One two.": "Eins zwei."}, SITE)
    assert not is_up_to_date(Localized.of(term, other, SITE), entry)
    moved = term_of(EN.replace("two", "three").encode())
    assert not is_up_to_date(Localized.of(moved, texts, SITE), entry)
    rules = replace(SITE, rules=Rules(Fields(keep=("x",))))
    assert not is_up_to_date(Localized.of(term, texts, rules), entry)
    marked = replace(SITE, draft_mark={"draft": True})
    assert not is_up_to_date(Localized.of(term, texts, marked, drafts=True), entry)


def test_a_link_to_a_term_that_came_makes_a_file_out_of_date() -> None:
    source = EN.replace("One two.", "[One](/glossary/lora) two.")
    after = site(rewrite={"/glossary/{slug}": "/{locale}/glossary/{slug}"})
    before = replace(after, available=frozenset())
    term, texts = term_of(source.encode()), texts_of(source, {}, before)
    entry = build(Localized.of(term, texts, before)).entry
    assert is_up_to_date(Localized.of(term, texts, before), entry)
    assert not is_up_to_date(Localized.of(term, texts, after), entry)


FAQ = Rules(replace(Fields(), translate=("term", "faq.q")))


def test_a_text_goes_into_a_value_that_a_person_gave_a_key_of_their_own() -> None:
    before = with_front("faq:\n  - q: Why?\n  - q: How?")
    existing = with_front("faq:\n  - q: Warum?\n    note: 花子\n  - q: Falsch?", DE)
    result = built(before, existing, before, {"Why?": "Warum?", "How?": "Wie?"}, site(FAQ))
    assert result.data.decode() == existing.replace("Falsch?", "Wie?")
    assert (result.kept, result.unplaced) == (("faq",), ())


def test_a_text_without_a_certain_place_is_told_and_the_file_is_not_up_to_date() -> None:
    now = with_front("faq:\n  - q: Why?\n  - q: How?")
    before = with_front("faq:\n  - q: Why?")
    existing = with_front("faq:\n  - q: Warum?\n    note: 花子", DE)
    result = built(now, existing, before, {"Why?": "Weshalb?", "How?": "Wie?"}, site(FAQ))
    assert result.data.decode() == existing
    assert (result.kept, len(result.unplaced), result.entry.texts) == (("faq",), 2, "")
    segments = term_of(now.encode(), rules=site(FAQ).rules).file.segments
    assert {segments[at].source for at in result.unplaced} == {"Why?", "How?"}


def test_a_persons_own_value_of_the_mark_stays() -> None:
    where = replace(SITE, draft_mark={"translation": "draft"})
    existing = DE.replace("lang: de\n", "lang: de\ntranslation: by Akiko\n")
    assert b"translation: by Akiko\n" in marked(EN, existing, where)
    there = existing_file(existing, EN, where)
    local = Localized.of(term_of(EN.encode()), texts_of(EN, {}, where), where, drafts=True)
    assert build(local, there).kept == ("translation",)


def test_what_a_person_would_lose_is_named_with_the_place_and_what_to_do() -> None:
    toml = '+++\nterm = "A"\nslug = "term"\nlang = "de"\nmine = 1\nours = 2\n+++\n\nOne two.\n'
    with pytest.raises(BadFile) as refused:
        built(EN, toml)
    problem = refused.value.problem
    assert (problem.code, problem.line, problem.column) == ("front-matter-kinds", 1, 0)
    assert problem.message.endswith("different kinds, and mine, ours would be lost")
    assert problem.mend == "use YAML (---) or TOML (+++) in both"


def test_a_persons_own_choice_of_a_vocabulary_is_not_corrected() -> None:
    then = with_front("category: C")
    term = term_of(then.encode())
    there, entry = existing_file(with_front("category: Eigene", DE), then, SITE)
    local = Localized.of(term, texts_of(then, {"C": "K", "A": "Ä"}, SITE), SITE)
    known = {path: one for path, one in entry.fields.items() if path != "category"}
    kept = correct(local, (there, replace(entry, fields=known)))
    assert b"category: Eigene\n" in kept.data
    assert "category" not in kept.entry.fields
    assert b"category: K\n" in correct(local, (there, entry)).data
    anew = build(local, (there, replace(entry, fields=known)))
    assert b"category: Eigene\n" in anew.data
    assert "category" not in anew.entry.fields


def test_a_correction_leads_no_other_text_elsewhere() -> None:
    where = site(rewrite={"/t/{slug}": "/{locale}/t/{slug}"})
    then = EN.replace("One two.", "A [link](/t/lora).\n\nB b b.")
    absent = replace(where, available=frozenset())
    first = built(then, where=absent)
    assert b"(/t/lora)" in first.data
    texts = texts_of(then, {"B b b.": "B!"}, where)
    there = (target_of(first.data), first.entry)
    result = correct(Localized.of(term_of(then.encode()), texts, where), there)
    assert body_of(result) == ["A [link](/t/lora).", "B!"]


def test_a_text_without_a_place_is_told_by_where_it_stands_in_the_term() -> None:
    now = with_front("definition: Words.", STALE.replace("A a a.\n", "A a a.\n\nX x.\n"))
    result = corrected(now, {"Words.": "Worte.", "X x.": "X!"})
    segments = term_of(now.encode()).file.segments
    assert [segments[at].source for at in result.unplaced] == ["Words.", "X x."]


def test_after_a_correction_the_lock_knows_the_file_as_it_is() -> None:
    first = built(STALE)
    known = replace(first.entry, texts="made", pending="about to be", omitted=("0a1b2c",))
    term = term_of(STALE.encode())

    def corrected_with(said: dict[str, str]) -> Built:
        texts = [said.get(segment.source) for segment in term.file.segments]
        return correct(Localized.of(term, texts, SITE), (target_of(first.data), known))

    same, other = corrected_with({}), corrected_with({"B b b.": "B!", "A": "Ä"})
    assert same.data == first.data
    assert same.entry == replace(known, pending="")
    assert (other.entry.built, other.entry.pending) == (digest(other.data), "")
    assert (other.entry.texts, other.entry.omitted) == ("", known.omitted)
    assert other.entry.written[1] == short("B!")
    assert other.entry.fields["term"] == (short("A"), short("Ä"))
    assert other.entry.segments == first.entry.segments


def test_a_page_with_links_of_its_own_is_not_written_anew() -> None:
    source = EN.replace("One two.", "One two.\n\nThree.")
    own = "Eigenes, siehe [hier].\n\n[hier]: /woanders\n"
    there = target_of(DE.replace("One two.", f"One two.\n\n{own}\nThree.").encode())
    entry = entry_of(term_of(source.encode()), SITE, DE.encode())
    sources = (short("One two."), "", short("Three."))
    blocks = [
        replace(block, whose=Whose.SOURCES if all(block.sources) else Whose.OWN)
        for block in Layout.of_source(there.body, sources).blocks
    ]
    known = with_blocks(entry, blocks)
    texts = texts_of(source, {"Three.": "Drei."}, SITE)
    made = build(Localized.of(term_of(source.encode()), texts, SITE), (there, known))
    assert made.data == there.data.replace(b"Three.", b"Drei.")


def test_a_paragraph_that_a_person_left_out_stays_out_in_every_build() -> None:
    first = built(STALE)
    page = target_of(first.data.replace(b"B b b.\n\n", b""))
    fresh = Layout.of_source(term_of(STALE.encode()).file.body, first.entry.segments)
    left_out = tuple(block.key for block in fresh.blocks if short("B b b.") in block.sources)
    rest = [block for block in fresh.blocks if short("B b b.") not in block.sources]
    known = replace(with_blocks(first.entry, rest, left_out), built=digest(page.data))
    texts = texts_of(STALE, {"C c c.": "C!", "B b b.": "B!"}, SITE)
    made = build(Localized.of(term_of(STALE.encode()), texts, SITE), (page, known))
    assert made.data == page.data.replace(b"C c c.", b"C!")
    assert made.entry.omitted == left_out
    assert made.unplaced == ()


@pytest.mark.parametrize("existing", [None, DE, DE.replace("One two.", "Eins."), "toml"])
def test_what_a_build_leaves_in_the_lock_is_of_this_term_source_and_file(
    existing: str | None,
) -> None:
    toml = '+++\nterm = "A"\nslug = "term"\nlang = "de"\n+++\n\nOne two.\n'
    term = term_of(EN.encode())
    local = Localized.of(term, texts_of(EN, {"One two.": "Eins zwei."}, SITE), SITE)
    there = existing and existing_file(toml if existing == "toml" else existing, EN, SITE)
    made = build(local, there or None)
    entry = made.entry
    assert (entry.slug, entry.source) == ("term", term.hash)
    assert (entry.built, entry.pending) == (digest(made.data), "")
    assert (entry.texts, is_up_to_date(local, entry)) == (local.fingerprint, True)
    assert dict(entry.fields) == {"term": (short("A"), short("A"))}
    assert (entry.segments, entry.written) == ((short("One two."),), (short("Eins zwei."),))


def test_the_entry_of_a_file_that_says_its_source_is_of_this_term_and_file_too() -> None:
    term = term_of(EN.encode())
    entry = entry_of(term, SITE, DE.encode())
    assert (entry.slug, entry.source, entry.built) == ("term", term.hash, digest(DE.encode()))
    assert (entry.texts, entry_of(term, SITE, DE.encode(), "made").texts) == ("", "made")
    assert entry.written == (short("One two."),)
    other = entry_of(term, SITE, DE.replace("One two.", "One.\n\nTwo.").encode())
    assert (other.segments, other.written) == (entry.segments, ())


def test_a_text_without_a_place_in_a_page_made_up_otherwise_is_told_by_where_it_stands() -> None:
    source = with_front("definition: Words.", EN.replace("One two.", "- a b\n- c d"))
    page = with_front("definition: Words.", DE.replace("One two.", "- a b\n- eigenes"))
    there = target_of(page.encode())
    entry = entry_of(term_of(source.encode()), SITE, page.encode())
    (block,) = Layout.of_source(there.body, (short("a b"), "")).blocks
    known = with_blocks(entry, [replace(block, whose=Whose.CHANGED)])
    segments = term_of(source.encode()).file.segments
    local = Localized.of(term_of(source.encode()), texts_of(source, {"c d": "C D"}, SITE), SITE)
    made = build(local, (there, known))
    assert made.data == page.encode()
    assert [segments[at].source for at in made.unplaced] == ["c d"]
    assert made.entry.texts == ""
