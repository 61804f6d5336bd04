"""How the lines of each part are shown: as an item of a list, or as the cells of a row of a table."""

from collections.abc import Callable, Iterator
from typing import Any

from kamerbrief.briefings.forms.marking import Row, Said, Say, item
from kamerbrief.briefings.forms.plain import date_in, plain
from kamerbrief.language.dates import format_date
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import Actor, Change, Commitment, Event, Figure, Line

ShowsRow = Callable[[Any, Say, Lexicon], Row]
"""Shows a line, with what the form says itself in a language."""


def line_row(line: Line, say: Say, _: Lexicon) -> Row:
    return (say(line),)


def commitment_row(line: Commitment, say: Say, lexicon: Lexicon) -> Row:
    def terms() -> Iterator[str]:
        if line.who:
            yield lexicon.text("briefings.forms.who").format(name=plain(line.who))
        if line.deadline:
            yield lexicon.text("briefings.forms.deadline").format(date=date_in(line.deadline, lexicon))

    return item(say(line), terms())


def figure_row(line: Figure, say: Say, lexicon: Lexicon) -> Row:
    return Said(plain(line.number)), say(line), Said(format_date(line.date, lexicon) if line.date else "")


def event_row(line: Event, say: Say, lexicon: Lexicon) -> Row:
    return Said(date_in(line.date, lexicon)), say(line)


def actor_row(line: Actor, say: Say, _: Lexicon) -> Row:
    return say(line, line.name), Said(plain(line.part or ""))


def change_row(change: Change, say: Say, _: Lexicon) -> Row:
    return say(change.earlier), say(change.later)
