"""What every way in shows alike, on the command line and over HTTP."""

FILTER_NAMES = {"letters": "letter", "since": "from", "until": "to"}
"""Filters that are called otherwise where each stands alone, as an option or in a query."""
