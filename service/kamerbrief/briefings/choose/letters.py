"""Which letters a briefing is made of, and why each was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.errors import FilterError
from kamerbrief.language.detection import language_of
from kamerbrief.language.lexicon import lexicon_of, lexicons
from kamerbrief.letters.labels import place_label
from kamerbrief.records.answers import Hit
from kamerbrief.records.letters import Filters, LetterHead

MOST = 300  # letters of one briefing; of more the newest
HITS = 100  # looked at for a topic
CLEARLY = 0.87
ABROAD = 0.81
WORDS = 0.05
"""A letter speaks of a topic from this score of its best hit on (ABROAD for one in another language than Dutch); of a
Dutch one also where so much of its words is there. Of 20 topics that five letters of the dev half hold 18 pass, of 15
others 8: what a near word fetches must be told by the reason of the choice."""
NEAR = 0.02  # behind the best hit's score, within which a letter is about the topic as well


@dataclass(frozen=True)
class Chosen:
    """The letters, oldest first, with why; and how many more there were."""

    heads: tuple[LetterHead, ...]
    why: dict[str, str]
    left_out: int = 0


def by_filters(heads: Sequence[LetterHead]) -> Chosen:
    """All of them, or the newest."""
    return Chosen(_in_time(heads[-MOST:]), {}, max(0, len(heads) - MOST))


def by_topic(topic: str, heads: dict[str, LetterHead], hits: Sequence[Hit]) -> Chosen:
    """The letters whose paragraphs speak of the topic, each with the paragraph that does so most. Raises FilterError
    when none does."""
    why: dict[str, str] = {}
    best = hits[0].scores.fused if hits else 0.0
    if hits and not _speaks(topic, hits):
        nearest = f"the nearest is {hits[0].letter}, {_place(hits[0])}; name it by id if that is meant"
        raise FilterError(f"no letter speaks of {topic!r}", nearest)
    for hit in hits:
        if hit.scores.fused >= best - NEAR and hit.letter not in why:
            why[hit.letter] = f"{_place(hit)}: {_short(hit.text)}"
    return Chosen(_in_time([heads[letter] for letter in why if letter in heads]), why)


def _speaks(topic: str, hits: Sequence[Hit]) -> bool:
    if language_of(topic, lexicons()) != lexicon_of("nl"):
        return hits[0].scores.fused >= ABROAD
    return max(hit.scores.lexical for hit in hits) >= WORDS or hits[0].scores.fused >= CLEARLY


def check_asked(filters: Filters, about: str) -> None:
    """Raises FilterError when nothing says which letters are meant."""
    if filters == Filters() and not about:
        raise FilterError(
            "no letters are named", "name letters by id, a dossier, dates, a ministry, a person, or what about"
        )


def _in_time(heads: Sequence[LetterHead]) -> tuple[LetterHead, ...]:
    return tuple(sorted(heads, key=lambda head: (str(head.date or ""), head.id)))


def _place(hit: Hit) -> str:
    """Where a hit begins."""
    return place_label(hit.paragraphs[:1], hit.footnote)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")
