"""What a source marks up is marked up in its translation."""
