"""A sentence held against the paragraphs that it says in other words."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from kamerbrief.embedding.passages import TokenStates
from kamerbrief.language.moments import Moment, find_moments
from kamerbrief.language.numbers import Quantity, find_quantities
from kamerbrief.proof.alignment import Alignment, align, read_words
from kamerbrief.proof.clauses import Pair, cue_places, pair_clauses
from kamerbrief.proof.cues import Languages, languages_of, pattern
from kamerbrief.proof.support import Support, gather_support
from kamerbrief.records.letters import Key

Span = tuple[int, int]
"""Characters of a text, end exclusive."""

_Found = TypeVar("_Found", Moment, Quantity)


@dataclass(frozen=True)
class Broken:
    """The rule that a sentence breaks, and the words of it that are at fault; None where it is the whole of it."""

    rule: str
    span: Span | None = None


@dataclass(frozen=True)
class Retold:
    """A paragraph that a claim is held against, with the language and the date of its letter. What `about` says (the
    letter's own data) need not be proven."""

    key: Key
    text: str
    languages: Languages
    written: datetime.date | None = None
    about: str = ""


@dataclass(frozen=True)
class Retelling:
    """A claim, in the languages it may be in, and the paragraphs it is held against.

    `states` are those of the claim and of each paragraph; the rules that look at figures, dates and names do without.
    The dates and names of the question need not be proven. What follows from these is worked out when a rule first asks
    for it: a retelling stays in the thread that made it.
    """

    claim: str
    languages: Languages
    paragraphs: Sequence[Retold]
    states: Sequence[TokenStates] = ()
    question: str = ""

    @property
    def translated(self) -> bool:
        """Whether the claim is in a language that no paragraph is in."""
        return all(self.languages[0] is not one.languages[0] for one in self.paragraphs)

    @property
    def texts(self) -> list[str]:
        """Of the paragraphs."""
        return [text for text, _ in self.told]

    @property
    def told(self) -> list[tuple[str, Languages]]:
        """The paragraphs, each with its languages."""
        return [(one.text, one.languages) for one in self.paragraphs]

    @property
    def abouts(self) -> list[tuple[str, Languages]]:
        """What the letters say of themselves."""
        return list(dict.fromkeys((one.about, one.languages) for one in self.paragraphs))

    @property
    def granted(self) -> list[tuple[str, Languages]]:
        """What need not be proven: what the letters say of themselves, and the question."""
        return [*self.abouts, (self.question, languages_of(self.question))]

    @cached_property
    def alignment(self) -> Alignment:
        return align(
            read_words([(self.claim, self.languages)], self.states[:1]), read_words(self.told, self.states[1:])
        )

    @cached_property
    def support(self) -> Support:
        return gather_support(self.alignment, translated=self.translated)

    @cached_property
    def pairs(self) -> list[Pair]:
        return pair_clauses(self.alignment, self.support.sentences)

    @cached_property
    def moments(self) -> list[Moment]:
        return _moments(self.claim, next((one.written for one in self.paragraphs if one.written), None), self.languages)

    @cached_property
    def source_moments(self) -> list[Moment]:
        found = [moment for one in self.paragraphs for moment in _moments(one.text, one.written, one.languages)]
        dates = [one.written for one in self.paragraphs if one.written]
        letters = [Moment(0, 0, date.year, date.month, date.day) for date in dates]
        return [*found, *letters, *(one for text, languages in self.granted for one in _moments(text, None, languages))]

    @cached_property
    def quantities(self) -> list[Quantity]:
        blanked = self.claim
        for one in self.moments:
            blanked = blanked[: one.start] + " " * (one.end - one.start) + blanked[one.end :]
        return quantities_of(blanked, self.languages)

    @cached_property
    def source_quantities(self) -> list[tuple[int, Quantity]]:
        """Each with the place of its paragraph; -1 where it need not be proven."""
        texts = [*enumerate(self.told), *((-1, one) for one in self.abouts)]
        return [(place, one) for place, (text, languages) in texts for one in quantities_of(text, languages)]

    def cue(self, key: str) -> re.Match[str] | None:
        """The first cue of a list of the lexicon in the claim."""
        return pattern(self.languages, key).search(self.claim)

    def is_cued(self, key: str) -> bool:
        """Whether any paragraph has a cue of that list."""
        return any(pattern(languages, key).search(text) for text, languages in self.told)

    def here(self, key: str, besides: str = "") -> set[int]:
        """The places of the claim's words at which a cue of that list stands, and is no part of one of `besides`."""
        return cue_places(self.alignment.claim, [(self.claim, self.languages)], key, besides)

    def there(self, key: str, besides: str = "") -> set[int]:
        """The same of the words of the paragraphs."""
        return cue_places(self.alignment.sources, self.told, key, besides)

    def places(self) -> list[tuple[Key, int]]:
        """Where the sentences begin that the claim retells: the paragraph, the position of a first word."""
        sentences = {pair.sentence for pair in self.pairs} or set(self.support.sentences)
        first = {word.sentence: word for word in reversed(self.alignment.sources)}
        return [(self.paragraphs[first[one].paragraph].key, first[one].start) for one in sorted(sentences)]


def quantities_of(text: str, languages: Languages) -> list[Quantity]:
    """The numbers of a text, read in each of the languages it may be in."""
    return _merged(find_quantities(text, one) for one in languages)


def _moments(text: str, written: datetime.date | None, languages: Languages) -> list[Moment]:
    return _merged(find_moments(text, written, one) for one in languages)


def _merged(readings: Iterable[list[_Found]]) -> list[_Found]:
    """What is found in the likeliest language, and what others find elsewhere in the text, in order."""
    found: list[_Found] = []
    for reading in readings:
        found += [one for one in reading if all(one.end <= other.start or other.end <= one.start for other in found)]
    return sorted(found, key=lambda one: one.start)
