"""From what is found in some letters to the lines of a briefing, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from kamerbrief.briefings.choose.choosing import MOST_KEY, Told, choose, choose_again, tell_on
from kamerbrief.briefings.find.points import Findings, Point, words_of
from kamerbrief.briefings.parts import PARTS, Part
from kamerbrief.records.briefings import BriefingLength, Line
from kamerbrief.records.letters import Letter

SHARE = 0.66  # of the letters' words that a briefing may have at most: a short letter needs no long one


def rooms(length: BriefingLength, words: int, parts: Sequence[Part] = PARTS) -> dict[str, int]:
    """The words of each part of a briefing of letters with so many words: no less than in a short one."""
    searched = [part for part in parts if part.find]
    scale = min(1.0, SHARE * words / sum(part.room[length] for part in searched))
    return {part.name: max(round(scale * part.room[length]), part.room["short"]) for part in searched}


def most_words(letters: Sequence[Letter], length: BriefingLength = "normal") -> int:
    """How many words a briefing of these letters may have."""
    return sum(rooms(length, sum(map(words_of, letters))).values())


@dataclass(frozen=True)
class _Chosen:
    """The points of a part, what each is worth, and the places of those that are told."""

    points: list[Point]
    worth: list[float]
    places: list[int]

    @property
    def words(self) -> int:
        return sum(self.points[i].words for i in self.places)


def compose(
    findings: Sequence[Findings], length: BriefingLength, written: Sequence[Point] = (), parts: Sequence[Part] = PARTS
) -> tuple[dict[str, tuple[Line, ...]], dict[str, tuple[int, ...]]]:
    """The lines of each part that letters are searched for, and the places of those that are shown of the lists. What
    room a part does not need goes to the next; what all leave, to tell the key points on, and then to lines of the
    lists that are told elsewhere. `written` are the key points of a model, which the letters' own may outdo: a weak
    model's say little."""
    room, told = rooms(length, sum(one.words for one in findings), parts), Told()
    key, *others = sorted((part for part in parts if part.find), key=lambda part: part.turn)
    points = [*written, *all_of(findings, key.name)]
    worth = [key.weight(one) for one in points]
    points = [points[i] for i in choose(points, worth, room[key.name], told, MOST_KEY, each=True)]
    left = max(0, room[key.name] - sum(one.words for one in points))
    taken: dict[str, _Chosen] = {}
    for part in others:
        taken[part.name] = one = _choose(part, all_of(findings, part.name), room[part.name] + left, told)
        left += room[part.name] - one.words
    longer = tell_on(points, left, told)
    left -= sum(one.words for one in longer) - sum(one.words for one in points)
    lines, shown = {key.name: tuple(one.line for one in longer)}, dict[str, tuple[int, ...]]()
    for part in others:
        one, places = taken[part.name], taken[part.name].places
        if part.listed:
            places = choose_again(one.points, one.worth, left, places)
            left -= sum(one.points[i].words for i in {*places} - {*one.places})
            shown[part.name] = tuple(places)
            places = list(range(len(one.points)))
        lines[part.name] = tuple(one.points[i].line for i in places)
    return lines, shown


def _choose(part: Part, points: list[Point], room: int, told: Told) -> _Chosen:
    points = sorted(points, key=lambda one: part.order(one.line))
    worth = [part.weight(one) for one in points]
    return _Chosen(points, worth, choose(points, worth, room, told))


def all_of(findings: Sequence[Findings], part: str) -> list[Point]:
    """The points for a part of all letters, in the order of the letters."""
    return list(chain.from_iterable(one.points[part] for one in findings))
