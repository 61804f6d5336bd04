"""Numbers that say how much or how many, as the letter writes them."""

import re
from collections.abc import Iterator, Sequence

from kamerbrief.briefings.find.shapes import shaped
from kamerbrief.language.lexicon import Lexicon
from kamerbrief.language.memory import per_sentence
from kamerbrief.language.moments import find_moments, months
from kamerbrief.language.numbers import YEARS, Quantity, find_quantities

_UNIT = r"(?:<amounts>|(?:<shares>|%|‰)|<units>\b)"
_AFTER = rf"\s?{_UNIT}(?:\s{_UNIT})?"
_BEFORE = re.compile(r"(?:€|\$|£|(?<!\w)(?:f|fl\.|EUR))\s?$")
_RANGE = r"\s?(?:<until>|-|–)\s?"
_SPAN = " <and_or_to> "  # between two numbers of which but the second has a unit: "40 naar 20 cm"
_SPANNED = r"\b<between> (?:<the> )?$"
# What is counted by these is a name, a place in a paper or a way of speaking, and no figure.
_NAMES = r"\b<named> ?-?$|§ ?$"
# The number of a note ("Daad»1"), of a thing ("F-16"), a year ("'91") or a part of a mark ("1408/71").
_GLUED = re.compile(r"(?:[»”\"’'\]).]|[^\W\d]-|\d/)$")
_LISTED = re.compile(r"[.)](?:\s|$)|/\d")
_WORD = re.compile(r"[^\W\d_]{3}")
_PAPER = (
    r"\d{2} ?\d{3}(?=[, -]+(?:nr|[XVI]+))|\(?[A-Z]{1,4}[/-]?\d{4,}|https?://\S+|\b\d{4}[-–/]\d{2,4}\b|\b\d+:\d+\b|"
    r"\b\d{2} \d{3}-\d+\b|\b<gazettes> \d{4}, \d+|\b<places> \d[\d:.a-z]*(?:(?:, |-|<place_joins>)\d[\d:.a-z]*)*|"
)
_SPOKEN = r"\b\d{1,2}[.:]\d{2} <hour>\b|\b24/7\b|\b\d+[- ]?<aged>\b|\b0[89]00-\d+\b|\b0\d{1,3}-\d{6,8}\b"
_BRACKETED = re.compile(r"\($")
_LAPSE = r"\b<lapse> $"
# "Binnen twee weken" tells when, and not how much.
_TERM = r"\b<term> (?:<the> )?$"
_TIME = r" <times>\b"
_AGO = r"\s?(?:\w+ )?<ago>\b"
# "De drie codes" are known already; "ik acht" is no number.
_KNOWN = r"\b<known_before> <few>$"
_MORE = r"\b<more> (?:<the> )?$"
_RATIO = r"(?<![\w.,/«-])(?!<no_ratio>\b)<counts> <ratio> <counts>(?![\w/-]|[.,]\d)"
# Of "verdubbeld tot 40" the figure is what was reached.
_GROWN = "<grows> <grows_to> "
_ALONE = r"^(?:<ordinals>|<alone>)$"


def _shaped(lexicon: Lexicon, shape: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return shaped(lexicon, "briefings.figures", shape, flags)


def _references(lexicon: Lexicon) -> re.Pattern[str]:
    """Numbers of papers and of places in them, days of a month, times, ages and telephone numbers."""
    days = rf"\b\d{{1,2}}(?: ?[-–/] ?| <and> )\d{{1,2}} (?:{'|'.join(months(lexicon))})\b|"
    return _shaped(lexicon, _PAPER + days + _SPOKEN, 0)


@per_sentence
def figures(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Where in a sentence its figures stand, with their units, in order."""
    return tuple(_figures(text, lexicon)) if _WORD.search(text) else ()


def _figures(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    taken = [(one.start, one.end) for one in find_moments(text, None, lexicon)]
    taken += [match.span() for match in _references(lexicon).finditer(text)]
    ratios = [match.span() for match in _shaped(lexicon, _RATIO).finditer(text) if _counts(text, match, taken, lexicon)]
    yield from sorted([*ratios, *_quantities(text, taken + ratios, lexicon)])


def _counts(text: str, ratio: re.Match[str], taken: Sequence[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Whether what looks like a ratio is one, and no place in a paper or part of a date."""
    return not (_overlaps(ratio.span(), taken) or _shaped(lexicon, _NAMES).search(text[: ratio.start()]))


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _quantities(text: str, taken: Sequence[tuple[int, int]], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    begun: tuple[int, int] | None = None
    for one in find_quantities(text, lexicon):
        span = one.start, one.end
        if _overlaps(span, taken) or (begun and one.start < begun[1]) or not _is_figure(text, one, lexicon):
            continue
        start, end = _with_unit(text, one, lexicon)
        if begun and _joined(text, begun, start, end, lexicon):
            start = begun[0]
        elif begun:
            yield begun
        begun = start, end
    if begun:
        yield begun


def _joined(text: str, before: tuple[int, int], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether two numbers are one figure: "10 tot 20%", "tussen 40 en 50 cm"."""
    between, first = text[before[1] : start], text[slice(*before)]
    if _shaped(lexicon, _RANGE, 0).fullmatch(between):
        return True
    bare = first.isdigit() and not text[start:end].isdigit()
    spanned = _shaped(lexicon, _SPANNED, 0).search(text[: before[0]])
    return bare and bool(spanned and _shaped(lexicon, _SPAN, 0).fullmatch(between))


def _is_figure(text: str, one: Quantity, lexicon: Lexicon) -> bool:
    word = text[one.start : one.end]
    if len(word) == 1 and word.isalpha():
        return False
    if _GLUED.search(text[: one.start]) or (_LISTED.match(text[one.end :]) and not text[: one.start].strip()):
        return False
    if _BRACKETED.search(text[: one.start]) and text[one.end : one.end + 1] == ")":
        return False
    if _shaped(lexicon, _LAPSE).search(text[: one.start]) or _shaped(lexicon, _AGO).match(text[one.end :]):
        return False
    if _shaped(lexicon, _TERM).search(text[: one.start]) and _shaped(lexicon, _TIME, 0).match(text[one.end :]):
        return False
    if word.lower() in lexicon.words("briefings.figures.small"):
        return bool(_shaped(lexicon, _MORE).search(text[: one.start]))
    other = lexicon.pattern("briefings.figures.no_number").match(text, one.start)
    if _shaped(lexicon, _GROWN).match(text, one.start) or other or _shaped(lexicon, _KNOWN).search(text[: one.end]):
        return False
    if _shaped(lexicon, _ALONE).match(word) or _shaped(lexicon, _NAMES).search(text[: one.start]):
        return False
    digits = word.isdigit()
    if digits and one.unit is None and int(word) in YEARS:
        return False
    if digits and one.unit is None and len(word) >= 5:
        return False  # a number of something written by machine
    return not re.match(r"\w", text[one.end : one.end + 1])


def _with_unit(text: str, one: Quantity, lexicon: Lexicon) -> tuple[int, int]:
    start, end = one.start, one.end
    if before := _BEFORE.search(text[:start]):
        start = before.start()
    while after := _shaped(lexicon, _AFTER).match(text, end):
        if after.end() == end:
            break
        end = after.end()
    return start, end
