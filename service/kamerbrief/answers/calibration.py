"""The writer's weights, fitted by `python -m eval.calibrate` (which prints this file's values); none is set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Linear:
    """A linear model: log odds = bias + the sum of weight times feature."""

    bias: float
    weights: Mapping[str, float]


RANKING = Linear(
    bias=-2.085,
    weights={
        "asks": -3.49,
        "cover": 3.84,
        "fused": 42.3,
        "holds": 1.17,
        "nearness": 91.54,
    },
)
CONFIDENCE = Linear(
    bias=-17.94,
    weights={
        "cosine": 29.87,
        "cover": 0.6481,
        "dense": -8.29,
        "dutch": -0.8584,
        "lacks": -1.46,
        "lead": 12.65,
        "nearness": 6.603,
    },
)
THRESHOLD = 0.5
