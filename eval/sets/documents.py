"""One document of ../shared/data by its name: a file, or behind a "#" one of the many that a file holds."""

import functools
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

from eval.sets.members import NAMED, PAIRS, answers


def document(data: Path, name: str) -> bytes:
    """Its bytes, so that no record beside it is used.

    "letters/kst-29515-496.pdf" is a file. Of many in one: "moties/motions.zip#3cd45a3a-…" by the stem of its name,
    "sgd/letters.jsonl.gz#0000038600" by the end of its address, "questions/kamervragen.jsonl#174" and
    "training/members-questions.jsonl.gz#694" by its line from 0. Raises OSError where the file is absent.
    """
    file, _, row = name.partition("#")
    path = data / file
    if not row:
        return path.read_bytes()
    if file == PAIRS:
        return answers(data, [NAMED + row])[NAMED + row]
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as files:
            return files.read(f"{row}.xml")
    rows = _rows(path)
    if path.suffix == ".jsonl":
        return "\n\n".join(rows[int(row)]["vragen"]).encode()
    [text] = (page["text"] for page in rows if page["url"].removesuffix("/ocr").endswith(row))
    return str(text).encode()


def read_name(name: str) -> str:
    """The name under which the document is read: its end tells the format of a text."""
    file, _, row = name.partition("#")
    return f"{row}.xml" if file.endswith(".zip") else f"{row}.txt" if row else Path(file).name


@functools.lru_cache(4)
def _rows(path: Path) -> tuple[Any, ...]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return tuple(map(json.loads, lines))
