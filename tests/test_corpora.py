"""Real term files, from a folder beside the repository; without it there is nothing to run on."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import frontmatter
import polib
import pytest

from i18n_pipeline.config import read_config
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from tests.stubs.deepl import Stub
from tests.stubs.site import Ran, Site

SHARED = Path(__file__).parents[2] / "shared"
CORPORA = SHARED / "corpora" / "cncf-glossary"
SEED = SHARED / "seed"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")


def configured(root: Path) -> Site:
    """The glossary with its four locales, configured by `i18n init`."""
    shutil.copytree(CORPORA, root)
    site = Site(root)
    assert site.run("init").code == 0
    return site


def without_locales(site: Site) -> None:
    """Leave out what people translated."""
    for locale in ("de", "es", "ja"):
        shutil.rmtree(site.root / locale)
    config = site.read("i18n.toml")
    site.write("i18n.toml", config.replace('["de", "es", "ja"]', '["ja", "en-XA"]') + PSEUDO)


PSEUDO = '\n[locale.en-XA]\nprovider = ["pseudo"]\n'


@pytest.fixture(scope="module")
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory, deepl: Stub) -> tuple[Site, Ran]:
    """The glossary's English files, drafted and built in two locales."""
    site = configured(tmp_path_factory.mktemp("corpora") / "site")
    without_locales(site)
    site.write("glossaries/ja.csv", "source,target\nKubernetes,クバネティス\n")
    site.ask(deepl)
    return site, site.report("sync", "--publish", "drafts")


def test_for_peoples_files_nothing_is_sent_or_written(tmp_path: Path) -> None:
    site = configured(tmp_path / "site")
    before = site.contents()
    with Stub() as stub:
        site.ask(stub)
        ran = site.report("sync", "--lang", "ja")
        assert ran.locale()["terms"]["unadopted"] == 74
        asked = [text for seen in stub.seen() for text in seen.body["text"]]  # type: ignore[attr-defined]
    after = site.contents()
    assert {path: after[path] for path in before} == before
    contexts = {entry.msgctxt for entry in site.po()}
    people = {path.stem for path in (site.root / "ja").glob("*.md")}
    assert not any(context.partition("/")[0] in people for context in contexts)
    sources = (path for path in (site.root / "en").glob("*.md") if path.stem in people)
    assert not {str(frontmatter.load(str(path)).get("title")) for path in sources} & set(asked)
    assert asked
    again = site.report("sync", "--lang", "ja")
    assert again.json["changed"] is False


# Of the German pages many follow an older English, and no history is here to read them beside.
SHOWN = {"de": 0.6, "es": 0.94, "ja": 0.95}


@pytest.mark.parametrize("locale", ["de", "es", "ja"])
def test_peoples_files_are_adopted_without_touching_a_byte(tmp_path: Path, locale: str) -> None:
    site = configured(tmp_path / "site")
    pages = {path: data for path, data in site.contents().items() if path.startswith(locale)}
    ran = site.report("adopt", "--lang", locale)
    assert ran.code == 0
    found = ran.locale()["adopted"]
    assert found["files"] + 2 >= len(pages) - 8
    assert found["reviewed"] + found["needs_review"] + found["left"] == found["segments"]
    assert found["left"] < 0.06 * found["segments"]
    assert found["reviewed"] > SHOWN[locale] * found["segments"]
    assert {path: site.contents()[path] for path in pages} == pages


def test_every_term_is_drafted_and_built(synced: tuple[Site, Ran], deepl: Stub) -> None:
    _, ran = synced
    assert ran.code == 0
    for at in range(2):
        assert ran.locale(at)["terms"]["built"] == ran.locale(at)["terms"]["total"] == 82
        assert ran.locale(at)["units"]["untranslated"] == 0
    assert ran.locale()["billed"]["characters"] == deepl.account.billed
    assert deepl.account.billed_twice() == []


def test_the_glossary_is_in_force_in_every_draft(synced: tuple[Site, Ran]) -> None:
    site, _ = synced
    with_name = [unit for unit in site.po() if " Kubernetes " in unit.msgid]
    assert len(with_name) > 5
    assert all("クバネティス" in unit.msgstr for unit in with_name)


def terms(site: Site, locale: str) -> Iterator[tuple[TermFile, TermFile]]:
    config = read_config(site.read("i18n.toml"))
    settings = config.settings(locale)
    rules = Rules(settings.fields, settings.markdown.extensions)
    for path in sorted(site.root.glob(f"*/{locale}/*.md")) + sorted(
        site.root.glob(f"{locale}/*.md")
    ):
        source = Path(str(path).replace(f"/{locale}/", "/en/"))
        yield (
            read_term(source.read_bytes(), rules, path.stem, "en"),
            read_term(path.read_bytes(), rules, path.stem, locale),
        )


def skeleton(term: TermFile) -> list[bytes]:
    """The bytes of a body between its texts."""
    body, at, pieces = term.body, 0, []
    for slot in body.slots:
        pieces.append(body.data[at : slot.leaf.start])
        at = slot.leaf.end
    return [*pieces, body.data[at:]]


@pytest.mark.parametrize("locale", ["ja", "en-XA"])
def test_outside_the_texts_built_files_are_their_sources(
    synced: tuple[Site, Ran], locale: str
) -> None:
    site, _ = synced
    count = 0
    for source, built in terms(site, locale):
        count += 1
        assert skeleton(built) == skeleton(source)
        assert list(built.values) == list(source.values)
        said = {slot.path[0] for slot in source.fields}
        for key, value in source.values.items():
            assert key in said or built.values[key] == value
        assert len(built.fields) == len(source.fields)
    assert count == 82


def test_links_lead_to_the_terms_of_their_locale(synced: tuple[Site, Ran]) -> None:
    site, _ = synced
    slugs = {path.stem for path in (site.root / "ja").glob("*.md")}
    leads = re.compile(r"\]\((/[^)\s]*)")
    for path in (site.root / "ja").glob("*.md"):
        here = leads.findall(path.read_text("utf-8"))
        there = leads.findall((site.root / "en" / path.name).read_text("utf-8"))
        assert sorted(here) == sorted(
            f"/ja{link}" if link.strip("/") in slugs else link for link in there
        )


@pytest.mark.parametrize("locale", ["ja", "en-XA"])
def test_the_review_files_are_what_every_editor_writes(
    synced: tuple[Site, Ran], locale: str, tmp_path: Path
) -> None:
    site, _ = synced
    path = site.root / f"locales/{locale}/terms.po"
    text = path.read_text("utf-8")
    assert str(polib.pofile(text, wrapwidth=0)) == text
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "out.mo"), str(path)], check=True)
    saved = subprocess.run(["msgcat", "--no-wrap", str(path)], capture_output=True, check=True)
    assert saved.stdout == path.read_bytes()


def test_a_second_run_does_nothing(synced: tuple[Site, Ran], deepl: Stub) -> None:
    site, _ = synced
    before, requests = site.tree(), len(deepl.journal)
    ran = site.report("sync", "--publish", "drafts")
    assert (ran.code, ran.json["changed"]) == (0, False)
    shutil.rmtree(site.root / ".i18n")
    assert site.report("sync", "--publish", "drafts").json["changed"] is False
    assert site.tree() == before
    assert len(deepl.journal) == requests


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed is not here")
def test_the_seed_is_synced_but_for_its_damaged_paragraph(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("i18n.toml", f'source = "en"\ntargets = ["ja", "en-XA"]{PSEUDO}')
    for path in SEED.glob("*.md"):
        site.write(f"terms/en/{path.name}", path.read_bytes())
    with Stub() as stub:
        site.ask(stub)
        ran = site.report("sync", "--publish", "drafts")
        assert ran.code == 3
        assert ran.locale()["billed"]["characters"] == stub.account.billed
    assert ran.locale()["units"]["untranslated"] == 1
    assert (ran.locale()["terms"]["built"], ran.locale(1)["terms"]["built"]) == (0, 1)
    ((source, built),) = terms(site, "en-XA")
    assert skeleton(built) == skeleton(source)
    before = site.tree()
    assert site.report("sync", "--publish", "drafts").json["changed"] is False
    assert site.tree() == before
