"""What a run costs, beside what the alternatives and the machine itself need: `make bench`."""
