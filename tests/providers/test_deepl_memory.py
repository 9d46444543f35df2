"""Translation memories: found and used for a request, and the project's own one filled."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import DeepLOptions, Providers
from i18n_pipeline.errors import NotAuthorised, ProviderUnavailable
from i18n_pipeline.providers.base import Request, Settings
from i18n_pipeline.providers.deepl.store import Store, Stored, as_tmx
from tests.providers.conftest import Clock, Connect
from tests.stubs.deepl import Fault, Stub
from tests.stubs.memories import read_tmx

LIST = "GET /v3/translation_memories"
IMPORT = "POST /v3/translation_memories/import"
HELD = {("A model.", "ja"): "モデルです。", ("A model.", "de"): "Ein Modell."}
NAME = "i18n-pipeline/terms"


def settings(memory: str, threshold: int = 75) -> Settings:
    options = DeepLOptions(translation_memory=memory, threshold=threshold)
    return Settings(project="terms", options=Providers(deepl=options))


def request(target: str = "ja", text: str = "A model.") -> Request:
    return Request("en", target, (text,))


@pytest.mark.parametrize("by", ["name", "id"])
def test_a_memory_is_used_by_its_name_or_its_id_and_looked_up_once(
    connect: Connect, stub: Stub, by: str
) -> None:
    memory = stub.account.memories.put("ours", "en", HELD)
    provider = connect(settings=settings("ours" if by == "name" else memory.identity))
    answers = [provider.translate(request(target)) for target in ("ja", "de", "ja")]
    assert [answer.texts for answer in answers] == [
        ("モデルです。",),
        ("Ein Modell.",),
        ("モデルです。",),
    ]
    assert stub.seen()[0].body["translation_memory_id"] == memory.identity
    assert len(stub.seen(LIST)) == 1


@pytest.mark.parametrize(("threshold", "text"), [(75, "モデルです。"), (100, "⟦ja:A modal⟧.")])
def test_how_similar_a_text_has_to_be_is_the_threshold(
    connect: Connect, stub: Stub, threshold: int, text: str
) -> None:
    stub.account.memories.put("ours", "en", HELD)
    provider = connect(settings=settings("ours", threshold))
    assert provider.translate(request(text="A modal.")).texts == (text,)
    assert stub.seen()[0].body["translation_memory_threshold"] == threshold


def test_the_newest_of_a_name_is_used_and_found_on_any_page(connect: Connect, stub: Stub) -> None:
    for number in range(60):
        stub.account.memories.put(f"other {number}", "en", HELD)
    stub.account.memories.put("ours", "en", {("A model.", "ja"): "古い"})
    stub.account.memories.put("ours", "en", HELD)
    provider = connect(settings=settings("ours"))
    assert provider.translate(request()).texts == ("モデルです。",)
    assert len(stub.seen(LIST)) == 3


@pytest.mark.parametrize(
    ("held", "target", "serves"),
    [
        ("en-pt-br", "pt-BR", True),
        ("en-pt-br", "pt", True),
        ("en-pt-br", "pt-PT", False),
        ("en-pt", "pt-PT", True),
        ("en-zh-hans", "zh-TW", False),
        ("de-ja", "ja", False),
    ],
)
def test_a_memory_serves_a_language_with_all_variants_and_a_variant_for_itself(
    connect: Connect, stub: Stub, held: str, target: str, serves: bool
) -> None:
    source, _, language = held.partition("-")
    stub.account.memories.put("ours", source, {("x", language): "y"})
    answer = connect(settings=settings("ours")).translate(request(target))
    lack = f"DeepL's translation memory 'ours' has nothing for {target}: left out"
    assert answer.notices == (() if serves else (lack,))


def test_a_memory_that_is_not_there_is_left_out_and_told(connect: Connect) -> None:
    answer = connect(settings=settings("ours")).translate(request())
    assert answer.notices == ("DeepL's translation memory 'ours' is not there: left out",)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (403, "the key may not, or the plan has none"),
        (404, "the server knows none"),
        (456, "the account has none"),
        (400, "the account has none"),
    ],
)
def test_an_account_that_shows_no_memories_translates_without_and_says_why(
    connect: Connect, stub: Stub, status: int, why: str
) -> None:
    stub.fail(Fault(status), times=9, on=LIST)
    provider = connect(settings=settings("ours"))
    answers = [provider.translate(request()) for _ in range(2)]
    notice = f"DeepL shows no translation memories ({why}): left out"
    assert [answer.notices for answer in answers] == [(notice,)] * 2
    assert len(stub.seen(LIST)) == 1


def test_a_key_that_may_only_translate_uses_a_memory_by_its_id_without_looking(
    connect: Connect, stub: Stub
) -> None:
    memory = stub.account.memories.put("ours", "en", HELD)
    stub.account.lacking.add("translation_memories:read")
    provider = connect(settings=settings(memory.identity))
    assert provider.translate(request()).texts == ("モデルです。",)


def test_a_service_that_is_down_when_memories_are_looked_up_bills_nothing(
    connect: Connect, stub: Stub
) -> None:
    stub.fail(Fault(503), times=9, on=LIST)
    with pytest.raises(ProviderUnavailable):
        connect(settings=settings("ours")).translate(request())
    assert stub.seen() == []


def test_a_memory_that_another_run_replaced_is_found_again(connect: Connect, stub: Stub) -> None:
    old = stub.account.memories.put("ours", "en", HELD)
    provider = connect(settings=settings("ours"))
    provider.translate(request())
    del stub.account.memories.held[old.identity]
    stub.account.memories.put("ours", "en", {("A model.", "ja"): "新しい"})
    assert provider.translate(request()).texts == ("新しい",)


def test_a_memory_that_was_deleted_for_good_is_left_out_from_then_on(
    connect: Connect, stub: Stub
) -> None:
    memory = stub.account.memories.put("ours", "en", HELD)
    provider = connect(settings=settings("ours"))
    provider.translate(request())
    del stub.account.memories.held[memory.identity]
    answer = provider.translate(request())
    assert answer.texts == ("⟦ja:A model⟧.",)
    assert answer.notices == ("DeepL's translation memory 'ours' is not there: left out",)


PAIRS = {
    ("A model.", "JA"): "モデル",
    ("A model.", "PT-BR"): "Um modelo.",
    ("b < c & d", "JA"): "乙",
}


@pytest.fixture
def store(connect: Connect) -> Store:
    return connect(settings=settings("")).store("en")


def held(stub: Stub) -> list[Mapping[tuple[str, str], str]]:
    ours = (one for one in stub.account.memories.held.values() if one.name == NAME)
    return [{(text, code.upper()): to for (text, code), to in one.pairs.items()} for one in ours]


def test_pairs_are_imported_as_a_memory_of_the_projects_name(store: Store, stub: Stub) -> None:
    stored = store.look()
    assert stored == Stored()
    made = store.put(PAIRS, stored)
    assert store.name == NAME
    assert held(stub) == [PAIRS]
    assert store.look() == Stored(made, PAIRS)


def test_an_import_is_waited_for_though_it_says_that_it_waits_for_its_file(
    store: Store, stub: Stub, clock: Clock
) -> None:
    stub.account.memories.looks = 3
    store.put(PAIRS, Stored())
    assert clock.slept == [5.0, 5.0, 5.0]


def test_an_import_that_never_ends_is_given_up(store: Store, stub: Stub, clock: Clock) -> None:
    stub.account.memories.looks = 1000
    with pytest.raises(ProviderUnavailable, match="awaiting_input"):
        store.put(PAIRS, Stored())
    assert clock.now == 900.0


def test_a_file_that_the_service_cannot_read_is_told(
    store: Store, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.stubs.memories.read_tmx", ElementTree.fromstring)
    monkeypatch.setattr("i18n_pipeline.providers.deepl.store.as_tmx", lambda *_: b"no TMX")
    with pytest.raises(ProviderUnavailable, match=r"could not import .* failed"):
        store.put(PAIRS, Stored())


def test_all_segments_of_a_memory_are_read_page_by_page(store: Store, stub: Stub) -> None:
    many = {(f"Text {number:03}.", "ja"): f"文{number}" for number in range(250)}
    memory = stub.account.memories.put(NAME, "en", many)
    expected = {(text, "JA"): target for (text, _), target in many.items()}
    assert store.look() == Stored(memory.identity, expected)
    assert len(stub.seen(f"GET /v3/translation_memories/{memory.identity}/segments")) == 3


def test_only_memories_of_our_name_and_source_are_ours(store: Store, stub: Stub) -> None:
    put = stub.account.memories.put
    old = put(NAME, "en", HELD)
    put(f"{NAME}-2", "en", HELD)
    put(NAME, "de", {("x", "en"): "y"})
    new = put(NAME, "en", {})
    assert store.look() == Stored(new.identity, {}, (old.identity,))


def test_a_file_that_got_no_answer_is_not_sent_again_but_looked_after(
    store: Store, stub: Stub
) -> None:
    job = "PUT /upload/00000000-0000-0000-0000-0000000003e9"
    stub.fail(Fault(reset=True), on=job)
    store.put(PAIRS, Stored())
    assert len(stub.seen(job)) == 1
    assert held(stub) == [PAIRS]


def test_a_place_for_files_that_does_not_take_one_is_not_taken_for_a_wrong_key(
    store: Store, stub: Stub
) -> None:
    stub.fail(Fault(403), on="PUT /upload/00000000-0000-0000-0000-0000000003e9")
    with pytest.raises(ProviderUnavailable, match="does not take it"):
        store.put(PAIRS, Stored())


def test_a_declaration_may_be_repeated_since_it_makes_nothing(store: Store, stub: Stub) -> None:
    stub.fail(Fault(reset=True), on=IMPORT)
    store.put(PAIRS, Stored())
    assert held(stub) == [PAIRS]


def test_where_no_further_memory_is_allowed_ours_makes_room(store: Store, stub: Stub) -> None:
    stub.account.memories.most = 1
    store.put(PAIRS, Stored())
    store.put({("c", "JA"): "丙"}, store.look())
    assert held(stub) == [{("c", "JA"): "丙"}]


def test_where_others_have_taken_all_room_they_stay_and_it_is_told(
    store: Store, stub: Stub
) -> None:
    stub.account.memories.most = 1
    theirs = stub.account.memories.put("theirs", "en", HELD)
    with pytest.raises(ProviderUnavailable, match="as many translation memories as"):
        store.put(PAIRS, store.look())
    assert list(stub.account.memories.held) == [theirs.identity]


def test_deleting_says_what_is_gone(store: Store, stub: Stub) -> None:
    memory = stub.account.memories.put(NAME, "en", HELD)
    assert store.delete([memory.identity, "not-there"]) == (memory.identity,)


def test_a_key_without_the_scope_is_told_which_one_it_needs(store: Store, stub: Stub) -> None:
    stub.account.lacking.add("translation_memories:read")
    with pytest.raises(NotAuthorised, match="no translation memories") as failure:
        store.look()
    assert "translation_memories:read" in failure.value.hint


def test_an_account_without_memories_is_told_so(store: Store, stub: Stub) -> None:
    stub.fail(Fault(404), on=LIST)
    with pytest.raises(ProviderUnavailable, match="this account has no translation memories"):
        store.look()


def test_a_service_that_is_down_is_no_account_without_memories(store: Store, stub: Stub) -> None:
    stub.fail(Fault(500), times=9, on=LIST)
    with pytest.raises(ProviderUnavailable, match="out of order"):
        store.look()


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
CODES = st.sampled_from(["JA", "PT-BR", "ZH-HANS", "ES-419"])


@given(st.dictionaries(st.tuples(XML_TEXT, CODES), XML_TEXT, max_size=8))
def test_a_file_read_again_holds_the_same_pairs(pairs: dict[tuple[str, str], str]) -> None:
    source, read = read_tmx(as_tmx(pairs, "EN"))
    assert source == "en"
    assert {(text, code.upper()): target for (text, code), target in read.items()} == pairs


def test_a_file_names_languages_as_bcp_47_writes_them() -> None:
    pairs = {("a", code): "b" for code in ("JA", "PT-BR", "ZH-HANS", "ES-419")}
    root = ElementTree.fromstring(as_tmx(pairs, "EN"))  # noqa: S314 - our own file
    tags = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter("tuv")]
    assert tags == ["en", "es-419", "ja", "pt-BR", "zh-Hans"]
    assert root.get("version") == "1.4"
