"""DeepL: its languages, its line, its glossaries, and the provider that joins them."""
