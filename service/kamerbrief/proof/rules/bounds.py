"""Each number is a bound on both sides or on neither: "ten minste", "more than" and "minder dan", "at most"."""

import re
from functools import cache
from typing import Literal

from kamerbrief.language.numbers import Quantity
from kamerbrief.proof.cues import Languages, any_of
from kamerbrief.proof.retelling import Broken, Retelling, Span

Side = Literal["up", "down"]

# In this order: "niet meer dan" is no "meer dan".
_BEFORE: tuple[tuple[Side, str], ...] = (
    ("down", "not_above"),
    ("up", "not_below"),
    ("up", "above"),
    ("down", "below"),
)
_AFTER: tuple[tuple[Side, str], ...] = (("up", "above_after"), ("down", "below_after"))


def changed_bound(retelling: Retelling) -> Broken | None:
    """The first number that is a bound on one side only, or the other bound, with the words that make it one."""
    for one in retelling.quantities:
        mates = [(at, other) for at, other in retelling.source_quantities if at >= 0 and one.proven_by(other)]
        there = {find_bound(*retelling.told[at], other)[0] for at, other in mates}
        side, span = find_bound(retelling.claim, retelling.languages, one)
        if there and not one.ordinal and side not in there:
            return Broken("bound", span)
    return None


def find_bound(text: str, languages: Languages, number: Quantity) -> tuple[Side | None, Span]:
    """Whether the number in this text is a lower bound ("up": it or more), an upper one, or neither; and where it
    stands with the words that tell it."""
    start = max(0, number.start - 60)
    before, after = text[start : number.start], text[number.end : number.end + 30]
    for side, key in _BEFORE:
        if match := _before(languages, key).search(before):
            return side, (start + match.start(), number.end)
    for side, key in _AFTER:
        if match := _after(languages, key).match(after):
            return side, (number.start, number.end + match.end())
    return None, (number.start, number.end)


@cache
def _before(languages: Languages, key: str) -> re.Pattern[str]:
    cues, articles = any_of(languages, f"proof.bounds.{key}"), any_of(languages, "proof.bounds.articles")
    return re.compile(rf"(?<!\w)(?:{cues})(?: (?:{articles}))? ?[€$]? ?$", re.IGNORECASE)


@cache
def _after(languages: Languages, key: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:\w+ )?(?:{any_of(languages, f'proof.bounds.{key}')})(?!\w)", re.IGNORECASE)
