"""A briefing as every form shows it: what is said, in which order and words, and the numbers of its sources.

The forms only write this down, each in its own marks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamerbrief.briefings.forms.marking import Marking, Row, Said, Source
from kamerbrief.briefings.forms.plain import plain
from kamerbrief.briefings.forms.title_block import facts, letter_row, remarks
from kamerbrief.briefings.parts import PARTS, Part
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.records.briefings import Briefing


@dataclass(frozen=True)
class Block:
    """A part that holds something: a table, or where there are no columns a list. `hidden` is how many more there are
    than the rows, and `rest` says so."""

    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: int
    rest: str


@dataclass(frozen=True)
class Page:
    """The title block, the parts that hold something, and the sources in the order of their first mark; in a language,
    with its `words` for the rest."""

    language: str
    words: Mapping[str, Any]
    title: str
    facts: tuple[tuple[str, str], ...]
    letters: tuple[Row, ...]
    remarks: tuple[str, ...]
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]


def lay_out(briefing: Briefing, lexicon: Lexicon | None = None, parts: Sequence[Part] = PARTS) -> Page:
    """The whole briefing, made in the order of reading so that the sources are numbered as they are met. What it says
    itself is in the language of the lexicon, Dutch where none is given; lines and quotes are as they are."""
    marking, lexicon = Marking(), lexicon or lexicon_of(None)
    blocks = [_block(part, briefing, marking, lexicon) for part in parts]
    return Page(
        language=lexicon.code,
        words=lexicon.table("briefings.forms"),
        title=plain(briefing.subject),
        facts=tuple(facts(briefing, lexicon)),
        letters=tuple(letter_row(one, lexicon) for one in briefing.letters),
        remarks=tuple(remarks(briefing, lexicon)),
        blocks=tuple(block for block in blocks if block.rows),
        sources=marking.sources(),
    )


def _block(part: Part, briefing: Briefing, marking: Marking, lexicon: Lexicon) -> Block:
    """Leaves out a column in which no row says anything."""
    words = lexicon.table("briefings.forms")
    columns = words["columns"].get(part.name, ())
    rows = [part.row(line, marking.said, lexicon) for line in part.shown(briefing)]
    told = [place for place in range(len(columns)) if any(row[place] != Said("") for row in rows)]
    hidden = len(part.of(briefing)) - len(rows)
    return Block(
        name=part.name,
        heading=words["headings"][part.name],
        columns=tuple(columns[place] for place in told),
        rows=tuple(tuple(row[place] for place in told) for row in rows) if columns else tuple(rows),
        hidden=hidden,
        rest=words["rest"].format(count=hidden) if hidden else "",
    )
