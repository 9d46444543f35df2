"""Text ↔ model, without I/O: term files, PO, lock, glossaries."""
