"""The question sets: loading, checking, and finding their gold paragraphs in the letters that were read."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kamerbrief.letters.reading import read_letter
from kamerbrief.records import Letter

SETS = Path(__file__).parent / "sets"
SAMPLE = Path(__file__).parent.parent / "samples" / "kst-27925-504.txt"
DATA = Path(__file__).parent.parent.parent / "shared" / "data"

Split = Literal["dev", "test"]
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u00ad": ""})


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gold(_Checked):
    """A paragraph that proves the answer: the letter's file stem, and 4 to 12 words that only this paragraph has."""

    letter: str
    quote: str


class Nugget(_Checked):
    """A fact that an answer must hold; it is there when one of the accepted spellings stands in the answer."""

    text: str
    accept: tuple[str, ...]
    vital: bool

    def within(self, answer: str) -> bool:
        return any(spelling.lower() in answer.lower() for spelling in self.accept)


class Case(_Checked):
    """A question with what is known of its answer."""

    id: str
    question: str
    language: Literal["nl", "en"]
    kind: str
    paraphrase: bool
    answerable: bool
    unanswerable_kind: Literal["far", "near", "premise"] | None
    letters: tuple[str, ...]
    gold: tuple[Gold, ...]
    nuggets: tuple[Nugget, ...]
    answer: str

    @property
    def split(self) -> Split:
        """By the first hex digit of the SHA-256 of the id: even is dev, odd is test."""
        return "dev" if int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) % 2 == 0 else "test"


def load(path: Path) -> list[Case]:
    """The cases of a set. Raises ValueError that names file and line of the first fault."""
    cases: dict[str, Case] = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ValueError(f"{path}:{number}: {where}: {first['msg']}") from None
        if case.id in cases:
            raise ValueError(f"{path}:{number}: id {case.id} stands twice")
        cases[case.id] = case
    return list(cases.values())


def documents(data: Path) -> list[Path]:
    """The real documents that the questions are about; the sample letter alone where `data` is absent."""
    if not data.is_dir():
        return [SAMPLE]
    return sorted([*data.glob("letters/*.*"), *data.glob("answers-to-members/*.pdf")])


def read_documents(data: Path) -> dict[str, Letter]:
    """The letters by the stem of their file, as the sets name them."""
    return {path.stem: read_letter(path) for path in documents(data)}


def gold_paragraphs(case: Case, letters: Mapping[str, Letter]) -> set[tuple[str, int]]:
    """Letter id and paragraph number of each gold paragraph. Raises ValueError when a quote is not in exactly one."""
    found: set[tuple[str, int]] = set()
    for gold in case.gold:
        letter = letters[gold.letter]
        places = {(letter.id, p.number) for p in letter.paragraphs if plain(gold.quote) in plain(p.text)}
        if len(places) != 1:
            raise ValueError(f"{case.id}: {gold.quote!r} is in {len(places)} paragraphs of {gold.letter}, not in one")
        found |= places
    return found


def askable(cases: Iterable[Case], letters: Mapping[str, Letter]) -> list[Case]:
    """The cases whose letters are all here."""
    return [case for case in cases if all(name in letters for name in case.letters)]


def plain(text: str) -> str:
    """Text with white space, dashes and quotation marks made alike."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).strip()
