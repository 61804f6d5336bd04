"""What a later letter counts anew: a figure of the same kind as an earlier one, in words that are mostly the same."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

from kamerbrief.briefings.find.points import Point
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.numbers import Quantity, find_quantities
from kamerbrief.language.terms import term_set, terms
from kamerbrief.records.briefings import Change, Figure

SHARED = 0.6  # of the words of the shorter of two lines that count the same
LEAST = 2  # words that a line must have besides its numbers, and share
TIMES = 3  # as much, or as little: what is counted anew does not often change more
_LATEST = 100  # lines that a word is remembered of


class Counted:
    """The lines with figures of a dossier that are read already, by their words."""

    def __init__(self) -> None:
        self._lines: list[Point] = []
        self._of_word: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_LATEST))

    def read(self, points: Sequence[Point]) -> None:
        for point in {one.line.text: one for one in points}.values():
            for word in _words(point.line.text):
                self._of_word[word].append(len(self._lines))
            self._lines.append(point)

    def anew(self, later: Sequence[Point]) -> Iterator[Change]:
        """The lines of a later letter that count something anew, each with the earlier line that is nearest."""
        told: set[str] = set()
        for point in later:
            text = point.line.text
            if text not in told and (earlier := self._earlier(point)):
                told.add(text)
                yield Change(earlier=earlier.line, later=point.line)

    def _earlier(self, later: Point) -> Point | None:
        shared = Counter(place for word in _words(later.line.text) for place in self._of_word.get(word, ()))
        near = (
            (_alike(later.line.text, self._lines[place].line.text, count), place) for place, count in shared.items()
        )
        likely = sorted((one for one in near if one[0] >= SHARED), reverse=True)
        return next((self._lines[place] for _, place in likely if _anew(later, self._lines[place])), None)


def _alike(one: str, other: str, shared: int) -> float:
    """The share of their words that two lines have in common, of the shorter; what both begin with counts twice, being
    what they are about."""
    begun = _words(one)[0] == _words(other)[0]
    fewest = min(len(_words(one)), len(_words(other)))
    return (shared + begun) / (fewest + begun) if fewest >= LEAST and shared + begun >= LEAST else 0


@per_sentence
def _words(text: str) -> tuple[str, ...]:
    """The stems of a line, each once and in order, without the numbers."""
    numbers = term_set(" ".join(text[one.start : one.end] for one in _quantities(text)))
    stems = (one for one in terms(text) if one[0] != "#" and not one.isdigit())
    return tuple(dict.fromkeys(one for one in stems if one not in numbers))


@per_sentence
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text, language_of(text, lexicons())))


def _anew(later: Point, earlier: Point) -> bool:
    """Whether the figure of the one is not in the other, which has one of the same unit and about as large."""
    assert isinstance(later.line, Figure)
    before = [one for one in _quantities(earlier.line.text) if one.value]
    return any(
        now.value not in {one.value for one in before}
        and any(one.unit == now.unit and 1 / TIMES <= now.value / one.value <= TIMES for one in before)
        for now in _quantities(later.line.number)[-1:]
    )
