"""The review desk: a page on loopback or in one file, and decisions that become edits of the PO."""
