"""What the fitted weights have in common."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Linear:
    """A linear model: log odds = bias + the sum of weight times feature."""

    bias: float
    weights: Mapping[str, float]
