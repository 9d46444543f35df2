"""A translation pipeline for Markdown glossaries. The parts, in the order data passes: README.md."""

__version__ = "0.1.0"
