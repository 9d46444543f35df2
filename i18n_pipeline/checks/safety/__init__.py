"""What may never reach a page, whoever wrote it."""
