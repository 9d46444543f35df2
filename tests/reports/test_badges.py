"""Badges: small, well-formed, and never more than the truth."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from i18n_pipeline.reports.badges import badge


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.2, "1%"), (49.6, "50%"), (99.97, "99%"), (100, "100%")]
)
def test_it_is_never_rounded_to_all_or_nothing(share: float, said: str) -> None:
    drawn = ET.fromstring(badge("ja", share))  # noqa: S314  # our own
    assert drawn.attrib["aria-label"] == f"ja: {said} of terms reviewed"


def test_what_is_not_known_is_no_number() -> None:
    drawn = ET.fromstring(badge("ja", None))  # noqa: S314  # our own
    assert drawn.attrib["aria-label"] == "ja: not known"


def test_a_label_may_hold_anything() -> None:
    drawn = ET.fromstring(badge('<"&>', 50))  # noqa: S314  # our own
    assert drawn.attrib["aria-label"].startswith('<"&>: ')
