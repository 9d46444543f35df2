"""`python -m i18n_pipeline` is `i18n`."""

from i18n_pipeline.cli import main

main()
