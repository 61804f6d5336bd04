"""The rules for a sentence that is worded otherwise than its sources: what must hold for it to be proven by them.

quotation     words between quotation marks stand in the sources letter for letter
date          each date is in the sources, in the letter's own data or in the question
number        so is each number, amount, share and length of time, in whatever spelling; of the question, years only
bound         "at least", "more than", "at most" stand by the same numbers on both sides
name          so is each name of a person, place, country or organisation
negation      what is denied is denied on both sides
only          "only" and "almost" stand on both sides
certainty     what may be, is planned or is expected is not told as a fact
mixed         its clauses keep the actors, dates and numbers of the sentences that they retell
roles         who does it and to whom it is done are not turned round
unsupported   every word finds its like, near the others (a fitted model: weights.json)
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kamerbrief.embedding.passages import TokenStates
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import Lexicon, lexicons
from kamerbrief.language.moments import Moment, find_moments, time_parts
from kamerbrief.language.names import Name, find_names, known
from kamerbrief.language.numbers import YEARS, Quantity, find_quantities
from kamerbrief.proof.alignment import Alignment, align, read_words
from kamerbrief.proof.bounds import side_of
from kamerbrief.proof.certainty import is_surer
from kamerbrief.proof.clauses import Pair, pair_clauses
from kamerbrief.proof.crossed_facts import mixes
from kamerbrief.proof.polarity import denies_otherwise, narrows_otherwise
from kamerbrief.proof.roles import turns_round
from kamerbrief.proof.support import Support, gather_support, is_supported

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u00a0": " "})
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]|(?<!\w)[‘']([^‘’']+(?:['’]\w[^‘’']*)*)[’'](?!\w)")

_OFFICE = re.compile(r"\b(?:minister|staatssecretaris|bewindspersoon|state secretary|kabinet|cabinet)\b", re.IGNORECASE)
# Whose letters these are: nobody needs to say so.
_OUR_GOVERNMENT = re.compile(r"\b(?:Dutch|Nederlandse?) (?:government|cabinet|kabinet|regering|parliament|parlement)\b")
_SELF = re.compile(r"\b(?:ik|mij|mijn|wij|we|ons|onze|kabinetten|ministers|regering)\b", re.IGNORECASE)
_FIRST = re.compile(r"eerst|begin|primair|aanvankelijk|oorspronk|vooral|allereerst", re.IGNORECASE)
TRANSLATED, RATHER, NEARLY = 0.83, 0.8, 0.75
"""From these cosines on words of English names are taken for translations of Dutch ones: one by itself; the best of
several, to a capital; and the worst of them. Measured on the dev half of the set `unfaithful`."""


@dataclass(frozen=True)
class Trial:
    """A claim and the paragraphs it is held against, with the states of both. `lexicon` is the claim's;
    of the paragraphs `keys` are the letter ids and numbers, `languages` and `written` the languages and dates of their
    letters. What `about` says (the letters' own data, each in its language) need not be proven, nor the dates and names
    of the question."""

    claim: str
    lexicon: Lexicon
    claim_states: TokenStates
    keys: Sequence[tuple[str, int]]
    paragraphs: Sequence[str]
    states: Sequence[TokenStates]
    languages: Sequence[Lexicon]
    written: Sequence[datetime.date | None]
    about: Mapping[str, Lexicon]
    question: str = ""

    @property
    def english(self) -> bool:
        return self.lexicon.code == "en"

    def retold(self) -> list[tuple[tuple[str, int], int]]:
        """Where the sentences begin that the claim retells: the key of the paragraph, the position of a first word."""
        sentences = {pair.sentence for pair in self.pairs} or set(self.support.sentences)
        first = {word.sentence: word for word in reversed(self.alignment.sources)}
        return [(self.keys[first[one].paragraph], first[one].start) for one in sorted(sentences)]

    @cached_property
    def alignment(self) -> Alignment:
        return align(read_words([self.claim], [self.claim_states]), read_words(self.paragraphs, self.states))

    @cached_property
    def support(self) -> Support:
        return gather_support(self.alignment, english=self.english)

    @cached_property
    def pairs(self) -> list[Pair]:
        return pair_clauses(self.alignment, self.support.sentences)

    @cached_property
    def moments(self) -> list[Moment]:
        return find_moments(self.claim, next((date for date in self.written if date), None), self.lexicon)

    @cached_property
    def source_moments(self) -> list[Moment]:
        found = [
            one
            for text, date, lexicon in zip(self.paragraphs, self.written, self.languages, strict=True)
            for one in find_moments(text, date, lexicon)
        ]
        letters = [Moment(0, 0, date.year, date.month, date.day) for date in self.written if date]
        besides = [one for text, lexicon in self.besides.items() for one in find_moments(text, None, lexicon)]
        return [*found, *letters, *besides]

    @property
    def besides(self) -> dict[str, Lexicon]:
        """What need not be proven: what the letters say of themselves, and the question; each with its language."""
        return {**self.about, self.question: language_of(self.question, lexicons())}

    @cached_property
    def quantities(self) -> list[Quantity]:
        blanked = self.claim
        for one in self.moments:
            blanked = blanked[: one.start] + " " * (one.end - one.start) + blanked[one.end :]
        return find_quantities(blanked, self.lexicon)

    @cached_property
    def source_quantities(self) -> list[tuple[int, Quantity]]:
        """Each with the place of its paragraph; -1 where it need not be proven."""
        found = [
            (place, one)
            for place, (text, lexicon) in enumerate(zip(self.paragraphs, self.languages, strict=True))
            for one in find_quantities(text, lexicon)
        ]
        return [*found, *((-1, one) for text, lexicon in self.about.items() for one in find_quantities(text, lexicon))]


def broken_rule(trial: Trial) -> str | None:
    """The first rule that the claim breaks; None when it is proven."""
    return next((name for name, holds in _RULES if not holds(trial)), None)


def plain(text: str) -> str:
    """Text with white space, dashes and quotation marks made alike."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).strip()


def quotation_holds(claim: str, paragraphs: Sequence[str]) -> bool:
    """Whether what the claim puts between quotation marks stands in the paragraphs."""
    quotes = [plain(match[1] or match[2]).rstrip(".,;:") for match in _QUOTED.finditer(claim)]
    sources = [plain(text) for text in paragraphs]
    return all(any(quote in source for source in sources) for quote in quotes)


def _dates(trial: Trial) -> bool:
    parts = time_parts(trial.claim, trial.lexicon)
    there = [*zip(trial.paragraphs, trial.languages, strict=True), *trial.besides.items()] if parts else []
    if not parts <= {part for text, lexicon in there for part in time_parts(text, lexicon)}:
        return False
    if not trial.moments:
        return True
    years = frozenset(int(one.value) for _, one in trial.source_quantities if one.value in YEARS)
    return all(any(one.proven_by(other, years) for other in trial.source_moments) for one in trial.moments)


def _numbers(trial: Trial) -> bool:
    if not trial.quantities:
        return True
    asked = find_quantities(trial.question, language_of(trial.question, lexicons()))
    years = {one.year for one in trial.source_moments} | {one.value for one in asked if one.value in YEARS}
    return all(
        one.value in years
        or any(one.proven_by(other) for _, other in trial.source_quantities)
        or _is_one(one, trial.paragraphs)
        for one in trial.quantities
    )


def _is_one(number: Quantity, paragraphs: Sequence[str]) -> bool:
    """ "One" and "first" are said without a number too: "een", "de enige", "allereerst"."""
    if number.value != 1:
        return False
    return not number.ordinal or any(_FIRST.search(text) for text in paragraphs)


def _bounds(trial: Trial) -> bool:
    for one in trial.quantities:
        mates = [(at, other) for at, other in trial.source_quantities if at >= 0 and one.proven_by(other)]
        there = {side_of(trial.paragraphs[at], other, english=False) for at, other in mates}
        if there and not one.ordinal and side_of(trial.claim, one, english=trial.english) not in there:
            return False
    return True


def _names(trial: Trial) -> bool:
    there = known((*trial.paragraphs, *trial.besides), lexicons())
    ours = {match.start() for match in _OUR_GOVERNMENT.finditer(trial.claim)}
    unproven = [one for one in find_names(trial.claim, lexicons()) if one.start not in ours and not there.proves(one)]
    return not unproven or (trial.english and all(_translated(trial, run) for run in _runs(trial.claim, unproven)))


def _runs(claim: str, names: Sequence[Name]) -> list[list[Name]]:
    """The names that stand side by side, together: "Space Agenda"."""
    runs: list[list[Name]] = []
    for name in names:
        if runs and not claim[runs[-1][-1].end : name.start].strip():
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _translated(trial: Trial, run: Sequence[Name]) -> bool:
    """Whether an English name made of common words answers to a Dutch one: one word clearly, the others nearly."""
    if not all(re.fullmatch("[A-Z][a-z]+", name.text) and name.key == name.text.lower() for name in run):
        return False
    found, starts = trial.alignment, {name.start for name in run}
    rows = [place for place, word in enumerate(found.claim) if word.start in starts]
    capitals = [place for place, word in enumerate(found.sources) if word.text[0].isupper()]
    if len(rows) < 2 or not capitals:
        return bool(rows) and bool(found.cosines[rows].max() >= TRANSLATED)
    near = found.cosines[rows]
    return bool(near[:, capitals].max() >= RATHER and near.max(axis=1).min() >= NEARLY)


def _speaks(trial: Trial) -> bool:
    """Whether who signs the letter speaks in the paragraphs, where the claim calls them by their office."""
    return not _OFFICE.search(trial.claim) or any(
        _OFFICE.search(text) or _SELF.search(text) for text in trial.paragraphs
    )


_RULES: tuple[tuple[str, Callable[[Trial], bool]], ...] = (
    ("quotation", lambda trial: quotation_holds(trial.claim, trial.paragraphs)),
    ("date", _dates),
    ("number", _numbers),
    ("bound", _bounds),
    ("name", _names),
    ("name", _speaks),
    ("negation", lambda trial: not denies_otherwise(*_retold(trial))),
    ("only", lambda trial: not narrows_otherwise(*_retold(trial))),
    ("certainty", lambda trial: not is_surer(*_retold(trial))),
    ("mixed", lambda trial: not mixes(*_retold(trial), trial.quantities, trial.source_quantities)),
    ("roles", lambda trial: not turns_round(*_retold(trial))),
    ("unsupported", lambda trial: is_supported(trial.support)),
)


def _retold(trial: Trial) -> tuple[Alignment, list[Pair], str, Sequence[str]]:
    return trial.alignment, trial.pairs, trial.claim, trial.paragraphs
