"""What holds for every test: how Hypothesis looks for counterexamples."""

from __future__ import annotations

from hypothesis import settings

# A busy machine must not fail a test. Where CI is set, the examples are the same each time.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
