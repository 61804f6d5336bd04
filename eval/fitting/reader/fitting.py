"""From the data to the file that is shipped: pairs, states, training, 8 bits."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.fitting.reader.export import as_npz
from eval.fitting.reader.items import Judged, all_texts, gather_material, item_of, texts_of
from eval.fitting.reader.judging import judge, printed
from eval.fitting.reader.pairs import build
from eval.fitting.reader.sets import cited_claims, put_questions
from eval.fitting.reader.states import keep_states, reads, states_folder
from eval.fitting.reader.training import Training, train
from kamerbrief.files import write_whole


@dataclass(frozen=True)
class Choice:
    """What of the data is trained on: `without` these sources of pairs, and a `share` of what is left."""

    without: Sequence[str] = ()
    share: float = 1.0


def fit_network(data: Path, folder: Path, wanted: Training, choice: Choice) -> Path:
    """Trains it, printing the figures; gives the file to ship, which is put in `folder`, where states and checkpoints
    are kept, so that what was stopped goes on. Raises EvalError where a file of `data` is not as it was, OSError."""
    pairs, put, claims = build(data, choice.without), put_questions(data), cited_claims(data)
    asked = [text for one in put for text in one.texts()]
    claimed = [text for of in claims.values() for pair in of for text in texts_of(pair)]
    states = keep_states([*all_texts(pairs), *asked, *claimed], states_folder(folder), reads())
    material = gather_material(pairs, states, choice.share, wanted.seed)
    print(f"{len(material.train)} pairs to train on, {len(material.held)} held out", flush=True)
    of_data = hashlib.sha256(repr(pairs.train).encode()).hexdigest()[:8]  # other pairs are another training
    begun = hashlib.sha256(wanted.onward.read_bytes()).hexdigest()[:8] if wanted.onward else "e5"
    name = f"reader-{of_data}-{choice.share}-{wanted.pairs}-{wanted.seed}-{begun}"
    judged = {name: [Judged(item_of(pair, states), pair) for pair in of] for name, of in claims.items()}
    shown = printed(partial(judge, material=material, put=put, claims=judged))
    weights = train(material, wanted, folder / f"{name}.pt", shown)
    file = folder / f"{name}.npz"
    write_whole(file, as_npz({name: values.numpy() for name, values in weights.items()}, material.mean))
    return file
