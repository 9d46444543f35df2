from __future__ import annotations

from benchmarks.service import Asked, table

SLOW = Asked(10_000, 0.1, 5, 200, 3, 4.4, 3.0, 60.2)
FAST = Asked(40_000, 0.0, 0, 800, 0, 9.0, 8.0, 118.6)


def test_the_time_is_held_against_what_the_service_allows() -> None:
    assert SLOW.ideal == 4.0
    assert list(table([SLOW]))[2] == (
        "| 10,000 segments; 100 ms, 5 at once, 3 refused | 200 | 4.40 | 4.00 | 1.10 "
        "| 0.30 ms a segment | 60 |"
    )


def test_a_service_without_limits_has_no_such_time() -> None:
    assert FAST.ideal == 0.0
    assert list(table([FAST]))[2] == (
        "| 40,000 segments; answers at once | 800 | 9.00 | | | 0.20 ms a segment | 119 |"
    )
