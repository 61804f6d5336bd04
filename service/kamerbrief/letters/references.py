"""The places of a letter that name other papers."""

from collections.abc import Iterator
from typing import NamedTuple

from kamerbrief.letters.papers import find_papers
from kamerbrief.records.letters import Letter, Reference


class Place(NamedTuple):
    """Words, from `start` to `end` (exclusive), of a paragraph, of a note with the mark `footnote`, or of the heading
    of a section, and what they name."""

    paragraph: int | None
    footnote: str | None
    section: int | None
    start: int
    end: int
    reference: Reference


def references_in(letter: Letter) -> Iterator[Place]:
    """Every place that names another paper, in the order of headings, paragraphs and notes. Words that name several
    papers are as many places."""
    headings = ((None, None, one.number, one.heading or "") for one in letter.sections)
    paragraphs = ((one.number, None, None, one.text) for one in letter.paragraphs)
    notes = ((one.paragraph, one.mark, None, one.text) for one in letter.footnotes)
    for paragraph, footnote, section, text in (*headings, *paragraphs, *notes):
        for start, end, named in find_papers(text, letter.dossier):
            for reference in named:
                if reference.id != letter.id:
                    yield Place(paragraph, footnote, section, start, end, reference)
