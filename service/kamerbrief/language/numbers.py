"""Numbers, amounts, shares and lengths of time in running text, in figures or in words."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from text_to_num import find_numbers, text2num

from kamerbrief.language.lexicon import Lexicon

_DIGITS = r"\d{1,3}(?:[.  ]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w.,])(?:{_DIGITS})|(?<=[A-Za-z]-)\d+|(?<=/)\d+)(?P<tail>[A-Za-z]*)|[^\W\d_]+(?:-[^\W\d_]+)*|\w+|[^\w\s]"
)
_CURRENCIES = ("euro", "dollar")
_WITHOUT_UNIT = "none"

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


@dataclass(frozen=True)
class _Forms:
    """How a language writes numbers."""

    code: str  # by which text2num knows it; empty where it does not
    no_numbers: frozenset[str]
    not_counted: re.Pattern[str]
    ordinals: frozenset[str]
    times: Mapping[str, float]
    before_times: frozenset[str]
    fractions: Mapping[str, float]
    shares: frozenset[str]
    articles: frozenset[str]
    of: frozenset[str]
    and_a_half: tuple[list[str], ...]
    words: Mapping[str, tuple[float, str | None]]
    unit: re.Pattern[str]
    compound: re.Pattern[str]
    joins: frozenset[str]


@functools.cache
def _forms(lexicon: Lexicon) -> _Forms:
    def words(key: str) -> frozenset[str]:
        return frozenset(lexicon.words(f"numbers.{key}"))

    by_unit = lexicon.table("numbers.words")
    units = "|".join(
        f"(?P<{unit}>{lexicon.any_of(f'numbers.units.{unit}')})" for unit in lexicon.table("numbers.units")
    )
    return _Forms(
        code=lexicon.text("numbers.text2num"),
        no_numbers=words("no_numbers"),
        not_counted=lexicon.pattern("numbers.not_counted"),
        ordinals=words("ordinals"),
        times=lexicon.table("numbers.times"),
        before_times=words("before_times"),
        fractions={word: 1 / parts for word, parts in lexicon.table("numbers.fractions").items()},
        shares=words("shares"),
        articles=words("articles"),
        of=words("of"),
        and_a_half=tuple(one.split() for one in lexicon.words("numbers.and_a_half")),
        words={
            word: (value, None if unit == _WITHOUT_UNIT else unit)
            for unit, values in by_unit.items()
            for word, value in values.items()
        },
        unit=re.compile(units, re.IGNORECASE),
        compound=re.compile(rf"(?P<number>\w{{3,}}?)-?(?P<unit>{lexicon.any_of('numbers.compound_units')})$", re.I),
        joins=words("joins"),
    )


def find_quantities(text: str, lexicon: Lexicon) -> list[Quantity]:
    """The numbers of a text in order."""
    forms = _forms(lexicon)
    matches = list(_TOKEN.finditer(forms.not_counted.sub(lambda match: " " * len(match[0]), text)))
    words = [match[0].lower() for match in matches]
    tokens = [
        _Token(match, number=not match["digits"] and match[0].lower() not in forms.no_numbers) for match in matches
    ]
    values: dict[int, _Value] = {}  # by the first token
    for one in find_numbers(tokens, forms.code, 0.0) if forms.code else ():
        values[one.start] = _Value(one.end, one.value, None, one.is_ordinal)
    for place, match in enumerate(matches):
        if special := _special(match, place + 1, forms):
            values[place] = special
    return _share_units(list(_read(matches, words, values, forms)), text, forms)


def _special(match: re.Match[str], end: int, forms: _Forms) -> _Value | None:
    """Figures, and words that text2num does not know."""
    word = match[0].lower()
    if match["digits"]:
        tail = match["tail"].lower()
        if tail and tail not in forms.ordinals and tail not in forms.times:
            return None
        return _Value(end, _figure(match["digits"]) * forms.times.get(tail, 1), None, tail in forms.ordinals)
    if word in forms.words:
        return _Value(end, *forms.words[word], False)
    if (sign := _sign(word)) is not None:
        return _Value(end, sign, None, False)
    compound = forms.compound.match(word)
    value = _in_words(compound["number"], forms) if compound else None
    return _Value(end, value, _unit(compound["unit"], forms), False) if compound and value is not None else None


def _sign(word: str) -> float | None:
    """What "½" and the other signs of fractions are worth; None for anything else."""
    value = unicodedata.numeric(word, None) if len(word) == 1 else None
    return value if value is not None and 0 < value < 1 else None


def _in_words(word: str, forms: _Forms) -> float | None:
    try:
        return float(text2num(word, forms.code))
    except ValueError:
        return None


def _figure(digits: str) -> float:
    """Points, commas and spaces before three digits part thousands; another point or comma is that of a decimal."""
    thousands = re.compile(r"[.,  ](?=\d{3}(?!\d))")
    if not digits.startswith("0"):
        first = re.search(r"[.,  ]", digits)
        if first and thousands.match(digits, first.start()):
            digits = digits.replace(first[0], "")
    return float(digits.replace(",", "."))


def _read(
    matches: Sequence[re.Match[str]], words: Sequence[str], values: Mapping[int, _Value], forms: _Forms
) -> Iterator[Quantity]:
    place = 0
    while place < len(matches):
        first = place
        if _is_share(words, place, forms):
            one = _Value(place + 1, forms.fractions[words[place]], "part", False)
        elif place in values:
            one = _with_fraction(words, values[place], forms)
        else:
            place += 1
            continue
        one = _multiplied(words, one, forms)
        place = one.end
        unit = one.unit or _unit_around(words, first, place, forms)
        hundredths = unit == "part" and one.unit is None and words[place - 1] not in forms.fractions
        value = one.value / 100 if hundredths else one.value
        yield Quantity(matches[first].start(), matches[place - 1].end(), value, unit, one.ordinal)


def _with_fraction(words: Sequence[str], one: _Value, forms: _Forms) -> _Value:
    """ "Twee derde", "one and a half", "1½"."""
    following = words[one.end] if one.end < len(words) else ""
    if (sign := _sign(following)) is not None and one.value == int(one.value):
        return replace(one, end=one.end + 1, value=one.value + sign)
    if not one.ordinal and following in forms.fractions and following not in forms.shares:
        return _Value(one.end + 1, one.value * forms.fractions[following], "part", False)
    for half in forms.and_a_half:
        if list(words[one.end : one.end + len(half)]) == half:
            return replace(one, end=one.end + len(half), value=one.value + 0.5)
    return one


def _multiplied(words: Sequence[str], one: _Value, forms: _Forms) -> _Value:
    """ "10 miljoen", "half a million"; one letter does so glued to its number only ("5m", not "5 m")."""
    at = one.end + (one.end < len(words) and words[one.end] in forms.before_times)
    if at < len(words) and words[at] in forms.times and len(words[at]) > 1:
        value, unit = one.value * forms.times[words[at]], None if one.unit == "part" else one.unit
        return replace(one, end=at + 1, value=value, unit=unit)
    return one


def _is_share(words: Sequence[str], place: int, forms: _Forms) -> bool:
    """ "de helft", "een derde van", "a quarter of": a share, and no "een derde fase"."""
    if words[place] not in forms.fractions:
        return False
    article = place > 0 and words[place - 1] in forms.articles
    return words[place] in forms.shares or (article and any(word in forms.of for word in words[place + 1 : place + 2]))


def _unit_around(words: Sequence[str], first: int, end: int, forms: _Forms) -> str | None:
    if first and (before := _unit(words[first - 1], forms)) in _CURRENCIES:
        return before
    following = words[end + 1 :] if words[end : end + 1] == ["-"] else words[end:]
    return _unit(" ".join(following[:2]), forms) or _unit("".join(following[:1]), forms)


def _unit(word: str, forms: _Forms) -> str | None:
    match = forms.unit.fullmatch(word)
    return match.lastgroup if match else None


def _share_units(found: list[Quantity], text: str, forms: _Forms) -> list[Quantity]:
    """ "70 en 30 procent": what stands by the last of a row holds for the others."""
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        between = text[one.end : following.start].lower().split()
        if following.unit in (None, "vague") or one.unit or one.ordinal:
            continue
        if between and all(word in forms.joins for word in between):
            value = one.value / 100 if following.unit == "part" else one.value
            found[place] = replace(one, unit=following.unit, value=value)
    return found
