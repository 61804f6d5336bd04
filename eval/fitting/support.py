"""Fits the last rule of `verify`: whether the words of a sentence find their like in its sources.

A logistic regression on the set `claims` and the dev halves of the others: the supported claims of `unfaithful` and the
answers of the golden and calibration sets that one paragraph gives, against the claims with a fact added, a name
changed or two paragraphs blended, and against the supported ones with a paragraph nearby that does not prove them;
numbers, negations and roles are for other rules. The log odds are shifted for English and the threshold is set so that
of the supported sentences of either language the same share is stopped, each scored by a model that did not see its
family.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from eval.fitting.models import Array, logistic
from eval.fitting.weights import rounded
from eval.paths import SETS
from eval.sets.cases import Case, Claim, load, load_golden
from eval.sets.corpus import read_documents
from kamerbrief.embedding.e5 import E5Embedder
from kamerbrief.language.lexicon import lexicon_of
from kamerbrief.linear import Linear
from kamerbrief.proof.alignment import align, read_words
from kamerbrief.proof.cues import languages_of
from kamerbrief.proof.support import gather_support
from kamerbrief.proof.weights import SupportWeights, support_weights
from kamerbrief.records.letters import Letter

FOLDS = 10
L2 = 2.0
STOPPED = 0.08  # the share of supported sentences that this rule may stop: precision comes before completeness
ELSEWHERE = "elsewhere"
LINE = 100  # characters
LIGHT = 0.1  # what such an example weighs: they are many, and easier than what writers get wrong
LEARNT = (None, "addition", "blend", "name", ELSEWHERE)
TOGETHER = ("multi-paragraph", "multi-letter", "comparison")  # kinds of question that no one paragraph answers


@dataclass(frozen=True)
class Example:
    """A sentence with its features; `family` is shared by a claim and those made of it."""

    family: str
    kind: str | None
    english: bool
    features: Mapping[str, float]


def fit_support(data: Path) -> SupportWeights:
    """Fits the weights, printing the held-out figures. A paragraph that is not as a set says raises EvalError."""
    examples = all_examples(data)
    model, threshold, scores = fit(examples)
    report(examples, scores, threshold)
    return SupportWeights(
        version=support_weights().version + 1,
        command="python -m eval fit support --write",
        date=datetime.now(UTC).date(),
        fitted_on=f"{len(examples)} sentences of claims and of the dev halves of unfaithful, golden and calibration",
        support=rounded(model),
        threshold=round(threshold, 3),
    )


def all_examples(data: Path) -> list[Example]:
    """The dev halves, read by the embedded model."""
    letters, embedder = read_documents(data), E5Embedder()

    def example(family: str, kind: str | None, text: str, places: Sequence[tuple[str, int]]) -> Example:
        paragraphs = [letters[stem].paragraphs[number - 1].text for stem, number in dict.fromkeys(places)]
        said, *read = embedder.tokens([text, *paragraphs])
        written = (lexicon_of(letters[places[0][0]].language),)
        languages = languages_of(text)
        translated = languages[0] is not written[0]
        found = align(read_words([(text, languages)], [said]), read_words([(one, written) for one in paragraphs], read))
        return Example(family, kind, translated, gather_support(found, translated=translated).features)

    claims = load(SETS / "unfaithful.jsonl", Claim).askable(letters, "dev")
    claims += load(SETS / "claims.jsonl", Claim).askable(letters)
    said = [(c.of or c.id, c.change, c.text, [(s.letter, s.paragraph) for s in c.sources]) for c in claims]
    said += [(c.id, None, c.answer, [(c.gold[0].letter, c.gold[0].paragraph)]) for c in single_answers(letters)]
    elsewhere = [
        (family, ELSEWHERE, text, [neighbour(places, letters)]) for family, kind, text, places in said if kind is None
    ]
    return [example(*one) for one in [*said, *elsewhere]]


def neighbour(places: Sequence[tuple[str, int]], letters: Mapping[str, Letter]) -> tuple[str, int]:
    """The paragraph of the same letter nearest to these, and not one of them, that says more than a line."""
    stem, number = places[0]
    others = [one for one in letters[stem].paragraphs if (stem, one.number) not in places]
    return stem, min(others, key=lambda one: (len(one.text) < LINE, abs(one.number - number))).number


def single_answers(letters: Mapping[str, Letter]) -> list[Case]:
    """The answered questions of the dev halves whose answer stands in one paragraph."""
    cases = [*load(SETS / "calibration.jsonl", Case).askable(letters, "dev"), *load_golden().askable(letters, "dev")]
    return [c for c in cases if c.answerable and len({gold.part for gold in c.gold}) == 1 and c.kind not in TOGETHER]


def fit(examples: Sequence[Example]) -> tuple[Linear, float, Array]:
    """The model, its threshold, and each example's score by a model that did not see its family."""
    learnt = [one for one in examples if one.kind in LEARNT]
    model, scores = _fit(learnt), np.zeros(len(examples))
    for fold in range(FOLDS):
        unseen = _fit([one for one in learnt if _fold(one) != fold])
        for place, one in enumerate(examples):
            if _fold(one) == fold:
                scores[place] = unseen.log_odds([one.features])[0]
    good = np.array([one.kind is None for one in examples])
    english = np.array([one.english for one in examples])
    threshold = float(np.quantile(scores[good & ~english], STOPPED))
    shift = threshold - float(np.quantile(scores[good & english], STOPPED))
    weights = {**model.weights, "english": model.weights["english"] + shift}
    return Linear(model.bias, weights), threshold, scores + shift * english


def _fit(examples: Sequence[Example]) -> Linear:
    target = np.array([one.kind is None for one in examples], float)
    weights = np.array([LIGHT if one.kind == ELSEWHERE else 1.0 for one in examples])
    return logistic([dict(one.features) for one in examples], target, L2, weights)


def report(examples: Sequence[Example], scores: Array, threshold: float) -> None:
    """Held-out shares that pass, by kind of change and language."""
    kinds = np.array([one.kind or "supported" for one in examples])
    english = np.array([one.english for one in examples])
    print(f"{len(examples)} sentences; share that passes the threshold {threshold:.2f}, Dutch and English")
    for kind in sorted(set(kinds.tolist())):
        shares = [scores[(kinds == kind) & (english == language)] >= threshold for language in (False, True)]
        print(f"  {kind:10}" + "".join(f"{share.mean():6.2f} of {len(share):3}" for share in shares if len(share)))


def _fold(example: Example) -> int:
    return sum(example.family.encode()) % FOLDS
