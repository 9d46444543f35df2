"""Pages that were made of the same things are known, and of other things they are not."""

from __future__ import annotations

from dataclasses import replace

from i18n_pipeline.stages.build import Built
from i18n_pipeline.stages.making import Made, Making, make
from tests.stages.documents import site, term_of

SOURCE = b"---\nterm: LoRA\nslug: lora\nlang: en\n---\n\nIt adapts a model.\n"


def made_of(*texts: str | None) -> Making:
    return Making(term_of(SOURCE, slug="lora"), texts)


def test_a_page_of_the_same_texts_is_known() -> None:
    where, made, making = site(), Made(), made_of("LoRA", "Es passt ein Modell an.")
    page = make(where, making)
    assert isinstance(page, Built)
    assert not made.known(where, [making])
    made.keep(where, [(making, page)])
    assert made.known(where, [made_of("LoRA", "Es passt ein Modell an.")]) == {"lora": page}


def test_a_page_of_other_texts_or_of_another_site_is_not_known() -> None:
    where, made, making = site(), Made(), made_of("LoRA", "Es passt ein Modell an.")
    made.keep(where, [(making, make(where, making))])
    assert not made.known(where, [made_of("LoRA", "Es ändert ein Modell.")])
    assert not made.known(where, [replace(making, drafts=True)])
    elsewhere = replace(where, available=where.available | {"token"})
    assert not made.known(elsewhere, [making])
    made.keep(elsewhere, [])
    assert not made.known(where, [making])
