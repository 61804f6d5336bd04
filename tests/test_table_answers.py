"""A row of a table answers with its columns named, and is quoted as it stands, with the head of its table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamerbrief import Kamerbrief
from kamerbrief.http.mcp.results import answer_text
from kamerbrief.records.answers import Refusal, Sentence
from kamerbrief.records.letters import Key

FRYSLAN = "ah-tk-20232024-1314"
HEAD = "Grond | Meldingen in 2021 | Meldingen in 2022 | Meldingen in 2023"
ROW = "Seksuele gerichtheid | 10 | 14 | 34"
SAID = "Seksuele gerichtheid: Meldingen in 2021 10; Meldingen in 2022 14; Meldingen in 2023 34"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[Kamerbrief]:
    with Kamerbrief(tmp_path_factory.mktemp("tables")) as kb:
        kb.add(data / "answers-to-members" / f"{FRYSLAN}.pdf")
        yield kb


def test_a_row_answers_and_no_figure_is_without_its_column(tables: Kamerbrief) -> None:
    answer = tables.ask("Hoeveel meldingen over seksuele gerichtheid waren er bij Tumba in 2022?")
    (sentence,) = [one for one in answer.sentences if one.text == SAID]
    assert [one.quote for one in sentence.citations] == [HEAD, ROW]
    text = tables.letter(FRYSLAN).paragraphs[11].text
    assert all(text[one.start : one.end] == one.quote for one in sentence.citations)
    assert {one.key for one in sentence.citations} == {Key(FRYSLAN, 12)}
    assert HEAD not in [one.text for one in answer.sentences]
    told = answer_text(answer)
    assert f"“{HEAD}”" in told
    assert f"“{ROW}”" in told


def test_a_model_may_quote_a_row_with_its_columns(tables: Kamerbrief) -> None:
    proven = tables.check(SAID, [Key(FRYSLAN, 12)])
    assert isinstance(proven, Sentence)
    assert {HEAD, ROW} <= {one.quote for one in proven.citations}


@pytest.mark.parametrize(
    "claim",
    [
        "Over seksuele gerichtheid kreeg Tumba in 2022 10 meldingen.",
        "Seksuele gerichtheid: Meldingen in 2021 14.",
        "In 2023 kreeg Tumba 6 meldingen over seksuele gerichtheid.",
    ],
)
def test_a_figure_of_another_column_or_row_is_not_proven(tables: Kamerbrief, claim: str) -> None:
    assert isinstance(tables.check(claim, [Key(FRYSLAN, 12)]), Refusal)
