"""What letters say at different times: the newest is told first, each with the date of its letter.

A sentence that the next one takes back or puts off brings that one along. Where a letter says otherwise what one of
another day says, of the same dossier or subject, both are told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kamerbrief.answers.evidence import denies, names
from kamerbrief.answers.features import Evidence
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments, time_parts
from kamerbrief.language.numbers import find_quantities
from kamerbrief.language.terms import term_set
from kamerbrief.proof.dated import lead
from kamerbrief.proof.sources import SourceSentence

# Chosen on the made letters on housing and youth care. Of the 699 questions of calibration and golden/dev none has two
# positions by these.
SHARED = 2  # words that two sentences on one matter have in common at least
ALIKE = 0.5  # and which share of the words of the shorter one these are
FITS = 0.5  # how much of what the one covers of the question the other covers
MOST = 3  # letters whose positions are told


@dataclass(frozen=True)
class Told:
    """The place of a sentence that is said, and what is said before it: of what day it is."""

    place: int
    lead: str = ""


def with_positions(evidence: Evidence, chosen: Sequence[int]) -> list[Told]:
    """The chosen sentences in the order in which they are said: paragraphs in that of their best sentence, or the
    newest first where they say different things; sentences of one paragraph in the order of its text."""
    chosen = [*chosen, *_taken_back(evidence, chosen)]
    positions = next(filter(None, (_positions(evidence, place) for place in chosen)), [])
    chosen = list(dict.fromkeys([*chosen, *positions, *_taken_back(evidence, positions)]))
    order = in_reading_order(evidence.sentences, chosen)
    if not positions:
        return [Told(place) for place in order]
    told: list[Told] = []
    for number, key in enumerate(evidence.sentences[place].key for place in positions):
        first, *others = [place for place in order if evidence.sentences[place].key == key]
        date = evidence.sentences[first].passage.head.date
        assert date  # what has none is no position
        told += [Told(first, lead(date, evidence.question.lexicon, earlier=number > 0)), *map(Told, others)]
    there = {one.place for one in told}
    return [*told, *(Told(place) for place in order if place not in there)]


def in_reading_order(sentences: Sequence[SourceSentence], chosen: Sequence[int]) -> list[int]:
    """Paragraphs in the order of their best sentence, sentences of one paragraph in the order of its text."""
    first = {sentences[i].key: place for place, i in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda i: (first[sentences[i].key], sentences[i].start))


def _taken_back(evidence: Evidence, chosen: Sequence[int]) -> Iterator[int]:
    """What stands behind chosen sentences and takes them back."""
    for place in chosen:
        here = evidence.paragraphs[evidence.sentences[place].key]
        following = next(iter(here[here.index(place) + 1 :]), None)
        if following is not None and following not in chosen and _takes_back(evidence, place, following):
            yield following


def _takes_back(evidence: Evidence, place: int, following: int) -> bool:
    """Whether a sentence takes back or puts off what the one before it says: by a word for that, and by one that points
    there or that both share."""
    said, then = evidence.sentences[place], evidence.sentences[following]
    lexicon = lexicon_of(then.passage.head.language)
    if not lexicon.pattern("evidence.positions.takes_back").search(then.text):
        return False
    points = lexicon.pattern("evidence.positions.pointing").match(then.text)
    return points is not None or bool(_stems(said.text) & _stems(then.text))


def _positions(evidence: Evidence, place: int) -> list[int]:
    """This sentence and those of letters of other days that say otherwise what it says, newest first; none where there
    are no others."""
    said = evidence.sentences[place]
    others: dict[str, tuple[float, int]] = {}  # the nearest one of each letter
    for other, one in enumerate(evidence.sentences):
        if one.key[0] != said.key[0] and _says_otherwise(evidence, place, other):
            nearness = len(_stems(one.text) & _stems(said.text)) / len(_stems(one.text))
            others[one.key[0]] = max((nearness, other), others.get(one.key[0], (0.0, other)))
    if not others:
        return []
    found = [place, *(other for _, other in others.values())]
    return sorted(found, key=lambda i: str(evidence.sentences[i].passage.head.date), reverse=True)[:MOST]


def _says_otherwise(evidence: Evidence, place: int, other: int) -> bool:
    """Whether a sentence of a letter of another day is on the same matter, and the newer of the two says what the older
    one does not."""
    one, two = evidence.sentences[place], evidence.sentences[other]
    head, other_head = one.passage.head, two.passage.head
    if not (head.date and other_head.date) or head.date == other_head.date:
        return False
    same = head.dossier == other_head.dossier if head.dossier and other_head.dossier else False
    if not same and not _stems(head.title or "") & _stems(other_head.title or ""):
        return False
    shared, fewest = _stems(one.text) & _stems(two.text), min(len(_stems(one.text)), len(_stems(two.text)))
    if len(shared) < SHARED or len(shared) < ALIKE * fewest:
        return False
    if evidence.ranking[other]["cover"] < FITS * evidence.ranking[place]["cover"]:
        return False
    # What is asked of one year is not told of another.
    asked = {name for name in names(evidence.question.text) if name[0].isdigit()}
    if {name for name in asked if name in one.text} != {name for name in asked if name in two.text}:
        return False
    newer, older = (place, other) if head.date > other_head.date else (other, place)
    return _is_otherwise(evidence, newer, older)


def _is_otherwise(evidence: Evidence, newer: int, older: int) -> bool:
    new, old = evidence.sentences[newer], evidence.sentences[older]
    if _counted(new) - _counted(old) or next(_taken_back(evidence, [newer]), None) is not None:
        return True
    lexicon, before = lexicon_of(new.passage.head.language), lexicon_of(old.passage.head.language)
    takes_back = lexicon.pattern("evidence.positions.takes_back").search(new.text) is not None
    return takes_back or denies(new.text, lexicon) != denies(old.text, before)


def _counted(one: SourceSentence) -> frozenset[object]:
    """The numbers with their units, dates and parts of years of a sentence."""
    return _facts(one.text, one.passage.head.language)


@per_sentence
def _facts(text: str, language: str | None) -> frozenset[object]:
    lexicon = lexicon_of(language)
    numbers = {one.value for one in find_quantities(text, lexicon)}
    dates = {(one.month, one.day) for one in find_moments(text, None, lexicon)}
    return frozenset(numbers | dates | time_parts(text, lexicon))


@per_sentence
def _stems(text: str) -> frozenset[str]:
    """The stems of a text, without those of numbers in figures."""
    return frozenset(one for one in term_set(text) if not one.startswith("#") and not one[0].isdigit())
