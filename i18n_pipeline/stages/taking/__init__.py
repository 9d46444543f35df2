"""Edits made in built files, taken back: aligned with what was built, and decided three ways.

page.py has the values, matching.py tells which text of a file is which of those we wrote,
reading.py and front.py what it says in the source's form, claims.py whose texts these are,
deciding.py what that makes of the units.
"""
