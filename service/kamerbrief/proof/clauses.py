"""Which clause of the sources each clause of a claim retells, and where the words stand that turn or weaken one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kamerbrief.proof.alignment import Alignment, Word
from kamerbrief.proof.cues import Languages, blanked, pattern

_CLOSE = np.float32(0.004)  # of cosine: matches this much worse than the best are as good
_HOME = 0.01  # of cosine: by so much another sentence must be nearer than those that support the whole claim best


@dataclass(frozen=True)
class Pair:
    """A clause of the claim and what it retells.

    `words` are the places of its words, `weighing` tells how many of them weigh; `sentence` is that of the sources, and
    `sources` its clauses with the share of the claim's weighing words that each matches best, best first.
    """

    words: tuple[int, ...]
    weighing: int
    sentence: int
    sources: tuple[tuple[int, float], ...]

    def clauses(self, least: float) -> set[int]:
        """The clauses of the sources that match at least this share of its words."""
        return {clause for clause, share in self.sources if share >= least}


def pair_clauses(found: Alignment, home: Sequence[int]) -> list[Pair]:
    """Each clause of the claim with what it retells. `home` are the sentences that support the whole claim best."""
    of_sentence = np.array([word.sentence for word in found.sources])
    numbers = np.unique(of_sentence)
    starts = np.searchsorted(of_sentence, numbers)
    bonus = np.where(np.isin(numbers, home), _HOME, 0.0)
    pairs = []
    for clause in dict.fromkeys(word.clause for word in found.claim):
        words = tuple(i for i, word in enumerate(found.claim) if word.clause == clause)
        weighing = [i for i in words if found.claim[i].weighs]
        if not weighing:
            continue
        near = found.near[weighing]
        sentence = int(numbers[(np.maximum.reduceat(near, starts, axis=1).mean(axis=0) + bonus).argmax()])
        columns = np.flatnonzero(of_sentence == sentence)
        votes: dict[int, float] = {}
        for row in near[:, columns]:
            for one in {found.sources[j].clause for j in columns[row >= row.max() - _CLOSE]}:
                votes[one] = votes.get(one, 0.0) + 1 / len(weighing)
        pairs.append(Pair(words, len(weighing), sentence, tuple(sorted(votes.items(), key=lambda item: -item[1]))))
    return pairs


def cue_places(words: Sequence[Word], texts: Sequence[tuple[str, Languages]], key: str, besides: str = "") -> set[int]:
    """The places of the words at which, or at whose end, a cue of that list stands; `texts` are the paragraphs'. Where
    it is part of one of the list `besides` it does not count."""
    starts = {(word.paragraph, word.start): place for place, word in enumerate(words)}
    ends = {(word.paragraph, word.end): place for place, word in enumerate(words)}
    found = set()
    for paragraph, (text, languages) in enumerate(texts):
        counted = blanked(text, languages, besides) if besides else text
        for match in pattern(languages, key).finditer(counted):
            place = starts.get((paragraph, match.start()), ends.get((paragraph, match.end())))
            if place is not None:
                found.add(place)
    return found


def told(found: Alignment, cue: int, claim: Sequence[int], *, both: bool = False) -> bool:
    """Whether these words of the claim say what a cue in the sources is about: the two words after it that weigh; those
    before it where it ends its clause, or where `both` are asked for."""
    clause = found.sources[cue].clause
    around = [j for j in range(max(cue - 6, 0), min(cue + 7, len(found.sources))) if found.sources[j].clause == clause]
    weighing = [j for j in around if found.sources[j].weighs]
    after, before = [j for j in weighing if j > cue][:2], [j for j in weighing if j < cue][-2:]
    focus = after + before if both or not after else after
    sentence = [j for j, word in enumerate(found.sources) if word.sentence == found.sources[cue].sentence]
    near = found.near[[i for i in claim if found.claim[i].weighs]]
    return bool(focus) and bool((near[:, focus].max(axis=1) >= near[:, sentence].max(axis=1) - _CLOSE).any())
