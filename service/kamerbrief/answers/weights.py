"""The extractive writer's weights, out of `weights.json`; those that tell what is off topic, out of `topic.json`."""

import functools
from collections.abc import Mapping
from importlib.resources import files

from pydantic import Field

from kamerbrief.linear import Fitted, Linear, read_weights
from kamerbrief.settings import Caution

_COSTS: Mapping[Caution, float] = {"low": 0.5, "high": 2.0}
"""What a wrong answer costs, counted in right ones that are missed."""


class WriterWeights(Fitted):
    """`ranking` orders all sentences, `reranking` the best few; `confidence` tells whether the best paragraph answers:
    below the `threshold` (a probability) nothing is said, unless another caution is wanted."""

    ranking: Linear
    reranking: Linear
    confidence: Linear
    threshold: float = Field(ge=0, le=1)


@functools.cache
def writer_weights() -> WriterWeights:
    """Read when the first question is answered. Raises WeightsError."""
    return read_weights(WriterWeights, files("kamerbrief.answers") / "weights.json")


def threshold(caution: Caution) -> float:
    """The probability that an answer is right from which on it is to be said. Where a wrong one costs as much as c
    right ones missed, saying it costs no more than not at c / (1 + c). The fitted one is `normal`. Raises WeightsError.
    """
    cost = _COSTS.get(caution)
    return writer_weights().threshold if cost is None else cost / (1 + cost)


class TopicWeights(Fitted):
    """`topic` tells whether the letters are about what is asked: below the `threshold` (a probability) nothing is
    said."""

    topic: Linear
    threshold: float = Field(ge=0, le=1)


@functools.cache
def topic_weights() -> TopicWeights:
    """Read when the first question is answered. Raises WeightsError."""
    return read_weights(TopicWeights, files("kamerbrief.answers") / "topic.json")
