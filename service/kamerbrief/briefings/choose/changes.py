"""What a later letter says otherwise of one thing than an earlier one: a number, a date, or how far it has come."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kamerbrief.briefings.choose.same_thing import Remembered, Sentence
from kamerbrief.briefings.find import cues
from kamerbrief.briefings.find.dates import coming, dates
from kamerbrief.briefings.find.figures import figures
from kamerbrief.briefings.find.finders import ALL
from kamerbrief.briefings.find.points import Findings, Point
from kamerbrief.language.lexicon import Lexicon, lexicon_of
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.numbers import Quantity, find_quantities
from kamerbrief.records.briefings import Change
from kamerbrief.records.letters import LetterHead

MOST_CHANGES = 10  # of one briefing
ALIKE = 0.14  # from which on two sentences speak of one thing
ONE_MATTER = 0.2  # of the sentences of the shorter of two letters of one dossier, that speak so of one thing
ONE_MATTER_APART = 0.3  # and of two letters of which one has no dossier
LEAST_APART = 2  # sentences, however short the letters are
TIMES = 5  # as much, or as little: what is counted anew does not often change more


@dataclass(frozen=True)
class _Said:
    """A point with its letter; `own` is what it says without the sentences that are said along."""

    point: Point
    head: LetterHead

    @property
    def own(self) -> str:
        return self.point.line.text[self.point.key[2] - self.point.line.citations[0].start :]

    @property
    def lexicon(self) -> Lexicon:
        return lexicon_of(self.head.language)


def changes(findings: Sequence[Findings]) -> Iterator[Change]:
    """The changes that each letter brings, the oldest letter first, in its order. Letters of two dossiers change
    nothing of each other."""
    before: Remembered[_Said] = Remembered()
    sizes: dict[str, int] = {}
    known: set[str] = set()
    for letter in findings:
        said = [Sentence(one.line.text, _Said(one, letter.head)) for one in letter.points[ALL]]
        sizes[letter.head.id] = len(said)
        changed_now = _changed(said, before, sizes)
        found = sorted((one for one in changed_now if one[1].own not in known), key=lambda one: -one[0])
        told: dict[int, Change] = {}
        changed: set[int] = set()
        for _, later, earlier in found:
            if id(later) not in told and id(earlier) not in changed:
                changed.add(id(earlier))
                told[id(later)] = Change(earlier=earlier.point.line, later=later.point.line)
        yield from (told[id(one.of)] for one in said if id(one.of) in told)
        before.read(said)
        known.update(one.of.own for one in said)


def _changed(
    said: Sequence[Sentence[_Said]], before: Remembered[_Said], sizes: Mapping[str, int]
) -> Iterator[tuple[float, _Said, _Said]]:
    """How much each sentence is about the same as an earlier one that it changes, and the two. `sizes` tell how many
    sentences each letter has."""
    near = [
        (alike, sentence.of, earlier)
        for sentence, likely in before.nearest(said)
        for alike, earlier in likely
        if alike >= ALIKE and _may_be_one_matter(sentence.of.head, earlier.head)
    ]
    shared = Counter(letter for letter, _ in {(earlier.head.id, id(later)) for _, later, earlier in near})
    for alike, later, earlier in near:
        shorter = min(sizes[later.head.id], sizes[earlier.head.id])
        apart = not (later.head.dossier and earlier.head.dossier)
        least = max(LEAST_APART, ONE_MATTER_APART * shorter) if apart else ONE_MATTER * shorter
        if shared[earlier.head.id] >= least and one_is_otherwise(later, earlier):
            yield alike, later, earlier


def _may_be_one_matter(one: LetterHead, other: LetterHead) -> bool:
    return one.dossier == other.dossier or not (one.dossier and other.dossier)


def one_is_otherwise(later: _Said, earlier: _Said) -> bool:
    """Whether of two sentences on one thing the later one says it otherwise."""
    if later.own == earlier.own or later.lexicon.pattern("briefings.changes.stays").search(later.own):
        return False
    return _counted_anew(later, earlier) or _moved(later, earlier) or _has_come_further(later, earlier)


def _counted_anew(later: _Said, earlier: _Said) -> bool:
    """Whether the one has a number that the other has not, which has one of the same unit and about as large."""
    before = [one for one in _quantities(earlier.own, earlier.lexicon) if one.value]
    values = {one.value for one in before}
    return any(
        now.value not in values and now.unit == one.unit and 1 / TIMES <= now.value / one.value <= TIMES
        for now in _quantities(later.own, later.lexicon)
        for one in before
    )


def _moved(later: _Said, earlier: _Said) -> bool:
    """Whether a date that was to come is another one now."""
    was, now = (coming(dates(one.own, one.head.date, one.lexicon), one.head.date) for one in (earlier, later))
    return bool(was and now and was != now)


def _has_come_further(later: _Said, earlier: _Said) -> bool:
    """Whether the one says that something is otherwise now, or settles what the other leaves open, plans or refuses."""
    of_letters = [one.lexicon.pattern("briefings.changes.opens").search(one.own) for one in (earlier, later)]
    if later.lexicon.pattern("briefings.changes.updates").search(later.own) and not of_letters[0]:
        return True
    if any(of_letters):
        return False
    return _pending(earlier) and bool(later.lexicon.pattern("briefings.changes.settles").search(later.own))


def _pending(said: _Said) -> bool:
    """Whether a sentence leaves open, plans or refuses what may have been settled since."""
    planned = coming(dates(said.own, said.head.date, said.lexicon), said.head.date) is not None
    words = said.lexicon.pattern("briefings.changes.pending").search(said.own)
    return planned or bool(words) or cues.leaves_open(said.own, said.lexicon)


@per_sentence
def _quantities(text: str, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """What it counts, of a range the last number."""
    counted = (find_quantities(text[start:end], lexicon)[-1:] for start, end in figures(text, lexicon))
    return tuple(one for numbers in counted for one in numbers)
