"""The results of a run: a folder with `run.json` (what was run) and `cases.jsonl` (a line a case, in order of coming).

A line is on disk before the next case is asked, so that a run that was killed goes on where it was.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from eval.checked import Checked, EvalError, first_error
from eval.systems.outcomes import Outcome
from eval.systems.run_files import Run


class Meta(Checked):
    """What was run. Two results with the same meta but for `commit`, `changed` and `started` are comparable.

    `commit` is that of the checkout, `changed` whether it had changes besides; `letters` are the SHA-256s of the texts
    asked about by id; `set_sha256` is that of the set; `settings` are those that are no secrets; `system` names the
    parts of what was asked.
    """

    name: str
    run: Run
    commit: str
    changed: bool
    started: str
    set_sha256: str
    letters: dict[str, str]
    settings: dict[str, str]
    system: dict[str, str]
    cases: int
    skipped: int


class Result(Checked):
    """A case, what came of it, and the numbers of the metrics that apply to it."""

    case: str
    outcome: Outcome
    scores: dict[str, float]


class Results:
    """Results in their folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = _read(folder / "run.json", Meta)
        self.results = {result.case: result for result in _lines(folder / "cases.jsonl")}

    @property
    def scores(self) -> dict[str, dict[str, float]]:
        """For each case its numbers by metric."""
        return {case: result.scores for case, result in self.results.items()}


def begin(folder: Path, meta: Meta, *, fresh: bool = False) -> dict[str, Result]:
    """Makes the folder ready and gives what it has of the same run. Raises EvalError when another one is there."""
    path = folder / "run.json"
    if fresh or not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cases.jsonl").write_bytes(b"")
        part = path.with_suffix(".part")
        part.write_text(meta.model_dump_json(indent=2) + "\n")
        part.replace(path)
        return {}
    if _read(path, Meta).model_copy(update={"started": meta.started}) != meta:
        raise EvalError(f"{folder}: holds results of another run, code, set or letters: begin anew with --fresh")
    return {result.case: result for result in _lines(folder / "cases.jsonl", mend=True)}


@contextmanager
def appending(folder: Path) -> Iterator["Appender"]:
    with (folder / "cases.jsonl").open("ab") as file:
        yield Appender(file.fileno())


class Appender:
    """Writes results, each in one piece and on disk when `put` returns."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def put(self, result: Result) -> None:
        os.write(self._descriptor, result.model_dump_json().encode() + b"\n")
        os.fsync(self._descriptor)


def _lines(path: Path, *, mend: bool = False) -> list[Result]:
    """The results of a file. A last line that was cut off is no result; with `mend` it is taken off the file."""
    data = path.read_bytes() if path.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]
    if mend and whole != data:
        os.truncate(path, len(whole))
    found = []
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            found.append(Result.model_validate_json(line))
        except ValidationError as error:
            raise EvalError(f"{path}:{number}: {first_error(error)}") from None
    return found


def _read(path: Path, schema: type[Meta]) -> Meta:
    try:
        return schema.model_validate(json.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise EvalError(f"{path}: {first_error(error)}") from None
    except (OSError, ValueError) as error:
        raise EvalError(f"{path}: no results: {error}") from None
