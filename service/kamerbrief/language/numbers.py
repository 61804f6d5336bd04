"""Numbers, amounts, shares and lengths of time in running text, Dutch and English, in figures or in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from text_to_num import find_numbers, text2num

_DIGITS = r"\d{1,3}(?:[.  ]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w.,])(?:{_DIGITS})|(?<=[A-Za-z]-)\d+|(?<=/)\d+)(?P<tail>[A-Za-z]*)|[^\W\d_]+(?:-[^\W\d_]+)*|\w+|[^\w\s]"
)
_CHAMBER = re.compile(r"\b(?:Eerste|Tweede)(?= (?:en (?:Eerste|Tweede) )?Kamer)|(?<=artikel )1(?= )", re.IGNORECASE)
_ORDINAL_TAIL = frozenset(("e", "ste", "de", "st", "nd", "rd", "th"))
_TIMES: dict[str, float] = {
    **dict.fromkeys(("duizend", "thousand"), 1e3),
    **dict.fromkeys(("miljoen", "million", "mln", "mio", "m"), 1e6),
    **dict.fromkeys(("miljard", "billion", "mld", "bn"), 1e9),
    **dict.fromkeys(("biljoen", "trillion"), 1e12),
}
_FRACTIONS: dict[str, float] = {
    **dict.fromkeys(("helft", "half", "halve", "halfuur", "halfjaar"), 1 / 2),
    **dict.fromkeys(("kwart", "quarter", "quarters", "kwarten"), 1 / 4),
    **dict.fromkeys(("derde", "third", "thirds"), 1 / 3),
    **dict.fromkeys(("vierde", "fourth", "fourths"), 1 / 4),
    **dict.fromkeys(("vijfde", "fifth", "fifths"), 1 / 5),
    **dict.fromkeys(("zesde", "sixth"), 1 / 6),
    **dict.fromkeys(("achtste", "eighth"), 1 / 8),
    **dict.fromkeys(("tiende", "tenth", "tenths"), 1 / 10),
}
_ALONE = frozenset(("helft", "half", "halve", "kwart"))
_SPECIAL: dict[str, tuple[float, str | None]] = {
    "anderhalf": (1.5, None),
    "anderhalve": (1.5, None),
    "driekwart": (0.75, "part"),
    **dict.fromkeys(
        ("beide", "beiden", "both", "tweetal", "tweemaal", "twice", "double", "doubled", "dubbel"), (2, None)
    ),
    **dict.fromkeys(("dubbele", "verdubbeld", "verdubbelen", "verdubbelt", "verdubbeling", "doubling"), (2, None)),
    **dict.fromkeys(("drietal", "driemaal", "triple", "tripled", "verdrievoudigd"), (3, None)),
    "viertal": (4, None),
    "vijftal": (5, None),
    "zestal": (6, None),
    "tiental": (10, None),
    "dozijn": (12, None),
    "dozen": (12, None),
    **dict.fromkeys(("decennium", "decade"), (10, "year")),
    **dict.fromkeys(("eeuw", "century"), (100, "year")),
    **dict.fromkeys(("tientallen", "dozens", "tens"), (10, "vague")),
    **dict.fromkeys(("honderden", "hundreds"), (100, "vague")),
    **dict.fromkeys(("duizenden", "thousands"), (1e3, "vague")),
    "tienduizenden": (1e4, "vague"),
    "honderdduizenden": (1e5, "vague"),
    **dict.fromkeys(("miljoenen", "millions"), (1e6, "vague")),
    **dict.fromkeys(("miljarden", "billions"), (1e9, "vague")),
}
_UNIT = re.compile(
    r"(?P<part>procent\w*|percent\w*|per|pct|%)|(?P<euro>euro'?s?|eur|€)|(?P<dollar>dollars?|usd|\$)"
    r"|(?P<year>jaar|jaren|jarige?n?|jaars|jaarlijkse?|years?)|(?P<month>maand(?:en)?|maandelijkse?|months?)"
    r"|(?P<week>weken|week|wekelijkse?|weeks?)|(?P<day>dag|dagen|daagse?|days?)|(?P<hour>uur|uren|uurs|hours?)"
    r"|(?P<minute>minuut|minuten|minutes?)|(?P<km>km|kilometers?|kilometres?)|(?P<metre>meters?|metres?|m)"
    r"|(?P<hectare>ha|hectaren?|hectares?)|(?P<kilo>kg|kilo|kilos|kilograms?)|(?P<ton>ton|tonnen|tonnes?|tons?)",
    re.IGNORECASE,
)
_PREFIX = {"€": "euro", "eur": "euro", "euro": "euro", "$": "dollar", "usd": "dollar"}
_JOINS = frozenset(("en", "and", "tot", "to", "of", "or", "à", "-", "–", ",", "respectievelijk", "tussen", "between"))
_COMPOUND = re.compile(
    r"(?P<number>\w{3,}?)-?(?P<unit>jarige?n?|jaars|jaar|year|wekelijkse?|weekse|week|maandelijkse?|maands|month|daagse?|day|delige?|uurs|hour)$",
    re.I,
)

YEARS = range(1900, 2101)
"""Whole numbers without a unit in this range are taken for years."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit where one stands by it: "part" for a share (70 % is 0.7), "euro", "year", "vague" …"""

    start: int
    end: int
    value: float
    unit: str | None = None
    ordinal: bool = False

    def proven_by(self, other: "Quantity") -> bool:
        """Whether the other is the same number of the same thing, as far as both say."""
        if abs(self.value - other.value) > 1e-6 * max(1.0, abs(self.value)):
            return bool(
                self.unit != other.unit == "part" and abs(self.value - 100 * other.value) < 1e-6 and not self.unit
            )
        if "vague" in (self.unit, other.unit) or "part" in (self.unit, other.unit):
            return self.unit == other.unit
        return None in (self.unit, other.unit) or self.unit == other.unit


@dataclass(frozen=True)
class _Value:
    """A number among the tokens: the token after it, what it is worth, and what it tells of itself."""

    end: int
    value: float
    unit: str | None
    ordinal: bool


class _Token:
    """A token as text2num wants it."""

    def __init__(self, match: re.Match[str], *, number: bool) -> None:
        self.match = match
        self._number = number

    def text(self) -> str:
        return self.match[0]

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return not self._number


def find_quantities(text: str, *, english: bool) -> list[Quantity]:
    """The numbers of a text in order. `english` tells "ten" from the Dutch preposition."""
    matches = list(_TOKEN.finditer(_CHAMBER.sub(lambda match: " " * len(match[0]), text)))
    words = [match[0].lower() for match in matches]
    values: dict[int, _Value] = {}  # by the first token
    for language in ("nl", "en"):
        tokens = [_Token(match, number=_may_be_number(match, english)) for match in matches]
        for one in find_numbers(tokens, language, 0.0):
            values.setdefault(one.start, _Value(one.end, one.value, None, one.is_ordinal))
    for place, match in enumerate(matches):
        if special := _special(match, place + 1):
            values[place] = special
    found = list(_read(matches, words, values))
    return _share_units(found, text)


def _may_be_number(match: re.Match[str], english: bool) -> bool:
    word = match[0].lower()
    if match["digits"] or word in ("en", "een", "ene", "point"):
        return False
    return english or word != "ten"


def _special(match: re.Match[str], end: int) -> _Value | None:
    """Figures, and words that text2num does not know."""
    word = match[0].lower()
    if match["digits"]:
        tail = match["tail"].lower()
        if tail and tail not in _ORDINAL_TAIL and tail not in _TIMES:
            return None
        return _Value(end, _figure(match["digits"]) * _TIMES.get(tail, 1), None, tail in _ORDINAL_TAIL)
    if word in _SPECIAL:
        return _Value(end, *_SPECIAL[word], False)
    compound = _COMPOUND.match(word)
    value = _in_words(compound["number"]) if compound else None
    return _Value(end, value, _unit(compound["unit"]), False) if compound and value is not None else None


def _in_words(word: str) -> float | None:
    for language in ("nl", "en"):
        try:
            return float(text2num(word, language))
        except ValueError:
            continue
    return None


def _figure(digits: str) -> float:
    """Points, commas and spaces before three digits part thousands; another point or comma is that of a decimal."""
    thousands = re.compile(r"[.,  ](?=\d{3}(?!\d))")
    if not digits.startswith("0"):
        first = re.search(r"[.,  ]", digits)
        if first and thousands.match(digits, first.start()):
            digits = digits.replace(first[0], "")
    return float(digits.replace(",", "."))


def _read(matches: Sequence[re.Match[str]], words: Sequence[str], values: Mapping[int, _Value]) -> Iterator[Quantity]:
    place = 0
    while place < len(matches):
        first = place
        if _is_third(words, place):
            one = _Value(place + 1, _FRACTIONS[words[place]], "part", False)
        elif place in values:
            one = _with_fraction(words, values[place])
        else:
            place += 1
            continue
        one = _multiplied(words, one)
        place = one.end
        unit = one.unit or _unit_around(words, first, place)
        hundredths = unit == "part" and one.unit is None and words[place - 1] not in _FRACTIONS
        value = one.value / 100 if hundredths else one.value
        yield Quantity(matches[first].start(), matches[place - 1].end(), value, unit, one.ordinal)


def _with_fraction(words: Sequence[str], one: _Value) -> _Value:
    """ "Twee derde", "one and a half"."""
    following = words[one.end] if one.end < len(words) else ""
    if not one.ordinal and following in _FRACTIONS and following not in _ALONE:
        return _Value(one.end + 1, one.value * _FRACTIONS[following], "part", False)
    if list(words[one.end : one.end + 3]) in (["and", "a", "half"], ["en", "een", "half"]):
        return replace(one, end=one.end + 3, value=one.value + 0.5)
    return one


def _multiplied(words: Sequence[str], one: _Value) -> _Value:
    """ "10 miljoen", "half a million"."""
    at = one.end + (one.end < len(words) and words[one.end] in ("a", "of"))
    if at < len(words) and words[at] in _TIMES and words[at] != "m":
        return replace(
            one, end=at + 1, value=one.value * _TIMES[words[at]], unit=None if one.unit == "part" else one.unit
        )
    return one


def _is_third(words: Sequence[str], place: int) -> bool:
    """ "de helft", "een derde van", "a quarter of": a share, and no "een derde fase"."""
    if words[place] not in _FRACTIONS:
        return False
    after = words[place + 1 : place + 2]
    article = place > 0 and words[place - 1] in ("een", "a")
    return words[place] in _ALONE or (article and after not in ([],) and after[0] in ("van", "of", "deel", "der"))


def _unit_around(words: Sequence[str], first: int, end: int) -> str | None:
    if first and words[first - 1] in _PREFIX:
        return _PREFIX[words[first - 1]]
    for word in words[end : end + 2]:
        if word == "-":
            continue
        if unit := _unit(word):
            return unit if unit != "part" or word != "per" or words[end + 1 : end + 2] == ["cent"] else None
        break
    return None


def _unit(word: str) -> str | None:
    match = _UNIT.fullmatch(word)
    return match.lastgroup if match else None


def _share_units(found: list[Quantity], text: str) -> list[Quantity]:
    """ "70 en 30 procent": what stands by the last of a row holds for the others."""
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        between = text[one.end : following.start].lower().split()
        if following.unit in (None, "vague") or one.unit or one.ordinal:
            continue
        if between and all(word in _JOINS for word in between):
            value = one.value / 100 if following.unit == "part" else one.value
            found[place] = replace(one, unit=following.unit, value=value)
    return found
