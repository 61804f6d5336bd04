"""The places of a letter that name other papers, and the papers with their links."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kamerbrief.letters.labels import kind_by_id, kind_of, official_address
from kamerbrief.letters.papers import find_papers
from kamerbrief.records.letters import Letter, LetterHead, Reference, Span
from kamerbrief.records.references import NamedPaper


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


def papers_named(
    letter: Letter, here: Mapping[str, LetterHead], dated: Mapping[datetime.date, str]
) -> Iterator[NamedPaper]:
    """The letter's references, a paper each, with its places. `here` are those that are among the letters, by their
    ids, and `dated` the ids of the letters that it means by their days."""
    spans = defaultdict[str, list[Span]](list)
    for paragraph, footnote, section, start, end, one in references_in(letter):
        if section is None:
            spans[one.id or one.text].append(Span(paragraph=paragraph, footnote=footnote, start=start, end=end))
    named = {
        one.id or one.text: one for one in reversed(letter.references)
    }  # in whatever words: those it was named by first
    for key in dict.fromkeys(one.id or one.text for one in letter.references):
        paper = named[key]
        id_ = paper.id or (paper.date and dated.get(paper.date))
        url = official_address(id_, letter.date) if id_ else None
        kind = (kind_of(here[id_]) if id_ in here else kind_by_id(id_)) if id_ else None
        told = {**paper.model_dump(), "id": id_, "paper": kind or paper.paper}
        yield NamedPaper(**told, here=id_ in here, url=url, places=tuple(spans[key]))
