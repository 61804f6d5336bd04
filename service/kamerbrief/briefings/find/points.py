"""What one letter has for a briefing: points, each a line with what it is worth and where it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.choose.worth import Worth, weigh
from kamerbrief.briefings.find.dates import coming, dates
from kamerbrief.briefings.find.statements import Statement, understood
from kamerbrief.embedding.passages import unit
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.records.briefings import Line
from kamerbrief.records.letters import Key, Letter, LetterHead


class Neighbour(NamedTuple):
    """A sentence of the paragraph that a point stands in: from where to where it goes, how many words it has, and how
    likely it is a key fact."""

    start: int
    end: int
    words: int
    key: float


@dataclass(frozen=True)
class Point:
    """A line with what it is worth, where it stands in its letter, and its vector: without what the letter's sentences
    share, which in E5 is most of any vector, and of unit length. `around` are the sentences of the paragraph that a key
    point stands in."""

    line: Line
    key: tuple[str, int, int]
    section: int
    worth: Worth
    vector: NDArray[np.float32]
    around: tuple[Neighbour, ...] = ()

    @property
    def words(self) -> int:
        return len(self.line.text.split())

    @property
    def place(self) -> tuple[str, int]:
        """Its letter and section."""
        return self.key[0], self.section

    def tells(self, letter: str, paragraph: int, start: int, end: int) -> bool:
        """Whether it quotes any of these characters of a paragraph."""
        return any(
            one.key == Key(letter, paragraph) and one.start < end and start < one.end for one in self.line.citations
        )


@dataclass(frozen=True)
class Candidate:
    """A statement as the finders see it. `start` is from where on in its paragraph it is understood; None where it
    points out of the paragraph."""

    statement: Statement
    worth: Worth
    vector: NDArray[np.float32]
    start: int | None

    @property
    def text(self) -> str:
        return self.statement.text

    @property
    def lexicon(self) -> Lexicon:
        return self.statement.lexicon

    @property
    def in_table(self) -> bool:
        return self.statement.paragraph.kind == "table"

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that it names, each once."""
        return tuple(dict.fromkeys(dates(self.text, self.statement.letter.date, self.lexicon)))

    @property
    def deadline(self) -> str | None:
        """The first date of it that was not past for the letter."""
        return coming(self.dates, self.statement.letter.date)

    def point(self, kind: type[Line] = Line, **more: object) -> Point:
        """It as a point: a line of this kind, with what is said along so that it is understood, and the fields that a
        line of the kind has besides."""
        one = self.statement
        citation = one.citation(self.start)
        line = kind(text=citation.quote, citations=(citation,), **more)  # type: ignore[arg-type]
        return Point(line, one.key, one.section.number, self.worth, self.vector)


Finder = Callable[[Sequence[Candidate]], Iterable[Point]]
"""Finds the points of one part of a briefing among the statements of a letter."""


@dataclass(frozen=True)
class Findings:
    """The points of a letter by the part of the briefing that they are for. `words` are those of the whole letter;
    `noted` is what a language model noted of it, of all kinds."""

    head: LetterHead
    words: int
    points: dict[str, list[Point]]
    noted: list[Point] = field(default_factory=list)


def words_of(letter: Letter) -> int:
    return sum(len(one.text.split()) for one in letter.paragraphs)


def own_vectors(of_letter: Sequence[Statement]) -> NDArray[np.float32]:
    """The vectors of points, a row for each statement."""
    vectors = np.array([one.vector for one in of_letter], np.float32)
    return unit(vectors - vectors.mean(axis=0)) if len(of_letter) > 1 else vectors


def find_points(letter: Letter, of_letter: Sequence[Statement], finders: Mapping[str, Finder]) -> Findings:
    """What each finder finds in a letter, by the finder's name. Lines are the letter's own sentences, each with the one
    before it where it needs that."""
    weighed = zip(of_letter, weigh(of_letter), own_vectors(of_letter), strict=True)
    candidates = [
        Candidate(one, worth, vector, understood(at, of_letter)) for at, (one, worth, vector) in enumerate(weighed)
    ]
    return Findings(letter, words_of(letter), {name: list(find(candidates)) for name, find in finders.items()})
