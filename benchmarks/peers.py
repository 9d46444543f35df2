"""What a user would take instead, each in its best mode: one process for all files where it can.

Every peer works in a folder of its own with the same sources in `src/`. Where there is something
to build, each text's translation is the text itself, but for one letter.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import run

from benchmarks import install
from benchmarks.aside import put_aside
from benchmarks.corpus import RULES
from benchmarks.edits import edit, paragraphs
from benchmarks.measure import Command, Contender, Job, Scenario
from i18n_pipeline.formats.term_file import read_term
from i18n_pipeline.model import Segment

_DRIVERS = Path(__file__).with_name("drivers")
_LOCALE = "de"
_TURNS_OF_MANY = 100
_MOST_TERMS_FOR_FUZZY = 3000


def peers(sources: Path, folder: Path) -> Iterator[Contender]:
    """The peers that are installed, each with its folder made anew."""
    makers: dict[str, tuple[Callable[[Path], Contender], set[str]]] = {
        "po4a": (_po4a, {"po4a", "msgmerge"}),
        "mdpo": (_mdpo, {"mdpo"}),
        "translate-toolkit": (_translate_toolkit, {"translate-toolkit"}),
        "markdown-gettext": (_markdown_gettext, {"markdown-gettext", "msgmerge"}),
        "msgmerge": (_msgmerge, {"msgmerge"}),
    }
    if len(list(sources.iterdir())) <= _MOST_TERMS_FOR_FUZZY:
        makers["msgmerge-fuzzy"] = (_msgmerge_fuzzy, {"msgmerge"})
    absent = set(install.missing())
    for name, (maker, needs) in makers.items():
        if not needs & absent:
            own = folder / name
            shutil.copytree(sources, own / "src")
            yield maker(own)


class _Steps:
    """What is done to a peer's folder between the runs."""

    def __init__(self, folder: Path, update: tuple[Command, ...]) -> None:
        self._folder, self._update = folder, update
        self._places = paragraphs(list((folder / "src").iterdir()))

    def fresh(self, _round: int) -> None:
        """Sources alone."""
        folders = ("pot", "po", "built", "locale")
        put_aside(self._folder, *folders)
        for name in folders:
            (self._folder / name).mkdir()

    def filled(self, number: int) -> None:
        """Catalogs complete, nothing built."""
        if not number:
            for catalog in (self._folder / "po").iterdir():
                fill(catalog)
        put_aside(self._folder, "built")
        (self._folder / "built").mkdir()

    def settled(self, number: int) -> None:
        """Everything up to date."""
        for command in () if number else self._update:
            command.measured()

    def edits(self, number: int) -> None:
        """One paragraph in a hundred edited."""
        edit(self._places, len(self._places) // 100, _TURNS_OF_MANY + number)


def fill(catalog: Path) -> None:
    """Give every unit its source as translation, a letter longer."""
    import polib

    units = polib.pofile(catalog.read_text("utf-8"), wrapwidth=0)
    for unit in units:
        unit.msgstr = unit.msgid.replace("a", "ä", 1)
    units.save(str(catalog))


def _contender(
    name: str,
    version: str,
    folder: Path,
    parts: tuple[tuple[Command, ...], tuple[Command, ...], tuple[Command, ...]],
    note: str,
) -> Contender:
    """A peer with its commands for extracting, for rebuilding, and for bringing up to date."""
    extract, rebuild, update = parts
    steps = _Steps(folder, update)
    jobs = {
        Scenario.EXTRACT: Job(extract, steps.fresh),
        Scenario.REBUILD: Job(rebuild, steps.filled),
        Scenario.IDLE: Job(update, steps.settled),
        Scenario.EDITED: Job(update, steps.edits),
    }
    return Contender(name, version, jobs, note)


def _po4a(folder: Path) -> Contender:
    """One catalog for all files: with one for each it starts a process for each as well."""
    options = "--master-charset UTF-8 --localized-charset UTF-8 --keep 0 --porefs file"
    lines = [f"[po4a_langs] {_LOCALE}", "[po4a_paths] pot/all.pot $lang:po/$lang.po"]
    lines += [f'[options] opt:"{options} --msgmerge-opt --no-fuzzy-matching"']
    lines += [
        f'[type: text] src/{file.name} $lang:built/{file.name} opt:"-o markdown -o neverwrap'
        ' -o yfm_keys=term,definition"'
        for file in sorted((folder / "src").iterdir())
    ]
    (folder / "po4a.cfg").write_text("\n".join(lines) + "\n", "utf-8")

    def command(*words: str) -> tuple[Command, ...]:
        return (Command(("po4a", "--quiet", *words, "po4a.cfg"), folder),)

    version = _said(["po4a", "--version"]).split()[2].rstrip(".")
    parts = command("--no-translations"), command("--no-update"), command()
    return _contender(
        "po4a", version, folder, parts, "one catalog; msgmerge without fuzzy matching"
    )


def _mdpo(folder: Path) -> Contender:
    driver = str(_DRIVERS / "mdpo_files.py")

    def command(doing: str, *folders: str) -> tuple[Command, ...]:
        words = (str(install.MDPO.python), driver, doing, *folders)
        return (Command(words, folder),)

    parts = (
        command("extract", "src", "po"),
        command("build", "src", "po", "built"),
        command("update", "src", "po", "built"),
    )
    note = "a catalog a file; breaks front matter; its functions called in one process"
    return _contender("mdpo", install.MDPO.version, folder, parts, note)


def _translate_toolkit(folder: Path) -> Contender:
    binaries = install.TRANSLATE_TOOLKIT.python.parent
    plain = ("--progress=none", "--timestamp")

    def command(name: str, *words: str) -> Command:
        return Command((str(binaries / name), *plain, *words), folder)

    body = ("--no-frontmatter", "--no-code-blocks")
    extract = command("md2po", "--pot", *body, "src", "pot")
    merge = command("pot2po", "--nofuzzymatching", "-t", "po", "pot", "po")
    build = command("po2md", *body, "-t", "src", "po", "built")
    note = "a catalog a file; bodies only; what has a newer output is skipped (`--timestamp`)"
    return _contender(
        "translate-toolkit",
        install.TRANSLATE_TOOLKIT.version,
        folder,
        ((extract, merge), (build,), (extract, merge, build)),
        note,
    )


def _markdown_gettext(folder: Path) -> Contender:
    driver = str(_DRIVERS / "markdown_gettext_files.py")

    def command(*words: str) -> Command:
        return Command(words, folder)

    python = str(install.MARKDOWN_GETTEXT.python)
    extract = command(python, driver, "extract", "src", "pot")
    join = command("sh", "-c", "find pot -name '*.pot' | sort | msgcat --files-from=- -o po/de.pot")
    begin = command("sh", "-c", "mv po/de.pot po/de.po")
    merge = command("sh", "-c", "msgmerge -qN -o po/new po/de.po po/de.pot && mv po/new po/de.po")
    compiled = "locale/de/LC_MESSAGES"
    compile_ = command(
        "sh", "-c", f"mkdir -p {compiled} && msgfmt -o {compiled}/all.mo po/de.po && rm -f po/*.pot"
    )
    build = command(python, driver, "build", "src", "locale", "built")
    note = "one catalog; its functions called in one process, with msgcat, msgmerge and msgfmt"
    return _contender(
        "markdown-gettext",
        install.MARKDOWN_GETTEXT.version,
        folder,
        ((extract, join, begin), (compile_, build), (extract, join, merge, compile_, build)),
        note,
    )


def _msgmerge(folder: Path) -> Contender:
    """Merging alone, without fuzzy matching: of a catalog with all texts."""
    return _merging("msgmerge", folder, ("--no-fuzzy-matching",), "merging catalogs, nothing else")


def _msgmerge_fuzzy(folder: Path) -> Contender:
    """Merging with fuzzy matching, which is its default and grows with the square."""
    merging = _merging("msgmerge, fuzzy", folder, (), "merging catalogs, with fuzzy matching")
    return replace(merging, jobs={Scenario.EDITED: merging.jobs[Scenario.EDITED]})


def _merging(name: str, folder: Path, options: tuple[str, ...], note: str) -> Contender:
    files = sorted((folder / "src").iterdir())
    write_catalog(folder / "old.po", files, translated=True)
    write_catalog(folder / "same.pot", files)
    places = paragraphs(files)
    edit(places, len(places) // 100, _TURNS_OF_MANY)
    write_catalog(folder / "edited.pot", files)

    def job(template: str) -> Job:
        words = ("msgmerge", "--quiet", *options, "-o", "new.po", "old.po", template)
        return Job((Command(words, folder),))

    version = _said(["msgmerge", "--version"]).splitlines()[0].split()[-1]
    jobs = {Scenario.IDLE: job("same.pot"), Scenario.EDITED: job("edited.pot")}
    return Contender(name, version, jobs, note)


def write_catalog(path: Path, files: Iterable[Path], *, translated: bool = False) -> None:
    """Write a catalog of all different texts of term files."""
    import polib

    segments = (each for file in files for each in _segments(file))
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for text in dict.fromkeys(segment.source for segment in segments):
        catalog.append(polib.POEntry(msgid=text, msgstr=text if translated else ""))
    catalog.save(str(path))


def _segments(file: Path) -> tuple[Segment, ...]:
    return read_term(file.read_bytes(), RULES, file.stem, "en").segments


def _said(words: list[str]) -> str:
    return run(words, check=True, capture_output=True, text=True).stdout
