from collections.abc import Sequence

from benchmarks.ways import NumberedSections, Segments, Text, Way, WholeFiles

NAME = Text("a.md", "term", (), "Cat", 3)
ONE = Text("a.md", "body", ("One",), "It purrs.", 9)
TWO = Text("a.md", "body", ("Two",), "It sleeps.", 10)
NEW = Text("a.md", "body", ("New",), "It eats.", 8)
OTHER = Text("b.md", "body", ("One",), "It barks.", 9)


def billed(way: Way, *days: Sequence[Text]) -> list[int]:
    return [way.see(texts) for texts in days]


def test_every_way_sends_all_of_the_first_day_and_nothing_where_nothing_changed() -> None:
    for way in (WholeFiles("files"), NumberedSections("sections"), Segments("texts")):
        assert billed(way, (NAME, ONE, TWO, OTHER), (NAME, ONE, TWO, OTHER)) == [31, 0]


def test_a_changed_file_is_sent_whole_and_no_other() -> None:
    assert billed(WholeFiles("files"), (NAME, ONE, OTHER), (NAME, TWO, OTHER)) == [21, 13]


def test_behind_an_inserted_section_all_have_other_numbers() -> None:
    way = NumberedSections("sections")
    assert billed(way, (NAME, ONE, TWO), (NAME, NEW, ONE, TWO), (NAME, NEW, ONE)) == [22, 27, 0]


def test_a_text_is_sent_where_its_file_lacked_it_the_day_before() -> None:
    way = Segments("texts")
    assert billed(way, (ONE, TWO), (TWO, NEW, ONE), (TWO,), (ONE, TWO)) == [19, 8, 0, 9]


def test_a_text_that_a_file_has_twice_is_sent_once() -> None:
    assert billed(Segments("texts"), (ONE, ONE)) == [9]
