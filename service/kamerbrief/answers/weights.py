"""The extractive writer's weights, out of `weights.json`; those that tell what is off topic, out of `topic.json`."""

import functools
from importlib.resources import files

from pydantic import Field

from kamerbrief.linear import Fitted, Linear, read_weights


class WriterWeights(Fitted):
    """`ranking` orders all sentences, `reranking` the best few; `confidence` tells whether the best paragraph answers:
    below the `threshold` (a probability) nothing is said."""

    ranking: Linear
    reranking: Linear
    confidence: Linear
    threshold: float = Field(ge=0, le=1)


@functools.cache
def writer_weights() -> WriterWeights:
    """Read when the first question is answered. Raises WeightsError."""
    return read_weights(WriterWeights, files("kamerbrief.answers") / "weights.json")


class TopicWeights(Fitted):
    """`topic` tells whether the letters are about what is asked: below the `threshold` (a probability) nothing is
    said."""

    topic: Linear
    threshold: float = Field(ge=0, le=1)


@functools.cache
def topic_weights() -> TopicWeights:
    """Read when the first question is answered. Raises WeightsError."""
    return read_weights(TopicWeights, files("kamerbrief.answers") / "topic.json")
