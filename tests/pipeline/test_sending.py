"""What was sent is counted, whatever becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from i18n_pipeline.errors import CannotWrite, Stop
from i18n_pipeline.memory.receipts import Intent, Receipt, Receipts
from i18n_pipeline.pipeline.budget import Budget
from i18n_pipeline.pipeline.sending import Batch, Sender, Sent
from i18n_pipeline.providers.base import Hint, Request
from i18n_pipeline.providers.pseudo import Pseudo
from tests.stubs.killing import Case, characters

if TYPE_CHECKING:
    import pytest


def test_an_answer_that_cannot_be_kept_is_counted_as_billed(
    cases: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, write, kept = cases("deepl"), Receipts._write, iter("three")

    def full(self: Receipts, tag: str, receipts: Sequence[Receipt]) -> bytes:
        if next(kept, "") == "":
            raise CannotWrite("the disk is full")
        return write(self, tag, receipts)

    monkeypatch.setattr(Receipts, "_write", full)
    ran = case.report()
    assert ran.code == 73
    billed = ran.locale()["billed"]
    assert (billed["characters"], billed["possibly_billed"]) == (characters(case.billed), 0)


def test_what_was_answered_elsewhere_is_not_sent_and_the_rest_keeps_its_hints() -> None:
    hints = tuple(Hint(kind) for kind in "abcd")
    request = Request("en", "ja", ("A", "B", "C", "D"), "context", hints=hints)
    sent = Sent(Batch("ja", Pseudo(), request, ("a", "b", "c", "d")))
    sent.leave_out({"b", "d"})
    assert sent.batch.keys == ("b", "d", "a", "c")
    assert sent.rest == Request("en", "ja", ("A", "C"), "context", hints=(hints[0], hints[2]))
    assert sent.batch.sizes == (1, 1, 1, 1)


def test_nothing_is_sent_where_the_run_was_told_to_stop_while_it_waited_for_another(
    tmp_path: Path,
) -> None:
    budget, stop = Budget(), Stop().as_failure()

    class Waiting(Receipts):
        def intend(self, locale: str, characters: Mapping[str, int]) -> Intent:
            budget.stopped["pseudo"] = stop
            return super().intend(locale, characters)

    receipts = Waiting(tmp_path / ".i18n")
    batch = Batch("ja", Pseudo(), Request("en", "ja", ("A",)), ("a",))
    sent = Sender(receipts, budget).send(batch)
    assert (sent.failure, sent.requests) == (stop, 0)
    assert (receipts.all("ja"), receipts.possibly_billed("ja")) == ((), 0)
