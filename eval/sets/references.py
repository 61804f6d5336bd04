"""The papers that letters name, as a careful reader finds them: a letter a line, with all its references."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from eval.checked import Checked, EvalError
from eval.paths import SETS
from eval.sets.cases import CaseSet, Entry, load
from eval.sets.documents import document, read_name
from kamerbrief.errors import ParagraphError
from kamerbrief.letters.reading import read_letter
from kamerbrief.proof.sources import passage_of
from kamerbrief.records.letters import Letter


class TrueReference(Checked):
    """The words that name a paper, as written, at `start` of a paragraph, of the note of it that has the mark
    `footnote`, or of the heading of a section.

    `papers` are the official ids that they mean: several of "nrs. 431 en 437", none of what has no id that the words
    tell ("Handelingen II 2013/14, nr. 107").
    """

    paragraph: int | None = Field(default=None, ge=1)
    footnote: str | None = Field(default=None, exclude_if=lambda mark: mark is None)
    section: int | None = Field(default=None, exclude_if=lambda number: number is None)
    start: int = Field(ge=0)
    text: str = Field(min_length=1)
    papers: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Naming(Entry):
    """A letter, by the name of its document (`eval.sets.documents`), and every reference in it."""

    references: tuple[TrueReference, ...]

    @property
    def group(self) -> str:
        return self.id.partition("/")[0]


def load_references() -> CaseSet[Naming]:
    """Raises EvalError."""
    return load(SETS / "references.jsonl", Naming)


def read_named(data: Path, cases: CaseSet[Naming]) -> Iterator[tuple[Naming, Letter]]:
    """Each letter as it is read now. Raises EvalError where the words of a reference no longer stand in their place."""
    for case in cases.cases:
        letter = read_letter(document(data, case.id), name=read_name(case.id))
        for one in case.references:
            try:
                text = _text_at(one, letter)
            except (ParagraphError, IndexError) as error:
                raise EvalError(f"{cases.where(case)}: {error}") from None
            if text[one.start : one.end] != one.text:
                raise EvalError(
                    f"{cases.where(case)}: {one.text!r} does not stand in its place: has the reading changed?"
                )
        yield case, letter


def _text_at(one: TrueReference, letter: Letter) -> str:
    if one.section is not None:
        return letter.sections[one.section - 1].heading or ""
    return passage_of(letter, one.paragraph, one.footnote).unit.text
