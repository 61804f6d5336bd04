"""The timeline of a briefing as a picture."""

import datetime
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kamerbrief.briefings.forms.plain import date_in, plain
from kamerbrief.briefings.periods import days_of
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.records.briefings import Event

_WIDTH = 720.0  # in the picture's own units; a letter is about _LETTER wide
_LETTER = 6.5
_EDGE = 8.0
_GAP = 10.0
_ROW = 24.0
_MOST_ROWS = 16
_LONGEST_LABEL = 54
_MOST_TICKS = 6
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)  # months from tick to tick


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Spot:
    """An event at its beginning, and as wide as its date is vague. One without a label stands on the axis."""

    x: float
    y: float
    width: float
    title: str
    labelled: bool

    @property
    def leftwards(self) -> bool:
        """Where most of the room is."""
        return self.x > _WIDTH / 2

    @property
    def label_x(self) -> float:
        """Beside the mark, and behind the width of a vague date if that leaves room enough."""
        if self.leftwards:
            return self.x - _GAP
        return self.x + _GAP + (self.width if self.x + self.width < _WIDTH / 2 else 0)

    @property
    def label(self) -> str:
        return self.title if len(self.title) <= _LONGEST_LABEL else self.title[: _LONGEST_LABEL - 1].rstrip() + "…"


@dataclass(frozen=True)
class Picture:
    """The timeline as a picture: time runs to the right, and each event has a row, so that no labels meet."""

    width: float
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    spots: tuple[Spot, ...]


def draw(events: Sequence[Event], lexicon: Lexicon | None = None) -> Picture | None:
    """In Dutch where no lexicon is given; None where there are not two events to put beside each other."""
    lexicon = lexicon or lexicon_of(None)
    dated = [(event, days) for event in events if (days := days_of(event.date))]
    if len(dated) < 2:
        return None
    months = [day.year * 12 + day.month - 1 for _, days in dated for day in days]
    start, end = _month(min(months))[0].toordinal(), _month(max(months))[1].toordinal() + 1

    def place(day: int) -> float:
        return round(_EDGE + (day - start) / (end - start) * (_WIDTH - 2 * _EDGE), 1)

    rows = min(len(dated), _MOST_ROWS)
    axis = rows * _ROW + _ROW / 2
    labelled = {row * len(dated) // rows: row for row in range(rows)}  # spread evenly where there are too many
    spots = []
    for number, (event, (first, last)) in enumerate(dated):
        x = place(first.toordinal())
        row = labelled.get(number)
        spots.append(
            Spot(
                x=x,
                y=axis if row is None else row * _ROW + _ROW / 2,
                width=0 if first == last else round(place(last.toordinal() + 1) - x, 1),
                title=f"{date_in(event.date, lexicon)}: {plain(event.text)}",
                labelled=row is not None,
            )
        )
    return Picture(_WIDTH, axis + _ROW, axis, _ticks(min(months), max(months), place, lexicon), tuple(spots))


def _ticks(first: int, last: int, place: Callable[[int], float], lexicon: Lexicon) -> tuple[Tick, ...]:
    """A few months or years between those, both counted in months."""
    step = next(step for step in _STEPS if (last - first) // step < _MOST_TICKS)
    ticks = []
    for month in range(first + -first % step, last + 1, step):
        day = _month(month)[0]
        label = str(day.year) if step % 12 == 0 else format_date(day, lexicon).partition(" ")[2]
        ticks.append(Tick(place(day.toordinal()), label))
    return tuple(tick for tick in ticks if tick.x + len(tick.label) * _LETTER < _WIDTH)


def _month(number: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month that is counted from the year 0."""
    year, month = divmod(number, 12)
    return datetime.date(year, month + 1, 1), datetime.date(year, month + 1, monthrange(year, month + 1)[1])
