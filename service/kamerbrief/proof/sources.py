"""What a writer may use: the paragraphs of the hits as numbered sources, cut into numbered sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.errors import ParagraphError
from kamerbrief.index.search import Found
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.sentences import sentences
from kamerbrief.letters.table_rows import Row, rows_of
from kamerbrief.records.answers import Scores
from kamerbrief.records.letters import Footnote, Key, Letter, Paragraph, Unit
from kamerbrief.store.stored import Passage

UNSEARCHED = Scores(fused=0, dense=0, sentence=0, lexical=0)


@dataclass(frozen=True)
class SourceSentence:
    """One sentence of the sources. `label` is "2.3": third sentence of the second source paragraph.

    `start` and `end` are its place in the paragraph's text; `cosine` is its similarity to the question; `hit` is the
    rank (from 0) of the hit it came with, and `scores` are that hit's.
    """

    label: str
    passage: Passage
    start: int
    end: int
    cosine: float
    vector: NDArray[np.float32]
    hit: int
    scores: Scores

    @property
    def key(self) -> Key:
        """Its paragraph or note."""
        return self.passage.key

    @property
    def text(self) -> str:
        """Its words; of a row of a table with the columns named, that no figure is without the name of its column."""
        return self.row.said if self.row else self.passage.unit.text[self.start : self.end]

    @property
    def row(self) -> Row | None:
        """The row of a table that it is, if it is one."""
        unit = self.passage.unit
        return rows_of(unit.text).get(self.start) if isinstance(unit, Paragraph) and unit.kind == "table" else None

    @property
    def is_head(self) -> bool:
        """Whether it only names the columns of a table."""
        unit = self.passage.unit
        return isinstance(unit, Paragraph) and unit.kind == "table" and self.row is None

    def holds(self, key: Key, position: int) -> bool:
        """Whether that place of that paragraph is in it."""
        return self.key == key and self.start <= position < self.end


@dataclass(frozen=True)
class Sources:
    """The source sentences, best hit first, in the order of the text within a paragraph. `records` says that they are
    letters' records, and where these were found: what is said of them is in our own words."""

    sentences: tuple[SourceSentence, ...]
    records: bool = False

    def named(self, labels: Iterable[str]) -> list[SourceSentence]:
        """The sentences of these labels, in the order of the labels, each once; without those that are not there."""
        by_label = {one.label: one for one in reversed(self.sentences)}
        return [by_label[label] for label in dict.fromkeys(labels) if label in by_label]


def gather(found: Sequence[Found], passages: dict[Key, Passage]) -> Sources:
    """The sources of the hits. `passages` holds what each hit is made of.

    A paragraph or a note is one source however many hits share it, and a sentence comes once.
    """
    numbers: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    seen: set[tuple[Key, int]] = set()
    found_sentences: list[SourceSentence] = []
    for rank, one in enumerate(found):
        chunk = one.stored.embedded
        for span, cosine, vector in zip(
            chunk.chunk.sentences, one.sentence_scores, chunk.sentence_vectors, strict=True
        ):
            key = span.key(one.stored.letter_id)
            if (key, span.start) in seen:
                continue
            seen.add((key, span.start))
            number = numbers.setdefault(key, len(numbers) + 1)
            counts[key] = counts.get(key, 0) + 1
            found_sentences.append(
                SourceSentence(
                    label=f"{number}.{counts[key]}",
                    passage=passages[key],
                    start=span.start,
                    end=span.end,
                    cosine=float(cosine),
                    vector=vector,
                    hit=rank,
                    scores=one.scores,
                )
            )
    return Sources(tuple(found_sentences))


def cut(passages: Sequence[Passage]) -> Sources:
    """Paragraphs that were not searched for, cut into sentences as `gather` numbers them."""
    none = np.zeros(0, np.float32)
    return Sources(
        tuple(
            SourceSentence(f"{number}.{place}", passage, start, end, 0.0, none, 0, UNSEARCHED)
            for number, passage in enumerate(passages, start=1)
            for place, (start, end) in enumerate(_sentences(passage), start=1)
        )
    )


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    return sentences(passage.unit.text, lexicon_of(passage.head.language))


def passage_of(letter: Letter, number: int | None, footnote: str | None = None) -> Passage:
    """A paragraph in its place, or the note with this mark whose place it is. Raises ParagraphError when the letter has
    none of that number, or no such note there."""
    if number is None:
        return Passage(head=letter, heading=None, unit=_note_of(letter, None, footnote))
    if not 1 <= number <= len(letter.paragraphs):
        raise ParagraphError(f"{letter.id} has no paragraph {number}", f"it has 1 to {len(letter.paragraphs)}")
    paragraph = letter.paragraphs[number - 1]
    unit: Unit = paragraph if footnote is None else _note_of(letter, number, footnote)
    return Passage(head=letter, heading=letter.sections[paragraph.section - 1].heading, unit=unit)


def _note_of(letter: Letter, number: int | None, mark: str | None) -> Footnote:
    note = next((one for one in letter.footnotes if (one.paragraph, one.mark) == (number, mark)), None)
    if note is None:
        where = f"paragraph {number}" if number else "no paragraph"
        raise ParagraphError(
            f"{letter.id} has no note {mark} of {where}", "its footnotes tell their paragraphs and marks"
        )
    return note
