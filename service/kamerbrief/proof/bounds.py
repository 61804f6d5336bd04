"""Which side of a number is meant: "ten minste", "more than" and "minder dan", "at most"."""

import re
from typing import Literal

from kamerbrief.language.numbers import Quantity

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


def side_of(text: str, number: Quantity, *, english: bool) -> Side | None:
    """Whether the number in this text is a lower bound ("up": it or more), an upper one, or neither."""
    before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 30]
    if english and _OVER.search(before):
        return "up"
    for side, cue in _COMPILED:
        if cue.search(before):
            return side
    return next((side for side, cue in _FOLLOWING if cue.match(after)), None)
