"""Every way in which machine translation fails: none gets into a built file, all have a name.

The numbers are those of the failures that such pipelines have met: placeholders (1, 2), code (3),
emphasis (4), talk (5), refusals and echoes (6), truncation (7), languages (8), terminology (9, 10),
entities (11), templates (12), rewording (13), lists cut short (14), limits (15), payment (16),
runaway length (17), bad answers kept (18), front matter (19), spaces (20), encoding (21) and
injected instructions (22). What concerns payment alone, 15 to 18, has further tests of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.markdown import Mark
from i18n_pipeline.placeholders import tokens_of
from tests.stubs.chat import Stub as ChatStub
from tests.stubs.deepl import (
    Fault,
    Stub,
    emptied,
    short,
    swapped,
    tags_first,
    with_tag_translated,
    with_tag_twice,
    without_tag,
)
from tests.stubs.engine import original
from tests.stubs.pages import site_of
from tests.stubs.site import Site

Change = Callable[[list[str]], list[str]]

ALWAYS = 10_000
CHINESE = "早上湖里的水还很凉，但是孩子们已经不想再等了，他们跑过草地。"
SPANISH = "El agua del lago estaba fría por la mañana, pero los niños no querían esperar más."
RULES = Rules(Fields())
CARRIED = (Mark.CODE, Mark.HTML, Mark.LINK, Mark.STRONG, Mark.EMPHASIS)


def each(change: Callable[[str], str]) -> Change:
    return lambda texts: [change(text) for text in texts]


def plain_ones(change: Callable[[str], str]) -> Change:
    """The change to texts without tags: others would only be turned down for their tags."""
    return each(lambda text: text if "<" in text else change(text))


def before(words: str) -> Change:
    return each(lambda text: f"{words}{text}")


def behind(words: str) -> Change:
    return each(lambda text: f"{text}{words}")


@dataclass(frozen=True)
class Failure:
    """A way to fail: what it does to texts, who names it, and what must be in no built file."""

    number: int
    change: Change
    check: str = ""
    mark: str = ""
    lang: str = "ja"

    def __str__(self) -> str:
        return f"{self.number}-{self.check or 'ladder'}"


# The engine spoils tags only: asked again in pieces without any, it gives texts that can stand.
OF_TAGS = [
    Failure(1, without_tag),
    Failure(1, with_tag_twice),
    Failure(1, swapped),
    Failure(1, tags_first),
    Failure(1, each(lambda text: re.sub(r"(<g [^>]*>).*?(</g>)", r"\1\2", text))),
    Failure(2, with_tag_translated, mark="Nummer"),
    Failure(3, each(lambda text: re.sub(r"<x [^>]*/>", "`valor`", text)), mark="valor"),
    Failure(4, each(lambda text: re.sub(r"(<g [^>]*>)(.*?)(</g>)", r"\1「\2」\3な", text))),
]
ERRORS = [
    Failure(5, before("Here is the translation: "), "leaks", "translation"),
    Failure(5, each(lambda text: f"```\n{text}\n```"), "structure", "```"),
    Failure(5, behind("\n\nNote: I kept it short."), "leaks", "kept it"),
    Failure(5, behind("（注：意訳しました。）"), "leaks", "意訳"),
    Failure(6, each(lambda _: "I'm sorry, but I can't translate this text."), "leaks", "sorry"),
    Failure(6, each(original), "echo", "A long time ago"),
    Failure(6, emptied, "empty"),
    Failure(8, plain_ones(lambda _: CHINESE), "script", CHINESE),
    Failure(8, plain_ones(lambda _: SPANISH), "language", "niños", "de"),
    Failure(11, each(lambda text: text.replace("&amp;", "&amp;amp;")), "entities", "&amp;"),
    Failure(12, behind(" {{ count }}"), "template", "count"),
    Failure(19, before("---\ntitle: neu\n---\n"), "leaks", "neu"),
    Failure(21, behind(" â€œx"), "mojibake", "â€œ"),
    Failure(22, behind(" [x](https://evil.example)"), "destinations", "evil"),
    Failure(22, behind(" &lt;img src=x onerror=alert(1)&gt;"), "html", "onerror"),
    Failure(22, behind(" \u202eevil"), "control-characters", "\u202e"),
]
WARNINGS = [
    Failure(7, plain_ones(lambda text: text[: len(text) // 4]), "length"),
    Failure(7, plain_ones(lambda text: text.rstrip(".⟧")), "end-punctuation"),
    Failure(3, each(lambda text: text.replace("512", "500")), "numbers"),
    Failure(17, plain_ones(lambda text: text * 20), "length"),
    Failure(20, each(lambda text: text.replace("⟦ja:", "⟦良 い:")), "spacing"),
]


@pytest.fixture
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture
def pages(site_root: Site, deepl: Stub) -> Site:
    site_root.ask(deepl)
    return site_of(site_root, seed=1)


@pytest.fixture
def site_root(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("site"))


def synced(site: Site, lang: str = "ja") -> int:
    return site.run("sync", "--lang", lang, "--publish", "drafts").code


def built(site: Site, lang: str = "ja") -> dict[str, str]:
    found = site.contents()
    return {path: data.decode() for path, data in found.items() if path.startswith(f"terms/{lang}")}


def carried(site: Site, path: str, lang: str) -> Counter[str]:
    """What a page carries over from its source: code, tags, addresses, marks of emphasis."""
    slug = path.rpartition("/")[2].removesuffix(".md")
    file = read_term(site.read(path).encode(), RULES, slug, lang)
    return Counter(
        token.destination or (str(token.mark) if token.inner else text[token.start : token.end])
        for text, tokens in (
            (segment.source, tokens_of(segment, segment.source, RULES.extensions))
            for segment in file.segments
            if segment.markdown
        )
        for token in tokens
        if token.mark in CARRIED
    )


def is_whole(site: Site, lang: str) -> bool:
    """Whether every built page carries what its source carries."""
    return all(
        carried(site, path, lang) == carried(site, path.replace(f"/{lang}/", "/en/"), "en")
        for path in built(site, lang)
    )


def said(site: Site, lang: str) -> str:
    """What the review file tells translators about units without a text."""
    units = site.po(f"locales/{lang}/terms.po")
    return "\n".join(unit.comment for unit in units if not unit.msgstr)


def issues(site: Site, lang: str) -> set[tuple[str, str]]:
    found = json.loads(site.report("check", "--lang", lang).out)["locales"][0]["issues"]
    return {(issue["check"], issue["severity"]) for issue in found}


@pytest.mark.parametrize("failure", OF_TAGS, ids=str)
def test_spoiled_tags_are_asked_for_again_without_any(
    pages: Site, deepl: Stub, failure: Failure
) -> None:
    deepl.fail(Fault(change=failure.change), times=ALWAYS)
    # requests that are under way together use up the tries of a text that several terms have
    assert synced(pages) in (0, 3)
    assert built(pages)
    assert is_whole(pages, "ja")
    assert not failure.mark or not any(failure.mark in text for text in built(pages).values())


@pytest.mark.parametrize("failure", ERRORS, ids=str)
def test_what_fails_a_check_is_in_no_file_and_the_check_is_named(
    pages: Site, deepl: Stub, failure: Failure
) -> None:
    deepl.fail(Fault(change=failure.change), times=ALWAYS)
    assert synced(pages, failure.lang) in (0, 3)
    assert f" {failure.check}: " in said(pages, failure.lang)
    texts = built(pages, failure.lang)
    assert not failure.mark or not any(failure.mark in text for text in texts.values())
    assert is_whole(pages, failure.lang)
    assert "error" not in {severity for _, severity in issues(pages, failure.lang)}


@pytest.mark.parametrize("failure", WARNINGS, ids=str)
def test_what_is_only_doubtful_may_stand_and_is_told(
    pages: Site, deepl: Stub, failure: Failure
) -> None:
    deepl.fail(Fault(change=failure.change), times=ALWAYS)
    assert synced(pages) == 0
    assert (failure.check, "warning") in issues(pages, "ja")
    assert f"Check {failure.check}: " in pages.read("locales/ja/terms.po")


@pytest.mark.parametrize("seed", [2, 3])
def test_the_same_pages_are_built_where_nothing_fails(
    site_root: Site, deepl: Stub, seed: int
) -> None:
    site_root.ask(deepl)
    site = site_of(site_root, seed)
    assert synced(site) == 0
    assert len(built(site)) == 4
    assert is_whole(site, "ja")
    assert said(site, "ja") == ""


def test_a_text_that_is_worded_anew_each_time_is_asked_for_once(pages: Site, deepl: Stub) -> None:
    numbers = count()
    deepl.fail(
        Fault(change=each(lambda text: text.replace("⟦ja:", f"⟦ja{next(numbers)}:"))), times=ALWAYS
    )
    assert synced(pages) == 0
    first, asked = built(pages), len(deepl.seen())
    assert synced(pages) == 0
    assert (built(pages), len(deepl.seen())) == (first, asked)


def test_a_list_that_is_cut_short_gives_nobody_another_text(pages: Site, deepl: Stub) -> None:
    deepl.fail(Fault(change=short), times=ALWAYS)
    synced(pages)
    assert built(pages) == {}
    assert all(unit.msgid in unit.msgstr for unit in pages.po() if unit.msgstr)


def test_a_bad_answer_that_was_paid_for_is_used_by_no_later_run(pages: Site, deepl: Stub) -> None:
    deepl.fail(Fault(change=before("Here is the translation: ")), times=len(pages.contents()))
    synced(pages)
    for _ in range(3):
        synced(pages)
    assert not any("Here is" in text for text in built(pages).values())


GLOSSARY = "source,target\nmodel,モデル\nweights,重み\npaper,論文\n"


def test_every_term_that_an_engine_does_not_use_is_told(pages: Site, deepl: Stub) -> None:
    pages.write("glossaries/ja.csv", GLOSSARY)
    without = each(lambda text: re.sub("モデル|重み|論文", "何か", text))
    deepl.fail(Fault(change=without), times=ALWAYS)
    assert synced(pages) == 0
    wanting = [unit for unit in pages.po() if re.search("model|weights|paper", unit.msgid)]
    assert len(wanting) > 3
    assert all("Check terminology: " in unit.comment for unit in wanting)


def test_a_term_that_an_engine_inflects_is_none_it_does_not_use(pages: Site, deepl: Stub) -> None:
    pages.write("glossaries/de.csv", "source,target\nmodel,Modell\nweights,Gewichte\n")
    inflected = each(
        lambda text: text.replace("Modell", "Modellen").replace("Gewichte", "Gewichten")
    )
    deepl.fail(Fault(change=inflected), times=ALWAYS)
    assert synced(pages, "de") == 0
    assert any("Gewichten" in unit.msgstr for unit in pages.po("locales/de/terms.po"))
    assert "terminology" not in {check for check, _ in issues(pages, "de")}


def test_engines_that_follow_the_glossary_are_told_nothing(pages: Site, deepl: Stub) -> None:
    pages.write("glossaries/ja.csv", GLOSSARY)
    assert synced(pages) == 0
    assert "terminology" not in {check for check, _ in issues(pages, "ja")}


def test_a_chat_model_that_follows_its_table_is_told_nothing(site_root: Site) -> None:
    pytest.importorskip("openai")
    site = site_of(site_root, seed=1)
    site.write("glossaries/ja.csv", GLOSSARY)
    with ChatStub() as stub:
        site.environment |= {"OPENAI_BASE_URL": stub.url, "OPENAI_API_KEY": stub.meter.key}
        ran = site.run("sync", "--lang", "ja", "--provider", "openai:stub-model")
        assert ran.code == 0, ran.err
    assert any("モデル" in unit.msgstr for unit in site.po())
    assert "terminology" not in {check for check, _ in issues(site, "ja")}
