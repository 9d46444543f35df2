"""What a nightly run brings: as a pull request's title and text, in lines, and as JSON.

contents.py holds the values, proposal.py writes the pull request, delivered.py the report.
"""
