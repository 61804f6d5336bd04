"""Letters as a careful reader has them: truths made by hand from the printed pages (`tests/letters/truth/*.toml`)."""

import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from eval.paths import ROOT
from eval.sets.documents import document
from kamerbrief.records.base import Record
from kamerbrief.records.letters import LetterKind, ParagraphKind, Signatory

TRUTHS = ROOT / "tests" / "letters" / "truth"


class TrueParagraph(NamedTuple):
    first: str
    last: str
    kind: ParagraphKind


class TrueFootnote(NamedTuple):
    mark: str
    first: str
    last: str
    paragraph: int


class Metadata(Record):
    """The fields of a Letter that are judged. A truth's `id` may hold "?" for what only the text's hash tells."""

    id: str
    kind: LetterKind
    title: str | None = None
    date: datetime.date | None = None
    dossier: str | None = None
    dossier_name: str | None = None
    number: str | None = None
    session_year: str | None = None
    ministries: tuple[str, ...] = ()
    reference: str | None = None
    signatories: tuple[Signatory, ...] = ()
    addressee: str | None = None
    references: tuple[str, ...] = ()
    language: str | None = None


class Truth(Record):
    """One document as a careful reader has it.

    `file` is its path under the data folder; behind a "#" stands the end of an address that names one row of a file of
    pages ("sgd/letters.jsonl.gz#0000038600"). `also` are other formats of the same document, of which the same is true.
    The reader was developed on the documents of `batch` 1; those of each later batch were read for the first time when
    their truth was whole.
    """

    batch: int
    file: str
    also: tuple[str, ...] = ()
    headings: tuple[str, ...]
    paragraphs: tuple[TrueParagraph, ...]
    footnotes: tuple[TrueFootnote, ...]
    metadata: Metadata


def load_truths(folder: Path = TRUTHS) -> list[Truth]:
    """Every truth of the folder, by name. Raises pydantic's ValidationError on a field that is not known."""
    return [Truth.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.toml"))]


def documents(data: Path, truths: list[Truth]) -> Iterator[tuple[str, bytes, Truth]]:
    """Each document by its name, its bytes, and what is true of it."""
    for truth in truths:
        for file in (truth.file, *truth.also):
            yield file, document(data, file), truth
