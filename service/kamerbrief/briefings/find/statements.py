"""The sentences of a letter as statements: what a briefing chooses from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.citing import cite
from kamerbrief.records.answers import Citation
from kamerbrief.records.letters import Letter, Paragraph, Section
from kamerbrief.store.stored import StoredChunk

# What begins so speaks of what stood before it, and is not understood alone.
_DANGLING = re.compile(
    r"^[\s•–\-*\"“‘'(]*(?:deze|dit|dat|die|"
    r"daar(?:naast|bij|mee|om|toe|voor|door|van|over|in|op|aan|uit|na|naar|tegen)?|"
    r"hier(?:bij|mee|voor|door|van|over|in|op|aan|uit|na|toe|naast|onder)?|hij|zij|ze|hun|haar|zijn (?!er\b)|ook|"
    r"echter|bovendien|tevens|verder|vervolgens|zo|dus|immers|want|maar|en|of|toch|wel|niettemin|desondanks|"
    r"tegelijk\w*|dergelijke|zulke|beide|eerstgenoemde|laatstgenoemde|anderzijds|enerzijds|voorts|tot slot|"
    r"ten (?:eerste|tweede|derde|slotte)|hetzelfde|evenmin|evenzeer|daarentegen|namelijk|er|aldus|sindsdien|inmiddels|"
    r"momenteel|toen|(?:in|op|met|voor|van|bij|door|uit|om|aan|naast|over|onder|binnen|ter|na|vanuit|via) "
    r"(?:deze|dit|dat|die|dergelijke|hetzelfde|dezelfde|beide)|"
    r"these?|this|those|that|it|they|he|she|also|however|moreover|therefore|but|and)\b",
    re.IGNORECASE,
)
# Words anywhere near the beginning that point back: "Een van deze maatregelen", "De hiervoor genoemde".
_POINTING = re.compile(
    r"\b(?:hierboven|hiervoor|voornoemde?|bovengenoemde?|bovenstaande|genoemde|daartoe|daarvoor|daarover|daarbij|daarvan|"
    r"hiertoe|hierover|hierbij|hiervan|zojuist|laatstgenoemde)\b",
    re.IGNORECASE,
)
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
    """The letter's statements in order. Questions of members, which are not the minister's, are left out."""
    vectors = {
        (span.paragraph, span.start): vector
        for stored in chunks
        for span, vector in zip(stored.embedded.chunk.sentences, stored.embedded.sentence_vectors, strict=True)
    }
    none = np.zeros(len(next(iter(vectors.values()), ())), np.float32)
    found: list[Statement] = []
    for paragraph in letter.paragraphs:
        section = letter.sections[paragraph.section - 1]
        if section.kind == "question":
            continue
        for start, end in sentences(paragraph.text, lexicon_of(letter.language)):
            vector = vectors.get((paragraph.number, start), none)
            start += _mark(paragraph.text[start:end])
            if start < end:
                found.append(Statement(letter, paragraph, section, start, end, len(found), vector))
    return found


def _mark(text: str) -> int:
    """How long the mark is that stands before an item of a list."""
    match = _MARK.match(text)
    return match.end() if match else 0


def dangles(text: str) -> bool:
    """Whether a sentence is not understood without the one before it."""
    return bool(_DANGLING.match(text) or _POINTING.search(text[:_NEAR]))


def understood(at: int, all_of_letter: Sequence[Statement]) -> int | None:
    """From which place of its paragraph on the statement is understood; None where it points out of the paragraph."""
    one = all_of_letter[at]
    start = one.start
    for back in range(BACK + 1):
        place = at - back
        if place < 0 or all_of_letter[place].paragraph.number != one.paragraph.number:
            return None
        start = all_of_letter[place].start
        if not dangles(all_of_letter[place].text):
            return start
    return None
