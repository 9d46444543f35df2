"""What translators are told about their file, compared with the file."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import DOCS, Block, Follower, blocks
from tests.stubs.site import Site

CONFIG = 'source = "en"\ntargets = ["es"]\n'


def page() -> list[Block]:
    return list(blocks((DOCS / "translators.md").read_text(encoding="utf-8")))


def test_the_entries_shown_are_what_translators_find(tmp_path: Path) -> None:
    reader = Follower(Site(tmp_path))
    reader.site.write("i18n.toml", CONFIG)
    for block in page():
        if block.info[:2] == ("po", "in"):
            assert reader.site.run("sync").code == 0
        if len(block.info) > 1:
            reader.follow(block)


def test_a_conflict_is_told_as_shown(tmp_path: Path) -> None:
    conflict, told = (block.text for block in page() if block.info == ("text",))
    site = Site(tmp_path)
    site.write("i18n.toml", CONFIG)
    site.write("terms/en/lora.md", next(block.text for block in page() if block.info[0] == "md"))
    site.run("sync")
    po = site.read("locales/es/terms.po")
    empty = 'msgid "How it works"\nmsgstr ""\n'
    site.write("locales/es/terms.po", po.replace(empty, empty.replace('msgstr ""\n', conflict)))
    ran = site.run("check")
    assert ran.code == 65
    assert without_place(ran.err) == without_place(told)


def without_place(message: str) -> str:
    return message.partition(": ")[2]
