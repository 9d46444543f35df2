"""The other files of a project: locks, rejections, plans, decisions, receipts, configuration."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from i18n_pipeline.config import read_config
from i18n_pipeline.config.editing import names_memory, with_memory, without_memory
from i18n_pipeline.errors import BadConfig, BadFile
from i18n_pipeline.formats import earlier
from i18n_pipeline.formats.decisions import read_decisions, write_decisions
from i18n_pipeline.formats.lock import entries_of, read_entries, read_lock, write_lock
from i18n_pipeline.formats.markers import torn_apart, unresolved
from i18n_pipeline.formats.plan import read_plan, write_plan
from i18n_pipeline.formats.rejected import read_rejected, write_rejected
from i18n_pipeline.locales import canonical, check_tag, gettext_code
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Lock
from i18n_pipeline.patterns import Pattern, glob_matches, glob_problem
from i18n_pipeline.stages.merging import mend_lock, merge_locks
from i18n_pipeline.toml_places import Keys, places
from tests.fuzz.given import has_place, parts, text_of


def lock(data: bytes) -> None:
    """A lock that is read is written, and read again it is the same, to the byte from then on."""
    entries_of(("term", "fine-tuning"), (data,))
    try:
        read_entries(data)
        found = read_lock(data)
    except BadFile as refused:
        has_place(refused)
        return
    written = write_lock(found)
    assert read_lock(written) == found
    assert write_lock(read_lock(written)) == written


def lock_merge(data: bytes) -> None:
    """Three locks become one that can be read; a torn one is mended, or refused."""
    try:
        if mended := mend_lock(data, {"term": "0" * 16}):
            read_lock(mended.data)
    except BadFile:
        pass
    try:
        base, ours, theirs = (read_lock(p) if p else Lock() for p in parts(data, 3))
    except BadFile:
        return
    merged = merge_locks(base, ours, theirs)
    assert read_lock(write_lock(merged)) == merged
    assert merge_locks(ours, ours, theirs) == theirs
    assert merge_locks(theirs, ours, theirs) == ours


def markers(data: bytes) -> None:
    """A text with conflict markers is taken apart, or refused."""
    text = text_of(data)
    try:
        found = torn_apart(text)
    except BadFile:
        assert unresolved(text)
        return
    assert (found is None) == (unresolved(text) is None)
    if found:
        lines = text.split("\n")
        for side in (found.ours, found.theirs, *([found.base] if found.base else [])):
            assert side.text.split("\n")[: len(side.lines)] == [lines[n - 1] for n in side.lines]


def rejections(data: bytes) -> None:
    """Rejected texts that are read are written, and read again they are the same."""
    try:
        found = read_rejected(data)
    except BadFile as refused:
        has_place(refused)
        return
    written = write_rejected(found)
    assert write_rejected(read_rejected(written)) == written
    assert [one.pair for one in read_rejected(written).entries] == [o.pair for o in found.entries]


def plan(data: bytes) -> None:
    """A plan that is read is written, and read again it is the same."""
    earlier.is_plan(data)
    try:
        found = read_plan(data)
    except BadFile:
        return
    written = write_plan(found)
    assert write_plan(read_plan(written)) == written


def decisions(data: bytes) -> None:
    """Decisions that are read are written, and read again they are the same."""
    earlier.is_review(data), earlier.is_summary(data), earlier.is_badge(data)
    try:
        found = read_decisions(data)
    except BadFile:
        return
    assert read_decisions(write_decisions(found)) == found


@lru_cache(maxsize=1)
def _private() -> Path:
    """A folder for receipts, made once: to make one for each input costs most of the time."""
    made = tempfile.mkdtemp(prefix="i18n-fuzz-")
    atexit.register(shutil.rmtree, made)
    folder = Path(made) / ".i18n"
    (folder / "receipts" / "de" / "intents").mkdir(parents=True)
    return folder


def receipts(data: bytes) -> None:
    """Receipts and intents that are damaged are complained of, and never more."""
    kept, intent = parts(data, 2)
    folder = _private()
    (folder / "receipts" / "de" / "a.jsonl").write_bytes(kept)
    (folder / "receipts" / "de" / "intents" / "b.json").write_bytes(intent)
    found = Receipts(folder)
    for one in found.all("de"):
        assert found.find("de", one.key)
        found.history("de", one.key), found.answers("de", one.text)
    found.possibly_billed("de"), found.fingerprint("de"), found.problems


def configuration(data: bytes) -> None:
    """A configuration is read, or refused with all that is wrong, each with its line."""
    text = text_of(data)
    try:
        places(text)
        found = read_config(text)
    except BadConfig as refused:
        told = [problem.message for problem in refused.problems]
    else:
        told = [found.settings(locale).mt for locale in found.all_locales]
    assert told
    assert all(told)


def config_edit(data: bytes) -> None:
    """A memory is named in a configuration and taken out again, and nothing else changes."""
    text = text_of(data)
    try:
        before = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    try:
        added = with_memory(text, (), "memory/old.tmx")
        assert names_memory(added, (), "memory/old.tmx")
        less = without_memory(added, (), "memory/old.tmx")
    except BadFile:
        return
    assert not names_memory(less, (), "memory/old.tmx")
    rest = {key: value for key, value in tomllib.loads(less).items() if key != "memory"}
    assert rest == {key: value for key, value in before.items() if key != "memory"}


def names(data: bytes) -> None:
    """Tags, patterns and globs of any text: an answer, or what is wrong with it."""
    one, path = map(text_of, parts(data, 2))
    if check_tag(one) is None:
        assert check_tag(canonical(one)) is None
        assert canonical(canonical(one)) == canonical(one)
        gettext_code(one)
    pattern = Pattern(one)
    found = None if tuple(pattern.problems()) else pattern.match(path)
    with suppress(BadFile):  # raised for a name that no system takes
        assert not found or pattern.fill(**found) == path, (one, path, found)
    if glob_problem(one) is None:
        glob_matches(one, path)


def toml_keys(data: bytes) -> None:
    """Every key, table and item of a text that TOML's own reader takes stands where it is said."""
    text = text_of(data)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    lines, found = text.split("\n"), places(text)
    for keys in _keys(document, ()):
        line, column = found[keys]
        there = lines[line - 1][column - 1 :]
        assert there, (keys, line, column)
        name = keys[-1]
        if isinstance(name, str):
            assert there.startswith((name, '"', "'")), (keys, there)
        else:
            assert there[0] not in " \t,]", (keys, there)


def _keys(value: object, above: Keys) -> Iterator[Keys]:
    """The keys of a document, those in arrays of tables left out: tables have no items."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*above, name)
            yield from _keys(inner, (*above, name))
    elif isinstance(value, list) and not any(isinstance(one, dict) for one in value):
        for at, inner in enumerate(value):
            yield (*above, at)
            yield from _keys(inner, (*above, at))
