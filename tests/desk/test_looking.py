"""What the page shows: rows, all about a unit, pages on both sides; in what order, and how much."""

from __future__ import annotations

import json

import pytest

from i18n_pipeline.desk.answers import Desk, NotFound
from i18n_pipeline.desk.marking import in_browser
from i18n_pipeline.desk.queue import Filter
from i18n_pipeline.desk.session import Session
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Kind, Segment, State, Unit, place_of
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import at, decision, listed, unit_of
from tests.stubs.site import Site

SENTENCE = "A model reads tokens."
TRAINS = "Fine-tuning takes a"


def desk(site: Site, chosen: Filter | None = None) -> Desk:
    session = Session(open_workspace(site.root), "ja")
    return Desk(session, chosen or Filter(), "Aiko")


def every(one: Desk) -> list[Unit]:
    with one.session.looking() as opened:
        return list(opened.units.values())


def name_of(one: Desk, source: str) -> str:
    return unit_id(unit_of(one.session, source).key)


def queued(one: Desk) -> list[str]:
    start = one.start()
    units = {at(row, "id"): str(at(row, "source")) for row in listed(start, "units")}
    return [units[name] for name in listed(start, "queue")]


def test_everything_that_is_shown_is_json(drafted: Site) -> None:
    one = desk(drafted)
    start = one.start()
    assert json.loads(json.dumps(start)) == start
    for row in listed(start, "units"):
        detail = one.detail(str(at(row, "id")))
        assert json.loads(json.dumps(detail)) == detail


def test_the_queue_is_what_waits(drafted: Site) -> None:
    one = desk(drafted)
    before = queued(one)
    assert SENTENCE in before
    one.session.decide(decision(unit_of(one.session, SENTENCE), "モデルはトークンを読む。"))
    assert queued(one) == [source for source in before if source != SENTENCE]


def test_a_term_that_others_lead_to_comes_before_its_like(drafted: Site) -> None:
    drafted.change("terms/en/fine-tuning.md", "related: [lora, token]", "related: [token]")
    drafted.change("terms/en/lora.md", "related: [fine-tuning]", "related: [token]")
    assert SENTENCE in queued(desk(drafted))[:4], "two lead to token, and none to the others"


def test_a_queue_is_narrowed_down(drafted: Site) -> None:
    drafted.translate(SENTENCE, "<b>モデルはトークンを読みます。")
    of_token = Filter(slugs=("token",), states=(State.NEEDS_REVIEW,))
    assert sorted(queued(desk(drafted, of_token))) == ["A piece of text.", "Token"]
    for chosen in (
        Filter(checks=("html",)),
        Filter(states=(State.REVIEWED,)),
        Filter(origins=("human",), states=tuple(State)),
    ):
        assert queued(desk(drafted, chosen)) == [SENTENCE]
    assert SENTENCE not in queued(desk(drafted, Filter(origins=("machine",))))


def test_a_queue_of_some_minutes_fits_into_them_and_begins_as_the_whole(drafted: Site) -> None:
    whole, some = queued(desk(drafted)), queued(desk(drafted, Filter(minutes=0.5)))
    assert 0 < len(some) < len(whole)
    assert some[0] == whole[0]
    one = desk(drafted, Filter(minutes=0.5))
    assert one.waiting().startswith(f"{len(some)} text")
    assert one.waiting().endswith("about 1 min") or one.waiting().endswith("about 0 min")


def test_terms_are_marked_in_both_texts(drafted: Site) -> None:
    drafted.write("glossaries/ja.csv", "source,target,status\nmodel,モデル,preferred\n")
    drafted.translate(SENTENCE, "𠮷のモデル。")
    one = desk(drafted)
    detail = one.detail(name_of(one, SENTENCE))
    terms = {at(one, "entries", 0, "source"): one for one in listed(detail, "terms")}
    assert (at(terms["model"], "start"), at(terms["model"], "end")) == (2, 7)
    (mark,) = [one for one in listed(detail, "judged", "marks") if at(one, "target") == "モデル"]
    assert (at(mark, "start"), at(mark, "end")) == (3, 6), "as browsers count"


def test_places_are_counted_as_browsers_count() -> None:
    text = "a𠮷b😀c"
    utf16 = text.encode("utf-16-le")
    for end in range(len(text) + 1):
        assert utf16[: 2 * in_browser(text, end)].decode("utf-16-le") == text[:end]


def test_what_is_typed_is_judged_and_shown(drafted: Site) -> None:
    one = desk(drafted)
    name = name_of(one, TRAINS)
    judged = one.judged({"id": name, "text": "*x* <b>"})
    checks = {at(issue, "check") for issue in listed(judged, "issues")}
    assert {"html", "links"} <= checks
    assert judged["nodes"] == [["em", {}, ["x"]], " ", ["html", {}, ["<b>"]]]
    assert one.judged({"id": name, "text": ""})["issues"] == []


def test_an_edit_of_the_source_is_shown_word_by_word(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", SENTENCE, "A model reads many tokens.")
    one = desk(reviewed)
    detail = one.detail(name_of(one, "A model reads many"))
    assert listed(detail, "diff") == ["=A model reads ", "+many ", "=tokens."]
    assert detail["reasons"]


def test_other_locales_and_memory_are_at_hand(reviewed: Site) -> None:
    assert reviewed.run("extract", "--lang", "de").code == 0
    reviewed.translate(SENTENCE, "Ein Modell liest Tokens.", lang="de")
    drafted_like = reviewed.read("terms/en/lora.md") + "\nA model reads two tokens.\n"
    reviewed.write("terms/en/lora.md", drafted_like)
    one = desk(reviewed)
    assert one.detail(name_of(one, SENTENCE))["others"] == [
        {"locale": "de", "name": "German", "text": "Ein Modell liest Tokens."}
    ]
    (match,) = listed(one.detail(name_of(one, "A model reads two")), "matches")
    assert at(match, "where") == "token/body"
    assert at(match, "text") == reviewed.unit("token/body", SENTENCE).msgstr


def test_a_page_is_shown_on_both_sides_with_its_units(drafted: Site) -> None:
    drafted.translate(SENTENCE, "モデルは**トークン**を読む。")
    one = desk(drafted)
    page = one.page("token")
    name = name_of(one, SENTENCE)
    assert at(page, "source", "body") == [["p", {}, [["span", {"unit": name}, [SENTENCE]]]]]
    assert at(page, "target", "body") == [
        [
            "p",
            {},
            [["span", {"unit": name}, ["モデルは", ["strong", {}, ["トークン"]], "を読む。"]]],
        ]
    ]


def test_a_text_that_falls_apart_is_shown_without_its_units(drafted: Site) -> None:
    drafted.translate(SENTENCE, "一つ\n\n- 二つ")
    assert "二つ" in json.dumps(desk(drafted).page("token"), ensure_ascii=False)


def test_what_is_not_there_is_told(drafted: Site) -> None:
    one = desk(drafted)
    with pytest.raises(NotFound):
        one.detail("u-0")
    with pytest.raises(NotFound):
        one.page("../../etc/passwd")
    with pytest.raises(NotFound):
        one.judged({"id": "u-0", "text": ""})
    with pytest.raises(BadFile):
        one.judged({"id": 3})
    with pytest.raises(BadFile):
        one.undo({"id": "u-0", "undo": "x"})


def test_the_history_of_a_text_is_told(drafted: Site) -> None:
    one = desk(drafted)
    found = one.history(name_of(one, SENTENCE))
    assert str(at(found, "receipt")).startswith("receipt: DeepL")
    assert found["notes"] == [
        "who reviewed what, and when, is not known: this is no git repository"
    ]


def test_the_history_of_one_of_several_places_of_a_text_is_told(drafted: Site) -> None:
    po = drafted.read("locales/ja/terms.po")
    drafted.change("terms/en/token.md", SENTENCE, f"# One\n\n{SENTENCE}\n\n# Two\n\n{SENTENCE}")
    place = place_of(Segment("body", Kind.PARAGRAPH, SENTENCE, headings=("One",)))
    drafted.write("locales/ja/terms.po", po.replace('"token/body"', f'"token/body{place}"'))
    one = desk(drafted)
    with one.session.looking() as opened:
        name = next(name for name, unit in opened.units.items() if "#" in unit.context)
    assert at(one.history(name), "receipt") != ""


def test_it_never_says_that_nothing_waits_where_something_does(drafted: Site) -> None:
    assert desk(drafted, Filter(minutes=0.001)).waiting().startswith("1 text to review")
    asked = Filter(checks=("mojibake",))
    assert desk(drafted, asked).waiting().startswith("nothing that was asked for; ")


def test_a_list_that_may_stay_empty_says_why_it_does_not_wait(site: Site) -> None:
    site.change("terms/en/token.md", "slug: token\n", "slug: token\naliases: [subword, piece]\n")
    assert site.run("extract", "--lang", "ja").code == 0
    one = desk(site)
    start = one.start()
    (row,) = [unit for unit in listed(start, "units") if "list" in str(at(unit, "kind"))][:1]
    assert at(row, "id") not in listed(start, "queue")
    detail = one.detail(str(at(row, "id")))
    assert "it is not in the queue by itself" in str(listed(detail, "notes")[0])


def test_what_is_new_and_waits_joins_the_queue(drafted: Site) -> None:
    one = desk(drafted)
    drafted.change("terms/en/token.md", SENTENCE, "A model reads many tokens.")
    found = one.changes(0)
    (new,) = [row for row in listed(found, "units") if "many" in str(at(row, "source"))]
    assert at(new, "id") in listed(found, "queue")
    assert listed(found, "gone")


@pytest.mark.parametrize("asked", ["start", "changes"])
def test_what_changes_while_a_page_asks_is_told_then_or_the_next_time(
    drafted: Site, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """An editor saves between two looks at the files, and another tab has them noticed."""
    one = desk(drafted)
    new = "A model reads many tokens."

    def saved(*_: object) -> None:
        monkeypatch.undo()
        drafted.change("terms/en/token.md", SENTENCE, new)
        with one.session.looking():
            pass

    def between(owner: object, name: str) -> None:
        original = getattr(owner, name)

        def look(*given: object) -> object:
            saved()
            return original(*given)

        monkeypatch.setattr(owner, name, look)

    if asked == "start":
        between(Desk, "_look")
        found = one.start()
    else:
        between(Session, "changed_since")
        found = one.changes(0)
    later = one.changes(int(str(at(found, "revision"))))
    told = [*listed(found, "units"), *listed(later, "units")]
    assert new in [at(row, "source") for row in told]


def test_memory_and_other_locales_say_what_is_approved_by_now(reviewed: Site) -> None:
    token = reviewed.read("terms/en/token.md").replace("slug: token", "slug: zeta")
    reviewed.write("terms/en/zeta.md", token.replace("Token\n", "Zeta\n", 1))
    one = desk(reviewed)
    unit = next(unit for unit in every(one) if unit.key == ("zeta/body", SENTENCE))
    name = unit_id(unit.key)
    old = unit_of(one.session, SENTENCE)
    assert old.context == "token/body"
    assert [at(match, "text") for match in listed(one.detail(name), "matches")] == [old.target]
    one.session.decide(decision(old, "新しい文。", reviewer="Aiko"))
    assert [at(match, "text") for match in listed(one.detail(name), "matches")] == ["新しい文。"]
