import itertools
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.corpus import Size
from benchmarks.measure import Scenario
from benchmarks.plot import Curve, curves, plot
from benchmarks.results import load_all
from tests.benchmarks.test_page import FLOOR, OURS, PEER, RESULTS

PICTURE = Path(__file__).parents[2] / "docs" / "performance.svg"
LARGE = replace(RESULTS, size=Size(10_000, 1, 1, 1), tools=(OURS,))
EACH = (RESULTS, LARGE)


def test_a_curve_is_the_median_at_each_size_ours_first_and_the_floor_last() -> None:
    assert curves(EACH, Scenario.IDLE, Scenario.SCAN) == [
        Curve(OURS.name, ((1000, 0.4), (10_000, 0.4))),
        Curve(PEER.name, ((1000, 0.8),)),
        Curve("the floor", ((1000, 0.1),)),
    ]
    assert FLOOR.name not in [one.name for one in curves(EACH, Scenario.EDITED, Scenario.SCAN)]


def test_the_picture_has_a_line_for_each_curve_and_says_what_it_shows() -> None:
    drawn = plot(EACH)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    lines = [line.get("class") for line in root.iter(f"{space}polyline")]
    assert sorted(filter(None, lines)) == ["floor", "floor", "ours", "ours", "peer", "peer"]
    told = root.findtext(f"{space}desc") or ""
    assert "nothing to do, slow: 1,000 terms 0.80 s." in told


def test_a_power_of_ten_is_as_long_across_wherever_it_lies() -> None:
    sizes = [replace(RESULTS, size=Size(size, 1, 1, 1)) for size in (100, 1000, 10_000)]
    points = re.findall(r'class="ours" points="([^"]+)"', plot(sizes))[0].split()
    first, second, third = (float(point.split(",")[0]) for point in points)
    assert second - first == third - second > 0


def test_no_name_stands_over_another() -> None:
    crowd = tuple(replace(PEER, name=f"peer {number}") for number in range(5))
    drawn = plot([replace(RESULTS, tools=(OURS, *crowd))])
    names = re.findall(r'<text class="peer" x="[\d.]+" y="([\d.]+)"', drawn)
    heights = sorted(map(float, names[: len(crowd)]))
    assert all(lower - upper >= 13 for upper, lower in itertools.pairwise(heights))


def test_the_picture_in_docs_shows_what_was_measured() -> None:
    assert PICTURE.read_text("utf-8") == plot(load_all())
