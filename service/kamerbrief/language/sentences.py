"""Sentence boundaries in Dutch (and English) official prose.

A stop ends a sentence when a new one can begin after it: white space, then a capital, a digit, an opening quote or
bracket, or a dash. It does not after an abbreviation or an initial. "jl.", "a.s.", "d.d.", "e.d.", "enz." and the like
can stand at the end of a sentence; after those a capital decides ("9 september jl. Daarna …").
"""

import re
from functools import lru_cache

per_sentence = lru_cache(4096)
"""Keeps what a function found in the sentences it was asked for last. They come again: in the parts of a briefing, and
where a letter is often asked about."""

_STOP = re.compile(r"(?:[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s)")
_OPENING = re.compile(r"\s+(?:[\"'“‘„«(\[•–—-]\s*)*(?P<first>\S)")

_NEVER_LAST = frozenset(
    re.findall(
        r"\S+",
        "art artt nr nrs mw mevr mr mrs ms dr drs ds prof ir ing bc ba ma st lic em bijv bv vb ca circa vgl "
        "cf evt incl excl resp max min gem o.a t.a.v m.b.t i.v.m t.b.v d.m.v o.b.v i.h.k.v o.g.v t.g.v t.o.v "
        "m.i.v i.t.t n.a.v m.n o.l.v m.u.v o.m a.d.h.v d.w.z nl zgn zg zogen e.g i.e p vs no nos fig par "
        "hfdst blz pag kst stb stcrt pb trb jhr gen kol lt kap sec adm plv wnd v.d v/d m.a.w z.g h.t b.v "
        "ong aug sept okt nov dec feb jan ",
    )
)
_CAN_BE_LAST = frozenset(("jl", "a.s", "e.d", "e.a", "c.s", "d.d", "enz", "etc", "mln", "mld"))
_ROMAN_OR_INITIAL = re.compile(r"^(?:[A-Z]|[A-Z][a-z]?(?:\.[A-Z][a-z]?)+|IJ|Th|Ch|Ph)$")
_ITEM_MARK = re.compile(r"^\s*(?:\(?[0-9]{1,2}|\(?[a-z])$")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as (start, end), end exclusive; together they cover all of its non-space text.

    In a table (a text with line breaks) each row is a sentence.
    """
    if "\n" in text:
        return _rows(text)
    spans = []
    start = 0
    for match in _STOP.finditer(text):
        if _ends_here(text, start, match):
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


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
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
    return not _is_abbreviation(text, start, match.start(), first, following[0].strip()[:1])


def _is_abbreviation(text: str, start: int, stop: int, first: str, opened: str) -> bool:
    before = text[start:stop]
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    bare = word.lstrip("(\"'“‘„«[")
    if _ITEM_MARK.match(before) or _ROMAN_OR_INITIAL.match(bare):
        return True
    if bare.lower() in _NEVER_LAST:
        return True
    # "Kamerstukken II 2009/10, nr." is caught above; other dotted forms ("jl.", "e.d.", "a.s.") only join to a number.
    if bare.lower() in _CAN_BE_LAST:
        return opened == "(" or first.isdigit()
    return "." in bare and first.isdigit() and not bare[-1].isdigit()
