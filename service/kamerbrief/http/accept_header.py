"""Which form of a thing a client would rather have: the header Accept, as in RFC 9110, 12.5.1."""

import re
from collections.abc import Iterator, Sequence

_RANGE = re.compile(r"([^\s/;,]+)/([^\s/;,]+)")
_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type that the client likes best, of those it likes alike the first; None where it takes none of them.

    Who does not say takes all. What cannot be read is passed over, and so are parameters, but for the weight.
    """
    ranges = list(_ranges(accept)) if accept.strip() else [("*", "*", 1.0)]
    weights = {name: _weight(name, ranges) for name in offered}
    best = max(offered, key=weights.__getitem__)
    return best if weights[best] else None


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for one in accept.split(","):
        kind, *parameters = (part.strip() for part in one.split(";"))
        found = _RANGE.fullmatch(kind.lower())
        weights = [part for part in parameters if part.lower().startswith("q")]
        weight = _WEIGHT.fullmatch(weights[-1]) if weights else None
        if found and (weight or not weights):
            yield found[1], found[2], float(weight[1]) if weight else 1.0


def _weight(name: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """That of the range which names the media type most exactly."""
    kind, sub = name.split("/")
    for pattern in ((kind, sub), (kind, "*"), ("*", "*")):
        found = [weight for *one, weight in ranges if tuple(one) == pattern]
        if found:
            return max(found)
    return 0.0
