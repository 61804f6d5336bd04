"""What the readers of the formats hand over, and what the shared steps work on.

Text and PDF come as `Line`s, which `flow` makes into `Block`s; the XML comes as `Block`s at once. Distances on a line
are in the unit of its page: points in a PDF, characters in a text.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kamerbrief.records.letters import Reference, Taken

BlockKind = Literal["heading", "text", "item", "table", "figure"]
Marks = tuple[tuple[str, int], ...]
"""Footnote marks: what was printed, and the position in the text it stood before."""


@dataclass(frozen=True)
class Line:
    """One printed line. `gap` is the distance to the line above, in ordinary line distances (1.0: the next line)."""

    text: str
    left: float
    right: float
    first: float
    """Width of the first word: whether it would have fitted on the line above tells a forced break."""
    space: float = 1.0
    gap: float = 1.0
    size: float = 1.0
    bold: bool = False
    italic: bool = False
    page: int | None = None
    turned: bool = False
    """First on its page, or first after what was printed around the text: the gap says nothing."""
    whole: bool = False
    """A paragraph by itself: the source does not break lines."""
    cells: tuple[str, ...] = ()
    marks: Marks = ()
    opens: bool = False
    """The file's own structure starts a paragraph here."""
    edges: tuple[tuple[float, float], ...] = ()
    """Where each of the cells begins and ends."""
    figure: bool = False
    """The words of a figure: a label a line."""
    frame: tuple[int, int] = (0, 0)
    """Left and right of what it is set in, a page or a column of one: in another frame lines end elsewhere."""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item, a table or a figure; `lines` are the printed lines it was made of."""

    kind: BlockKind
    text: str
    lines: tuple[str, ...] = ()
    page: int | None = None
    level: int = 1
    marks: Marks = ()
    until: int | None = None
    """The page that its last line stands on, where that is known."""


@dataclass(frozen=True)
class Note:
    """A footnote as printed; `page` ties it to the mark in the text where marks begin anew on every page."""

    mark: str
    text: str
    page: int | None = None


@dataclass
class Facts:
    """What a source says about itself. The last word is with the reader that knows best: records, then print."""

    id: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    dossier: str | None = None
    dossier_name: str | None = None
    number: str | None = None
    session_year: str | None = None
    ministries: tuple[str, ...] = ()
    reference: str | None = None
    signatories: tuple[tuple[str, str | None], ...] = ()
    addressee: str | None = None
    language: str | None = None
    chamber: str | None = None
    """"tk" or "ek"."""
    reprint: bool = False
    references: tuple[Reference, ...] = ()
    """What its official record says that it belongs to."""
    attached_to: str | None = None
    """The id of the letter to which this is an attachment."""
    caption: str | None = None
    """What the paper calls itself: "BRIEF VAN DE MINISTER VAN …", "MOTIE VAN …", "Aanhangsel van de Handelingen"."""

    def take(self, other: "Facts") -> None:
        """Fill what is missing from `other`."""
        for name, value in vars(other).items():
            if not getattr(self, name):
                setattr(self, name, value)


RemarkKind = Literal["picture", "recognised", "slanted", "sideways", "off the page", "hidden", "mended"]


@dataclass(frozen=True)
class Remark:
    """What was met in reading: on `page` (None where there are none) something that is no text of the letter, or that
    could not be read as it stands. `text` is what it says, where it says anything."""

    page: int | None
    kind: RemarkKind
    text: str = ""


@dataclass
class Reading:
    """A source, read: its blocks in order, its notes, what it says about itself, what was left out as furniture, and
    what else was met in reading it."""

    blocks: list[Block]
    notes: list[Note] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    furniture: list[Taken] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @cached_property
    def recognised(self) -> frozenset[int | None]:
        """The pages that were read by text recognition."""
        return frozenset(one.page for one in self.remarks if one.kind == "recognised")

    def is_recognised(self, first: int | None, last: int | None = None) -> bool:
        """Whether text from one page to another was read by text recognition."""
        return first is not None and not self.recognised.isdisjoint(range(first, (last or first) + 1))
