"""Each clause keeps the actors and numbers of the sentence that it retells, and takes none of another."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from kamerbrief.language.numbers import YEARS, Quantity
from kamerbrief.proof.actors import Actor, actors, same_actor
from kamerbrief.proof.alignment import Alignment, span_of
from kamerbrief.proof.clauses import Pair
from kamerbrief.proof.retelling import Broken, Retelling

_PRONOUNS = frozenset(("ik", "wij", "we", "ons"))
_SURELY = 0.88  # of cosine: the same actor in other words or another language


def crossed_fact(retelling: Retelling) -> Broken | None:
    """The actor or number of a clause that the sentence it retells does not name, where that has another; or the two
    numbers that have changed clauses."""
    found, pairs, numbers = retelling.alignment, retelling.pairs, retelling.quantities
    there = actors(found.sources, retelling.texts, frozenset())
    here = actors(found.claim, [retelling.claim], frozenset(found.sources[actor.place].text for actor in there))
    placed = [(_sentence(found, at, one), one) for at, one in retelling.source_quantities if at >= 0]
    told = {pair.sentence + step for pair in pairs for step in (-1, 0, 1)}
    foreign = [one for one in numbers if not any(at in told and one.proven_by(other) for at, other in placed)]
    if two := _crossed_numbers(found, numbers, placed):
        return Broken("mixed", (min(one.start for one in two), max(one.end for one in two)))
    for pair in pairs:
        if pair.weighing > 1:
            if actor := _foreign_actor(found, pair, here, there):
                return Broken("mixed", span_of(found.claim, [actor.place]))
            if number := _foreign_number(found, pair, numbers, foreign, placed):
                return Broken("mixed", (number.start, number.end))
    return None


def _foreign_actor(found: Alignment, pair: Pair, here: Sequence[Actor], there: Sequence[Actor]) -> Actor | None:
    inside = [actor for actor in there if found.sources[actor.place].sentence == pair.sentence]
    firsts = [one for one in inside if one.label == "first" and found.sources[one.place].lower not in _PRONOUNS]
    if not firsts or any(same_actor(found, one.place, other.place) for one in here for other in firsts):
        return None
    for actor in here:
        if actor.place in pair.words and actor.label == "first":
            mates = [other for other in there if _surely_same(found, actor.place, other.place)]
            if mates and not any(other in inside for other in mates):
                return actor
    return None


def _surely_same(found: Alignment, i: int, j: int) -> bool:
    alike = found.claim[i].stem == found.sources[j].stem or found.cosines[i, j] >= _SURELY
    return bool(alike and same_actor(found, i, j))


def _foreign_number(
    found: Alignment,
    pair: Pair,
    numbers: Sequence[Quantity],
    foreign: Sequence[Quantity],
    placed: Sequence[tuple[int, Quantity]],
) -> Quantity | None:
    start, end = found.claim[pair.words[0]].start, found.claim[pair.words[-1]].end
    inside = [one for sentence, one in placed if sentence == pair.sentence]
    rivals = [other for other in inside if not any(one.proven_by(other) for one in numbers)]
    for one in foreign:
        alike = any(one.unit == other.unit and (one.value in YEARS) == (other.value in YEARS) for other in rivals)
        if start <= one.start < end and alike and not one.ordinal:
            return one
    return None


def _crossed_numbers(
    found: Alignment, numbers: Sequence[Quantity], placed: Sequence[tuple[int, Quantity]]
) -> tuple[Quantity, Quantity] | None:
    """Two numbers that have changed clauses: "30 procent in Dohuk en 70 procent in Erbil"."""
    home = {one: next((w.clause for w in found.claim if w.end > one.start), -1) for one in numbers}
    for one, other in itertools.combinations(numbers, 2):
        if one.unit != other.unit or home[one] == home[other] or one.value == other.value:
            continue
        verdicts = [
            _votes(found, home[one], b, a) > 0 < _votes(found, home[other], a, b)
            for a, b in _clauses_of(found, one, other, placed)
        ]
        if verdicts and all(verdicts):
            return one, other
    return None


def _clauses_of(
    found: Alignment, one: Quantity, other: Quantity, placed: Sequence[tuple[int, Quantity]]
) -> Iterator[tuple[int, int]]:
    """The clauses in which both numbers stand, where a sentence of the sources has both in different ones."""
    for first, second in itertools.product(placed, placed):
        if first[0] == second[0] and one.proven_by(first[1]) and other.proven_by(second[1]):
            a, b = _clause(found, *first), _clause(found, *second)
            if a != b:
                yield a, b


def _votes(found: Alignment, clause: int, wanted: int, rival: int) -> int:
    """How many more words of the claim's clause find their like in the wanted clause than in the rival one."""
    rows = [i for i, word in enumerate(found.claim) if word.clause == clause and word.weighs]
    of_clause = np.array([word.clause for word in found.sources])
    near = found.near[rows]
    return int(np.sign(near[:, of_clause == wanted].max(axis=1) - near[:, of_clause == rival].max(axis=1)).sum())


def _clause(found: Alignment, sentence: int, number: Quantity) -> int:
    return next((w.clause for w in found.sources if w.sentence == sentence and w.end > number.start), -1)


def _sentence(found: Alignment, paragraph: int, number: Quantity) -> int:
    return next((w.sentence for w in found.sources if w.paragraph == paragraph and w.end > number.start), -1)
