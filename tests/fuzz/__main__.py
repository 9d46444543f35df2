"""Coverage-guided fuzzing: `python -m tests.fuzz [--seconds 60] [TARGET …]`, else all, one by one.

Needs what `requirements-fuzz.txt` names. What was learned stays in `build/fuzz/`, and what broke a
promise as well; once mended, that file belongs into `tests/fuzz/findings/TARGET/`, where every run
of the tests tries it again. Ends with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

BUILD = Path("build") / "fuzz"
_DONE = re.compile(r"number_of_executed_units: (\d+)")
_FAILED = re.compile(r"^ *=== Uncaught Python exception: ===\n(.*)$", re.MULTILINE)
_SLOWEST = 20
"""Seconds that one input may take."""


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["i18n_pipeline"]):
        from tests.fuzz.table import TARGETS

    target, corpus = TARGETS[name], BUILD / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = BUILD / f"{name}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), encoding="ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-dict={words}",
        f"-max_len={target.longest}",
        f"-timeout={_SLOWEST}",
        f"-artifact_prefix={BUILD / name}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.check)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


def several(names: Sequence[str], seconds: int) -> int:
    """Fuzz targets one after the other, each in a process of its own; 1 where one failed."""
    failed = False
    for name in names:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.fuzz", "--alone", "--seconds", str(seconds), name],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        runs, fault = _DONE.search(ended.stderr), _FAILED.search(ended.stdout)
        said = fault[1] if fault else "" if not ended.returncode else ended.stderr[-500:]
        print(f"{name:15} {runs[1] if runs else '-':>9} {said}", flush=True)  # noqa: T201 - its report
        failed = failed or ended.returncode != 0
    return int(failed)


def main() -> int:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--alone", action="store_true", help="one target, in this process")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="see tests/fuzz/table.py")
    asked = parser.parse_args()
    if asked.alone:  # before anything of ours is imported: it is to be counted
        fuzz(asked.targets[0], asked.seconds)
    from tests.fuzz.table import TARGETS

    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    return several(asked.targets or list(TARGETS), asked.seconds)


if __name__ == "__main__":
    sys.exit(main())
