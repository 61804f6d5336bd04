"""A sentence held against the paragraphs that it says in other words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kamerbrief.embedding.passages import TokenStates
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicons
from kamerbrief.language.moments import Moment, find_moments
from kamerbrief.language.numbers import Quantity, find_quantities
from kamerbrief.proof.alignment import Alignment, align, read_words
from kamerbrief.proof.clauses import Pair, pair_clauses
from kamerbrief.proof.sources import Key
from kamerbrief.proof.support import Support, gather_support

Span = tuple[int, int]
"""Characters of a text, end exclusive."""


@dataclass(frozen=True)
class Broken:
    """The rule that a sentence breaks, and the words of it that are at fault; None where it is the whole of it."""

    rule: str
    span: Span | None = None


@dataclass(frozen=True)
class Retold:
    """A paragraph that a claim is held against, in the language of its letter and written on its date. What `about` says
    (the letter's own data) need not be proven."""

    key: Key
    text: str
    lexicon: Lexicon
    written: datetime.date | None = None
    about: str = ""


@dataclass(frozen=True)
class Retelling:
    """A claim and the paragraphs it is held against.

    `states` are those of the claim and of each paragraph; the rules that look at figures, dates and names do without.
    The dates and names of the question need not be proven. What follows from these is worked out when a rule first asks
    for it: a retelling stays in the thread that made it.
    """

    claim: str
    lexicon: Lexicon
    paragraphs: Sequence[Retold]
    states: Sequence[TokenStates] = ()
    question: str = ""

    @property
    def english(self) -> bool:
        return self.lexicon.code == "en"

    @property
    def texts(self) -> list[str]:
        """Of the paragraphs."""
        return [one.text for one in self.paragraphs]

    @property
    def told(self) -> list[tuple[str, Lexicon]]:
        """The paragraphs, each with its language."""
        return [(one.text, one.lexicon) for one in self.paragraphs]

    @property
    def abouts(self) -> list[tuple[str, Lexicon]]:
        """What the letters say of themselves."""
        return list(dict.fromkeys((one.about, one.lexicon) for one in self.paragraphs))

    @property
    def granted(self) -> list[tuple[str, Lexicon]]:
        """What need not be proven: what the letters say of themselves, and the question."""
        return [*self.abouts, (self.question, language_of(self.question, lexicons()))]

    @cached_property
    def alignment(self) -> Alignment:
        return align(read_words([self.claim], self.states[:1]), read_words(self.texts, self.states[1:]))

    @cached_property
    def support(self) -> Support:
        return gather_support(self.alignment, english=self.english)

    @cached_property
    def pairs(self) -> list[Pair]:
        return pair_clauses(self.alignment, self.support.sentences)

    @cached_property
    def moments(self) -> list[Moment]:
        return find_moments(
            self.claim, next((one.written for one in self.paragraphs if one.written), None), self.lexicon
        )

    @cached_property
    def source_moments(self) -> list[Moment]:
        found = [moment for one in self.paragraphs for moment in find_moments(one.text, one.written, one.lexicon)]
        dates = [one.written for one in self.paragraphs if one.written]
        letters = [Moment(0, 0, date.year, date.month, date.day) for date in dates]
        granted = [moment for text, lexicon in self.granted for moment in find_moments(text, None, lexicon)]
        return [*found, *letters, *granted]

    @cached_property
    def quantities(self) -> list[Quantity]:
        blanked = self.claim
        for one in self.moments:
            blanked = blanked[: one.start] + " " * (one.end - one.start) + blanked[one.end :]
        return find_quantities(blanked, self.lexicon)

    @cached_property
    def source_quantities(self) -> list[tuple[int, Quantity]]:
        """Each with the place of its paragraph; -1 where it need not be proven."""
        texts = [*enumerate(self.told), *((-1, one) for one in self.abouts)]
        return [(place, one) for place, (text, lexicon) in texts for one in find_quantities(text, lexicon)]

    def places(self) -> list[tuple[Key, int]]:
        """Where the sentences begin that the claim retells: the paragraph, the position of a first word."""
        sentences = {pair.sentence for pair in self.pairs} or set(self.support.sentences)
        first = {word.sentence: word for word in reversed(self.alignment.sources)}
        return [(self.paragraphs[first[one].paragraph].key, first[one].start) for one in sorted(sentences)]
