"""The passages that the questions and claims beside this file are about, cut out of ../shared/data.

No text of these documents is kept here. A passage is a place in a row of a file: of an answer to members, of a letter
of 1980 to 1995, or in a motion of the archive, always in the text with its white space made single.
"""

import gzip
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeVar
from xml.etree import ElementTree
from zipfile import ZipFile

from pydantic import BeforeValidator, Field, ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.sets.cases import Change, text_hash

HERE = Path(__file__).parent
ASKED = 400  # characters of a member's question that stand before the answer

Why = Literal["absent", "other_entity", "false_premise"]


class PassagePlace(Checked):
    """Where a passage stands: characters `start` to `end` (exclusive) of the text of a row (a number, or the name in an
    archive) of a file; `sha256` are the first 8 hex digits of its text's."""

    id: str
    file: Literal["training/members-questions.jsonl.gz", "sgd/letters.jsonl.gz", "moties/motions.zip"]
    row: int | str
    start: int = Field(ge=0)
    end: int
    sha256: str = Field(pattern="^[0-9a-f]{8}$")


class ReadPassage(Checked):
    """A passage of ../shared/data/reading; its id begins with the batch of who wrote questions and claims over it."""

    id: str
    kind: str
    context: str
    text: str


class WrittenQuestion(Checked):
    """A question over a passage. Its answer are the words from `start` on; where the passage has none, `why` tells how
    it looks as if it had. The id begins with the writer's batch ("w0" to "w3"; "r0" to "r27" in ../shared): split by
    batch, never by row."""

    id: str
    passage: str
    question: str
    answer: Annotated[str, BeforeValidator(lambda answer: answer or "")]  # ../shared has null for none
    start: int | None
    kind: str
    why: Why | None


class WrittenClaim(Checked):
    """A sentence that the passage supports (`change` is None), or that was changed in one respect; `twin` is a changed
    one made true with the smallest change of wording."""

    id: str
    passage: str
    text: str
    change: Change | None
    twin: str | None


class ReadingPassage(NamedTuple):
    """A passage, and what stands before it: the member's question that it answers, or that it is a motion."""

    context: str
    text: str


R = TypeVar("R", PassagePlace, ReadPassage, WrittenQuestion, WrittenClaim)


def load_rows(name: str, schema: type[R], folder: Path = HERE) -> list[R]:
    """The rows of a file. Raises EvalError that names line and field of the first thing wrong, or an absent file."""
    rows = []
    try:
        lines = (folder / name).read_text("utf-8").splitlines()
    except OSError as error:
        raise EvalError(f"{name} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            rows.append(schema.model_validate_json(line))
        except ValidationError as error:
            raise EvalError(f"{name}:{number}: {first_error(error)}") from None
    return rows


def load_passages(data: Path) -> dict[str, ReadingPassage]:
    """The passages by id. Raises EvalError where a file is absent, or does not hold the text that it held."""
    read = cache(lambda file: _READ[file](data / file))
    found = {}
    for place in load_rows("passages.jsonl", PassagePlace):
        try:
            context, text = read(place.file)(place.row)
        except (OSError, LookupError) as error:
            raise EvalError(f"passage {place.id}: {place.file} cannot be read at {place.row}: {error}") from None
        text = text[place.start : place.end]
        if text_hash(text) != place.sha256:
            raise EvalError(f"passage {place.id}: {place.file}, row {place.row} holds another text than it did")
        found[place.id] = ReadingPassage(context, text)
    return found


Row = Callable[[int | str], tuple[str, str]]


def _answers(path: Path) -> Row:
    rows = _lines(path)

    def answer(row: int | str) -> tuple[str, str]:
        pair = rows[int(row)]
        return f"Antwoord op: {_single(pair['question'])[:ASKED]}", _single(pair["answer"])

    return answer


def _letters(path: Path) -> Row:
    rows = _lines(path)
    return lambda row: ("", _single(rows[int(row)]["text"]))


def _motions(path: Path) -> Row:
    archive = ZipFile(path)

    def motion(row: int | str) -> tuple[str, str]:
        words: Iterable[str] = ElementTree.fromstring(archive.read(str(row))).itertext()
        return "Motie", _single(" ".join(words))

    return motion


def _lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _single(text: str) -> str:
    return " ".join(text.split())


_READ: dict[str, Callable[[Path], Row]] = {
    "training/members-questions.jsonl.gz": _answers,
    "sgd/letters.jsonl.gz": _letters,
    "moties/motions.zip": _motions,
}
