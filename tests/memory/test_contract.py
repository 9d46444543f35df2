"""What receipts promise wherever they are: in a folder, or in a database that machines share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n_pipeline.memory.receipts import Receipt, Receipts, receipt_key
from i18n_pipeline.model import digest
from tests.memory.machines import Machines, keep

RECEIPT = Receipt("k1", 'ファイン & "x"\n\x85\u2028', "deepl", "m", 12, "trace", "ctx")
OTHER = replace(RECEIPT, key="k2")


def test_a_receipt_is_found_again_by_another_run(machines: Machines) -> None:
    keep(machines, [RECEIPT])
    store = machines.open()
    assert store.find("ja", "k1") == replace(RECEIPT, round=1)
    assert store.find("ja", "k2") is None
    assert store.find("de", "k1") is None
    assert store.all("ja") == store.history("ja", "k1") == (replace(RECEIPT, round=1),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Receipt,
        st.text().map(digest),
        st.text(),
        st.text(),
        billed=st.integers(0, 10**30),
        context=st.text(),
        when=st.text(),
    )
)
def test_whatever_an_answer_holds_comes_back(machines: Machines, receipt: Receipt) -> None:
    keep(machines, [receipt])
    store = machines.open()
    found = store.find("ja", receipt.key)
    machines.end(store)
    assert found is not None
    assert replace(found, round=0) == receipt


def test_half_a_character_in_an_answer_is_kept_too(machines: Machines) -> None:
    keep(machines, [replace(RECEIPT, text="\ud83d")])
    assert machines.open().find("ja", "k1") == replace(RECEIPT, text="\ud83d", round=1)


def test_a_later_answer_for_a_key_is_the_one_in_force(machines: Machines) -> None:
    for text in ("first", "second", "third"):
        keep(machines, [replace(RECEIPT, text=text)])
    assert machines.open().find("ja", "k1") == replace(RECEIPT, text="third", round=3)


def test_all_answers_to_a_text_are_found_by_it_under_whatever_terms(machines: Machines) -> None:
    about = digest("text", 8)
    one = replace(RECEIPT, about=about, when="2026-11-01T00:00:00Z")
    two = replace(OTHER, about=about, when="2026-11-02T00:00:00Z")
    keep(machines, [one])
    keep(machines, [two])
    store = machines.open()
    assert store.answers("ja", "text") == (replace(two, round=1), replace(one, round=1))
    assert (store.knows("ja", "text"), store.knows("ja", "another")) == (True, False)


def test_parts_of_a_request_count_as_they_come(machines: Machines) -> None:
    store = machines.open()
    intent = store.intend("ja", {"k1": 7, "k2": 5})
    store.keep(intent, [RECEIPT])
    machines.end(store)
    assert machines.open().possibly_billed("ja") == 5


def test_what_was_answered_in_parts_was_answered(machines: Machines) -> None:
    store = machines.open()
    intent = store.intend("ja", {"k1": 7, "k2": 5})
    for part in (RECEIPT, OTHER):
        store.keep(intent, [part])
    machines.end(store)
    assert machines.open().possibly_billed("ja") == 0


def test_what_was_refused_was_not_billed(machines: Machines) -> None:
    store = machines.open()
    store.settle(store.intend("ja", {"k1": 7}))
    machines.end(store)
    assert machines.open().possibly_billed("ja") == 0


def test_what_a_killed_run_asked_for_is_told_once(machines: Machines) -> None:
    store = machines.open()
    store.intend("ja", {"k1": 7, "k2": 5})
    machines.end(store)
    after = machines.open()
    assert (after.find("ja", "k1"), after.possibly_billed("ja")) == (None, 12)
    after.forget_intents("ja")
    machines.end(after)
    assert machines.open().possibly_billed("ja") == 0


def test_what_a_killed_run_noted_is_told_once(machines: Machines) -> None:
    store = machines.open()
    intent = store.intend("ja", {"k1": 7})
    store.note("ja", {"k1": 7})
    store.settle(intent)
    machines.end(store)
    after = machines.open()
    assert after.possibly_billed("ja") == 7
    after.forget_intents("ja")
    machines.end(after)
    assert machines.open().possibly_billed("ja") == 0


def test_what_a_run_noted_and_told_is_not_told_again(machines: Machines) -> None:
    store = machines.open()
    store.note("ja", {"k1": 7})
    store.forget_intents("ja")
    machines.end(store)
    assert machines.open().possibly_billed("ja") == 0


def test_asking_again_for_what_is_known_counts_until_it_is_answered(machines: Machines) -> None:
    keep(machines, [RECEIPT])
    killed = machines.open()
    killed.intend("ja", {"k1": 7})
    machines.end(killed)
    store = machines.open()
    intent = store.intend("ja", {"k1": 7})
    store.keep(intent, [replace(RECEIPT, text="anew")])
    machines.end(store)
    after = machines.open()
    assert after.find("ja", "k1") == replace(RECEIPT, text="anew", round=3)


def test_an_answer_to_a_later_request_does_not_settle_that_of_a_killed_run(
    machines: Machines,
) -> None:
    killed = machines.open()
    killed.intend("ja", {"k1": 7})
    machines.end(killed)
    store = machines.open()
    store.keep(store.intend("ja", {"k1": 7}), [RECEIPT])
    assert store.possibly_billed("ja") == 7


def test_many_threads_keep_their_answers_side_by_side(machines: Machines) -> None:
    store = machines.open()

    def work(number: int) -> None:
        key = f"k{number}"
        store.keep(store.intend("ja", {key: 1}), [replace(RECEIPT, key=key)])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    machines.end(store)
    again = machines.open()
    assert all(again.find("ja", f"k{number}") for number in range(24))
    assert again.possibly_billed("ja") == 0


@pytest.mark.parametrize("locale", ["zh-Hans", "zh_hans", "ZH-HANS"])
def test_a_locale_is_one_however_it_is_spelled(machines: Machines, locale: str) -> None:
    keep(machines, [RECEIPT], locale="zh-Hans")
    assert machines.open().find(locale, "k1") is not None
    assert receipt_key("en", locale, "text", ()) == receipt_key("EN", "zh-hans", "text", ())


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        (lambda _: None, False),
        (lambda store: store.keep(store.intend("ja", {"k2": 1}), [OTHER]), True),
        (lambda store: store.keep(store.intend("de", {"k2": 1}), [OTHER]), False),
        (lambda store: store.intend("ja", {"k2": 1}), True),
    ],
    ids=["nothing", "an answer", "another locale", "a request without an answer"],
)
def test_what_there_is_has_a_fingerprint(
    machines: Machines, change: Callable[[Receipts], None], changes: bool
) -> None:
    keep(machines, [RECEIPT])
    store = machines.open()
    before = store.fingerprint("ja")
    change(store)
    machines.end(store)
    assert (machines.open().fingerprint("ja") != before) == changes


def test_a_month_is_billed_what_all_its_answers_were(machines: Machines) -> None:
    for key, locale, when in [
        ("k1", "ja", "2026-10-31T23:59:59Z"),
        ("k2", "ja", "2026-11-01T00:00:00Z"),
        ("k3", "de", "2026-11-30T23:59:59Z"),
    ]:
        keep(machines, [replace(RECEIPT, key=key, when=when)], locale=locale)
    store = machines.open()
    assert [store.billed_in(f"2026-{month}") for month in ("09", "10", "11")] == [0, 12, 24]
