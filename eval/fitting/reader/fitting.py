"""From the data to the file that is shipped: pairs, states, training, 8 bits."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.fitting.reader.export import as_npz
from eval.fitting.reader.items import Judged, Material, all_texts, gather_material, item_of, texts_of
from eval.fitting.reader.judging import Figures, judge_reader, judge_verifier, printed
from eval.fitting.reader.network import Network
from eval.fitting.reader.pairs import Pairs, build
from eval.fitting.reader.sets import cited_claims, put_questions
from eval.fitting.reader.states import (
    LAYERS,
    WIDTH,
    States,
    Text,
    keep_states,
    reads_last_layer,
    reads_two_layers,
    states_folder,
)
from eval.fitting.reader.training import Training, train
from kamerbrief.files import write_whole

Judge = Callable[[Network], Figures]


@dataclass(frozen=True)
class Choice:
    """What of the data is trained on: `without` these sources of pairs, and a `share` of what is left."""

    without: Sequence[str] = ()
    share: float = 1.0


def fit_network(data: Path, folder: Path, wanted: Training, choice: Choice) -> Path:
    """Trains it, printing the figures; gives the file to ship, which is put in `folder`, where states and checkpoints
    are kept, so that what was stopped goes on. Raises EvalError where a file of `data` is not as it was, OSError."""
    pairs = build(data, wanted.task, choice.without)
    material, judge = (_reader if wanted.task == "answers" else _verifier)(data, folder, pairs, choice, wanted.seed)
    print(f"{len(material.train)} pairs to train on, {len(material.held)} held out", flush=True)
    of_data = hashlib.sha256(repr(pairs.train).encode()).hexdigest()[:8]  # other pairs are another training
    name = f"{wanted.task}-{of_data}-{choice.share}-{wanted.pairs}-{wanted.seed}"
    network = train(material, wanted, folder / f"{name}.pt", printed(judge))
    file = folder / f"{name}.npz"
    write_whole(file, as_npz({name: values.float().numpy() for name, values in network.state_dict().items()}))
    return file


def _reader(data: Path, folder: Path, pairs: Pairs, choice: Choice, seed: int) -> tuple[Material, Judge]:
    put = put_questions(data)
    texts = [*all_texts(pairs, "answers"), *(text for one in put for text in one.texts())]
    states = keep_states(texts, states_folder(folder, "last"), reads_last_layer(), WIDTH)
    material = gather_material(pairs, "answers", states, choice.share, seed)
    return material, partial(judge_reader, material=material, put=put)


def _verifier(data: Path, folder: Path, pairs: Pairs, choice: Choice, seed: int) -> tuple[Material, Judge]:
    claims = cited_claims(data)
    cited: list[Text] = [text for of in claims.values() for pair in of for text in texts_of(pair, "supports")]
    texts = [*all_texts(pairs, "supports"), *cited]
    width = WIDTH * len(LAYERS)
    states: States = keep_states(texts, states_folder(folder, "two"), reads_two_layers(), width)
    material = gather_material(pairs, "supports", states, choice.share, seed)
    judged = {name: [Judged(item_of(pair, "supports", states), pair) for pair in of] for name, of in claims.items()}
    return material, partial(judge_verifier, material=material, claims=judged)
