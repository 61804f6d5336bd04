"""What is known of a source sentence as an answer, in numbers: to rank the sentences, and to tell whether to answer."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kamerbrief.answers.evidence import denies, gives_orders, has_form, names, things
from kamerbrief.answers.question import Question
from kamerbrief.answers.windows import ReadWindows
from kamerbrief.language.lexicon import Lexicon, lexicon_of, lexicons
from kamerbrief.language.terms import term_set
from kamerbrief.proof.sources import Sources, SourceSentence
from kamerbrief.records.letters import Key

Features = dict[str, float]

LOWER_HIT = 5  # the hit whose score shows how far the best one stands out


@dataclass(frozen=True)
class Evidence:
    """The sentences of the sources that can be answers, with their ranking features, and what they share.

    `paragraphs` holds the places of each paragraph's sentences, in the order of its text.
    """

    question: Question
    sentences: tuple[SourceSentence, ...]
    ranking: tuple[Features, ...]
    paragraphs: Mapping[Key, tuple[int, ...]]


def gather_evidence(question: Question, sources: Sources, rarity: Mapping[str, float]) -> Evidence:
    """Looks at each source sentence. `rarity` holds the question's terms with their inverse document frequency."""
    found = _without_orders(sources)
    places: dict[Key, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        places[one.key].append(place)
    paragraphs = {key: tuple(sorted(here, key=lambda i: found[i].start)) for key, here in places.items()}
    said = [term_set(one.text) for one in found]
    before = {i: said[last] for here in paragraphs.values() for last, i in pairwise(here)}
    nearest = max((one.cosine for one in found), default=0.0)
    top = max((one.scores.fused for one in found), default=0.0)
    shared = np.mean([one.vector for one in found], axis=0) if found else np.zeros(1)
    asked = names(question.text)
    cover = _covering(rarity)
    stems = _covering({term: value for term, value in rarity.items() if not term.startswith("#")})
    ranking = tuple(
        {
            "nearness": one.cosine - nearest,
            "central": float(one.vector @ shared),
            "fused": one.scores.fused - top,
            "named": _named(asked, one),
            # Which of the question's words it covers, with and without pieces of words, and which only the sentence
            # before it does: that one may have said what it is about.
            "cover": cover(said[i]),
            "stems": stems(said[i]),
            "before": cover(before.get(i, frozenset()) - said[i]),
            **_form(question, one),
        }
        for i, one in enumerate(found)
    )
    return Evidence(question, found, ranking, paragraphs)


def _form(question: Question, one: SourceSentence) -> Features:
    """What a sentence looks like beside what is asked for."""
    text = one.text
    holds = float(bool(things(question.kind, text, _lexicon(one), question.text)))
    return {
        "asks": float(text.rstrip("\"'”’»)").endswith("?")),
        "opens": float(text.rstrip().endswith(":")),
        "length": math.log1p(len(text.split())),
        "holds": holds,
        "holds figure": holds * (question.kind in ("number", "amount")),
        "holds date": holds * (question.kind == "date"),
        "lists": math.log1p(len(re.findall(r"[,;] ", text))) * (question.kind == "which"),
    }


def _without_orders(sources: Sources) -> tuple[SourceSentence, ...]:
    """The sentences that may answer: none that gives orders, nor what comes after it in its paragraph; nor the head of
    a table alone."""
    first: dict[Key, int] = {}
    for one in sources.sentences:
        if gives_orders(one.text, lexicons()):
            first[one.key] = min(one.start, first.get(one.key, one.start))
    return tuple(one for one in sources.sentences if one.start < first.get(one.key, one.end) and not one.is_head)


def read_features(evidence: Evidence, read: ReadWindows) -> tuple[Features, ...]:
    """The ranking features of the sentences that were read, with whether what was read of their paragraph answers."""
    answers = {key: judgement.answers for key, judgement in read.by_paragraph.items()}
    most = max(answers.values())
    return tuple(
        {**evidence.ranking[place], "reads": answers[evidence.sentences[place].key] - most} for place in read.places
    )


def confidence_features(evidence: Evidence, read: ReadWindows, shares: Mapping[Key, float], best: int) -> Features:
    """What tells whether the best paragraph, that of the sentence at `best`, answers the question.

    `shares` are the ranking's probabilities of the paragraphs. How much of the question's words is covered says little
    of an English question on Dutch letters: there it is 0.
    """
    question, found = evidence.question, evidence.sentences
    key = found[best].key
    text = found[best].passage.unit.text
    judgement = read.by_paragraph[key]
    dense = sorted({one.hit: one.scores.dense for one in found}.values(), reverse=True)
    held = any(evidence.ranking[i]["holds"] for i in evidence.paragraphs[key])
    lacks = float(has_form(question.kind) and not held)
    dutch = float(question.language == "nl")
    figures = [name for name in names(question.text) if name[0].isdigit()]
    return {
        "cosine": found[best].cosine,
        "dense": dense[0],
        "lead": dense[0] - dense[min(LOWER_HIT, len(dense)) - 1],
        "cover": dutch * evidence.ranking[best]["cover"],
        "dutch": dutch,
        "lacks": lacks,
        "lacks figure": lacks * (question.kind in ("number", "amount")),
        "share": shares[key],
        "first": float(found[best].hit == 0),
        "denied": float(denies(question.text, question.lexicon) and not denies(text, _lexicon(found[best]))),
        "figures": float(sum(figure not in text for figure in figures)),
        "reads": judgement.answers,
        "premise": judgement.premise,
    }


def topic_features(evidence: Evidence, confidence: Features) -> Features:
    """What tells whether the letters are about what is asked at all, beside the features of the confidence.

    What is read answers nobody who asks for himself: a letter on an allowance does not tell how he applies for it."""
    known = {name: confidence[name] for name in ("cosine", "lead", "cover", "dutch", "share", "reads", "premise")}
    personal = float(evidence.question.personal)
    return {**known, "reads": (1 - personal) * known["reads"], "personal": personal}


def _lexicon(one: SourceSentence) -> Lexicon:
    return lexicon_of(one.passage.head.language)


def _named(asked: frozenset[str], one: SourceSentence) -> float:
    """Which share of the question's names and figures stands in the paragraph, its heading or its letter's subject."""
    passage = one.passage
    text = " ".join((passage.unit.text, passage.heading or "", passage.head.title or "")).lower()
    return sum(name in text for name in asked) / len(asked) if asked else 0.0


def _covering(rarity: Mapping[str, float]) -> Callable[[frozenset[str]], float]:
    """Which share of the question's words is covered, each counted by its rarity: 0 to 1."""
    whole = sum(rarity.values()) or 1.0
    return lambda covered: sum(value for term, value in rarity.items() if term in covered) / whole
