"""Who does it and to whom it is done are not turned round: giver and receiver, asker and asked."""

from collections.abc import Sequence

from kamerbrief.proof.actors import Actor, actors, mates_of
from kamerbrief.proof.alignment import Alignment, span_of
from kamerbrief.proof.retelling import Broken, Retelling


def turned_round(retelling: Retelling) -> Broken | None:
    """The two actors of the claim that have changed places, or the clause of one that gets and has come to give."""
    found = retelling.alignment
    retold = {pair.sentence for pair in retelling.pairs}
    everyone = actors(found.sources, retelling.texts, frozenset())
    there = [actor for actor in everyone if found.sources[actor.place].sentence in retold]
    here = actors(found.claim, [retelling.claim], frozenset(found.sources[actor.place].text for actor in there))
    mates = [mates_of(found, actor, there) for actor in here]
    for place, one in enumerate(here):
        if mates[place] and all(_gives_and_gets(one, other) for other in mates[place]):
            clause = found.claim[one.place].clause
            return Broken("roles", span_of(found.claim, [i for i, w in enumerate(found.claim) if w.clause == clause]))
        for later in range(place + 1, len(here)):
            if _swapped(found, (one, here[later]), (mates[place], mates[later])):
                return Broken("roles", span_of(found.claim, (one.place, here[later].place)))
    return None


def _gives_and_gets(one: Actor, other: Actor) -> bool:
    both = one.label == other.label == "first" and None not in (one.gets, other.gets)
    return both and one.gets is not other.gets and one.doer is not other.doer


def _swapped(found: Alignment, two: tuple[Actor, Actor], mates: tuple[Sequence[Actor], Sequence[Actor]]) -> bool:
    """Whether in every sentence of the sources that has both, each has the part of the other."""
    one, other = two
    verdicts = []
    for first in mates[0]:
        for second in mates[1]:
            if first == second or found.sources[first.place].sentence != found.sources[second.place].sentence:
                continue
            kept = any(a.doer is b.doer is not None for a, b in ((one, first), (other, second)))
            turned = one.doer is not other.doer and _turned((one, other), (first, second))
            crossed = one.label != other.label and (one.label, other.label) == (second.label, first.label)
            verdicts.append(turned or (crossed and not kept))
    return bool(verdicts) and all(verdicts)


def _turned(here: tuple[Actor, Actor], there: tuple[Actor, Actor]) -> bool:
    """Whether who does it is in the sources the one it is not done by, and the other one does it there."""
    for doer, other in ((0, 1), (1, 0)):
        if here[doer].doer is True and here[other].doer is False:
            return there[other].doer is True and there[doer].doer is not True
    return False
