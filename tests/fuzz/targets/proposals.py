"""What `init` makes of any files: a configuration that reads, and says what the files show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from i18n_pipeline.config import read_config
from i18n_pipeline.errors import BadFile, UsageError
from i18n_pipeline.formats.percent import decode
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.patterns import path_problem
from i18n_pipeline.stages.propose import Layout, as_toml, bare, homes, layouts, propose
from tests.fuzz.given import BETWEEN, text_of

_MOST = 12


def _files(data: bytes) -> Mapping[str, bytes]:
    """Files by path: the first line of each part is where it lies, as far as a project may."""
    parts = (part.partition(b"\n") for part in data.split(BETWEEN)[:_MOST])
    named = ((decode(text_of(path)), text) for path, _, text in parts)
    return {path: text for path, text in named if path_problem(path) is None}


def _found(paths: tuple[str, ...]) -> Iterator[tuple[Layout, tuple[str, ...]]]:
    yield from ((layout, ()) for layout in layouts(paths))
    yield from ((layout, ("de", "zh-Hans")) for layout in layouts(paths, "ja"))
    yield from ((layout, ()) for layout in homes(paths, "en"))
    if alone := bare(paths, "en", ("de",)):
        yield alone, ("de",)


def proposed(data: bytes) -> None:
    """What is proposed is a configuration that reads, and says what was proposed."""
    files = _files(data)
    for layout, targets in _found(tuple(sorted(files))):
        _lies_there(layout, files)
        try:
            found = propose(layout, files, targets, bare=True)
        except UsageError:
            continue
        if found is None:
            continue
        config = read_config(as_toml(found))
        assert config.source == layout.source
        assert config.targets == found.targets
        for locale in found.targets:
            settings = config.settings(locale)
            assert settings.fields == found.fields, (settings.fields, found.fields)
            assert settings.paths.terms == layout.pattern
            assert settings.links.rewrite == found.rewriting.patterns
            assert settings.markdown.extensions == DEFAULT_EXTENSIONS | found.extensions.keys()


def _lies_there(layout: Layout, files: Mapping[str, bytes]) -> None:
    """Fails for a file of a layout that its pattern does not lead to."""
    for locale, by_slug in layout.files.items():
        for slug, path in by_slug.items():
            assert path in files
            own = layout.own if locale == layout.source and layout.own else layout.pattern
            values = {"slug": slug, "locale": locale}
            with suppress(BadFile):  # raised for a name that no system takes
                assert own.fill(**{name: values[name] for name in own.variables}) == path
