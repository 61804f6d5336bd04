"""How the service fares, day by day, out of what its log keeps; and charts of it."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kamerbrief.store.answer_log import Outcome

DAYS = 30
STEP, BAR, HEIGHT = 20.0, 14.0, 120.0  # of a chart, in its own units


@dataclass(frozen=True)
class Day:
    """`seconds` is the median of how long its answers took; None where there are none."""

    date: datetime.date
    asked: int
    refused: int
    stopped: int
    failed: int
    seconds: float | None
    tokens: int
    cost: float


@dataclass(frozen=True)
class Bar:
    """A day in a chart. `part` is how much of the height, from below, is shown apart."""

    x: float
    height: float
    part: float
    day: Day


def days_of(outcomes: Sequence[Outcome], today: datetime.date) -> list[Day]:
    """The last days, oldest first, the empty ones among them. A day is one in UTC."""
    by_day: defaultdict[datetime.date, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_day[one.asked_at.date()].append(one)
    dates = (today - datetime.timedelta(back) for back in reversed(range(DAYS)))
    return [_day(date, by_day[date]) for date in dates]


def _day(date: datetime.date, of_day: Sequence[Outcome]) -> Day:
    return Day(
        date=date,
        asked=len(of_day),
        refused=sum(not one.answered for one in of_day),
        stopped=sum(len(one.rules) for one in of_day),
        failed=sum(one.failed for one in of_day),
        seconds=median(one.milliseconds for one in of_day) / 1000 if of_day else None,
        tokens=sum(one.tokens for one in of_day),
        cost=sum(one.cost for one in of_day),
    )


def rules_of(outcomes: Sequence[Outcome]) -> list[tuple[str, int]]:
    """Which rules stopped sentences, and how many each, the most first."""
    return Counter(rule for one in outcomes for rule in one.rules).most_common()


def chart(days: Sequence[Day], name: str, part: str = "") -> list[Bar]:
    """A bar for each day, the highest as high as the chart; with another value as a part of it."""
    values = [float(getattr(day, name) or 0) for day in days]
    parts = [float(getattr(day, part)) if part else 0.0 for day in days]
    most = max(values) or 1.0
    return [
        Bar(at * STEP, round(value / most * HEIGHT, 1), round(own / most * HEIGHT, 1), day)
        for at, (value, own, day) in enumerate(zip(values, parts, days, strict=True))
    ]
