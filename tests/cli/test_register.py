"""Registers by field: each engine gets the texts of one field in one request with its wish."""

from __future__ import annotations

from tests.stubs.deepl import Stub
from tests.stubs.site import Site


def test_texts_of_a_register_are_asked_together_and_with_it(site: Site, deepl: Stub) -> None:
    site.write(
        "i18n.toml",
        site.read("i18n.toml")
        + '[locale.ja.style.register]\nbody = "desu-masu"\ndefinition = "noun"\n',
    )
    site.ask(deepl)
    assert site.run("sync", "--lang", "ja").code == 0
    told: dict[str, set[str]] = {}
    for seen in deepl.seen():
        if "text" not in seen.body:
            continue
        said = seen.body.get("custom_instructions") or []
        texts = seen.body["text"]
        assert isinstance(said, list)
        assert isinstance(texts, list)
        for text in texts:
            told.setdefault(str(text), set()).update(map(str, said))
    polite = {"Write sentences in the polite Japanese desu-masu style."}
    assert told["It costs less than training."] == polite
    assert [said[:19] for said in told["A piece of text."]] == ["Write a noun phrase"]
    assert told["Token"] == set()
