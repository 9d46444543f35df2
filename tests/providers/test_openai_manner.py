from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.providers.openai.manner import Learned, Manner, Shape, step_back

NEW, OLD = Manner(temperature=0.0), Manner("max_tokens", 0.0)
OTHER_CAP = replace(OLD, cap="max_completion_tokens", swapped=True)
TIGHT = replace(OLD, tight=True)
COOL = replace(OLD, temperature=None)
OBJECT = replace(OLD, shape=Shape.OBJECT)


# As they came, shortened at the ends.
SAID = """
OpenAI         other cap Unsupported parameter: 'max_tokens' is not supported with this model. Use
                         'max_completion_tokens' instead.
OpenAI         cool      Unsupported value: 'temperature' does not support 0.2 with this model.
OpenAI         cool      Unsupported parameter: 'temperature' is not supported with this model.
OpenAI         tight     max_tokens is too large: 16384. This model supports at most 4096 completion
                         tokens, whereas you provided 16384.
OpenAI         object    Invalid parameter: 'response_format' of type 'json_schema' is unsupported
OpenAI         nothing   This model's maximum context length is 8192 tokens. However, your messages
                         resulted in 9000 tokens.
OpenAI         nothing   Invalid prompt: your prompt was flagged
vLLM           tight     This model's maximum context length is 6048 tokens. However, you requested
                         6616 tokens (568 in the messages, 6048 in the completion).
vLLM           tight     This model's maximum context length is 128 tokens. However, you requested
                         65535 output tokens and your prompt contains 62466 input tokens
vLLM           tight     'max_tokens' or 'max_completion_tokens' is too large: 4096.
llama.cpp      object    failed to parse grammar
llama.cpp      nothing   the request exceeds the available context size exceed_context_size_error
ik_llama.cpp   object    response_format type must be one of "text" or "json_object"
LM-Studio      object    'response_format.type' must be 'json_schema'
Groq           object    This model does not support response format `json_schema`.
Groq           tight     `max_tokens` must be less than or equal to `8192`
DeepSeek       object    This response_format type is unavailable now
FastAPI        other cap Extra inputs are not permitted extra_forbidden body max_tokens
"""
AFTER = {"other cap": OTHER_CAP, "cool": COOL, "tight": TIGHT, "object": OBJECT}


def said() -> list[tuple[str, str]]:
    """What servers say, and what it leads to."""
    whole = re.sub(r"\n {20,}", " ", SAID).strip()
    return [(line[25:], line[15:25].strip()) for line in whole.split("\n")]


@pytest.mark.parametrize(("words", "after"), said())
def test_a_refusal_in_a_servers_own_words_leads_one_step_back(words: str, after: str) -> None:
    found = step_back(OLD, words)
    assert (found and found[0]) == AFTER.get(after)


def test_the_cap_is_renamed_from_either_name_and_only_once() -> None:
    found = step_back(NEW, "Unrecognized request argument supplied: max_completion_tokens")
    assert found == (
        replace(NEW, cap="max_tokens", swapped=True),
        "wants answers limited by max_tokens; they are",
    )
    assert step_back(found[0], "Unsupported parameter: max_tokens") is None


def test_what_is_not_sent_cannot_be_left_away() -> None:
    bare = Manner(shape=Shape.WORDS)
    assert step_back(bare, "temperature response_format json_schema") is None


REFUSALS = ["max_tokens unsupported", "max_tokens too large", "max_completion_tokens unknown",
            "temperature", "response_format", "else"]  # fmt: skip


@given(st.lists(st.sampled_from(REFUSALS)))
def test_whatever_a_server_refuses_it_is_asked_in_few_ways(refusals: list[str]) -> None:
    learned = Learned(OLD)
    steps = sum(learned.step_back(learned.now, words) for words in refusals)
    assert steps == len(learned.news()) <= 5
    assert learned.news() == ()


def test_what_another_thread_has_learned_is_not_learned_again() -> None:
    learned = Learned(OLD)
    assert learned.step_back(OLD, "temperature")
    assert learned.step_back(OLD, "temperature")
    assert (learned.now, len(learned.news())) == (COOL, 1)
