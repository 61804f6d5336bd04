"""The notes at the foot of pages that were recognised, set as printed ones are: their marks small and raised.

Text recognition tells no raised type: a mark is part of the word before it, and mostly no number but what looks like
one ("beleid?", "projectwebsite.®"); and its sizes of type are guesses. So notes are told by where they stand: the lines
at the foot, apart from the text, of which the first begins with a mark; and their numbers by their order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from kamerbrief.language.lexicon import Lexicon, any_in, lexicons
from kamerbrief.letters.furniture import is_furniture, is_page_number
from kamerbrief.letters.pdf import Page
from kamerbrief.letters.questions import question_head
from kamerbrief.letters.rows import Segment, rows_of
from kamerbrief.letters.words import Word

_NUMBER = re.compile(r"(?P<mark>\d{1,3})[?!*®°”’]?(?:_+(?P<text>.+))?")
_MISREAD = re.compile(r"(?P<mark>[?!$®©*°“”\"'’‘§&SIlB]{1,2})(?:_+(?P<text>.+))?")
_LINK = re.compile(r"://|(?<![^\W_])www\.")
_READ = re.compile(r"(.*[^\W\d_]{2}[.,;:)?!»”]*)(\d{1,3})([.,;:)]?)")
_LOOKS_LIKE = re.compile(r"(?=.*(?:[^\W\d_]|\d{3}))(.*[\w.,;:)?!])([®©*°“”\"?!])([.,;:)]?)")
_ENDS = re.compile(r"[.?!:]\W*$")
_ASKING, _QUOTING = "?!", '“”"'
_APART, _TOGETHER = 1.5, 1.25  # distances between lines: above the notes, and among them
_CLOSE = 0.97  # the share of the distance between the text's lines: official papers have .95
_WIDE = 1.5  # sizes of type between two lines, at most
_INDENT = 60.0  # points: what begins so near to where most lines do is text of the column
_SMALL, _MARK, _RAISED = 0.8, 0.5, 0.3  # sizes of the text's type: that of notes, that of marks, and their height


@dataclass(frozen=True)
class _Candidate:
    """A word that may end in a mark: what stands before, what follows, and the number, where it can be read."""

    word: Word
    before: str
    after: str
    number: int | None = None


def with_notes(page: Page, size: float, last: int) -> tuple[Page, int]:
    """The page with the marks of its notes as they were printed, and the number of its last note. `size` is that of its
    text's type, `last` the number of the last note before it."""
    rows = _column(page)
    foot = _foot(rows, size)
    numbers = _numbered(rows[foot:], size, last + 1, close=_is_close(rows, foot)) if foot else {}
    if not numbers:
        return page, last
    changed: dict[int, list[Word]] = {}
    for at, row in enumerate(rows[foot:]):
        words = _evenly(row.words, size)
        if at in numbers:
            words = _with_mark(words, numbers[at], size)
        changed |= {id(row.words[0]): words} | {id(word): [] for word in row.words[1:]}
    for number, candidate in _tied(list(_candidates(rows[:foot])), sorted(numbers.values())):
        changed[id(candidate.word)] = _parted(candidate, number, size)
    words = [one for word in page.words for one in changed.get(id(word), [word])]
    return replace(page, words=words), max(numbers.values())


def _column(page: Page) -> list[Segment]:
    """The lines of the text's column, from top to bottom."""
    rows = rows_of(page)
    lefts = Counter[int]()
    for row in rows:
        lefts[round(row[0].left)] += len(row[0].words)
    left = lefts.most_common(1)[0][0]
    inner = [one for row in rows for one in row[:1] if abs(one.left - left) < _INDENT]
    return [one for one in inner if not is_furniture(one.text()) and not is_page_number(one.text())]


def _foot(rows: Sequence[Segment], size: float) -> int:
    """Where the lines begin that stand together at the foot, apart from those above them; 0 where none do."""
    steps = [above.base - below.base for above, below in pairwise(rows)]
    pitch = min([median(steps), _WIDE * size]) if steps else 0.0  # a page may have few lines
    start = len(rows) - 1
    while start > 0 and steps[start - 1] <= _TOGETHER * pitch:
        start -= 1
    return start if start > 0 and steps[start - 1] > _APART * pitch else 0


def _is_close(rows: Sequence[Segment], foot: int) -> bool:
    """Whether the lines at the foot are closer together than those above."""
    above, below = ([one.base - other.base for one, other in pairwise(some)] for some in (rows[:foot], rows[foot:]))
    return bool(above and below) and median(below) < _CLOSE * median(above)


def _numbered(rows: Sequence[Segment], size: float, due: int, *, close: bool) -> dict[int, int]:
    """The notes in these lines by the line that they begin on, `due` being the number that the first has where none was
    missed; nothing where these are no notes. `close` lines are set in smaller type, whatever is told of that."""
    marks = [(at, read) for at, row in enumerate(rows) if (read := _mark(row)) is not None]
    if not marks or marks[0][0] > 0:
        return {}
    firsts = {due, 1, *(read - at for at, (_, read) in enumerate(marks) if read > at)}
    # One figure that is not the one due was misread: that other notes were missed is rarer.
    likely = due > 1 and marks[0][1] < 10
    found, right, first = max(
        ((*_chain(marks, one), one) for one in firsts),
        key=lambda one: (one[1] + (likely and one[2] == due), one[2] == due),
    )
    small = close or any(row.size < _SMALL * size + 0.1 for row in rows)
    known = any(_LINK.search(row.text()) for row in rows) or first == due > 1
    listed = sum(rows[at].words[-1].text.isdigit() for at in found) > len(found) / 2 and not small
    if listed or not (small or known) or (not right and not (small and first == due)):
        return {}
    return found if first in (1, due) or first > due else {}


def _mark(row: Segment) -> int | None:
    """The number that a line begins with; 0 where it begins with what may be one that was misread."""
    first = row.words[0].text
    number = _NUMBER.fullmatch(first)
    begins = number or _MISREAD.fullmatch(first)
    if begins is None or not (begins["text"] or len(row.words) > 1):
        return None
    return int(number["mark"]) if number else 0


def _chain(marks: Sequence[tuple[int, int]], first: int) -> tuple[dict[int, int], int]:
    """The lines that notes begin on where they are numbered on from `first`; and how many of their marks say so."""
    found: dict[int, int] = {}
    right, due = 0, first
    for place, (at, read) in enumerate(marks):
        follows = any(later == due + n for n, (_, later) in enumerate(marks[place + 1 :], 1))
        same = read == due or (0 < read < 10 and read == due % 10)  # the 1 of a 12 is easily lost
        if same or not read or not found or (read < 10 and follows):
            found[at] = due
            right += same
            due += 1
    return found, right


def _evenly(words: Sequence[Word], size: float) -> list[Word]:
    """The words of a line of a note in their type, without white between them that would part columns."""
    ends = [other.left if other.left - word.right < size else word.right for word, other in pairwise(words)]
    ends.append(words[-1].right)
    return [
        replace(word, size=_SMALL * size, right=max(word.right, end - 0.3 * size), spaced=True)
        for word, end in zip(words, ends, strict=True)
    ]


def _with_mark(words: Sequence[Word], number: int, size: float) -> list[Word]:
    """The words of a note's first line with its mark as it was printed."""
    first, rest = words[0], list(words[1:])
    begins = _NUMBER.fullmatch(first.text) or _MISREAD.fullmatch(first.text)
    if begins and begins["text"]:
        rest.insert(0, replace(first, text=begins["text"], left=first.left + 0.5 * size))
    rest[0] = replace(rest[0], text=rest[0].text.lstrip("_") or rest[0].text)
    return [_small(first, number, first.left, rest[0].left - 0.1 * size, size), *rest]


def _small(word: Word, number: int, left: float, right: float, size: float) -> Word:
    """A mark beside a word."""
    base = word.base + _RAISED * size
    return replace(word, text=str(number), left=left, right=right, base=base, size=_MARK * size, spaced=False)


def _candidates(rows: Sequence[Segment]) -> Iterator[_Candidate]:
    words = [word for row in rows if question_head(row.text()) is None for word in row.words]
    asks, quoted, sentence = _asking(lexicons()), False, list[str]()
    for word, following in zip(words, [*words, None][1:], strict=True):
        sentence.append(word.text)
        if read := _READ.fullmatch(word.text):
            yield _Candidate(word, read[1], read[3], int(read[2]))
        elif (like := _LOOKS_LIKE.fullmatch(word.text)) and not (quoted and like[2] in _QUOTING):
            goes_on = bool(like[3]) or not like[1][-1].isalnum() or (following and following.text[:1].islower())
            if like[2] not in _ASKING or goes_on or not asks.search(" ".join(sentence)):
                yield _Candidate(word, like[1], like[3])
        opened, closed = (max(map(word.text.rfind, marks)) for marks in ("“„«", "”»"))
        quoted = opened > closed if max(opened, closed) >= 0 else quoted
        if _ENDS.search(word.text):
            sentence.clear()


@cache
def _asking(among: tuple[Lexicon, ...]) -> re.Pattern[str]:
    """A sentence that asks something: by its first words, or by one that asks."""
    verbs, words = any_in(among, "questions.asking_verbs"), any_in(among, "questions.asking_words")
    return re.compile(rf"^(?:{verbs})\b|(?-i:[A-Z])\w*t u\b|\b(?:{words})\b", re.IGNORECASE)


def _tied(candidates: Sequence[_Candidate], numbers: Sequence[int]) -> Iterator[tuple[int, _Candidate]]:
    """The marks of these notes: those that can be read, and between them those that are as many as the notes."""
    at, waiting = 0, list[int]()
    read = {one.number: place for place, one in reversed(list(enumerate(candidates)))}
    for number in [*numbers, None]:
        place = len(candidates) if number is None else read.get(number, -1)
        if place < at:
            waiting += [] if number is None else [number]
            continue
        between = [one for one in candidates[at:place] if one.number is None]
        if len(between) == len(waiting):
            yield from zip(waiting, between, strict=True)
        if number is not None:
            yield number, candidates[place]
        at, waiting = place + 1, []


def _parted(candidate: _Candidate, number: int, size: float) -> list[Word]:
    """A word of the text, the mark behind it, and what follows that."""
    word = candidate.word
    before = candidate.before.rstrip("!") if number > 9 else candidate.before  # the 1 of a 10
    share = (word.right - word.left) / len(word.text)
    left = word.left + share * len(before)
    right = word.right - share * len(candidate.after)
    parts = [replace(word, text=before, right=left, spaced=False)]
    parts.append(replace(_small(word, number, left, right, size), spaced=word.spaced and not candidate.after))
    return parts + ([replace(word, text=candidate.after, left=right)] if candidate.after else [])
