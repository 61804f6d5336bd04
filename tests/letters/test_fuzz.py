"""Damaged documents, of every form: each is a letter, or an error of its reader that names it.

`FUZZ_SECONDS=240 python -m pytest tests/letters/test_fuzz.py -m slow -s` prints what the table of docs/faults.md tells.
"""

import os
from pathlib import Path

import pytest

from tests.letters.fuzzing import FORMATS, damaged, fuzz, told

SECONDS = float(os.environ.get("FUZZ_SECONDS", "2"))  # for each form
SEED = os.environ.get("FUZZ_SEED", "20140910")


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_document_is_a_letter_or_is_told(form: str, tmp_path: Path) -> None:
    found = fuzz(form, SECONDS, SEED)
    print(told(form, found))
    for number in found.faults:
        (tmp_path / f"{form}-{number}").write_bytes(damaged(form, SEED, number))
    assert found.faults == {}, f"kept in {tmp_path}"
    assert sum(found.kinds.values()) >= found.inputs > 0


def test_an_input_is_made_again_by_its_number() -> None:
    assert [damaged("text", "1", number) for number in range(9)] == [
        damaged("text", "1", number) for number in range(9)
    ]
    assert len({damaged("text", "1", number) for number in range(9)}) > 5
