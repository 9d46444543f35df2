"""What a run depends on: hashes of all files, configuration, options, keys at hand.

What no file says is hashed anew by each run. Of files, a glance at their listing is enough while
nothing was touched since all of them were hashed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from i18n_pipeline import __version__
from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.lock import SEGMENTER_VERSION
from i18n_pipeline.history import History, find_history
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.options import Detail, Order
from i18n_pipeline.providers import available
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import PRIVATE, Glance, Places, Workspace

_KEPT = 2
"""How what is kept of a run is told: raised with what a report says of a locale."""


@dataclass(frozen=True)
class Looked:
    """All that a run for one locale depends on, as it was found.

    `about` is the hash of what is no file of the locale: configuration, options, keys at hand.
    `receipts` is that of which answers there are, `hashes` are those of files by path. `head` is
    the hash of what git has of the catalogs at HEAD, by which lost reviews are told: whoever looks
    at some terms alone asks git itself. All is empty where it is not certain what a run depends on.
    """

    about: str = ""
    receipts: str = ""
    hashes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    head: str = ""

    @cached_property
    def files(self) -> str:
        """One hash of the hashes of all files, or ""."""
        return digest(json.dumps(sorted(self.hashes.items()))) if self.hashes else ""

    @property
    def seen(self) -> str:
        """One hash of it all, or ""."""
        return _seen(self.about, self.receipts, self.head, self.files)


def _seen(about: str, receipts: str, head: str, files: str) -> str:
    return digest(json.dumps([about, receipts, head, files])) if files else ""


@dataclass(frozen=True)
class Head:
    """What git has at HEAD of the catalogs of some locales: asked once, for all of them."""

    workspace: Workspace
    locales: tuple[str, ...]

    def of(self, locale: str) -> str:
        """A hash of it, for one locale; of why nothing is known, where git refuses to look."""
        if self._history.missing:
            return digest(self._history.missing)
        place = self._places[locale]
        there = [f"{path} {one}" for path, one in self._listed.items() if path.startswith(place)]
        return digest("\n".join(there))

    @cached_property
    def _history(self) -> History:
        return find_history(self.workspace.root)

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """By locale the path of its catalog, or of the folder that has all of them, with `/`."""
        settings = self.workspace.config.settings
        patterns = {one: settings(one).paths.catalog.within(one) for one in self.locales}
        return {
            locale: f"{pattern.prefix(locale)}/".lstrip("/") if pattern.variables else pattern.text
            for locale, pattern in patterns.items()
        }

    @cached_property
    def _listed(self) -> Mapping[str, str]:
        places = {*self._places.values(), PRIVATE}
        return self._history.listed("HEAD", [one or "./" for one in places], modules=True)

    def believed(self) -> Workspace:
        """The project; nothing that its `.i18n/` says where git cannot be asked who made that."""
        hidden = self._history.is_hidden
        return replace(self.workspace, believes=False) if hidden else self.workspace

    def check_private(self) -> None:
        """Raise BadFile where git has files of `.i18n/`: whoever made them says what was found."""
        brought = sorted(one for one in self._listed if f"{one}/".startswith(f"{PRIVATE}/"))
        if brought:
            more = f" and {len(brought) - 1} more" if len(brought) > 1 else ""
            raise BadFile(
                "private-in-git",
                f"{brought[0]}{more}: `{PRIVATE}/` is a machine's own, and is in git here",
                mend=f"git rm -r --cached {PRIVATE}, and commit that",
            )


@dataclass(frozen=True)
class Look:
    """What a run for one locale depends on, found out as far as somebody asks."""

    order: Order
    workspace: Workspace
    locale: str
    head: Head

    @cached_property
    def seen(self) -> str:
        """`Looked.seen`, at a glance where no file was touched since a run has hashed them."""
        return self.seen_before or self.looked.seen

    @cached_property
    def seen_before(self) -> str:
        """`Looked.seen` where no file was touched since a run has hashed them; "" where any may."""
        try:
            kept = self.workspace.read_optional(_seen_in(self.locale)) if self._is_certain else None
            glance = self._glance[1] if kept else None
            files = opened(self._good_for(glance.stamp), kept) if glance else None
            if not files:
                return ""
            return _seen(self._about, self._receipts, self.head.of(self.locale), files.decode())
        except BadFile:
            return ""

    @cached_property
    def looked(self) -> Looked:
        """All that the run depends on; what no run needs to hash again is kept."""
        if not self._is_certain:
            return Looked()
        try:
            now, glance = self._glance
            hashes = self.workspace.hashes(self._paths, glance)
            looked = Looked(self._about, self._receipts, hashes, self.head.of(self.locale))
        except BadFile:
            return Looked()
        if self.order.keeps and looked.files and glance and glance.youngest < now:
            data = sealed(self._good_for(glance.stamp), looked.files.encode())
            _keep(self.workspace, _seen_in(self.locale), data)
        return looked

    @property
    def _paths(self) -> Sequence[str]:
        """The paths of all files that the run reads; none where one of them cannot be used.

        Which these are is worked out by name, unless files of the same names were there before.
        Raises BadFile.
        """
        glance, path = self._glance[1], _listed_in(self.locale)
        if glance is None:
            return _paths(self.workspace, self.locale)
        good_for = self._good_for(glance.listing)
        known = opened(good_for, self.workspace.read_optional(path))
        if known is not None:
            return known.decode("utf-8", "surrogateescape").split("\0")
        found = _paths(self.workspace, self.locale)
        again = self.workspace.glance(_places(self.workspace, self.locale))
        if self.order.keeps and found and again is not None and again.stamp == glance.stamp:
            data = "\0".join(found).encode("utf-8", "surrogateescape")
            _keep(self.workspace, path, sealed(good_for, data))
        return found

    def _good_for(self, stamp: str) -> str:
        """By what something kept is known: which files are terms, the configuration says."""
        return digest(json.dumps([__version__, self.workspace.configured, stamp]))

    @property
    def _is_certain(self) -> bool:
        """Whether what the run depends on is all that is looked at here."""
        options = self.order.options
        return not (options.refresh or self.order.does.adopts or options.detail is Detail.ALL)

    @cached_property
    def _glance(self) -> tuple[int, Glance | None]:
        """When it was taken, in the file system's time, and what it was."""
        now = self.workspace.now()
        return now, self.workspace.glance(_places(self.workspace, self.locale))

    @cached_property
    def _about(self) -> str:
        return _about(self.order, self.workspace, self.locale)

    @cached_property
    def _receipts(self) -> str:
        return receipts_of(self.workspace, self.locale)


def _keep(workspace: Workspace, path: str, data: bytes) -> None:
    """Keep what saves the next run time; nothing fails for want of it."""
    try:
        workspace.save([{path: data}])
    except CannotWrite:
        return


def _seen_in(locale: str) -> str:
    return f"{PRIVATE}/idle/seen-{locale}.txt"


def _listed_in(locale: str) -> str:
    return f"{PRIVATE}/idle/files-{locale}.txt"


def receipts_of(workspace: Workspace, locale: str) -> str:
    """Hash of which answers for a locale are kept. Raises BadFile."""
    return Receipts(workspace.root / PRIVATE).fingerprint(locale)


def _about(order: Order, workspace: Workspace, locale: str) -> str:
    options = order.options
    about = [
        __version__,
        _KEPT,
        SEGMENTER_VERSION,
        workspace.configured,
        locale,
        [options.slugs, options.provider, options.publish, options.max_chars, options.max_cost],
        [
            options.max_terms,
            options.accept_unreview,
            bool(options.plan),
            bool(order.around.environment.get("CI")),
        ],
        available(order.around.environment),
    ]
    return digest(json.dumps(about))


def _paths(workspace: Workspace, locale: str) -> Sequence[str]:
    """The paths of all files that a run reads; none where one of them cannot be used."""
    paths: list[str] = []
    for one in (workspace.config.source, locale):
        found = workspace.discover(one)
        if found.problems:
            return ()
        paths += [file.path for file in found.files]
    paths += _beside(workspace, locale)
    return sorted(set(paths))


def _beside(workspace: Workspace, locale: str) -> Iterator[str]:
    settings = workspace.config.settings(locale)
    yield from workspace.named(settings.memory.tmx)
    yield from workspace.find(settings.paths.catalog, locale)
    yield from _single(workspace, locale)


def _single(workspace: Workspace, locale: str) -> Iterator[str]:
    """The paths of which a locale has one."""
    paths = workspace.config.settings(locale).paths
    yield paths.lock.fill(locale=locale)
    yield paths.glossary.fill(locale=locale)
    yield paths.keep.fill(locale=locale)
    yield paths.rejected.fill(locale=locale)


def _places(workspace: Workspace, locale: str) -> Places:
    """Where everything is that `_paths` names."""
    config, settings = workspace.config, workspace.config.settings(locale)
    terms = ((config.settings(one).paths, one) for one in (config.source, locale))
    folders = {(paths.terms.prefix(one), paths.exclude) for paths, one in terms}
    catalog = settings.paths.catalog.within(locale)
    paths = {*_single(workspace, locale), *workspace.named(settings.memory.tmx)}
    if catalog.variables:
        folders.add((catalog.prefix(locale), ()))
    else:
        paths.add(catalog.text)
    return Places(frozenset(folders), frozenset(paths))
