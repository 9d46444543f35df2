"""What hashes files have at git's HEAD, without having git hand out their bytes in each run.

Git names bytes by a hash of its own. Which of ours belongs to it is kept in `.i18n/` once the bytes
were read; it never changes, and may be lost at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.workspace import PRIVATE, Workspace

_SCHEMA = "i18n-heads/1"


def hashes_at_head(
    project: Project, locale: str, paths: Iterable[str], *, keeps: bool
) -> Mapping[str, str]:
    """`digest()` of files of a locale as HEAD has them, by path; without those that it has not.

    `keeps`: what git had to hand out is remembered for the next run.
    """
    ids = project.history.ids("HEAD", paths)
    known = _known(project.workspace, locale)
    new = {*ids.values()} - known.keys()
    if new:
        read = project.history.blobs(sorted(new))
        known = {**known, **{one: digest(data) for one, data in read.items()}}
        if keeps:
            used = {one: known[one] for one in ids.values() if one in known}
            _keep(project.workspace, locale, used)
    return {path: known[one] for path, one in ids.items() if one in known}


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
