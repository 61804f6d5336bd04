"""The network as it is trained, in PyTorch, and as it is used, in ONNX Runtime."""

import io
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from eval.fitting.reader.export import as_npz
from eval.fitting.reader.items import Judged, Material, gather_material
from eval.fitting.reader.pairs import Pairs
from eval.fitting.reader.sets import Hit, Put
from eval.fitting.reader.states import WIDTH, States, Text
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import Reader
from tests.eval.fitting.conftest import states_of_words

if TYPE_CHECKING:
    from eval.fitting.reader.network import Network

if not find_spec("torch"):
    pytest.skip("only training needs PyTorch: pip install -e '.[fitting]'", allow_module_level=True)

PAIRS, EVERY = 40, 16


@pytest.fixture(scope="module")
def material(small: Pairs, states: States) -> Material:
    return gather_material(small, "answers", states, share=1.0, seed=1)


def untrained(material: Material) -> "Network":
    import torch  # takes seconds to load, in each worker if it stood above

    from eval.fitting.reader.network import Network

    torch.manual_seed(1)
    return Network(WIDTH, material.mean_state())


def weights_of(network: "Network") -> dict[str, Vectors]:
    return {name: values.numpy() for name, values in network.state_dict().items()}


def test_the_shipped_file_reads_as_the_network_does(
    material: Material, states: States, small: Pairs, tmp_path: Path
) -> None:
    import torch

    from eval.fitting.reader.network import batch_of

    network = untrained(material).eval()
    file = tmp_path / "reader.npz"
    file.write_bytes(as_npz(weights_of(network)))
    with np.load(io.BytesIO(file.read_bytes())) as kept:
        rounded = {name: torch.tensor(kept[name]) for name in kept.files}
    for name in [name.removesuffix(".int8") for name in rounded if name.endswith(".int8")]:
        rounded[name] = rounded.pop(f"{name}.int8") * rounded.pop(f"{name}.scale")[:, None]
    network.load_state_dict(rounded)

    batch = batch_of([item for item, _ in material.train], states)
    with torch.no_grad():
        judged, spans = network(batch._replace(asked=batch.asked.float(), told=batch.told.float()))

    reader = Reader(file)
    for row, pair in enumerate(small.train):
        asked, told = states_of_words(Text(pair.asked)), states_of_words(Text(pair.told, ""))
        found = reader.judge(asked, told)
        expected = [float(number) for number in judged[row]]
        assert [found.answers, found.supports, found.premise] == pytest.approx(expected, abs=1e-4)
        tokens = len(told.vectors)
        np.testing.assert_allclose(found.begins, spans[row, :tokens, 0].numpy(), atol=1e-4)
        np.testing.assert_allclose(found.ends, spans[row, :tokens, 1].numpy(), atol=1e-4)


@pytest.mark.slow
def test_a_training_that_was_stopped_gives_what_it_would_have_given(material: Material, tmp_path: Path) -> None:
    from eval.fitting.reader.training import Training, train

    wanted = Training("answers", seed=1, pairs=PAIRS, every=EVERY)
    whole = train(material, wanted, tmp_path / "whole.pt", lambda network: None)

    def stop(network: "Network") -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(material, wanted, tmp_path / "stopped.pt", stop)
    resumed = train(material, wanted, tmp_path / "stopped.pt", lambda network: None)

    assert as_npz(weights_of(resumed)) == as_npz(weights_of(whole))


def test_what_is_held_out_and_what_others_wrote_is_judged(material: Material, small: Pairs) -> None:
    from eval.fitting.reader.judging import judge_reader

    network = untrained(material)
    passages = [Text(passage.text, "") for passage in small.passages.values()]
    put = [
        Put("golden/dev", Text(pair.asked), why, [Hit(text, text.text == pair.told) for text in passages])
        for pair, why in zip(small.held, (None, "near"), strict=True)
    ]

    figures = judge_reader(network, material, put)

    assert isinstance(figures["wrong passage"], float)
    assert 0 <= figures["wrong passage"] <= 1
    of_set = figures["golden/dev"]
    assert isinstance(of_set, dict)
    assert {"near", "all", "first", "F1", "n"} == set(of_set)
    assert of_set["near"] in (0, 0.5, 1)
    assert of_set["first"] in (0, 1)


def test_claims_are_judged_beside_their_twins(material: Material, small: Pairs) -> None:
    (true, changed), wrong = material.held, material.wrong
    claims = [
        Judged(true.item, replace(true.pair, source="claims", id="c1")),
        Judged(changed.item, replace(changed.pair, source="claims", id="c2", kind="roles", right=False)),
        Judged(true.item, replace(true.pair, source="twins", id="c2", kind="roles")),
    ]
    of_claims = replace(material, held=claims, wrong=[Judged(wrong[0].item, one.pair) for one in claims])
    from eval.fitting.reader.judging import judge_verifier

    figures = judge_verifier(untrained(material), of_claims, {"unfaithful": claims[:2]})

    assert figures["held"] == figures["unfaithful"] == {"roles": pytest.approx(figures["twin"]["roles"])}  # type: ignore[index]
    assert figures["manner"] == 0.5  # all with one wrong passage
