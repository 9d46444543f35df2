"""The least that can be done with files: `python bare.py scan FOLDER…`, `read|parse|write FOLDER`.

Imports nothing that it does not need, so that the start is no part of the floor.
"""

import os
import sys


def scan(*folders: str) -> None:
    """Find all files and ask for their status."""
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                entry.stat()


def read(folder: str) -> dict[str, bytes]:
    """Read all bytes."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - no detour
                found[entry.name] = file.read()
    return found


def parse(folder: str) -> None:
    """Read all files: front matter by libyaml's events, body by pyromark's with their ranges."""
    import pyromark
    import yaml

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    for data in read(folder).values():
        _, front, body = data.decode().split("---\n", 2)
        for _event in yaml.parse(front, yaml.CSafeLoader):
            pass
        for _item in pyromark.events_with_range(body, options=options):
            pass


def write(folder: str) -> None:
    """Write all bytes beside a copy, sync each file, rename them over it, sync the folder."""
    copy = folder + "-written"
    os.makedirs(copy, exist_ok=True)  # noqa: PTH103 - no detour
    found = read(folder)
    for name, data in found.items():
        with open(f"{copy}/.{name}.new", "wb") as file:  # noqa: PTH123 - no detour
            file.write(data)
    for name in found:
        _sync(f"{copy}/.{name}.new")
    for name in found:
        os.replace(f"{copy}/.{name}.new", f"{copy}/{name}")  # noqa: PTH105 - no detour
    _sync(copy)


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    if task == "scan":
        scan(*folders)
    else:
        {"read": read, "parse": parse, "write": write}[task](folders[0])
