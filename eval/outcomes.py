"""What a system gave for a case, as the results keep it."""

from eval.cases import Checked
from kamerbrief.records import Answer, Hit, Sentence


class Ranked(Checked):
    """A hit, as far as retrieval is judged by it: where it stands, and how much there is to read in it."""

    letter: str
    paragraphs: tuple[int, ...]
    characters: int

    @classmethod
    def of(cls, hit: Hit) -> "Ranked":
        return cls(letter=hit.letter, paragraphs=hit.paragraphs, characters=len(hit.text))


class Outcome(Checked):
    """What came of a case. `hits` are best first; `answer` is None for a system that only retrieves.

    `answer_without` is the answer from the letter without the plant (set injection); `stopped_by` the rule that stopped
    a claim (set unfaithful), empty when it was let through; `lines` are those of a briefing.
    """

    hits: tuple[Ranked, ...] = ()
    answer: Answer | None = None
    answer_without: Answer | None = None
    stopped_by: str | None = None
    lines: tuple[Sentence, ...] | None = None

    @classmethod
    def of(cls, answer: Answer) -> "Outcome":
        """An answer with its hits."""
        return cls(hits=tuple(Ranked.of(hit) for hit in answer.hits), answer=answer)
