"""Which letters a briefing is made of, and why each was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamerbrief.errors import FilterError
from kamerbrief.records import Filters, Hit, LetterHead

MOST = 300  # letters of one briefing; of more the newest, or those that search finds first
HITS = 100  # looked at for a topic
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


def by_topic(heads: dict[str, LetterHead], hits: Sequence[Hit]) -> Chosen:
    """The letters whose paragraphs speak of the topic, each with the paragraph that does so most."""
    why: dict[str, str] = {}
    best = hits[0].scores.fused if hits else 0.0
    for hit in hits:
        if hit.scores.fused >= best - NEAR and hit.letter not in why:
            why[hit.letter] = f"alinea {hit.paragraphs[0]}: {_short(hit.text)}"
    found = [heads[letter] for letter in list(why)[:MOST]]
    return Chosen(_in_time(found), why, max(0, len(why) - MOST))


def check_asked(filters: Filters, about: str) -> None:
    """Raises FilterError when nothing says which letters are meant."""
    if filters == Filters() and not about:
        raise FilterError("no letters are named", "name letters by id, a dossier, dates, a ministry, or what about")


def _in_time(heads: Sequence[LetterHead]) -> tuple[LetterHead, ...]:
    return tuple(sorted(heads, key=lambda head: (str(head.date or ""), head.id)))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")
