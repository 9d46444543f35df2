"""A project on disk and the command line run on it, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import polib

from i18n_pipeline.cli import main
from tests.stubs.deepl import Stub

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

CONFIG = 'source = "en"\ntargets = ["ja", "de"]\n'

FINE_TUNING = """\
---
term: "Fine-Tuning"   # the name
slug: fine-tuning
lang: en
category: Methods
definition: "Further training of a model."
related: [lora, token]
date: 2026-02-10
keywords:
  - fine-tuning
  - training
---

## What is Fine-Tuning?

Fine-tuning takes a *trained* model and trains it
on `data`, as [the paper](https://example.org/paper) says.

It costs less than training.
"""

LORA = """\
---
term: LoRA
slug: lora
lang: en
category: Methods
definition: "A cheap way of fine-tuning."
related: [fine-tuning]
---

Only small layers are trained.

- cheap
- fast
"""

TOKENS = """\
---
term: Token
slug: token
lang: en
category: Basics
definition: "A piece of text."
related: []
---

A model reads tokens.
"""

TERMS = {
    "terms/en/fine-tuning.md": FINE_TUNING,
    "terms/en/lora.md": LORA,
    "terms/en/token.md": TOKENS,
}


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        """The report that was printed."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert found["exit"] == self.code
        return found

    def locale(self, number: int = 0) -> dict[str, dict[str, int]]:
        """A locale's part of the report."""
        locales = self.json["locales"]
        assert isinstance(locales, list)
        found = locales[number]
        assert isinstance(found, dict)
        return found

    def part(self, name: str, number: int = 0) -> object:
        """What a locale's part of the report says under a name."""
        return self.locale(number)[name]

    @property
    def errors(self) -> list[dict[str, object]]:
        """The errors of the report."""
        found = self.json["errors"]
        assert isinstance(found, list)
        return found

    @property
    def written(self) -> list[str]:
        """All paths written."""
        locales = self.json["locales"]
        assert isinstance(locales, list)
        return [path for locale in locales for path in locale["written"]]


@dataclass
class Site:
    """A project's folder. `environment` is what the commands see besides the process's own."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file, its folders too."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, path: str) -> str:
        """A file's text, line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def change(self, path: str, old: str, new: str) -> None:
        """Replace what stands once in a file."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old, text.count(old))
        self.write(path, text.replace(old, new))

    def run(self, *arguments: str) -> Ran:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            _environment(self.environment),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main(["-C", str(self.root), *arguments])
                code: object = 0
            except SystemExit as ended:
                code = ended.code
        assert isinstance(code, int)
        return Ran(code, out.getvalue(), err.getvalue())

    def report(self, *arguments: str) -> Ran:
        """Run a command in this process and ask for its report as JSON."""
        return self.run(*arguments, "--format", "json")

    def process(self, *arguments: str, **environment: str) -> Ran:
        """Run a command in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "i18n_pipeline", *arguments],
            cwd=self.root,
            env=self.surroundings(environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def surroundings(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a process of its own."""
        here = str(Path(__file__).parents[2])
        inherited = {name: text for name, text in os.environ.items() if not _is_ours(name)}
        return {**inherited, "PYTHONPATH": here, **self.environment, **(more or {})}

    def ask(self, stub: Stub) -> None:
        """Have the commands ask a stub of DeepL."""
        self.environment |= {"DEEPL_SERVER_URL": stub.url, "DEEPL_AUTH_KEY": stub.account.key}

    def ask_nobody(self) -> None:
        """Take the key away."""
        self.environment.clear()

    def po(self, path: str = "locales/ja/terms.po") -> polib.POFile:
        """A PO file as an editor sees it."""
        return polib.pofile(self.read(path), wrapwidth=0)

    def unit(self, context: str, source: str, path: str = "locales/ja/terms.po") -> polib.POEntry:
        """One active unit of a PO file, its source found by how it begins."""
        return next(
            entry
            for entry in self.po(path)
            if entry.msgctxt == context and entry.msgid.startswith(source) and not entry.obsolete
        )

    def review(
        self, corrections: Mapping[str, str] | None = None, path: str = "locales/ja/terms.po"
    ) -> None:
        """Approve all drafts as an editor does; `corrections` are new texts by source."""
        catalog = self.po(path)
        for entry in catalog:
            if entry.obsolete:
                continue
            entry.msgstr = (corrections or {}).get(entry.msgid, entry.msgstr)
            if entry.fuzzy and entry.msgstr:
                entry.flags.remove("fuzzy")
                entry.previous_msgid = None
        self.write(path, str(catalog))

    def translate(self, source: str, target: str, *, fuzzy: bool = False, lang: str = "ja") -> None:
        """Write a translation as an editor does, wherever its source stands."""
        path = f"locales/{lang}/terms.po"
        catalog = self.po(path)
        found = [entry for entry in catalog if entry.msgid == source and not entry.obsolete]
        assert found, source
        for entry in found:
            entry.msgstr = target
            entry.flags = ["fuzzy"] if fuzzy else []
        self.write(path, str(catalog))

    def tree(self) -> dict[str, tuple[bytes, int]]:
        """Bytes and time of every file outside `.i18n/`."""
        return {
            path.relative_to(self.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".i18n" not in path.parts
        }

    def contents(self) -> dict[str, bytes]:
        """Bytes of every file outside `.i18n/`."""
        return {path: data for path, (data, _) in self.tree().items()}


def _is_ours(name: str) -> bool:
    return name.startswith(("DEEPL_", "OPENAI_", "I18N_")) or name in ("CI", "NO_COLOR")


@contextlib.contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    """The process's environment without anything of ours but `more`, and its signals, put back."""
    before, terminated = dict(os.environ), signal.getsignal(signal.SIGTERM)
    for name in filter(_is_ours, before):
        del os.environ[name]
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        signal.signal(signal.SIGTERM, terminated)
