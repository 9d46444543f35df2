"""What services say: an answer, or one of our failures, and the key is never in it."""

from __future__ import annotations

from contextlib import suppress
from email.message import Message

from deepl import DeepLException

from i18n_pipeline.errors import I18nError
from i18n_pipeline.hosting.calls import (
    Caller,
    Token,
    _Answer,
    _Trouble,
    listed,
    number,
    table,
    tables,
)
from i18n_pipeline.providers.deepl.faults import Place, misread
from i18n_pipeline.providers.deepl.faults import judge as judge_deepl
from i18n_pipeline.providers.deepl.faults import listen as listen_deepl
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.openai.faults import Peer, Reply, judge, objects, wait_asked
from i18n_pipeline.providers.openai.reading import Unreadable, listen, read
from i18n_pipeline.providers.replies import half_a_character
from i18n_pipeline.providers.retry import Again
from tests.fuzz.given import parts, text_of

SECRET = "sk-canary-0123456789"  # noqa: S105 - opens nothing
STATUSES = (200, 400, 401, 403, 404, 407, 413, 429, 456, 500, 502, 503, 529)


def openai(data: bytes) -> None:
    """A chat model's reply gives a text or a fault for each id; a refusal is one of ours."""
    ids = ("a", "b", "c")
    try:
        found = read(listen(data), ids)
    except Unreadable:
        pass
    else:
        assert len(found.texts) == len(found.faults) == len(ids)
        for text, fault in zip(found.texts, found.faults, strict=True):
            assert bool(text.strip()) != bool(fault)
            assert not half_a_character(text)
    peer = Peer("host", "model", Key(SECRET))
    for status in STATUSES:
        reply = Reply(status, data)
        objects(reply)
        _no_key(judge(reply, peer))


def deepl(data: bytes) -> None:
    """What DeepL says of a failure is told without the key, whatever the body is."""
    after, body = map(text_of, parts(data, 2))
    key = Key(SECRET)
    place = Place("api.deepl.com")
    for status in STATUSES:
        heard = listen_deepl(status, {"Retry-After": after, "X-Trace-ID": after}, body, key)
        assert SECRET not in heard.words + heard.trace
        assert heard.words.isprintable()
        assert len(heard.words) <= 400
        _no_key(judge_deepl(DeepLException("x", http_status_code=status), heard, place))
        _no_key(misread(heard, place))
    wait_asked({"retry-after": after, "date": body})


def _no_key(found: I18nError | Again) -> None:
    failure = found.error if isinstance(found, Again) else found
    assert SECRET not in failure.message + failure.hint


_CALLER = Caller("GitHub", "https://host", {}, Token(SECRET), seconds=0)


def hosting(data: bytes) -> None:
    """What a hosting service says is an answer or one of our failures, and the token is in none."""
    headers = Message()
    headers["Retry-After"] = "3"
    for status in (200, 201, *STATUSES):
        said = _CALLER._read(_Answer(status, headers, data))
        if isinstance(said, _Trouble):
            assert SECRET not in said.failure.message + said.failure.hint
            assert len(said.failure.message) <= 400
            said.pause("GET", 1.0)
            continue
        assert status < 300
        for row in (table(said), *tables(said)):
            with suppress(I18nError):
                assert type(number(row.get("number"))) is int
        with suppress(I18nError):
            listed(said)
