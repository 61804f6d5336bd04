"""The weights of the last rule, out of `weights.json`."""

import functools
from importlib.resources import files

from kamerbrief.linear import Fitted, Linear, read_weights


class SupportWeights(Fitted):
    """A sentence whose log odds by `support` are below the `threshold` is not let out."""

    support: Linear
    threshold: float


@functools.cache
def support_weights() -> SupportWeights:
    """Read when the first sentence is proven. Raises WeightsError."""
    return read_weights(SupportWeights, files("kamerbrief.proof") / "weights.json")
