"""From a fresh clone to a page that readers see: one person, one night's job, one button.

Every command is typed as it is written, in a clone of a remote that a service shows; nothing is
prepared but English terms on the main branch.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.stubs.nightly import Hosted
from tests.stubs.repository import Repository
from tests.stubs.site import Site

TERM = {
    "Token": "トークン",
    "Basics": "基礎",
    "A piece of text.": "テキストの断片。",
    "A model reads tokens.": "モデルはトークンを読みます。",
}
PAGE = """\
---
term: トークン
slug: token
lang: ja
category: 基礎
definition: "テキストの断片。"
related: []
---

モデルはトークンを読みます。
"""


class Hana:
    """A translator at her terminal."""

    def __init__(self, hosted: Hosted) -> None:
        self.site = Site(hosted.folder / "hana")
        Repository(hosted.folder / "desk").git("clone", "-q", str(hosted.remote), str(self.root))
        self.repository = Repository(self.root, hours=48)

    @property
    def root(self) -> Path:
        return self.site.root

    def types(self, command: str, code: int = 0) -> str:
        """What a command prints, which ends with a code."""
        program, *arguments = shlex.split(command)
        if program == "git":
            return self.repository.git(*arguments)
        ran = self.site.run(*arguments)
        assert ran.code == code, ran
        return ran.out


def test_a_person_brings_a_term_from_a_fresh_clone_to_its_readers(hosted: Hosted) -> None:
    assert hosted.night("--lang", "ja").code == 0
    assert hosted.forge.open["i18n/ja"].title == "Japanese (ja): drafts only"

    hana = Hana(hosted)
    hana.types("i18n init --git")
    assert "token is not live in ja" in hana.types("i18n status --lang ja --slug token")
    hana.types("git switch --quiet i18n/ja")
    assert "wait for review" in hana.types("i18n status --lang ja --slug token")
    for source, target in TERM.items():
        hana.site.translate(source, target)
    hana.types("i18n check --lang ja --slug token")
    hana.types("git commit --quiet --all --message 'Token, reviewed'")
    hana.types("git push --quiet")

    assert hosted.night("--lang", "ja").code == 0
    pull = hosted.forge.open["i18n/ja"]
    assert pull.title == "Japanese (ja): publishes 1 page"
    assert "| A model reads tokens. | モデルはトークンを読みます。 |" in pull.body
    assert "**Publishes 1 page.**" in pull.body
    tip = hosted.git("rev-parse", "i18n/ja").strip()
    assert hosted.forge.statuses[tip] == [("success", "0 errors, 0 warnings")]
    hosted.forge.merge("i18n/ja", how="squash", delete=True)

    hana.types("git switch --quiet main")
    hana.types("git pull --quiet --no-rebase")
    assert hana.site.read("terms/ja/token.md") == PAGE
    assert "token is live in ja" in hana.types("i18n status --lang ja --slug token")
    hana.types("i18n sync --frozen --lang ja")
    assert hana.types("git status --porcelain") == "?? .gitattributes\n"
    assert hosted.night("--lang", "ja").out == "ja: nothing new\n"
    assert hosted.commits("main")[0] == "Forge: Japanese (ja): publishes 1 page"
