"""Fitted weights: linear models, and the data files that keep them.

A file of weights is JSON. Beside the numbers it says what made it: `version` counts the fits, `command` is the one that
writes the file anew, `date` when it did, and `fitted_on` from what. No number in it is set by hand.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kamerbrief.errors import WeightsError

_CHECKED = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class Linear:
    """A linear model over named features: log odds = bias + the sum of weight times feature."""

    __pydantic_config__ = _CHECKED

    bias: float
    weights: Mapping[str, float]

    def log_odds(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """The log odds of each row of features, shape (rows,). Raises KeyError when a row lacks one."""
        return np.array([self.bias + sum(w * row[name] for name, w in self.weights.items()) for row in rows])


class Fitted(BaseModel):
    """What every file of weights begins with; a room adds its models, each a field."""

    model_config = _CHECKED

    version: int = Field(ge=1)
    command: str = Field(min_length=1)
    date: datetime.date
    fitted_on: str = Field(min_length=1)


F = TypeVar("F", bound=Fitted)


def read_weights(schema: type[F], file: Traversable) -> F:
    """The weights in a data file. Raises WeightsError, which names the file and the field that is wrong."""
    try:
        return schema.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the whole"
        raise WeightsError(f"{file}: {field}: {first['msg']}", "install the package anew, or fit the weights") from None
    except OSError as error:
        raise WeightsError(f"{file} cannot be read: {error}", "install the package anew") from None
