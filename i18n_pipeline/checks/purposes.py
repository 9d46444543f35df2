"""What each check looks for, in the words of docs/reference/checks.md, by the code of its rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "destinations": (
            "a link, image or address that the source does not have, no slug of the glossary "
            "leads to, and `[links] allow` does not name"
        ),
        "html": (
            "an HTML tag or comment that the source does not have, or that is closed otherwise"
        ),
        "template": (
            "template syntax that the source does not have: `{{`, `{%`, MDX, attribute lists"
        ),
        "control-characters": (
            "control, zero-width and text-direction characters that the source does not have"
        ),
        "structure": (
            "a text that in its place would not be one segment of its kind: one that opens a "
            "code block, say"
        ),
        "empty": "a translation of white space alone",
        "placeholders": "code, a formula, a footnote or a tag that is missing, or there too often",
        "links": "a link or image of the source that is missing, or no longer read as one",
        "html-missing": "an HTML tag of the source that is missing, or there too often",
        "emphasis": (
            "bold, emphasised or struck text that is missing or not read as such: between "
            "Japanese letters, `**「重要」**な` stays two asterisks"
        ),
        "mojibake": "text that was read in the wrong encoding",
        "source-mojibake": (
            "text of a source that was read in the wrong encoding: it is not sent to a provider"
        ),
        "terminology": (
            "a term whose required rendering is absent, or a rendering that is deprecated"
        ),
        "kept-names": "a name from the keep list that is missing",
        "line-breaks": "hard line breaks that were lost or added",
    }
)
"""A rule without an entry has no words for those who read its findings elsewhere."""
