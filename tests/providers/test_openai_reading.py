from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.providers.openai.reading import Said, Texts, Unreadable, listen, read

IDS = ("t01", "t02", "t03")

ANY_TEXT = st.text()
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
)
NAMES = st.sampled_from([*IDS, "t1", "t04", "01", "", "translations"])
PAIRS = st.lists(st.tuples(NAMES, ANYTHING), max_size=8)
ENDS = st.sampled_from(["stop", "length", "content_filter", "tool_calls", ""])


def as_object(pairs: list[tuple[str, object]]) -> str:
    return (
        "{" + ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in pairs) + "}"
    )


def around(content: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [content, f"```json\n{content}\n```", f"Here: {content}", f"[{content}]", content[:-1]]
    )


@given(PAIRS.map(as_object).flatmap(around) | ANY_TEXT | ANYTHING.map(json.dumps), ENDS)
def test_anything_a_model_may_say_is_read_or_faulted(content: str, ended: str) -> None:
    found = read(Said(content, ended), IDS)
    assert len(found.texts) == len(found.faults) == len(IDS)
    for text, fault in zip(found.texts, found.faults, strict=True):
        assert bool(text.strip()) != bool(fault)
        text.encode()


@given(PAIRS)
def test_a_text_is_only_ever_that_of_its_own_id(pairs: list[tuple[str, object]]) -> None:
    found = read(Said(as_object(pairs)), IDS)
    for name, text, fault in zip(IDS, found.texts, found.faults, strict=True):
        said = [value for key, value in pairs if key == name]
        assert said == [text] if not fault else (len(said) != 1 or text == "")


@given(st.dictionaries(st.sampled_from(IDS), st.text(min_size=1).filter(str.strip)), st.randoms())
def test_whole_texts_are_read_in_any_order_and_what_is_missing_is_named(
    texts: dict[str, str], random: object
) -> None:
    found = read(Said(json.dumps(dict(reversed(texts.items())))), IDS)
    assert found == Texts(
        tuple(texts.get(name, "") for name in IDS),
        tuple("" if name in texts else "left out" for name in IDS),
    )


@pytest.mark.parametrize(
    "content",
    ["```\n{0}\n```", "```json\n{0}\n```", "\n ```JSON \n{0}\n ``` \n", " {0}\n"],
)
def test_one_fence_around_the_answer_is_taken_off(content: str) -> None:
    said = '{"t01": "a ``` b"}'
    assert read(Said(content.replace("{0}", said)), ("t01",)).texts == ("a ``` b",)


@pytest.mark.parametrize(
    "content",
    [None, "", "null", "[]", '"t01"', '[["t01", "a"]]', "{'t01': 'a'}", '{"t01": "a",}',
     '{"t01": "a"} // done', "<think>…</think>{\"t01\": \"a\"}", '{"t01": "a\nb"}',
     "```json\n{\"t01\": \"a\"}\n```\nDone.", "[" * 100_000, "1" * 5_000, "\ufeff{}"],
)  # fmt: skip
def test_what_is_not_one_json_object_is_no_answer(content: str | None) -> None:
    assert read(Said(content), ("t01",)).faults == ("not answered in the form asked for",)


@given(st.binary() | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_any_reply_is_listened_to_or_unreadable(reply: bytes) -> None:
    try:
        said = listen(reply)
    except Unreadable:
        return
    assert isinstance(said, Said)


MESSAGE = {"role": "assistant", "content": "{}"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"choices": [{"message": MESSAGE, "finish_reason": "stop"}]}, Said("{}")),
        ({"choices": [{"message": MESSAGE}]}, Said("{}")),
        ({"choices": [{"message": {}}]}, Said(None)),
        ({"choices": [{"message": {"content": [{"text": "{}"}]}}]}, Said(None)),
        ({"choices": [{"message": {**MESSAGE, "refusal": "no"}}]}, Said("{}", refused=True)),
        ({"choices": [{"message": {**MESSAGE, "refusal": ""}}]}, Said("{}")),
        ({"choices": [{"message": MESSAGE, "finish_reason": "length"}]}, Said("{}", "length")),
        ({"model": "m", "choices": [{"message": MESSAGE}]}, Said("{}", model="m")),
    ]
    + [
        ({"usage": usage, "choices": [{"message": MESSAGE}]}, Said("{}", tokens=tokens))
        for usage, tokens in (
            ({"prompt_tokens": 3, "completion_tokens": 4}, (3, 4)),
            ({"prompt_tokens": 3}, None),
            ({"prompt_tokens": "3", "completion_tokens": 4}, None),
            ({"prompt_tokens": -3, "completion_tokens": 4}, None),
            ([], None),
        )
    ],
)
def test_a_reply_says_more_than_its_content(reply: dict[str, object], said: Said) -> None:
    assert listen(json.dumps(reply).encode()) == said
