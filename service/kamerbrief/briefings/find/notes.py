"""What one letter has for a briefing: its statements weighed and told as lines. Of many letters only that is kept."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kamerbrief.briefings.choose.worth import Worth, weigh
from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.figures import figures
from kamerbrief.briefings.find.moments import coming, dates
from kamerbrief.briefings.find.statements import Statement, understood
from kamerbrief.embedding.passages import unit
from kamerbrief.records.briefings import Actor, Commitment, Event, Figure, Line
from kamerbrief.records.letters import Letter, LetterHead

PROMISED = 0.6  # the chance from which on a statement is called a promise; so for the others
SURELY = 0.35  # and where its words promise by themselves
DECIDED = 0.4
OPEN = 0.4
KEPT = 40  # lines of a letter among which key points are chosen
LEAST_WORDS = 6
MOST_WORDS = 75  # of a line: longer ones are no points
_COURTESY = re.compile(
    r"^(?:hierbij|bijgaand|bij deze|in antwoord op|naar aanleiding van|geachte|mede namens|met (?:deze|genoegen))\b|"
    r"\b(?:hieronder|hierna|in de bijlage|bijgevoegd)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?P<part>(?:de )?(?:demissionair )?(?:minister-president|minister|staatssecretaris|president|premier|"
    r"ambassadeur|"
    r"commissaris|voorzitter|secretaris-generaal|gezant|deltacommissaris|hoogleraar|directeur|heer|mevrouw|professor)"
    r"(?: van [A-Z][\w-]+(?: [A-Z][\w-]+| en [A-Z][\w-]+){0,3})?) "
    r"(?P<name>(?:[A-Z]\.\s?)*[A-Z][\w’-]+(?:[ -](?:al-|el-)?(?:[A-Z][\w’-]+|van|de|der|den|ten|ter|von)){0,4})"
)
_BODY = re.compile(
    r"\b(?P<name>[A-Z][\w’-]+(?: (?:van|voor|en|de|het|der|den|in|"
    r"[A-Z][\w’-]+)){0,6} \((?P<short>[A-Z][A-Za-z&-]{1,10})\))"
)
_OPENING = re.compile(
    r"^(?:(?:Aan|Bij|Binnen|Daarnaast|Door|In|Met|Na|Naast|Namens|Om|Onder|Ook|Op|Over|Sinds|Tussen|Uit|Van|"
    r"Volgens|Voor|Zo) )?(?:(?:[Dd]e|[Hh]et|[Ee]en) )?(?=[A-Z])"
)
_NO_PART = re.compile(r"^(?:de )?(?:heer|mevrouw)$")


class Sentence(NamedTuple):
    """A sentence of a paragraph: where it stands, how many words it has, and how likely it is a key fact."""

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
    around: tuple[Sentence, ...] = ()

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
            one.letter == letter and one.paragraph == paragraph and one.start < end and start < one.end
            for one in self.line.citations
        )


@dataclass(frozen=True)
class Notes:
    """A letter's points: those that may be key, and those of each kind in the order of the letter. `words` are those of
    the whole letter; `told` is what a language model noted, of all kinds."""

    head: LetterHead
    words: int
    told: list[Point] = field(default_factory=list)
    key: list[Point] = field(default_factory=list)
    decided: list[Point] = field(default_factory=list)
    promised: list[Point] = field(default_factory=list)
    figures: list[Point] = field(default_factory=list)
    events: list[Point] = field(default_factory=list)
    open: list[Point] = field(default_factory=list)
    actors: list[Point] = field(default_factory=list)


def words_of(letter: Letter) -> int:
    return sum(len(one.text.split()) for one in letter.paragraphs)


def own_vectors(of_letter: Sequence[Statement]) -> NDArray[np.float32]:
    """The vectors of points, a row for each statement."""
    vectors = np.array([one.vector for one in of_letter], np.float32)
    return unit(vectors - vectors.mean(axis=0)) if len(of_letter) > 1 else vectors


def take_notes(letter: Letter, of_letter: Sequence[Statement]) -> Notes:
    """The notes of a letter. Lines are the letter's own sentences, each with the one before it where it needs that."""
    notes = Notes(letter, words_of(letter))
    named: set[str] = set()
    own, worths = own_vectors(of_letter), weigh(of_letter)
    for at, (one, worth) in enumerate(zip(of_letter, worths, strict=True)):
        start = understood(at, of_letter)
        point = _pointer(one, worth, start, own[at])
        if one.paragraph.kind != "table":
            _note_sentence(notes, one, worth, point, alone=start is not None)
            for name, part in _actors(one.text):
                if name not in named:
                    named.add(name)
                    notes.actors.append(point(Actor, name=name, part=part))
        for begin, end in figures(one.text):
            number = one.text[begin:end]
            notes.figures.append(point(Figure, number=number, date=letter.date))
    notes.key.sort(key=lambda found: -found.worth.key)
    around = _around(of_letter, worths)
    notes.key[:] = [replace(one, around=tuple(around[one.key[1]])) for one in notes.key[:KEPT]]
    return notes


def _around(of_letter: Sequence[Statement], worths: Sequence[Worth]) -> dict[int, list[Sentence]]:
    """The sentences of each paragraph by its number."""
    found = defaultdict(list)
    for one, worth in zip(of_letter, worths, strict=True):
        found[one.paragraph.number].append(Sentence(one.start, one.end, len(one.text.split()), worth.key))
    return found


def _note_sentence(notes: Notes, one: Statement, worth: Worth, point: Callable[..., Point], *, alone: bool) -> None:
    text, written = one.text, one.letter.date
    found = list(dict.fromkeys(dates(text, written)))
    for date in found:
        notes.events.append(point(Event, date=date))
    whole = len(text.split()) >= LEAST_WORDS and not text.rstrip().endswith((":", "?")) and not _COURTESY.search(text)
    deadline = coming(found, written)
    least = SURELY if cues.promises(text, bool(written and deadline)) else PROMISED
    if whole and worth.promise >= least and not cues.takes_back(text):
        notes.promised.append(point(Commitment, who=cues.who(text, one.letter.signatories), deadline=deadline))
    if not whole or not alone or len(text.split()) > MOST_WORDS:
        return
    notes.key.append(point(Line))
    if worth.decision >= DECIDED or (cues.decides(text) and worth.decision >= DECIDED / 2):
        notes.decided.append(point(Line))
    if worth.open >= OPEN or (cues.leaves_open(text) and worth.open >= OPEN / 2):
        notes.open.append(point(Line))


def _pointer(one: Statement, worth: Worth, start: int | None, vector: NDArray[np.float32]) -> Callable[..., Point]:
    """Makes points of a statement: lines of any kind, with what is said along."""
    citation = one.citation(start)

    def point(kind: type[Line], **more: object) -> Point:
        line = kind(text=citation.quote, citations=(citation,), **more)  # type: ignore[arg-type]
        return Point(line, one.key, one.section.number, worth, vector)

    return point


def _actors(text: str) -> Iterator[tuple[str, str | None]]:
    """Persons with what they are called, and bodies with their short names."""
    for match in _PERSON.finditer(text):
        part = match["part"].removeprefix("de ")
        yield match["name"], None if _NO_PART.match(part) else part
    for match in _BODY.finditer(text):
        yield _OPENING.sub("", match["name"]), None
