"""The drafts that wait for a person, by term; vocabulary, which belongs to none, as ""."""

from __future__ import annotations

from collections import Counter

import i18n_pipeline


def drafts(folder: str, locale: str) -> Counter[str]:
    catalogs = i18n_pipeline.read_catalogs(folder, locale)
    entries = (entry for catalog in catalogs.values() for entry in catalog.fuzzy_entries())
    return Counter(str(entry.msgctxt).rpartition("/")[0] for entry in entries)


def published_name(folder: str, slug: str, locale: str) -> str:
    return str(i18n_pipeline.read_term(folder, slug, locale)["term"])
