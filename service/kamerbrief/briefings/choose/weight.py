"""What a point weighs in a part of a briefing, in log odds: how likely it is a key fact, and what the part is of."""

from kamerbrief.briefings.choose.worth import log_odds
from kamerbrief.briefings.find.points import Point
from kamerbrief.records.briefings import Commitment


def as_key_fact(point: Point) -> float:
    return log_odds(point.worth["key"])


def as_decision(point: Point) -> float:
    return as_key_fact(point) + log_odds(point.worth["decision"])


def as_open_point(point: Point) -> float:
    return as_key_fact(point) + log_odds(point.worth["open"])


def as_promise(point: Point) -> float:
    """Of two that are as likely one, that with a date weighs more."""
    dated = isinstance(point.line, Commitment) and point.line.deadline is not None
    return as_key_fact(point) + (log_odds(point.worth["promise"]) + dated)
