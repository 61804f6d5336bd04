"""Sentence boundaries in official prose.

A stop ends a sentence when a new one can begin after it: white space, then a capital, a digit, an opening quote or
bracket, or a dash. It does not after an abbreviation or an initial. "jl.", "e.d.", "etc." and the like can
stand at the end of a sentence; after those a capital decides ("9 september jl. Daarna …").
"""

import functools
import re

from kamerbrief.language.lexicon import Lexicon

_STOP = re.compile(r"(?:[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s)")
_OPENING = re.compile(r"\s+(?:[\"'“‘„«(\[•–—-]\s*)*(?P<word>(?P<first>\S)\w*)")

_ROMAN_OR_INITIAL = re.compile(r"^(?:[A-Z]|[A-Z][a-z]?(?:\.[A-Z][a-z]?)+|IJ|Th|Ch|Ph)$")
_ITEM_MARK = re.compile(r"^\s*(?:\(?[0-9]{1,2}|\(?[a-z])$")


def sentences(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The sentences of a paragraph as (start, end), end exclusive; together they cover all of its non-space text.

    In a table (a text with line breaks) each row is a sentence.
    """
    if "\n" in text:
        return _rows(text)
    spans = []
    start = 0
    for match in _STOP.finditer(text):
        if _ends_here(text, start, match, lexicon):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def _rows(text: str) -> list[tuple[int, int]]:
    spans = ((match.start(), match.end()) for match in re.finditer(r"[^\n]+", text))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    if not part.strip():
        return None
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _ends_here(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> bool:
    following = _OPENING.match(text, match.end())
    if following is None:
        return False
    first = following["first"]
    if first.islower():
        return False
    if match[0][0] != "." or match["close"]:
        return True
    if match[0].startswith(".."):
        return first.isupper()
    before = text[start : match.start()]
    return not _is_abbreviation(before, following["word"], following[0].strip()[:1], lexicon)


def _is_abbreviation(before: str, after: str, opened: str, lexicon: Lexicon) -> bool:
    """Whether the text before a stop ends with one, given the first word and mark of what follows."""
    never_last, can_be_last, goes_on = _abbreviations(lexicon)
    first = after[0]
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    bare = word.lstrip("(\"'“‘„«[")
    if _ITEM_MARK.match(before) or _ROMAN_OR_INITIAL.match(bare):
        return True
    if bare.lower() in never_last:
        return True
    # "Kamerstukken II 2009/10, nr." is caught above; other dotted forms ("jl.", "e.d.", "a.s.") only join to a number.
    if bare.lower() in can_be_last:
        return opened == "(" or first.isdigit() or after.lower() in goes_on
    return "." in bare and first.isdigit() and not bare[-1].isdigit()


@functools.cache
def _abbreviations(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Those that never end a sentence, those that may, and what goes on after these."""
    never_last, can_be_last, goes_on = (
        frozenset(lexicon.words(f"sentences.{name}")) for name in ("never_last", "can_be_last", "goes_on")
    )
    return never_last, can_be_last, goes_on
