"""The reader: what it makes of real pairs, of texts without a token, and of weights that are none."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.embedding.passages import TokenStates
from kamerbrief.embedding.reader import PairReader, Reader
from kamerbrief.errors import WeightsError

QUESTION = "Hoeveel helmen levert Nederland aan de Koerden?"
ANSWER = "Nederland heeft duizend helmen en duizend scherfvesten aan de Koerdische strijders geleverd."
OTHER = "De minister heeft in Brussel met zijn ambtgenoten over de visserij in de Waddenzee gesproken."


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return PairReader(E5Embedder())


def test_what_answers_is_told_from_what_does_not(reader: PairReader) -> None:
    answer, other = reader.read(QUESTION, [("Irak", ANSWER), ("Visserij", OTHER)])
    assert answer.answers > 0 > other.answers


def test_the_order_of_the_passages_changes_nothing(reader: PairReader) -> None:
    one = reader.read(QUESTION, [("", ANSWER), ("", OTHER)])
    two = reader.read(QUESTION, [("", OTHER), ("", ANSWER)])
    assert [judged.answers for judged in one] == [judged.answers for judged in reversed(two)]


def test_what_is_longer_is_not_read(reader: PairReader) -> None:
    long, longer = reader.read(QUESTION, [("", " ".join([ANSWER] * times)) for times in (40, 50)])
    assert long.answers == pytest.approx(longer.answers, abs=1)  # but for the mean and the states of what is read


def test_weights_that_are_none_are_named(tmp_path: Path) -> None:
    file = tmp_path / "reader.npz"
    with pytest.raises(WeightsError, match=r"reader\.npz"):
        Reader(file)
    file.write_bytes(b"no archive")
    with pytest.raises(WeightsError, match=r"reader\.npz"):
        Reader(file)
    np.savez(file, other=np.zeros(3))
    with pytest.raises(WeightsError, match=r"reader\.npz"):
        Reader(file)


def test_what_has_no_token_answers_nothing() -> None:
    none = np.zeros((0, 384), np.float32)
    states = TokenStates(none, [])
    judged = Reader(files("kamerbrief.embedding") / "reader.npz").judge(states, states)
    assert judged.answers == judged.premise == -np.inf


def test_the_network_is_built_once_and_anew_where_it_was_damaged(tmp_path: Path) -> None:
    file, embedder = files("kamerbrief.embedding") / "reader.npz", E5Embedder()
    asked, (told,) = embedder.question_halfway(QUESTION), embedder.passages_halfway([("Irak", ANSWER)])
    first = Reader(file, tmp_path).judge(asked, told)
    (kept,) = tmp_path.iterdir()
    built = kept.read_bytes()
    assert Reader(file, tmp_path).judge(asked, told) == first
    kept.write_bytes(built[:1000])
    assert Reader(file, tmp_path).judge(asked, told) == first
    assert kept.read_bytes() == built
