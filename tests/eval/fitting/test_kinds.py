"""The labels of kinds name the sentences of letters as these are read now."""

from pathlib import Path

import pytest

from eval.checked import EvalError
from eval.fitting.kinds import load_kinds
from eval.paths import SETS
from eval.sets.briefs import Brief
from eval.sets.cases import load
from eval.sets.corpus import read_further
from kamerbrief.briefings.find.statements import statements


def test_every_statement_of_the_letters_has_its_kind(data: Path) -> None:
    kinds = load_kinds()
    letters = read_further(kinds, data)
    assert {name: len(of) for name, of in kinds.items()} == {
        name: len(statements(letter, [])) for name, letter in letters.items()
    }


def test_no_letter_is_measured_on_too() -> None:
    cases = load(SETS / "promises.jsonl", Brief).cases
    rows = {row for case in cases for name in case.letters for row in name.split("-")}
    assert not rows & {name.removeprefix("members-") for name in load_kinds()}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('{"letter": "a", "number": 0, "kind": "hope", "promise": false}', "line 1: kind: .*'promise'"),
        ('{"letter": "a", "number": 1, "kind": "none", "promise": false}', "line 1: number: a goes on with 0"),
        ('{"letter": "a", "number": 0, "kind": "wish", "promise": true}', "line 1: .*a wish is no promise"),
        ('{"letter": "a", "number": 0, "kind": "promise", "promise": false}', "line 1: .*a promise is a promise"),
    ],
)
def test_what_is_wrong_in_the_labels_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    (tmp_path / "kinds.jsonl").write_text(line)
    with pytest.raises(EvalError, match=wrong):
        load_kinds(tmp_path / "kinds.jsonl")
