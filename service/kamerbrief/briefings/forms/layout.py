"""A briefing as every form shows it: what is said, in which order and words, and the numbers of its sources.

The forms only write this down, each in its own marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.briefings.forms.marking import Marking, Row, Said, Source
from kamerbrief.briefings.forms.plain import plain
from kamerbrief.briefings.forms.title_block import facts, letter_row, remarks
from kamerbrief.briefings.parts import PARTS, Part
from kamerbrief.records.briefings import Briefing


@dataclass(frozen=True)
class Block:
    """A part that holds something: a table, or where there are no columns a list. `hidden` is how many more there are
    than the rows."""

    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: int

    @property
    def rest(self) -> str | None:
        return f"en nog {self.hidden} in de JSON" if self.hidden else None


@dataclass(frozen=True)
class Page:
    """The title block, the parts that hold something, and the sources in the order of their first mark."""

    title: str
    facts: tuple[tuple[str, str], ...]
    letters: tuple[Row, ...]
    remarks: tuple[str, ...]
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]


def lay_out(briefing: Briefing, parts: Sequence[Part] = PARTS) -> Page:
    """The whole briefing, made in the order of reading so that the sources are numbered as they are met."""
    marking = Marking()
    blocks = [_block(part, briefing, marking) for part in parts]
    return Page(
        title=plain(briefing.subject),
        facts=tuple(facts(briefing)),
        letters=tuple(map(letter_row, briefing.letters)),
        remarks=tuple(remarks(briefing)),
        blocks=tuple(block for block in blocks if block.rows),
        sources=marking.sources(),
    )


def _block(part: Part, briefing: Briefing, marking: Marking) -> Block:
    """Leaves out a column in which no row says anything."""
    rows = [part.row(line, marking.said) for line in part.shown(briefing)]
    told = [place for place in range(len(part.columns)) if any(row[place] != Said("") for row in rows)]
    return Block(
        name=part.name,
        heading=part.heading,
        columns=tuple(part.columns[place] for place in told),
        rows=tuple(tuple(row[place] for place in told) for row in rows) if part.columns else tuple(rows),
        hidden=len(part.of(briefing)) - len(rows),
    )
