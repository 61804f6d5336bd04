"""How well the papers that letters name are found, against the references that a careful reader found.

A reference that was found is right when the truth has one of the same paper over the same words, or some of them, in
the same paragraph, note or heading. Words that name several papers are several references; words that name one without
an id are one. What names the letter itself is none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from eval.metrics.letter_reading import Counts
from eval.sets.references import Naming
from kamerbrief.letters.references import references_in
from kamerbrief.records.letters import Letter


class Named(NamedTuple):
    """A paper, by its id where that is known, and the words that name it."""

    paragraph: int | None
    footnote: str | None
    section: int | None
    start: int
    end: int
    paper: str | None
    text: str

    def same(self, other: "Named") -> bool:
        alike = self[:3] == other[:3] and self.paper == other.paper
        return alike and self.start < other.end and other.start < self.end


def judge(case: Naming, letter: Letter) -> tuple[Counts, tuple[str, ...]]:
    """The counts of a letter, and a line for every reference that is wrong or was missed."""
    missed = list(_true(case))
    found = [
        Named(one.paragraph, one.footnote, one.section, one.start, one.end, one.reference.id, one.reference.text)
        for one in references_in(letter)
    ]
    true, wrong = len(missed), list[Named]()
    for one in found:
        match = next((other for other in missed if one.same(other)), None)
        if match is None:
            wrong.append(one)
        else:
            missed.remove(match)
    lines = (*(f"wrong: {_told(one)}" for one in wrong), *(f"missed: {_told(one)}" for one in missed))
    return Counts(len(found), true, len(found) - len(wrong)), lines


def total(counts: list[Counts]) -> Counts:
    """All of them added up."""
    return Counts(*map(sum, zip(*counts, strict=True))) if counts else Counts(0, 0, 0)


def _true(case: Naming) -> Iterator[Named]:
    for one in case.references:
        for paper in one.papers or (None,):
            yield Named(one.paragraph, one.footnote, one.section, one.start, one.end, paper, one.text)


def _told(one: Named) -> str:
    where = f"paragraph {one.paragraph}" if one.section is None else f"heading {one.section}"
    note = f", note {one.footnote}" if one.footnote else ""
    return f"«{one.text}» as {one.paper or 'a paper without an id'}, {where}{note}"
