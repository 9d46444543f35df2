"""What a run did with single texts, and why: for pull requests, and for `--verbose`."""

from __future__ import annotations

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that is new on a page: its field, the source and the translation."""

    field: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that a run builds: `is_new` where there was none, and its texts that are new."""

    slug: str
    name: str
    path: str
    url: str = ""
    is_new: bool = False
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Treated:
    """What became of a unit in a run, and why; `begins` is how its source begins.

    `is_new`: its text or its state is another than before the run.
    """

    unit: str
    begins: str
    why: str
    is_draft: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Details:
    """What a run did in single: pages, and units that there is something to say of.

    `settled` counts the reviewed texts that stayed as they were.
    """

    pages: tuple[PageChange, ...] = ()
    treated: tuple[Treated, ...] = ()
    settled: int = 0

    @property
    def changes(self) -> Details:
        """Of the units those alone that are new."""
        return Details(self.pages, tuple(one for one in self.treated if one.is_new))
