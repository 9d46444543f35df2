"""Branches that work on different terms merge by lines, as hosting services merge them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.origins import machine

Units = tuple[Unit, ...]
Terms = Mapping[str, Units]
HEADER = new_header("ja")


def drafts(slug: str) -> Units:
    """Two units of a term as a first sync leaves them, as alike as units of two terms can be."""
    targets = (f"訳{slug}{n}" for n in range(2))
    return tuple(
        Unit(
            f"{slug}/body",
            f"Text {n}",
            target,
            origin=machine("DeepL", target),
            notes=("paragraph",),
            path=f"terms/en/{slug}.md",
        )
        for n, target in enumerate(targets)
    )


def approved(units: Units) -> Units:
    return tuple(replace(unit, reviewed=True) for unit in units)


def edited(units: Units) -> Units:
    return tuple(replace(unit, target=unit.target + "。", reviewed=True) for unit in units)


def emptied(units: Units) -> Units:
    return tuple(replace(unit, target="", origin=None) for unit in units)


def of_a_new_source(units: Units) -> Units:
    *rest, last = units
    heir = replace(last, source=f"{last.source}!", reviewed=False, previous=last.source)
    return (*rest, heir)


def with_a_new_unit(units: Units) -> Units:
    first, *rest = units
    return (first, replace(first, source="Text between"), *rest)


def commented(units: Units) -> Units:
    return tuple(replace(unit, comments=("Is that so?",)) for unit in units)


BASE: Terms = {slug: drafts(slug) for slug in "bdfh"}
BASES = {
    "drafts": BASE,
    "reviewed": {slug: approved(units) for slug, units in BASE.items()},
    "empty": {slug: emptied(units) for slug, units in BASE.items()},
}
WORK: Mapping[str, Callable[[Units], Units]] = {
    "approved": approved,
    "edited": edited,
    "emptied": emptied,
    "new source": of_a_new_source,
    "new unit": with_a_new_unit,
    "commented": commented,
}


def written(terms: Terms) -> bytes:
    units = tuple(unit for slug in sorted(terms) for unit in terms[slug])
    return write_po(Catalog(units, HEADER, ("Japanese translations.",)))


def merged(folder: Path, ours: Terms, base: Terms, theirs: Terms) -> Catalog:
    files = [folder / name for name in ("ours", "base", "theirs")]
    for file, terms in zip(files, (ours, base, theirs), strict=True):
        file.write_bytes(written(terms))
    command = ["git", "merge-file", "--stdout", *map(str, files)]
    return read_po(subprocess.run(command, capture_output=True, check=False).stdout)


@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
@pytest.mark.parametrize("ours", WORK.values(), ids=WORK)
@pytest.mark.parametrize("theirs", WORK.values(), ids=WORK)
def test_work_on_neighbouring_terms_meets_without_a_conflict(
    ours: Callable[[Units], Units],
    theirs: Callable[[Units], Units],
    base: Terms,
    tmp_path: Path,
) -> None:
    one = {**base, "d": ours(base["d"])}
    other = {**base, "f": theirs(base["f"])}
    assert merged(tmp_path, one, base, other) == read_po(written({**one, "f": other["f"]}))


@pytest.mark.parametrize("new", "ceg")
@pytest.mark.parametrize("ours", [approved, edited, of_a_new_source, with_a_new_unit])
def test_a_new_term_meets_work_on_both_of_its_sides(
    ours: Callable[[Units], Units], new: str, tmp_path: Path
) -> None:
    one = {**BASE, "d": ours(BASE["d"]), "f": ours(BASE["f"])}
    other = {**BASE, new: drafts(new)}
    assert merged(tmp_path, one, BASE, other) == read_po(written({**one, new: other[new]}))


def test_new_terms_meet_where_a_term_stands_between_them(tmp_path: Path) -> None:
    one, other = {**BASE, "c": drafts("c")}, {**BASE, "e": drafts("e")}
    assert merged(tmp_path, one, BASE, other) == read_po(written({**one, "e": other["e"]}))


@pytest.mark.xfail(
    strict=True, reason="both terms begin with one line, below which git puts the new one"
)
def test_a_comment_above_a_term_stays_there_when_a_new_term_comes_before_it(tmp_path: Path) -> None:
    one, other = {**BASE, "d": commented(BASE["d"])}, {**BASE, "c": drafts("c")}
    assert merged(tmp_path, one, BASE, other) == read_po(written({**one, "c": other["c"]}))
