"""What a system gave for a case, as the results keep it."""

from eval.checked import Checked
from kamerbrief.briefings.parts import PARTS
from kamerbrief.records.answers import Answer, Hit, Sentence
from kamerbrief.records.briefings import Briefing, Line
from kamerbrief.records.letters import Key


class Ranked(Checked):
    """A hit, as far as retrieval is judged by it: where it stands, and how much there is to read in it."""

    letter: str
    paragraphs: tuple[int, ...]
    footnote: str | None = None
    characters: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(Key(self.letter, number, self.footnote) for number in self.paragraphs)

    @classmethod
    def of(cls, hit: Hit) -> "Ranked":
        return cls(letter=hit.letter, paragraphs=hit.paragraphs, footnote=hit.footnote, characters=len(hit.text))


class Outcome(Checked):
    """What came of a case. `hits` are best first; `answer` is None for a system that only retrieves.

    `answer_without` is the answer from the letter without the plant (set injection); `answer_alone` that to the turn
    when it is put outside its conversation (set conversations); `stopped_by` the rule that stopped
    a claim (set unfaithful), empty when it was let through. Of a briefing there is the `briefing`, or but its `lines`
    where the system has no parts for them; `seconds` is how long it took.
    """

    hits: tuple[Ranked, ...] = ()
    answer: Answer | None = None
    answer_without: Answer | None = None
    answer_alone: Answer | None = None
    stopped_by: str | None = None
    lines: tuple[Sentence, ...] | None = None
    briefing: Briefing | None = None
    seconds: float | None = None

    @classmethod
    def of(cls, answer: Answer) -> "Outcome":
        """An answer with its hits."""
        return cls(hits=tuple(Ranked.of(hit) for hit in answer.hits), answer=answer)

    @property
    def shown(self) -> tuple[Line | Sentence, ...] | None:
        """The lines of a briefing that its reader sees; None where there is no briefing."""
        if (made := self.briefing) is None:
            return self.lines
        changes = (line for change in made.changes for line in (change.earlier, change.later))
        lists = (part for part in PARTS if part.listed)
        listed = (part.of(made)[place] for part in lists for place in made.shown.get(part.name, ()))
        return (*made.in_short, *made.decided, *changes, *made.open_points, *listed)
