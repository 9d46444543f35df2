from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from i18n_pipeline.errors import (
    BadConfig,
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    UsageError,
)
from i18n_pipeline.providers import available, load, names
from i18n_pipeline.providers.base import Provider, Settings
from i18n_pipeline.providers.ctranslate2 import engine
from i18n_pipeline.providers.memory import Memory


def test_every_name_of_ours_loads_its_provider() -> None:
    environment = {"DEEPL_AUTH_KEY": "key"}
    assert [load(name, environment).name for name in ("deepl", "memory", "pseudo")] == [
        "deepl",
        "memory",
        "pseudo",
    ]


def test_an_unknown_name_is_an_error_with_the_one_that_was_meant() -> None:
    with pytest.raises(UsageError) as failure:
        load("deeple", {})
    assert failure.value.hint == "did you mean 'deepl'?"


def test_a_name_like_none_is_answered_with_all_there_are() -> None:
    with pytest.raises(UsageError) as failure:
        load("zzz", {})
    assert failure.value.hint == f"one of: {', '.join(names())}"


def test_a_provider_named_without_its_key_says_which_variable_is_missing() -> None:
    with pytest.raises(NotAuthorised, match="DEEPL_AUTH_KEY is not set"):
        load("deepl", {})


def test_the_key_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("secret\n")
    assert load("deepl", {"DEEPL_AUTH_KEY_FILE": str(file)}).name == "deepl"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", None], ids=["empty", "not text", "missing"])
def test_a_key_file_without_a_key_is_not_authorised(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NotAuthorised, match="DEEPL_AUTH_KEY"):
        load("deepl", {"DEEPL_AUTH_KEY_FILE": str(file)})


@pytest.mark.parametrize("key", ["two words", "schlüssel", "a\nb"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(NotAuthorised) as failure:
        load("deepl", {"DEEPL_AUTH_KEY": key})
    assert key not in failure.value.message + failure.value.hint


@pytest.mark.parametrize(
    "address",
    [
        "api.deepl.com",
        "ftp://x",
        "http://",
        "http://[",
        "https:///p",
        "https://user:word@x",
        "https://:word@x",
        "http://host:99999",
        "http://höst",
    ],
)
def test_a_server_address_that_is_none_is_bad_configuration(address: str) -> None:
    with pytest.raises(BadConfig, match="DEEPL_SERVER_URL"):
        load("deepl", {"DEEPL_AUTH_KEY": "key", "DEEPL_SERVER_URL": address})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "memory"),
        ({"DEEPL_AUTH_KEY": ""}, "memory"),
        ({"DEEPL_AUTH_KEY": "key"}, "deepl"),
        ({"DEEPL_AUTH_KEY_FILE": "/key"}, "deepl"),
    ],
)
def test_the_default_is_deepl_where_its_key_is_set(
    environment: Mapping[str, str], expected: str
) -> None:
    assert available(environment) == expected


def other(environment: Mapping[str, str], settings: Settings) -> Provider:
    return Memory()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str) -> tuple[EntryPoint, ...]:
        return (
            EntryPoint("other", f"{__name__}:other", group),
            EntryPoint("broken", "no_such_package:load", group),
        )

    monkeypatch.setattr("importlib.metadata.entry_points", points)


@pytest.mark.usefixtures("installed")
def test_a_provider_of_another_package_is_found_by_its_entry_point() -> None:
    assert "other" in names()
    assert load("other", {}).name == "memory"


@pytest.mark.usefixtures("installed")
def test_a_package_that_does_not_load_is_a_provider_that_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailable, match="broken"):
        load("broken", {})


@pytest.mark.usefixtures("installed")
def test_names_of_ours_cannot_be_taken_by_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda group: (EntryPoint("memory", "no_such:load", group),),
    )
    assert load("memory", {}).name == "memory"
    assert issubclass(UsageError, I18nError)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"ctranslate2"}, "sentencepiece is not installed"),
        (set(), "ctranslate2 and sentencepiece are not installed"),
    ],
)
def test_libraries_that_are_missing_are_named(
    monkeypatch: pytest.MonkeyPatch, there: set[str], said: str
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: name if name in there else None)
    with pytest.raises(ProviderUnavailable) as failure:
        engine.look_for_libraries()
    assert failure.value.message == said
