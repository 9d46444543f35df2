from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.placeholders import PLACEHOLDERS
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from tests.checks.subjects import found, subject

SOURCE = "Use `fit()` and `fit()`, $x^2$, {{< ref >}}[^1] &copy; 2026&nbsp;AD &mdash; x."
WHOLE = "`fit()`と`fit()`、$x^2$、{{< ref >}}[^1] "


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        (SOURCE, []),
        (WHOLE + "© 2026 — &hellip;", []),
        (WHOLE + "&copy; 2026 &mdash; &mdash;", []),
        (WHOLE + "2026 —", ["`&copy;` is missing"]),
        (WHOLE.replace("`fit()`と", "") + "©—", ["“`fit()`” is there once, in the source twice"]),
        (WHOLE + "`fit()`©—", ["“`fit()`” is there 3 times, in the source twice"]),
        (
            "`Fit()` $x^2$ {{< ref >}} ©—",
            [
                "“`fit()`” is missing",
                "`[^1]` is missing",
                "“`Fit()`” is there once, in the source never",
            ],
        ),
    ],
)
def test_what_is_protected_is_there_as_often(target: str, messages: list[str]) -> None:
    extensions = DEFAULT_EXTENSIONS | {"math"}
    one = subject(SOURCE, target, definitions="[^1]: x", extensions=extensions)
    assert found(PLACEHOLDERS, one) == messages


def test_plain_text_has_placeholders_too() -> None:
    one = subject("A {{ x }} & `y`", "`y`", markdown=False)
    assert found(PLACEHOLDERS, one) == ["`{{ x }}` is missing"]
