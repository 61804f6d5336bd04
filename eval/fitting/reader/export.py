"""A trained network as the file that is shipped: matrices in 8 bits with a scale a row, all else in 32.

Its layers go by the names that E5's weights have. Of the 8 bits 7 are used, as in the graph that is built of them
(kamerbrief/embedding/e5_graph.py), so that nothing is rounded twice.
"""

import io
import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.e5_graph import INNER, LARGEST_WEIGHT
from kamerbrief.embedding.passages import Vectors

FEWEST = 4  # rows of a matrix that is kept in 8 bits; smaller ones weigh nothing
_LAYER = re.compile(r"layers\.(\d+)\.(\w+)\.(weight|bias)")
_TRAINED_ALONE = "span"  # what the service does not ask


def as_npz(weights: Mapping[str, Vectors], mean: Vectors) -> bytes:
    """The same weights always give the same bytes. `name` becomes `name.int8` with `name.scale`, which is of a row;
    `mean` is the mean state of a token, shape (WIDTH,)."""
    kept: dict[str, NDArray[np.generic]] = {"mu": mean.astype(np.float32)}
    for name, values in sorted(_named(weights).items()):
        if values.ndim == 2 and min(values.shape) >= FEWEST:
            scale = np.maximum(np.abs(values).max(axis=1), np.float32(1e-12)) / LARGEST_WEIGHT
            kept[f"{name}.int8"] = np.rint(values / scale[:, None]).astype(np.int8)
            kept[f"{name}.scale"] = scale.astype(np.float32)
        else:
            kept[name] = values.astype(np.float32)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **kept)
    return file.getvalue()


def _named(weights: Mapping[str, Vectors]) -> dict[str, Vectors]:
    """By the names that the service knows: "layers.0.qkv.weight" becomes "l6.q.w", "l6.k.w" and "l6.v.w"."""
    found: dict[str, Vectors] = {}
    for name, values in weights.items():
        if name.startswith(_TRAINED_ALONE):
            continue
        layer = _LAYER.fullmatch(name)
        if layer is None:
            found[name.replace(".weight", ".w").replace(".bias", ".b")] = values
            continue
        number, part, kind = layer.groups()
        parts = dict(zip("qkv", np.split(values, 3), strict=True)) if part == "qkv" else {part: values}
        found |= {f"l{int(number) + INNER}.{each}.{kind[0]}": of_one for each, of_one in parts.items()}
    return found
