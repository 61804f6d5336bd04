"""What a reader is trained on is built as it says, and nothing that is held out is in it."""

import random
from pathlib import Path

import numpy as np
import pytest

from eval.checked import EvalError
from eval.commands import fit
from eval.fitting.reader.items import (
    CROPS,
    NEAREST,
    SOURCE,
    Item,
    batches,
    cropped,
    gather_material,
    one_pass,
    shown_span,
    whole,
)
from eval.fitting.reader.pairs import CUT, HELD, Pairs, build
from eval.fitting.reader.passages import HERE, WrittenQuestion, load_rows
from eval.fitting.reader.public import Task
from eval.fitting.reader.states import WIDTH, Read, States, Text, keep_states
from eval.fitting.reader.swaps import swapped
from tests.eval.fitting.conftest import states_of_words


@pytest.fixture(scope="module")
def pairs(data: Path) -> Pairs:
    return build(data)


def test_no_passage_that_is_held_out_is_trained_on(pairs: Pairs) -> None:
    held = {passage.text[:80] for passage in pairs.passages.values() if passage.batch in HELD}
    for task in ("answers", "supports"):
        assert {pair.batch for pair in pairs.held if pair.task == task} == HELD
    assert not HELD & {pair.batch for pair in pairs.train}
    for told in {" ".join(pair.told.split()) for pair in pairs.train}:
        assert not any(beginning in told for beginning in held), told


def test_answers_stand_in_the_texts_where_they_are_said_to_stand(data: Path, pairs: Pairs) -> None:
    files = (data / "reading" / "questions.jsonl", HERE / "questions.jsonl", HERE / "minimal.jsonl")
    rows = [load_rows(file.name, WrittenQuestion, file.parent) for file in files]
    written = {one.id: one for of_file in rows for one in of_file}
    spans = [pair for pair in (*pairs.train, *pairs.held) if pair.span]
    assert {pair.source for pair in spans} == {"reading", "squad", "xquad"}
    for pair in spans:
        words = pair.told[slice(*pair.span or ())]
        assert words == (written[pair.id].answer if pair.id else words.strip())
        assert words
        assert pair.right


def test_what_is_left_out_is_trained_on_no_more(data: Path) -> None:
    pairs = build(data, ["own", "squad"])
    asking = {pair.source for pair in pairs.train if pair.task == "answers"}
    assert asking == {"reading", "members", "xquad", "clapnq"}
    assert not any(pair.batch.startswith("w") for pair in pairs.train)
    assert {pair.batch for pair in pairs.held} == HELD


def test_what_is_cut_out_of_a_passage_is_what_answers(pairs: Pairs) -> None:
    answered = {pair.asked: pair for pair in pairs.train if pair.span and pair.source == "reading"}
    cuts = [pair for pair in pairs.train if pair.kind == CUT and pair.source == "reading"]
    assert len(cuts) > 3000
    for cut in cuts:
        first = answered[cut.asked]
        assert first.span is not None
        assert first.told[slice(*first.span)].lower() not in cut.told.lower()
        assert not cut.right
        assert set(cut.told.split()) <= set(first.told.split())


def test_a_source_that_is_none_cannot_be_left_out(data: Path) -> None:
    with pytest.raises(EvalError, match="squat: no source of pairs"):
        build(data, ["squat"])


def test_each_changed_claim_comes_with_its_true_twin(pairs: Pairs) -> None:
    train = pairs.train
    changed = {(pair.id, pair.kind) for pair in train if pair.source == "claims" and not pair.right}
    assert changed == {(pair.id, pair.kind) for pair in train if pair.source == "twins" and pair.right}


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        (
            "De regering heeft de Kamer gisteren over het akkoord geïnformeerd.",
            "De Kamer heeft de regering gisteren over het akkoord geïnformeerd.",
        ),
        ("Gemeenten vragen sinds jaar en dag om meer geld van Nederland.", None),
    ],
)
def test_actors_are_swapped_and_written_as_they_should_be(sentence: str, other: str | None) -> None:
    assert swapped(sentence) == [(sentence, other or "Nederland vragen sinds jaar en dag om meer geld van gemeenten.")]


def test_actors_in_a_row_are_not_swapped() -> None:
    assert swapped("Op verzoek van de Kamer en de regering is dit besluit uitgesteld.") == []


def test_wrong_passages_are_of_the_same_side(small: Pairs, states: States) -> None:
    material = gather_material(small, states, share=1.0, seed=1)
    held = {states.place(Text(passage.text, "")) for passage in small.passages.values() if passage.batch in HELD}
    for item, others in material.train:
        assert len(others) <= NEAREST
        assert not {item.told, *others} & held
        assert item.told not in others
    assert {item.told for item, _ in material.wrong} == held


def test_places_of_answers_become_those_of_tokens(small: Pairs, states: States) -> None:
    material = gather_material(small, states, share=1.0, seed=1)
    assert [shown_span(whole(item, states), states) for item, _ in material.train] == [(1, 1)] * len(material.train)


def test_a_pass_shows_all_and_its_batches_lose_none(small: Pairs, states: States) -> None:
    material = gather_material(small, states, share=1.0, seed=1)
    shown = one_pass(material, random.Random(1), easy=False)
    assert {item.asked for item in shown} == {item.asked for item, _ in material.train}
    assert 0 < sum(not item.right for item in shown) <= len(material.train)
    batched = [one.item for batch in batches(material, shown, 40, random.Random(1)) for one in batch]
    assert sorted(batched, key=repr) == sorted(shown, key=repr)


@pytest.mark.parametrize("task", ["answers", "supports"])
def test_a_long_passage_is_shown_in_part_and_with_what_answers(tmp_path: Path, task: Task) -> None:
    words = 2 * SOURCE
    long = Text(" ".join(["woord"] * words), "")
    states = keep_states([long], tmp_path, states_of_words)
    answer = (words // 2 * len("woord "), (words // 2 + 2) * len("woord "))
    item = Item(0, 0, right=True, task=task, source="reading", span=answer)
    shown = [cropped(item, states, np.zeros(WIDTH, np.float32), random.Random(seed)) for seed in range(20)]
    assert len({one.tokens[0] for one in shown}) > 1
    for one in shown:
        assert len(one.tokens) == SOURCE if task == "supports" else CROPS[0] <= len(one.tokens) <= CROPS[1]
        span = shown_span(one, states)
        assert span is not None
        assert one.tokens[list(span)].tolist() == [words // 2, words // 2 + 1]


def test_states_that_were_half_written_are_computed_anew(tmp_path: Path) -> None:
    texts = [Text("een brief"), Text("nog een brief", "Onderwerp"), Text("een derde")]
    keep_states(texts[:2], tmp_path, states_of_words)
    with (tmp_path / "tokens.f16").open("ab") as tokens, (tmp_path / "index.tsv").open("a") as index:
        tokens.write(b"half")
        index.write("abcd")
    asked = []

    def counted(text: Text) -> Read:
        asked.append(text)
        return states_of_words(text)

    states = keep_states(texts, tmp_path, counted)
    assert asked == texts[2:]
    for text in texts:
        read, place = states_of_words(text).states, states.place(text)
        np.testing.assert_allclose(states.tokens(place), read.vectors, atol=2e-3)
        assert states.starts(place).tolist() == read.starts


def test_training_without_pytorch_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "find_spec", lambda name: None)
    with pytest.raises(EvalError, match=r"pip install -e '\.\[eval,fitting\]'"):
        fit.reader(folder=tmp_path)
