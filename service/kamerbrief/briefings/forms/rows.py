"""How the lines of each part are shown: as an item of a list, or as the cells of a row of a table."""

from collections.abc import Iterator

from kamerbrief.briefings.forms.marking import Row, Said, Say, item
from kamerbrief.briefings.forms.plain import dutch_date, plain
from kamerbrief.language.dates import format_date
from kamerbrief.records.briefings import Actor, Change, Commitment, Event, Figure, Line


def line_row(line: Line, say: Say) -> Row:
    return (say(line),)


def commitment_row(line: Commitment, say: Say) -> Row:
    def terms() -> Iterator[str]:
        if line.who:
            yield f"wie: {plain(line.who)}"
        if line.deadline:
            yield f"termijn: {dutch_date(line.deadline)}"

    return item(say(line), terms())


def figure_row(line: Figure, say: Say) -> Row:
    return Said(plain(line.number)), say(line), Said(format_date(line.date) if line.date else "")


def event_row(line: Event, say: Say) -> Row:
    return Said(dutch_date(line.date)), say(line)


def actor_row(line: Actor, say: Say) -> Row:
    return say(line, line.name), Said(plain(line.part or ""))


def change_row(change: Change, say: Say) -> Row:
    return say(change.earlier), say(change.later)
