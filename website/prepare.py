"""Lays the documentation out for a site generator, in build/docs: pages that read on GitHub, too.

What differs between GitHub and a generator is settled here, in plain Markdown, so that the
generator can be another one tomorrow: how files are named, where links lead, what anchors are
called, and what stands behind a fence. Run by `make docs`: `python -m website.prepare`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from website.markdown import anchors_of, outside_code, parts

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build"

OF_THE_PROJECT = {
    "CHANGELOG.md": "project/changelog.md",
    "CODE_OF_CONDUCT.md": "project/code-of-conduct.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "LICENSE": "project/licence.md",
    "SECURITY.md": "project/security.md",
}
"""Pages that stand where every repository has them, and where the site has them."""

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<address>[^)\s]+)\)")
_HEADING = re.compile(r"^(#+) (.+)$")
_FENCE = re.compile(r"^( *)```(\w+) (?:in )?(\S+)$")


class BrokenLink(Exception):
    """A link that leads to no file of the repository."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each file of the repository stands on the site, and where all others can be read.

    `pages` are paths by path, both with `/`, `titles` their titles by path; `repository` is the
    address of a folder of code, "" where none is known: then links to code become its name.
    """

    pages: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    repository: str = ""


def pages_of(root: Path) -> dict[str, str]:
    """The files that the site is made of, and what each is called there."""
    found = {name: place for name, place in OF_THE_PROJECT.items() if (root / name).exists()}
    for path in sorted((root / "docs").rglob("*")):
        if path.is_file():
            name = path.relative_to(root / "docs").as_posix()
            found[f"docs/{name}"] = re.sub(r"(^|/)README\.md$", r"\1index.md", name)
    return found


def titles_of(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The first heading of each page among these files."""
    texts = {name: (root / name).read_text("utf-8") for name in names if name.endswith(".md")}
    found = {name: re.match(r"# (.+)\n", text) for name, text in texts.items()}
    return {name: title[1] for name, title in found.items() if title}


def page(path: str, text: str, places: Places) -> str:
    """A page as the generator gets it. Raises BrokenLink for a link that leads nowhere."""
    if not path.endswith(".md"):
        return f"# Licence\n\n```text\n{text.rstrip()}\n```\n"
    lines = "".join(
        _fence(part) if is_code else outside_code(lambda prose: _links(path, prose, places), part)
        for is_code, part in parts(text)
    )
    named = _named(lines, iter(anchors_of(text)))
    # The first page needs neither a list of pages beside it nor one of its own headings.
    return f"---\nhide: [navigation, toc]\n---\n\n{named}" if path == "docs/README.md" else named


def _fence(code: str) -> str:
    """A block of code, with the name of its file as a title."""
    first, rest = code.split("\n", 1)
    found = _FENCE.match(first)
    if not found:
        return code.replace("```md becomes", '```md title="becomes"', 1)
    indent, language, title = found.groups()
    # A locale stands behind the examples of checks, whose tests need it and whose readers see it.
    shown = f' title="{title}"' if re.search(r"[./]", title) or title == "becomes" else ""
    return f"{indent}```{language}{shown}\n{rest}"


def _named(text: str, anchors: Iterator[str]) -> str:
    """The page with the anchors that GitHub gives, said at each heading."""

    def name(prose: str) -> str:
        lines = prose.split("\n")
        return "\n".join(
            f"{line} {{#{next(anchors)}}}" if _HEADING.match(line) else line for line in lines
        )

    return "".join(part if is_code else name(part) for is_code, part in parts(text))


def _links(path: str, prose: str, places: Places) -> str:
    return _LINK.sub(lambda found: _link(path, found, places), prose)


def _link(path: str, found: re.Match[str], places: Places) -> str:
    text = found["text"]
    address, _, anchor = found["address"].partition("#")
    if not address or re.match(r"[a-z]+:", address):
        return found[0]
    target = normpath((PurePosixPath(path).parent / address).as_posix())
    if not (ROOT / target).exists():
        raise BrokenLink(f"{path}: {found['address']} leads to no file")
    place = places.pages.get(target) or places.pages.get(f"{target}/README.md")
    place = "index.md" if target == "README.md" else place
    if place is not None:
        here = PurePosixPath(places.pages[path]).parent.as_posix()
        # What is called by its file in a repository is called by its title on a site.
        text = places.titles.get(target, text) if text == found["address"] else text
        address = relpath(place, here)
    elif places.repository:
        address = f"{places.repository}/{target}"
    else:
        return text
    return f"{found['image']}[{text}]({address}{anchor and '#' + anchor})"


def navigation(config: str, pages: Mapping[str, str]) -> str:
    """The generator's configuration, with every decision under the list of them."""
    numbered = sorted(name for name in pages.values() if re.match(r"decisions/\d+", name))
    below = "".join(f"      - {name}\n" for name in numbered if "/000-" not in name)
    return config.replace("- decisions/index.md\n", f"- decisions/index.md\n{below}")


def prepare(root: Path, out: Path, repository: str = "") -> None:
    """Write pages, pictures and configuration into a folder, which is emptied first."""
    pages = pages_of(root)
    places = Places(pages, titles_of(root, pages), repository.rstrip("/"))
    shutil.rmtree(out / "docs", ignore_errors=True)
    for source, place in places.pages.items():
        target = out / "docs" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.endswith(".md") or source == "LICENSE":
            text = (root / source).read_text(encoding="utf-8")
            target.write_text(page(source, text, places), encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(root / source, target)
    shutil.copyfile(root / "website/site.css", out / "docs/site.css")
    config = (root / "website/mkdocs.yml").read_text(encoding="utf-8")
    (out / "mkdocs.yml").write_text(navigation(config, places.pages), encoding="utf-8")


if __name__ == "__main__":
    try:
        prepare(ROOT, OUT, os.environ.get("DOCS_REPOSITORY", ""))
    except BrokenLink as broken:
        sys.exit(str(broken))
