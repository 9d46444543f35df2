import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks import results as stored
from benchmarks.__main__ import apart
from benchmarks.corpus import Size
from benchmarks.measure import Cost, Scenario
from benchmarks.page import TEMPLATE, page
from benchmarks.results import Machine, Results, Tool, load_all, read

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def rounds(*seconds: float, peak: int = 50_000_000) -> tuple[Cost, ...]:
    return tuple(Cost(each, each / 2, peak) for each in seconds)


OURS = Tool(
    "i18n_pipeline",
    "0.1",
    "",
    {Scenario.IDLE: rounds(0.3, 0.5, 0.4), Scenario.REBUILD: rounds(2.0)},
)
PEER = Tool(
    "slow",
    "7",
    "one catalog",
    {Scenario.IDLE: rounds(0.8), Scenario.REBUILD: rounds(1.0, peak=20_000_000)},
)
FLOOR = Tool("floor", "", "", {Scenario.SCAN: rounds(0.1)})
RESULTS = Results(
    Size(1000, 2_000_000, 100, 90),
    Machine("A chip", 2, "Linux x86_64", "3.11.7"),
    3,
    (OURS, PEER, FLOOR),
    ("po4a",),
    "2026-11-29",
)


def filled(place: str, *results: Results) -> str:
    return page(f"before\n{{{{ {place} }}}}\nafter\n", results or (RESULTS,))


def test_ours_stands_with_its_median_its_rate_and_its_floor() -> None:
    assert "| nothing to do | 0.40 | 0.20 | 2,500 | 50 | 4.0 × scan and stat all files |" in filled(
        "ours"
    )


def test_a_layout_with_more_files_has_a_floor_of_its_own() -> None:
    each = replace(OURS, name="i18n_pipeline, a PO each")
    floor = replace(FLOOR, costs={**FLOOR.costs, Scenario.SCAN_EACH: rounds(0.2)})
    one, other = filled("ours", replace(RESULTS, tools=(OURS, each, PEER, floor))).split("\n\n**")
    assert "**1,000 terms, one PO**" in one
    assert "4.0 × scan and stat all files" in one
    assert other.startswith("1,000 terms, a PO each**")
    assert "2.0 × scan and stat all files |" in other
    assert "no other tool" in filled("faster", replace(RESULTS, tools=(OURS, each)))


def test_each_size_says_when_it_was_measured() -> None:
    later = replace(RESULTS, size=replace(RESULTS.size, terms=10_000), day="2026-12-24")
    first, second = filled("measured", RESULTS, later).split("\n\n")
    assert "**1,000 terms**" in first
    assert "on 2026-11-29." in first
    assert "on 2026-12-24." in second


def test_small_sizes_are_left_to_the_picture() -> None:
    small = replace(RESULTS, size=replace(RESULTS.size, terms=100))
    assert filled("ours", small, RESULTS) == filled("ours")


def test_a_peer_stands_with_its_time_as_a_multiple_of_ours() -> None:
    assert "| slow | – | 1.00 (0.5 ×) | 0.80 (2 ×) | – |" in filled("peers")
    assert "| slow | – | 20 | 50 | – |" in filled("memory")
    assert "floor" not in filled("peers")


def test_where_a_peer_is_faster_the_page_says_so() -> None:
    assert filled("faster") == (
        "before\n- at 1,000 terms: slow at “rebuild all” (1.00 s against 2.00 s).\nafter\n"
    )
    alone = replace(RESULTS, tools=(OURS,))
    assert "- at 1,000 terms: no other tool was run." in filled("faster", alone)


def test_a_peer_that_was_missing_is_named() -> None:
    assert "| po4a | missing |" in filled("versions")
    assert "| slow | 7 | one catalog |" in filled("versions")


def test_the_machine_is_described_for_every_size() -> None:
    larger = replace(RESULTS, size=Size(10_000, 20_000_000, 1000, 900), rounds=1)
    text = filled("measured", RESULTS, larger)
    assert "**1,000 terms**: 2.0 MB, 100 segments, 90% of them" in text
    assert "A chip, 2 cores, Linux x86_64, Python 3.11.7" in text
    assert "**10,000 terms**" in text


def test_a_place_without_a_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("nonsense")


def test_results_come_back_from_disk_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    stored.save(RESULTS)
    stored.save(replace(RESULTS, size=Size(60, 1, 1, 1)))
    assert [each.size.terms for each in load_all()] == [60, 1000]
    assert load_all()[1] == RESULTS
    with pytest.raises(ValueError, match="not results"):
        read(json.loads(json.dumps({**asdict(RESULTS), "rounds": "three"})))


def test_the_page_in_docs_says_what_was_measured() -> None:
    assert PAGE.read_text("utf-8") == page(TEMPLATE.read_text("utf-8"), load_all(), apart())
