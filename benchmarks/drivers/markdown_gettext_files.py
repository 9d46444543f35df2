"""markdown-gettext on a folder: `extract SOURCES TEMPLATES`, `build SOURCES LOCALES BUILT`."""

import os
import sys
from pathlib import Path

# Only its own environment has them.
from markdown_gettext.domain_extraction import DomainExtraction  # type: ignore[import-not-found]
from markdown_gettext.domain_generation import (  # type: ignore[import-not-found]
    DomainGeneration,
    gettext_func,
)
from markdown_it import MarkdownIt
from mdit_py_i18n.renderer_i18n import RendererMarkdownI18N  # type: ignore[import-not-found]
from mdit_py_i18n.renderer_l10n import RendererMarkdownL10N  # type: ignore[import-not-found]
from mdit_py_plugins.deflist import deflist_plugin  # type: ignore[import-not-found]
from mdit_py_plugins.front_matter import front_matter_plugin  # type: ignore[import-not-found]

DOMAIN = "all"


def parser(renderer: type) -> MarkdownIt:
    """Markdown as its own command line reads it."""
    made = MarkdownIt(renderer_cls=renderer).use(front_matter_plugin)
    return made.enable("table").use(deflist_plugin)


def extract(sources: Path, templates: Path) -> None:
    """Write a template for each file."""
    templates.mkdir(exist_ok=True)
    markdown = parser(RendererMarkdownI18N)
    for file in sorted(sources.iterdir()):
        found = DomainExtraction()
        markdown.render(file.read_text("utf-8"), {"path": file.name, "domain_extraction": found})
        found.make_pot(file.name, "", "", str(templates / f"{file.stem}.pot"))


def build(sources: Path, locales: Path, built: Path) -> None:
    """Write a translation of each file, from one compiled catalog for all."""
    os.environ["LANGUAGE"] = "de"
    os.chdir(locales.parent)  # it looks for `locale` where it is started
    domain = DomainGeneration(gettext_func(DOMAIN))
    markdown = parser(RendererMarkdownL10N)
    built.mkdir(exist_ok=True)
    for file in sorted(sources.iterdir()):
        front, body = markdown.render(file.read_text("utf-8"), {"domain_generation": domain})
        (built / file.name).write_text(front.localized + body.localized, "utf-8")


if __name__ == "__main__":
    doing, *folders = sys.argv[1], *(Path(word).resolve() for word in sys.argv[2:])
    if doing == "extract":
        extract(*folders)
    else:
        build(*folders)
