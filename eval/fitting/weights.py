"""Writes fitted weights where the service reads them."""

import re
from pathlib import Path

from kamerbrief.files import write_whole
from kamerbrief.linear import Fitted, Linear


def rounded(model: Linear) -> Linear:
    """Four digits a number: what is beyond them is chance."""
    return Linear(_rounded(model.bias), {name: _rounded(weight) for name, weight in model.weights.items()})


def _rounded(number: float) -> float:
    return float(f"{number:.4g}")


def as_text(fitted: Fitted) -> str:
    """JSON with a weight a line, so that a difference is readable; a list of numbers is one line."""
    text = fitted.model_dump_json(indent=2)
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda found: f"[{' '.join(found[1].split())}]", text) + "\n"


def save(fitted: Fitted, file: Path) -> None:
    """Puts the weights in the place of those that the service has, whole or not at all. Raises OSError."""
    write_whole(file, as_text(fitted).encode())
