"""By hand: git is told to merge a project's files by unit, in `.gitattributes` and in the clone."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.git_attributes import NAME, with_attributes
from i18n_pipeline.history.installing import install_driver
from i18n_pipeline.reports.prepared import Prepared
from i18n_pipeline.workspace import Workspace
from i18n_pipeline.workspace.places import read_file
from i18n_pipeline.workspace.saving import apply, changes_of


def prepare_git(workspace: Workspace, *, dry_run: bool = False) -> Prepared:
    """Write what is missing of it; once more changes nothing.

    Raises UsageError outside of git, CannotWrite for what cannot be written.
    """
    root = workspace.root
    try:
        before = (read_file(root, NAME) or b"").decode("utf-8", "surrogateescape")
        after = with_attributes(before, workspace.config)
        changes = changes_of(root, {NAME: after.encode("utf-8", "surrogateescape")})
    except BadFile as failure:
        raise CannotWrite(f"{NAME} cannot be written: {failure.problem.message}") from failure
    if dry_run:
        return Prepared(attributes=bool(changes), dry=True)
    driver = install_driver(root)
    apply(root, changes)
    return Prepared(attributes=bool(changes), driver=driver)
