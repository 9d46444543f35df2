"""How a text is tried again: forms, engines, and when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, QualityIssue, Segment, Severity, Unit
from i18n_pipeline.placeholders import Form
from i18n_pipeline.stages.ladder import (
    KEPT,
    MOST_TRIES,
    Able,
    Climber,
    Next,
    Put,
    Reply,
    advance,
    put,
    worst_case,
)
from i18n_pipeline.stages.pretranslate import (
    Judge,
    Terminology,
    asks_for,
    was_refused,
    was_rejected,
)

ALL = (Form.TAGS, Form.CONTENT, Form.SPLIT)
PROSE = Segment("body", Kind.PARAGRAPH, "Run `it` *now*, please.", markdown=True)
PLAIN = Segment("definition", Kind.TEXT, "A plain text.")
LIST = Segment("keywords", Kind.LIST, "one\ntwo")
CODE = Segment("body", Kind.PARAGRAPH, "`it`", markdown=True)
GLOSSARY = Glossary((Entry("plain text", "Klartext"),))


def able(label: str = "DeepL", forms: tuple[Form, ...] = ALL, *, told: bool = True) -> Able:
    return Able(label, forms, told, lambda text: len(text) < 10_000)


def fine(_draft: Unit) -> Iterable[QualityIssue]:
    return ()


def climber(
    segment: Segment, *chain: Able, judge: Judge = fine, glossary: Glossary = GLOSSARY
) -> Climber:
    unit = Unit(f"lora/{segment.field}", segment.source)
    terms = Terminology(glossary, None if all(one.told for one in chain) else glossary)
    asks = tuple(asks_for(unit, segment, terms, DEFAULT_EXTENSIONS))
    return Climber(unit, segment, asks, chain or (able(),), judge)


class Book:
    """Answers by text, as receipts would have them, and who asked for what."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}

    def __call__(self, _put: Put, text: str) -> Sequence[Reply]:
        return self.replies.get(text, [])

    def write(self, text: str, answer: str, by: str = "DeepL", **more: object) -> None:
        reply = replace(Reply(answer, by), **more)  # type: ignore[arg-type]
        self.replies.setdefault(text, []).insert(0, reply)


def wanted(step: Unit | Next) -> list[str]:
    assert isinstance(step, Next)
    return [text for _, text in step.texts]


def unit_of(step: Unit | Next) -> Unit:
    assert isinstance(step, Unit)
    return step


TAGS = 'Run <x id="1"/> <g id="2">now</g>, please.'
CONTENT = 'Run <x id="1">`it`</x> <g id="2">now</g>, please.'


def test_a_text_is_put_as_it_is_first_then_with_content_then_in_pieces() -> None:
    book, unit = Book(), climber(PROSE)
    assert wanted(advance(unit, book)) == [TAGS]
    book.write(TAGS, "Los <g id='x'>!")
    assert wanted(advance(unit, book)) == [CONTENT]
    book.write(CONTENT, "Los.")
    assert wanted(advance(unit, book)) == ["Run", "now", ", please."]


def test_pieces_are_joined_around_the_tags_they_were_cut_from() -> None:
    book, unit = Book(), climber(PROSE, able(forms=(Form.SPLIT,)))
    for source, target in (("Run", "Los"), ("now", "jetzt"), (", please.", ", bitte.")):
        book.write(source, target)
    assert unit_of(advance(unit, book)).target == "Los `it` *jetzt*, bitte."


def test_content_that_comes_back_as_it_was_stands_for_its_placeholder() -> None:
    book, unit = Book(), climber(PROSE, able(forms=(Form.CONTENT,)))
    book.write(CONTENT, '<x id="1">`it`</x> läuft <g id="2">jetzt</g>.')
    assert unit_of(advance(unit, book)).target == "`it` läuft *jetzt*."


def test_content_that_was_translated_is_a_fault() -> None:
    book, unit = Book(), climber(PROSE, able(forms=(Form.CONTENT,)))
    book.write(CONTENT, '<x id="1">`es`</x> läuft <g id="2">jetzt</g>.')
    assert was_refused(unit_of(advance(unit, book)))


def test_a_piece_without_a_text_is_no_answer() -> None:
    book, unit = Book(), climber(PROSE, able(forms=(Form.SPLIT,)))
    for source, target in (("Run", ""), ("now", "jetzt"), (", please.", ", bitte.")):
        book.write(source, target)
    refused = unit_of(advance(unit, book))
    assert refused.notes == ("Not used (DeepL): empty: the answer holds no text",)


def test_forms_that_change_nothing_are_not_paid_for() -> None:
    book, unit = Book(), climber(PLAIN)
    assert wanted(advance(unit, book)) == ["A plain text."]
    book.write("A plain text.", "")
    assert was_refused(unit_of(advance(unit, book)))


def rejecting(draft: Unit) -> Iterable[QualityIssue]:
    if draft.target == "Es `it` *jetzt*.":
        yield QualityIssue("rejected", Severity.ERROR, False, "a person took this text back")


def test_an_engine_whose_text_was_rejected_is_not_asked_for_another_form() -> None:
    book, unit = Book(), climber(PROSE, able(), able("OpenAI"), judge=rejecting)
    book.write(TAGS, 'Es <x id="1"/> <g id="2">jetzt</g>.')
    assert wanted(advance(unit, book)) == [TAGS]  # of the next engine
    book.write(TAGS, 'Es <x id="1"/> <g id="2">jetzt</g>.', "OpenAI")
    assert was_rejected(unit_of(advance(unit, book)))
    book.write(CONTENT, '<x id="1">`it`</x> läuft <g id="2">jetzt</g>.', "Apertium")
    assert unit_of(advance(unit, book)).target == "`it` läuft *jetzt*."


def test_an_engine_that_is_shut_is_not_asked_and_costs_nothing() -> None:
    book, unit = Book(), replace(climber(PROSE, able()), shut=frozenset({"DeepL"}))
    assert advance(unit, book) is unit.unit
    assert worst_case(unit, len) == 0
    book.write(TAGS, 'Los <x id="1"/> <g id="2">jetzt</g>.', "OpenAI")
    assert unit_of(advance(unit, book)).target == "Los `it` *jetzt*."


def test_an_answer_that_is_good_now_is_taken_whoever_gave_it_and_whenever() -> None:
    book, unit = Book(), climber(PROSE, able("OpenAI"))
    book.write(TAGS, "nothing", "OpenAI")
    book.write(CONTENT, '<x id="1"/> <g id="2">jetzt</g>!', "DeepL")
    draft = unit_of(advance(unit, book))
    assert draft.target == "`it` *jetzt*!"
    assert draft.origin is not None
    assert draft.origin.words == "machine draft by DeepL"


def test_a_text_left_out_among_others_is_asked_for_once_more_alone() -> None:
    book, unit = Book(), climber(PLAIN)
    book.write("A plain text.", "", fault="left out", together=20)
    step = advance(unit, book)
    assert isinstance(step, Next)
    assert (step.alone, wanted(step)) == (True, ["A plain text."])
    book.write("A plain text.", "", fault="left out", together=1)
    assert unit_of(advance(unit, book)).notes == ("Not used (DeepL): left out",)


def test_lines_that_were_never_asked_go_in_company_though_another_line_was_answered() -> None:
    book, unit = Book(), climber(LIST)
    book.write("one", "eins")
    step = advance(unit, book)
    assert isinstance(step, Next)
    assert (wanted(step), step.alone) == (["two"], False)


def test_an_engine_is_paid_three_times_at_the_most() -> None:
    book, unit = Book(), climber(PROSE)
    book.write(TAGS, "", fault="left out", together=20)
    book.write(TAGS, "", fault="cut off", together=1)
    assert wanted(advance(unit, book)) == [CONTENT]
    book.write(CONTENT, "nonsense")
    assert was_refused(unit_of(advance(unit, book)))


def test_the_next_engine_is_asked_where_one_gave_up_on_a_text() -> None:
    book, unit = Book(), climber(PLAIN, able("DeepL"), able("OpenAI"))
    book.write("A plain text.", "", "DeepL")
    step = advance(unit, book)
    assert isinstance(step, Next)
    assert step.engine == 1
    book.write("A plain text.", "Ein Text.", "OpenAI")
    draft = unit_of(advance(unit, book))
    assert (draft.target, draft.origin and draft.origin.words) == (
        "Ein Text.",
        "machine draft by OpenAI",
    )


def test_the_next_engine_is_asked_where_one_is_gone() -> None:
    unit = climber(PLAIN, able("DeepL"), able("OpenAI"))
    step = advance(unit, Book(), {"DeepL"})
    assert isinstance(step, Next)
    assert step.engine == 1


def test_a_unit_that_waits_for_an_engine_that_is_gone_stays_as_it_is() -> None:
    book, unit = Book(), climber(PROSE)
    book.write(TAGS, "nonsense")
    assert advance(unit, book, {"DeepL"}) is unit.unit
    assert advance(climber(PLAIN), Book(), {"DeepL"}).notes == ()  # type: ignore[union-attr]


def test_a_judge_that_has_changed_its_mind_finds_an_old_answer_good() -> None:
    def strict(_draft: Unit) -> Iterable[QualityIssue]:
        return [QualityIssue("numbers", Severity.ERROR, False, "a number is missing")]

    book = Book()
    book.write("A plain text.", "Ein Text.")
    assert was_refused(unit_of(advance(climber(PLAIN, judge=strict), book)))
    assert unit_of(advance(climber(PLAIN), book)).target == "Ein Text."


def test_what_holds_no_words_is_not_asked() -> None:
    draft = unit_of(advance(climber(CODE), Book()))
    assert (draft.target, draft.origin and draft.origin.words) == (
        "`it`",
        f"machine draft by {KEPT}",
    )


def test_a_list_is_asked_line_by_line_and_judged_whole() -> None:
    book, unit = Book(), climber(LIST)
    assert wanted(advance(unit, book)) == ["one", "two"]
    book.write("one", "eins")
    assert wanted(advance(unit, book)) == ["two"]
    book.write("two", "zwei")
    assert unit_of(advance(unit, book)).target == "eins\nzwei"


def test_terms_are_protected_for_an_engine_that_is_not_told_the_glossary() -> None:
    book, unit = Book(), climber(PLAIN, able("Apertium", told=False))
    assert wanted(advance(unit, book)) == ['A <x id="1"/>.']
    book.write('A <x id="1"/>.', 'Ein <x id="1"/>.', "Apertium")
    assert unit_of(advance(unit, book)).target == "Ein Klartext."


def test_a_text_too_long_for_a_request_is_asked_in_parts() -> None:
    text = "One sentence. " * 20 + "*End.*"
    segment = Segment("body", Kind.PARAGRAPH, text, markdown=True)
    short = Able("DeepL", ALL, told=True, fits=lambda part: len(part) <= 100)
    unit = climber(segment, short)
    asked = put(unit.asks[0], short, Form.TAGS).asked
    assert all(len(part) <= 100 for part in asked)
    book = Book()
    for part in asked:
        book.write(part, part.replace("One sentence", "Ein Satz"))
    assert unit_of(advance(unit, book)).target == text.replace("One sentence", "Ein Satz")


ANSWERS = st.sampled_from(["", "x", "<g>", '<x id="1"/>', TAGS, CONTENT, "ok <x", "&amp;"])


@given(st.lists(st.tuples(ANSWERS, st.integers(1, 3), st.booleans()), max_size=40))
def test_whatever_engines_answer_it_ends_and_nobody_is_paid_too_often(
    answers: list[tuple[str, int, bool]],
) -> None:
    book, unit = Book(), climber(PROSE, able("DeepL"), able("OpenAI"), able("Apertium"))
    given_out = iter(answers)
    paid: dict[tuple[str, str], int] = {}
    for _ in range(200):
        step = advance(unit, book)
        if isinstance(step, Unit):
            break
        label = unit.chain[step.engine].label
        for text in wanted(step):
            answer, together, faulted = next(given_out, ("", 1, True))
            together = 1 if step.alone else together
            fault = "left out" if faulted else ""
            book.write(text, "" if faulted else answer, label, fault=fault, together=together)
            paid[label, text] = paid.get((label, text), 0) + 1
    else:
        pytest.fail("it goes on for ever")
    assert max(paid.values(), default=0) <= 2
    for one in unit.chain:
        whole = [count for (label, text), count in paid.items() if label == one.label]
        assert sum(whole) <= MOST_TRIES + 4  # the three pieces of the last form count one each


def test_the_worst_case_is_the_dearest_three_tries_of_each_engine() -> None:
    tags, content, pieces = len(TAGS), len(CONTENT), len("Run" + "now" + ", please.")
    assert worst_case(climber(PROSE), len) == 2 * tags + content
    assert worst_case(climber(PROSE, able(forms=(Form.TAGS,))), len) == 2 * tags
    both = climber(PROSE, able("A"), able("B", forms=(Form.SPLIT,)))
    assert worst_case(both, len) == 2 * tags + content + 2 * pieces
    assert worst_case(climber(CODE), len) == 0


def test_an_answer_depends_on_terms_only_where_the_engine_is_told_them() -> None:
    told, untold = able(), able("Apertium", told=False)
    (ask,) = climber(PLAIN, untold).asks
    assert [entry.target for entry in put(ask, told, Form.TAGS).terms] == ["Klartext"]
    assert put(ask, untold, Form.TAGS).terms == ()
