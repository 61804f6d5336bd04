"""Retrieval: how high the gold paragraphs stand among the hits.

Golds of one part are alternatives, so that what is counted are parts: a question of two parts wants a paragraph for
each.
"""

import math
from dataclasses import dataclass

from eval.metrics.base import Asked, Measure, Metric, mean
from eval.sets.cases import Case
from kamerbrief.records.letters import Key

DEPTH = 10


def parts_by_rank(asked: Asked[Case], depth: int) -> list[set[int]]:
    """The parts of the question that each hit answers, of the first `depth` hits."""
    golds = {(Key(asked.letters[gold.letter].id, gold.paragraph, gold.footnote), gold.part) for gold in asked.case.gold}
    return [{part for key, part in golds if key in hit.keys} for hit in asked.outcome.hits[:depth]]


def _parts(asked: Asked[Case]) -> int:
    return len({gold.part for gold in asked.case.gold})


@dataclass(frozen=True)
class Recall:
    """The share of the question's parts for which a gold paragraph is among the first k hits."""

    k: int

    @property
    def name(self) -> str:
        return f"recall@{self.k}"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.gold:
            return None
        found = set[int]().union(*parts_by_rank(asked, self.k))
        return len(found) / _parts(asked)


@dataclass(frozen=True)
class ReciprocalRank:
    """1 / rank of the first hit with a gold paragraph, 0 beyond the tenth; its mean is the MRR."""

    name: str = "MRR"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.gold:
            return None
        return next((1 / rank for rank, found in enumerate(parts_by_rank(asked, DEPTH), 1) if found), 0.0)


@dataclass(frozen=True)
class NDCG:
    """nDCG@10 with gain 1 for a hit with a part not found before (Järvelin and Kekäläinen 2002, binary gains)."""

    name: str = "nDCG@10"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.gold:
            return None
        seen: set[int] = set()
        gained = 0.0
        for rank, found in enumerate(parts_by_rank(asked, DEPTH), 1):
            gained += bool(found - seen) / math.log2(1 + rank)
            seen |= found
        ideal = sum(1 / math.log2(1 + rank) for rank in range(1, _parts(asked) + 1))
        return gained / ideal


@dataclass(frozen=True)
class CharactersRead:
    """How many characters there are to read in the hits down to the first with a gold paragraph (all, without one).

    It tells apart systems that find by small pieces from those that find by large ones.
    """

    name: str = "characters to the first gold"

    def __call__(self, asked: Asked[Case]) -> float | None:
        if not asked.case.gold:
            return None
        total = 0
        for hit, found in zip(asked.outcome.hits, parts_by_rank(asked, DEPTH), strict=False):
            total += hit.characters
            if found:
                break
        return float(total)


METRICS: tuple[Metric[Case], ...] = (
    *(Recall(k) for k in range(1, DEPTH + 1)),
    ReciprocalRank(),
    NDCG(),
    CharactersRead(),
)
MEASURES: tuple[Measure, ...] = (
    *(mean(name) for name in ("recall@1", "recall@5", "recall@10", "MRR", "nDCG@10")),
    mean("characters to the first gold", up=False, digits=0),
)
