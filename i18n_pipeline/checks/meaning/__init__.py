"""A translation says what its source says: no less, no more, and nothing about itself."""
