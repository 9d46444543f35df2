"""What holds for every test: how Hypothesis looks for counterexamples."""

from __future__ import annotations

import os

from hypothesis import settings

EXAMPLES = int(os.environ.get("I18N_EXAMPLES", "40"))
"""Examples of each property: few for every day, many for `make fuzz`."""

# A busy machine must not fail a test. Where CI is set, the examples are the same each time.
settings.register_profile("project", deadline=None, max_examples=EXAMPLES)
settings.load_profile("project")
