"""What was done so that git merges a project's files by unit, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.values import dataclass

NAME = ".gitattributes"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The report of `init --git`: whether the attributes, and the clone's driver, were new."""

    attributes: bool
    driver: bool = False
    dry: bool = False


def prepared_as_json(report: Prepared) -> str:
    """The report as one JSON document with a final newline."""
    changed = report.attributes or report.driver
    written = [NAME] if report.attributes else []
    fields = first_fields("init", 0, (), changed=changed)
    return document_of({**fields, "git": {"written": written, "driver": report.driver}})


def prepared_as_text(report: Prepared) -> str:
    """The report in lines, what to do next last."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Prepared) -> Iterator[str]:
    if report.attributes:
        yield f"{'would write' if report.dry else 'wrote'} {NAME}: commit it"
    else:
        yield f"{NAME} is as it should be"
    if report.dry:
        return
    words = "is installed" if report.driver else "was installed already"
    yield f"the merge driver {words}, for all work trees of this clone"
    yield "every other clone needs it once: i18n init --git"
