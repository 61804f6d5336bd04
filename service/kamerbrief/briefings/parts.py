"""The parts of a briefing: one table that says of each what is found for it, what room it has, and how it is shown.

A new part is an entry here, a field of the record `Briefing`, its words in the lexicons (`[briefings.forms]`), and a
finder where no finder there is finds its points.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kamerbrief.briefings.choose.weight import as_decision, as_key_fact, as_open_point, as_promise
from kamerbrief.briefings.find import finders
from kamerbrief.briefings.find.points import Finder, Point
from kamerbrief.briefings.forms import rows
from kamerbrief.briefings.periods import in_time
from kamerbrief.records.briefings import Briefing, BriefingLength, Event, Line, Note, NoteKind
from kamerbrief.records.letters import Letter


def words(short: int, normal: int, long: int) -> Mapping[BriefingLength, int]:
    """The words that a part may have by the length of the briefing. A page of A4 holds some 450: the parts together
    have half of one, two, and five."""
    return {"short": short, "normal": normal, "long": long}


def as_found(_: Line) -> str:
    """In the order of the letters."""
    return ""


def by_date(line: Line) -> str:
    """By the first day: a year, a half, a quarter or a month stands before its days."""
    return in_time(line.date) if isinstance(line, Event) else ""


def noted_line(note: Note, _: Letter) -> Line:
    """What a model noted as a line and no more."""
    return Line(text=note.text, citations=note.citations, writer=note.writer)


@dataclass(frozen=True)
class Part:
    """A part of a briefing: the field `name` of the record. Under that name the lexicons have its heading, and its
    columns where it is a table.

    `find` finds its points in a letter; nothing is searched for a part without. The parts take their points in the
    order of their `turn`: those that weigh most, in the `room` they have, which then stand in the `order` of their
    lines. One that is `listed` holds all that was found, and the forms show what was taken. `note` is the kind of a
    model's notes that belong here, `noted` makes a line of one. A `row` of a form has a cell for each column; without
    these it is an item of a list.
    """

    name: str
    find: Finder | None = None
    turn: int = 0
    room: Mapping[BriefingLength, int] = field(default_factory=dict)
    weight: Callable[[Point], float] = as_key_fact
    order: Callable[[Line], str] = as_found
    listed: bool = False
    note: NoteKind | None = None
    noted: Callable[[Note, Letter], Line] = noted_line
    row: rows.ShowsRow = rows.line_row

    def of(self, briefing: Briefing) -> tuple[Any, ...]:
        """All that a briefing holds of it."""
        lines: tuple[Any, ...] = getattr(briefing, self.name)
        return lines

    def shown(self, briefing: Briefing) -> list[Any]:
        """What of that the length allows."""
        lines = self.of(briefing)
        places = briefing.shown.get(self.name, range(len(lines)))
        return sorted((line for place, line in enumerate(lines) if place in places), key=self.order)


KEY = Part(
    "in_short",
    find=finders.find_key_points,
    turn=0,
    room=words(130, 350, 300),
    note="key",
)
FIGURES = Part(
    "figures",
    find=finders.find_figures,
    turn=5,
    room=words(0, 90, 350),
    listed=True,
    row=rows.figure_row,
)
TIMELINE = Part(
    "timeline",
    find=finders.find_events,
    turn=6,
    room=words(0, 60, 350),
    order=by_date,
    listed=True,
    row=rows.event_row,
)
CHANGES = Part("changes", row=rows.change_row)
PARTS = (
    KEY,
    Part(
        "decided",
        find=finders.find_decisions,
        turn=1,
        room=words(40, 130, 400),
        weight=as_decision,
        note="decision",
    ),
    Part(
        "commitments",
        find=finders.find_promises,
        turn=4,
        room=words(50, 190, 600),
        weight=as_promise,
        listed=True,
        note="promise",
        noted=finders.noted_promise,
        row=rows.commitment_row,
    ),
    FIGURES,
    TIMELINE,
    Part(
        "actors",
        find=finders.find_actors,
        turn=3,
        room=words(0, 40, 120),
        listed=True,
        row=rows.actor_row,
    ),
    CHANGES,
    Part(
        "open_points",
        find=finders.find_open_points,
        turn=2,
        room=words(0, 70, 200),
        weight=as_open_point,
        note="open",
    ),
)
"""In the order of reading."""
FINDERS = {part.name: part.find for part in PARTS if part.find} | {finders.ALL: finders.find_all}
