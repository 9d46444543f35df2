from collections.abc import Iterator
from pathlib import Path

from benchmarks.replay import Billed, Replayed, load, replay, table
from benchmarks.year import Day
from tests.stubs.site import CONFIG, TERMS

DAYS = 7


def days() -> Iterator[Day]:
    """A paragraph is added on the third day, taken away on the fifth, and back on the seventh."""
    plain = {path: text.encode() for path, text in TERMS.items()}
    token = plain["terms/en/token.md"]
    more = token.replace(b"A model reads", b"A token is short.\n\nA model reads")
    for number in range(DAYS + 1):
        files = plain | {"terms/en/token.md": more if number in (3, 4, 7) else token}
        yield Day(str(number), files)


def test_we_pay_once_for_what_goes_and_comes_back_and_keep_what_people_said(tmp_path: Path) -> None:
    (tmp_path / "i18n.toml").write_text(CONFIG, "utf-8")
    found = replay("a week", {"we": tmp_path}, days())
    sentence = len("A token is short.")
    whole = sum(map(len, ("Token", "A piece of text.", "A model reads tokens.", "Basics")))
    assert [(way.later, way.days) for way in found.ways] == [
        (sentence, 1),
        (3 * whole + 2 * sentence, 3),
        (2 * sentence + 3 * len("A model reads tokens."), 3),
        (2 * sentence, 2),
    ]
    assert (found.days, found.terms) == (DAYS, 3)
    assert found.corrected == found.there > 0


def test_what_it_cost_is_held_against_ours() -> None:
    found = Replayed("a week", 1, 3, 6, 6, (Billed("we", 100, 20, 1), Billed("all", 100, 50, 1)))
    assert list(table(found)) == [
        "| characters billed | first | afterwards | days with a bill | afterwards, times ours |",
        "| :-- | --: | --: | --: | --: |",
        "| we | 100 | 20 | 1 | 1.0 |",
        "| all | 100 | 50 | 1 | 2.5 |",
        "",
        "1 day, 3 terms at the end; of 6 texts that people corrected, 6 are there.",
    ]


def test_in_the_figures_that_are_committed_ours_are_the_lowest_and_nobodys_text_is_lost() -> None:
    found = load()
    ours, anew, *others = found.ways
    assert all(way.later > anew.later > ours.later for way in others)
    assert found.corrected == found.there
