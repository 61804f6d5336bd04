"""A trained network as the file that is shipped: matrices in 8 bits with a scale a row, all else in 32."""

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.passages import Vectors

LARGEST = 127
FEWEST = 4  # rows of a matrix that is kept in 8 bits; smaller ones weigh nothing


def as_npz(weights: Mapping[str, Vectors]) -> bytes:
    """The same weights always give the same bytes. `name` becomes `name.int8` with `name.scale`, which is of a row."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, values in sorted(weights.items()):
        if values.ndim == 2 and min(values.shape) >= FEWEST:
            scale = np.maximum(np.abs(values).max(axis=1), np.float32(1e-12)) / LARGEST
            kept[f"{name}.int8"] = np.rint(values / scale[:, None]).astype(np.int8)
            kept[f"{name}.scale"] = scale.astype(np.float32)
        else:
            kept[name] = values.astype(np.float32)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **kept)
    return file.getvalue()
