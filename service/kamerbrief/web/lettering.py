"""A letter as the page shows it: in pieces, cut where words are marked, a note is called, or a paper is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamerbrief.records.letters import Footnote, Letter, Paragraph, Section, Span
from kamerbrief.records.references import NamedPaper
from kamerbrief.web.places import letter_address, unit_anchor

CELLS = " | "
Unit = tuple[int | None, str | None]  # a paragraph, or a note with the one that its mark stands in


@dataclass(frozen=True)
class Link:
    """Where a named paper can be read: `here`, or at its official address."""

    address: str
    here: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is alike throughout; behind it come the marks of these notes. Of all that is marked in a
    letter one is the first, to which links lead."""

    text: str
    marked: bool
    first: bool
    link: Link | None
    notes: tuple[Footnote, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph: the headings above it, its text as lines of cells, of which all but a table has one."""

    paragraph: Paragraph
    sections: tuple[Section, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]

    @property
    def anchor(self) -> str:
        return unit_anchor(self.paragraph.number)


@dataclass(frozen=True)
class Note:
    """A footnote with its text in pieces."""

    note: Footnote
    pieces: tuple[Piece, ...]

    @property
    def anchor(self) -> str:
        return unit_anchor(self.note.paragraph, self.note.mark)


def blocks_of(letter: Letter, papers: Sequence[NamedPaper], marks: Sequence[Span]) -> list[Block]:
    """The text of a letter, in order."""
    links, marked = _links(papers), _marked(marks)
    called: defaultdict[int, list[Footnote]] = defaultdict(list)
    for note in letter.footnotes:
        if note.paragraph:
            called[note.paragraph].append(note)
    found, section = [], 0
    for one in letter.paragraphs:
        key = one.number, None
        cutter = Cutter(one.text, marked[key], links[key], called[one.number], first_in(key, marks))
        above = letter.sections[section : one.section]
        section = one.section
        found.append(Block(one, above, tuple(cutter.rows() if one.kind == "table" else cutter.lines())))
    return found


def notes_of(letter: Letter, papers: Sequence[NamedPaper], marks: Sequence[Span]) -> list[Note]:
    """The notes of a letter, in order."""
    links, marked = _links(papers), _marked(marks)
    return [
        Note(one, Cutter(one.text, marked[key], links[key], (), first_in(key, marks)).pieces(0, len(one.text)))
        for one in letter.footnotes
        for key in [(one.paragraph, one.mark)]
    ]


class Cutter:
    """Cuts a text where something begins or ends: marked words, a named paper, a call of a note."""

    def __init__(
        self,
        text: str,
        marked: Sequence[tuple[int, int]],
        links: Sequence[tuple[int, int, Link]],
        notes: Iterable[Footnote],
        first: int | None,
    ) -> None:
        self._first = first
        self._text = text
        self._marked = marked
        self._links = links
        self._notes: defaultdict[int, list[Footnote]] = defaultdict(list)
        for note in notes:
            at = len(text) if note.position is None else min(note.position, len(text))
            self._notes[at].append(note)
        spans = [*marked, *((start, end) for start, end, _ in links)]
        edges = {edge for span in spans for edge in span} | set(self._notes)
        self._edges = sorted(edge for edge in edges if 0 < edge <= len(text))

    def rows(self) -> Iterator[tuple[tuple[Piece, ...], ...]]:
        """Of a table: its lines, as cells."""
        for start, end in self._split(0, len(self._text), "\n"):
            yield tuple(self.pieces(*cell) for cell in self._split(start, end, CELLS))

    def lines(self) -> Iterator[tuple[tuple[Piece, ...], ...]]:
        """Of anything else: its lines, each one cell."""
        for start, end in self._split(0, len(self._text), "\n"):
            yield (self.pieces(start, end),)

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """A stretch of the text."""
        edges = [start, *(edge for edge in self._edges if start < edge < end), end]
        return tuple(self._piece(*pair) for pair in pairwise(edges))

    def _piece(self, start: int, end: int) -> Piece:
        return Piece(
            text=self._text[start:end],
            marked=any(a <= start < b for a, b in self._marked),
            first=start == self._first,
            link=next((link for a, b, link in self._links if a <= start < b), None),
            notes=tuple(self._notes[end]) + (tuple(self._notes[0]) if start == 0 else ()),
        )

    def _split(self, start: int, end: int, by: str) -> Iterator[tuple[int, int]]:
        while (at := self._text.find(by, start, end)) >= 0:
            yield start, at
            start = at + len(by)
        yield start, end


def first_in(unit: Unit, marks: Sequence[Span]) -> int | None:
    """Where in a unit the first of all marks begins, if it is in this one."""
    return marks[0].start if marks and (marks[0].paragraph, marks[0].footnote) == unit else None


def _marked(marks: Sequence[Span]) -> defaultdict[Unit, list[tuple[int, int]]]:
    found: defaultdict[Unit, list[tuple[int, int]]] = defaultdict(list)
    for one in marks:
        found[one.paragraph, one.footnote].append((one.start, one.end))
    return found


def _links(papers: Sequence[NamedPaper]) -> defaultdict[Unit, list[tuple[int, int, Link]]]:
    found: defaultdict[Unit, list[tuple[int, int, Link]]] = defaultdict(list)
    for paper in papers:
        if link := link_to(paper):
            for place in paper.places:
                found[place.paragraph, place.footnote].append((place.start, place.end, link))
    return found


def link_to(paper: NamedPaper) -> Link | None:
    """Where a paper that a letter names can be read; None where that is not known."""
    if paper.here and paper.id:
        return Link(letter_address(paper.id), here=True)
    return Link(paper.url, here=False) if paper.url else None
