"""Which locales would cost how much, before anybody pays."""

from __future__ import annotations

import i18n_pipeline


def prices(folder: str, provider: str) -> dict[str, int]:
    report = i18n_pipeline.plan(folder, provider=[provider])
    return {one.locale: one.estimate.characters for one in report.locales if one.estimate}
