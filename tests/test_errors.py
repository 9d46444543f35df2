"""What a failure says to whoever called, and which of several exit codes counts."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import Cancel, Cancelled, Interrupted, Stop, strongest


@pytest.mark.parametrize(
    ("codes", "code"),
    [((), 0), ((0, 4), 4), ((3, 69, 75), 75), ((65, 73, 77), 77), ((78, 70), 70), ((70, 130), 130)],
)
def test_of_several_exit_codes_the_strongest_counts(codes: tuple[int, ...], code: int) -> None:
    assert strongest(*codes) == code


@pytest.mark.parametrize(
    ("stop", "kind", "code"), [(Stop(), Interrupted, 75), (Cancel(), Cancelled, 130)]
)
def test_a_run_that_was_told_to_stop_says_that_it_can_go_on(
    stop: Stop, kind: type[Interrupted], code: int
) -> None:
    failure = stop.as_failure()
    assert (type(failure), failure.exit_code) == (kind, code)
    assert failure.hint == "run it again to go on; what was answered is kept"
