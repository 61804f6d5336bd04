"""What is known of a source sentence as an answer, in numbers: to rank the sentences, and to tell whether to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamerbrief.answers.evidence import has_form, things
from kamerbrief.answers.material import Material, SourceSentence
from kamerbrief.answers.question import Question
from kamerbrief.index.words import terms

Features = dict[str, float]

LOWER_HIT = 5  # the hit whose score shows how far the best one stands out


@dataclass(frozen=True)
class Evidence:
    """The sentences of the material with their ranking features, and what they share."""

    question: Question
    sentences: tuple[SourceSentence, ...]
    ranking: tuple[Features, ...]
    terms: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]


def gather_evidence(question: Question, material: Material, rarity: Mapping[str, float]) -> Evidence:
    """Looks at each source sentence. `rarity` holds the question's terms with their inverse document frequency."""
    found = material.sentences
    said = tuple(frozenset(terms(one.text)) for one in found)
    nearest = max((one.cosine for one in found), default=0.0)
    top = max((one.scores.fused for one in found), default=0.0)
    ranking = tuple(
        {
            "nearness": one.cosine - nearest,
            "fused": one.scores.fused - top,
            "cover": _cover(rarity, said[i]),
            "asks": float(one.text.rstrip("\"'”’»)").endswith("?")),
            "holds": float(bool(things(question.kind, one.text, question.text))),
        }
        for i, one in enumerate(found)
    )
    return Evidence(question, found, ranking, said, rarity)


def confidence_features(evidence: Evidence, chosen: Sequence[int]) -> Features:
    """What tells whether the chosen sentences, best first, answer the question.

    How much of the question's words they cover says little of an English question on Dutch letters: there it is 0.
    """
    question, found = evidence.question, evidence.sentences
    dense = sorted({one.hit: one.scores.dense for one in found}.values(), reverse=True)
    said = frozenset[str]().union(*(evidence.terms[i] for i in chosen))
    held = any(evidence.ranking[i]["holds"] for i in chosen)
    dutch = float(question.language == "nl")
    return {
        "cosine": found[chosen[0]].cosine,
        "nearness": evidence.ranking[chosen[0]]["nearness"],
        "dense": dense[0],
        "lead": dense[0] - dense[min(LOWER_HIT, len(dense)) - 1],
        "cover": dutch * _cover(evidence.rarity, said),
        "lacks": float(has_form(question.kind) and not held),
        "dutch": dutch,
    }


def _cover(rarity: Mapping[str, float], covered: frozenset[str]) -> float:
    """Which share of the question's words is covered, each counted by its rarity: 0 to 1."""
    return sum(value for term, value in rarity.items() if term in covered) / (sum(rarity.values()) or 1.0)
