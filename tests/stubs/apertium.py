"""A stand-in for the program `apertium`, written to a folder by a test, that does as it is told.

It turns every word into `es:word`, keeps what is in brackets, and fails in the ways Apertium can.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PROGRAM = r"""
import os, re, sys, time

does = {does!r}
if does == "cannot":
    sys.stderr.write("\n\x1b[31mError: Install an UTF-8 locale in your system\x1b[0m\nmore\n")
    sys.exit(1)
if "-l" in sys.argv:
    print({modes!r})
    sys.exit(0)
assert sys.argv[1:4] == ["-f", "none", "-u"], sys.argv
stream = sys.stdin.buffer.read().decode()
if does == "crash":
    os.kill(os.getpid(), 9)
if does == "hang":
    sys.stdout.write(stream)
    sys.stdout.flush()
    time.sleep(60)
if does == "bytes":
    sys.stdout.buffer.write(b"\xff\xfe")
    sys.exit(0)
if does == "nothing":
    sys.exit(0)
pieces = re.split(r"(\[\[[^]]*\]\]|\[[^]]*\]|qx[b-m]+q)", stream)
out = [p if n % 2 else re.sub(r"\w+", {word!r}, p) for n, p in enumerate(pieces)]
text = "".join(out)
if does.startswith("lose "):
    marks = re.findall(r"\[qx[b-m]+q\](?=\n)", text)
    text = text.replace(marks[int(does[5:])], "", 1)
sys.stdout.buffer.write(text.encode())
"""

MODES = "  eng-cat\n  eng-cat_valencia\n  eng-spa\n  eng-spa-tagger\n  spa-eng\n  spa-eng_US"


def install(folder: Path, does: str = "", word: str = r"es:\g<0>", modes: str = MODES) -> Path:
    """Write the program into a folder, and give back its path."""
    path = folder / "apertium"
    path.write_text(f"#!{sys.executable} -IS\n{_filled(does, word, modes)}", encoding="utf-8")
    path.chmod(0o755)
    return path


def _filled(does: str, word: str, modes: str) -> str:
    filled = _PROGRAM
    for name, value in (("does", does), ("word", word), ("modes", modes)):
        filled = filled.replace(f"{{{name}!r}}", repr(value))
    return filled
