"""Questions that a reference leads to the answer of: the motion has the words of the question, a letter that names it
by its number the answer; or the other way round."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from eval.paths import SETS
from eval.sets.cases import CaseSet, Entry, load


class Followed(Entry):
    """A question, and words that stand in the paragraph that answers it and in no other."""

    question: str
    words: str


def load_followed() -> CaseSet[Followed]:
    """Raises EvalError."""
    return load(SETS / "following.jsonl", Followed)


def papers(data: Path) -> Iterator[io.BytesIO]:
    """The letters that were made for the set, and the 800 official motions, of which they name 21."""
    for path in sorted((SETS / "letters").glob("moties-*.txt")):
        yield _named(path.read_bytes(), path.name)
    with zipfile.ZipFile(data / "moties" / "motions.zip") as packed:
        for name in packed.namelist():
            if name.endswith(".xml"):
                yield _named(packed.read(name), name)


def _named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file
