"""Each number is a bound on both sides or on neither: "ten minste", "more than" and "minder dan", "at most"."""

import re
from typing import Literal

from kamerbrief.language.numbers import Quantity
from kamerbrief.proof.retelling import Broken, Retelling, Span

Side = Literal["up", "down"]

_BEFORE: tuple[tuple[Side, str], ...] = (
    ("down", r"(?:niet|geen|no|not) (?:meer|hoger|groter|langer|more|higher|larger|longer) (?:dan|than)"),
    ("up", r"(?:niet|geen|no|not) (?:minder|lager|kleiner|less|fewer|lower) (?:dan|than)"),
    ("up", r"(?:ten ?minste|minstens|minimaal|at least|minimum|a minimum of|minim\w+(?: [^\s,;.]+){0,6}|vanaf)"),
    (
        "up",
        r"(?:meer dan|ruim|more than|boven(?: de)?|above|groter dan|hoger dan|ouder dan|exceed\w*|langer dan)",
    ),
    ("up", r"(?:greater than|higher than|longer than|or more than|groter dan of gelijk aan|well over|from)"),
    (
        "down",
        r"(?:ten hoogste|hooguit|hoogstens|maximaal|at most|up to|a maximum of|maxim\w+(?: [^\s,;.]+){0,6})",
    ),
    ("down", r"(?:minder dan|less than|fewer than|onder de|below|bijna|nearly|almost|kleiner dan|lager dan|<|under)"),
)
_AFTER: tuple[tuple[Side, str], ...] = (
    ("up", r"(?:\w+ )?(?:of meer|or more|of ouder|or older|of hoger|or higher|en ouder|\+)"),
    ("down", r"(?:\w+ )?(?:of minder|or less|or fewer|of jonger|or younger|of lager)"),
)
_COMPILED = tuple((side, re.compile(rf"(?<!\w){cue}(?: de| the| een| a)? ?[€$]? ?$", re.I)) for side, cue in _BEFORE)
_FOLLOWING = tuple((side, re.compile(rf" ?{cue}(?!\w)", re.I)) for side, cue in _AFTER)


_OVER = re.compile(r"\bover [€$]? ?$", re.I)


def changed_bound(retelling: Retelling) -> Broken | None:
    """The first number that is a bound on one side only, or the other bound, with the words that make it one."""
    for one in retelling.quantities:
        mates = [(at, other) for at, other in retelling.source_quantities if at >= 0 and one.proven_by(other)]
        there = {side_of(retelling.texts[at], other, english=False) for at, other in mates}
        side, span = find_bound(retelling.claim, one, english=retelling.english)
        if there and not one.ordinal and side not in there:
            return Broken("bound", span)
    return None


def side_of(text: str, number: Quantity, *, english: bool) -> Side | None:
    """Whether the number in this text is a lower bound ("up": it or more), an upper one, or neither."""
    return find_bound(text, number, english=english)[0]


def find_bound(text: str, number: Quantity, *, english: bool) -> tuple[Side | None, Span]:
    """The side, and where the number stands with the words that tell it."""
    start = max(0, number.start - 60)
    before, after = text[start : number.start], text[number.end : number.end + 30]
    if english and (match := _OVER.search(before)):
        return "up", (start + match.start(), number.end)
    for side, cue in _COMPILED:
        if match := cue.search(before):
            return side, (start + match.start(), number.end)
    for side, cue in _FOLLOWING:
        if match := cue.match(after):
            return side, (number.start, number.end + match.end())
    return None, (number.start, number.end)
