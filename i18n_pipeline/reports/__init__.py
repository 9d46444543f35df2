"""What a run did and found, as values, as JSON, and as words."""
