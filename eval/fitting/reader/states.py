"""E5's states of the texts to train on: computed once, kept in a folder, and read from there.

What is kept is a row of `index.tsv` a text, written after its states, so that a computation that was stopped goes on
where it was, and texts that come later are added. They are those that the service itself would read with, of the layer
that the reader goes on from; and of each text its vector.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.e5_graph import GRAPH_VERSION
from kamerbrief.embedding.e5_weights import WEIGHTS_SHA256
from kamerbrief.embedding.passages import PassageText, TokenStates, Vectors

WIDTH = 384  # of a state
KEPT = 320  # tokens of a text
AT_ONCE = 512  # texts between two writes
PROGRESS = 30.0  # seconds

Half = NDArray[np.float16]


class Text(NamedTuple):
    """A text as E5 reads it: as a passage in a `context`, or, where that is None, by itself as questions are."""

    text: str
    context: str | None = None

    @property
    def key(self) -> str:
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()[:20]


class Read(NamedTuple):
    """What E5 makes of a text: the states of its tokens halfway up the network, and its vector."""

    states: TokenStates
    vector: Vectors


ReadTexts = Callable[[Text], Read]


def reads() -> ReadTexts:
    """Reads as the service does."""
    embedder = E5Embedder(threads=1)

    def read(text: Text) -> Read:
        if text.context is None:
            states, (vector,) = embedder.question_halfway(text.text), embedder.questions([text.text])
        else:
            (states,) = embedder.passages_halfway([(text.context, text.text)])
            (vector,) = (one.vector for one in embedder.passages([PassageText(text.context, text.text, ())]))
        return Read(states, vector)

    return read


def states_folder(folder: Path) -> Path:
    """Where states are kept: another place for each network that they could be of."""
    return folder / f"halfway-{WEIGHTS_SHA256[:8]}-{GRAPH_VERSION}"


def keep_states(texts: Iterable[Text], folder: Path, read: ReadTexts) -> "States":
    """Computes the states of the texts that are not kept yet; gives all that are kept. Two at once, told every half
    minute. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = _mended(folder)
    missing = [text for text in dict.fromkeys(texts) if text.key not in kept]
    waiting, done, told = iter(missing), 0, time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        while some := list(islice(waiting, AT_ONCE)):
            _add(folder, [text.key for text in some], list(pool.map(read, some)))
            done += len(some)
            if time.monotonic() - told > PROGRESS:
                told = time.monotonic()
                print(f"states of {done} of {len(missing)} texts", flush=True)
    return States(folder)


class States:
    """The kept states, by place: at most KEPT tokens of each text, WIDTH wide, in 16 bits, from the file itself; and
    `vectors`, that of each text."""

    def __init__(self, folder: Path) -> None:
        rows = [line.split("\t") for line in (folder / "index.tsv").read_text().splitlines()]
        self._places = {key: place for place, (key, _) in enumerate(rows)}
        self.lengths = np.array([int(length) for _, length in rows], np.int64)
        self._begins = np.cumsum(self.lengths) - self.lengths
        self._tokens: Half = np.memmap(folder / "tokens.f16", np.float16, "r").reshape(-1, WIDTH)
        self._starts = np.fromfile(folder / "starts.i32", np.int32)
        vectors = np.fromfile(folder / "vectors.f16", np.float16).reshape(-1, WIDTH)
        self.vectors: Vectors = vectors.astype(np.float32)

    def place(self, text: Text) -> int:
        """Raises KeyError for a text that is not kept."""
        return self._places[text.key]

    def tokens(self, place: int) -> Half:
        return self._tokens[self._of(place)]

    def starts(self, place: int) -> NDArray[np.int32]:
        return self._starts[self._of(place)]

    def _of(self, place: int) -> slice:
        return slice(self._begins[place], self._begins[place] + self.lengths[place])


def _mended(folder: Path) -> set[str]:
    """The keys that are kept; what was half written behind them is cut off."""
    index = folder / "index.tsv"
    index.touch()
    whole = index.read_text().rpartition("\n")
    index.write_text(whole[0] + whole[1])
    rows = [line.split("\t") for line in whole[0].splitlines()]
    tokens = sum(int(length) for _, length in rows)
    sizes = {"tokens.f16": 2 * WIDTH * tokens, "starts.i32": 4 * tokens, "vectors.f16": 2 * WIDTH * len(rows)}
    for name, size in sizes.items():
        with (folder / name).open("ab") as file:
            file.truncate(size)
    return {key for key, _ in rows}


def _add(folder: Path, keys: Sequence[str], read: Sequence[Read]) -> None:
    def put(name: str, parts: Iterable[NDArray[np.generic]]) -> None:
        file: BinaryIO
        with (folder / name).open("ab") as file:
            file.writelines(part.tobytes() for part in parts)

    put("tokens.f16", (one.states.vectors[:KEPT].astype(np.float16) for one in read))
    put("starts.i32", (np.array(one.states.starts[:KEPT], np.int32) for one in read))
    put("vectors.f16", (one.vector.astype(np.float16) for one in read))
    lengths = (len(one.states.vectors[:KEPT]) for one in read)
    with (folder / "index.tsv").open("a") as index:
        index.writelines(f"{key}\t{length}\n" for key, length in zip(keys, lengths, strict=True))
