"""What is known of a source sentence as an answer, in numbers: to rank the sentences, and to tell whether to answer."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kamerbrief.answers.evidence import has_form, things
from kamerbrief.answers.material import Material, SourceSentence
from kamerbrief.answers.question import Question
from kamerbrief.index.words import terms

Features = dict[str, float]

NEARBY_HITS = 3  # hits whose words count as the surroundings of an answer
LOWER_HIT = 5  # the hit whose score shows how far the best one stands out


@dataclass(frozen=True)
class Evidence:
    """The sentences of the material with their ranking features, and what they share."""

    question: Question
    sentences: tuple[SourceSentence, ...]
    ranking: tuple[Features, ...]
    terms: tuple[frozenset[str], ...]
    around: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]


def gather_evidence(question: Question, material: Material, rarity: Mapping[str, float]) -> Evidence:
    """Looks at each source sentence. `rarity` holds the question's terms with their inverse document frequency."""
    found = material.sentences
    own = tuple(frozenset(terms(one.text)) for one in found)
    wide = {one.key: frozenset(terms(_surroundings(one))) for one in found}
    around = tuple(wide[one.key] for one in found)
    nearest = max((one.cosine for one in found), default=0.0)
    top = max((one.scores.fused for one in found), default=0.0)
    ranking = tuple(
        {
            "nearness": one.cosine - nearest,
            "dense": one.scores.dense,
            "fused": one.scores.fused - top,
            "cover": _cover(rarity, own[i]),
            "cover_around": _cover(rarity, around[i]),
            "asks": float(one.text.rstrip("\"'”’»)").endswith("?")),
            "length": math.log(len(one.text)),
            "holds": float(bool(things(question.kind, one.text, question.text))),
        }
        for i, one in enumerate(found)
    )
    return Evidence(question, found, ranking, own, around, rarity)


def confidence_features(evidence: Evidence, chosen: Sequence[int], scores: NDArray[np.float64]) -> Features:
    """What tells whether the chosen sentences answer the question. `scores` are the ranking scores of all sentences.

    How much of the question's words is covered says little of an English question on Dutch letters: there it is 0.
    """
    question, found, rarity = evidence.question, evidence.sentences, evidence.rarity
    first = found[chosen[0]]
    dense = sorted({one.hit: one.scores.dense for one in found}.values(), reverse=True)
    nearby = frozenset[str]().union(*(evidence.around[i] for i, one in enumerate(found) if one.hit < NEARBY_HITS))
    said = frozenset[str]().union(*(evidence.terms[i] for i in chosen))
    dutch = float(question.language == "nl")
    typed = float(has_form(question.kind))
    held = any(evidence.ranking[i]["holds"] for i in chosen)
    return {
        "score": float(scores[chosen[0]]),
        "cosine": first.cosine,
        "nearness": evidence.ranking[chosen[0]]["nearness"],
        "dense": dense[0],
        "lead": dense[0] - dense[min(LOWER_HIT, len(dense)) - 1],
        "cover": dutch * _cover(rarity, said),
        "cover_nearby": dutch * _cover(rarity, nearby),
        "rarest_missing": dutch * max((r for t, r in rarity.items() if t not in nearby and t[0] != "#"), default=0.0),
        "names_missing": float(_names_missing(question.text, found)),
        "typed": typed,
        "lacks": typed * float(not held),
        "reason": float(question.kind == "reason"),
        "dutch": dutch,
    }


def _surroundings(one: SourceSentence) -> str:
    head = one.passage.head
    return "\n".join([head.title or head.dossier_name or "", one.passage.heading or "", one.passage.paragraph.text])


def _cover(rarity: Mapping[str, float], covered: frozenset[str]) -> float:
    """Which share of the question's words is covered, each counted by its rarity: 0 to 1."""
    return sum(value for term, value in rarity.items() if term in covered) / (sum(rarity.values()) or 1.0)


def _names_missing(question: str, found: Sequence[SourceSentence]) -> int:
    """How many names of the question stand nowhere in the surroundings of the nearby hits."""
    names = set(re.findall(r"(?<!^)(?<![.?!] )\b[A-Z][\w’-]+", question))
    text = "\n".join(_surroundings(one) for one in found if one.hit < NEARBY_HITS).lower()
    return sum(name.lower() not in text for name in names)
