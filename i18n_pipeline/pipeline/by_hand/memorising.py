"""What people reviewed, into a translation memory at DeepL, where later requests may use it.

Only plain words go there: what DeepL is sent of a text with markup are numbered tags, which no
segment of a memory matches. Nothing of the project is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category
from xml.sax.saxutils import unescape

from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Kind, Segment, State
from i18n_pipeline.pipeline.by_hand.pushing import Push, Source, connected, read_source
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Surroundings
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.placeholders import protect, tokens_of
from i18n_pipeline.providers.deepl.capabilities import Feature, has
from i18n_pipeline.providers.deepl.languages import source_code, target_code
from i18n_pipeline.providers.deepl.store import Store, Stored
from i18n_pipeline.reports.pushed import Asset, Changes, LeftOut, Part, Pushed
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import Workspace

_MARKUP = "holds markup, code or a name that is kept: DeepL is sent numbered tags instead"
_NOT_IN_XML = ("Cc", "Cs")
_SEVERAL = "was reviewed in several wordings"


def push_memory(workspace: Workspace, push: Push, around: Surroundings | None = None) -> Pushed:
    """Have the reviewed texts at DeepL. Raises I18nError for what stops it all."""
    source = read_source(workspace, push)
    deepl = connected(source, around or Surroundings())
    report = Pushed("memory push", "memories", dry=push.dry_run)
    if source.problems:
        return replace(report, errors=source.problems, codes=(65,))
    try:
        served = tuple(locale for locale in source.asked if _has_memories(source, locale))
        notes = tuple(_notes(source, served))
        if not served:
            return replace(report, notes=notes)
        asset = _asset(source, served, deepl.store(source.source), dry=push.dry_run)
        return replace(report, assets=(asset,), notes=notes)
    finally:
        deepl.close()


def _asset(source: Source, locales: tuple[str, ...], store: Store, *, dry: bool) -> Asset:
    stored = store.look()
    found = {one: reviewed(source.project, source.files[one]) for one in locales}
    codes = {locale: target_code(locale) or "" for locale in locales}
    pairs = {key: text for key, text in stored.pairs.items() if key[1] not in codes.values()}
    for locale, texts in found.items():
        pairs |= {(text, codes[locale]): target for text, target in texts.kept.items()}
    parts = tuple(_part(locale, codes[locale], found[locale], stored) for locale in locales)
    if pairs == stored.pairs or not pairs:
        deleted = stored.older if dry else store.delete(stored.older)
        return Asset(store.name, "found" if stored.id else "nothing", stored.id, parts, deleted)
    done = "replaced" if stored.id else "created"
    if dry:
        return Asset(store.name, done, stored.id, parts)
    made = store.put(pairs, stored)
    store.delete(filter(None, (stored.id, *stored.older)))
    return Asset(store.name, done, made, parts)


def _part(locale: str, code: str, texts: Reviewed, stored: Stored) -> Part:
    there = {text: target for (text, language), target in stored.pairs.items() if language == code}
    both = texts.kept.keys() & there.keys()
    changes = Changes(
        len(texts.kept) - len(both),
        sum(texts.kept[text] != there[text] for text in both),
        len(there) - len(both),
    )
    return Part(locale, tuple(sorted(texts.kept.items())), tuple(texts.left_out), changes)


def _has_memories(source: Source, locale: str) -> bool:
    codes = source_code(source.source) or "", target_code(locale) or ""
    return has(Feature.MEMORY, *codes)


def _notes(source: Source, served: tuple[str, ...]) -> Iterator[str]:
    for locale in source.asked:
        if locale not in served:
            yield f"{locale}: DeepL has no translation memories for it"


@dataclass
class Reviewed:
    """Plain texts of one locale with their reviewed targets, and what was left out."""

    kept: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


def reviewed(project: Project, files: LocaleFiles) -> Reviewed:
    """What people reviewed of the terms as they are now, each text once.

    Drafts, texts whose source has changed, obsolete units and lists that are written anew are
    not among it; nor is a text of which people say different things.
    """
    found = Reviewed()
    said: dict[str, dict[str, str]] = {}
    for text, target, plain in _texts(project, files):
        if plain is None:
            found.left_out.append(LeftOut(text, target, _MARKUP))
        else:
            said.setdefault(plain[0], {})[plain[1]] = target
    for text, targets in said.items():
        if len(targets) == 1:
            found.kept[text] = next(iter(targets))
        else:
            found.left_out += (LeftOut(text, target, _SEVERAL) for target in targets.values())
    found.left_out = list(dict.fromkeys(found.left_out))
    return found


def _texts(
    project: Project, files: LocaleFiles
) -> Iterator[tuple[str, str, tuple[str, str] | None]]:
    """Reviewed sources and targets, and both as plain words where they are that."""
    glossary, extensions = glossary_at_start(project, files), files.settings.markdown.extensions
    for term in project.terms:
        for segment in term.file.segments:
            unit = files.catalog.unit_for(term.slug, segment)
            if unit is None or unit.state is not State.REVIEWED or segment.kind is Kind.LIST:
                continue
            source = _plain(segment, unit.source, glossary, extensions)
            target = _plain(segment, unit.target, Glossary(), extensions)
            both = (source, target) if source is not None and target is not None else None
            yield unit.source, unit.target, both


def _plain(
    segment: Segment, text: str, glossary: Glossary, extensions: frozenset[str]
) -> str | None:
    """The words of a text as DeepL gets to see them; None where it gets to see tags."""
    tokens = tokens_of(segment, text, extensions)
    protected = protect(text, tokens, glossary.kept_spans(text, tokens))
    words = unescape(protected.text)
    unfit = any(category(c) in _NOT_IN_XML or c in "\ufffe\uffff" for c in words)
    return None if protected.placeholders or unfit or not words else words
