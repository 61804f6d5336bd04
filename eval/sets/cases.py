"""The sets: their schema, loading, checking, and finding what they name in the letters that were read.

A set is a file of JSON Lines. It copies no document: a paragraph is named by its letter (the stem of its file) and
number, with a hash of its text, so that a change of the text is noticed; places in it are character positions.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import Field, ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.paths import SETS
from kamerbrief.errors import ParagraphError
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.letters import Key, Letter, Unit

Split = Literal["dev", "test"]
Kind = Literal[
    "number",
    "date",
    "person",
    "place",
    "list",
    "reason",
    "yes/no",
    "definition",
    "comparison",
    "multi-paragraph",
    "multi-letter",
    "real",
]
Change = Literal["number", "date", "name", "roles", "negation", "certainty", "addition", "blend"]
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u00ad": ""})


class Place(Checked):
    """A paragraph: its letter's file stem, its number, and the first 8 hex digits of the SHA-256 of its text; or the
    note of it that has the mark `footnote`."""

    letter: str
    paragraph: int = Field(ge=1)
    footnote: str | None = Field(default=None, exclude_if=lambda mark: mark is None)  # sets keep their hash
    sha256: str = Field(pattern="^[0-9a-f]{8}$")


class Stretch(Place):
    """Words of a paragraph, from `start` to `end` (exclusive)."""

    start: int = Field(ge=0)
    end: int


class Gold(Stretch):
    """The words that prove the answer. Golds of one `part` are alternatives; a question is answered when each of its
    parts is."""

    part: int = Field(default=1, ge=1)


class Nugget(Checked):
    """A fact that an answer must hold; it is there when one of the accepted spellings stands in the answer."""

    text: str
    accept: tuple[str, ...] = Field(min_length=1)
    vital: bool

    def within(self, answer: str) -> bool:
        return any(plain(spelling).lower() in plain(answer).lower() for spelling in self.accept)


class Entry(Checked):
    """A line of a set."""

    id: str = Field(min_length=1)
    language: Literal["nl", "en"]

    @property
    def split(self) -> Split:
        """By the first hex digit of the SHA-256 of the id: even is dev, odd is test."""
        return "dev" if int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) % 2 == 0 else "test"

    @property
    def group(self) -> str:
        """What kind of case it is, in the words of its set."""
        return ""

    @property
    def places(self) -> Sequence[Place]:
        """The paragraphs that it names."""
        return ()

    @property
    def needs(self) -> frozenset[str]:
        """The letters (file stems) without which it cannot be put."""
        return frozenset(place.letter for place in self.places)

    def fits(self, letters: Collection[str]) -> bool:
        """Whether it can be put where these letters are."""
        return self.needs <= set(letters)


class Case(Entry):
    """A question with what is known of its answer."""

    question: str
    kind: Kind
    paraphrase: bool
    answerable: bool
    unanswerable_kind: Literal["far", "near", "premise"] | None
    letters: tuple[str, ...]
    gold: tuple[Gold, ...]
    nuggets: tuple[Nugget, ...]
    answer: str

    @property
    def group(self) -> str:
        return self.unanswerable_kind or self.kind

    @property
    def places(self) -> Sequence[Place]:
        return self.gold

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.letters)


class Plant(Entry):
    """An order planted in the sample letter, a question, and how to see that the order was obeyed.

    `plant` stands after paragraph `after` of the letter: as a `paragraph` of its own, `inside` that paragraph, or as a
    `footnote` to it. The `goal` is that the answer holds one of `says`, that it `cites` a paragraph (numbered as
    without the plant), that it is not found (`silence`), or that what the letter does not hold is answered (`speak`).
    """

    kind: Literal[
        "plain", "quote", "footnote", "json", "system", "zero-width", "homoglyph", "cite", "markup", "encoded"
    ]
    after: int = Field(ge=1)
    place: Literal["paragraph", "inside", "footnote"]
    plant: str = Field(min_length=1)
    question: str
    goal: Literal["say", "cite", "silence", "speak"]
    says: tuple[str, ...] = ()
    cites: int | None = None

    @property
    def group(self) -> str:
        return self.kind


class Source(Place):
    """The sentences (from 1) of a paragraph that a claim rests on."""

    sentences: tuple[int, ...] = Field(min_length=1)


class Claim(Entry):
    """A sentence that a writer might say of its sources: supported (`change` None), or one that is (`of`) changed in
    one respect so that it no longer is."""

    sources: tuple[Source, ...] = Field(min_length=1)
    text: str
    change: Change | None
    of: str | None

    @property
    def group(self) -> str:
        return self.change or "supported"

    @property
    def places(self) -> Sequence[Place]:
        return self.sources


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class CaseSet(Generic[E]):
    """A set that was loaded: a case a line, in the order of the file."""

    path: Path
    cases: tuple[E, ...]

    def where(self, case: E) -> str:
        """ "file:line" of a case, to begin a complaint with."""
        return f"{self.path}:{self.cases.index(case) + 1}"

    def askable(self, letters: Mapping[str, Letter], split: Split | None = None) -> list[E]:
        """The cases (of a split) whose letters are all here. Raises EvalError where a paragraph is not as they say."""
        chosen = [case for case in self.cases if split in (None, case.split) and case.fits(letters)]
        for case in chosen:
            for place in case.places:
                try:
                    unit_at(place, letters)
                except EvalError as fault:
                    raise EvalError(f"{self.where(case)}: {fault}") from None
        return chosen


def load(path: Path, schema: type[E]) -> CaseSet[E]:
    """A set of one schema. Raises EvalError that names file, line and field of the first thing wrong."""
    cases: dict[str, E] = {}
    try:
        lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}: cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            case = schema.model_validate_json(line)
        except ValidationError as error:
            raise EvalError(f"{path}:{number}: {first_error(error)}") from None
        if case.id in cases:
            raise EvalError(f"{path}:{number}: id {case.id} stands twice")
        cases[case.id] = case
    return CaseSet(path, tuple(cases.values()))


def load_golden() -> CaseSet[Case]:
    return load(SETS / "golden.jsonl", Case)


def unit_at(place: Place, letters: Mapping[str, Letter]) -> Unit:
    """What a place names. Raises EvalError when it is not there, or has another text than it had."""
    try:
        found = passage_of(letters[place.letter], place.paragraph, place.footnote).unit
    except ParagraphError as error:
        raise EvalError(str(error)) from None
    if text_hash(found.text) != place.sha256:
        raise EvalError(
            f"the text of {place.letter}, paragraph {place.paragraph} is not the one this case was made for "
            f"(sha256 {text_hash(found.text)}, not {place.sha256}): see whether the case still holds"
        )
    if isinstance(place, Stretch) and not place.start < place.end <= len(found.text):
        raise EvalError(f"{place.letter}, paragraph {place.paragraph} holds no words {place.start} to {place.end}")
    return found


class Answerable(Protocol):
    """What has words that prove its answer."""

    @property
    def gold(self) -> tuple[Gold, ...]: ...


def gold_keys(case: Answerable, letters: Mapping[str, Letter]) -> dict[Key, int]:
    """Each gold paragraph or note, with the part of the question that it answers."""
    return {Key(letters[gold.letter].id, gold.paragraph, gold.footnote): gold.part for gold in case.gold}


def gold_quotes(case: Answerable, letters: Mapping[str, Letter]) -> list[str]:
    """The words that prove the answer, out of the letters."""
    return [unit_at(gold, letters).text[gold.start : gold.end] for gold in case.gold]


def text_hash(text: str) -> str:
    """The first 8 hex digits of the SHA-256 of a paragraph's text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def plain(text: str) -> str:
    """Text with white space, dashes and quotation marks made alike."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).strip()
