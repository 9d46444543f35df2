"""What texts out of edited files make of the units: three ways, text by text.

| the file | the unit | then |
|---|---|---|
| as we left it | whatever | nothing: the build brings the unit's text |
| edited | as we left it, or nobody's | the file's text is the unit's, reviewed |
| edited | edited to say the same | reviewed |
| edited | edited to say something else | nothing is chosen: the file's text is parked beside |
| edited, perhaps by mistake (doubting.py) | whatever | the same |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from i18n_pipeline.model import Catalog, Key, Segment, State, Unit, place_of
from i18n_pipeline.origins import edited
from i18n_pipeline.stages.conflicts import Parked, park, parked, settled
from i18n_pipeline.stages.taking.claims import Claim, Edited, Forms, Owners, means
from i18n_pipeline.stages.taking.page import FileText
from i18n_pipeline.values import dataclass, field, replace

Stands = Callable[[Unit, Segment], str]
"""What keeps a text from ever standing in a file, in words; "" where nothing does."""


@dataclass(frozen=True)
class Verdict:
    """What became of one file's texts.

    `taken` are contexts of units that have a text of the file now, `parked` those whose people
    disagree. `own` are slots whose texts nobody's source says, each with a reason; `unsafe` texts
    that may not stand, each with the reason: the file that holds one is left alone.
    """

    taken: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    own: tuple[tuple[FileText, str], ...] = ()
    unsafe: tuple[tuple[FileText, str], ...] = ()


@dataclass(frozen=True)
class Decided:
    """The units after all edited files were taken in, and what became of each file by slug."""

    catalog: Catalog
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


def decide(
    catalog: Catalog, files: Sequence[Edited], *, forms: Mapping[str, Forms], stands: Stands
) -> Decided:
    """Bring the texts of edited files into the units. `forms` are by slug."""
    job = _Deciding(catalog, files, forms, stands)
    job.run()
    units = tuple(job.units.values())
    active = (unit for unit in units if not unit.obsolete)
    obsolete = (unit for unit in units if unit.obsolete)
    return Decided(Catalog((*active, *obsolete)), job.verdicts())


def without_settled(catalog: Catalog) -> Catalog:
    """The catalog without parked texts that the unit itself says by now: somebody has chosen."""
    units = tuple(map(_less_its_own, catalog.units))
    return catalog if units == catalog.units else replace(catalog, units=units)


def _less_its_own(unit: Unit) -> Unit:
    return _less(unit, lambda one: one.text == unit.target)


def _less(unit: Unit, gone: Callable[[Parked], bool]) -> Unit:
    """The unit without some of its parked texts."""
    waiting = parked(unit) if unit.comments else ()
    if not any(map(gone, waiting)):
        return unit
    rest = settled(unit)
    for one in waiting:
        if not gone(one):
            rest = park(rest, one.text, one.where)
    return rest


_Id = tuple[Key, bool]
"""A unit's key, and whether it is obsolete."""


class _Deciding:
    """Finds each text's unit, then decides unit by unit."""

    def __init__(
        self,
        catalog: Catalog,
        files: Sequence[Edited],
        forms: Mapping[str, Forms],
        stands: Stands,
    ) -> None:
        self._files, self._stands = files, stands
        self._owners = Owners(catalog, forms)
        self.units: dict[_Id, Unit] = {(u.key, u.obsolete): u for u in catalog.units}
        self._taken: dict[str, list[str]] = defaultdict(list)
        self._parked: dict[str, list[str]] = defaultdict(list)
        self._own: dict[str, list[tuple[FileText, str]]] = defaultdict(list)
        self._unsafe: dict[str, list[tuple[FileText, str]]] = defaultdict(list)

    def run(self) -> None:
        """All files."""
        claims: dict[_Id, list[Claim]] = defaultdict(list)
        for file in self._files:
            for text in file.back.texts:
                claim = self._owners.claim(file, text)
                if claim is not None:
                    claims[claim.unit.key, claim.unit.obsolete].append(claim)
                elif text.changed:
                    why = "the text it translates is no longer in the PO file"
                    self._own[file.term.slug].append((text, why))
        self._look_for_unsafe(claims.values())
        for group in claims.values():
            self._settle(group)

    def verdicts(self) -> Mapping[str, Verdict]:
        """What became of each file, by slug."""
        return {
            slug: Verdict(
                tuple(self._taken[slug]),
                tuple(self._parked[slug]),
                tuple(self._own[slug]),
                tuple(self._unsafe[slug]),
            )
            for slug in (file.term.slug for file in self._files)
        }

    def _look_for_unsafe(self, groups: Iterable[Sequence[Claim]]) -> None:
        for claim in (claim for group in groups for claim in group if claim.text.changed):
            unit = replace(claim.unit, target=claim.text.text, reviewed=True, origin=None)
            segment = claim.segment or replace(claim.text.segment, source=unit.source)
            if why := self._stands(unit, segment):
                self._unsafe[claim.file.term.slug].append((claim.text, why))

    def _is_unsafe(self, claim: Claim) -> bool:
        return any(text is claim.text for text, _ in self._unsafe[claim.file.term.slug])

    def _settle(self, group: Sequence[Claim]) -> None:
        """One unit with all its places in edited files."""
        changed = [one for one in group if one.text.changed and not self._is_unsafe(one)]
        if not changed:
            return
        texts = {means(one) for one in changed}
        inside = changed[0].text.slot >= 0
        if inside and (len(texts) > 1 or len(changed) < len(group)):
            self._by_place(group, changed)
        elif len(texts) > 1:
            for claim in changed:
                self._park(claim)
        else:
            self._decide(changed)

    def _by_place(self, group: Sequence[Claim], changed: Sequence[Claim]) -> None:
        """A text that stands several times, edited in some places: those get a unit of their own.

        Where a place cannot be told from another, its text is the file's own.
        """
        places: dict[str, list[Claim]] = defaultdict(list)
        for claim in group:
            places[place_of(claim.segment) if claim.segment else ""].append(claim)
        for place, claims in places.items():
            edits = [one for one in claims if one in changed]
            if not edits:
                continue
            told_apart = place and len(edits) == len(claims) and len(set(map(means, edits))) == 1
            if told_apart and "#" not in claims[0].unit.context:
                self._decide([replace(one, unit=self._of_place(one, place)) for one in edits])
            else:
                why = "the same text stands elsewhere under the same headings, and says otherwise"
                for one in edits:
                    self._own[one.file.term.slug].append((one.text, why))

    def _of_place(self, claim: Claim, place: str) -> Unit:
        """The unit of a single place, as its text was before it had one."""
        unit = self.units.get((claim.unit.key, claim.unit.obsolete), claim.unit)
        return replace(unit, context=unit.context + place)

    def _decide(self, claims: Sequence[Claim]) -> None:
        """One unit and one text, wherever it stands."""
        claim = claims[0]
        key = claim.unit.key, claim.unit.obsolete
        unit = self.units.get(key, claim.unit)
        said_alike = means(claim) == means(claim.saying(unit.target))
        doubt = any(one.text.doubt for one in claims)
        if said_alike and (unit.reviewed or doubt):
            self._put(_less(unit, lambda one: one.where == claim.file.path))
        elif doubt:
            for one in claims:
                self._park(one)
        elif said_alike or self._is_ours(unit, claim):
            self._take(claims, unit, unit.target if said_alike else claim.text.text)
        else:
            self._park(claim)

    def _is_ours(self, unit: Unit, claim: Claim) -> bool:
        """Whether nobody touched a unit's text since it was put into the file."""
        if not unit.target or unit.is_draft:
            return True
        return not claim.file.unsure and claim.text.base in self._owners.says(
            unit, claim.file, claim.text
        )

    def _take(self, claims: Sequence[Claim], unit: Unit, text: str) -> None:
        path = claims[0].file.path
        taken = replace(
            _less(unit, lambda one: one.where == path),
            target=text,
            reviewed=True,
            origin=None if unit.obsolete else edited(path),
            previous=None,
            previous_context=None,
        )
        self._put(taken)
        self._hand_on(unit, taken, claims[0])
        for slug in dict.fromkeys(one.file.term.slug for one in claims):
            self._taken[slug].append(unit.context)

    def _put(self, unit: Unit) -> None:
        self.units[unit.key, unit.obsolete] = unit

    def _hand_on(self, was: Unit, taken: Unit, claim: Claim) -> None:
        """The unit of a newer source that waits with the old text waits with the edited one now."""
        for key, unit in list(self.units.items()):
            waits = unit.state is State.NEEDS_REVIEW and unit.previous == was.source
            same = (unit.slug, unit.field, unit.target) == (was.slug, was.field, was.target)
            if waits and same and not unit.obsolete and was.target:
                path = claim.file.path
                self.units[key] = replace(unit, target=taken.target, origin=edited(path))

    def _park(self, claim: Claim) -> None:
        path, slug = claim.file.path, claim.file.term.slug
        if self._unsafe[slug]:
            return
        key = claim.unit.key, claim.unit.obsolete
        unit = _less(self.units.get(key, claim.unit), lambda one: one.where == path)
        self.units[key] = park(unit, claim.text.text, path)
        self._parked[slug].append(unit.context)
