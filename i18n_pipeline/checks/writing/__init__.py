"""A text is written as its language is written."""
