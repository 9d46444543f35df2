"""The report as a static site: pages that need no server, no script and no other file."""

from i18n_pipeline.reports.site.pages import need_library, site

__all__ = ["need_library", "site"]
