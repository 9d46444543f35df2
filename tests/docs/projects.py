"""The projects that readers of the documentation's pages have in front of them, one for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.stubs.deepl import Stub
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, TERMS, TOKENS, Site

JAPANESE = {
    "Fine-Tuning": "ファインチューニング",
    "Token": "トークン",
    "Basics": "基礎",
    "A piece of text.": "テキストの断片。",
    "A model reads tokens.": "モデルはトークンを読みます。",
}
"""What a translator has made of some texts, by source."""

Prepare = Callable[[Site, Stub], None]


def _terms(site: Site, stub: Stub) -> None:
    """Three terms, with a key for DeepL, and nothing translated."""
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        site.write(path, text)
    site.ask(stub)


def _found(site: Site, _: Stub) -> None:
    """Three terms, nothing configured and no key."""
    for path, text in TERMS.items():
        site.write(path, text)


def _drafted(site: Site, stub: Stub) -> None:
    """The same, drafted by DeepL in Japanese, and some of it reviewed."""
    _terms(site, stub)
    site.run("sync", "--lang", "ja")
    for source, target in JAPANESE.items():
        site.translate(source, target)


def _translated(site: Site, _: Stub) -> None:
    """A Japanese page that people translated before there was a pipeline."""
    site.write("i18n.toml", CONFIG)
    site.write("terms/en/token.md", TOKENS)
    page = TOKENS.replace("lang: en", "lang: ja")
    for source, target in JAPANESE.items():
        page = page.replace(source, target)
    site.write("terms/ja/token.md", page)


def _repository(site: Site, stub: Stub) -> None:
    """A project in git."""
    _terms(site, stub)
    Repository(site.root).commit("Three terms")


def _history(site: Site, stub: Stub) -> None:
    """A text that a machine drafted and Linus edited, of which the source was changed since."""
    _terms(site, stub)
    site.write(".gitignore", ".i18n/\n")
    repository = Repository(site.root)
    repository.commit("Three terms")
    site.run("sync", "--lang", "ja")
    repository.commit("Drafts", author="Bot")
    source = "Only small layers are trained."
    site.translate(source, "小さな層だけ。", fuzzy=True)
    repository.commit("First look", author="Linus")
    site.ask_nobody()
    edited = "Only very small layers are trained."
    site.change("terms/en/lora.md", source, edited)
    site.run("sync", "--lang", "ja")
    repository.commit("More exact", author="Bot")
    site.translate(edited, "ごく小さな層だけ。")


def _memories(site: Site, stub: Stub) -> None:
    """Reviewed texts, and a memory that an agency sent."""
    _drafted(site, stub)
    site.run("memory", "export", "-o", "agency.tmx", "--lang", "ja")


def everything(site: Site, stub: Stub) -> None:
    """What calls named in prose are made on: drafts, reviews, git, files that came back."""
    _drafted(site, stub)
    site.write("i18n.toml", CONFIG.replace('"de"', '"de", "es"'))
    site.run("sync", "--lang", "es")
    catalog = site.po()
    (entry,) = (one for one in catalog if one.msgid.startswith("Only small"))
    entry.tcomment = "i18n: conflict: a branch says\ni18n: | 小さな層だけ。"
    site.write("locales/ja/terms.po", str(catalog))
    site.write(".gitignore", ".i18n/\n")
    Repository(site.root).commit("Terms, drafts and reviews")
    for path in ("agency.csv", "agency.xlf"):
        site.run("export", "--lang", "ja", "-o", path)
    site.run("memory", "export", "-o", "agency.tmx", "--lang", "ja")
    site.run("glossary", "export", "--lang", "ja", "--to", "tbx", "-o", "agency.tbx")
    site.run("plan", "-o", "plan.json")


PROJECTS: Mapping[str, Prepare] = {
    "docs/README.md": _found,
    "docs/check-quality.md": _drafted,
    "docs/how-to/localization.md": _terms,
    "docs/providers/deepl.md": _terms,
    "docs/reference/adopt.md": _translated,
    "docs/reference/git.md": _repository,
    "docs/reference/memory.md": _memories,
    "docs/reference/provenance.md": _history,
    "docs/reference/report.md": _drafted,
}
