"""The writer's weights, fitted by `python -m eval.calibrate` (which prints this file's values); none is set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Linear:
    """A linear model: log odds = bias + the sum of weight times feature."""

    bias: float
    weights: Mapping[str, float]


RANKING = Linear(
    bias=-2.093,
    weights={
        "asks": -3.311,
        "cover": 3.831,
        "fused": 28.17,
        "holds": 1.224,
        "nearness": 86.66,
    },
)
CONFIDENCE = Linear(
    bias=-17.66,
    weights={
        "cosine": 16.99,
        "cover": 0.3919,
        "dense": 4.453,
        "dutch": -0.9596,
        "lacks": -1.746,
        "lead": 13.6,
        "nearness": 88.94,
    },
)
THRESHOLD = 0.5
