from pathlib import Path

from benchmarks.checks import peoples
from benchmarks.people import People

EN = '---\ntitle: "Container Image"\n---\n\nA [pod](/pod/) holds a container image.\n'
DE = "---\ntitle: Container-Image\n---\n\nEin [Pod](/de/pod/) hält ein Container-Image.\n"
POD = "---\ntitle: Pod\n---\n\n# A pod\n\nWords.\n"


def corpus(folder: Path) -> People:
    for locale, name, text in (
        ("en", "container-image", EN),
        ("de", "container-image", DE),
        ("en", "pod", POD),
        ("de", "pod", POD.replace("# A pod\n\n", "")),
        ("de", "other", POD),
    ):
        file = folder / locale / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return People(folder)


def test_translations_are_paired_where_their_blocks_are_the_sources(tmp_path: Path) -> None:
    (one,) = corpus(tmp_path).subjects("de")
    assert one.source == "A [pod](/pod/) holds a container image."
    assert one.target == "Ein [Pod](/pod/) hält ein Container-Image."
    assert one.glossary is not None
    assert {entry.target for entry in one.glossary.entries} == {"Container-Image", "Pod"}


def test_texts_know_what_other_locales_made_of_their_source(tmp_path: Path) -> None:
    corpus(tmp_path)
    german = tmp_path / "de" / "container-image.md"
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / german.name).write_text(german.read_text("utf-8"), "utf-8")
    texts = peoples(tmp_path)
    assert set(texts["de"][0].elsewhere) == {"es"}
    assert texts["ja"] == []


def test_without_a_corpus_there_is_nothing_to_measure() -> None:
    assert peoples(None) == {}
