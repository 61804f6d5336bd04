"""What each sentence of some answers to members is: the labels of `kinds.jsonl`, and the sentences that they name."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError, model_validator

from eval.checked import Checked, EvalError, first_error

KINDS = Path(__file__).parent / "kinds.jsonl"

Kind = Literal["promise", "decision", "plan", "wish", "recommendation", "none"]


class Kinded(Checked):
    """A statement of an answer by its number, and its kind: who writes binds itself (`promise`), has settled something
    (`decision`), is at it or means to (`plan`), wants it (`wish`), or somebody else asks for it (`recommendation`).

    `promise` is wider than the kind of that name: whether the sets briefings and promises would hold it, which have
    plans too in which somebody does something that is not done yet.
    """

    letter: str
    number: int
    kind: Kind
    promise: bool

    @model_validator(mode="after")
    def _agrees(self) -> "Kinded":
        if (self.promise and self.kind not in ("promise", "plan")) or (self.kind == "promise" and not self.promise):
            raise ValueError(f"a {self.kind} is {'no' if self.promise else 'a'} promise")
        return self


def load_kinds(path: Path = KINDS) -> dict[str, list[Kinded]]:
    """The labels by letter, one for each of its statements in order. Raises EvalError that names line and field."""
    found: dict[str, list[Kinded]] = {}
    for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            one = Kinded.model_validate_json(text)
        except ValidationError as error:
            raise EvalError(f"{path.name}, line {line}: {first_error(error)}") from None
        of_letter = found.setdefault(one.letter, [])
        if one.number != len(of_letter):
            raise EvalError(f"{path.name}, line {line}: number: {one.letter} goes on with {len(of_letter)}")
        of_letter.append(one)
    return found
