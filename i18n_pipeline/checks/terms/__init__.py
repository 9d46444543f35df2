"""Terms are rendered as the glossary wants them, names stay as they are."""
