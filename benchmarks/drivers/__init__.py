"""What runs inside a peer's own environment, so that it works through all files in one process."""
