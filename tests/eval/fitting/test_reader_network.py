"""The network as it is trained, in PyTorch, and as it is used, in ONNX Runtime."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from eval.fitting.reader.export import as_npz
from eval.fitting.reader.items import Item, Judged, Material, all_texts, gather_material, texts_of, whole
from eval.fitting.reader.pairs import Pairs, build
from eval.fitting.reader.sets import Hit, Put
from eval.fitting.reader.states import States, Text, keep_states, reads
from kamerbrief.embedding.e5_weights import E5Weights
from kamerbrief.embedding.passages import Vectors
from kamerbrief.embedding.reader import Reader

if TYPE_CHECKING:
    from eval.fitting.reader.network import Network

if not find_spec("torch"):
    pytest.skip("only training needs PyTorch: pip install -e '.[fitting]'", allow_module_level=True)

PAIRS, EVERY = 40, 16


@pytest.fixture(scope="module")
def material(small: Pairs, states: States) -> Material:
    return gather_material(small, states, share=1.0, seed=1)


def begun(material: Material) -> "Network":
    """As a training begins."""
    import torch  # takes seconds to load, in each worker if it stood above

    from eval.fitting.reader.network import FAST, Network

    torch.manual_seed(1)
    network = Network(E5Weights(), material.mean)
    network.to(FAST)
    return network


def weights_of(network: "Network") -> dict[str, Vectors]:
    return {name: values.float().numpy() for name, values in network.state_dict().items()}


def test_the_shipped_file_reads_as_the_network_does(data: Path, tmp_path: Path) -> None:
    """Real texts, real states; in 7 bits, and those of activations in 8."""
    import torch

    pairs = build(data)
    some = replace(pairs, train=[pair for pair in pairs.train if pair.source == "reading"][:24], held=[])
    some = replace(some, passages={pair.passage: pairs.passages[pair.passage] for pair in some.train})
    states = keep_states(all_texts(some), tmp_path / "states", reads())
    material = gather_material(some, states, share=1.0, seed=1)
    network = begun(material).float().eval()
    file = tmp_path / "reader.npz"
    file.write_bytes(as_npz(weights_of(network), material.mean))

    from eval.fitting.reader.judging import ANSWERS, PREMISE
    from eval.fitting.reader.network import batch_of

    batch = batch_of([whole(item, states) for item, _ in material.train], states, material.mean)
    with torch.no_grad():
        judged, _ = network(
            batch._replace(**{name: getattr(batch, name).float() for name in ("asked", "told", "met", "known")})
        )

    reader, read = Reader(file), reads()
    found = [reader.judge(*(read(text).states for text in texts_of(pair))) for pair in some.train]
    off = np.array([[one.answers, one.premise] for one in found]) - judged.numpy()[:, [ANSWERS, PREMISE]]
    assert np.abs(off).max() < 0.2


@pytest.mark.slow
def test_a_training_that_was_stopped_gives_what_it_would_have_given(material: Material, tmp_path: Path) -> None:
    from eval.fitting.reader.training import Training, train

    wanted = Training(seed=1, pairs=PAIRS, every=EVERY)
    straight = train(material, wanted, tmp_path / "whole.pt", lambda network: None)

    def stop(network: "Network") -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(material, wanted, tmp_path / "stopped.pt", stop)
    resumed = train(material, wanted, tmp_path / "stopped.pt", lambda network: None)

    assert all(bool((resumed[name] == values).all()) for name, values in straight.items())


def test_what_is_held_out_and_what_others_wrote_is_judged(material: Material, small: Pairs) -> None:
    from eval.fitting.reader.judging import judge_answers

    network = begun(material)
    passages = [Text(passage.text, "") for passage in small.passages.values()]
    put = [
        Put("golden/dev", Text(pair.asked), why, [Hit(text, text.text == pair.told) for text in passages])
        for pair, why in zip(small.held, (None, "near"), strict=True)
    ]

    figures = judge_answers(network, material, put)

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
        Judged(_claimed(true.item), replace(true.pair, source="claims", id="c1")),
        Judged(_claimed(changed.item), replace(changed.pair, source="claims", id="c2", kind="roles", right=False)),
        Judged(_claimed(true.item), replace(true.pair, source="twins", id="c2", kind="roles")),
    ]
    of_claims = replace(material, held=claims, wrong=[Judged(_claimed(wrong[0].item), one.pair) for one in claims])
    from eval.fitting.reader.judging import judge_claims

    figures = judge_claims(begun(material), of_claims, {"unfaithful": claims[:2]})

    above = figures["twin"]["roles"]  # type: ignore[index]
    assert figures["claims"] == {"roles": above}
    assert figures["unfaithful"] == {"roles": above, "all": above}
    assert figures["manner of claims"] == 0.5  # all with one wrong passage


def _claimed(item: Item) -> Item:
    return item._replace(task="supports")
