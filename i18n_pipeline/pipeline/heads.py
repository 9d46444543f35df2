"""Which files are not as git's HEAD has them, without having git hand out all of them in each run.

Git names bytes by a hash of its own. Which of ours belongs to it is kept in `.i18n/` once the bytes
were read; it never changes, and may be lost at any time.
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.workspace import PRIVATE, Workspace

_SCHEMA = "i18n-heads/1"


def moved_since_head(
    project: Project, locale: str, now: Mapping[str, str], *, keeps: bool
) -> Mapping[str, bytes]:
    """Files of a locale as HEAD has them, by path, of those that have another hash `now`.

    Those that HEAD has not are left out. `keeps`: what git had to hand out is remembered for the
    next run.
    """
    history, workspace = project.history, project.workspace
    ids = history.ids("HEAD", now)
    known = _known(workspace, locale)
    read = dict(history.blobs({*ids.values()} - known.keys()))
    if read:
        known |= {one: digest(data) for one, data in read.items()}
        if keeps:
            _keep(workspace, locale, {one: known[one] for one in ids.values() if one in known})
    moved = {path: one for path, one in ids.items() if known.get(one) != now[path]}
    read |= history.blobs({*moved.values()} - read.keys())
    return {path: read[one] for path, one in moved.items() if one in read}


def _known(workspace: Workspace, locale: str) -> dict[str, str]:
    """Our hashes by git's."""
    try:
        body = opened(_SCHEMA, workspace.read_optional(_path(locale))) or b""
    except BadFile:
        return {}
    words = body.decode("utf-8", "replace").split()
    return dict(zip(words[::2], words[1::2], strict=False))


def _keep(workspace: Workspace, locale: str, known: Mapping[str, str]) -> None:
    lines = "\n".join(f"{one} {hashed}" for one, hashed in sorted(known.items()))
    try:
        workspace.save([{_path(locale): sealed(_SCHEMA, lines.encode())}])
    except CannotWrite:
        return


def _path(locale: str) -> str:
    return f"{PRIVATE}/idle/heads-{locale}.txt"
