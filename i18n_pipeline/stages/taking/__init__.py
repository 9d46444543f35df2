"""Edits made in built files, taken back: aligned with what was built, and decided three ways.

matching.py tells which text of the file is which of those we wrote, reading.py what the file says
in the source's form, deciding.py what that makes of the units.
"""
