"""The set of letters to be briefed, and what a good briefing of them holds."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from eval.checked import Checked
from eval.sets.cases import Entry, Nugget, Place, Stretch
from eval.sets.members import NAMED

Moment = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?|-Q[1-4])?$")]
"""A date as exact as the letter gives it: "2014-09-10", "2014-09", "2014-Q3" or "2014"."""


class Fact(Nugget):
    """A fact that a briefing ought to hold, and the paragraphs that state it."""

    gold: tuple[Place, ...] = Field(min_length=1)


class Stated(Checked):
    """Something that a letter states. Its place is the whole sentence that does; it may state more than one thing."""

    place: Stretch


class GoldPromise(Stated):
    """Somebody will do something that is not done yet at the letter's date, perhaps by a date that the letter gives."""

    text: str = Field(min_length=1)
    who: str = Field(min_length=1)
    deadline: Moment | None


class GoldFigure(Stated):
    """How much or how many of something there is, the number as written; `core` when two pages should show it."""

    number: str = Field(min_length=1)
    of: str = Field(min_length=1)
    core: bool


class GoldEvent(Stated):
    """What happened or will happen at a date, or at the beginning of a period; `core` when two pages should show it."""

    date: Moment
    text: str = Field(min_length=1)
    core: bool


class GoldChange(Checked):
    """What a later letter says otherwise than an earlier one. Each of the `earlier` sentences says it as it was, each
    of the `later` ones as it is."""

    text: str = Field(min_length=1)
    earlier: tuple[Stretch, ...] = Field(min_length=1)
    later: tuple[Stretch, ...] = Field(min_length=1)


class Sequel(Entry):
    """Two letters on one matter, the earlier one first, and all that changed between them."""

    letters: tuple[str, str]
    changes: tuple[GoldChange, ...]

    @property
    def group(self) -> str:
        return "real" if self.letters[0].startswith(NAMED) else "made"

    @property
    def places(self) -> Sequence[Place]:
        return [place for one in self.changes for place in (*one.earlier, *one.later)]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.letters)


class Brief(Entry):
    """Letters to be briefed, the facts that a good briefing holds, and all that the letters promise, count and date."""

    letters: tuple[str, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = ()
    promises: tuple[GoldPromise, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    events: tuple[GoldEvent, ...] = ()

    @property
    def group(self) -> str:
        return self.letters[0]

    @property
    def places(self) -> Sequence[Place]:
        facts = [place for fact in self.facts for place in fact.gold]
        return [*facts, *(one.place for one in (*self.promises, *self.figures, *self.events))]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.letters)
