from __future__ import annotations

from i18n_pipeline.providers.keys import Key

CANARY = "canary-key-4711-and-more"


def test_a_key_prints_itself_nowhere() -> None:
    """Not in a traceback with values, a log, or whatever holds it and is printed."""
    key = Key(CANARY)
    assert CANARY not in f"{key} {key!r} {[key]} {key:}" + str({"key": key})


def test_a_key_is_hidden_wherever_it_stands() -> None:
    key = Key(CANARY)
    assert key.hide(f"a{CANARY}b {CANARY}") == "a…b …"
    assert key.hide_in(f"ein {CANARY}", "a text") == "ein …"
    assert key.hide_in(f"ein {CANARY}", f"a {CANARY}") == f"ein {CANARY}"
    assert Key("ollama").hide_in("ollama", "a text") == "ollama"
    assert Key("").hide("a text") == "a text"
