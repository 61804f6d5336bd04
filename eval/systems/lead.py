"""The briefing that costs nothing: the first sentences of the letters, as many as fit. Others have to beat it."""

from collections.abc import Iterator, Sequence

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.citing import cite
from kamerbrief.records.answers import Sentence
from kamerbrief.records.letters import Letter


def lead(letters: Sequence[Letter], words: int) -> Iterator[Sentence]:
    """Lines of at most `words` words in all, the letters sharing them evenly."""
    for letter in letters:
        left = words // len(letters)
        for line in lines(letter):
            left -= len(line.text.split())
            if left < 0:
                break
            yield line


def lines(letter: Letter) -> Iterator[Sentence]:
    """The sentences of a letter, each with its citation. Members' questions are passed over."""
    headings = {section.number: section for section in letter.sections}
    for paragraph in letter.paragraphs:
        section = headings[paragraph.section]
        for start, end in sentences(paragraph.text, lexicon_of(letter.language)) if section.kind != "question" else ():
            citation = cite(letter, section.heading, paragraph, start, end)
            yield Sentence(text=citation.quote, citations=(citation,))
