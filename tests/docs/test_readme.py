"""The README says what happens."""

from __future__ import annotations

import re
from pathlib import Path

from i18n_pipeline.errors import PRECEDENCE
from tests.docs.pages import DOCS, Block, Follower, blocks
from tests.stubs.account import Account
from tests.stubs.deepl import Stub
from tests.stubs.site import Site

ROOT = DOCS.parent

REVIEWED = {
    "Token": "トークン",
    "Basics": "基礎",
    "A piece of text that a language model reads as one unit.": (
        "言語モデルがひとまとまりとして読むテキストの断片。"
    ),
    "A model reads **tokens**: short words, parts of long words, `punctuation`. "
    "You pay for tokens, not for words.": (
        "モデルが読むのは**トークン**です。短い単語や長い単語の一部、`punctuation`がそれにあたります。"
        "料金は単語ではなくトークンの数で決まります。"
    ),
    "Fine-Tuning": "ファインチューニング",
    "Methods": "手法",
    "Further training of a language model on examples of one task.": (
        "一つのタスクの例を使った、言語モデルの追加学習。"
    ),
    "It changes how the model weighs every [token](/glossary/token).": (
        "モデルがそれぞれの[トークン](/glossary/token)をどう重みづけるかが変わります。"
    ),
}
"""What the translator makes of the drafts, by source."""


class _Owner(Follower):
    """Somebody with the two terms of the tutorial, and a translator who corrects every draft."""

    def type(self, command: str) -> str:
        match command.partition("  #")[0].split():
            case ["poedit", path]:
                self.site.review(REVIEWED, path)
                return ""
        return super().type(command)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_the_session_in_the_readme_happens_as_it_is_written(tmp_path: Path) -> None:
    with Stub(Account("your-key")) as stub:
        owner = _Owner(Site(tmp_path / "my-site", {"DEEPL_SERVER_URL": stub.url}))
        owner.site.root.mkdir()
        terms = [b for b in blocks(read(DOCS / "tutorial.md")) if b.info[:1] == ("md",)]
        for block in (*terms[:2], _session()):
            owner.follow(block)


def _session() -> Block:
    return next(b for b in blocks(read(ROOT / "README.md")) if "i18n sync" in b.text)


def test_the_help_in_the_readme_is_what_help_says(tmp_path: Path) -> None:
    (shown,) = (b.text for b in blocks(read(ROOT / "README.md")) if b.text.startswith("Usage:"))
    assert Site(tmp_path).run("--help").out == shown


def test_the_readme_names_every_exit_code() -> None:
    told = re.findall(r"^\| (\d+) \|", read(ROOT / "README.md"), re.MULTILINE)
    assert sorted(map(int, told)) == sorted(PRECEDENCE)
