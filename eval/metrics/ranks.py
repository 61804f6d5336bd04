"""Ranks in figures: recall, mean reciprocal rank and nDCG, over all questions and over both halves."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from eval.systems.rankers import MemberQuestion


def measures(found: Sequence[int]) -> dict[str, float]:
    """recall@1, @5, @10, MRR and nDCG@10, each question having one right passage."""
    rank = np.array(found, np.float64)
    recalls = {f"recall@{k}": float((rank <= k).mean()) for k in (1, 5, 10)}
    gains = np.where(rank <= 10, 1 / np.log2(1 + rank), 0.0)
    return recalls | {"MRR": float((1 / rank).mean()), "nDCG@10": float(gains.mean())}


def by_halves(asked: Sequence[MemberQuestion], results: dict[str, list[int]]) -> dict[str, dict[str, dict[str, float]]]:
    """The measures of each variant over all questions and over both halves."""
    halves = {"all": [True] * len(asked), "dev": [c.dev for c in asked], "test": [not c.dev for c in asked]}
    return {
        name: {half: measures(list(itertools.compress(found, chosen))) for half, chosen in halves.items()}
        for name, found in results.items()
    }


def table(rows: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """A Markdown table: over all questions everything, of the halves recall@1, @5, @10."""
    yield "| retrieval | recall@1 | recall@5 | recall@10 | MRR | nDCG@10 | dev @1 @5 @10 | test @1 @5 @10 |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, halves in rows.items():
        cells = [f"{value:.3f}".lstrip("0") for value in halves["all"].values()]
        cells += [" ".join(f"{v:.3f}".lstrip("0") for v in list(halves[h].values())[:3]) for h in ("dev", "test")]
        yield f"| {name} | " + " | ".join(cells) + " |"
