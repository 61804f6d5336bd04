"""How well sources support a claim, in numbers: whether each of its words finds its like, and finds it nearby."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.proof.alignment import Alignment
from kamerbrief.proof.weights import support_weights

_SIMPLER = 0.01  # of mean cosine: by so much two sentences must match better than one
_WINDOW = 3  # weighing words in a row; an added fact seldom has fewer


@dataclass(frozen=True)
class Support:
    """`nearness` is the mean of the words' best matches (cosine), `features` go into the model, and `sentences` are
    those of the sources (numbered through) that support best. `weakest` are the places of the claim's words in the row
    that these match worst."""

    nearness: float
    features: dict[str, float]
    sentences: tuple[int, ...]
    weakest: tuple[int, ...]


def gather_support(found: Alignment, *, translated: bool) -> Support:
    """Looks at how the claim's weighing words are matched: by all sentences, and by the best two in a row.

    `translated` says that the claim is in another language than its sources, which matches less closely (the features
    that are called after English, in which the model was fitted)."""
    near = found.near[found.weighing]
    of_sentence = np.array([word.sentence for word in found.sources])
    of_paragraph = np.array([word.paragraph for word in found.sources])
    best = near.max(axis=1)
    region = _region(near, of_sentence, of_paragraph)
    local = near[:, np.isin(of_sentence, region)].max(axis=1)
    mutual = near[:, near.argmax(axis=1)].argmax(axis=0) == np.arange(len(near))
    whole = max(float(near[:, of_paragraph == one].max(axis=1).mean()) for one in set(of_paragraph.tolist()))
    apart = float(best.mean()) - whole
    features = {
        "mean": float(best.mean()),
        "english_mean": float(best.mean()) * translated,
        "local_window": _lowest(local),
        "mutual_window": _lowest(np.where(mutual, best, 0.9 * best)),
        "apart": apart,
        "spread": float(best.mean() - local.mean()),
        "english": float(translated),
        "english_apart": apart * translated,
        "length": float(np.log(len(best))),
    }
    worst, size = int(_windows(local).argmin()), min(_WINDOW, len(local))
    return Support(float(best.mean()), features, region, tuple(found.weighing[worst : worst + size]))


def _region(
    near: NDArray[np.float32], of_sentence: NDArray[np.int64], of_paragraph: NDArray[np.int64]
) -> tuple[int, ...]:
    """The sentence, or the two in a row of one paragraph, that match best; two only where that is clearly more."""
    numbers = sorted(set(of_sentence.tolist()))
    alone = {one: near[:, of_sentence == one].max(axis=1) for one in numbers}
    home = {one: int(of_paragraph[of_sentence == one][0]) for one in numbers}
    scores: dict[tuple[int, ...], float] = {(one,): float(alone[one].mean()) + _SIMPLER for one in numbers}
    for one, following in itertools.pairwise(numbers):
        if home[one] == home[following]:
            scores[one, following] = float(np.maximum(alone[one], alone[following]).mean())
    return max(scores, key=lambda region: scores[region])


def _lowest(values: NDArray[np.float32]) -> float:
    """The mean of the window of words in a row that is matched worst."""
    return float(_windows(values).min())


def _windows(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean of each window of words in a row."""
    size = min(_WINDOW, len(values))
    means: NDArray[np.float64] = np.convolve(values, np.ones(size) / size, "valid")
    return means


def is_supported(support: Support) -> bool:
    """Whether the model finds the claim supported."""
    fitted = support_weights()
    return bool(fitted.support.log_odds([support.features])[0] >= fitted.threshold)
