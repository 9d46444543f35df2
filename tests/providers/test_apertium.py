from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n_pipeline.config.settings import Fields
from i18n_pipeline.errors import ProviderUnavailable, RequestRefused
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.placeholders import Form, Protected, protect, restore, tokens_of
from i18n_pipeline.providers.apertium.engine import Program
from i18n_pipeline.providers.apertium.provider import Apertium, from_environment
from i18n_pipeline.providers.apertium.stream import codes, decode, encode, split
from i18n_pipeline.providers.base import Answer, Provider, Request, Settings
from i18n_pipeline.providers.batches import cut
from i18n_pipeline.providers.contract import Contract, tags
from i18n_pipeline.providers.tagged import Lost
from tests.stubs import apertium as stand_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Apertium's program is a script")

MODES = Path("/usr/share/apertium/modes")
needs_spanish = pytest.mark.skipif(
    shutil.which("apertium") is None or not (MODES / "eng-spa.mode").exists(),
    reason="Apertium with its pair eng-spa is not installed (scripts/setup apertium)",
)
needs_catalan = pytest.mark.skipif(
    shutil.which("apertium") is None or not (MODES / "eng-cat.mode").exists(),
    reason="Apertium with its pair eng-cat is not installed (scripts/setup apertium)",
)


def pretended(folder: Path, does: str = "", **how: str) -> Apertium:
    stand_in.install(folder, does, **how)
    return from_environment({"PATH": str(folder)}, Settings())


def asked(provider: Apertium, *texts: str, target: str = "es") -> Answer:
    return provider.translate(Request("en", target, texts))


def real() -> Apertium:
    return from_environment(os.environ, Settings())


class TestStandIn(Contract):
    target = "es"

    @pytest.fixture
    def provider(self, tmp_path: Path) -> Provider:
        return pretended(tmp_path)


@needs_spanish
class TestSpanish(Contract):
    target = "es-ES"

    @pytest.fixture
    def provider(self) -> Provider:
        return real()


@needs_catalan
class TestCatalan(TestSpanish):
    target = "ca"


@pytest.mark.parametrize(
    ("source", "target", "mode"),
    [
        ("en", "es", "eng-spa"),
        ("en-GB", "es_es", "eng-spa"),
        ("en", "es-MX", None),
        ("en", "es-Cyrl", None),
        ("en", "ca", "eng-cat"),
        ("en", "ca-valencia", "eng-cat_valencia"),
        ("es", "en", "spa-eng"),
        ("es-MX", "en-GB", "spa-eng"),
        ("es", "en-US", "spa-eng_US"),
        ("en", "ja", None),
        ("ja", "es", None),
    ],
)
def test_a_pair_is_found_by_its_languages_and_never_for_a_variety_it_does_not_write(
    tmp_path: Path, source: str, target: str, mode: str | None
) -> None:
    provider = pretended(tmp_path)
    assert provider.supports(source, target) == (mode is not None)
    if mode:
        assert provider.translate(Request(source, target, ("word",))).model == mode


def test_a_machine_without_apertium_is_told_what_to_install_when_it_is_asked() -> None:
    provider = from_environment({"PATH": ""}, Settings())
    with pytest.raises(ProviderUnavailable, match="not installed") as caught:
        provider.supports("en", "es")
    assert "apt-get install apertium apertium-eng-spa" in caught.value.hint


def test_apertium_without_any_pair_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="no language pair"):
        pretended(tmp_path, modes="  *").supports("en", "es")


def test_it_is_free_and_counts_words_without_tags(tmp_path: Path) -> None:
    answer = asked(pretended(tmp_path), 'a &lt; <g id="1">b</g>', "cd", "", "1 + 1")
    assert (answer.billed, answer.shares, answer.cost) == (12, (5, 2, 0, 5), None)
    assert pretended(tmp_path).forms == (Form.TAGS, Form.SPLIT)


def test_words_go_out_and_nothing_else(tmp_path: Path) -> None:
    text = 'See `x`: <g id="1">it</g>\'s *2* at https://a.example/the and the_name, $HOME — “so”'
    answer = asked(pretended(tmp_path), text)
    assert answer.texts[0] == (
        'es:See `es:x`: <g id="1">es:it</g>\'es:s *es:2* es:at https://a.example/the es:and '
        "the_name, $HOME — “es:so”"
    )


def test_a_text_without_words_is_not_sent(tmp_path: Path) -> None:
    texts = ("", "  ", '<x id="1"/>', "1 + 1 = 2", '<g id="1">…</g>')
    answer = asked(pretended(tmp_path, "crash"), *texts)
    assert answer.texts == texts
    assert answer.faults == ("",) * len(texts)


@pytest.mark.parametrize(("lost", "faulted"), [(0, {0, 1}), (1, {1, 2}), (3, {3})])
def test_texts_around_a_lost_mark_are_faulted_and_no_other_is_shifted(
    tmp_path: Path, lost: int, faulted: set[int]
) -> None:
    answer = asked(pretended(tmp_path, f"lose {lost}"), "one", "two", "three", "four")
    expected = ["es:one", "es:two", "es:three", "es:four"]
    assert [bool(fault) for fault in answer.faults] == [at in faulted for at in range(4)]
    for at, text in enumerate(answer.texts):
        assert text == ("" if at in faulted else expected[at])


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("cannot", r"^Apertium failed: \[31mError: Install an UTF-8 locale in your system\[0m$"),
        ("nothing", "none of the texts"),
        ("bytes", "not UTF-8"),
    ],
)
def test_a_failing_program_is_unavailable_and_says_why(
    tmp_path: Path, does: str, said: str
) -> None:
    with pytest.raises(ProviderUnavailable, match=said):
        asked(pretended(tmp_path, does), "word")


def test_a_killed_program_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="it ended with -9"):
        asked(pretended(tmp_path, "crash"), "word")


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    path = stand_in.install(tmp_path, "hang")
    program = Program(str(path), {}, patience=0.05)
    with pytest.raises(ProviderUnavailable, match=r"no answer in 0\.05 seconds"):
        program.translate("eng-spa", "word.[][qxbq]\n")


def test_a_program_that_cannot_be_started_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "apertium"
    path.write_text("#!/no/such/shell\n", encoding="utf-8")
    path.chmod(0o755)
    with pytest.raises(ProviderUnavailable, match="cannot be started"):
        Program(str(path), {}).modes()


def test_the_locale_of_the_user_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "apertium"
    path.write_text("#!/bin/sh\nenv\n", encoding="utf-8")
    path.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LANG": "tr_TR", "KEPT": "so"}
    lines = Program(str(path), environment).modes()
    assert "KEPT=so" in lines
    assert not [line for line in lines if line.startswith(("LC_", "LANG"))]


def test_a_text_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestRefused, match="not well-formed"):
        asked(pretended(tmp_path), "good", '<g id="1">bad')


def through(text: str, output: str) -> str:
    """A text decoded from an output where `{a}` is the first code, `{b}` the second, and so on."""
    coded = encode(text, codes())
    fresh = codes()
    return decode(coded, output.format(**{letter: next(fresh) for letter in "abcdef"}))


@pytest.mark.parametrize(
    ("text", "output", "expected"),
    [
        ("it costs more", " Cuesta más.[]", "cuesta más"),
        ("The key is mine", "La clave  es mía .[]", "La clave es mía"),
        ("a key , b", "Una clave, b.[]", "una clave, b"),
        (" words ", "Palabras.[]", " palabras "),
        ('<x id="1"/> is', "[]{a}[] Es.[]", '<x id="1"/> es'),
        ('<x id="1"/> Is', "[]{a}[] Es.[]", '<x id="1"/> Es'),
        ("Stateless apps", "Stateless Aplicaciones.[]", "Stateless aplicaciones"),
        ("Retrieval-based Rust", "Retrieval-Basado Rust.[]", "Retrieval-basado Rust"),
        ("yo canto", "I sing.[]", "I sing"),
        ("an NGO here", "ONG aquí.[]", "ONG aquí"),
        ("the Rust book", "Rust libro.[]", "Rust libro"),
        ("so", "\\^así\\\\.[]", "^así\\"),
        ("so", "*así #ser @no.[]", "así ser no"),
        ("a red key", "[[t:g:zz]]x[[/]]", None),
        ('<g id="1">red</g> key', "Clave [[t:g:{a}]]roja[[/]].[]", 'clave <g id="1">roja</g>'),
        (
            'a <g id="1">dog house</g>',
            "una [[t:g:{a}]]casa[[/]] de [[t:g:{a}]]perro[[/]].[]",
            'una <g id="1">casa de perro</g>',
        ),
        (
            '<g id="1">red</g> <g id="2">key set</g>',
            "[[t:g:{b}]]a[[/]] [[t:g:{a}]]b[[/]] [[t:g:{b}]]c[[/]].[]",
            None,
        ),
        ('<g id="1">it</g> is', "es.[]", None),
        ('run <x id="1"/>', "corre.[]", None),
        ('run <x id="1"/>', "corre []{a}[] []{a}[].[]", None),
        ('run <x id="1"/>', "corre []{a}[] []{f}[].[]", None),
        ("run*", "corre.[]", None),
        ("run", "corre[]", None),
        ("run", "corre.[] [x", None),
    ],
)
def test_an_output_becomes_the_text_or_a_fault(
    text: str, output: str, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(Lost):
            through(text, output)
    else:
        assert through(text, output) == expected


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("A key.", "A key..[][{a}]\n"),
        ('<g id="1">two words</g>s', "[[t:g:{a}]]two wordss[[/]].[][{b}]\n"),
        ('<g id="1">a</g><g id="2">b</g>', "[[t:g:{a}]]a[[/]][][[t:g:{b}]]b[[/]].[][{c}]\n"),
        ('<g id="1"> a </g>', " [[t:g:{a}]]a[[/]] .[][{b}]\n"),
        ('<g id="1"><x id="2"/></g>', "[][[t:g:{a}]]{b}[[/]][].[][{c}]\n"),
        ("a  b\nc", "a[{a}]b[{b}]c.[][{c}]\n"),
        ("don’t ‘do’", "don’t []{a}[]do[]{b}[].[][{c}]\n"),
        ("हिन्दी ́", "हिन्दी []{a}[].[][{b}]\n"),
        ("node.js e.g. 3.14 50% me@b.example", "[]{a}[] e.g. 3.14 50% []{b}[].[][{c}]\n"),
        ("qxbq", "[]{a}[].[][{b}]\n"),
    ],
)
def test_a_text_goes_out_as_a_stream(text: str, stream: str) -> None:
    fresh = codes()
    expected = stream.format(**{letter: next(fresh) for letter in "abcdef"})
    assert encode(text, codes()).stream == expected


WORDS = ("the", "red", "house", "it", "cloud", "computing", "frobnicates", "U.S.", "don't", "3.14")
LITERALS = tuple('*^$@[]{}/\\<>&~#+=|_"“”—\n')


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def protected(draw: st.DrawFn) -> str:
    """Words, literals and tags, nested up to three deep."""
    numbers = iter(range(1, 100))

    def inner(depth: int) -> str:
        kinds = st.sampled_from(("word", "word", "literal", "lone", "pair"))
        parts = []
        for kind in draw(st.lists(kinds, min_size=1, max_size=6)):
            if kind == "word":
                parts.append(draw(st.sampled_from(WORDS)) + " ")
            elif kind == "literal":
                parts.append(escaped(draw(st.sampled_from(LITERALS))))
            elif kind == "lone" or depth == 3:
                parts.append(f'<x id="{next(numbers)}"/>')
            else:
                parts.append(f'<g id="{next(numbers)}">{inner(depth + 1)}</g>')
        return "".join(parts)

    return inner(0)


def literals(text: str) -> Counter[str]:
    bare = re.sub(r"<[^>]*>", "", text)
    plain = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return Counter(character for character in plain if character in LITERALS)


@needs_spanish
@settings(max_examples=5, deadline=None)
@given(st.lists(protected(), min_size=30, max_size=60))
def test_every_tag_and_every_literal_comes_back_or_the_text_is_faulted(texts: list[str]) -> None:
    answer = asked(real(), *texts)
    assert len(answer.texts) == len(texts)
    for text, translated, fault in zip(texts, answer.texts, answer.faults, strict=True):
        if not fault:
            assert tags(translated) == tags(text)
            assert literals(translated) == literals(text)


@given(st.lists(protected(), min_size=1, max_size=4), st.data())
def test_whatever_comes_back_no_text_takes_over_something_of_another(
    texts: list[str], data: st.DataObject
) -> None:
    fresh = codes()
    sent = [encode(text, fresh) for text in texts]
    stream = "".join(one.stream for one in sent)
    pieces = re.findall(r"\[\[[^]]*\]\]|\[[^]]*\]|\w+|\W", stream)
    chosen = data.draw(st.lists(st.sampled_from(range(len(pieces))), max_size=3))
    for at in chosen:
        pieces[at] = data.draw(st.sampled_from(("", pieces[at] * 2, pieces[at - 1])))
    outputs = split("".join(pieces), sent)
    for one, text, output in zip(sent, texts, outputs, strict=True):
        if output is None:
            continue
        try:
            found = decode(one, output)
        except Lost:
            continue
        assert tags(found) == tags(text)
        assert literals(found) == literals(text)


def spoken(target: str, *texts: str) -> Sequence[str]:
    return real().translate(Request("en", target, texts)).texts


@needs_spanish
def test_spanish_keeps_tags_on_their_words_where_words_change_places() -> None:
    assert spoken(
        "es",
        'The <g id="1">red</g> house.',
        'It uses <g id="1">cloud computing</g>.',
        'In the <g id="1">dog and <x id="2"/></g> house',
        '*stars* &amp; "planets"',
        "frobnicate",
    ) == (
        'La casa <g id="1">roja</g>.',
        'Utiliza <g id="1">computación en nube</g>.',
        'En el <g id="1">perro y <x id="2"/></g> casa',
        '*estrellas* &amp; "planetas"',
        "frobnicate",
    )


@needs_catalan
def test_catalan_is_another_pair_of_the_same_program() -> None:
    assert spoken("ca", 'The <g id="1">red</g> house.') == ('La casa <g id="1">vermella</g>.',)


@needs_spanish
def test_of_our_own_terms_hardly_a_text_is_lost() -> None:
    texts = tuple(our_texts())
    faults, stars = [], []
    for part in cut(Request("en", "es", tuple(one.text for one in texts)), real()):
        answer = real().translate(part)
        for one, text, fault in zip(texts, answer.texts, answer.faults, strict=False):
            faults += [fault or restore(one, text).fault]
            stars += [text] if "*" in text else []
        texts = texts[len(part.texts) :]
    assert len(faults) > 500
    assert sum(map(bool, faults)) < len(faults) / 100
    assert stars == []


def our_texts() -> Iterator[Protected]:
    extensions = frozenset({"table", "footnote", "tasklist", "strikethrough", "deflist"})
    rules = Rules(Fields(), extensions)
    seen = set()
    for path in sorted((Path(__file__).parents[2] / "terms/en").glob("*.md")):
        for segment in read_term(path.read_bytes(), rules, path.stem, "en").segments:
            one = protect(segment.source, tokens_of(segment, segment.source, extensions))
            if one.text not in seen:
                seen.add(one.text)
                yield one
