"""A locale in the middle of a run: the value that every step takes and gives back anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from i18n_pipeline.checks.exempting import Hidden
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Catalog, Key, QualityIssue, Segment, State, Unit
from i18n_pipeline.pipeline.homes import homes_of
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.lots import Asked
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.verdicts import Verdicts
from i18n_pipeline.stages.carrying import Edited
from i18n_pipeline.stages.making import Made
from i18n_pipeline.stages.mending import Mended
from i18n_pipeline.stages.rejecting import Rejected
from i18n_pipeline.stages.take_in import TakenIn
from i18n_pipeline.stages.taking.intake import Intake, text_in
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Work:
    """A locale in the middle of a run; each step gives back a new one.

    `terms` are those the run may work on, `adopted` all whose files are not a stranger's.
    `edited` are units whose source was edited, with what became of their texts.
    `sound` are units whose new text has passed the checks that are errors already.
    `unsafe` are units whose text must not reach a built file, `damaged` untranslated ones whose
    source has to be mended first, `lost` built terms whose units are nowhere. `not_renewed` are
    units that were to get a new draft, and no answer was good. `gave_up` are words about engines
    that failed where others took over. `manual` are terms that are left to people. `hidden` are
    findings of checks that are switched off, `mended` units with the edits that checks proposed,
    `verdicts` what is known of earlier checks, `terminology` the hash of what the texts were judged
    by, `drafting` of the one under which they were drafted. `restless` are terms of which a machine
    may be asked for a text again, `leads` the slugs that sources lead to, where that was asked.
    `made` are pages that a run on a few terms made before it knew that these are enough.
    `intake` is what was read out of edited files. `remembered` is what each term adds to the
    memory, `waiting` what of it found nothing there (recalling.py).
    """

    project: Project
    files: LocaleFiles
    terms: tuple[Term, ...]
    adopted: tuple[Term, ...]
    taken: TakenIn
    addresses: Addresses
    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment] = field(default_factory=lambda: MappingProxyType({}))
    edited: tuple[Edited, ...] = ()
    exact: int = 0
    fuzzy: int = 0
    drafted: int = 0
    asked: Asked = field(default_factory=Asked)
    issues: tuple[QualityIssue, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    mended: tuple[Mended, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)
    made: Made = field(default_factory=Made)
    terminology: str = ""
    sound: frozenset[Key] = frozenset()
    unsafe: frozenset[Key] = frozenset()
    damaged: frozenset[Key] = frozenset()
    lost: frozenset[str] = frozenset()
    manual: frozenset[str] = frozenset()
    not_renewed: frozenset[Key] = frozenset()
    gave_up: tuple[str, ...] = ()
    drafting: str = ""
    restless: frozenset[str] = frozenset()
    leads: Mapping[str, frozenset[str]] | None = None
    intake: Intake = field(default_factory=Intake)
    remembered: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def locale(self) -> str:
        """The target locale."""
        return self.files.locale

    @property
    def extensions(self) -> frozenset[str]:
        """The Markdown extensions in use."""
        return self.files.settings.markdown.extensions

    @cached_property
    def catalog(self) -> Catalog:
        """The units as one catalog."""
        return Catalog(self.units)

    @cached_property
    def rejected(self) -> Rejected:
        """The texts that people have taken back."""
        return Rejected(self.files.rejected, self.extensions)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The paths of catalogs by slug; "" is the vocabulary's."""
        elsewhere = {share.slug: share.home for share in self.files.rest}
        here = homes_of(self.files.settings.paths.catalog, self.locale, self.project.terms)
        return {**elsewhere, **here}


def texts_of(work: Work, term: Term, *, drafts: bool, catalog: Catalog) -> Iterator[str | None]:
    """For each segment of a term the text that may be built, or None.

    Of a field that only the locale has, no draft: an unreviewed text leaves the file as it is.
    While people disagree about a text, the file keeps the one it has.
    """
    path = work.files.path_of(term.slug)
    for segment in term.segments:
        unit = catalog.unit_for(term.slug, segment)
        may_wait = drafts and segment.is_translation
        usable = unit is not None and unit.key not in work.unsafe and (unit.reviewed or may_wait)
        yield text_in(unit, path) or None if unit is not None and usable else None


def is_complete(term: Term, catalog: Catalog) -> bool:
    """Whether all units that a build waits for are reviewed."""
    for segment in term.segments:
        unit = catalog.unit_for(term.slug, segment)
        if segment.required and (unit is None or unit.state is not State.REVIEWED):
            return False
    return True
