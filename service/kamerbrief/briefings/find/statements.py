"""The sentences of a letter as statements: what a briefing chooses from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.citing import cite
from kamerbrief.records.answers import Citation
from kamerbrief.records.letters import Letter, Paragraph, Section, key_of
from kamerbrief.store.stored import StoredChunk

_LEADING = re.compile(r"[\s•–\-*\"“‘'(]*")
_NEAR = 40  # characters
_MARK = re.compile(r"^\s*(?:[•▪–\-*]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
LEAST_WORDS = 6  # with which a sentence says something by itself
BACK = 2  # sentences that are said along, so that one is understood


@dataclass(frozen=True)
class Statement:
    """A sentence of a letter in its place. `number` counts the letter's statements, `vector` is the sentence's own."""

    letter: Letter
    paragraph: Paragraph
    section: Section
    start: int
    end: int
    number: int
    vector: NDArray[np.float32]

    @property
    def lexicon(self) -> Lexicon:
        return lexicon_of(self.letter.language)

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int, int]:
        return self.letter.id, self.paragraph.number, self.start

    def citation(self, start: int | None = None) -> Citation:
        """The proof of it, from an earlier place of the paragraph on where that is said along."""
        first = self.start if start is None else start
        return cite(self.letter, self.section.heading, self.paragraph, first, self.end)


def statements(letter: Letter, chunks: Sequence[StoredChunk]) -> list[Statement]:
    """The letter's statements in order. Questions of members, which are not the minister's, are left out, and the
    words in figures, which are no sentences."""
    vectors = {
        (span.key(letter.id), span.start): vector
        for stored in chunks
        for span, vector in zip(stored.embedded.chunk.sentences, stored.embedded.sentence_vectors, strict=True)
    }
    none = np.zeros(len(next(iter(vectors.values()), ())), np.float32)
    found: list[Statement] = []
    for paragraph in letter.paragraphs:
        section = letter.sections[paragraph.section - 1]
        if section.kind == "question" or paragraph.kind == "figure":
            continue
        for start, end in sentences(paragraph.text, lexicon_of(letter.language)):
            vector = vectors.get((key_of(letter.id, paragraph), start), none)
            start += _mark(paragraph.text[start:end])
            if start < end:
                found.append(Statement(letter, paragraph, section, start, end, len(found), vector))
    return found


def _mark(text: str) -> int:
    """How long the mark is that stands before an item of a list."""
    match = _MARK.match(text)
    return match.end() if match else 0


def dangles(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence is not understood without the one before it: it begins with what speaks of that ("Daarnaast"),
    or points back anywhere near its beginning ("Een van de hiervoor genoemde")."""
    start = _LEADING.match(text)
    opening = lexicon.pattern("briefings.statements.pointing_first").match(text, start.end() if start else 0)
    return bool(opening or lexicon.pattern("briefings.statements.pointing").search(text[:_NEAR]))


def understood(at: int, all_of_letter: Sequence[Statement]) -> int | None:
    """From which place of its paragraph on the statement is understood; None where it points out of the paragraph."""
    one = all_of_letter[at]
    start = one.start
    for back in range(BACK + 1):
        place = at - back
        if place < 0 or all_of_letter[place].paragraph.number != one.paragraph.number:
            return None
        start = all_of_letter[place].start
        if not dangles(all_of_letter[place].text, one.lexicon):
            return start
    return None
