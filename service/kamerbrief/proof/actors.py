"""Who can act in a text, and whether they do or are done to.

No parser: an actor is the doer when it stands first in its clause without a preposition, or after "door" or "by"; the
other way round after "krijgt" or in the passive. Where that cannot be told, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kamerbrief.language.lexicon import lexicons
from kamerbrief.language.names import find_names, key_of
from kamerbrief.proof.alignment import Alignment, Word
from kamerbrief.proof.cues import vocabulary, whole


@dataclass(frozen=True)
class Actor:
    """Somebody at a place among the words. `label` is the preposition before it, or its order among those without one;
    `doer` is None where it cannot be told; `gets` says which way its verb goes, if it is one of giving or getting."""

    place: int
    doer: bool | None
    label: str
    gets: bool | None


def mates_of(found: Alignment, actor: Actor, there: Sequence[Actor]) -> list[Actor]:
    """The same actor in the sources: by name where the name is there, or else by nearness."""
    keys = _keys(found.claim, actor.place)
    named = [
        other
        for other in there
        if _same_name(found.claim[actor.place], found.sources[other.place]) or keys & _keys(found.sources, other.place)
    ]
    return named or [other for other in there if same_actor(found, actor.place, other.place)]


def same_actor(found: Alignment, i: int, j: int) -> bool:
    """Whether an actor of the claim and one of the sources, by their places, are the same."""
    near = found.near[i]
    return _same_name(found.claim[i], found.sources[j]) or bool(near[j] >= near.max() - np.float32(0.004))


def _same_name(one: Word, other: Word) -> bool:
    if any(_is(one, group) and _is(other, group) for group in ("speaker", "house")):
        return True
    key = key_of(one.text, lexicons())
    return one.text == other.text or (key is not None and key == key_of(other.text, lexicons()))


def _keys(words: Sequence[Word], place: int) -> frozenset[str]:
    """The known names in the phrase that ends at this word: "Koerdische Regionale Autoriteiten" are the Koerden."""
    keys = (key_of(word.text, lexicons()) for word in words[_begin(words, place) : place + 1])
    return frozenset(key for key in keys if key is not None)


def actors(words: Sequence[Word], texts: Sequence[str], known: frozenset[str]) -> list[Actor]:
    """Who can act in these texts; a name of several words is told by its last. `known` are names besides."""
    named = {(paragraph, name.end) for paragraph, text in enumerate(texts) for name in find_names(text, lexicons())}
    places = [
        place
        for place, word in enumerate(words)
        if (word.paragraph, word.end) in named or _fits(word, "actor") or word.text in known
    ]
    # "de leden Sneller", "Koerdische Regionale Autoriteiten": one actor, told by the last word.
    places = [
        place
        for place in places
        if not _is_adjective(words, place)
        and not (
            place + 1 in places and not _is(words[place], "pronouns") and words[place + 1].clause == words[place].clause
        )
    ]
    found: list[Actor] = []
    orders: dict[int, int] = {}
    for place in places:
        begin = _begin(words, place)
        if found and begin and _is(words[begin - 1], "joins") and found[-1].place == begin - 2:
            found.append(replace(found[-1], place=place))
            continue
        found.append(_part(words, place, orders))
    return found


def _is_adjective(words: Sequence[Word], place: int) -> bool:
    """ "Nederlandse", "Kurdish" before a word of lower case."""
    after = words[place + 1 : place + 2]
    ends = words[place].lower.endswith(tuple(vocabulary(words[place].languages, "proof.actors.adjective")))
    return (
        bool(after)
        and ends
        and not _fits(words[place], "actor")
        and after[0].text.islower()
        and after[0].clause == words[place].clause
    )


def _begin(words: Sequence[Word], place: int) -> int:
    """Where the phrase that ends at this word begins, article and all."""
    begin = place
    while begin and words[begin - 1].clause == words[place].clause and place - begin < 6:
        before = words[begin - 1]
        if _is(before, "articles"):
            return begin - 1
        ends = tuple(vocabulary(before.languages, "proof.actors.before"))
        adjective = before.text[0].isupper() or _is(before, "counts") or before.lower.endswith(ends)
        number = before.text.isdigit() and len(before.text) < 4
        if not (adjective or number) or any(_is(before, key) for key in ("from", "other", "doer", "joins")):
            break
        begin -= 1
    return begin


def _part(words: Sequence[Word], place: int, orders: dict[int, int]) -> Actor:
    begin, clause = _begin(words, place), words[place].clause
    said = [word for word in words if word.clause == clause]
    gets = True if any(_fits(word, "gets") for word in said) else None
    if gets is None and any(_fits(word, "gives") for word in said):
        gets = False
    before = words[begin - 1] if begin and words[begin - 1].clause == clause else None
    if before and _is(before, "doer"):
        return Actor(place, True, "door", gets)
    if before and _is(before, "from"):
        deed = begin > 1 and _fits(words[begin - 2], "deed")
        return Actor(place, True if gets or deed else None, "van", gets)
    if before and _is(before, "other"):
        return Actor(place, False, before.lower, gets)
    order = orders[clause] = orders.get(clause, 0) + 1
    has = any(_is(word, "has") for word in said)
    becomes = any(_is(word, "becomes") for word in said) and not has
    doer: bool | None = order == 1
    passive = any(_is(word, "is") for word in said) and any(_is(word, "agent") for word in said)
    if becomes or (passive and not has):
        doer = False if order == 1 else None
    elif gets:
        doer = order != 1
    return Actor(place, doer, "first" if order == 1 else "later", gets)


def _is(word: Word, key: str) -> bool:
    """Whether it is one of the words of that list."""
    return word.lower in vocabulary(word.languages, f"proof.actors.{key}")


def _fits(word: Word, key: str) -> bool:
    """Whether it is as one of that list says."""
    return whole(word.languages, f"proof.actors.{key}").fullmatch(word.text) is not None
