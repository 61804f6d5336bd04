"""What a network makes of what it did not see: of held-out batches, and of sets that others wrote.

The area under the curve (AUC) of what answers or is supported against each kind of what does not or is not. Beside it
stand two figures that a judge must have near .5, by which it would be told that it knows writers and does not read:
the same questions or claims with a wrong passage, those that were true of their own against the others ("manner").
"""

import json
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from eval.fitting.models import Array, auc
from eval.fitting.reader.items import Item, Judged, Material, length_of, shown_span, whole
from eval.fitting.reader.network import Network, batch_of
from eval.fitting.reader.pairs import CUT
from eval.fitting.reader.public import Span
from eval.fitting.reader.sets import Put

AT_ONCE = 32  # items
DIGITS = 4  # of log odds: the last ones differ by the row of a batch that a pair stands in
LONGEST = 24  # tokens of the words that answer
ANSWERS, SUPPORTS, PREMISE = 0, 1, 2  # of what the network gives

Kinds = NDArray[np.object_]
Figures = dict[str, float | dict[str, float]]


def predict(network: Network, items: Sequence[Item], material: Material) -> tuple[Array, list[Span]]:
    """Log odds, shape (items, 3), and of each item the first and the last token that would answer, of those read."""
    found, spans, states = np.zeros((len(items), 3)), [(0, 0)] * len(items), material.states
    shown = [whole(item, states) for item in items]
    order = sorted(range(len(items)), key=lambda row: length_of(shown[row], states))
    network.eval()
    with torch.no_grad():
        for begin in range(0, len(order), AT_ONCE):
            rows = order[begin : begin + AT_ONCE]
            judged, scores = network(batch_of([shown[row] for row in rows], states, material.mean))
            found[rows] = judged.numpy().round(DIGITS)
            for row, (begins, ends) in zip(rows, scores.numpy().transpose(0, 2, 1), strict=True):
                first = int(begins.argmax())
                spans[row] = first, first + int(ends[first : first + LONGEST].argmax())
    network.train()
    return found, spans


def judge(network: Network, material: Material, put: Sequence[Put], claims: Mapping[str, Sequence[Judged]]) -> Figures:
    """What it makes of questions, and of claims."""
    return {**judge_answers(network, material, put), **judge_claims(network, material, claims)}


def judge_answers(network: Network, material: Material, put: Sequence[Put]) -> Figures:
    """`read`: of held-out batches, by why it is not answered; `premise`: false premises against all else, by the head
    for them; `overlap` of the tokens that answer with those that would. And of each set of questions that were `put`.
    """
    held = [one for one in material.held if one.item.task == "answers"]
    astray = [one for one in material.wrong if one.item.task == "answers"]
    scores, spans = predict(network, [item for item, _ in held], material)
    kinds, of_wrong = _kinds(held), _kinds(astray)
    answers, premises = scores[:, ANSWERS], scores[kinds != CUT, PREMISE]
    wrong, _ = predict(network, [item for item, _ in astray], material)
    false, against = kinds[kinds != CUT] == "false_premise", of_wrong == "false_premise"
    shown = zip(spans, (shown_span(whole(item, material.states), material.states) for item, _ in held), strict=True)
    figures: Figures = {
        "read": _by_kind(answers, kinds),
        "premise": _auc(premises[false], premises[~false]),
        "wrong passage": _auc(answers[kinds == ""], wrong[:, ANSWERS]),
        "manner": _auc(wrong[of_wrong == "", ANSWERS], wrong[of_wrong != "", ANSWERS]),
        "manner of premises": _auc(wrong[against, PREMISE], wrong[~against, PREMISE]),
        "overlap": float(np.mean([_overlap(span, gold) for span, gold in shown if gold])),
    }
    for name in dict.fromkeys(one.of for one in put):
        figures[name] = _judge_put(network, [one for one in put if one.of == name], material)
    return figures


def _judge_put(network: Network, put: Sequence[Put], material: Material) -> dict[str, float]:
    """By the best of the hits of each question: answerable against the others by kind; the share in which the best hit
    is gold (`first`); the best F1 of refusing at any threshold."""
    scores, _ = predict(network, [item for one in put for item in one.items(material.states)], material)
    ends = np.cumsum([len(one.hits) for one in put])
    judged = np.split(scores[:, ANSWERS], ends[:-1])
    best = np.array([of_one.max(initial=-99.0) for of_one in judged])
    kinds: Kinds = np.array([one.why or "" for one in put], dtype=object)
    first = [
        one.hits[int(of_one.argmax())].gold for one, of_one in zip(put, judged, strict=True) if not one.why and one.hits
    ]
    found = _by_kind(best, kinds) | {"all": _auc(best[kinds == ""], best[kinds != ""])}
    return found | {"first": float(np.mean(first)), "F1": _refusing(best, kinds != ""), "n": float(len(put))}


def judge_claims(network: Network, material: Material, claims: Mapping[str, Sequence[Judged]]) -> Figures:
    """`claims`: supported ones of held-out batches against the changed ones by kind of change; `twin`: how often the
    true twin has the higher score; and of each set of `claims` as of these."""
    held = [one for one in material.held if one.item.task == "supports"]
    astray = [one for one in material.wrong if one.item.task == "supports"]
    scores = predict(network, [item for item, _ in held], material)[0][:, SUPPORTS]
    wrong = predict(network, [item for item, _ in astray], material)[0][:, SUPPORTS]
    kinds = _kinds(held)
    twins = np.array([pair.source == "twins" for _, pair in held])
    true = np.array([pair.right for _, pair in held])
    by_id = {pair.id: score for (_, pair), score, twin in zip(held, scores, twins, strict=True) if not twin}
    above = np.array([score > by_id[pair.id] for (_, pair), score in zip(held, scores, strict=True)])
    figures: Figures = {
        "claims": _by_kind(scores[~twins], kinds[~twins]),
        "twin": {kind: float(above[twins & (kinds == kind)].mean()) for kind in sorted(set(kinds[twins]))},
        "manner of claims": _auc(wrong[true], wrong[~true]),
    }
    for name, of_set in claims.items():
        judged = predict(network, [item for item, _ in of_set], material)[0][:, SUPPORTS]
        of = _kinds(of_set)
        figures[name] = _by_kind(judged, of) | {"all": _auc(judged[of == ""], judged[of != ""])}
    return figures


def printed(judge: Callable[[Network], Figures]) -> Callable[[Network], None]:
    """The judge that prints its figures, three digits each, a line for each group."""

    def judge_and_print(network: Network) -> None:
        for name, figure in judge(network).items():
            print(f"  {name:20} {json.dumps(_short(figure))}", flush=True)

    return judge_and_print


def _short(figure: float | dict[str, float]) -> float | dict[str, float]:
    return {key: round(one, 3) for key, one in figure.items()} if isinstance(figure, dict) else round(figure, 3)


def _kinds(judged: Sequence[Judged]) -> Kinds:
    return np.array([pair.kind for _, pair in judged], dtype=object)


def _by_kind(scores: Array, kinds: Kinds) -> dict[str, float]:
    """Those of kind "" against each of the others."""
    return {kind: _auc(scores[kinds == ""], scores[kinds == kind]) for kind in sorted(set(kinds) - {""})}


def _auc(good: Array, bad: Array) -> float:
    """Not a number where one side is empty."""
    return auc(good, bad) if len(good) and len(bad) else float("nan")


def _overlap(span: Span, gold: Span) -> float:
    """The tokens that both have, of those that either has."""
    both = min(span[1], gold[1]) - max(span[0], gold[0]) + 1
    return max(0, both) / (max(span[1], gold[1]) - min(span[0], gold[0]) + 1)


def _refusing(best: Array, unanswerable: NDArray[np.bool_]) -> float:
    """The best F1 of refusing what has no answer, over the thresholds that could be."""
    found = 0.0
    for threshold in np.quantile(best, np.linspace(0.02, 0.6, 60)):
        refused = best < threshold
        found = max(found, 2 * float((refused & unanswerable).sum()) / float(refused.sum() + unanswerable.sum()))
    return found
