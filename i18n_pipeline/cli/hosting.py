"""Where a CI server shows the files of the project, as its environment says."""

from __future__ import annotations

from collections.abc import Mapping


def address_of_files(environment: Mapping[str, str]) -> str:
    """What the addresses of files begin with on GitHub or GitLab; "" anywhere else.

    Of a pull request the branch that it brings, else the branch that is being worked on
    (docs.github.com, "Variables"; docs.gitlab.com, "Predefined CI/CD variables").
    """

    def said(*names: str) -> str:
        return next((environment[name] for name in names if environment.get(name)), "")

    server, repository = said("GITHUB_SERVER_URL"), said("GITHUB_REPOSITORY")
    if server and repository:
        branch = said("GITHUB_HEAD_REF", "GITHUB_REF_NAME")
        return f"{server}/{repository}/blob/{branch}/" if branch else ""
    project, branch = said("CI_PROJECT_URL"), said("CI_COMMIT_REF_NAME")
    return f"{project}/-/blob/{branch}/" if project and branch else ""
