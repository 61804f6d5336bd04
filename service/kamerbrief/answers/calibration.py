"""The writer's weights, fitted by `python -m eval.calibrate` (which prints this file's values); none is set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Linear:
    """A linear model: log odds = bias + the sum of weight times feature."""

    bias: float
    weights: Mapping[str, float]


RANKING = Linear(bias=0.0, weights={"nearness": 60.0, "cover": 1.5, "fused": 20.0, "holds": 1.0, "asks": -2.0})
CONFIDENCE = Linear(bias=-60.0, weights={"cosine": 70.0, "lacks": -2.0})
THRESHOLD = 0.5
