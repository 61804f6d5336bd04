"""What time it is, as a value that is handed on: nothing else asks the machine for its own local time."""

import datetime
from collections.abc import Callable

Clock = Callable[[], datetime.datetime]
"""Gives the time of now, in UTC."""


def utc_now() -> datetime.datetime:
    """The clock of the machine, in UTC."""
    return datetime.datetime.now(datetime.UTC)
