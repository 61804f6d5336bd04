"""A question of several parts: each part is searched for and answered by itself, and the answers are put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from kamerbrief.answers.extractive import ExtractiveWriter, Proposal
from kamerbrief.answers.question import Question, parts_of
from kamerbrief.embedding.embedders import Embedder
from kamerbrief.embedding.passages import Vectors, unit
from kamerbrief.index.search import Found, Search, hit_of
from kamerbrief.proof.sources import Sources, gather
from kamerbrief.records.answers import Draft, Hit
from kamerbrief.records.letters import Filters, Key
from kamerbrief.store.generation import Generation


@dataclass(frozen=True)
class Aim:
    """A part of a question, and the vector to search for it with."""

    part: Question
    vector: Vectors


@dataclass(frozen=True)
class Searched:
    """What was found for a question: the hits, best first, and the sources that each of its parts has in them.

    `sources` are those of all hits, the best of each part first, for a model to be shown; `of_all_parts` are the same
    numbered as in `of_parts`, on which the extractive writer's proposals rest.
    """

    parts: tuple[Question, ...]
    hits: tuple[Hit, ...]
    of_parts: tuple[Sources, ...]
    sources: Sources

    @property
    def of_all_parts(self) -> Sources:
        return joined(self.of_parts)


def aim(question: Question, embedder: Embedder) -> list[Aim]:
    """The parts of the question, each with the whole one in mind."""
    parts = parts_of(question)
    texts = dict.fromkeys([question.text, *(part.text for part in parts)])
    return [Aim(*one) for one in zip(parts, aimed(embedder.questions(list(texts))), strict=True)]


def search(
    store: Generation, aims: Sequence[Aim], ranked: Search, filters: Filters, k: int, *, follow: bool = False
) -> Searched:
    """The k best chunks for each part, in the letters that pass the filters; see `Search.find`."""
    found = [ranked.find(store, one.part.text, one.vector, filters, k, follow=follow) for one in aims]
    best = by_turns(found)
    passages = store.catalog.passages([one.stored for one in best])
    return Searched(
        parts=tuple(one.part for one in aims),
        hits=tuple(hit_of(one, passages) for one in best),
        of_parts=tuple(apart([gather(some, passages) for some in found])),
        sources=gather(best, passages),
    )


def read(searched: Searched, writer: ExtractiveWriter, rarity: Callable[[str], Mapping[str, float]]) -> Proposal:
    """What the letters' own sentences say to the question. `rarity` is that of a text's words (`Words.rarity`)."""
    asking = zip(searched.parts, searched.of_parts, strict=True)
    return together([writer.write(part, sources, rarity(part.text)) for part, sources in asking])


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
    """What is said to the parts, a sentence once; `missing_parts` tells which have no answer.

    It is as sure as the least sure part that is answered, or as the surest one when none is.
    """
    answered = [proposal for proposal in proposals if proposal.draft.sentences]
    sentences = {one.text: one for proposal in answered for one in proposal.draft.sentences}
    confidence = min((proposal.confidence for proposal in answered), default=max(one.confidence for one in proposals))
    shares: dict[Key, float] = {}
    for proposal in proposals:
        for key, share in proposal.shares.items():
            shares[key] = max(share, shares.get(key, 0.0))
    return Proposal(Draft(sentences=tuple(sentences.values())), confidence, shares, tuple(proposals))


def by_turns(found: Sequence[Sequence[Found]]) -> list[Found]:
    """The hits of all parts, the best of each first; a chunk once."""
    hits = [one for turn in zip_longest(*found) for one in turn if one is not None]
    return list({one.stored.id: one for one in reversed(hits)}.values())[::-1]
