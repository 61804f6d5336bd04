"""A question of several parts: each part is searched for and answered by itself, and the answers are put together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from kamerbrief.answers.extractive import Proposal
from kamerbrief.answers.features import Key
from kamerbrief.embedding.passages import Vectors, unit
from kamerbrief.index.search import Found
from kamerbrief.proof.sources import Sources
from kamerbrief.records.answers import Draft


def aimed(vectors: Vectors) -> Vectors:
    """The vectors to search with: of each part (all rows but the first) together with the whole question (the first).

    "En welk bij de tweede?" says little alone. A question of one part has one row only, and keeps it.
    """
    return unit(vectors[1:] + vectors[0]) if len(vectors) > 1 else vectors


def apart(each: Sequence[Sources]) -> list[Sources]:
    """Sources with their paragraphs numbered on, so that a label names one sentence of all."""
    numbered: list[Sources] = []
    offset = 0
    for sources in each:
        labels = [one.label.partition(".") for one in sources.sentences]
        sentences = [
            replace(one, label=f"{int(source) + offset}.{sentence}")
            for one, (source, _, sentence) in zip(sources.sentences, labels, strict=True)
        ]
        numbered.append(Sources(tuple(sentences)))
        offset += max((int(source) for source, *_ in labels), default=0)
    return numbered


def joined(each: Sequence[Sources]) -> Sources:
    """All sentences of sources that are `apart`."""
    return Sources(tuple(chain.from_iterable(sources.sentences for sources in each)))


def together(proposals: Sequence[Proposal]) -> Proposal:
    """What is said to the parts, a sentence once. A part without an answer is passed over.

    It is as sure as the least sure part that is answered, or as the surest one when none is.
    """
    answered = [proposal for proposal in proposals if proposal.draft.sentences]
    sentences = {one.text: one for proposal in answered for one in proposal.draft.sentences}
    confidence = min((proposal.confidence for proposal in answered), default=max(one.confidence for one in proposals))
    shares: dict[Key, float] = {}
    for proposal in proposals:
        for key, share in proposal.shares.items():
            shares[key] = max(share, shares.get(key, 0.0))
    return Proposal(Draft(sentences=tuple(sentences.values())), confidence, shares)


def by_turns(found: Sequence[Sequence[Found]]) -> list[Found]:
    """The hits of all parts, the best of each first; a chunk once."""
    hits = [one for turn in zip_longest(*found) for one in turn if one is not None]
    return list({one.stored.id: one for one in reversed(hits)}.values())[::-1]
